"""The people file: who is who, and how each of them is reached."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.duty import read_handoff, read_quiet
from bot.policy.groups import read_groups
from bot.policy.model import Contact, People, Person, PolicyFile, Team, Way, WayKind
from bot.policy.reading import Reading, nearest
from bot.policy.rulebook import Group
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot

FILE = "people.yaml"

_SLACK = re.compile(r"[UW][A-Z0-9]{2,20}|@[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_TELEPHONE = re.compile(r"\+(?: ?[0-9]){7,15}")
EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_URL = re.compile(r"[a-z][a-z0-9+.-]{1,30}://(?:(?!%[01][0-9a-fA-F]|%7[fF])\S){1,500}")
"""An address without control characters, written out or encoded: a line break would smuggle a header in."""

_NO_BREAK = "an Apprise URL (like sns://…) without line breaks, encoded ones either"
_WAY = "a way: dm, email: ADDRESS, or apprise: {label: WORD, url: URL}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile:
    """What the people file says."""

    head: PolicyFile
    people: People
    groups: Mapping[str, Group]


def read_people(*, reading: Reading, root: Spot) -> PeopleFile:
    """Return what the people file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(
        root,
        required=(*HEAD, "team", "emergency_number", "persons", "contacts", "groups"),
        optional=("zone", "handoff", "teams"),
    )
    entries = reading.entries(at.get("persons"))
    persons = {key: _person(reading, key, spot) for key, spot in entries.items()}
    _refuse_twins(reading, entries)
    return PeopleFile(
        head=read_head(reading=reading, name=FILE, at=at),
        people=People(
            team=reading.text(at.get("team")),
            emergency_number=_telephone(reading, at.get("emergency_number")),
            persons=persons,
            contacts=_contacts(reading, at.get("contacts"), persons),
            handoff=read_handoff(reading=reading, at=at),
            others=_teams(reading, at.get("teams"), persons),
        ),
        groups=read_groups(reading=reading, spot=at.get("groups")),
    )


def _contacts(reading: Reading, spot: Spot | None, persons: Mapping[str, Person]) -> dict[str, Contact]:
    return {key: _contact(reading, key, one, persons) for key, one in reading.entries(spot).items()}


def _teams(reading: Reading, spot: Spot | None, persons: Mapping[str, Person]) -> tuple[Team, ...]:
    """Return the teams beside the one that incidents page."""
    entries = reading.entries(spot) if spot else {}
    return tuple(_team(reading, entry, persons) for entry in entries.values())


def _team(reading: Reading, spot: Spot, persons: Mapping[str, Person]) -> Team:
    at = reading.fields(spot, required=("name", "contacts"), optional=("zone", "handoff"))
    return Team(
        name=reading.text(at.get("name"), at_most=80),
        contacts=_contacts(reading, at.get("contacts"), persons),
        handoff=read_handoff(reading=reading, at=at),
    )


def _person(reading: Reading, key: str, spot: Spot) -> Person:
    required = ("name", "slack", "title", "zone", "telephone", "ways")
    at = reading.fields(spot, required=required, optional=("quiet",))
    slack = 'a Slack user id, or a handle in quotation marks (like "@noor")'
    return Person(
        key=key,
        name=reading.text(at.get("name"), at_most=80),
        slack=reading.matching(at.get("slack"), shape=_SLACK, allowed=slack),
        title=reading.text(at.get("title"), at_most=80),
        zone=reading.zone(at.get("zone")),
        telephone=_telephone(reading, at.get("telephone")),
        ways=tuple(_way(reading, way) for way in reading.items(at.get("ways"), most=5)),
        quiet=read_quiet(reading=reading, spot=at.get("quiet")),
    )


def _telephone(reading: Reading, spot: Spot | None) -> str:
    allowed = "a telephone number that begins with + and the country (like +49 30 23125 101)"
    return reading.matching(spot, shape=_TELEPHONE, allowed=allowed)


def _way(reading: Reading, spot: Spot) -> Way:
    email, apprise = spot.at("email"), spot.at("apprise")
    if email and len(spot.value) == 1:
        return _email(reading, email)
    if apprise and len(spot.value) == 1:
        return _apprise(reading, apprise)
    if spot.value != "dm":
        reading.refuse(spot, allowed=_WAY)
    return Way(kind=WayKind.DM, label="DM")


def _email(reading: Reading, spot: Spot) -> Way:
    """Return a way by e-mail; the server that sends it is a setting, so the URL names only the address."""
    address = reading.matching(spot, shape=EMAIL, allowed="an e-mail address")
    return Way(kind=WayKind.APPRISE, label="e-mail", url=f"mailto:{address}")


def _apprise(reading: Reading, spot: Spot) -> Way:
    at = reading.fields(spot, required=("label", "url"))
    return Way(
        kind=WayKind.APPRISE,
        label=reading.text(at.get("label"), at_most=20),
        url=reading.matching(at.get("url"), shape=_URL, allowed=_NO_BREAK, secret=True),
    )


def _contact(reading: Reading, key: str, spot: Spot, persons: Mapping[str, Person]) -> Contact:
    at = reading.fields(spot, required=("label",), optional=("person",))
    person = at.get("person")
    named = _named(reading, person, persons) if person else None
    return Contact(key=key, label=reading.text(at.get("label"), at_most=80), person=named or None)


def _named(reading: Reading, spot: Spot, persons: Mapping[str, Person]) -> str:
    """Return the key of a person that `spot` names."""
    named = reading.text(spot)
    if named and named not in persons:
        reading.refuse(spot, allowed=f"somebody under `persons`: {nearest(word=named, known=persons)}")
    return named


def _refuse_twins(reading: Reading, entries: Mapping[str, Spot]) -> None:
    """Note people who share one Slack account: a page for one would be a page for the other."""
    seen: dict[str, str] = {}
    for key, entry in entries.items():
        slack = entry.value.get("slack") if isinstance(entry.value, Mapping) else None
        if slack is None or not isinstance(slack.value, str):
            continue
        other = seen.setdefault(slack.value.lower(), key)
        if other != key:
            reading.refuse(slack, allowed=f"free: it is `{other}` already")
