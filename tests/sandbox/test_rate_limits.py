"""Rate limits: buckets on virtual time, Retry-After, and who disobeys it."""

from datetime import timedelta

import pytest

from sandbox.ids import APP_TOKEN, BOT_TOKEN

GENERAL, OPS = "C0GENERAL00", "C0OPS000000"


def post(call, channel=GENERAL):
    """Post once; the error or None."""
    return call("chat.postMessage", channel=channel, text="x").get("error")


def later(workspace, seconds):
    """Let virtual seconds pass."""
    workspace.clock.jump_to(workspace.clock.now() + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("method", "args", "limit"),
    [
        ("conversations.setTopic", {"channel": GENERAL, "topic": "x"}, (20, 3)),
        ("conversations.info", {"channel": GENERAL}, (50, 2)),
        ("users.info", {"user": "U0ADA000000"}, (100, 1)),
        ("auth.test", {}, (600, 1)),
    ],
)
def test_each_tier_has_its_burst(workspace, call, method, args, limit):
    """Tier 2 takes 20 at once, tier 3 50, tier 4 100; then a call comes back with time."""

    burst, wait = limit
    assert [None] * burst == [call(method, **args).get("error") for _ in range(burst)]
    assert "ratelimited" == call(method, **args)["error"]
    assert wait == workspace.calls[-1].retry_after
    later(workspace, wait)
    assert None is call(method, **args).get("error")


def test_a_channel_takes_four_posts_and_then_one_a_second(workspace, call):
    """Posts have a burst of four per channel, and other channels are not held up."""

    assert [None] * 4 + ["ratelimited"] == [post(call) for _ in range(5)]
    assert None is post(call, OPS)
    later(workspace, 1)
    assert [None, "ratelimited"] == [post(call), post(call)]


def test_the_workspace_takes_300_posts_a_minute(workspace, call):
    """However many channels, 300 posts a minute."""

    workspace.limits.configure(setting={"posts_per_second": 1000})

    outcomes = [post(call) for _ in range(301)]

    assert [None] * 300 + ["ratelimited"] == outcomes


def test_a_429_is_normal_and_a_call_inside_retry_after_is_not(workspace, call):
    """Being limited is normal life; calling again before Retry-After is a violation."""

    for _ in range(5):
        post(call)
    assert [] == workspace.violations

    post(call)
    assert ["no call inside Retry-After"] == [violation.rule for violation in workspace.violations]


def test_requests_on_the_wire_do_not_disobey(workspace, real):
    """A request that left before the 429 was heard is limited, but no violation."""

    def exchange(began):
        args = {"channel": GENERAL, "text": "x"}
        return workspace.exchange(token=BOT_TOKEN, method="chat.postMessage", args=args, began=began)

    exchanges = [exchange(real.now) for _ in range(5)]
    exchange(real.now)
    assert [] == workspace.violations

    exchanges[-1].hold.told = real.now
    exchange(real.now + 1)
    assert 1 == len(workspace.violations)


def test_connections_are_limited_in_real_time(workspace, real):
    """apps.connections.open has a burst of five and one a minute, in the time its client sleeps in."""

    def connect():
        return workspace.call(token=APP_TOKEN, method="apps.connections.open", args={}).get("error")

    assert [None] * 5 + ["ratelimited"] == [connect() for _ in range(6)]
    real.now += 60
    assert None is connect()


@pytest.mark.parametrize(("setting", "error"), [(False, None), (True, "ratelimited")])
def test_limits_can_be_switched(workspace, call, setting, error):
    """Faults switch limits off and on."""

    workspace.limits.configure(setting=setting)

    outcomes = [call("conversations.setTopic", channel=GENERAL, topic="x").get("error") for _ in range(21)]

    assert error == outcomes[-1]


def test_limits_can_be_tightened(workspace, call):
    """Faults tighten one method, and the posts into one channel."""

    workspace.limits.configure(setting={"auth.test": 1, "posts_per_second": 0.25})

    assert [None, "ratelimited"] == [call("auth.test").get("error") for _ in range(2)]
    assert [None, "ratelimited"] == [post(call) for _ in range(2)]
    assert 4 == workspace.calls[-1].retry_after


@pytest.mark.parametrize("name", ["#general", "general", GENERAL])
def test_a_channel_is_one_bucket_by_any_name(call, name):
    """Posts count against the same channel whether it is named or given by id."""

    for _ in range(4):
        post(call)

    assert "ratelimited" == post(call, name)
