"""Entering a slip of the spool: it becomes an incident by the ordinary way, dated when it was declared."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.incident.context import is_person
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import Effect, EffectKind, Words, dm
from bot.ports import Sent, UnitOfWork
from bot.usecases.asked import Answer, Asked
from bot.usecases.asking import ask
from bot.usecases.declare_places import in_its_channel
from bot.usecases.spooling import Slip
from bot.usecases.world import World
from bot.words import Lane

ANSWERED_WITHIN = timedelta(minutes=25)
"""How long the private answer to a slash can be replaced, with room to spare (Slack's limit is 30 minutes)."""


def enter(unit: UnitOfWork, slip: Slip, sent: Mapping[str, Sent | None], world: World) -> Answer:
    """Return the answer to the declaration on `slip`, having written it as it was made then.

    `sent` says which of its pages left, by the id of their effect, and where they stand in Slack: they are not sent
    again, but drawn anew with their buttons. One that was entered before is left as it is, and one that is refused now
    is told to its declarer and to whoever was paged.
    """
    was_entered = unit.requests.answered(slip.key) is not None
    answer = ask(unit, _asked(unit, slip, world), world)
    if was_entered:
        return answer
    if answer.view == "declared" and answer.picture:
        _carry_over(unit, slip, sent, answer.picture.incident, world)
    else:
        unit.outbox.add(_told(slip, answer), now=world.now())
    return answer


def _asked(unit: UnitOfWork, slip: Slip, world: World) -> Asked:
    handle = unit.handles.get(slip.token) if slip.token else None
    kept = handle.words if handle and handle.person == slip.who.id else {}
    in_time = world.now() - slip.at < ANSWERED_WITHIN
    return Asked(
        key=slip.key,
        who=slip.who,
        command=in_its_channel(slip.command, kept) if slip.token else slip.command,
        channel=slip.channel,
        respond_url=slip.respond_url if in_time else "",
    )


def _carry_over(
    unit: UnitOfWork, slip: Slip, sent: Mapping[str, Sent | None], incident: Incident, world: World
) -> None:
    """Settle the pages of `incident` that left before it was one."""
    left = {(one.words["person"], one.words["way"]): one.id for one in slip.pages if one.id in sent}
    for page in incident.pages:
        earlier = left.get((page.person, page.way))
        if earlier is None:
            continue
        row = ids.page(incident, page)
        unit.outbox.settle_sent(row, sent=sent[earlier], rev=1, now=world.now())
        if not page.outside:
            unit.outbox.redraw([row], now=world.now())


def _told(slip: Slip, answer: Answer) -> list[Effect]:
    """Return what the declarer and whoever was paged hear of a declaration that became no incident of its own."""
    people = [slip.who.id, *(str(one.words["person"]) for one in slip.pages)]
    words: Words = {
        "ref": slip.ref,
        "parts": answer.words.get("parts") or [],
        "names": answer.words.get("names") or (dict(answer.picture.names) if answer.picture else {}),
    }
    return [
        replace(_NOTHING, id=f"{slip.key}/not-entered/{person}", place=dm(person), words=words)
        for person in dict.fromkeys(people)
        if is_person(person)
    ]


_NOTHING = Effect(id="", kind=EffectKind.POST, lane=Lane.ANSWER, incident=None, place=dm(""), view="spool.not_entered")
