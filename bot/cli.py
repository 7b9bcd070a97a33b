"""The `tocsin` command: what an operator can ask for at a shell."""

import asyncio
import sys
from collections.abc import Coroutine
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Console

from bot import log
from bot.app import Bot
from bot.ops import alone
from bot.ops import demo as demos
from bot.ops.backup_commands import backup, restore
from bot.ops.check_commands import check
from bot.ops.existing import must_exist
from bot.ops.exits import FINDING, GOOD, MISUSE, settings_or_stop, stop
from bot.ops.manifest_commands import manifest
from bot.ops.memory import freeze_memory
from bot.ops.policy_commands import Json, policy
from bot.ops.policy_force_commands import add_to
from bot.ops.scenarios.loading import ScenarioRejected, shipped
from bot.ops.sentences import in_sentences
from bot.settings import Settings
from handlers.sockets import TokenProblem
from storage.verify import verify

main = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it with the flag alone
    if asked:
        typer.echo(f"tocsin {version('tocsin')}")
        raise typer.Exit


@main.callback()
def _tocsin(
    *,
    _version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """Incident response in Slack, and the proof of it."""


audit = typer.Typer(no_args_is_help=True, help="The audit log.")
outbox = typer.Typer(no_args_is_help=True, help="What is to be delivered.")
main.add_typer(audit, name="audit")
main.add_typer(outbox, name="outbox")
main.add_typer(policy, name="policy")
add_to(policy)
for command in (check, manifest, backup, restore):
    main.command()(command)


@main.command()
def demo(
    *,
    scenario: Annotated[str, typer.Option(help="A published incident to play, by name or path.")] = "",
    headless: Annotated[bool, typer.Option("--headless", help="Play it in virtual time and print a report.")] = False,
    json: Json = False,
    port: Annotated[int, typer.Option(help="Where the sandbox listens.", min=0, max=65535)] = demos.PORT,
) -> None:
    """Try Tocsin in a sandbox, without a Slack workspace."""
    console = Console()
    log.configure(json=False, level="ERROR" if json or headless else "WARNING", stream=sys.stderr)
    if headless:
        _play(scenario, json=json, console=console)
        return
    if scenario or json:
        raise stop("--scenario and --json go with --headless.", code=MISUSE)
    try:
        asyncio.run(demos.serve(console, port=port))
    except OSError as error:
        raise stop(f"The sandbox cannot listen on port {port} ({error.strerror}). Try --port.") from error


def _play(scenario: str, *, json: bool, console: Console) -> None:
    if not scenario:
        raise stop(f"Say which: --scenario {' | '.join(shipped())}, or the path of a file.", code=MISUSE)
    try:
        good = demos.play_headless(scenario, as_json=json, console=console)
    except ScenarioRejected as wrong:
        raise stop(str(wrong), code=MISUSE) from wrong
    raise typer.Exit(GOOD if good else FINDING)


@main.command()
def run() -> None:
    """Run the bot until it is stopped."""
    settings = settings_or_stop()
    log.configure(level=settings.tocsin_log_level, stream=sys.stdout)
    with in_sentences():
        asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    if not settings.slack_bot_token.get_secret_value():
        message = "SLACK_BOT_TOKEN is missing. Install the app and copy it from https://api.slack.com/apps (OAuth)."
        raise TokenProblem(message)
    asked = demos.asked_to_stop()
    bot = Bot(settings)
    try:
        await bot.prepare()
        await _until(asked, bot.start())
        freeze_memory()
        await asked.wait()
    finally:
        await bot.stop()


async def _until(asked: asyncio.Event, step: Coroutine[None, None, None]) -> None:
    """Carry out `step`, which is broken off when somebody asks the process to end."""
    tasks = (asyncio.create_task(step), asyncio.create_task(asked.wait()))
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await tasks[0]


@main.command()
def migrate() -> None:
    """Bring the database up to date; put the policies folder in force where no policy is yet."""
    settings = settings_or_stop()
    log.configure(json=False, level="WARNING", stream=sys.stderr)
    with in_sentences():
        bot = Bot(settings)
        try:
            bot.database.migrate()
            adopted = None if asyncio.run(bot.desk.has_policy()) else asyncio.run(bot.adopt())
            in_force = asyncio.run(bot.desk.has_policy())
        finally:
            bot.close()
    if not in_force:
        raise stop(f"The database is up to date, but there is no policy in {settings.tocsin_policies.resolve()}.")
    typer.echo(f"The database is up to date.{f' Policy {adopted} is in force.' if adopted else ''}")


def _named(key: str | None) -> str:
    """Return who acts, "" for the operator in person; an empty name is a slip and is refused."""
    if key is not None and not key.strip():
        raise stop("--as needs a key of people.yaml; leave it out to act as the operator.", code=MISUSE)
    return key or ""


@main.command()
def declare(
    severity: Annotated[str, typer.Argument(help="sev1 to sev4.")],
    title: Annotated[list[str], typer.Argument(help="What is broken, in a few words.")],
    *,
    as_: Annotated[str | None, typer.Option("--as", help="Who declares: a key of people.yaml.")] = None,
    alerted_at: Annotated[str, typer.Option(help="When a signal came (2026-11-20T13:55Z); clocks count from it.")] = "",
    private: Annotated[bool, typer.Option("--private", help="Only those who are invited see it.")] = False,
) -> None:
    """Declare an incident without Slack."""
    what = {"severity": severity, "title": " ".join(title), "as": _named(as_), "alerted_at": alerted_at}
    _ask({"do": "declare", "private": "yes" if private else "", **what})


@main.command()
def ack(
    number: Annotated[str, typer.Argument(help="The incident, such as 42 or INC-42.")],
    *,
    as_: Annotated[str | None, typer.Option("--as", help="Who acknowledges: a key of people.yaml.")] = None,
) -> None:
    """Acknowledge an incident without Slack."""
    _ask({"do": "ack", "number": number, "as": _named(as_)})


@main.command()
def status(
    number: Annotated[str, typer.Argument(help="One incident; all that are open without it.")] = "",
    *,
    json: Json = False,
) -> None:
    """Say how incidents stand."""
    _ask({"do": "status", "number": number}, json=json)


def _ask(request: dict[str, str], *, json: bool = False) -> None:
    settings = settings_or_stop()
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    with in_sentences():
        said = asyncio.run(alone.answer(settings, request))
    if "error" in said:
        raise stop(said["error"], code=int(said.get("code", FINDING)))
    if json:
        Console().print_json(said["json"])
    else:
        typer.echo(said["text"])
    raise typer.Exit(int(said.get("code", GOOD)))


@audit.command("verify")
def audit_verify(*, json: Json = False) -> None:
    """Check every entry of the audit log against the ones before it."""
    with in_sentences():
        url = settings_or_stop().database_url.get_secret_value()
        must_exist(url)
        verdict = verify(url)
    if json:
        Console().print_json(data={"entries": verdict.entries, "ok": verdict.ok, "problem": verdict.problem})
    else:
        good = "1 entry verifies." if verdict.entries == 1 else f"{verdict.entries} entries verify."
        typer.echo(good if verdict.ok else f"NOT VERIFIED: {verdict.problem}")
    raise typer.Exit(GOOD if verdict.ok else FINDING)


@outbox.command("list")
def outbox_list(*, json: Json = False) -> None:
    """List what was not delivered, and why."""
    _ask({"do": "outbox"}, json=json)


@outbox.command("retry")
def outbox_retry(row: Annotated[str, typer.Argument(metavar="id", help="As `outbox list` names it.")]) -> None:
    """Have a dead delivery looked up and, where it is missing, sent again."""
    _ask({"do": "outbox.retry", "id": row})


@outbox.command("drop")
def outbox_drop(row: Annotated[str, typer.Argument(metavar="id", help="As `outbox list` names it.")]) -> None:
    """Let a dead delivery go for good."""
    _ask({"do": "outbox.drop", "id": row})
