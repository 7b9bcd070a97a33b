"""A policy as single facts in words, so that two policies can be compared and one can be read."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bot.policy.business import BusinessSpan
from bot.policy.durations import in_words
from bot.policy.model import Policy, Sprint, Way, WayKind
from bot.policy.objectives import Goal
from bot.policy.rulebook import PlaybookPhase
from bot.words import Classification, Severity

NOTHING = "nothing"

_KINDS = {
    "persons": "Person ",
    "contacts": "Contact ",
    "roles": "Role ",
    "offices": "Office ",
    "groups": "Group ",
    "parties": "Party ",
    "activities": "Duties: ",
    "types": "Type ",
    "classifications": "Classification ",
    "slos": "Objective ",
}
_UNSAID = frozenset(
    {"Policy.hash", "Policy.version", "SeverityRules.severity", "Person.key", "Contact.key", "PolicyFile.name"}
)
"""What says again what the subject is, what severity.yaml says, or what only programs read."""

_SAID_AS = {
    "clocks": "",
    "rows": "",
    "duties": "",
    "update_every": "status update every",
    "pages": "page",
    "phases": "phase",
    "ways": "way",
    "warn": "due soon",
    "ladder": "update ladder",
    "broadcasts": "broadcast",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What facts are about: `key` is where it stands, `title` how people call it, `facts` what is so, by its words."""

    key: tuple[str, ...]
    title: str
    facts: Mapping[str, str]


def subjects(policy: Policy) -> tuple[Subject, ...]:
    """Return everything `policy` says; whatever two policies differ in, but their hash, some fact tells."""
    loose: dict[str, str] = {}
    found: list[Subject] = []
    for name, value in _parts(policy):
        if _is_place(value):
            found.extend(_subjects((name,), value))
        else:
            loose.update(_facts(value, words(name)))
    return (Subject(key=("policy",), title="Policy", facts=loose), *found)


def words(name: str) -> str:
    """Return a name in code as words."""
    return _SAID_AS.get(name, name.replace("_", " "))


def _is_place(value: object) -> bool:
    """Return whether `value` holds subjects, or is one."""
    if isinstance(value, Mapping):
        return any(map(is_dataclass, value.values()))
    return is_dataclass(value)


def _subjects(key: tuple[str, ...], value: Any) -> Iterator[Subject]:  # noqa: ANN401 - any value of policy
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield Subject(key=(*key, str(name)), title=_title(key[-1], str(name), one), facts=dict(_facts(one, "")))
        return
    places = {name: part for name, part in _parts(value) if isinstance(part, Mapping) and _is_place(part)}
    loose = {
        said: fact for name, part in _parts(value) if name not in places for said, fact in _facts(part, words(name))
    }
    yield Subject(key=key, title=words(key[-1]).capitalize(), facts=loose)
    for name, part in places.items():
        yield from _subjects((*key, name), part)


def _title(kind: str, name: str, value: object) -> str:
    """Return how people call one of several subjects of a kind."""
    if kind == "severities":
        return Severity(name).label
    if kind == "files":
        return name
    called = getattr(value, "name", "") or getattr(value, "label", "") or name
    return f"{_KINDS.get(kind, '')}{called.upper() if kind == 'classifications' else called}"


def _facts(value: Any, path: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any value of policy
    """Return what `value` says, each with the words that lead to it."""
    if isinstance(value, Way):
        yield path, _way(value)
    elif is_dataclass(value) and not isinstance(value, Goal | Sprint | BusinessSpan):
        for name, part in _parts(value):
            yield from _facts(part, _join(path, words(name)))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _facts(part, _join(path, _said(name)))
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        for number, part in enumerate(value, start=1):
            called = part.phase if isinstance(part, PlaybookPhase) else str(number)
            yield from _facts(part, _join(path, called))
    else:
        yield path, _said(value)


def _parts(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any value of policy
    for one in fields(value):
        if f"{type(value).__name__}.{one.name}" not in _UNSAID:
            yield one.name, getattr(value, one.name)


def _join(path: str, name: str) -> str:
    return f"{path} {name}".strip()


def _said(value: object) -> str:
    """Return one value in words."""
    if isinstance(value, StrEnum):
        return _word(value)
    match value:
        case None | () | "":
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case tuple():
            return _listed(value)
        case timedelta():
            return in_words(value)
        case float():
            return f"{value * 100:g} %"
        case _:
            return str(value)


def _word(word: StrEnum) -> str:
    match word:
        case Severity():
            return word.label
        case Classification():
            return word.upper()
        case _:
            return word.value.replace("_", " ")


def _listed(values: tuple[object, ...]) -> str:
    """Return a list in words; pairs inside it are joined by "and"."""
    said = [" and ".join(map(_said, one)) if isinstance(one, tuple) else _said(one) for one in values]
    return ("; " if any("," in one for one in said) else ", ").join(said)


def _way(way: Way) -> str:
    """Return a way to reach somebody; an address that may hold a key is told by a mark that changes with it."""
    if way.kind is WayKind.DM or way.url.startswith("mailto:"):
        return f"{way.label} {way.url.removeprefix('mailto:')}".strip()
    return f"{way.label} {way.url.partition(':')[0]}:… ({hashlib.sha256(way.url.encode()).hexdigest()[:6]})"
