"""Business hours: which of them count for a span, across nights, weekends and changes of the clocks."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.incident.clocks import due
from bot.incident.reading.promises import promised
from bot.policy.business import BusinessHours, BusinessSpan
from bot.policy.calendar import Weekday
from bot.policy.errors import PolicyRejected
from bot.policy.load import load
from bot.policy.rota import resolve
from bot.policy.telling import tell
from bot.words import ClockKind, Severity

WEEKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
OFFICE = BusinessHours(days=WEEKDAYS, opens=time(9), closes=time(17), zone="Europe/Berlin")
NIGHTS = BusinessHours(days=tuple(Weekday), opens=time(1), closes=time(5), zone="Europe/Berlin")
KOLKATA = BusinessHours(days=WEEKDAYS, opens=time(9), closes=time(17), zone="Asia/Kolkata")


def utc(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DUE = [
    pytest.param(OFFICE, 4, "2026-11-20T08:00", "2026-11-20T12:00", id="within a day"),
    pytest.param(OFFICE, 8, "2026-11-20T08:00", "2026-11-20T16:00", id="to the day's last minute"),
    pytest.param(OFFICE, 4, "2026-11-20T14:00", "2026-11-23T10:00", id="over a weekend"),
    pytest.param(OFFICE, 4, "2026-11-21T12:00", "2026-11-23T12:00", id="begun on a Saturday"),
    pytest.param(OFFICE, 4, "2026-11-23T03:00", "2026-11-23T12:00", id="begun before the day"),
    pytest.param(OFFICE, 4, "2026-11-23T16:00", "2026-11-24T12:00", id="begun as the day ends"),
    pytest.param(OFFICE, 40, "2026-11-23T08:00", "2026-11-27T16:00", id="a whole week"),
    pytest.param(OFFICE, 8, "2026-10-23T14:00", "2026-10-26T15:00", id="clocks put back on the Sunday between"),
    pytest.param(OFFICE, 8, "2026-03-27T15:00", "2026-03-30T14:00", id="clocks put forward on the Sunday between"),
    pytest.param(NIGHTS, 3, "2026-03-29T00:00", "2026-03-29T03:00", id="Berlin: the hour that is left out"),
    pytest.param(NIGHTS, 4, "2026-03-29T00:00", "2026-03-30T00:00", id="Berlin: a night of three hours"),
    pytest.param(NIGHTS, 5, "2026-10-24T23:00", "2026-10-25T04:00", id="Berlin: the hour that comes twice"),
    pytest.param(KOLKATA, 4, "2026-11-20T10:30", "2026-11-23T06:30", id="Kolkata: half an hour off"),
]


@pytest.mark.parametrize(("hours", "span", "start", "until"), DUE)
def test_when_it_is_due(hours, span, start, until):
    """Only the hours that count run; a night without them adds none."""

    allowance = BusinessSpan(span=timedelta(hours=span), hours=hours)

    assert utc(until) == due(start=utc(start), allowance=allowance)


def with_acknowledge(shipped, said, **edits) -> dict[str, bytes]:
    """Return the shipped files with SEV-4 acknowledged within `said`, and other edits made (old=new)."""
    text = shipped["severity.yaml"].decode().replace("acknowledge: 4h", f"acknowledge: {said}")
    for old, new in edits.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return {**shipped, "severity.yaml": text.encode()}


def test_policy_says_it_in_words(shipped):
    """`4h business` is read, told by `policy show`, and promised by the declare form."""

    policy = load(with_acknowledge(shipped, "4h business"))

    assert policy.rules(Severity.SEV4).clocks[ClockKind.ACKNOWLEDGE] == BusinessSpan(
        span=timedelta(hours=4), hours=OFFICE
    )
    told = tell(policy, "sev4")
    assert "4 h of business hours" in " ".join(told if isinstance(told, str) else told.lines)
    rota = resolve(people=policy.people, members=())
    assert "acknowledge 4 h of business hours" in str(promised(policy=policy, rota=rota, severity=Severity.SEV4))


MISTAKES = [
    ("soon business", {}, "`acknowledge: soon` is not a duration (like 5m, 2h)"),
    ("30m business", {}, "`acknowledge: 30m business` is not at least SEV-3's 1h"),
    ("4h business", {"business_hours:": "print_hours:"}, "`acknowledge: 4h business` is not possible without"),
    ("4h", {"[Mon, Tue, Wed, Thu, Fri]": "[Mon, Funday]"}, "`days: Funday` is not a day of the week"),
    ("4h", {"hours: 09:00 to 17:00": "hours: 17:00 to 09:00"}, "`hours: 17:00 to 09:00` is not two times of one day"),
    ("4h", {"hours: 09:00 to 17:00": "hours: always"}, "`hours: always` is not two times"),
]


@pytest.mark.parametrize(("said", "edits", "sentence"), MISTAKES)
def test_mistakes(shipped, said, edits, sentence):
    """What is no business time is refused where it stands."""

    with pytest.raises(PolicyRejected) as rejected:
        load(with_acknowledge(shipped, said, **edits))

    assert any(sentence in str(error) for error in rejected.value.errors), rejected.value.errors


def test_policy_may_name_none(shipped):
    """Where no clock needs them, business hours may be left out."""

    text = shipped["severity.yaml"].decode()
    files = {**shipped, "severity.yaml": text[: text.index("business_hours:")].encode()}

    assert timedelta(hours=4) == load(files).rules(Severity.SEV4).clocks[ClockKind.ACKNOWLEDGE]
