"""Reading a picture: the latest row with everything a view needs beside it."""

import re
from collections.abc import Iterator, Mapping

from bot.incident.clocks import clocks
from bot.incident.history.codec import plain
from bot.incident.model import Incident
from bot.incident.reading.picture import Picture
from bot.ports import UnitOfWork
from bot.usecases.archiving import is_archived
from bot.usecases.world import World

_PERSON = re.compile(r"^[UW][A-Z0-9]{2,}$")


def picture(unit: UnitOfWork, incident: Incident, world: World, *, also: object = None) -> Picture:
    """Return the picture of `incident`; `also` is whatever else names people that will be drawn."""
    policy = world.policy(unit, incident.policy_hash)
    rota = world.rota(unit, policy)
    people = set(_people(plain(incident))) | set(_people(plain(also))) | set(rota.ids.values())
    members = {person: unit.members.get(person) for person in people}
    known = {person: rota.person(person) for person in people}
    return Picture(
        incident=incident,
        clocks=clocks(incident, policy),
        policy=policy,
        names={person: member.name for person, member in members.items() if member}
        | {person: entry.name for person, entry in known.items() if entry},
        described={person: rota.describe(person) for person in people},
        telephones={person: entry.telephone for person, entry in known.items() if entry and entry.telephone},
        channel_ids=dict(unit.places.all()),
        is_archived=is_archived(unit, incident),
    )


def _people(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if _PERSON.match(value):
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _people(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _people(item)
