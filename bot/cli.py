"""The `tocsin` command: what an operator can ask for at a shell."""

import asyncio
import signal
import sys
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import log
from bot.app import Bot, door_path
from bot.ops import demo as demos
from bot.ops.door import DoorClosedError, knock
from bot.ops.scenarios.loading import ScenarioRejected, shipped
from bot.ops.shell import serve as serve_shell
from bot.policy.errors import PolicyRejected
from bot.settings import Settings
from handlers.sockets import TokenProblem
from storage.locks import DatabaseInUseError
from storage.verify import verify

GOOD, FINDING, MISUSE = 0, 1, 2

main = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Incident response in Slack, and the proof of it.",
)
audit = typer.Typer(no_args_is_help=True, help="The audit log.")
outbox = typer.Typer(no_args_is_help=True, help="What is to be delivered.")
main.add_typer(audit, name="audit")
main.add_typer(outbox, name="outbox")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def _stop(message: str, *, code: int = FINDING) -> typer.Exit:
    """Print a sentence to stderr and return the exit."""
    typer.echo(message, err=True)
    return typer.Exit(code)


def _settings() -> Settings:
    """Return the settings, or stop with a sentence for each that is wrong; what was given is never printed."""
    try:
        return Settings()
    except ValidationError as wrong:
        lines = (f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong.errors(include_input=False))
        raise _stop("\n".join(lines), code=MISUSE) from None


@main.command()
def demo(
    *,
    scenario: Annotated[str, typer.Option(help="A published incident to play, by name or path.")] = "",
    headless: Annotated[bool, typer.Option("--headless", help="Play it in virtual time and print a report.")] = False,
    json: Json = False,
    port: Annotated[int, typer.Option(help="Where the sandbox listens.")] = demos.PORT,
) -> None:
    """Try Tocsin in a sandbox, without a Slack workspace."""
    console = Console()
    log.configure(json=False, level="ERROR" if json or headless else "WARNING", stream=sys.stderr)
    if headless:
        _play(scenario, json=json, console=console)
        return
    if scenario:
        raise _stop("A scenario plays with --headless.", code=MISUSE)
    try:
        asyncio.run(demos.serve(console, port=port))
    except KeyboardInterrupt:
        console.print("Stopped; nothing was kept.")
    except OSError as error:
        raise _stop(f"The sandbox cannot listen on port {port} ({error.strerror}). Try --port.") from error


def _play(scenario: str, *, json: bool, console: Console) -> None:
    if not scenario:
        raise _stop(f"Say which: --scenario {' | '.join(shipped())}, or the path of a file.", code=MISUSE)
    try:
        good = demos.play_headless(scenario, as_json=json, console=console)
    except ScenarioRejected as wrong:
        raise _stop(str(wrong), code=MISUSE) from wrong
    raise typer.Exit(GOOD if good else FINDING)


@main.command()
def run() -> None:
    """Run the bot until it is stopped."""
    settings = _settings()
    log.configure(level=settings.tocsin_log_level, stream=sys.stdout)
    try:
        asyncio.run(_run(settings))
    except (TokenProblem, DatabaseInUseError, PolicyRejected) as problem:
        raise _stop(str(problem)) from problem


async def _run(settings: Settings) -> None:
    if not settings.slack_bot_token.get_secret_value():
        message = "SLACK_BOT_TOKEN is missing. Install the app and copy it from https://api.slack.com/apps (OAuth)."
        raise TokenProblem(message)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    bot = Bot(settings)
    try:
        await bot.prepare()
        await bot.start()
        await stopped.wait()
    finally:
        await bot.stop()


@main.command()
def migrate() -> None:
    """Bring the database up to date and put the policies folder in force."""
    settings = _settings()
    log.configure(json=False, level="WARNING", stream=sys.stderr)
    try:
        bot = Bot(settings)
    except DatabaseInUseError as problem:
        raise _stop(str(problem)) from problem
    try:
        bot.database.migrate()
        asyncio.run(bot.adopt())
    except PolicyRejected as wrong:
        raise _stop(str(wrong)) from wrong
    finally:
        bot.close()
    typer.echo("The database is up to date.")


@main.command()
def declare(
    severity: Annotated[str, typer.Argument(help="sev1 to sev4.")],
    title: Annotated[list[str], typer.Argument(help="What is broken, in a few words.")],
    *,
    as_: Annotated[str, typer.Option("--as", help="Who declares: a key of people.yaml.")] = "",
) -> None:
    """Raise an alarm without Slack."""
    _ask({"do": "declare", "severity": severity, "title": " ".join(title), "as": as_})


@main.command()
def ack(
    number: Annotated[str, typer.Argument(help="The incident, such as 42 or INC-42.")],
    *,
    as_: Annotated[str, typer.Option("--as", help="Who acknowledges: a key of people.yaml.")] = "",
) -> None:
    """Acknowledge an incident without Slack."""
    _ask({"do": "ack", "number": number, "as": as_})


@main.command()
def status(number: Annotated[str, typer.Argument(help="One incident; all that are open without it.")] = "") -> None:
    """Say how incidents stand."""
    _ask({"do": "status", "number": number})


def _ask(request: dict[str, str]) -> None:
    settings = _settings()
    log.configure(json=False, level="ERROR", stream=sys.stderr)
    try:
        answer = asyncio.run(_answer(settings, request))
    except (DatabaseInUseError, PolicyRejected) as problem:
        raise _stop(str(problem)) from problem
    except ConnectionResetError as problem:
        raise _stop("The bot stopped before it answered. Look with `tocsin status` before trying again.") from problem
    if "error" in answer:
        raise _stop(answer["error"])
    typer.echo(answer["text"])


async def _answer(settings: Settings, request: dict[str, str]) -> dict[str, str]:
    """Return the running bot's answer; where none runs, do it here and deliver what can be delivered."""
    door = door_path(settings.database_url.get_secret_value())
    if door and door.exists():
        try:
            return await knock(door, request)
        except DoorClosedError:
            door.unlink(missing_ok=True)
    bot = Bot(settings)
    try:
        await bot.prepare()
        return await _alone(bot, request)
    finally:
        await bot.stop()


READING = frozenset({"status", "outbox"})
LOOKS_A_SECOND = 10
DELIVER_WITHIN = 20
"""Seconds a shell command waits for its pages to leave when no bot runs."""


async def _alone(bot: Bot, request: dict[str, str]) -> dict[str, str]:
    answer = await serve_shell(bot.desk, request)
    if request["do"] in READING or "error" in answer:
        return answer
    await bot.start(listen=False)
    left = (await bot.idle())[0]
    for _ in range(DELIVER_WITHIN * LOOKS_A_SECOND):
        if not left:
            break
        await asyncio.sleep(1 / LOOKS_A_SECOND)
        left = (await bot.idle())[0]
    note = f"{left} deliveries wait for the bot; start it with `tocsin run`." if left else "Everything was delivered."
    return {"text": f"{answer['text']}\nThe bot is not running here: no reminder comes until it does. {note}"}


@audit.command("verify")
def audit_verify(*, json: Json = False) -> None:
    """Check every entry of the audit log against the ones before it."""
    verdict = verify(_settings().database_url.get_secret_value())
    if json:
        Console().print_json(data={"entries": verdict.entries, "ok": verdict.ok, "problem": verdict.problem})
    else:
        typer.echo(f"{verdict.entries} entries verify." if verdict.ok else f"NOT VERIFIED: {verdict.problem}")
    raise typer.Exit(GOOD if verdict.ok else FINDING)


@outbox.command("list")
def outbox_list() -> None:
    """List what was not delivered, and why."""
    _ask({"do": "outbox"})
