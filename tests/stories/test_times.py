"""Times people give: when it started, was detected, was alerted."""

from tests.stories.company import Cast, words
from tests.stories.test_reading import spaced

ROOM = "inc-1-checkout-returns-500s"


async def declared(company: Cast) -> None:
    """Let Ada declare INC-1."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.advance("20m")


def stamp(company: Cast, *, minutes: int) -> int:
    """Return the Unix seconds of so many minutes from now, on the minute."""
    return int(company.sandbox.clock.now().timestamp()) // 60 * 60 + 60 * minutes


async def test_a_time_is_said_back_as_it_was_understood(company: Cast) -> None:
    """In the author's zone, which is named; the card shows it, and a correction keeps what was before."""
    await declared(company)
    first = await company.types("ada", "/incident times started yesterday 23:10", channel=ROOM)
    second = await company.types("noor", "/incident 1 times started yesterday 22:50 UTC")
    await company.sandbox.settle()
    timeline = await company.types("ada", "/incident timeline clocks", channel=ROOM)

    assert "Europe/Berlin, " in first
    assert "INC-1: started " in first
    assert "22:50 UTC. A time given before stays on the timeline." in second
    assert "Started" in words(company.messages(ROOM)[0]["blocks"]) or "Started" in str(company.messages(ROOM))
    assert ", not " in spaced(timeline)
    assert 2 == len(company.incident(1).told_times)
    assert company.incident(1) == company.replayed(1)


async def test_what_cannot_be_is_refused(company: Cast) -> None:
    """The future and what is no time change nothing."""
    await declared(company)
    ahead = await company.types("ada", "/incident 1 times started 2099-01-01 10:00")
    unread = await company.types("ada", "/incident 1 times started soon")
    which = await company.types("ada", "/incident 1 times finished 13:50")

    assert "That is in the future." in ahead
    assert "is no time" in unread
    assert "is no time" in which
    assert () == company.incident(1).told_times


async def test_the_form_takes_three_times(company: Cast) -> None:
    """What lies ahead is said beside its picker; the rest is kept."""
    await declared(company)
    form = await company.act("ada", "command", channel=ROOM, text="/incident times")
    wrong = await company.act("ada", "submit", values={"started": stamp(company, minutes=90)})
    await company.act(
        "ada",
        "submit",
        values={"started": stamp(company, minutes=-50), "detected": stamp(company, minutes=-40)},
    )
    await company.sandbox.settle()

    assert "Times of INC-1" == form["view"]["title"]["text"]
    assert "That is in the future." in str(wrong)
    assert ["started", "detected"] == [one.which for one in company.incident(1).told_times]


async def test_a_start_given_while_declaring(company: Cast) -> None:
    """It stands on the card from the first moment."""
    await company.act("ada", "command", channel="general", text="/incident declare")
    started = stamp(company, minutes=-30)
    await company.act("ada", "submit", values={"title": "Checkout returns 500s", "started": started})
    await company.sandbox.settle()

    at = company.incident(1).started_at
    assert at is not None
    assert started == at.timestamp()
    assert "*Started*" in str(company.messages(ROOM))
