"""From a scenario's rows to the lines people speak: who types what, in which minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.ops.scenarios.casting import ON_LIST, OUTSIDE, PRIMARY, player
from bot.ops.scenarios.loading import named
from bot.ops.scenarios.model import DECLARING, DrillRole, Precision, Row, RowKind, Scenario
from bot.words import Role, Severity

GOES_ON_AFTER_END = 60
"""Minutes the play goes on after the incident is resolved, or after the last row of one that never is."""

WORKED = "[worked]"
_OWN_VOICE = frozenset({DrillRole.COMMS, DrillRole.INCIDENT_LEAD})


class LineKind(StrEnum):
    """How a line is spoken: to the room, as the declaration, or as a command on the incident."""

    SAID = "said"
    DECLARATION = "declaration"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What `who` (a handle) says `at` a minute; `words` of a command begin with its verb."""

    at: int
    who: str
    kind: LineKind
    words: str
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The lines in order, the minute the play ends, and how many rows come too late to be played."""

    lines: tuple[Line, ...]
    ends_at: int
    not_played: int


@dataclass(slots=True, kw_only=True)
class _Play:
    """How far the incident has come while its rows are turned into lines.

    `answered` says that the commander, so far only named, has shown to be there (G8.1).
    """

    commander: str = PRIMARY
    answered: bool = False
    declared: bool = False
    acknowledged: bool = False
    mitigated: bool = False
    resolved: bool = False


def script(scenario: Scenario) -> Script:
    """Return what is played of `scenario`, by the rules its file describes."""
    declaring = _declaring(scenario.rows)
    ends_at = _end(scenario.rows, declaring)
    rows = [(place, row) for place, row in enumerate(scenario.rows) if row.at <= ends_at]
    play = _Play()
    lines = [line for place, row in rows for line in _lines(row, scenario, play, declares=place == declaring)]
    return Script(lines=tuple(lines), ends_at=ends_at, not_played=len(scenario.rows) - len(rows))


def _declaring(rows: tuple[Row, ...]) -> int:
    """Return the place of the row that declares: the first of the best kind there is."""
    return min(
        (place for place, row in enumerate(rows) if row.kind in DECLARING),
        key=lambda place: (DECLARING.index(rows[place].kind), place),
    )


def _end(rows: tuple[Row, ...], declaring: int) -> int:
    resolutions = (row.at for row in rows[declaring:] if row.kind is RowKind.RESOLVE and row.role not in OUTSIDE)
    return next(resolutions, rows[-1].at) + GOES_ON_AFTER_END


def _lines(row: Row, scenario: Scenario, play: _Play, *, declares: bool) -> Iterator[Line]:
    who = player(row.role, scenario, commander=play.commander)
    if declares:
        play.declared, play.answered = True, who == play.commander
        private = "private " if scenario.is_private else ""
        yield _line(row, who, LineKind.DECLARATION, f"declare {private}sev1 {scenario.title}")
        yield _line(row, who, LineKind.COMMAND, f"note {row.text}")
    elif play.declared and row.role in OUTSIDE and scenario.is_private:
        yield _line(row, play.commander, LineKind.COMMAND, f"note {_said(row)}")
    elif not play.declared or row.role in OUTSIDE:
        yield _line(row, who, LineKind.SAID, _said(row))
    else:
        yield _line(row, *_command(row, who, play))


def _command(row: Row, who: str, play: _Play) -> tuple[str, LineKind, str]:
    """Return who types which command for a row of the response, and note in `play` what that changes."""
    typed = _spoken(row, who, play) if not play.resolved else None
    typed = typed or (who, f"note {row.text}")
    return typed[0], LineKind.COMMAND, typed[1]


def _spoken(row: Row, who: str, play: _Play) -> tuple[str, str] | None:
    """Return who types what in an open incident; None is a note."""
    match row.kind:
        case RowKind.ACK if not (play.acknowledged or play.mitigated):
            play.acknowledged = True
            play.answered |= who == play.commander
            return who, "ack"
        case RowKind.COMMAND:
            return _seated(named(row) or who, who, play)
        case RowKind.ESCALATE | RowKind.ASSIGN | RowKind.SEVERITY if typed := _calling(row):
            return _leader(who, play), typed
        case RowKind.UPDATE | RowKind.COMMS:
            play.answered = True
            return play.commander, f"update {_told(row)}"
        case RowKind.MITIGATE if row.text.startswith(WORKED) and not play.mitigated:
            play.mitigated = True
            return _leader(who, play), f"mitigate {row.text.removeprefix(WORKED).strip() or row.text}"
        case RowKind.RESOLVE:
            play.resolved = True
            return _leader(who, play), f"resolve {row.text}"
        case _:
            return None


def _calling(row: Row) -> str:
    """Return how a text that opens with a severity changes it, or one that opens with a handle brings somebody in.

    They are given the role that the text goes on with, or called for its reason; nothing for any other text.
    """
    handle, _, rest = row.text.partition(" ")
    if row.kind is RowKind.SEVERITY:
        return f"sev {handle[-1]} {rest}" if handle in {one.label for one in Severity} else ""
    if not named(row):
        return ""
    role = next((role for role in Role if rest.startswith(role.value)), None)
    if row.kind is RowKind.ASSIGN and role:
        return f"role {role} {handle}"
    return f"escalate {handle} {rest}"


def _seated(taker: str, who: str, play: _Play) -> tuple[str, str] | None:
    """Return how `taker` comes to command: by taking a free seat, or given it by whoever sits in it.

    Who sits in it already takes nothing.
    """
    if taker == play.commander and (play.answered or taker != who):
        return None
    if taker == who and (taker == play.commander or not play.answered):
        play.commander, play.answered, play.acknowledged = who, True, True
        return who, "command"
    giver = play.commander if play.answered else who
    play.commander, play.answered = taker, False
    return giver, f"command @{taker}"


def _leader(who: str, play: _Play) -> str:
    """Return who types what only leaders may: `who`, if policy lets them, else the commander; either is then there."""
    typist = who if who in ON_LIST else play.commander
    play.answered |= typist == play.commander
    return typist


def _said(row: Row) -> str:
    return f"From {row.role.words}: {row.text}" if row.role in OUTSIDE else row.text


def _told(row: Row) -> str:
    """Return the words of a status update, saying whose they are where it is not the commander's own to say."""
    return row.text if row.role in _OWN_VOICE else f"From {row.role.words}: “{row.text}”"


def _line(row: Row, who: str, kind: LineKind, words: str) -> Line:
    return Line(at=row.at, who=who, kind=kind, words=words, precision=row.precision)
