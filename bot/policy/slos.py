"""The objectives file: what is measured, what it must reach, and what happens when it does not (G4)."""

import re
from dataclasses import dataclass

from bot.policy.model import PolicyFile
from bot.policy.objectives import ErrorBudget, Goal, Objectives, Slo
from bot.policy.reading import Kind, Reading
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot

FILE = "slos.yaml"

_GOAL = re.compile(r"(below|at least) ([0-9]{1,4}(?:\.[0-9]{1,3})?) (%|s)")
_OVER = re.compile(r"[1-9][0-9]{0,2}d|month")
_PER = re.compile(r"month")
_SOURCE = re.compile(r"tocsin|source")
_LIFTED = re.compile(r"restoration|waiver")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlosFile:
    """What the objectives file says."""

    head: PolicyFile
    objectives: Objectives


def read_slos(*, reading: Reading, root: Spot) -> SlosFile:
    """Return what the objectives file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "slos", "error_budget"))
    return SlosFile(
        head=read_head(reading=reading, name=FILE, at=at),
        objectives=Objectives(
            slos={key: _slo(reading, spot) for key, spot in reading.entries(at.get("slos")).items()},
            budget=_budget(reading, at.get("error_budget")),
        ),
    )


def _slo(reading: Reading, spot: Spot) -> Slo:
    at = reading.fields(spot, required=("name", "measure", "goal", "over", "measured_by"))
    return Slo(
        name=reading.text(at.get("name"), at_most=80),
        measure=reading.text(at.get("measure")),
        goal=_goal(reading, at.get("goal")),
        over=reading.matching(at.get("over"), shape=_OVER, allowed="a number of days (like 28d), or month"),
        measured_by=reading.matching(at.get("measured_by"), shape=_SOURCE, allowed="tocsin or source"),
    )


def _goal(reading: Reading, spot: Spot | None) -> Goal:
    said = reading.matching(spot, shape=_GOAL, allowed="a goal (like `below 1 %`, `at least 92 %`, `below 2 s`)")
    parts = _GOAL.fullmatch(said)
    if parts is None:
        return Goal(below=True, bound=0.0, unit="%")
    goal = Goal(below=parts[1] == "below", bound=float(parts[2]), unit=parts[3])
    if goal.unit == "%" and not 0 < goal.bound <= 100:  # noqa: PLR2004 - a share of a hundred
        reading.refuse(spot, allowed="a share above 0 % and up to 100 %")
    return goal


def _budget(reading: Reading, spot: Spot | None) -> ErrorBudget:
    at = reading.fields(spot, required=("freeze_below", "per", "lifted_by", "used_by"))
    return ErrorBudget(
        freeze_below=reading.share(at.get("freeze_below")),
        per=reading.matching(at.get("per"), shape=_PER, allowed="month"),
        lifted_by=tuple(
            reading.matching(one, shape=_LIFTED, allowed="restoration or waiver")
            for one in reading.items(at.get("lifted_by"))
        ),
        used_by=reading.names(at.get("used_by"), kind=Kind.TYPE),
    )
