"""Reading without changing anything: how incidents stand, what waits, and when the next thing is due."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.incident.reacting.places import shared_places
from bot.incident.reading.picture import Picture
from bot.ports import Delivery, DeliveryState, UnitOfWork
from bot.usecases.digesting import digest_due
from bot.usecases.pictures import picture
from bot.usecases.sampling import gaps_due
from bot.usecases.world import UNREADABLE, World

UNDELIVERED = (DeliveryState.PENDING, DeliveryState.INTENT, DeliveryState.IN_DOUBT, DeliveryState.DEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits to be done now, and when something next falls due (None when nothing will)."""

    due_timers: int
    sendable: int
    claimed: int
    next_wake: datetime | None


def backlog(unit: UnitOfWork, world: World) -> Backlog:
    """Return what waits at this moment."""
    now = world.now()
    every = (unit.timers.next_due(), unit.outbox.next_due(), digest_due(unit, world), gaps_due(unit, world))
    moments = [at for at in every if at]
    return Backlog(
        due_timers=len(unit.timers.due(now=now, limit=1)),
        sendable=unit.outbox.sendable(now=now),
        claimed=unit.outbox.in_flight(),
        next_wake=min(moments, default=None),
    )


def show(unit: UnitOfWork, world: World, *, number: int) -> Picture | None:
    """Return the picture of an incident, or None when there is none of that number."""
    incident = unit.incidents.get(number)
    return picture(unit, incident, world) if incident else None


def standing(unit: UnitOfWork, world: World) -> Sequence[Picture]:
    """Return pictures of everything open that can be read, the worst first."""
    found = sorted(unit.incidents.open(), key=lambda one: (one.severity.rank, one.number))
    pictures = []
    for incident in found:
        with suppress(*UNREADABLE):
            pictures.append(picture(unit, incident, world))
    return pictures


def undelivered(unit: UnitOfWork, _: World) -> Sequence[Delivery]:
    """Return what was not delivered: waiting, under way, in doubt or dead."""
    return unit.outbox.listing(states=UNDELIVERED)


def number_of(unit: UnitOfWork, *, channel: str) -> int | None:
    """Return the number of the incident that works in the Slack channel `channel`, or None."""
    incident = unit.incidents.by_channel(channel)
    return incident.number if incident else None


def find_person(unit: UnitOfWork, world: World, *, key: str) -> str | None:
    """Return the Slack user id of whom policy calls `key` (a key of people.yaml), or None."""
    return world.rota(unit, world.policy(unit)).ids.get(key.casefold())


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Whom and where policy speaks to: user ids still without a direct message, and places still without an id."""

    people: tuple[str, ...]
    places: dict[str, str]
    missing: tuple[str, ...]


def expected(unit: UnitOfWork, world: World) -> Expected:
    """Return what is to be looked up ahead, so that a page or an announcement never waits for a look-up."""
    policy = world.policy(unit)
    rota, known = world.rota(unit, policy), unit.places.all()
    channels = shared_places(policy)
    return Expected(
        people=tuple(person for person in rota.ids.values() if f"dm:{person}" not in known),
        places={place: name for place, name in channels.items() if name and place not in known},
        missing=rota.missing,
    )


def was_paged(unit: UnitOfWork, _: World) -> bool:
    """Return whether any page of the newest open incident left."""
    newest = max(unit.incidents.open_numbers(), default=None)
    sent = unit.outbox.listing(states=(DeliveryState.SENT,)) if newest else ()
    return any(row.effect.view == "page" and row.effect.incident == newest for row in sent)
