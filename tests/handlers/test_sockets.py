"""Socket Mode connections: two of them, renewed without a gap, closed without losing what is in progress."""

import asyncio

import pytest

from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.sockets import Sockets, TokenProblem
from tests.handlers.conftest import said


def sockets_of(slack, desk, client, *, token=None, stagger=0.0):
    """Connections of an app to the sandbox."""
    app = build_app(desk=desk, client=client, identity=Identity())
    app_token = slack.app_token if token is None else token
    return Sockets(app=app, app_token=app_token, client_base_url=slack.api_url, stagger=stagger)


async def standing(slack, count):
    """Wait until so many connections stand."""
    async with asyncio.timeout(5):
        while len(slack.socket_mode.connections) != count:  # noqa: ASYNC110 - the sandbox tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "SLACK_APP_TOKEN is missing"),
        ("xoxb-1-2-3", "is no app-level token"),
        ("xapp-1-A0-1-wrong", "Slack refuses SLACK_APP_TOKEN (invalid_auth)"),
    ],
)
async def test_a_token_that_cannot_work_is_named(slack, desk, client, token, words):
    """A missing or wrong token stops the start with a sentence that says where to mend it."""
    sockets = sockets_of(slack, desk, client, token=token)

    with pytest.raises(TokenProblem) as problem:
        await sockets.start()

    assert words in str(problem.value)
    assert "https://api.slack.com/apps" in str(problem.value)


async def test_two_connections_stand(slack, desk, client):
    """Two connections are opened, and closing leaves none."""
    sockets = sockets_of(slack, desk, client)
    await sockets.start()
    await standing(slack, 2)

    assert await sockets.is_connected()

    await sockets.close()
    await standing(slack, 0)
    assert not await sockets.is_connected()


async def test_a_refresh_loses_no_command(office):
    """When Slack renews the connections, commands go on being answered."""
    await office.slack.fault({"disconnect": True})
    await standing(office.slack, 1)

    answer = await office.types("ada", "declare sev1 Checkout returns 500s")

    assert "INC-1 is declared" in said(answer)


async def test_what_is_in_progress_finishes_before_the_close(slack, desk, client):
    """Closing waits for a request in progress: its ack still leaves."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    sockets = sockets_of(slack, desk, client)

    async def slow(next):  # noqa: A002 - Bolt injects it by this name
        begun.set()
        await go_on.wait()
        await next()

    sockets.app.middleware(slow)
    await sockets.start()
    await standing(slack, 2)
    asking = {"as": "ada", "do": "command", "channel": "general", "text": "/incident help", "settle": False}
    asked = asyncio.create_task(slack.act(asking))
    await begun.wait()
    closing = asyncio.create_task(sockets.close())
    done, _ = await asyncio.wait({closing}, timeout=0.05)
    go_on.set()
    await closing

    assert set() == done
    assert (await asked)["acked"]
    assert 0 == sockets.in_flight


async def test_starting_while_slack_is_down_goes_on(slack, desk, client):
    """Slack may be away when Tocsin starts: that stops nothing, and is no fault of the token."""
    await slack.fault({"slack_down": "1h"})
    sockets = sockets_of(slack, desk, client)

    await sockets.start()

    assert not await sockets.is_connected()
    await sockets.close()
