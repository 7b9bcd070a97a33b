"""What came of a play: one JSON object, and every reason why it is not good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ops.scenarios.model import Precision

MOST_WRITES = 8
"""Slack writes from a declaration's commit to its card, pages aside."""

LATEST_S = 60.0
"""Seconds after its due time by which a timer has fired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody did, `at_s` seconds from the start, and the `answer` they got; `ok` says that it took effect."""

    at_s: float
    who: str
    do: str
    text: str
    ok: bool
    answer: str
    precision: Precision

    def as_json(self) -> dict[str, Any]:
        """Return the step as the report writes it."""
        return {
            "at_s": self.at_s,
            "as": self.who,
            "do": self.do,
            "text": self.text,
            "ok": self.ok,
            "answer": self.answer,
            "precision": self.precision.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """One timer ever armed; all in seconds from the start, `ended_s` None while it is pending."""

    incident: int
    kind: str
    due_s: float
    state: str
    ended_s: float | None

    @property
    def fired_s(self) -> float | None:
        """Return when it fired, None when it did not."""
        return self.ended_s if self.state == "fired" else None

    @property
    def late_s(self) -> float | None:
        """Return how long after its due time it fired, negative when early, None when it did not."""
        return None if self.fired_s is None else round(self.fired_s - self.due_s, 3)

    def kept(self, *, end_s: float) -> bool:
        """Return whether it kept its promise by `end_s`: fired in time, or ended or not yet due before that."""
        if self.state == "fired":
            return self.late_s is not None and 0 <= self.late_s <= LATEST_S
        until = end_s if self.ended_s is None else self.ended_s
        return self.due_s > until or (self.ended_s is not None and until - self.due_s <= LATEST_S)

    def as_json(self) -> dict[str, Any]:
        """Return the timer as the report writes it."""
        return {
            "incident": self.incident,
            "kind": self.kind,
            "due_s": self.due_s,
            "state": self.state,
            "fired_s": self.fired_s,
            "late_s": self.late_s,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What one declaration cost in Slack.

    `writes` are the calls that change something until channel, invitations, card, pin, topic and announcements stand,
    `pages` (not among them) the people paged by then, and `card_s` the seconds until the card was pinned, None when it
    never was.
    """

    incident: int
    writes: int
    pages: int
    card_s: float | None

    def as_json(self) -> dict[str, Any]:
        """Return the declaration as the report writes it."""
        return {"incident": self.incident, "writes": self.writes, "pages": self.pages, "card_s": self.card_s}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a play showed; `end_s` is when it ended, `not_played` how many rows came after that."""

    scenario: str
    steps: Sequence[Step]
    timers: Sequence[Timer]
    declares: Sequence[Declared]
    calls: Mapping[str, int]
    violations: Sequence[Mapping[str, Any]]
    audit: Mapping[str, Any]
    channels: Mapping[str, Sequence[Any]]
    not_played: int
    end_s: float

    @property
    def ok(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """Return everything that is wrong, a sentence each."""
        return tuple(_problems(self))

    def as_json(self) -> dict[str, Any]:
        """Return the report as `--json` prints it."""
        return {
            "scenario": self.scenario,
            "ok": self.ok,
            "steps": [step.as_json() for step in self.steps],
            "timers": [timer.as_json() for timer in self.timers],
            "declares": [declared.as_json() for declared in self.declares],
            "calls": dict(self.calls),
            "violations": [dict(violation) for violation in self.violations],
            "audit": {"entries": self.audit["entries"], "verified": self.audit["verified"]},
            "channels": {name: list(messages) for name, messages in self.channels.items()},
            "not_played": self.not_played,
        }


def clock(seconds: float) -> str:
    """Return a moment as it is read beside a story: hours, minutes and, where there are any, seconds."""
    minutes, rest = divmod(round(seconds), 60)
    tail = f":{rest:02d}" if rest else ""
    return f"+{minutes // 60}:{minutes % 60:02d}{tail}"


def _problems(report: Report) -> Iterator[str]:
    yield from (_unserved(step) for step in report.steps if not step.ok)
    yield from (_broken(timer) for timer in report.timers if not timer.kept(end_s=report.end_s))
    if not report.declares:
        yield "Nothing was declared."
    for declared in report.declares:
        yield from _costs(declared)
    for violation in report.violations:
        yield f"Slack would have refused: {violation['rule']} ({violation['where']})"
    if not report.audit["verified"]:
        yield "The audit log does not verify."


def _unserved(step: Step) -> str:
    return f"{clock(step.at_s)} {step.who} was not served: {step.text} ({step.answer or 'no answer'})"


def _broken(timer: Timer) -> str:
    how = f"never fired ({timer.state})"
    if timer.late_s is not None:
        how = f"fired {abs(timer.late_s):g} s {'early' if timer.late_s < 0 else 'late'}"
    return f"INC-{timer.incident} {timer.kind}, due {clock(timer.due_s)}, {how}."


def _costs(declared: Declared) -> Iterator[str]:
    if declared.writes > MOST_WRITES:
        yield f"INC-{declared.incident} took {declared.writes} writes to declare, {MOST_WRITES} at most."
    if declared.card_s is None:
        yield f"INC-{declared.incident} never got a pinned card."
