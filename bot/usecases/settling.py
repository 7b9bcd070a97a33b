"""Settling deliveries: what became of one is written down, and nothing ends in silence."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.incident import commands as c
from bot.incident.context import TOCSIN, Context, is_person
from bot.incident.decide import decide
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import ASKER, PAGES, Effect, EffectKind, Place, PlaceKind, Words, dm
from bot.incident.reacting.fallback import next_place
from bot.incident.refusing.refusals import Refused
from bot.incident.showing import READ_BY_OTHERS, instead
from bot.log import get_logger
from bot.ports import Delivery, DeliveryState, UnitOfWork
from bot.usecases import outcomes as o
from bot.usecases.archiving import ARCHIVED, is_marked, mark_archived, tell_archived
from bot.usecases.given_up import alarm, tell_tester
from bot.usecases.homes import REST
from bot.usecases.merging import gone
from bot.usecases.recording import record
from bot.usecases.slack_gone import tell_outside
from bot.usecases.world import World
from bot.words import Lane

log = get_logger("tocsin.settle")

SLOW_AFTER = 5.0
"""Seconds a new channel may wait before its declarer is told that Slack is slow."""

_FAILS_AFTER = {EffectKind.NOTIFY: 1, EffectKind.POST: 2}
"""Tries after which a page counts as failing; what Slack did not answer may stand there, so it is looked up first."""

_ONLY_IN_CHANNEL = frozenset(
    {EffectKind.PIN, EffectKind.TOPIC, EffectKind.INVITE, EffectKind.REMOVE, EffectKind.OPEN_CHANNEL}
)


def settle(unit: UnitOfWork, world: World, *, row: str, outcome: o.Outcome, owner: str) -> None:
    """Write down what became of the outbox row `row`, and whatever follows from it.

    A process that was held up past its lease may find the row claimed by another than itself, `owner`. What it did
    send is written down all the same; what it failed at is the other's to find out.
    """
    delivery = unit.outbox.get(row, lock=True)
    if delivery is None:
        log.error("settle.unknown_row", outbox_id=row)
        return
    if delivery.owner not in {"", owner} and not isinstance(outcome, o.Sent | o.ChannelMade):
        log.warning("settle.taken_over", outbox_id=row, outcome=type(outcome).__name__)
        return
    match outcome:
        case o.Sent() | o.ChannelMade() | o.Skipped():
            _carried_out(unit, delivery, outcome, world)
        case o.Retry():
            _retry(unit, delivery, outcome, world)
        case o.Elsewhere():
            _elsewhere(unit, delivery, outcome.error, world)
        case o.Dead():
            _dead(unit, delivery, outcome.error, world)
        case o.SystemDown():
            _system_down(unit, delivery, outcome, world)
        case _:
            assert_never(outcome)


def _carried_out(
    unit: UnitOfWork, delivery: Delivery, outcome: o.Sent | o.ChannelMade | o.Skipped, world: World
) -> None:
    row, now = delivery.effect.id, world.now()
    match outcome:
        case o.Sent():
            _takes_messages(unit, delivery, outcome, world)
            rests = now + REST if delivery.effect.kind is EffectKind.HOME else None
            unit.outbox.settle_sent(row, sent=outcome.at, rev=outcome.rev, now=now, drawn=outcome.drawn, rests=rests)
        case o.ChannelMade():
            unit.outbox.settle_sent(row, sent=None, rev=delivery.wanted_rev, now=now)
            _tell_incident(unit, delivery, c.RecordChannel(channel=outcome.channel, name=outcome.name), world)
        case o.Skipped():
            unit.outbox.settle_skipped(row, now=now)
        case _:
            assert_never(outcome)


def _takes_messages(unit: UnitOfWork, delivery: Delivery, outcome: o.Sent, world: World) -> None:
    """Note that a channel archived by hand takes messages again, when one was posted in it."""
    if outcome.at is None or not is_marked(unit, outcome.at.channel):
        return
    incident = _incident(unit, delivery)
    if incident and incident.channel and outcome.at.channel == incident.channel.id:
        mark_archived(unit, incident, archived=False, world=world)


def _retry(unit: UnitOfWork, delivery: Delivery, outcome: o.Retry, world: World) -> None:
    at = world.now() + timedelta(seconds=outcome.after)
    unit.outbox.settle_retry(
        delivery.effect.id,
        at=at,
        in_doubt=outcome.in_doubt,
        error=outcome.error,
        counted=outcome.counted,
        now=world.now(),
    )
    if _is_page(delivery) and outcome.counted and delivery.attempts >= _FAILS_AFTER[delivery.effect.kind]:
        ref = str(delivery.effect.words.get("ref", ""))
        failing = c.RecordPageFailing(ref=ref, error=outcome.error, tries=delivery.attempts)
        _tell_incident(unit, delivery, failing, world)
    if delivery.effect.kind is EffectKind.OPEN_CHANNEL and outcome.after >= SLOW_AFTER:
        _say_slow(unit, delivery, world)


def _say_slow(unit: UnitOfWork, delivery: Delivery, world: World) -> None:
    """Tell the declarer once, privately, that the page went first and the channel follows."""
    incident = _incident(unit, delivery)
    if incident is None:
        return
    asked = unit.outbox.get(ids.of(incident, ids.ASKED))
    effect_id = ids.of(incident, "slow")
    if asked:
        words: Words = {"url": asked.effect.words["url"]}
        unit.outbox.add([_private(effect_id, incident, EffectKind.RESPOND, ASKER, words)], now=world.now())
    elif is_person(incident.declared.by):
        place = dm(incident.declared.by)
        unit.outbox.add([_private(effect_id, incident, EffectKind.POST, place, {})], now=world.now())


def _private(effect_id: str, incident: Incident, kind: EffectKind, place: Place, words: Words) -> Effect:
    return Effect(
        id=effect_id,
        kind=kind,
        lane=Lane.ANSWER,
        incident=incident.number,
        place=place,
        view="slow",
        words=words,
    )


def _elsewhere(unit: UnitOfWork, delivery: Delivery, error: str, world: World) -> None:
    incident = _incident(unit, delivery)
    place = delivery.effect.place
    follows = _follows(delivery, error, incident)
    if incident and error == ARCHIVED and place.kind is PlaceKind.CHANNEL:
        tell_archived(unit, incident, world)
        if delivery.effect.kind in _ONLY_IN_CHANNEL:
            unit.outbox.settle_skipped(delivery.effect.id, now=world.now())
            return
    if follows is None:
        _dead(unit, delivery, error, world)
        return
    unit.outbox.move(delivery.effect.id, place=follows, drop_needs=True, drop_thread=True, now=world.now())


def _follows(delivery: Delivery, error: str, incident: Incident | None) -> Place | None:
    """Return the next place whose audience may see it, None when there is none."""
    place, effect = delivery.effect.place, delivery.effect
    if incident is None or effect.kind is not EffectKind.POST:
        return None
    if error == READ_BY_OTHERS and place.kind is PlaceKind.CHANNEL:
        return instead(effect.view, incident=incident)
    return next_place(place, incident)


def _dead(unit: UnitOfWork, delivery: Delivery, error: str, world: World) -> None:
    """Mark the row dead, send what needed it on its own way, and raise the alarm: with the number only."""
    log.error("delivery.dead", outbox_id=delivery.effect.id, error=error)
    _give_up(unit, delivery, error, world)
    if delivery.effect.kind is EffectKind.OPEN_CHANNEL:
        _tell_incident(unit, delivery, c.RecordNoChannel(error=error), world)
    if _is_page(delivery):
        ref = str(delivery.effect.words.get("ref", ""))
        _tell_incident(unit, delivery, c.RecordUndeliverable(ref=ref, error=error), world)
    if delivery.effect.place.kind is not PlaceKind.OPERATORS:
        told = (alarm(delivery, error, world.policy(unit)), tell_tester(delivery, error))
        unit.outbox.add([effect for effect in told if effect], now=world.now())


def _give_up(unit: UnitOfWork, delivery: Delivery, error: str, world: World) -> None:
    for waiting in unit.outbox.settle_dead(delivery.effect.id, error=error, now=world.now()):
        _without(unit, waiting, error, world)


def _without(unit: UnitOfWork, waiting: Delivery, error: str, world: World) -> None:
    """Do what can be done without what failed: say it elsewhere, or let go of what only fits a channel."""
    effect = waiting.effect
    if effect.kind in _ONLY_IN_CHANNEL:
        _give_up(unit, waiting, error, world)
        return
    incident = _incident(unit, waiting)
    in_channel = effect.place.kind is PlaceKind.CHANNEL
    place = next_place(effect.place, incident) if in_channel and incident else effect.place
    if place is None:
        _dead(unit, waiting, error, world)
        return
    unit.outbox.move(effect.id, place=place, drop_needs=True, drop_thread=True, now=world.now())


def _system_down(unit: UnitOfWork, delivery: Delivery, outcome: o.SystemDown, world: World) -> None:
    """Keep everything for later, but page on by the next way: Slack no longer knows us."""
    tell_outside(unit, delivery, world)
    if _is_page(delivery) and delivery.effect.kind is EffectKind.POST and not outcome.in_doubt:
        ref = str(delivery.effect.words.get("ref", ""))
        _tell_incident(unit, delivery, c.RecordUndeliverable(ref=ref, error=outcome.error), world)
        _give_up(unit, delivery, outcome.error, world)
        return
    later = o.Retry(after=outcome.after, in_doubt=outcome.in_doubt, error=outcome.error, counted=False)
    _retry(unit, delivery, later, world)


def page_otherwise(unit: UnitOfWork, world: World) -> None:
    """Give up pages that were tried through Slack and not carried, so that the next way goes out at once."""
    waiting = unit.outbox.listing(states=(DeliveryState.PENDING, DeliveryState.IN_DOUBT))
    for delivery in waiting:
        if _is_page(delivery) and delivery.effect.kind is EffectKind.POST and delivery.error:
            ref = str(delivery.effect.words.get("ref", ""))
            _tell_incident(unit, delivery, c.RecordUndeliverable(ref=ref, error=delivery.error), world)
            _give_up(unit, delivery, delivery.error, world)


def _is_page(delivery: Delivery) -> bool:
    return delivery.effect.view in PAGES and delivery.sent is None


def _incident(unit: UnitOfWork, delivery: Delivery) -> Incident | None:
    number = delivery.effect.incident
    return unit.incidents.get(number) if number else None


def _tell_incident(unit: UnitOfWork, delivery: Delivery, command: c.Command, world: World) -> None:
    incident = _incident(unit, delivery)
    if incident is not None:
        _record(unit, incident, command, world, cause=f"outbox:{delivery.effect.id}")


def learn_quiet(unit: UnitOfWork, world: World, *, number: int, ref: str, until: datetime) -> None:
    """Write down that whoever page `ref` went to has Do Not Disturb on `until` then, and what follows from it."""
    incident = unit.incidents.get(number)
    if incident is not None:
        _record(unit, incident, c.RecordDoNotDisturb(ref=ref, until=until), world, cause=f"quiet:{ref}")


def _record(unit: UnitOfWork, incident: Incident, command: c.Command, world: World, *, cause: str) -> None:
    policy = world.policy(unit, incident.policy_hash)
    rota, left = world.rota(unit, policy), gone(unit, incident)
    context = Context(policy=policy, rota=rota, now=world.now(), actor=TOCSIN, gone=left)
    decision = decide(incident, command, context)
    if isinstance(decision, Refused) or not decision:
        return
    record(unit, incident, decision, context, request_id=cause)
