"""The command of those who agree with a severity."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSeverity:
    """Say that it is as bad as whoever raised it said (G2)."""
