"""What an incident keeps of who else reads its channel: organisations it is shared with, or everybody here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

NAMELESS = "another organisation"
"""How an organisation is called whose name Slack did not tell."""


LONGEST_NAME = 40
_MARKS = str.maketrans("", "", "*_~`")


def cleaned(name: str) -> str:
    """Return an organisation's name as it may stand in a sentence: one line without marks, at most 40 characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in name.translate(_MARKS))
    return " ".join(plain.split())[:LONGEST_NAME] or NAMELESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that shares the channel: Slack's id of its workspace, and its name."""

    team: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Who reads the incident's channel and must not read the incident: `partners`, or everybody here `since` then.

    `asked` counts how often somebody was asked what to do; `kept` says that they answered to leave it so; `left` names
    those for whom the channel before was left.
    """

    partners: tuple[Partner, ...] = ()
    public_since: datetime | None = None
    asked: int = 0
    kept: bool = False
    left: str = ""

    @property
    def names(self) -> str:
        """Return the organisations as people read them, such as "Acme Ltd. and Initech"; empty without any."""
        return named(partner.name for partner in self.partners)


def named(names: Iterable[str]) -> str:
    """Return names of organisations in a sentence, each once, in the order of the alphabet."""
    *some, last = sorted(set(names)) or [""]
    return f"{', '.join(some)} and {last}" if some else last


NOT_SHARED = Sharing()
