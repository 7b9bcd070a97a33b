"""The sandbox over HTTP: the control API, faults on the wire, hooks around calls."""

import asyncio

import aiohttp
import pytest

from sandbox.ids import BOT_TOKEN

GENERAL = "C0GENERAL00"
BEARER = {"Authorization": f"Bearer {BOT_TOKEN}"}


async def ask(http, method, **args):
    """One Web API call: HTTP status, body, headers."""
    async with http.post(f"/api/{method}", json=args, headers=BEARER) as answer:
        body = await answer.json() if answer.content_type == "application/json" else {}
        return answer.status, body, answer.headers


async def post(http, channel=GENERAL):
    """Post a message."""
    return await ask(http, "chat.postMessage", channel=channel, text="x")


async def look(http, path):
    """GET from the control API."""
    async with http.get(f"/sandbox/{path}") as answer:
        return await answer.json()


async def tell(http, path, body):
    """POST to the control API: status and body."""
    async with http.post(f"/sandbox/{path}", json=body) as answer:
        return answer.status, await answer.json()


async def test_a_429_carries_retry_after(http):
    """A limited call answers HTTP 429 with Retry-After and ratelimited; inside it, it is a violation."""

    answers = [await post(http) for _ in range(5)]

    status, body, headers = answers[-1]
    assert (429, {"ok": False, "error": "ratelimited"}, "1") == (status, body, headers["Retry-After"])
    await asyncio.sleep(0.06)
    await post(http)
    assert ["no call inside Retry-After"] == [
        violation["rule"] for violation in (await look(http, "violations"))["violations"]
    ]


@pytest.mark.parametrize("fault", [{"drop_reply": 1.0}, {"cut": {"method": "chat.postMessage", "times": 1}}])
async def test_a_cut_call_was_carried_out(http, fault):
    """A reply that is lost leaves the message there: the connection closes without an answer."""

    await tell(http, "faults", fault)

    with pytest.raises(aiohttp.ClientError):
        await post(http)

    messages = (await look(http, "messages?channel=general&as=ada"))["messages"]
    assert ["x"] == [message["text"] for message in messages]


async def test_a_hanging_call_is_let_go_at_reset(http, sandbox):
    """A hanging call is carried out, never answered, and does not keep the sandbox from settling."""

    await tell(http, "faults", {"hang": {"method": "chat.postMessage"}})
    hanging = asyncio.create_task(post(http))
    await asyncio.sleep(0.06)
    await sandbox.settle()
    assert not hanging.done()

    await tell(http, "faults", {"reset": True})
    with pytest.raises(aiohttp.ClientError):
        await hanging
    assert [] == sandbox.workspace.violations


@pytest.mark.parametrize(
    ("error", "status", "name"),
    [
        ({"error": "internal_error"}, 200, "internal_error"),
        ({"error": "ratelimited", "retry_after": 7}, 429, "ratelimited"),
        ({"status": 500}, 500, None),
    ],
)
async def test_an_injected_error_is_not_carried_out(http, error, status, name):
    """A planned error strikes as often as it was asked to, and the call is not carried out."""

    await tell(http, "faults", {"error": {"method": "chat.postMessage", "times": 1, **error}})

    first, second = await post(http), await post(http)

    assert (status, name) == (first[0], first[1].get("error"))
    assert (200, True) == (second[0], second[1]["ok"])
    assert 1 == len((await look(http, "messages?channel=general&as=ada"))["messages"])


async def test_latency_is_real(http):
    """Injected latency is spent before the answer, and recorded with the call."""

    await tell(http, "faults", {"latency_ms": 30})
    await post(http)

    assert 30 <= (await look(http, "calls"))["calls"][-1]["ms"]


async def test_while_slack_is_down_nothing_works(http, sandbox):
    """During an outage every call is 503 and nobody can act; afterwards all is as before."""

    await tell(http, "faults", {"slack_down": "2h"})
    during = await post(http)
    refused = await tell(http, "act", {"as": "ada", "do": "open_home"})
    await tell(http, "clock", {"advance": "3h"})
    after = await post(http)

    assert (503, 400, 200) == (during[0], refused[0], after[0])
    assert "down" in refused[1]["error"]


async def test_hooks_see_each_call_twice(http, sandbox):
    """on_call hooks hear of a call before it is carried out and after."""

    heard = []
    sandbox.on_call.append(lambda record, phase: heard.append((record.method, phase, record.answer is None)))
    await post(http)

    assert [("chat.postMessage", "before", True), ("chat.postMessage", "after", False)] == heard


async def test_the_calls_are_listed_since_a_number(http):
    """/sandbox/calls gives method, arguments and answer of calls after a number."""

    await ask(http, "auth.test")
    await post(http)

    calls = (await look(http, "calls?since=1"))["calls"]
    assert [(2, "chat.postMessage", "x", True)] == [
        (call["seq"], call["method"], call["args"]["text"], call["ok"]) for call in calls
    ]


async def test_people_act_over_http(http):
    """/sandbox/act answers with what the person can now see."""

    status, body = await tell(http, "act", {"as": "ada", "do": "message", "channel": "general", "text": "hi @noor"})

    assert (200, False, ["hi <@U0NOOR00000>"]) == (status, body["acked"], [line["text"] for line in body["messages"]])


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("act", {"as": "zoe", "do": "click"}, "There is nobody called 'zoe'"),
        ("act", [], "The body is a JSON object"),
        ("act", {"as": "ada", "do": "message", "channel": "x", "text": "hi"}, "There are: general, "),
        ("clock", {"advance": "soon"}, "is no duration"),
        ("clock", {"advance": "367d"}, "is too long; 366d is the longest"),
        ("clock", {"advance": "9" * 31 + "h"}, "is too long"),
        ("clock", {"advance": "9" * 5000}, "is no duration"),
        ("clock", {"to": "soon"}, "Say"),
        ("clock", {"to": "2999-01-01T00:00:00Z"}, "That is too far"),
        ("clock", {}, "Say"),
        ("faults", {"gremlins": True}, "There is no fault 'gremlins'"),
        ("faults", {"drop_reply": 7}, "share from 0 to 1"),
        ("faults", {"drop_reply": "a lot"}, "share from 0 to 1"),
        ("faults", {"latency_ms": -1}, "latency_ms is a whole number"),
        ("faults", {"latency_ms": "slow"}, "latency_ms is a whole number"),
        ("faults", {"error": "x"}, "object such as"),
        ("faults", {"error": {"method": "users.list", "times": "often"}}, "times is a whole number"),
    ],
)
async def test_bad_input_is_answered_with_a_sentence(http, path, body, sentence):
    """What the control API cannot do is 400 with a sentence."""

    status, answer = await tell(http, path, body)

    assert 400 == status
    assert sentence in answer["error"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b""])
async def test_what_is_no_json_is_answered_with_a_sentence(http, body):
    """However broken, or deep, a body is."""

    async with http.post("/sandbox/act", data=body, headers={"Content-Type": "application/json"}) as answer:
        status, said = answer.status, await answer.json()

    assert (400, {"error": "The body is a JSON object."}) == (status, said)


async def test_everything_can_be_looked_at(http):
    """Channels, people, dialogs and App Homes can be read."""

    channels = (await look(http, "channels?as=ada"))["channels"]
    users = (await look(http, "users"))["users"]

    assert {"general", "incidents"} <= {channel["name"] for channel in channels}
    assert "leadership" not in {channel["name"] for channel in channels}
    assert {"ada", "gus", "oona", "buildbot", "tocsin"} <= {user["handle"] for user in users}
    assert {"views": []} == await look(http, "views?as=ada")
    assert {"view": None} == await look(http, "home?as=ada")


async def test_a_reset_brings_the_seeded_company_back(http, sandbox):
    """After a reset there are no messages, calls or violations, and the clock has not gone back."""

    await tell(http, "clock", {"advance": "1h"})
    before = sandbox.clock.now()
    await ask(http, "chat.shout")
    await post(http)
    await tell(http, "reset", {})

    assert ([], [], before) == (sandbox.workspace.calls, sandbox.workspace.violations, sandbox.clock.now())
    assert {"messages": []} == await look(http, "messages?channel=general&as=ada")


async def test_a_response_url_answers_over_http(http, sandbox):
    """The address in a command's payload takes a POST."""

    await tell(http, "act", {"as": "ada", "do": "command", "channel": "general", "text": "/incident", "settle": False})
    url = next(iter(sandbox.workspace.deliveries.all.values())).payload["response_url"]
    async with http.post(url, json={"text": "done"}) as answer:
        status = answer.status
    async with http.post(url.replace("respond/", "respond/9"), json={"text": "done"}) as answer:
        unknown = answer.status

    assert (200, 404) == (status, unknown)
