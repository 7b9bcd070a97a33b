"""The duties file: which activity asks what of whom (G2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.model import PolicyFile
from bot.policy.reading import Kind, Reading
from bot.policy.roles import key_of
from bot.policy.rulebook import Activity, ActivityRow, Column, Duty, Party, Raci
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Role, Severity

FILE = "raci.yaml"

_ROLES = {key_of(role): role for role in Role}


@dataclass(frozen=True, slots=True, kw_only=True)
class RaciFile:
    """What the duties file says."""

    head: PolicyFile
    raci: Raci


def read_raci(*, reading: Reading, root: Spot) -> RaciFile:
    """Return what the duties file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "parties", "activities"))
    parties = reading.fields(at.get("parties"), required=tuple(Party))
    activities = reading.fields(at.get("activities"), required=tuple(Activity))
    return RaciFile(
        head=read_head(reading=reading, name=FILE, at=at),
        raci=Raci(
            parties={party: _column(reading, parties.get(party)) for party in Party},
            activities={activity: _row(reading, activities.get(activity)) for activity in Activity},
        ),
    )


def _column(reading: Reading, spot: Spot | None) -> Column:
    at = reading.fields(spot, required=("label",), optional=("group", "role"))
    group, role = at.get("group"), at.get("role")
    if at and (group is None) == (role is None):
        reading.refuse(spot, allowed="clear: a party is either a `group` or a `role`")
    said = reading.name(role, kind=Kind.ROLE) if role else ""
    return Column(
        label=reading.text(at.get("label"), at_most=80),
        group=reading.name(group, kind=Kind.GROUP) if group else None,
        role=_ROLES.get(said),
    )


def _row(reading: Reading, spot: Spot | None) -> ActivityRow:
    at = reading.fields(spot, required=("label", *Party), optional=("severities",))
    return ActivityRow(
        label=reading.text(at.get("label"), at_most=80),
        severities=reading.words(at["severities"], kind=Severity) if "severities" in at else (),
        duties={party: duties_at(reading=reading, spot=at.get(party)) for party in Party},
    )


def duties_at(*, reading: Reading, spot: Spot | None) -> tuple[Duty, ...]:
    """Return one cell of the table, such as (A, R) for "A/R"."""
    said = spot.value.split("/") if spot and isinstance(spot.value, str) else []
    known: Mapping[str, Duty] = {duty.value: duty for duty in Duty}
    if said and len(set(said)) == len(said) and all(one in known for one in said):
        return tuple(known[one] for one in said)
    reading.refuse(spot, allowed="a duty: R, A, C or I, or two of them (like A/R)")
    return ()
