"""Looking: somebody reads, nothing changes, and what they may not see does not exist (abuse: counting up numbers)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot.incident.context import Actor, Context
from bot.incident.model import Incident
from bot.incident.reacting.effects import OPERATORS, Effect, EffectKind, Words
from bot.incident.reading.governed import ReadGoverned
from bot.incident.reading.home import leaders
from bot.incident.reading.panel import ALWAYS, following, offers
from bot.incident.reading.readings import Reading, ReadList, ReadPanel, ReadSummary, ReadTimeline, ReadType
from bot.incident.refusing.refusals import Refused
from bot.ports import UnitOfWork
from bot.usecases.answering import message_of, quoted
from bot.usecases.asked import Answer, Early
from bot.usecases.governed import may_know_of, see_governed
from bot.usecases.listing import see_list
from bot.usecases.pictures import picture
from bot.usecases.principals import admit
from bot.usecases.refusing import context_of, refuse, target
from bot.usecases.seen import Seen
from bot.usecases.timelines import see_timeline
from bot.usecases.types import see_type
from bot.usecases.world import World
from bot.words import Act, Lane


def see(unit: UnitOfWork, early: Early, reading: Reading, world: World) -> Seen | Refused:
    """Return what `early` wants to read, or why not; nothing is written."""
    actor = admit(unit, early.who, world.policy(unit), world)
    if isinstance(actor, Refused):
        return actor
    if isinstance(reading, ReadList):
        words, turns = see_list(unit, reading, actor, world)
        return Seen(answer=Answer(view="list", words=words), buttons=turns)
    if isinstance(reading, ReadType):
        return see_type(unit, early, reading, actor, world)
    if isinstance(reading, ReadGoverned):
        return _governed(unit, reading, actor, world)
    incident = target(unit, early)
    if isinstance(incident, Refused):
        return _known(unit, early, reading, actor, world) or incident
    context = context_of(unit, world.policy(unit, incident.policy_hash), actor, world, here=True)
    view, words, buttons = _see_one(unit, incident, reading, context, world)
    words = {**words, "inside": is_here(incident, early), "reader": actor.id}
    drawn = picture(unit, incident, world, also=words)
    return Seen(answer=Answer(view=view, words=words, picture=drawn), buttons=buttons)


def _governed(unit: UnitOfWork, reading: ReadGoverned, actor: Actor, world: World) -> Seen | Refused:
    found = see_governed(unit, reading, actor, world)
    if isinstance(found, Refused):
        return found
    words, turns = found
    return Seen(answer=Answer(view="governed", words=words), buttons=turns)


def _known(unit: UnitOfWork, early: Early, reading: Reading, actor: Actor, world: World) -> Seen | None:
    """Return what who leads or governs may know of a private incident: number, severity, clocks; None for others."""
    incident = unit.incidents.get(early.number) if early.number else None
    if incident is None or incident.is_test or not isinstance(reading, ReadPanel | ReadSummary):
        return None
    policy = world.policy(unit)
    leading = sorted(leaders(policy, world.rota(unit, policy)))
    if not may_know_of(unit, actor, leading, world):
        return None
    return Seen(answer=Answer(view="private.known", picture=picture(unit, incident, world)))


def _see_one(
    unit: UnitOfWork,
    incident: Incident,
    reading: ReadTimeline | ReadSummary | ReadPanel,
    context: Context,
    world: World,
) -> tuple[str, Words, Mapping[Act, Words]]:
    match reading:
        case ReadTimeline():
            return ("timeline", *see_timeline(unit, incident, reading, world))
        case ReadSummary():
            earlier: Mapping[Act, Words] = {Act.EARLIER_UPDATES: {}} if incident.updates > 1 else {}
            return "summary", {"people": unit.audit.people(incident.number)}, earlier
        case ReadPanel():
            return _panel(incident, context)
        case _ as never:
            assert_never(never)


def _panel(incident: Incident, context: Context) -> tuple[str, Words, Mapping[Act, Words]]:
    found = offers(incident, context)
    words: Words = {"hidden": [{"act": one.act.value, "stops": one.why_not} for one in found if one.why_not]}
    acts = (*(one.act for one in found if not one.why_not), *ALWAYS, *following(incident, context))
    return "panel", words, {act: {} for act in acts}


def as_dialog(answer: Answer) -> Answer:
    """Return the panel as a modal; a refusal stays what it is."""
    return replace(answer, view="form.panel") if answer.view == "panel" else answer


def is_here(incident: Incident, early: Early) -> bool:
    """Return whether it is asked in the incident's own channel, where its members read everything."""
    return incident.channel is not None and incident.channel.id == early.channel


def show(unit: UnitOfWork, early: Early, seen: Seen | Refused, world: World) -> Answer:
    """Return what was seen with its buttons, each for this person alone; a refusal is written down instead."""
    if isinstance(seen, Refused):
        return refuse(unit, seen, key=early.key, who=early.who, asked=early.verb, world=world)
    _raise_alarm(unit, seen.answer, world)
    incident = seen.answer.picture.incident if seen.answer.picture else None
    handles = {
        act: unit.handles.mint(
            message_of(early.key),
            act,
            incident=incident.number if incident else None,
            person=early.who.id,
            quoted=quoted(act, incident),
            words=words,
            now=world.now(),
        )
        for act, words in seen.buttons.items()
    }
    return Answer(view=seen.answer.view, words=seen.answer.words, picture=seen.answer.picture, handles=handles)


def _raise_alarm(unit: UnitOfWork, answer: Answer, world: World) -> None:
    """Tell the operators, once for each place, that a record does not verify (G7.2)."""
    broken = answer.words.get("first_bad")
    if not broken or answer.picture is None:
        return
    number = answer.picture.incident.number
    alarm = Effect(
        id=f"incident:{number}/record-broken/{broken}",
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=number,
        place=OPERATORS,
        view="record_broken",
        words={"incident": number, "first_bad": broken},
    )
    unit.outbox.add([alarm], now=world.now())
