"""A play told in a terminal: who did what, which timers fired meanwhile, and how it ended."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bot.ops.scenarios.model import Precision, Scenario
from bot.ops.scenarios.report import Report, Step, Timer, clock

_FIRED = {
    "headline": "leadership is told",
    "page.nobody": "nobody has answered",
    "page.step": "the next person is paged",
    "update.commander": "the commander is asked for the update",
    "update.contact": "the escalation contact is told of the missed update",
    "update.due": "a status update was due",
    "update.nudge": "the channel is reminded of the update",
    "update.snooze_end": "the snooze ends",
    "update.warn": "the commander is reminded: update due soon",
}
_ENDINGS = {".warn": "{} is due soon", ".due": "{} was due"}


class Narrator:
    """Tells a play on a console while it runs; use it as a context, so that its progress bar goes away."""

    def __init__(self, *, console: Console) -> None:
        """Tell it on `console`; what people typed is never read as markup."""
        self.console = console
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("Playing", total=None)

    def __enter__(self) -> Self:
        """Show the progress bar."""
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Take the progress bar away."""
        self._progress.stop()

    def opened(self, scenario: Scenario, steps: int) -> None:
        """Say what is played, and after whom."""
        self._progress.update(self._task, total=steps)
        self._say(scenario.title, style="bold")
        self._say(f"{scenario.id}, from {scenario.t0:%d %B %Y %H:%M} UTC; {steps} steps. After:", style="dim")
        for source in scenario.sources:
            self._say(f"  {source}", style="dim")

    def stepped(self, step: Step) -> None:
        """Say what somebody did and what they heard."""
        caption = "" if step.precision is Precision.MINUTE else f"  ({step.precision.caption})"
        self._say(f"{clock(step.at_s):>8}  {step.who:<6} {step.text}{caption}", style="" if step.ok else "red")
        if step.answer:
            self._say(f"{'':>8}  {'':<6} → {step.answer}" if step.ok else f"{'':>8}  NOT DONE → {step.answer}", "dim")
        self._progress.advance(self._task)

    def fired(self, timer: Timer) -> None:
        """Say which timer fired."""
        self._say(
            f"{clock(timer.fired_s or timer.due_s):>8}  clock  {_words(timer.kind)} (INC-{timer.incident})", "cyan"
        )

    def closed(self, report: Report) -> None:
        """Say how it ended."""
        fired = sum(timer.state == "fired" for timer in report.timers)
        for declared in report.declares:
            self._say(
                f"INC-{declared.incident}: {declared.writes} Slack writes to declare it, "
                f"{_number(declared.pages, 'person')} paged at once."
            )
        broken = sum(not timer.kept(end_s=report.end_s) for timer in report.timers)
        self._say(f"{_number(len(report.timers), 'timer')} armed, {fired} fired, {broken or 'none'} late or skipped.")
        verified = "which verify" if report.audit["verified"] else "which do NOT verify"
        self._say(f"{_number(report.audit['entries'], 'audit entry')}, {verified}.")
        if report.not_played:
            self._say(f"Left out, being after the end: {_number(report.not_played, 'row')} of the source.")
        for problem in report.problems:
            self._say(f"✗ {problem}", "red")
        self._say("All as promised." if report.ok else "Not all as promised.", "bold")

    def _say(self, words: str, style: str = "") -> None:
        self.console.print(Text(words, style=style), soft_wrap=True)


def _words(kind: str) -> str:
    for ending, words in _ENDINGS.items():
        if kind not in _FIRED and kind.endswith(ending):
            return words.format(kind.removesuffix(ending))
    return _FIRED.get(kind, kind)


_PLURALS = {"person": "people", "audit entry": "audit entries"}


def _number(count: int, thing: str) -> str:
    return f"{count} {thing if count == 1 else _PLURALS.get(thing, f'{thing}s')}"
