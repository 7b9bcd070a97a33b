"""Socket Mode on the wire: hello, tickets, ten connections, acks from any of them."""

import asyncio

import aiohttp
import pytest

from sandbox.ids import APP_TOKEN


async def connect(http):
    """Open one more connection; the socket and its first frame."""
    async with http.post("/api/apps.connections.open", headers={"Authorization": f"Bearer {APP_TOKEN}"}) as answer:
        url = (await answer.json())["url"]
    socket = await http.ws_connect(url)
    return socket, await socket.receive_json(timeout=2)


async def test_hello_counts_the_connections(http):
    """The first frame is hello, and says how many connections there are."""

    first, hello = await connect(http)
    second, again = await connect(http)

    assert ["hello", "hello"] == [hello["type"], again["type"]]
    assert [1, 2] == [hello["num_connections"], again["num_connections"]]
    assert 0 < hello["debug_info"]["approximate_connection_time"]
    await first.close()
    await second.close()


async def test_an_address_works_once(http):
    """The address from apps.connections.open is good for one connection."""

    async with http.post("/api/apps.connections.open", headers={"Authorization": f"Bearer {APP_TOKEN}"}) as answer:
        url = (await answer.json())["url"]
    socket = await http.ws_connect(url)

    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(url)
    await socket.close()


async def test_the_eleventh_connection_is_turned_away(http, sandbox):
    """Ten connections are open at most; one more is told too_many_websockets."""

    await sandbox.fault({"rate_limits": False})
    sockets = [(await connect(http))[0] for _ in range(10)]
    extra, frame = await connect(http)

    assert ("disconnect", "too_many_websockets") == (frame["type"], frame["reason"])
    for socket in [*sockets, extra]:
        await socket.close()


async def test_envelopes_take_turns_and_any_connection_acks(http, sandbox):
    """One envelope goes to one connection, the next to the other; an ack counts wherever it comes from."""

    sockets = [(await connect(http))[0] for _ in range(2)]
    request = {"as": "ada", "do": "open_home", "settle": False}
    await sandbox.act(request)
    await sandbox.act(request)
    frames = [await socket.receive_json(timeout=2) for socket in sockets]
    for socket, frame in zip(sockets, reversed(frames), strict=True):
        await socket.send_json({"envelope_id": frame["envelope_id"]})
    await sandbox.settle()

    assert 2 == len({frame["payload"]["event_id"] for frame in frames})
    assert ["events_api", "events_api"] == [frame["type"] for frame in frames]
    assert [0, 0] == [frame["retry_attempt"] for frame in frames]
    assert [] == sandbox.workspace.deliveries.unacked()
    assert [] == sandbox.workspace.violations
    for socket in sockets:
        await socket.close()


async def test_a_command_accepts_an_answer_in_its_ack(http, sandbox):
    """A slash envelope says that its ack may carry a payload; an event's does not."""

    socket, _ = await connect(http)
    await sandbox.act({"as": "ada", "do": "open_home", "settle": False})
    event = await socket.receive_json(timeout=2)
    await socket.send_json({"envelope_id": event["envelope_id"]})
    typing = asyncio.create_task(sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"}))
    frame = await socket.receive_json(timeout=2)
    await socket.send_json({"envelope_id": frame["envelope_id"], "payload": {"text": "hello"}})
    result = await typing

    assert (False, True) == (event["accepts_response_payload"], frame["accepts_response_payload"])
    assert ["hello"] == [line["text"] for line in result["messages"]]
    await socket.close()


async def test_a_frame_that_acks_nothing_is_a_violation(http, sandbox):
    """A frame without an envelope_id, or with one that was never sent, is listed."""

    socket, _ = await connect(http)
    await socket.send_json({"hello": "there"})
    await socket.send_json({"envelope_id": "env-unknown"})
    await socket.ping()
    await socket.close()
    await sandbox.settle()

    assert ["socket", "ack"] == [violation.where for violation in sandbox.workspace.violations]


async def test_an_unacked_delivery_of_a_lost_app_is_no_fault_of_its(http, sandbox):
    """When every connection is gone the person is told, and nothing is held against the app."""

    socket, _ = await connect(http)
    typing = asyncio.create_task(sandbox.act({"as": "ada", "do": "command", "channel": "general", "text": "/incident"}))
    await socket.receive_json(timeout=2)
    await socket.close()
    result = await typing

    assert (False, "operation_timeout") == (result["acked"], result["failure"])
    assert [] == sandbox.workspace.violations
