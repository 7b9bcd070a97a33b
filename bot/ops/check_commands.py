"""The command `tocsin check`: what is wrong with a set-up before the first incident, and how to mend it."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from bot import log
from bot.ops.check.finding import Finding, Verdict
from bot.ops.check.whole import Told, examine, is_good, mounts
from bot.ops.exits import FINDING, GOOD, clean, settings_or_stop
from bot.ops.manifests import shipped
from bot.settings import secrets_in_dotenv

SAYS = {Verdict.GOOD: "ok  ", Verdict.WARN: "look", Verdict.FAIL: "MEND"}


def check(*, json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Look at everything that can be wrong before the first incident, and say how to mend it."""
    settings = settings_or_stop()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    with _shown() as told:
        findings = asyncio.run(
            examine(
                settings,
                now=lambda: datetime.now(UTC),
                manifest=shipped(),
                mounts=mounts(),
                dotenv=secrets_in_dotenv(),
                told=told,
            )
        )
    if json:
        rows = [asdict(finding) for finding in findings]
        Console().print_json(data={"ok": is_good(findings), "findings": rows})
    else:
        for line in in_lines(findings):
            typer.echo(clean(line))
    raise typer.Exit(GOOD if is_good(findings) else FINDING)


def in_lines(findings: Sequence[Finding]) -> list[str]:
    """Return findings as people read them: each with its mend below it, and how it stands at the end."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{SAYS[finding.standing]}  {finding.looked_at}: {finding.found}")
        if finding.mend:
            lines.append(f"      → {finding.mend}")
    return [*lines, _summed(findings)]


def _summed(findings: Sequence[Finding]) -> str:
    count = {standing: sum(one.standing is standing for one in findings) for standing in Verdict}
    if not count[Verdict.FAIL] and not count[Verdict.WARN]:
        return f"All {len(findings)} are good."
    return f"{count[Verdict.FAIL]} to mend, {count[Verdict.WARN]} to look at, {count[Verdict.GOOD]} good."


@contextmanager
def _shown() -> Iterator[Told]:
    """Say on a terminal what is being looked at."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _part: None
        return
    with console.status("") as status:
        yield lambda part: status.update(f"Looking at {part} …")
