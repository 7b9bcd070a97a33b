"""Reading pictures: the latest rows with everything a view needs beside them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.incident.authority.confirmers import confirmers
from bot.incident.clocks import clocks
from bot.incident.history.codec import plain
from bot.incident.model import Incident
from bot.incident.reading.picture import Picture
from bot.policy.rota import Member
from bot.ports import UnitOfWork
from bot.usecases.archiving import is_archived
from bot.usecases.world import World

_PERSON = re.compile(r"^[UW][A-Z0-9]{2,}$")


def picture(unit: UnitOfWork, incident: Incident, world: World, *, also: object = None) -> Picture:
    """Return the picture of `incident`; `also` is whatever else names people that will be drawn."""
    return pictures(unit, [incident], world, also=also)[incident.number]


def pictures(
    unit: UnitOfWork, incidents: Sequence[Incident], world: World, *, also: object = None
) -> Mapping[int, Picture]:
    """Return the pictures of `incidents` by number; however many they are, the database is asked as often."""
    others = set(_people(plain(also)))
    people = {one.number: others | _people_of(unit, one, world) for one in incidents}
    members = unit.members.known(set().union(*people.values()))
    channels = dict(unit.places.all())
    return {
        one.number: _drawn(unit, one, world, people=people[one.number], members=members, channels=channels)
        for one in incidents
    }


def _people_of(unit: UnitOfWork, incident: Incident, world: World) -> set[str]:
    rota = world.rota(unit, world.policy(unit, incident.policy_hash))
    return {*_people(plain(incident)), *rota.ids.values()}


def _drawn(
    unit: UnitOfWork,
    incident: Incident,
    world: World,
    *,
    people: set[str],
    members: Mapping[str, Member],
    channels: Mapping[str, str],
) -> Picture:
    policy = world.policy(unit, incident.policy_hash)
    rota = world.rota(unit, policy)
    known = {person: rota.person(person) for person in people}
    return Picture(
        incident=incident,
        clocks=clocks(incident, policy),
        policy=policy,
        names={person: members[person].name for person in people & members.keys()}
        | {person: entry.name for person, entry in known.items() if entry},
        described={person: rota.describe(person) for person in people},
        telephones={person: entry.telephone for person, entry in known.items() if entry and entry.telephone},
        channel_ids=channels,
        is_archived=is_archived(incident, channels),
        confirmers=confirmers(incident, policy=policy, rota=rota, now=world.now()),
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
