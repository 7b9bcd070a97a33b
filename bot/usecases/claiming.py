"""Claiming deliveries: the intent is committed and the handles minted before anybody calls Slack."""

from dataclasses import replace
from datetime import timedelta

from bot.incident.model import Incident
from bot.incident.reacting.effects import LEFT, Effect, EffectKind, PlaceKind
from bot.incident.reacting.places import channel_name
from bot.incident.reading.controls import acts_of
from bot.incident.reading.picture import Picture
from bot.incident.showing import goes_elsewhere
from bot.log import get_logger
from bot.ports import Delivery, UnitOfWork
from bot.usecases.answering import quoted
from bot.usecases.asked import Job
from bot.usecases.homes import read_home
from bot.usecases.overtaken import is_overtaken
from bot.usecases.page_links import link_in
from bot.usecases.pictures import picture
from bot.usecases.world import UNREADABLE, World
from bot.words import Act

log = get_logger("tocsin.claim")
PARK = timedelta(seconds=60)
"""How long a row that cannot be read waits before it is tried again."""

_CARRYING = ("suggested.", "exception.asked")
"""Views whose buttons mean what their message says, as it was when it was sent."""

LEASE = 30.0
"""Seconds after which a claimed row is taken over: a killed process's work goes on within 30 s."""


def claim(unit: UnitOfWork, world: World, *, limit: int, owner: str) -> list[Job]:
    """Return up to `limit` deliveries ready to go, their intent written down under `owner`."""
    rows = unit.outbox.claim(now=world.now(), lease=LEASE, limit=limit, owner=owner)
    return [job for row in rows if (job := _readable(unit, row, world))]


def _readable(unit: UnitOfWork, delivery: Delivery, world: World) -> Job | None:
    """Return the job, or put a row that cannot be read back for later: it must not hold back the others."""
    try:
        return _job(unit, delivery, world)
    except UNREADABLE:
        log.exception("claim.unreadable", outbox_id=delivery.effect.id)
        at = world.now() + PARK
        unit.outbox.settle_retry(
            delivery.effect.id, at=at, in_doubt=delivery.in_doubt, error="unreadable", counted=False, now=world.now()
        )
        return None


def _job(unit: UnitOfWork, delivery: Delivery, world: World) -> Job:
    number = delivery.effect.incident
    incident = unit.incidents.get(number, lock=False) if number else None  # the claim holds rows of the outbox
    delivery = _where_it_stands(delivery, incident)
    effect = delivery.effect
    fresh = delivery.sent is None
    policy = world.policy(unit, incident.policy_hash if incident else None)
    drawn = picture(unit, incident, world, also=effect.words) if incident else None
    return Job(
        delivery=delivery,
        picture=drawn,
        handles=_handles(unit, delivery, incident, world),
        channel=_channel(unit, delivery, incident),
        channel_name=channel_name(effect.place, policy),
        home=read_home(unit, world, person=effect.place.key) if effect.kind is EffectKind.HOME else None,
        is_kept_away=fresh and _is_kept_away(unit, effect, drawn),
        is_overtaken=drawn is not None and fresh and is_overtaken(effect, drawn, now=world.now()),
        link=link_in(unit, effect, world),
    )


def _is_kept_away(unit: UnitOfWork, effect: Effect, drawn: Picture | None) -> bool:
    """Return whether others read where a message is to be posted; the places its picture was drawn with will do."""
    if effect.kind is not EffectKind.POST:
        return False
    known = drawn.channel_ids if drawn else unit.places.all()
    return goes_elsewhere(effect, incident=drawn.incident if drawn else None, known=known)


def _where_it_stands(delivery: Delivery, incident: Incident | None) -> Delivery:
    """Return a message of a channel the incident left with that as its place: it shows nothing private any more."""
    standing = delivery.sent or delivery.parent
    if incident is None or standing is None or delivery.effect.place.kind is not PlaceKind.CHANNEL:
        return delivery
    here = incident.channel.id if incident.channel else ""
    if standing.channel == here or incident.room.number == 1:
        return delivery
    return replace(delivery, effect=replace(delivery.effect, place=LEFT))


def _handles(unit: UnitOfWork, delivery: Delivery, incident: Incident | None, world: World) -> dict[Act, str]:
    number = incident.number if incident else None
    minted = unit.handles.of(delivery.effect.id) if delivery.effect.kind is EffectKind.RESPOND else {}
    carried = delivery.effect.words if delivery.effect.view.startswith(_CARRYING) else {}
    fresh = {
        act: unit.handles.mint(
            delivery.effect.id, act, incident=number, quoted=quoted(act, incident), words=carried, now=world.now()
        )
        for act in _acts(delivery)
        if act not in minted
    }
    return {**fresh, **minted}


def _acts(delivery: Delivery) -> tuple[Act, ...]:
    if delivery.effect.kind is EffectKind.NOTIFY:
        return ()  # outside Slack nothing has buttons
    offers = delivery.effect.words.get("offers")
    offered = tuple(Act(str(act)) for act in offers) if isinstance(offers, list) else ()
    return tuple(dict.fromkeys((*acts_of(delivery.effect.view), *offered)))


def _channel(unit: UnitOfWork, delivery: Delivery, incident: Incident | None) -> str | None:
    """Return the Slack channel id: where the message or its parent stands, the incident's own, or a known place."""
    if delivery.sent or delivery.parent:
        return (delivery.sent or delivery.parent).channel  # type: ignore[union-attr]
    if delivery.effect.place.kind is PlaceKind.CHANNEL:
        return incident.channel.id if incident and incident.channel else None
    if delivery.effect.place.kind is PlaceKind.LEFT:
        return incident.room.left or None if incident else None
    return unit.places.get(str(delivery.effect.place))
