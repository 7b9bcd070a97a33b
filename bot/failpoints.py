"""Failpoints: a name beside every commit and every side effect, at which a bench may stop the process dead."""

from collections.abc import Callable
from dataclasses import dataclass

Strike = Callable[[str], None]
"""What happens at a failpoint; it is given the name."""


def _nothing(_: str) -> None:
    """Go on: so it is unless a bench asked for something else."""


@dataclass(slots=True)
class Failpoints:
    """The failpoints of this process; `strike` is called with the name of each that is reached."""

    strike: Strike = _nothing

    def reach(self, name: str) -> None:
        """Say that the process is at the failpoint `name`."""
        self.strike(name)


FAILPOINTS = Failpoints()
