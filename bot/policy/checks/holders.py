"""Somebody stands behind every office, nobody behind two that must differ, and every way up ends."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from bot.policy.model import People
from bot.policy.people import PeopleFile
from bot.policy.reading import Reading
from bot.policy.roles import RolesFile, key_of
from bot.policy.rulebook import Group
from bot.policy.source import Spot
from bot.words import Severity

Holders = Mapping[str, AbstractSet[str]]


def holders(*, who: PeopleFile, duties: RolesFile) -> Holders:
    """Return the people (keys of people.yaml) who can hold each role, office, group and contact."""
    groups = {key: set(group.members) for key, group in who.groups.items()}
    filled = {key_of(role): one.filled_from for role, one in duties.roles.items()}
    filled.update({key: office.filled_from for key, office in duties.offices.items()})
    return {
        **{key: {contact.person} if contact.person else set() for key, contact in who.people.contacts.items()},
        **groups,
        **{key: set().union(*(groups.get(group, set()) for group in named)) for key, named in filled.items()},
    }


def check_apart(*, reading: Reading, root: Spot, held_by: Holders) -> None:
    """Note pairs in the roles file at `root` that must differ and can only be the same person."""
    pairs = root.at("must_differ")
    for pair in pairs.value if pairs and isinstance(pairs.value, tuple) else ():
        names = [str(name.value) for name in pair.value] if isinstance(pair.value, tuple) else []
        people = [held_by[name] for name in names if held_by.get(name)]
        together: AbstractSet[str] = set().union(*people)
        if len(people) == len(names) > len(together):
            allowed = f"possible: only {', '.join(sorted(together))} can be {' and '.join(names)}"
            reading.refuse(pair, allowed=allowed)


def check_needed(*, reading: Reading, root: Spot) -> None:
    """Note a role that a milder severity needs sooner than a worse one, in the roles file at `root`."""
    roles = root.at("roles")
    for role in roles.value.values() if roles and isinstance(roles.value, Mapping) else ():
        spots = [spot for severity in Severity if (spot := role.at("needed", severity))]
        reading.refuse_falling(spots)


def check_ways_up(*, reading: Reading, root: Spot, groups: Mapping[str, Group]) -> None:
    """Note every circle of groups that escalate to each other, in the people file at `root`; once per circle."""
    told: set[frozenset[str]] = set()
    for key in groups:
        circle = _circle(key, groups)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            way = " → ".join((*circle, key))
            reading.refuse(root.at("groups", key, "escalates_to"), allowed=f"a way up: {way} goes in a circle")


def _circle(key: str, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """Return the groups passed from `key` up and back to it, or nothing when the way ends elsewhere."""
    passed: list[str] = []
    at = key
    while at in groups and at not in passed:
        passed.append(at)
        at = groups[at].escalates_to or ""
    return tuple(passed) if at == key else ()


def warn_of_gaps(*, reading: Reading, root: Spot, people: People) -> None:
    """Warn of contacts nobody stands behind, and of people on call whom only a DM reaches, which no phone rings for."""
    for key, contact in people.contacts.items():
        person = people.persons.get(contact.person or "")
        if person is None:
            reading.warn(root.at("contacts", key), allowed="filled: nobody stands behind this contact")
        elif {way.url for way in person.ways} == {""}:
            reading.warn(root.at("persons", person.key, "ways"), allowed="enough: a DM does not break Do Not Disturb")
