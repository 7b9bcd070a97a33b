"""What a declaration sets in motion in Slack: channel, invitations, card, pin, topic, announcement, broadcast."""

from collections.abc import Iterable, Iterator

from bot.incident.context import Context, is_person
from bot.incident.model import Incident
from bot.incident.naming import channel_name
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, post
from bot.incident.reacting.effects import CHANNEL, INCIDENTS, Effect, EffectKind, Words, broadcast
from bot.words import Lane


def began(incident: Incident, context: Context) -> Iterator[Reaction]:
    """Return the seven writes of a declaration, besides the page: `incident` is as its first decision left it."""
    yield from room(incident, _first_people(incident))
    yield from _told(incident, context)


def room(incident: Incident, people: Iterable[str]) -> Iterator[Reaction]:
    """Return the incident's channel made and furnished: `people` invited, the card posted and pinned, the topic."""
    channel = ids.of(incident, ids.CHANNEL)
    yield Effect(
        id=channel,
        kind=EffectKind.OPEN_CHANNEL,
        lane=Lane.DECLARE,
        incident=incident.number,
        place=CHANNEL,
        words=_room(incident),
    )
    yield from invite(incident, people, effect_id=ids.of(incident, ids.INVITE))
    yield post(ids.of(incident, ids.CARD), "card", incident, place=CHANNEL, lane=Lane.DECLARE, needs=(channel,))
    yield _on_channel(incident, EffectKind.PIN, ids.PIN, needs=ids.of(incident, ids.CARD))
    if not incident.is_hosted:
        yield _on_channel(incident, EffectKind.TOPIC, ids.TOPIC, needs=channel)


def _told(incident: Incident, context: Context) -> Iterator[Reaction]:
    channel = ids.of(incident, ids.CHANNEL)
    yield post(
        ids.of(incident, ids.ANNOUNCEMENT),
        "announcement",
        incident,
        place=INCIDENTS,
        lane=Lane.DECLARE,
        needs=(channel,),
    )
    if context.rules(incident.severity).broadcast:
        yield post(
            ids.of(incident, ids.BROADCAST),
            "broadcast",
            incident,
            place=broadcast(incident.severity),
            lane=Lane.DECLARE,
            needs=(channel,),
        )


def _room(incident: Incident) -> Words:
    """Return the name of the channel to make; one that was there before is named by its id and stays as it is."""
    if incident.is_hosted and incident.channel:
        return {"name": incident.channel.name, "known": incident.channel.id}
    left: Words = {"left": incident.room.left} if incident.room.left else {}
    return {"name": channel_name(incident), "private": incident.is_private, **left}


def _first_people(incident: Incident) -> Iterator[str]:
    if is_person(incident.declared.by):
        yield incident.declared.by
    if incident.commander:
        yield incident.commander
    yield from (page.person for page in incident.pages)


def _on_channel(incident: Incident, kind: EffectKind, name: str, *, needs: str) -> Effect:
    return Effect(
        id=ids.of(incident, name),
        kind=kind,
        lane=Lane.REMINDER,
        incident=incident.number,
        place=CHANNEL,
        needs=(needs,),
        thread_of=needs if kind is EffectKind.PIN else None,
    )
