"""What may be shown where: what belongs to an incident stands only where everyone who reads the place may read it.

The one rule behind every message, decided again each time one is drawn (abuse case 49, G6.1).
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.incident.context import is_person
from bot.incident.history.sharing import named
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, EffectKind, Place, PlaceKind, dm

READ_BY_OTHERS = "read_by_others"
"""Why something is not said at a place, as an outbox row keeps it."""

_MANY_READ = frozenset({PlaceKind.INCIDENTS, PlaceKind.LEADERSHIP, PlaceKind.BROADCAST, PlaceKind.OPERATORS})
_POLICY_NAMES = _MANY_READ | {PlaceKind.GOVERNANCE}

CUT = frozenset({"card", "announcement", "broadcast", "headline", "left"})
"""Pictures that have a form with nothing but number, severity and status."""

_WITH_TELEPHONES = frozenset({"nobody", "undeliverable"})
_ASKING = _WITH_TELEPHONES | {"clocks", "update.climbed"}
"""Messages of the incident's channel that ask for an act: where it is read by others, they go to a person instead."""


class Extent(StrEnum):
    """How much of an incident a place shows."""

    WHOLE = "whole"
    UNTITLED = "untitled"
    NAMELESS = "nameless"
    NUMBER = "number"


def is_read_by_many(place: Place | None) -> bool:
    """Return whether more people read there than work on the incident."""
    return place is not None and place.kind in _MANY_READ


def extent(incident: Incident, *, place: Place | None, known: Mapping[str, str]) -> Extent:
    """Return how much of `incident` is shown at `place`; None is somewhere unknown.

    WHOLE: everything. UNTITLED: a private incident outside its channel, without title and people's words. NAMELESS: the
    same, where many read: nobody is named either. NUMBER: number, severity and status, for others read there too.
    `known` are the places known, as `others` takes them.
    """
    if place is not None and (place.kind is PlaceKind.LEFT or others(incident, place=place, known=known)):
        return Extent.NUMBER
    inside = place is not None and place.kind is PlaceKind.CHANNEL
    if not incident.is_private or inside:
        return Extent.WHOLE
    return Extent.NAMELESS if is_read_by_many(place) else Extent.UNTITLED


def others(incident: Incident | None, *, place: Place, known: Mapping[str, str]) -> str:
    """Return who reads `place` and must not read what belongs here, as a clause; nothing when nobody does.

    `known` holds Slack's channel id of every place by its name, and under `shared:<id>:<team>` the organisations that
    share a channel.
    """
    if place.kind is PlaceKind.CHANNEL and incident:
        return why(incident)
    channel = known.get(str(place)) if place.kind in _POLICY_NAMES else None
    names = shared_with(channel, known) if channel else ""
    return f"this channel is shared with {names}" if names else ""


def why(incident: Incident) -> str:
    """Return why details are withheld in the incident's own channel, as a clause; nothing when they are not."""
    if incident.sharing.partners:
        return f"this channel is shared with {incident.sharing.names}"
    if incident.sharing.public_since and incident.is_private:
        return "everyone here can read this channel"
    return ""


def shared_with(channel: str, known: Mapping[str, str]) -> str:
    """Return the organisations that share a Slack channel, such as "Acme Ltd.", by the known places."""
    mine = shared_key(channel, "")
    return named(name for key, name in known.items() if key.startswith(mine) and name)


def shared_key(channel: str, team: str) -> str:
    """Return the place under which it is known that the organisation of `team` shares `channel`."""
    return f"shared:{channel}:{team}"


def goes_elsewhere(effect: Effect, *, incident: Incident | None, known: Mapping[str, str]) -> bool:
    """Return whether a message not posted yet is taken from its place, because others read there.

    From the incident's channel goes what asks for an act; from elsewhere what has no short form, replies in a thread
    aside. The rest is not said: the card, or the message above, tells the status.
    """
    if effect.kind is not EffectKind.POST or not others(incident, place=effect.place, known=known):
        return False
    if effect.place.kind is PlaceKind.CHANNEL:
        return effect.view in _ASKING
    return effect.view not in CUT and effect.thread_of is None


def instead(view: str, *, incident: Incident) -> Place | None:
    """Return who is told directly what is not said in the incident's channel; None when there is nobody.

    Telephone numbers go to the declarer, everything else to whoever leads.
    """
    declarer = incident.declared.by
    person = declarer if view in _WITH_TELEPHONES and is_person(declarer) else lead(incident)
    return dm(person) if person else None


def lead(incident: Incident) -> str | None:
    """Return whom to ask: the commander, else whoever acknowledged, else the declarer, None when none is a person."""
    acknowledged = incident.acknowledged.by if incident.acknowledged else ""
    wanted = (incident.commander or "", acknowledged, incident.declared.by)
    return next((one for one in wanted if is_person(one)), None)
