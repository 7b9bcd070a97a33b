"""Refusing: a "no" is written down with its number, and answered in a sentence."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.context import Actor, Context
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import ReadList
from bot.incident.refusing.refusals import Refused, unknown_incident, which_one
from bot.incident.rules.forms import refuse_form
from bot.incident.sight import may_see
from bot.policy.model import Policy
from bot.ports import UnitOfWork
from bot.privacy.scrub import scrub
from bot.usecases.answering import refusal
from bot.usecases.asked import Answer, Asked, Early, Principal
from bot.usecases.excepting import may_answer
from bot.usecases.listing import visible
from bot.usecases.principals import admit
from bot.usecases.recording import record_refusal
from bot.usecases.world import World
from bot.words import Act

VERBS_OF: dict[type[c.Command], str] = {
    c.Acknowledge: "ack",
    c.TakeCommand: "command",
    c.NameCommander: "command",
    c.OfferCommand: "handover",
    c.AcceptCommand: "handover accept",
    c.DeclineCommand: "handover decline",
    c.WithdrawOffer: "handover withdraw",
    c.PostUpdate: "update",
    c.AddNote: "note",
    c.Escalate: "escalate",
    c.Mitigate: "mitigate",
    c.Resolve: "resolve",
    c.Cancel: "cancel",
    c.ChangeSeverity: "sev",
    c.Reopen: "reopen",
    c.Retitle: "retitle",
    c.Close: "close",
    c.Merge: "merge",
    c.TakeRole: "role",
    c.GiveRole: "role",
    c.GiveBackRole: "role",
    c.GiveBackCommand: "role",
    c.Join: "join",
    c.Invite: "invite",
    c.SetTimes: "times",
    c.Follow: "follow",
    c.Unfollow: "unfollow",
    c.GrantAccess: "access",
    c.EndAccess: "access end",
    c.ConfirmSeverity: "confirm",
    c.SetType: "type",
    c.FinishPhase: "type",
    c.PagePerson: "page",
    c.AskException: "exception",
    c.ApproveException: "exception approve",
    c.DeclineException: "exception decline",
    c.EndException: "exception end",
}
"""What people type for each command, for a refusal that repeats it."""

MISSPELT = 10


def context_of(unit: UnitOfWork, policy: Policy, actor: Actor, world: World, *, here: bool = False) -> Context:
    """Return the context of this moment for `actor`; `here` says that they ask from the incident's own channel."""
    return Context(policy=policy, rota=world.rota(unit, policy), now=world.now(), actor=actor, here=here)


def target(unit: UnitOfWork, asked: Asked | Early) -> Incident | Refused:
    """Return the incident meant: the number named, else the one whose channel this is.

    One that this person may not see is answered as one that does not exist.
    """
    here = unit.incidents.by_channel(asked.channel) if asked.channel else None
    actor = Actor(kind=asked.who.kind, id=asked.who.id)
    if asked.number is None:
        return here or which_one((one.number for one in visible(unit, ReadList(), actor)), verb=_verb(asked))
    if here and here.number == asked.number:
        return here
    named = unit.incidents.get(asked.number)
    sees = named is not None and (may_see(named, actor) or may_answer(named, _wanted(asked), actor.id))
    return named if named and sees else unknown_incident(asked.number)


def _wanted(asked: Asked | Early) -> c.Command | Act | None:
    """Return what is asked: a command, or the act whose form is to be opened."""
    if isinstance(asked, Asked):
        return asked.command
    return Act(asked.verb) if asked.verb in set(Act) else None


def is_hidden(unit: UnitOfWork, number: int, who: Principal) -> bool:
    """Return whether incident `number` is one that this person may not know of."""
    incident = unit.incidents.get(number)
    return incident is not None and not may_see(incident, Actor(kind=who.kind, id=who.id))


def _verb(asked: Asked | Early) -> str:
    """Return the verb that was asked for, as people type it."""
    return asked.verb if isinstance(asked, Early) else VERBS_OF.get(type(asked.command), "")


def refuse(
    unit: UnitOfWork,
    refused: Refused,
    *,
    key: str,
    who: Principal,
    asked: str,
    world: World,
    incident: Incident | None = None,
    said: Words | None = None,
) -> Answer:
    """Return the refusal as an answer, written down under what was `asked`; `said` is the command's own words."""
    policy = world.policy(unit, incident.policy_hash if incident else None)
    context = context_of(unit, policy, Actor(kind=who.kind, id=who.id), world)
    record_refusal(unit, refused, context, asked=asked, incident=incident, request_id=key)
    return refusal(unit, refused, key=key, incident=incident, who=who.id, world=world, said=said)


def refuse_early(unit: UnitOfWork, early: Early, refused: Refused, world: World) -> Answer:
    """Return, and write down, a refusal that the edge itself found."""
    found = target(unit, early)
    incident = None if isinstance(found, Refused) else found
    refused = _meant(_scrubbed(refused), incident)
    verb = scrub(early.verb).text[:40]
    return refuse(unit, refused, key=early.key, who=early.who, asked=verb, world=world, incident=incident)


def _scrubbed(refused: Refused) -> Refused:
    """Return the refusal without what may not be stored, in what it gives back and in what its buttons keep (G6.2)."""
    details = {act: replace(offer, carries=_clean(offer.carries)) for act, offer in refused.details.items()}
    return replace(refused, kept=scrub(refused.kept).text, details=details)


def _clean(words: Words) -> Words:
    return {name: scrub(said).text if isinstance(said, str) else said for name, said in words.items()}


def _meant(refused: Refused, incident: Incident | None) -> Refused:
    """Return the refusal of a misspelt verb, its button naming the incident; without one, only declaring is offered."""
    meant = {act: offer for act, offer in refused.details.items() if refused.number == MISSPELT}
    if not meant:
        return refused
    if incident is None:
        offers = tuple(act for act in refused.offers if act not in meant or act is Act.DECLARE)
        return replace(refused, offers=offers)
    named = {
        act: replace(offer, label=offer.label if act is Act.DECLARE else f"{offer.label} {incident.ref}")
        for act, offer in meant.items()
    }
    return replace(refused, details=named)


def refuse_opening(
    unit: UnitOfWork, act: Act, incident: Incident | None, who: Principal, world: World
) -> Refused | None:
    """Return why the form for `act` is not opened for this person, or None."""
    policy = world.policy(unit, incident.policy_hash if incident else None)
    actor = admit(unit, who, policy, world)
    if isinstance(actor, Refused):
        return actor
    # Whoever gets here was shown the incident, by its channel or by its number.
    return refuse_form(act, incident, context_of(unit, policy, actor, world, here=True)) if incident else None
