"""Playing a scenario on a stage: people act, the clock moves through every timer, and a report is drawn up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, assert_never

from bot.ops.scenarios.counting import Window, by_method, counted
from bot.ops.scenarios.model import Scenario
from bot.ops.scenarios.report import Declared, Report, Step, Timer
from bot.ops.scenarios.script import Line, LineKind, Script, script
from bot.ports import TimerRow
from sandbox.records import CallRecord, Violation
from sandbox.refusals import ActRefused
from sandbox.shown import violation_shown

BACKGROUND, RESPONSE = "general", "incidents"
"""Channels in which lines are spoken: all people of the sandbox that a scenario can cast sit in both."""

_NUMBER = re.compile(r"\bINC-([0-9]+)\b")
_NOT_DONE = re.compile(r"\bE-[2-9A-HJ-NP-Z]{5}\b|^There is no verb |is not a valid command|failed with the error")


class Stage(Protocol):
    """A bot in a sandbox, as a player needs it; times are virtual."""

    @property
    def started_at(self) -> datetime:
        """Return the virtual moment the play begins at."""

    def now(self) -> datetime:
        """Return the virtual present."""

    async def act(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        """Do what POST /sandbox/act does and return its answer, settled; ActRefused when Slack would not let them."""

    async def advance_to(self, seconds: float) -> None:
        """Move the clock to `seconds` from the start and settle."""

    def calls(self) -> Sequence[CallRecord]:
        """Return every Web API call from the start, in order."""

    def violations(self) -> Sequence[Violation]:
        """Return everything real Slack would have refused, or a correct app would not do."""

    def timers(self) -> Sequence[TimerRow]:
        """Return every timer ever armed, of all incidents."""

    def refusals(self) -> int:
        """Return how many requests the audit log records as refused so far."""

    def audit(self) -> Mapping[str, Any]:
        """Return `entries` (how many) and `verified` (whether the log verifies)."""

    def channels(self) -> Mapping[str, Sequence[Any]]:
        """Return what a member sees: messages by channel name."""


class Audience(Protocol):
    """Who watches a play while it runs."""

    def opened(self, scenario: Scenario, steps: int) -> None:
        """Hear what is played, in how many steps."""

    def stepped(self, step: Step) -> None:
        """Hear of a step that was made."""

    def fired(self, timer: Timer) -> None:
        """Hear of a timer that fired between two steps."""


class Nobody:
    """Watches nothing."""

    def opened(self, scenario: Scenario, steps: int) -> None:
        """Let the beginning pass."""

    def stepped(self, step: Step) -> None:
        """Let a step pass."""

    def fired(self, timer: Timer) -> None:
        """Let a timer pass."""


async def play(scenario: Scenario, stage: Stage, *, audience: Audience | None = None) -> Report:
    """Play `scenario` on `stage` from its start, tell the `audience` as it goes, and return what came of it."""
    return await _Player(scenario=scenario, stage=stage, audience=audience or Nobody()).run()


@dataclass(slots=True, kw_only=True)
class _Player:
    """One play: how far the clock has come, the incident's number once it has one, and what was done.

    `marks` says for each step how many calls had been made before it, `settled` how many once the declaration was done.
    """

    scenario: Scenario
    stage: Stage
    audience: Audience
    at_s: float = 0.0
    number: int | None = None
    declaration: int | None = None
    settled: int = 0
    steps: list[Step] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    told: set[tuple[int, str, int]] = field(default_factory=set)

    async def run(self) -> Report:
        book = script(self.scenario)
        self.audience.opened(self.scenario, len(book.lines))
        for line in book.lines:
            await self._reach(line.at * 60)
            await self._speak(line)
        await self._reach(book.ends_at * 60)
        return self._report(book)

    async def _reach(self, target_s: float) -> None:
        """Advance to `target_s`, stopping at every timer due on the way, those armed meanwhile included."""
        while self.at_s < target_s:
            due = (self._seconds(row.due_at) for row in self.stage.timers() if row.state == "pending")
            self.at_s = min((moment for moment in due if self.at_s < moment < target_s), default=target_s)
            await self.stage.advance_to(self.at_s)
            self._tell_fired()

    def _tell_fired(self) -> None:
        for row in self.stage.timers():
            key = (row.incident, row.kind, row.generation)
            if row.state == "fired" and key not in self.told:
                self.told.add(key)
                self.audience.fired(self._timer(row))

    async def _speak(self, line: Line) -> None:
        refused, at_s = self.stage.refusals(), self._seconds(self.stage.now())
        self.marks.append(len(self.stage.calls()))
        request = self._request(line)
        answer, served = await self._acted(request)
        ok = served and self.stage.refusals() == refused and not _NOT_DONE.search(answer)
        if line.kind is LineKind.DECLARATION:
            ok = self._declared(answer) and ok
        step = Step(
            at_s=at_s,
            who=line.who,
            do=request["do"],
            text=request["text"],
            ok=ok,
            answer=answer,
            precision=line.precision,
        )
        self.steps.append(step)
        self.audience.stepped(step)

    def _request(self, line: Line) -> dict[str, str]:
        match line.kind:
            case LineKind.SAID:
                return {"as": line.who, "do": "message", "channel": BACKGROUND, "text": line.words}
            case LineKind.DECLARATION:
                text = f"/incident {line.words}"
            case LineKind.COMMAND:
                text = f"/incident {self.number or 1} {line.words}"
            case _:
                assert_never(line.kind)
        return {"as": line.who, "do": "command", "channel": RESPONSE, "text": text}

    async def _acted(self, request: Mapping[str, str]) -> tuple[str, bool]:
        """Return what the person was told, and whether the app took it: acknowledged, and no form left to fill in."""
        try:
            answer = await self.stage.act(request)
        except ActRefused as refused:
            return str(refused), False
        if request["do"] == "message":
            return "", True
        served = bool(answer.get("acked")) and not answer.get("failure") and not answer.get("view")
        return _heard(answer), served

    def _declared(self, answer: str) -> bool:
        """Note the declaration that has just been made; returns whether it gave an incident."""
        found = _NUMBER.search(answer)
        self.number = int(found[1]) if found else None
        self.declaration, self.settled = len(self.steps), len(self.stage.calls())
        return self.number is not None

    def _report(self, book: Script) -> Report:
        calls = self.stage.calls()
        return Report(
            scenario=self.scenario.id,
            steps=tuple(self.steps),
            timers=tuple(self._timer(row) for row in self.stage.timers()),
            declares=tuple(self._declares(calls)),
            calls=by_method(calls),
            violations=tuple(violation_shown(violation) for violation in self.stage.violations()),
            audit=self.stage.audit(),
            channels=self.stage.channels(),
            not_played=book.not_played,
            end_s=self._seconds(self.stage.now()),
        )

    def _declares(self, calls: Sequence[CallRecord]) -> Iterator[Declared]:
        if self.declaration is None or self.number is None:
            return
        at_s = self.steps[self.declaration].at_s
        later = (mark for step, mark in zip(self.steps, self.marks, strict=True) if step.at_s > at_s)
        window = Window(
            incident=self.number,
            at=self.stage.started_at + timedelta(seconds=at_s),
            begin=self.marks[self.declaration],
            settled=self.settled,
            until=next(later, len(calls)),
        )
        yield counted(calls, window)

    def _timer(self, row: TimerRow) -> Timer:
        return Timer(
            incident=row.incident,
            kind=row.kind,
            due_s=self._seconds(row.due_at),
            state=row.state,
            ended_s=self._seconds(row.ended_at) if row.ended_at else None,
        )

    def _seconds(self, moment: datetime) -> float:
        return (moment - self.stage.started_at).total_seconds()


def _heard(answer: Mapping[str, Any]) -> str:
    """Return what an act's answer says to the person: the ack's own words, else what Slack or a form tells them."""
    said = (answer.get("response") or {}).get("text") or answer.get("failure")
    shown = [message["text"] for message in answer.get("messages", ()) if message.get("ephemeral")]
    title = ((answer.get("view") or {}).get("title") or {}).get("text")
    return str(said or next(iter(shown), "") or title or "")
