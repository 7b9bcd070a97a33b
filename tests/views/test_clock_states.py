"""Clock lines: the seven states of a clock, words first for anyone who cannot see its mark."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.incident import commands as c
from bot.policy.business import BusinessHours, BusinessSpan
from bot.policy.calendar import Weekday
from bot.words import ClockKind, Severity
from tests.views.pictures import ADA, NOOR, at, declare
from tests.views.stories import acknowledged, cancelled, mitigated, snoozed
from views.clock_lines import clock_line, clock_lines, lines_of
from views.scene import Scene

MITIGATE, UPDATE, RESOLVE = ClockKind.MITIGATE, ClockKind.UPDATE, ClockKind.RESOLVE
SILENCED = "Noor Haddad: “SECRET vendor call until half past”"
STATES = {
    "running": (MITIGATE, acknowledged, "⏳ Mitigate by 14:30 UTC (30 min allowed)"),
    "running, an update": (UPDATE, acknowledged, "⏳ Status update by 14:15 UTC (every 15 min)"),
    "due soon": (MITIGATE, lambda: acknowledged().clock(15, 24), "⚠️ Mitigate by 14:30 UTC: due soon"),
    "missed": (
        MITIGATE,
        lambda: acknowledged().clock(15, 24, 30),
        "❗ Mitigate missed at 14:30 UTC; Mia Chen and Lena Brandt told 14:30 UTC",
    ),
    "met": (MITIGATE, mitigated, "✅ Mitigated in 26 min (30 allowed)"),
    "met late": (MITIGATE, lambda: mitigated(41), "❗ Mitigated in 41 min, 11 min late"),
    "stopped": (MITIGATE, cancelled, "Mitigate: stopped, cancelled"),
    "snoozed": (
        UPDATE,
        snoozed,
        f"⏳ Status update by 14:15 UTC, nudges silent until 14:30 UTC ({SILENCED})",
    ),
}


def scene(story):
    """Return the story as its own channel sees it."""
    return Scene(picture=story.picture, words={}, handles={}, now=story.now)


def plain(shown, line):
    """Return a line as plain words."""
    return shown.pen.plain(*line)


@pytest.mark.parametrize(("kind", "make", "line"), STATES.values(), ids=STATES)
def test_a_clock_in_each_state(kind, make, line):
    """Running, due soon, missed, met, met late, stopped, snoozed: each has its sentence."""

    shown = scene(make())
    clock = shown.clock(kind)
    assert clock
    assert [line] == [plain(shown, one) for one in lines_of(shown, [clock])]


ORDERS = {
    Severity.SEV1: ["Acknowledge by", "Commander answers by", "Mitigate by", "Resolve by", "Status update by"],
    Severity.SEV2: ["Acknowledge by", "Commander answers by", "Mitigate by", "Resolve by", "Status update by"],
    Severity.SEV3: ["Acknowledge by", "Mitigate by", "Resolve by"],
    Severity.SEV4: ["Acknowledge by", "Resolve by"],
}


@pytest.mark.parametrize(("severity", "order"), ORDERS.items(), ids=str)
def test_which_clocks_a_severity_has_in_which_order(severity, order):
    """Five clocks for SEV-1 and SEV-2, three for SEV-3, two for SEV-4, always in this order."""

    shown = scene(declare(severity))
    lines = [plain(shown, line).removeprefix("⏳ ") for line in clock_lines(shown)]
    assert order == [line[: line.index(" by") + 3] for line in lines]


def test_a_sprint_has_a_day_and_no_hour():
    """SEV-4 is resolved by the end of the sprint."""

    shown = scene(declare(Severity.SEV4))
    clock = shown.clock(RESOLVE)
    assert clock
    assert plain(shown, clock_line(shown, clock)).startswith("⏳ Resolve by the end of the sprint, Dec ")


def test_business_hours_are_named():
    """A clock that runs in business hours only says so beside its due time."""

    story = declare(Severity.SEV4)
    hours = BusinessHours(days=tuple(Weekday), opens=time(9), closes=time(17), zone="Europe/Berlin")
    span = BusinessSpan(span=timedelta(hours=4), hours=hours)
    shown = scene(story)
    policy, rules = shown.picture.policy, shown.picture.rules
    slower = replace(rules, clocks={**rules.clocks, RESOLVE: span})
    other = replace(policy, severities={**policy.severities, Severity.SEV4: slower})
    shown = replace(shown, picture=replace(shown.picture, policy=other))
    clock = shown.clock(RESOLVE)
    assert clock
    assert plain(shown, clock_line(shown, clock)).endswith("(4 h of business hours)")


def test_nothing_drawn_again_counts_down():
    """A line that is edited in place names a time, so it is the same a minute later."""

    story = acknowledged().does(NOOR, 5, c.PostUpdate(now="Rolling back."))
    before = [plain(scene(story), line) for line in clock_lines(scene(story))]
    story.does(ADA, 6, c.AddNote(words="still looking"))
    assert before == [plain(scene(story), line) for line in clock_lines(scene(story))]
    assert at(6) == story.now
