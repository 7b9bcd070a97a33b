"""Severities agree with each other: deadlines rise as severity falls, and every clock has somebody to call.

Every check reads what stands in the file, not what was made of it, and passes over what is wrong already.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

from bot.policy.durations import BUSINESS, LONGEST, NEXT_SPRINT, duration
from bot.policy.reading import Reading
from bot.policy.severity import DEADLINES
from bot.policy.source import Spot
from bot.words import ClockKind, Severity

MOST_CRITERIA = 8  # a Slack limit: ten checkboxes, and the modal asks about exposed data beside these

_ORDER = (ClockKind.ACKNOWLEDGE, ClockKind.MITIGATE, ClockKind.RESOLVE)
_CALLED = "escalate_if_not_mitigated"


def check_severities(*, reading: Reading, root: Spot) -> None:
    """Note every contradiction inside the severity file at `root` (G3)."""
    for worse, milder in pairwise(Severity):
        for path in (*((kind.value,) for kind in DEADLINES), ("updates", "every")):
            _check_rise(reading, root, worse, milder, path)
    for severity in Severity:
        rules = root.at("severities", severity)
        if rules:
            _check_rules(reading, root, rules)
    _check_above(reading, root, root.at("due_soon", "short_upto"), (root.at("due_soon", "short_before"),))
    ladder = root.at("update_ladder")
    if ladder:
        _check_above(reading, root, ladder.at("contact_after"), (ladder.at("commander_after"),))
    _check_criteria(reading, root)


def _check_rise(reading: Reading, root: Spot, worse: Severity, milder: Severity, path: tuple[str, ...]) -> None:
    first, second = root.at("severities", worse, *path), root.at("severities", milder, *path)
    if second is None:
        return
    if first is None:
        if root.at("severities", worse):
            reading.refuse(second, allowed=f"possible while {worse.label} has none")
        return
    least, span = _span(root, first), _span(root, second)
    if least and span and span < least:
        reading.refuse(second, allowed=f"at least {worse.label}'s {first.value}")


def _check_rules(reading: Reading, root: Spot, rules: Spot) -> None:
    """Note what contradicts itself within one severity."""
    for first, second in pairwise(spot for spot in map(rules.at, _ORDER) if spot):
        least, span = _span(root, first), _span(root, second)
        if least and span and span < least:
            reading.refuse(second, allowed=f"at least `{first.key}: {first.value}`")
    _check_called(reading, rules)
    _check_steps(reading, root, rules)
    every, ladder = rules.at("updates", "every"), root.at("update_ladder")
    if ladder:
        _check_above(reading, root, every, (ladder.at("heads_up_before"), ladder.at("contact_after")))


def _check_called(reading: Reading, rules: Spot) -> None:
    """Note a missed mitigation that calls nobody, and a call that no clock makes (G3.2)."""
    mitigate, called = rules.at(ClockKind.MITIGATE), rules.at(_CALLED)
    if mitigate and not called:
        reading.refuse(mitigate, allowed=f"complete without `{_CALLED}`: nobody would be called")
    if called and not mitigate:
        reading.refuse(called, allowed="of use without `mitigate`: no clock would call them")


def _check_steps(reading: Reading, root: Spot, rules: Spot) -> None:
    steps = rules.at("paging", "steps")
    entries = steps.value if steps and isinstance(steps.value, tuple) else ()
    starts = [start for start in (entry.at("after") for entry in entries) if start]
    for first, second in pairwise(starts):
        earlier, later = _span(root, first), _span(root, second)
        if earlier is not None and later is not None and later < earlier:
            reading.refuse(second, allowed=f"after the step before it (`after: {first.value}`)")
    _check_above(reading, root, rules.at("paging", "nobody_after"), starts[-1:])


def _check_above(reading: Reading, root: Spot, spot: Spot | None, others: Iterable[Spot | None]) -> None:
    """Note a span at `spot` that is not longer than each of the `others`."""
    span = _span(root, spot)
    for other in others:
        least = _span(root, other)
        if spot and span and other and least is not None and span <= least:
            reading.refuse(spot, allowed=f"longer than `{other.key}: {other.value}`")


def _check_criteria(reading: Reading, root: Spot) -> None:
    lists = [spot for spot in (root.at("severities", severity, "criteria") for severity in Severity) if spot]
    total = sum(len(spot.value) for spot in lists if isinstance(spot.value, tuple))
    if total > MOST_CRITERIA:
        reading.refuse(lists[-1], allowed=f"short enough: {total} in all severities, at most {MOST_CRITERIA}")


def _span(root: Spot, spot: Spot | None) -> timedelta | None:
    """Return the span at `spot` at its shortest: the next sprint is one, business hours are hours like others."""
    if spot is None or not isinstance(spot.value, str):
        return None
    said = f"{_sprint_days(root)}d" if spot.value == NEXT_SPRINT else spot.value.removesuffix(BUSINESS)
    span = duration(said)
    return span if span is not None and span <= LONGEST else None


def _sprint_days(root: Spot) -> object:
    days = root.at("sprint", "days")
    return days.value if days else None
