"""What the service promises, as frozen values: objectives, goals and the error budget (G4)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a measure must stay `below`, or else reach; `unit` is "%" or "s"."""

    below: bool
    bound: float
    unit: str

    def __str__(self) -> str:
        """Return the goal as it is written: "below 1 %"."""
        return f"{'below' if self.below else 'at least'} {self.bound:g} {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slo:
    """One service level objective (G4.1); `over` is a span such as "28d", or "month"."""

    name: str
    measure: str
    goal: Goal
    over: str
    measured_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBudget:
    """When deployments are frozen (G4.2), and which incident types use the budget up (G9.1)."""

    freeze_below: float
    per: str
    lifted_by: tuple[str, ...]
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectives:
    """The objectives file: the goals and the budget behind them."""

    slos: Mapping[str, Slo]
    budget: ErrorBudget
