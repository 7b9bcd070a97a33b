"""The line-up begins the urgent first, and one channel's posts one after the other."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.incident.reacting.effects import EffectKind
from bot.ports import Delivery, DeliveryState
from bot.ports import Sent as At
from bot.usecases.asked import Job
from bot.words import Lane
from delivery.lineup import LineUp, rank
from tests.delivery.world import CHANNEL, effect

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def job(name: str, *, sent: At | None = None, **more) -> Job:
    """A claimed row."""
    return Job(delivery=Delivery(effect=effect(name, **more), state=DeliveryState.INTENT, attempts=1, sent=sent))


def begun(line: LineUp, *, after: float = 0.0) -> list[str]:
    """The ids of all that can begin now."""
    now = START + timedelta(seconds=after)
    names = []
    while held := line.begin(now=now):
        names.append(held.job.delivery.effect.id.removeprefix("incident:17/"))
    return names


def test_posts_to_one_place_wait_for_each_other():
    """Of two first posts to one place only one is on its way; other kinds and edits are not held up."""

    line = LineUp()
    standing = At(channel="C1", ts="1.0")
    line.add(
        [job("a"), job("b"), job("c", sent=standing), job("pin", kind=EffectKind.PIN), job("dm", place="dm:U1")],
        now=START,
    )

    assert ["a", "c", "pin", "dm"] == begun(line)


def test_the_next_begins_when_the_line_is_free():
    """The second post begins when the first has ended."""

    line = LineUp()
    line.add([job("a"), job("b")], now=START)
    first = line.begin(now=START)
    assert first is not None
    line.end(first)

    assert ["b"] == begun(line)


def test_incidents_have_channels_of_their_own():
    """The channels of two incidents are two lines."""

    line = LineUp()
    line.add([job("a", place=CHANNEL), job("b", place=CHANNEL, incident=18)], now=START)

    assert ["a", "b"] == begun(line)


@pytest.mark.parametrize(
    ("lane", "waited", "expected"),
    [
        (Lane.PAGE, 0, 0),
        (Lane.DECLARE, 9_999, 1),
        (Lane.ANSWER, 9_999, 2),
        (Lane.UPDATE, 9_999, 3),
        (Lane.REMINDER, 0, 4),
        (Lane.REMINDER, 15, 3.5),
        (Lane.DIGEST, 30, 4),
        (Lane.DIGEST, 9_999, 3),
    ],
)
def test_only_the_lower_lanes_age(lane, waited, expected):
    """Reminders and digests rise with waiting, up to updates and never past answers."""

    assert expected == rank(lane, waited)


def test_a_reminder_that_waited_long_goes_before_a_fresh_update():
    """An aged reminder is the older of two equals."""

    line = LineUp()
    line.add([job("reminder", place="dm:U1", lane=Lane.REMINDER)], now=START)
    line.add([job("update", place="dm:U2")], now=START + timedelta(seconds=40))

    assert ["reminder", "update"] == begun(line, after=40)


def test_what_is_given_back_is_held_no_longer():
    """Giving back empties the line."""

    line = LineUp()
    line.add([job("a"), job("b")], now=START)
    line.begin(now=START)

    assert ["incident:17/b"] == [one.delivery.effect.id for one in line.give_back()]
    assert 0 == len(line)
