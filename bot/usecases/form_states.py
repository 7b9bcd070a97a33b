"""Forms that meet a changed world: what was so when one opened is kept with its handle, and compared when it comes."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.kept import kept_words
from bot.incident.lifecycle import allows
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused
from bot.incident.refusing.suggestion_refusals import changed_meanwhile, outlived
from bot.ports import Handle, UnitOfWork
from bot.usecases.answering import mint, sentence_words
from bot.usecases.asked import Answer, Asked
from bot.usecases.pictures import picture
from bot.usecases.recording import record_refusal
from bot.usecases.refusing import context_of
from bot.usecases.scrubbing import scrub_command
from bot.usecases.world import World
from bot.words import Act

STEADY = frozenset(
    {
        *(Act.NOTE, Act.DECLARE, Act.REOPEN, Act.TAKE_ROLE, Act.GIVE_ROLE, Act.PAGE_PERSON),
        *(Act.EXCEPTION, Act.DECLINE_EXCEPTION),
    }
)
"""Forms whose words mean the same whatever the severity is and whoever commands."""


def state_of(act: Act, incident: Incident | None) -> str:
    """Return what a form for `act` takes for granted about `incident`, in one word; "" for nothing."""
    if incident is None:
        return ""
    leading = "" if act in STEADY else f"{incident.severity}|{incident.commander or ''}"
    return f"{'open' if incident.status.is_open else 'ended'}|{leading}"


def outlived_by(asked: Asked, handle: Handle, incident: Incident | None) -> Refused | None:
    """Return no. 29 where the incident went on so that it takes no such form any more, or None."""
    if incident is None or isinstance(asked.command, c.Declare) or allows(asked.command, incident.status):
        return None
    was_open = handle.quoted.startswith("open|")
    if incident.status.is_open and was_open:
        return None
    return outlived(incident, kept=kept_words(scrub_command(asked.command)[0]))


def asks_again(
    unit: UnitOfWork, asked: Asked, handle: Handle, incident: Incident | None, *, form: str, world: World
) -> Answer | None:
    """Return the form once more, saying what changed while it was written; None when nothing that matters did."""
    unsaid = incident is None or handle.act in STEADY or not handle.quoted
    if incident is None or unsaid or handle.quoted == state_of(handle.act, incident):
        return None
    refused = changed_meanwhile(incident)
    policy = world.policy(unit, incident.policy_hash)
    context = context_of(unit, policy, replace(TOCSIN, kind=asked.who.kind, id=asked.who.id), world)
    name = type(asked.command).__name__
    record_refusal(unit, refused, context, asked=name, incident=incident, request_id=asked.key)
    state = state_of(handle.act, incident)
    handles = mint(
        unit, asked.key, (handle.act,), number=incident.number, person=asked.who.id, world=world, state=state
    )
    words = {"changed": sentence_words(refused.sentence)}
    return Answer(view=form, words=words, picture=picture(unit, incident, world), handles=handles)
