"""Ids of effects, each made from its cause, so that the same cause asks for the same thing once."""

from datetime import datetime

from bot.incident.history.paged import Page
from bot.incident.model import Incident
from bot.policy.rulebook import Phase
from bot.words import ClockKind


def of(incident: Incident, name: str) -> str:
    """Return the id of the thing `name` that an incident has once: its card, its channel, its headline.

    What its channel holds it has once for each channel: a private one that it moved into has its own.
    """
    room = incident.room.number if name in _IN_ITS_ROOM else 1
    return in_room(incident, name, room)


def in_room(incident: Incident, name: str, room: int) -> str:
    """Return the id of a thing that an incident has once for each channel, in the channel `room`, from 1."""
    number = incident.number
    return f"incident:{number}/{name}/{room}" if room > 1 else f"incident:{number}/{name}"


LEFT, LEFT_TOPIC, LEFT_ARCHIVE = "left", "left/topic", "left/archive"
_IN_ITS_ROOM = frozenset({"channel", "invite", "card", "pin", "topic", LEFT, LEFT_TOPIC, LEFT_ARCHIVE})


def at_version(incident: Incident, name: str) -> str:
    """Return the id of what one event caused: `incident` is as that event left it."""
    return of(incident, f"{incident.version}/{name}")


def for_due(incident: Incident, name: str, due_at: datetime) -> str:
    """Return the id of what a due time caused."""
    return of(incident, f"{name}/{due_at:%Y%m%dT%H%M%S}")


CHANNEL, INVITE, CARD, PIN, TOPIC = "channel", "invite", "card", "pin", "topic"
ANNOUNCEMENT, BROADCAST, HEADLINE, NOBODY, ASKED = "announcement", "broadcast", "headline", "nobody", "asked"
HEADS_UP, NUDGE, LATE, CLIMBED = "heads-up", "nudge", "late", "climbed"
NOBODY_FURTHER = "nobody-further"
ROLES = "roles"
SOON, WARNED, MISSED = "soon", "clocks/soon", "clocks/missed"


def clock(incident: Incident, name: str, kind: ClockKind, due_at: datetime) -> str:
    """Return the id of what was said of a clock due then: `SOON` to a person, `WARNED` and `MISSED` to the channel."""
    return for_due(incident, f"{name}/{kind}", due_at)


def phase(incident: Incident, name: str, phase: Phase, due_at: datetime) -> str:
    """Return the id of what was said of a phase due then, as `clock` has it for clocks."""
    return for_due(incident, f"{name}/phase/{phase}", due_at)


def page(incident: Incident, sent: Page) -> str:
    """Return the id of a page: its step of the ladder, and after a reopening which ladder it was."""
    return of(incident, f"page/{sent.step}{f'/{sent.round}' if sent.round else ''}")


def nobody(incident: Incident) -> str:
    """Return the id of the message that nobody has answered, since the incident was last opened."""
    return of(incident, f"{NOBODY}/{incident.reopenings}" if incident.reopenings else NOBODY)


def called(incident: Incident, place: int) -> str:
    """Return the id of the message that carries the call at `place` among the incident's calls, from 0."""
    return of(incident, f"called/{place}")


def deputy(effect_id: str) -> str:
    """Return the id of what the deputy hears beside the commander."""
    return f"{effect_id}/deputy"


def beside(effect_id: str) -> str:
    """Return the id of the direct message that goes beside a message in the channel."""
    return f"{effect_id}/dm"


def exception_asked(incident: Incident, number: int, person: str) -> str:
    """Return the id of the message that asks `person` of the Board about exception `number`."""
    return of(incident, f"exception/{number}/asked/{person}")


def duties(incident: Incident, person: str) -> str:
    """Return the id of the message that tells `person` what a commander answers for."""
    return of(incident, f"duties/{person}")


def offer(number: int, incident: Incident) -> str:
    """Return the id of the message that carries offer `number` of command."""
    return of(incident, f"offer/{number}")
