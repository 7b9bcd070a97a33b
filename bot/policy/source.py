"""YAML as plain text at known lines: no tags, no aliases, no guessed types."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import yaml

from bot.policy.errors import PolicyError

LARGEST = 256 * 1024
DEEPEST = 20
TOO_DEEP = f"allowed: it is nested deeper than {DEEPEST} levels"

_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NULL = "tag:yaml.org,2002:null"
_DISPUTED = frozenset("\t\ufeff\x85\u2028\u2029")
_FAST: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One value in a policy file, with where it stands.

    `line` counts from 1. `key` is the nearest key above, which is how people name the place. `value` is the text as it
    was typed (so `1.10` stays `1.10` and `no` stays `no`), a list, or a table.
    """

    file: str
    line: int
    key: str
    value: "str | tuple[Spot, ...] | Mapping[str, Spot]"

    def at(self, *path: str) -> "Spot | None":
        """Return what stands under these keys, one inside the other, or None where a key is missing."""
        spot: Spot | None = self
        for key in path:
            spot = spot.value.get(key) if spot and isinstance(spot.value, Mapping) else None
        return spot

    def lines(self) -> frozenset[int]:
        """Return every line on which a value of this one stands."""
        inside = () if isinstance(self.value, str) else self.value
        spots = inside.values() if isinstance(inside, Mapping) else inside
        return frozenset({self.line}).union(*(spot.lines() for spot in spots))

    def error(self, *, allowed: str) -> PolicyError:
        """Return that this value is not `allowed`."""
        found = self.value if isinstance(self.value, str) else ""
        return PolicyError(file=self.file, line=self.line, key=self.key, found=found, allowed=allowed)


def parse(*, file: str, content: bytes, errors: list[PolicyError]) -> Spot | None:
    """Read one YAML file; add what is wrong to `errors`. A file that was read lately is remembered.

    Returns the document, or None when nothing in it can be trusted: it is over 256 KB, not UTF-8, not one YAML
    document, nested too deep, or uses anchors, aliases or tags (a few lines of which can grow to fill a memory).
    """
    root, found = _parse(file=file, content=content)
    errors.extend(found)
    return root


@lru_cache(maxsize=32)
def _parse(*, file: str, content: bytes) -> tuple[Spot | None, tuple[PolicyError, ...]]:
    errors: list[PolicyError] = []
    return _document(file=file, content=content, errors=errors), tuple(errors)


def _document(*, file: str, content: bytes, errors: list[PolicyError]) -> Spot | None:
    text = _text(file=file, content=content, errors=errors)
    if text is None:
        return None
    try:
        tricks, root = _composed(file=file, text=text)
    except (yaml.YAMLError, ValueError, OverflowError) as broken:
        errors.append(_not_yaml(file=file, text=text, broken=broken))
        return None
    errors.extend(tricks)
    if root is None:
        if not tricks:
            errors.append(_error(file=file, line=1, key=file, allowed="allowed to be empty"))
        return None
    return _spot(file=file, key=file, node=root, errors=errors)


def _composed(*, file: str, text: str) -> tuple[list[PolicyError], yaml.Node | None]:
    """Return what the text may not contain, or the text as nodes: read by libyaml, eight times as fast, where it can.

    What libyaml cannot read, or takes otherwise (tabs, and marks that nobody sees), PyYAML's own reader has the last
    word on: a policy and its mistakes are read alike on every machine.
    """
    try:
        return _read(file=file, text=text, loader=yaml.SafeLoader if _DISPUTED.intersection(text) else _FAST)
    except (yaml.YAMLError, ValueError, OverflowError):
        return _read(file=file, text=text, loader=yaml.SafeLoader)


def _read(*, file: str, text: str, loader: type[yaml.SafeLoader]) -> tuple[list[PolicyError], yaml.Node | None]:
    tricks = _tricks(file=file, text=text, loader=loader)
    return tricks, None if tricks else yaml.compose(text, Loader=loader)


def _error(*, file: str, line: int, key: str, allowed: str) -> PolicyError:
    return PolicyError(file=file, line=line, key=key, found="", allowed=allowed)


def _text(*, file: str, content: bytes, errors: list[PolicyError]) -> str | None:
    if len(content) > LARGEST:
        allowed = f"small enough: {len(content):,} bytes, at most {LARGEST:,}"
        errors.append(_error(file=file, line=1, key=file, allowed=allowed))
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as broken:
        line = content.count(b"\n", 0, broken.start) + 1
        errors.append(_error(file=file, line=line, key=file, allowed="UTF-8 text"))
        return None


def _tricks(*, file: str, text: str, loader: type[yaml.SafeLoader]) -> list[PolicyError]:
    """Return what a policy may not contain, from the stream of events, before anything is built from it."""
    found: list[PolicyError] = []
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        trick = _trick(event)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if trick:
            found.append(_error(file=file, line=line, key=trick, allowed="allowed: write it out in plain YAML"))
        if depth > DEEPEST:
            return [*found, _error(file=file, line=line, key=file, allowed=TOO_DEEP)]
    return found


def _trick(event: yaml.Event) -> str:
    """Return the anchor, alias or tag this event carries as it is written, or nothing."""
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if not isinstance(event, yaml.NodeEvent):
        return ""
    if event.anchor:
        return f"&{event.anchor}"
    tag = getattr(event, "tag", None)
    return f"tag {tag}" if tag else ""


def _not_yaml(*, file: str, text: str, broken: Exception) -> PolicyError:
    line, why = 1, str(broken)
    if isinstance(broken, yaml.MarkedYAMLError) and broken.problem_mark:
        line, why = broken.problem_mark.line + 1, broken.problem or broken.context or "it cannot be read"
    elif isinstance(broken, yaml.reader.ReaderError):
        line, why = text.count("\n", 0, broken.position) + 1, "it holds a character that YAML forbids"
    return _error(file=file, line=line, key=file, allowed=f"YAML: {why}")


def _spot(*, file: str, key: str, node: yaml.Node, errors: list[PolicyError]) -> Spot:
    line = node.start_mark.line + 1
    return Spot(file=file, line=line, key=key, value=_value(file=file, key=key, node=node, errors=errors))


def _value(
    *, file: str, key: str, node: yaml.Node, errors: list[PolicyError]
) -> str | tuple[Spot, ...] | Mapping[str, Spot]:
    if isinstance(node, yaml.MappingNode):
        return _table(file=file, pairs=node.value, errors=errors)
    if isinstance(node, yaml.SequenceNode):
        return _list(file=file, key=key, nodes=node.value, errors=errors)
    return "" if node.tag == _NULL else str(node.value)


def _list(*, file: str, key: str, nodes: Iterable[yaml.Node], errors: list[PolicyError]) -> tuple[Spot, ...]:
    return tuple(_spot(file=file, key=key, node=node, errors=errors) for node in nodes)


def _table(*, file: str, pairs: Sequence[tuple[yaml.Node, yaml.Node]], errors: list[PolicyError]) -> Mapping[str, Spot]:
    table: dict[str, Spot] = {}
    for name, node in pairs:
        line = name.start_mark.line + 1
        if not isinstance(name, yaml.ScalarNode):
            errors.append(_error(file=file, line=line, key="?", allowed="a key: a key is one word"))
            continue
        spot = _spot(file=file, key=name.value, node=node, errors=errors)
        if name.value in table:
            allowed = f"allowed twice: it stands on line {table[name.value].line} already"
            errors.append(_error(file=file, line=line, key=name.value, allowed=allowed))
            continue
        table[name.value] = Spot(file=file, line=line, key=name.value, value=spot.value)
    return table
