"""The demo: a company in a sandbox to try Tocsin in, or a published incident played in virtual time."""

import asyncio
import json
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.ops.company import Company, CompanyStage
from bot.ops.demo_page import hooks_of
from bot.ops.scenarios.loading import load_scenario
from bot.ops.scenarios.model import Scenario
from bot.ops.scenarios.narration import Narrator
from bot.ops.scenarios.playing import play
from bot.ops.scenarios.report import Report
from sandbox.page.routes import page_routes

PORT = 8737


@contextmanager
def scratch() -> Iterator[str]:
    """Give the URL of a database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as folder:
        yield f"sqlite:///{folder}/tocsin.db"


def play_headless(name: str, *, as_json: bool, console: Console) -> bool:
    """Play the scenario `name` (or the file at that path), print its report, and return whether all was as promised.

    Raises:
        ScenarioRejected: there is no such scenario, or its file is wrong; the message says where.
    """
    scenario = load_scenario(name)
    with scratch() as database:
        if as_json:
            report = asyncio.run(_play(scenario, database))
            console.print_json(json.dumps(report.as_json()))
            return report.ok
        with Narrator(console=console) as narrator:
            report = asyncio.run(_play(scenario, database, narrator))
            narrator.closed(report)
        return report.ok


async def _play(scenario: Scenario, database: str, narrator: Narrator | None = None) -> Report:
    company = Company(database=database, started_at=scenario.t0)
    await company.open()
    try:
        return await play(scenario, CompanyStage(company), audience=narrator)
    finally:
        await company.close()


async def serve(console: Console, *, port: int) -> None:
    """Run the sandbox with Tocsin in it until the process is stopped."""
    with scratch() as database:
        company = Company(database=database, flowing=True, port=port)
        company.sandbox.add_routes(page_routes(company.sandbox, mailbox=company.mailbox, hooks=hooks_of(company)))
        await company.open()
        try:
            _welcome(console, company)
            await asked_to_stop().wait()
        finally:
            await company.close()
    console.print("Stopped; nothing was kept.")


def asked_to_stop() -> asyncio.Event:
    """Return what is set once somebody asks the process to end: Ctrl+C, or SIGTERM."""
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asked


def _welcome(console: Console, company: Company) -> None:
    sandbox = company.sandbox
    console.print(f"\n[bold]Open {sandbox.url}/[/bold]\n", highlight=False)
    console.print("The same from another terminal, declaring an incident as Ada:\n")
    request = {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout is down"}
    console.print(f"  curl -s {sandbox.url}/sandbox/act -d '{json.dumps(request)}'", soft_wrap=True, highlight=False)
    console.print("\nSee whom it paged, as Noor:\n")
    console.print(f"  curl -s '{sandbox.url}/sandbox/channels?as=noor'", soft_wrap=True, highlight=False)
    console.print(f"\nWeb API   {sandbox.api_url}", highlight=False)
    console.print(f"Bot token {sandbox.bot_token}\nApp token {sandbox.app_token}", highlight=False)
    console.print("\nStop with Ctrl+C; nothing is kept.\n")
