"""What follows when others read an incident's channel: details go, somebody is asked, and it may move."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.incident.context import Context, is_person
from bot.incident.history import sharing_events as s
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.access_reactions import leave
from bot.incident.reacting.beginning import room
from bot.incident.reacting.drafting import Reaction, redraw, redraw_everywhere, redraw_over, say, tell
from bot.incident.reacting.effects import Redraw
from bot.incident.sight import people_in
from bot.words import Lane

Told = Callable[[Any, Incident, set[type], Context], Iterator[Reaction]]


def _exposed(
    event: s.ChannelShared | s.ChannelWentPublic, incident: Incident, _: set[type], __: Context
) -> Iterator[Reaction]:
    """Return card, topic and telephone numbers cut at once, and the question to whoever leads."""
    yield from _shown(incident)
    if event.person:
        channel = incident.channel.name if incident.channel else ""
        words = {"person": event.person, "channel": channel}
        yield tell(incident, event.person, "sharing.asked", words, effect_id=_question(incident), lane=Lane.DECLARE)


def _shown(incident: Incident) -> Iterator[Reaction]:
    """Return everything drawn again that shows more than number and status, or too little."""
    yield from redraw(incident, ids.CARD, ids.TOPIC)
    yield Redraw(id=ids.nobody(incident))


def _unshared(event: s.ChannelUnshared, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    yield from _shown(incident)
    yield Redraw(id=_question(incident))
    if not event.is_shared:
        yield say(incident, "sharing.over", {})


def _private_again(_: s.ChannelWentPrivate, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    yield from _shown(incident)
    yield Redraw(id=_question(incident))
    yield say(incident, "sharing.over", {"was_public": True})


def _kept(_: s.WithholdingKept, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    yield Redraw(id=_question(incident))


def _moved(event: s.MovedInside, incident: Incident, _: set[type], context: Context) -> Iterator[Reaction]:
    """Return the incident in its new channel, with its people; what stands in the old one stays cut."""
    people = sorted(people_in(incident) - set(context.gone))
    yield from room(incident, (one for one in people if is_person(one)))
    yield say(incident, "sharing.moved", {"by": event.by})
    yield from leave(incident, is_host_left=event.is_host_left)
    yield Redraw(id=_question(incident))
    yield from redraw_over(incident)


def _renumbered(_: s.ChannelIdChanged, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    yield from redraw_everywhere(incident)


def _question(incident: Incident) -> str:
    """Return the id of the message that asks what to do, the latest of them."""
    return ids.of(incident, f"sharing/{incident.sharing.asked}")


SHARING_REACTIONS: Mapping[type[Event], Told] = {
    s.ChannelShared: _exposed,
    s.ChannelWentPublic: _exposed,
    s.ChannelUnshared: _unshared,
    s.ChannelWentPrivate: _private_again,
    s.WithholdingKept: _kept,
    s.MovedInside: _moved,
    s.ChannelIdChanged: _renumbered,
}
