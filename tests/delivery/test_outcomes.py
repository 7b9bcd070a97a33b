"""Every answer of Slack, and every failure to get one, means one thing."""

from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError

from bot.incident.reacting.effects import EffectKind
from bot.ports import Delivery, DeliveryState
from bot.usecases.outcomes import Dead, Elsewhere, Retry, SystemDown
from bot.words import Lane
from delivery.outcomes import CallFailed, Verdict, classify, settle_failed
from delivery.web_client import open_client, open_session
from tests.delivery.world import effect

POST = "chat.postMessage"


def refusal(error: str | None, *, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    """An answer as the SDK raises it."""
    body = {"ok": False, **({"error": error} if error else {})}
    return SlackApiError("no", SimpleNamespace(status_code=status, data=body, headers=headers or {}))


@pytest.mark.parametrize(
    ("error", "status", "verdict"),
    [
        ("ratelimited", 429, Verdict.LIMITED),
        ("ratelimited", 200, Verdict.LIMITED),
        ("rate_limited", 200, Verdict.LIMITED),
        (None, 429, Verdict.LIMITED),
        ("internal_error", 200, Verdict.AMBIGUOUS),
        ("fatal_error", 200, Verdict.AMBIGUOUS),
        ("request_timeout", 200, Verdict.AMBIGUOUS),
        ("service_unavailable", 200, Verdict.AMBIGUOUS),
        ("invalid_auth", 500, Verdict.AMBIGUOUS),
        (None, 503, Verdict.AMBIGUOUS),
        (None, 200, Verdict.AMBIGUOUS),
        ("channel_not_found", 200, Verdict.HERE),
        ("is_archived", 200, Verdict.HERE),
        ("not_in_channel", 200, Verdict.HERE),
        ("restricted_action", 200, Verdict.HERE),
        ("restricted_action_read_only_channel", 200, Verdict.HERE),
        ("messages_tab_disabled", 200, Verdict.HERE),
        ("user_disabled", 200, Verdict.HERE),
        ("invalid_auth", 200, Verdict.SYSTEM),
        ("token_revoked", 200, Verdict.SYSTEM),
        ("account_inactive", 200, Verdict.SYSTEM),
        ("missing_scope", 200, Verdict.PERMANENT),
        ("invalid_blocks", 200, Verdict.PERMANENT),
        ("something_new", 200, Verdict.PERMANENT),
    ],
)
def test_what_an_answer_means(error, status, verdict):
    """Each answer of Slack has one meaning."""

    assert verdict == classify(POST, refusal(error, status=status)).verdict


@pytest.mark.parametrize(("header", "after"), [("7", 7.0), ("", 30.0), ("soon", 30.0), ("-3", 30.0)])
def test_how_long_a_429_asks_for(header, after):
    """Retry-After is read in seconds; without a readable one it is half a minute."""

    failed = classify(POST, refusal("ratelimited", status=429, headers={"retry-after": header}))

    assert after == failed.after


def test_what_slack_says_of_single_people_is_kept():
    """The errors of an invitation are kept by person."""

    error = refusal("user_not_found")
    error.response.data["errors"] = [{"user": "U1", "ok": False, "error": "cant_invite"}, {"ok": False}]

    assert {"U1": "cant_invite"} == classify("conversations.invite", error).people


class Misbehaving:
    """A server that answers in the ways networks do."""

    async def cut(self, request: web.Request) -> web.Response:
        """Close the connection instead of answering."""
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async def half(self, request: web.Request) -> web.StreamResponse:
        """Stop in the middle of the body."""
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"ok":')
        assert request.transport is not None
        request.transport.abort()
        return response

    async def html(self, _: web.Request) -> web.Response:
        """Answer as a proxy does."""
        return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")

    async def garbage(self, _: web.Request) -> web.Response:
        """Answer with something that is called JSON and is not."""
        return web.Response(text="{]", content_type="application/json")

    async def slow(self, _: web.Request) -> web.Response:
        """Answer too late."""
        raise web.HTTPGatewayTimeout


async def _verdict(url: str) -> Verdict:
    async with open_session() as session:
        client = open_client(token="xoxb-x", session=session, base_url=url)
        try:
            await client.api_call(POST, json={"channel": "C1", "text": "x"})
        except (SlackApiError, aiohttp.ClientError, OSError) as error:
            return classify(POST, error).verdict
    message = "the call went through"
    raise AssertionError(message)


@pytest.mark.parametrize("way", ["cut", "half", "html", "garbage", "slow"])
async def test_what_comes_after_the_body_left_is_ambiguous(way, unused_tcp_port):
    """A request that reached somebody, and was not answered by Slack's own word, may have been carried out."""

    application = web.Application()
    application.add_routes([web.post("/{method}", getattr(Misbehaving(), way))])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()

    verdict = await _verdict(f"http://127.0.0.1:{unused_tcp_port}/")

    await runner.cleanup()
    assert Verdict.AMBIGUOUS == verdict


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_connection_that_was_refused_sent_nothing(scheme, unused_tcp_port):
    """Where nobody listens, nothing was sent."""

    assert Verdict.NOT_SENT == await _verdict(f"{scheme}://127.0.0.1:{unused_tcp_port}/")


async def test_tls_that_fails_sent_nothing(unused_tcp_port):
    """A server that does not speak TLS got no message."""

    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()

    verdict = await _verdict(f"https://127.0.0.1:{unused_tcp_port}/")

    await runner.cleanup()
    assert Verdict.NOT_SENT == verdict


async def test_a_name_that_does_not_resolve_sent_nothing():
    """Without an address there is no request."""

    assert Verdict.NOT_SENT == await _verdict("http://nowhere.invalid/")


UPDATE = effect("update")
PAGE = effect("page/0", lane=Lane.PAGE)
CHANNEL = effect("channel", kind=EffectKind.OPEN_CHANNEL)
ANSWER = effect("answer", kind=EffectKind.RESPOND)


@pytest.mark.parametrize(
    ("verdict", "row", "attempts", "in_doubt", "expected"),
    [
        (Verdict.LIMITED, UPDATE, 99, False, Retry(after=7.0, in_doubt=False, error="e", counted=False)),
        (Verdict.LIMITED, UPDATE, 99, True, Retry(after=7.0, in_doubt=True, error="e", counted=False)),
        (Verdict.NOT_SENT, UPDATE, 1, False, Retry(after=1.0, in_doubt=False, error="e")),
        (Verdict.AMBIGUOUS, UPDATE, 3, True, Retry(after=4.0, in_doubt=True, error="e")),
        (Verdict.AMBIGUOUS, UPDATE, 294, True, Retry(after=300.0, in_doubt=True, error="e")),
        (Verdict.AMBIGUOUS, UPDATE, 295, True, Dead(error="e")),
        (Verdict.NOT_SENT, PAGE, 295, False, Dead(error="e")),
        (Verdict.NOT_SENT, ANSWER, 9, False, Dead(error="e")),
        (Verdict.HERE, UPDATE, 1, False, Elsewhere(error="e")),
        (Verdict.HERE, PAGE, 1, True, Elsewhere(error="e")),
        (Verdict.SYSTEM, UPDATE, 1, False, SystemDown(error="e", after=60.0)),
        (Verdict.SYSTEM, UPDATE, 1, True, SystemDown(error="e", after=60.0, in_doubt=True)),
        (Verdict.PERMANENT, UPDATE, 1, False, Dead(error="e")),
        (Verdict.PERMANENT, CHANNEL, 1, False, Dead(error="e")),
        (Verdict.PERMANENT, UPDATE, 8, True, Retry(after=128.0, in_doubt=True, error="e")),
        (Verdict.PERMANENT, UPDATE, 9, True, Dead(error="e")),
        (Verdict.PERMANENT, PAGE, 9, True, Retry(after=256.0, in_doubt=True, error="e")),
    ],
)
def test_what_becomes_of_a_delivery(verdict, row, attempts, in_doubt, expected):
    """Each meaning ends one delivery in one way; tries run out after nine, or after 24 hours of outage."""

    failed = CallFailed(method=POST, verdict=verdict, error="e", after=7.0)
    delivery = Delivery(effect=row, state=DeliveryState.INTENT, attempts=attempts)

    assert expected == settle_failed(failed, delivery=delivery, in_doubt=in_doubt, jitter=0.0)
