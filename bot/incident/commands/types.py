"""Commands about what kind of incident it is, and about the phases of its playbook."""

from dataclasses import dataclass

from bot.policy.rulebook import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class SetType:
    """Say what kind of incident it is, by the matrix; `type` as people write it (P1, S1)."""

    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishPhase:
    """Say that a phase of the playbook is done, and what was done (P6, S4)."""

    phase: Phase
    words: str
