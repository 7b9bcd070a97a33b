"""The roles file: what each role answers for, what it decides, and who may take it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.model import PolicyFile, RoleDuties
from bot.policy.reading import Reading
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Role

FILE = "roles.yaml"
MOST_DUTIES = 4
"""With the line on what it decides, at most five lines in the message to whoever gets the role."""

_TAKEN_BY = re.compile(r"anyone|leaders")


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesFile:
    """What the roles file says."""

    head: PolicyFile
    roles: Mapping[Role, RoleDuties]


def key_of(role: Role) -> str:
    """Return how the file writes a role: "communications_lead"."""
    return role.value.replace(" ", "_")


def read_roles(*, reading: Reading, root: Spot) -> RolesFile:
    """Return what the roles file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "roles"))
    entries = reading.fields(at.get("roles"), required=tuple(key_of(role) for role in Role))
    return RolesFile(
        head=read_head(reading=reading, name=FILE, at=at),
        roles={role: _duties(reading, entries.get(key_of(role))) for role in Role},
    )


def _duties(reading: Reading, spot: Spot | None) -> RoleDuties:
    at = reading.fields(spot, required=("taken_by", "answers_for", "decides"))
    taken_by = reading.matching(at.get("taken_by"), shape=_TAKEN_BY, allowed="anyone or leaders")
    return RoleDuties(
        answers_for=tuple(reading.text(duty) for duty in reading.items(at.get("answers_for"), most=MOST_DUTIES)),
        decides=reading.text(at.get("decides")),
        anyone=taken_by == "anyone",
    )
