"""What browser stories share: sizes of screens, the first declaration, and what axe says of a page."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.ops.company import Company

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
AXE = Path(__file__).resolve().parents[2] / "vendor" / "axe.min.js"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, TELEPHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SOON_MS = 20000
INC = "inc-1-checkout-returns-500s"


async def declared(company: Company) -> None:
    """Declare an incident as Ada."""
    await company.sandbox.act(
        {"as": "ada", "do": "command", "channel": "general", "text": "/incident declare sev1 Checkout returns 500s"}
    )


async def violations_of(page: Any) -> list[str]:
    """What axe finds wrong with a page, each with the first place it was found."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
