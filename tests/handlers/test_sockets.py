"""Socket Mode connections: two of them, renewed without a gap, closed without losing what is in progress."""

import asyncio

import pytest

from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.sockets import Sockets, TokenProblem
from tests.handlers.conftest import said


def sockets_of(slack, desk, client, *, token=None, stagger=0.0, **more):
    """Connections of an app to the sandbox."""
    app = build_app(desk=desk, client=client, identity=Identity())
    app_token = slack.app_token if token is None else token
    return Sockets(app=app, app_token=app_token, client_base_url=slack.api_url, stagger=stagger, **more)


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


async def replaced(slack, old):
    """Wait until none of the connections `old` is used any more and two others stand."""
    async with asyncio.timeout(10):
        while len([one for one in slack.socket_mode.connections if one not in old]) != 2:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_connections_gone_silent_are_replaced_by_the_sdk(slack, desk, client):
    """No pong comes and nobody closes: the SDK's pings notice, and fresh connections take over."""
    sockets = sockets_of(slack, desk, client, ping=0.5)
    await sockets.start()
    await standing(slack, 2)
    old = list(slack.socket_mode.connections)

    await slack.fault({"silent": True})
    await replaced(slack, old)

    assert await sockets.is_connected()
    await sockets.close()


async def test_connections_gone_silent_are_replaced_within_45_seconds_without_the_sdk(slack, desk, client):
    """The SDK does not look: 39 s of silence are waited out, after 40 s there are fresh connections."""
    passed, looks = [1000.0], asyncio.Semaphore(0)

    def monotonic():
        looks.release()
        return passed[0]

    sockets = sockets_of(slack, desk, client, ping=3600.0, look=0.01, monotonic=monotonic)
    await sockets.start()
    await standing(slack, 2)
    old = list(slack.socket_mode.connections)
    await slack.fault({"silent": True})
    await looked(looks)

    passed[0] += 39
    await looked(looks)
    assert old == slack.socket_mode.connections

    passed[0] += 1
    await replaced(slack, old)
    assert await sockets.is_connected()
    await sockets.close()


async def looked(looks):
    """Wait until both connections were looked at twice more."""
    for _ in range(looks._value + 8):  # noqa: SLF001 - what was looked at before does not count
        await looks.acquire()


async def test_an_envelope_that_slack_cannot_have_made_is_not_served(office, logged):
    """A misshapen payload is refused and said in the log; it fails nothing."""
    await office.slack.socket_mode.connections[0].send_json(
        {"envelope_id": "e1", "type": "slash_commands", "payload": {"command": "/incident", "user_id": 5}}
    )
    await office.types("ada", "help")

    assert ["trigger_id, user_id"] == [line["fields"] for line in logged("request.misshapen")]
    assert [] == logged("request.failed")
