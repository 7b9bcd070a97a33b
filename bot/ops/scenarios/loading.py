"""From a scenario's name or path to the scenario, or to everything that is wrong with its file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from bot.ops.scenarios.model import DECLARING, NAMING, DrillRole, Precision, Row, RowKind, Scenario
from bot.policy.errors import PolicyError
from bot.policy.reading import Reading, nearest
from bot.policy.source import LARGEST, Spot, parse
from sandbox.people import MEMBERS

MOST_ROWS, MOST_SOURCES = 500, 30
LONGEST_TITLE, LONGEST_TEXT = 100, 500

_ENDING = ".yaml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ADDRESS = re.compile(r"https?://[^\s]{1,300}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z")
_MINUTES = re.compile(r"[0-9]{1,6}")
_TRUTH = re.compile(r"true|false")
_NAMED = re.compile(r"@([A-Za-z0-9._-]+)")

Word = TypeVar("Word", bound=StrEnum)


class ScenarioRejected(Exception):
    """This is no scenario that can be played; `errors` holds every mistake found, in the order of lines."""

    def __init__(self, errors: Iterable[PolicyError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def shipped() -> tuple[str, ...]:
    """Return the names of the scenarios that come with Tocsin."""
    return tuple(sorted(path.name.removesuffix(_ENDING) for path in _shelf().iterdir() if path.name.endswith(_ENDING)))


def load_scenario(name_or_path: str) -> Scenario:
    """Return the scenario of that name, or the one in the file at that path (anything with a `/` or ending `.yaml`).

    Raises:
        ScenarioRejected: nothing is there, or it is no scenario; every mistake names file, line and key.
    """
    if "/" in name_or_path or name_or_path.endswith((_ENDING, ".yml")):
        return read_scenario(file=Path(name_or_path).name, content=_content(Path(name_or_path)))
    if name_or_path not in shipped():
        allowed = f"a scenario: {nearest(word=name_or_path, known=shipped())}; a path may be given too"
        raise ScenarioRejected([_about(name_or_path, allowed)])
    file = f"{name_or_path}{_ENDING}"
    return read_scenario(file=file, content=_shelf().joinpath(file).read_bytes())


def read_scenario(*, file: str, content: bytes) -> Scenario:
    """Return the scenario that `content` writes down; `file` is what mistakes are blamed on.

    Raises:
        ScenarioRejected: with every mistake found.
    """
    reading = Reading()
    if len(content) > LARGEST:
        raise ScenarioRejected([_about(file, f"small enough: it is over {LARGEST:,} bytes")])
    root = parse(file=file, content=content, errors=reading.errors)
    scenario = _scenario(reading, root) if root else None
    if reading.errors or scenario is None:
        raise ScenarioRejected(sorted(set(reading.errors), key=lambda error: (error.line, error.key)))
    return scenario


def named(row: Row) -> str | None:
    """Return the handle that the text of a row opens with ("@mia takes command"), of a kind that may name somebody.

    None is whoever acts in it.
    """
    found = _NAMED.match(row.text) if row.kind in NAMING else None
    return found[1] if found else None


def _shelf() -> Traversable:
    return resources.files("bot.ops.scenarios").joinpath("data")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as broken:
        raise ScenarioRejected([_about(str(path), f"readable: {broken.strerror or broken}")]) from broken


def _about(file: str, allowed: str) -> PolicyError:
    return PolicyError(file=file, line=1, key=file, found="", allowed=allowed)


def _scenario(reading: Reading, root: Spot) -> Scenario:
    fields = reading.fields(root, required=("id", "title", "sources", "t0", "rows"), optional=("personas", "private"))
    rows = tuple(_rows(reading, fields.get("rows")))
    return Scenario(
        id=reading.matching(fields.get("id"), shape=_ID, allowed="a name of small letters, digits and -"),
        title=reading.text(fields.get("title"), at_most=LONGEST_TITLE),
        sources=tuple(_sources(reading, fields.get("sources"))),
        t0=_moment(reading, fields.get("t0")),
        rows=rows,
        personas=_personas(reading, fields.get("personas")),
        is_private=_is_true(reading, fields.get("private")),
    )


def _is_true(reading: Reading, spot: Spot | None) -> bool:
    return spot is not None and reading.matching(spot, shape=_TRUTH, allowed="true or false") == "true"


def _sources(reading: Reading, spot: Spot | None) -> Iterator[str]:
    for source in reading.items(spot, most=MOST_SOURCES) if spot else ():
        yield reading.matching(source, shape=_ADDRESS, allowed="an address (like https://example.com/postmortem)")


def _moment(reading: Reading, spot: Spot | None) -> datetime:
    said = spot.value if spot and isinstance(spot.value, str) else ""
    try:
        return datetime.strptime(said if _MOMENT.fullmatch(said) else "", "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    except ValueError:
        reading.refuse(spot, allowed="a minute in UTC (like 2019-07-02T13:31Z)")
        return datetime.min.replace(tzinfo=UTC)


def _rows(reading: Reading, spot: Spot | None) -> Iterator[Row]:
    entries = reading.items(spot, most=MOST_ROWS) if spot else ()
    _check_order(reading, entries)
    kinds = set()
    for entry in entries:
        row = _row(reading, entry)
        kinds.add(row.kind)
        yield row
    if entries and not kinds & set(DECLARING):
        words = ", ".join(f"`{kind}`" for kind in DECLARING)
        reading.refuse(spot, allowed=f"complete: no row declares the incident (kinds that can: {words})")


def _row(reading: Reading, entry: Spot) -> Row:
    fields = reading.fields(entry, required=("at", "precision", "role", "kind", "text"))
    minutes = reading.matching(fields.get("at"), shape=_MINUTES, allowed="whole minutes from T0 (0 to 999999)")
    row = Row(
        at=int(minutes or 0),
        precision=_word(reading, fields.get("precision"), Precision, or_else=Precision.INVENTED),
        role=_word(reading, fields.get("role"), DrillRole, or_else=DrillRole.RESPONDER),
        kind=_word(reading, fields.get("kind"), RowKind, or_else=RowKind.DECLARE),
        text=reading.text(fields.get("text"), at_most=LONGEST_TEXT),
    )
    handle = named(row)
    if handle is not None and handle not in MEMBERS:
        reading.refuse(fields.get("text"), allowed=f"for anybody here: {nearest(word=handle, known=MEMBERS)}")
    return row


def _check_order(reading: Reading, entries: Iterable[Spot]) -> None:
    times = [spot for spot in (entry.at("at") for entry in entries) if spot]
    for first, second in pairwise(times):
        earlier, later = _minutes(first), _minutes(second)
        if earlier is not None and later is not None and later < earlier:
            reading.refuse(second, allowed=f"in order: the row before it has `at: {earlier}`")


def _minutes(spot: Spot) -> int | None:
    return int(spot.value) if isinstance(spot.value, str) and _MINUTES.fullmatch(spot.value) else None


def _personas(reading: Reading, spot: Spot | None) -> Mapping[DrillRole, str]:
    if spot is None:
        return {}
    cast = reading.fields(spot, required=(), optional=tuple(DrillRole))
    return {DrillRole(role): _handle(reading, played) for role, played in cast.items()}


def _handle(reading: Reading, spot: Spot) -> str:
    if isinstance(spot.value, str) and spot.value in MEMBERS:
        return spot.value
    reading.refuse(spot, allowed=f"a person of the sandbox: {_nearest(spot, MEMBERS)}")
    return ""


def _word(reading: Reading, spot: Spot | None, words: type[Word], *, or_else: Word) -> Word:
    """Return which of the `words` stands at `spot`, or a stand-in once it is noted that none does."""
    if spot is None:
        return or_else
    if isinstance(spot.value, str) and spot.value in {word.value for word in words}:
        return words(spot.value)
    reading.refuse(spot, allowed=f"a known {spot.key}: {_nearest(spot, words)}")
    return or_else


def _nearest(spot: Spot, known: Iterable[str]) -> str:
    return nearest(word=spot.value if isinstance(spot.value, str) else "", known=[str(word) for word in known])
