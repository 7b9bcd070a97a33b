"""`tocsin policy adopt` and `replay`: a policy takes force with its approver, or says what it would have done."""

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import log
from bot.ops.exits import FINDING, GOOD, MISUSE, clean, settings_or_stop, stop
from bot.ops.line import Ask, line
from bot.ops.policy_commands import Folder, Json
from bot.ops.policy_serving import ADOPT, CHANGES, PAST, REPLAY
from bot.ops.sentences import in_sentences
from bot.settings import Settings


def policy_adopt(
    folder: Folder = None,
    *,
    approved_by: Annotated[str, typer.Option("--approved-by", help="Who of the Board: a key of people.yaml.")],
    yes: Annotated[bool, typer.Option("--yes", help="Adopt it; without it only what changes is said.")] = False,
    json: Json = False,
) -> None:
    """Put a policy in force, approved by one of the Governance Board; says first what it changes."""
    settings = _ready()
    approver = approved_by.strip().removeprefix("@")
    if not approver:
        raise stop("--approved-by needs a key of people.yaml: who of the Board approved it.", code=MISUSE)
    with in_sentences():
        said = asyncio.run(_adopt(settings, _where(folder, settings), approver, yes=yes))
    if json:
        Console().print_json(data=said)
    else:
        for one in said["lines"]:
            typer.echo(clean(one))
    raise typer.Exit(GOOD if said["adopted"] or said["same"] else FINDING)


def policy_replay(
    folder: Folder = None,
    *,
    json: Json = False,
) -> None:
    """Say how every past incident would have gone under a policy; ends with 1 when a clock would have been missed."""
    settings = _ready()
    with in_sentences():
        found = asyncio.run(_replay(settings, _where(folder, settings), quiet=json))
    worse = [one for one in found if one.get("is_worse")]
    if json:
        Console().print_json(data={"incidents": found, "worse": len(worse)})
    else:
        for said in _in_lines(found, len(worse)):
            typer.echo(clean(said))
    raise typer.Exit(FINDING if worse else GOOD)


def add_to(policy: typer.Typer) -> None:
    """Add both commands to `policy`."""
    policy.command("adopt")(policy_adopt)
    policy.command("replay")(policy_replay)


def _ready() -> Settings:
    settings = settings_or_stop()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    return settings


def _where(folder: Path | None, settings: Settings) -> str:
    return str((folder or settings.tocsin_policies).resolve())


async def _adopt(settings: Settings, folder: str, approver: str, *, yes: bool) -> dict[str, Any]:
    async with line(settings) as ask:
        found = json.loads(_text(await ask({"do": CHANGES, "folder": folder})))
        lines, same = _changes(found), found["in_force"] and not found["changes"]
        if not yes:
            lines.append("Nothing was adopted. With --yes it takes force.")
            return {**found, "adopted": False, "same": False, "lines": lines}
        request = {"do": ADOPT, "folder": folder, "hash": found["hash"], "approved_by": approver}
        lines.append(_text(await ask(request)))
        return {**found, "adopted": True, "same": bool(same), "lines": lines}


def _changes(found: dict[str, Any]) -> list[str]:
    head = f"Policy {found['version']} ({found['hash'][:6]})"
    if not found["in_force"]:
        return [f"{head} would be the first."]
    more = [f"… and {found['more']} more."] if found["more"] else []
    changes = found["changes"] or ["Nothing changes."]
    return [f"{head} in the place of {found['in_force']}:", *changes, *more]


async def _replay(settings: Settings, folder: str, *, quiet: bool) -> list[dict[str, Any]]:
    async with line(settings) as ask:
        _text(await ask({"do": CHANGES, "folder": folder}))
        numbers = json.loads(_text(await ask({"do": PAST})))
        with typer.progressbar(numbers, label="Replaying", file=sys.stderr, hidden=quiet) as each:
            return [await _one(ask, folder, number) for number in each]


async def _one(ask: Ask, folder: str, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text(await ask({"do": REPLAY, "folder": folder, "number": str(number)})))
    return found


def _in_lines(found: list[dict[str, Any]], worse: int) -> Iterator[str]:
    for one in found:
        if "unreadable" in one:
            yield f"INC-{one['incident']}: cannot be replayed ({one['unreadable']})."
        elif one["lines"]:
            yield f"INC-{one['incident']}, {one['severity'].replace('sev', 'SEV-')}, under policy {one['policy']}:"
            yield from (f"  {line}" for line in one["lines"])
    changed = sum(bool(one.get("lines")) for one in found)
    many = f"{len(found)} {'incident' if len(found) == 1 else 'incidents'}"
    yield f"{many} replayed: {changed} would have gone otherwise, {worse} with more missed."


def _text(said: dict[str, str]) -> str:
    if "error" in said:
        raise stop(said["error"], code=int(said.get("code", FINDING)))
    return said["text"]
