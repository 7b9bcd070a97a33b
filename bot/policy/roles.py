"""The roles file: what each role answers for, what it decides, and who may take it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.policy.model import Office, PolicyFile, RoleDuties
from bot.policy.reading import Kind, Reading
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Role, Severity

FILE = "roles.yaml"
MOST_DUTIES = 4
"""With the line on what it decides, at most five lines in the message to whoever gets the role."""
MOST_INSTRUCTIONS = 8

_PAIR = 2
_DUTIES = ("filled_from", "answers_for", "decides", "instructions")
_TAKEN_BY = re.compile(r"anyone|leaders")


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesFile:
    """What the roles file says."""

    head: PolicyFile
    roles: Mapping[Role, RoleDuties]
    offices: Mapping[str, Office]
    must_differ: tuple[tuple[str, ...], ...]


def key_of(role: Role) -> str:
    """Return how the file writes a role: "communications_lead"."""
    return role.value.replace(" ", "_")


def read_roles(*, reading: Reading, root: Spot) -> RolesFile:
    """Return what the roles file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "roles", "offices", "must_differ"))
    entries = reading.fields(at.get("roles"), required=tuple(key_of(role) for role in Role))
    return RolesFile(
        head=read_head(reading=reading, name=FILE, at=at),
        roles={role: _duties(reading, entries.get(key_of(role))) for role in Role},
        offices={key: _office(reading, spot) for key, spot in reading.entries(at.get("offices")).items()},
        must_differ=tuple(_apart(reading, spot) for spot in reading.items(at.get("must_differ"))),
    )


def _duties(reading: Reading, spot: Spot | None) -> RoleDuties:
    at = reading.fields(spot, required=("taken_by", *_DUTIES), optional=("needed",))
    taken_by = reading.matching(at.get("taken_by"), shape=_TAKEN_BY, allowed="anyone or leaders")
    return RoleDuties(
        answers_for=reading.texts(at.get("answers_for"), most=MOST_DUTIES),
        decides=reading.text(at.get("decides")),
        anyone=taken_by == "anyone",
        filled_from=reading.names(at.get("filled_from"), kind=Kind.GROUP),
        needed=_needed(reading, at["needed"]) if "needed" in at else {},
        instructions=reading.texts(at.get("instructions"), most=MOST_INSTRUCTIONS),
    )


def _needed(reading: Reading, spot: Spot) -> Mapping[Severity, timedelta]:
    at = reading.fields(spot, required=(), optional=tuple(Severity))
    return {Severity(severity): reading.duration(span) for severity, span in at.items()}


def _office(reading: Reading, spot: Spot) -> Office:
    at = reading.fields(spot, required=("label", *_DUTIES))
    return Office(
        label=reading.text(at.get("label"), at_most=80),
        filled_from=reading.names(at.get("filled_from"), kind=Kind.GROUP),
        answers_for=reading.texts(at.get("answers_for"), most=MOST_DUTIES),
        decides=reading.text(at.get("decides")),
        instructions=reading.texts(at.get("instructions"), most=MOST_INSTRUCTIONS),
    )


def _apart(reading: Reading, spot: Spot) -> tuple[str, ...]:
    """Return two names that must never be one person."""
    names = reading.names(spot, kind=Kind.HOLDER)
    if names and len(names) != _PAIR:
        reading.refuse(spot, allowed="a pair: two roles, groups or contacts")
    return names
