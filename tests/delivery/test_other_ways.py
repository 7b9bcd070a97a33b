"""Pages leave over HTTP by any address Apprise understands: what is said, how long it takes, what is never logged."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.usecases.outcomes import Retry, Sent
from delivery.pagers import BadWayError, PageNotSentError, Pagers
from tests.delivery.test_pagers import page
from tests.delivery.world import World

SECRET = "hunter2-of-the-provider"


@dataclass
class Provider:
    """Somebody who takes pages over HTTP: `status` is what it answers, `hangs` that it never does."""

    port: int
    status: int = 200
    hangs: bool = False
    taken: list[dict[str, Any]] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    def url(self, *, user: str = f"tocsin:{SECRET}@") -> str:
        """Its address, as people.yaml would have it."""
        return f"json://{user}127.0.0.1:{self.port}/pages"

    async def take(self, request: web.Request) -> web.Response:
        """Take one page."""
        if self.hangs:
            await self.release.wait()
        if self.status == 200:
            self.taken.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def provider(unused_tcp_port: int) -> AsyncIterator[Provider]:
    """A provider on this machine."""
    found = Provider(port=unused_tcp_port)
    site = web.Application()
    site.router.add_post("/pages", found.take)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    yield found
    found.release.set()
    await runner.cleanup()


async def test_a_page_reaches_a_provider(world: World, provider: Provider):
    """Its words, its short id, and nothing else."""

    await world.deliver(page(provider.url()))

    (taken,) = provider.taken
    assert ("Page p-7K3Q", "You are paged.") == (taken["title"], taken["message"])
    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/page/1")


async def test_a_provider_that_refuses_is_tried_again(world: World, provider: Provider):
    """500 is a failure now: it is told at once, and the page is tried again."""

    provider.status = 500
    await world.deliver(page(provider.url()))
    outcome = world.desk.outcome("incident:17/page/1")
    provider.status = 200
    await world.sandbox.advance("1m")

    assert isinstance(outcome, Retry)
    assert (True, "the way did not take the page") == (outcome.counted, outcome.error)
    assert 1 == len(provider.taken)


async def test_a_provider_that_hangs_is_not_waited_for(provider: Provider):
    """The time one way may take is bounded, whatever the provider does."""

    provider.hangs = True
    with pytest.raises(PageNotSentError, match=r"did not answer within 0\.2 s"):
        await Pagers(patience=0.2).send(url=provider.url(), subject="Page", body="x")
    provider.release.set()


async def test_no_secret_of_an_address_is_logged(world: World, provider: Provider, caplog):
    """Neither when it works, nor when it fails, nor when the address is none, at the most talkative level."""

    caplog.set_level(logging.DEBUG)
    await world.deliver(page(provider.url()))
    provider.status = 500
    with pytest.raises(PageNotSentError):
        await Pagers().send(url=provider.url(), subject="Page", body="x")
    with pytest.raises(BadWayError):
        await Pagers().send(url=f"nosuch://{SECRET}@x", subject="Page", body="x")

    assert SECRET not in caplog.text
    assert SECRET not in json.dumps([str(outcome) for _, outcome in world.desk.outcomes])


@pytest.mark.parametrize("cut", ["%0d%0aX-Evil: 1", "\r\nX-Evil: 1", "%0a"])
async def test_no_header_is_smuggled_in(provider: Provider, cut):
    """A line break in an address is refused, however it is written."""

    with pytest.raises(BadWayError):
        await Pagers().send(url=f"{provider.url()}?+X={cut}", subject="Page", body="x")

    assert [] == provider.taken
