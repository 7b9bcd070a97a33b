"""A page that leaves by e-mail can be answered from it: the real mail, the real HTTP side, while Slack may be down."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape

import aiohttp
import pytest

from bot.app import door_path
from bot.ops.door import knock
from bot.ops.shell import serve
from tests.stories.company import Cast
from tests.stories.conftest import START

ROOM = "inc-1-checkout-returns-500s"


@pytest.fixture
async def company(database_url, request, unused_tcp_port) -> AsyncIterator[Cast]:
    """A company whose Tocsin people can reach over HTTP."""
    settings = {"tocsin_http_port": unused_tcp_port, "tocsin_public_url": f"http://127.0.0.1:{unused_tcp_port}/"}
    cast = Cast(database=database_url(request.param), started_at=START, settings=settings)
    await cast.open()
    yield cast
    await cast.close()
    assert [] == [f"{violation.rule}: {violation.detail}" for violation in cast.sandbox.workspace.violations]


def link(company: Cast, who: str) -> str:
    """Return the link in the newest mail to `who`."""
    lines = company.mailbox.of(f"{who}@example.com")[-1].text.splitlines()
    return next((line for line in lines if line.startswith("http://")), "no link")


async def opened(company: Cast, url: str, *, press: bool = False) -> tuple[int, str]:
    """Open the link, or press its button; return status and words."""
    async with aiohttp.ClientSession() as browser, browser.request("POST" if press else "GET", url) as answer:
        page = await answer.text()
    await company.sandbox.advance("0s")
    body = page[page.index("<main>") :]
    return answer.status, " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


async def paged_by_mail(company: Cast, text: str = "sev1 Checkout returns 500s") -> None:
    """Declare, and let the clock run until the second way of the primary was used."""
    await company.types("ada", f"/incident declare {text}")
    await company.sandbox.advance("2m")


async def test_acknowledging_from_a_mail(company: Cast) -> None:
    """Opening shows what it is and changes nothing; the press acknowledges as whom it was sent to; it works once."""

    await paged_by_mail(company)
    address = link(company, "noor")
    looked = [await opened(company, address) for _ in range(3)]
    before = company.incident(1).status
    pressed = await opened(company, address, press=True)
    again = await opened(company, address, press=True)

    assert 1 == len(set(looked))
    assert 200 == looked[0][0]
    assert looked[0][1] == (
        "SEV-1 INC-1 Checkout returns 500s Nobody has acknowledged yet; it is due at 14:05 UTC. "
        "It says that Noor Haddad has seen it and is on it. Acknowledge INC-1"
    )
    assert "declared" == before
    assert (200, f"You acknowledged INC-1. You command it. Go on in #{ROOM} in Slack.") == pressed
    assert (
        410,
        "This link was used at 14:02 UTC and works only once. You acknowledged INC-1 at 14:02 UTC. You command it.",
    ) == again
    assert "Acknowledged by Noor Haddad" in card(company)
    assert any("SEV-1 INC-1: You acknowledged" in one for one in company.direct("noor"))
    assert company.incident(1).acknowledged is not None
    assert "Acknowledged by the link in a page" in await company.types("ada", "/incident timeline", channel=ROOM)
    assert "link:incident:1/page/1" in requests(company)
    assert company.replayed(1) == company.incident(1)
    assert company.audit_is_whole()


def card(company: Cast) -> str:
    """Return all that stands on the card of INC-1."""
    return next(str(one["blocks"]) for one in company.messages(ROOM) if "Everyone here" in str(one["blocks"]))


def requests(company: Cast) -> set[str]:
    """Return every request the record names."""
    with company.store.read() as unit:
        return {one.entry.request_id for one in unit.audit.entries(limit=10_000)}


async def test_a_link_after_somebody_else_acknowledged(company: Cast) -> None:
    """Mia's link, whoever holds it, says that Noor has it; a press changes nothing and uses nothing up."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("ada", "/incident page @mia She knows the pool", channel=ROOM)
    await company.sandbox.advance("2m")
    mia = link(company, "mia")
    await company.presses("noor", "Acknowledge", channel="noor")
    before = company.incident(1)
    looked, pressed = await opened(company, mia), await opened(company, mia, press=True)

    whole = "Noor Haddad acknowledged INC-1 at 14:02 UTC. Noor Haddad commands."
    assert [(200, f"{whole} Nothing is needed from you; you can rest.")] * 2 == [looked, pressed]
    assert before == company.incident(1)


async def test_a_link_while_slack_is_down(company: Cast) -> None:
    """Declared from a shell, paged by mail at once, acknowledged by the link; Slack hears of it when it is back."""

    await company.sandbox.fault({"slack_down": "20m"})
    asked = {"do": "declare", "severity": "sev1", "title": "Checkout returns 500s", "as": "ada"}
    door = door_path(company.database)
    assert company.bot
    await (knock(door, asked) if door else serve(company.bot.desk, asked))  # PostgreSQL needs no door: all may open it
    await company.sandbox.advance("10s")
    pressed = await opened(company, link(company, "noor"), press=True)
    await company.sandbox.advance("30m")

    assert (200, "You acknowledged INC-1. You command it. Go on in its channel (being made) in Slack.") == pressed
    assert ["noor@example.com"] == [address for letter in company.mailbox.letters for address in letter.to]
    assert "Acknowledged by Noor Haddad" in card(company)
    assert [] == [one for one in company.direct("noor") if one.startswith("Page: ")]
    assert [] == company.undone()


async def test_a_private_incident_by_link(company: Cast) -> None:
    """Neither mail nor page has the title, the channel's name or what was said."""

    await company.types("ada", "/incident declare private sev1 Customer names in the logs")
    await company.sandbox.advance("2m")
    letter = company.mailbox.of("noor@example.com")[-1]
    looked = await opened(company, link(company, "noor"))
    pressed = await opened(company, link(company, "noor"), press=True)

    assert looked[1].startswith("SEV-1 INC-1 private incident Nobody has acknowledged yet")
    assert (200, "You acknowledged INC-1. You command it. Go on in its channel in Slack.") == pressed
    assert "ustomer" not in f"{letter.subject}{letter.text}"


async def test_links_end(company: Cast) -> None:
    """A link is over once its incident ended or was opened again; the page of the new beginning has its own."""

    await paged_by_mail(company)
    address = link(company, "noor")
    await company.types("noor", "/incident cancel the test ran against production", channel=ROOM)
    over = await opened(company, address, press=True)
    await company.types("noor", "/incident reopen it was real after all", channel=ROOM)
    before = await opened(company, address, press=True)
    await company.sandbox.advance("2m")
    newer = link(company, "noor")
    fresh = await opened(company, newer)

    assert (200, "INC-1 is cancelled: false alarm. Nothing is needed from you; you can rest.") == over
    gone = "This link has expired, so nothing was changed. In Slack: press Acknowledge in Tocsin's message, or type"
    assert (410, f"{gone} /incident 1 ack.") == before
    assert newer != address
    assert fresh[1].endswith("Acknowledge INC-1")


async def test_the_link_of_somebody_who_left(company: Cast) -> None:
    """Who was deactivated acknowledges nothing, by their link either."""

    await paged_by_mail(company)
    address = link(company, "noor")
    await company.act("sam", "deactivate", user="noor")
    pressed = await opened(company, address, press=True)

    assert 410 == pressed[0]
    assert "declared" == company.incident(1).status
    assert "This link has expired, so nothing was changed." in pressed[1]


async def test_the_link_of_somebody_who_is_a_guest_now(company: Cast) -> None:
    """Whose account was restricted since is told just that, and not that the link had expired."""

    await paged_by_mail(company)
    address = link(company, "noor")
    with company.store.write() as unit:
        noor = next(one for one in unit.members.all() if one.handle == "noor")
        unit.members.put([replace(noor, is_restricted=True)], now=START)
    pressed = await opened(company, address, press=True)

    assert 403 == pressed[0]
    assert "Guests cannot act on incidents. If it is urgent, ask any member to type /incident" in pressed[1]
    assert "declared" == company.incident(1).status
