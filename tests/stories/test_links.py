"""A page that leaves by e-mail can be answered from it: the real mail, the real HTTP side, while Slack may be down."""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

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
    return answer.status, " ".join(re.sub(r"<[^>]+>", " ", body).split())


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
    card = next(str(one["blocks"]) for one in company.messages(ROOM) if "Everyone here" in str(one["blocks"]))
    assert "Acknowledged by Noor Haddad" in card
    assert any(one.startswith("INC-1: You acknowledged") for one in company.direct("noor"))
    assert company.incident(1).acknowledged is not None
    assert "Acknowledged by the link in a page" in await company.types("ada", "/incident timeline", channel=ROOM)
    assert company.replayed(1) == company.incident(1)
    assert company.audit_is_whole()
