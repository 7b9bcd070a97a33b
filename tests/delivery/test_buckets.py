"""Buckets let through what Slack allows, the urgent first, and nobody out of turn."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.words import Lane
from delivery.buckets import METHODS, POST, Limits, Rate

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def limits(**more) -> Limits:
    """Limits without jitter."""
    return Limits(jitter=lambda: 0.0, **more)


def take(one: Limits, row: str, *, at: float = 0.0, method: str = POST, channel: str = "C1", lane: Lane = Lane.UPDATE):
    """Ask for a permit `at` seconds after the start."""
    when = START + timedelta(seconds=at)
    return one.take(method=method, channel=channel, row=row, lane=lane, now=when)


def test_a_channel_takes_four_at_once_then_one_a_second():
    """The fifth message to a channel waits a second, the sixth two."""

    one = limits()

    waits = [round(take(one, f"row {number}"), 2) for number in range(6)]

    assert [0, 0, 0, 0, 1.0, 2.0] == waits


def test_channels_do_not_hold_each_other_up():
    """One full channel leaves the others free."""

    one = limits()
    for number in range(5):
        take(one, f"row {number}")

    assert 0 == take(one, "other", channel="C2")


def test_a_row_that_waited_goes_before_one_that_comes_later():
    """A token that came back belongs to whoever waits for it."""

    one = limits()
    for number in range(6):
        take(one, f"row {number}")

    assert 0 < take(one, "late", at=1.5)
    assert 0 == take(one, "row 4", at=1.5)


def test_an_urgent_row_passes_those_that_wait():
    """A page to a channel does not queue behind status updates."""

    one = limits()
    for number in range(8):
        take(one, f"row {number}")

    assert 0 == take(one, "page", at=1.1, lane=Lane.PAGE)
    assert 0 < take(one, "row 4", at=1.1)


def test_a_row_that_never_comes_back_holds_nobody_up():
    """A promised token is forgotten some seconds after its time."""

    one = limits()
    for number in range(5):
        take(one, f"row {number}")

    assert 0 == take(one, "late", at=10.0)


def test_the_reserve_is_for_pages_only():
    """The last posts of the workspace's minute are kept for pages."""

    one = limits(methods={POST: Rate(burst=10, per_minute=10, reserve=3)})
    waits = [take(one, f"row {number}", channel=f"C{number}") for number in range(8)]

    assert [0] * 7 == waits[:7]
    assert 0 < waits[7]
    assert 0 == take(one, "page", channel="C9", lane=Lane.PAGE)


def test_only_three_methods_keep_a_reserve():
    """Posting, opening a DM and opening a view keep some for pages, nothing else does."""

    assert {POST, "conversations.open", "views.open"} == {name for name, rate in METHODS.items() if rate.reserve}


def test_a_429_closes_the_method_for_every_channel():
    """After a 429 even a page waits, in whichever channel, until Retry-After has passed."""

    one = limits()
    one.close(method=POST, seconds=30, now=START)

    assert 30 <= take(one, "page", channel="C2", lane=Lane.PAGE)
    assert 0 == take(one, "topic", method="conversations.setTopic", channel="")
    assert 0 == take(one, "page", channel="C2", lane=Lane.PAGE, at=30.01)


def test_a_shorter_429_does_not_shorten_a_longer_one():
    """The longest Retry-After counts."""

    one = limits()
    one.close(method=POST, seconds=30, now=START)
    one.close(method=POST, seconds=1, now=START)

    assert 29 <= take(one, "row")


def test_a_method_without_a_bucket_is_never_held_back():
    """What has no known limit is not limited here."""

    assert [0] * 1_000 == [take(limits(), "row", method="api.test") for _ in range(1_000)]


def test_buckets_of_quiet_channels_are_forgotten():
    """A year of channels does not fill the memory."""

    one = limits(methods={})
    for number in range(5_000):
        take(one, f"row {number}", channel=f"C{number}", at=number * 10.0)

    assert len(one._buckets) <= 2_002  # noqa: SLF001 - what is promised is what is kept


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from(list(Lane))), max_size=60))
def test_no_channel_ever_gets_more_than_its_rate(arrivals):
    """However messages arrive, a channel gets at most four and then one a second."""

    one, now, sent = limits(), 0.0, []
    for number, (pause, lane) in enumerate(arrivals):
        now += pause
        if not take(one, f"row {number}", at=now, lane=lane):
            sent.append(now)

    for first, start in enumerate(sent):
        for last in range(first, len(sent)):
            assert last - first + 1 <= 4 + (sent[last] - start) + 0.001
