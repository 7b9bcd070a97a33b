"""Turns of duty as policy writes them: "Mon 09:00" in a team's zone, "22:00 to 07:00" in a person's."""

import re
from collections.abc import Mapping
from datetime import time

from bot.policy.business import BusinessHours
from bot.policy.calendar import Handoff, QuietHours, Weekday
from bot.policy.reading import Reading
from bot.policy.source import Spot

_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_HANDOFF = re.compile(rf"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) {_TIME}")
_QUIET = re.compile(rf"{_TIME} to {_TIME}")


def read_handoff(*, reading: Reading, at: Mapping[str, Spot]) -> Handoff | None:
    """Return when turns change hands, of the table `at` with `handoff` and `zone`; None where policy does not say."""
    spot, zone = at.get("handoff"), at.get("zone")
    name = reading.zone(zone) if zone else ""
    if spot is None:
        return None
    found = _HANDOFF.fullmatch(reading.matching(spot, shape=_HANDOFF, allowed="a day and a time (like Mon 09:00)"))
    if zone is None:
        reading.refuse(spot, allowed="complete without `zone`: the time would be nobody's")
    if found is None or zone is None:
        return None
    return Handoff(day=Weekday[found[1].upper()], at=time(int(found[2]), int(found[3])), zone=name)


def read_quiet(*, reading: Reading, spot: Spot | None) -> QuietHours | None:
    """Return the quiet hours at `spot`, or None where policy sets none."""
    if spot is None:
        return None
    found = _QUIET.fullmatch(reading.matching(spot, shape=_QUIET, allowed="two times (like 22:00 to 07:00)"))
    if found is None:
        return None
    return QuietHours(start=time(int(found[1]), int(found[2])), end=time(int(found[3]), int(found[4])))


def read_business_hours(*, reading: Reading, spot: Spot | None) -> BusinessHours | None:
    """Return the business hours at `spot`, or None where policy names none."""
    if spot is None:
        return None
    at = reading.fields(spot, required=("days", "hours", "zone"))
    days = tuple(_weekday(reading, one) for one in reading.items(at.get("days"), most=len(Weekday)))
    hours = read_quiet(reading=reading, spot=at.get("hours")) or QuietHours(start=time(9), end=time(17))
    if hours.start >= hours.end:
        reading.refuse(at.get("hours"), allowed="two times of one day, the earlier one first")
    return BusinessHours(days=days, opens=hours.start, closes=hours.end, zone=reading.zone(at.get("zone")))


def _weekday(reading: Reading, spot: Spot) -> Weekday:
    said = spot.value.upper() if isinstance(spot.value, str) else ""
    if said in Weekday.__members__:
        return Weekday[said]
    reading.refuse(spot, allowed="a day of the week (Mon, Tue, Wed, Thu, Fri, Sat or Sun)")
    return Weekday.MON
