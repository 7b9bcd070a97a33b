"""Private answers go to Slack's own addresses and to nobody else's."""

import pytest
from aiohttp import web

from bot.incident.reacting.effects import EffectKind
from bot.usecases.outcomes import Dead, Retry, Sent, Skipped
from bot.words import Lane
from sandbox import responses
from tests.delivery.world import INCIDENTS, World, effect


def answer(url: str, **more):
    """A private answer to `url`."""
    words = {"url": url, "text": "done", **more.pop("words", {})}
    return effect("answer", kind=EffectKind.RESPOND, place="asker", lane=Lane.ANSWER, words=words, **more)


def address(world: World, *, message_ts: str | None = None) -> str:
    """A response_url as Slack hands it out."""
    workspace = world.sandbox.workspace
    ada = world.person("ada")
    key = responses.new_address(workspace, channel=INCIDENTS, person=ada, message_ts=message_ts)
    return responses.url(workspace, key)


async def test_an_answer_is_seen_by_whoever_asked_alone(world: World):
    """An answer is ephemeral."""

    await world.deliver(answer(address(world), view="noted"))

    (shown,) = world.sandbox.workspace.channels[INCIDENTS].messages
    assert ("noted: done", world.person("ada")) == (shown.text, shown.ephemeral_to)
    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/answer")


@pytest.mark.parametrize(
    ("view", "words", "card"),
    [("noted", {}, "card: "), ("declared", {}, "declared: done"), ("noted", {"replace": True}, "noted: done")],
)
async def test_a_press_does_not_wipe_the_card(world: World, view, words, card):
    """An answer stands beside the message it was pressed on, unless it is there to replace it."""

    await world.deliver(effect("card"))
    standing = world.desk.rows["incident:17/card"].delivery.sent
    assert standing is not None
    await world.deliver(answer(address(world, message_ts=standing.ts), view=view, words=words))

    assert card == world.sandbox.workspace.channels[INCIDENTS].messages[0].text


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/respond/1",
        "file:///etc/passwd",
        "https://hooks.slack.com.evil.example/commands/1",
        "//127.0.0.1/respond/1",
        "",
        "http://[::1",
        "not an address",
    ],
)
async def test_a_foreign_address_is_never_called(world: World, url):
    """Only the configured host gets answers, whatever the row says."""

    await world.deliver(answer(url))

    assert Dead(error="foreign_response_url") == world.desk.outcome("incident:17/answer")


async def test_a_name_before_the_host_does_not_help(world: World):
    """Credentials in an address make it foreign, and so does another scheme or port."""

    host = world.sandbox.url.removeprefix("http://")
    for url in (f"http://slack@{host}/respond/1", f"https://{host}/respond/1", f"http://{host}1/respond/1"):
        world.desk.rows.clear()
        await world.deliver(answer(url))

        assert Dead(error="foreign_response_url") == world.desk.outcome("incident:17/answer")


async def test_a_redirect_is_not_followed(world: World, unused_tcp_port):
    """An answer is not led elsewhere."""

    seen: list[str] = []

    async def redirect(request: web.Request) -> web.Response:
        seen.append(request.path)
        raise web.HTTPFound("/elsewhere")

    application = web.Application()
    application.add_routes([web.post("/respond", redirect), web.route("*", "/elsewhere", redirect)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    world.sandbox.workspace.base_url, kept = f"http://127.0.0.1:{unused_tcp_port}", world.sandbox.url
    world.relay = world.new_relay()
    world.sandbox.workspace.base_url = kept
    await world.deliver(answer(f"http://127.0.0.1:{unused_tcp_port}/respond"))
    await runner.cleanup()

    assert ["/respond"] == seen
    assert Skipped() == world.desk.outcome("incident:17/answer")


async def test_an_address_that_expired_is_let_go(world: World):
    """After 30 minutes nobody waits for the answer any more."""

    url = address(world)
    await world.sandbox.advance("31m")
    await world.deliver(answer(url))

    assert Skipped() == world.desk.outcome("incident:17/answer")


async def test_an_answer_that_never_left_is_tried_again(world: World):
    """A connection that was refused sent nothing, so the answer is not in doubt."""

    url = address(world)
    kept = world.sandbox.url
    world.sandbox.workspace.base_url = "http://127.0.0.1:1"
    world.relay = world.new_relay()
    world.sandbox.workspace.base_url = kept
    await world.deliver(answer(url.replace(kept, "http://127.0.0.1:1")))

    outcome = world.desk.outcome("incident:17/answer")
    assert isinstance(outcome, Retry)
    assert (False, True) == (outcome.in_doubt, outcome.counted)


async def test_a_limited_answer_waits(world: World, unused_tcp_port):
    """A 429 on an answer is waited out."""

    async def limited(_: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": "9"})

    application = web.Application()
    application.add_routes([web.post("/respond", limited)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    kept = world.sandbox.url
    world.sandbox.workspace.base_url = f"http://127.0.0.1:{unused_tcp_port}"
    world.relay = world.new_relay()
    world.sandbox.workspace.base_url = kept
    await world.deliver(answer(f"http://127.0.0.1:{unused_tcp_port}/respond"))
    await runner.cleanup()

    assert Retry(after=9.0, in_doubt=False, error="ratelimited", counted=False) == world.desk.outcome(
        "incident:17/answer"
    )
