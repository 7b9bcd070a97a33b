"""The small checkers that Block Kit's tables are made of."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Findings:
    """What is wrong, each with a JSON pointer to where."""

    lines: list[str] = field(default_factory=list)

    def add(self, sentence: str, pointer: str) -> None:
        """Note one fault in the form Slack gives it in `response_metadata.messages`."""
        self.lines.append(f"[ERROR] {sentence} [json-pointer:{pointer}]")


Check = Callable[[object, str, Findings], None]


def string(*, most: int, least: int = 0) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must be a string", pointer)
        elif len(value) > most:
            findings.add(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            findings.add(f"must be more than {least - 1} characters", pointer)

    return check


def matching(pattern: str, *, what: str) -> Check:
    """A string of the form `pattern`; `what` names it."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            findings.add(f"must be {what}", pointer)

    return check


def boolean(value: object, pointer: str, findings: Findings) -> None:
    """True or false."""
    if not isinstance(value, bool):
        findings.add("must be a boolean", pointer)


def integer(*, least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            findings.add("must be an integer", pointer)
        elif not least <= value <= most:
            findings.add(f"must be between {least} and {most}", pointer)

    return check


def anything(value: object, pointer: str, findings: Findings) -> None:
    """Whatever it is, the sandbox has no opinion."""


def one_of(*words: str) -> Check:
    """One of `words`."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if value not in words:
            findings.add(f"must be one of {', '.join(words)}", pointer)

    return check


def listing(item: Check, *, least: int = 0, most: int) -> Check:
    """An array of `least` to `most` things, each of which passes `item`."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            findings.add("must be an array", pointer)
            return
        if len(value) > most:
            findings.add(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            findings.add(f"must have at least {least} items", pointer)
        for place, entry in enumerate(value):
            item(entry, f"{pointer}/{place}", findings)

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these keys and no others; `also` looks at it as a whole once the keys are right."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    also: Check = anything

    def __call__(self, value: object, pointer: str, findings: Findings) -> None:
        """Check `value` at `pointer`."""
        if not isinstance(value, Mapping):
            findings.add("must be an object", pointer)
            return
        before = len(findings.lines)
        for key in self.required:
            if key not in value:
                findings.add(f"missing required field: {key}", pointer)
        known = {**self.optional, **self.required}
        for key, entry in value.items():
            if key in known:
                known[key](entry, f"{pointer}/{key}", findings)
            elif key != "type":
                findings.add(f"no more properties allowed: {key}", pointer)
        if len(findings.lines) == before:
            self.also(value, pointer, findings)


def tagged(shapes: Mapping[str, Check], *, what: str) -> Check:
    """An object whose `type` picks its shape; `what` names the kind of thing for the reader."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if not isinstance(value, Mapping):
            findings.add("must be an object", pointer)
            return
        kind = value.get("type")
        shape = shapes.get(kind) if isinstance(kind, str) else None
        if shape is None:
            findings.add(f"unsupported type: {kind!r} is no {what} allowed here", f"{pointer}/type")
            return
        shape(value, pointer, findings)

    return check


def exactly_one(*keys: str) -> Check:
    """Exactly one of `keys` is present."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        present = [key for key in keys if isinstance(value, Mapping) and key in value]
        if len(present) != 1:
            findings.add(f"exactly one of {', '.join(keys)} is needed", pointer)

    return check


def at_least_one(*keys: str) -> Check:
    """At least one of `keys` is present."""

    def check(value: object, pointer: str, findings: Findings) -> None:
        if not any(isinstance(value, Mapping) and key in value for key in keys):
            findings.add(f"at least one of {', '.join(keys)} is needed", pointer)

    return check
