"""Back again: what people read after Tocsin was away, once, in the incident's own channel."""

import pytest

from tests.stories.company import UNDONE, Cast

AWAY = (
    "Tocsin was away from 14:10 UTC to 14:17 UTC. Clocks kept running; 1 reminder was not sent and is not sent late."
    " Missed meanwhile: update due 14:15 UTC."
)


async def away(company: Cast, span: str) -> None:
    """Stop Tocsin, let `span` go by, and start it again."""
    assert company.bot is not None
    await company.bot.stop()
    company.bot = None
    await company.sandbox.advance(span)
    await company.start_bot()
    await company.sandbox.settle()


async def led(company: Cast) -> str:
    """Let Noor command a SEV-1 that is mitigated at 14:10, so that only its updates are due; return its channel."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")
    await company.sandbox.advance("10m")
    channel = company.channel_of(1)
    await company.types("noor", "/incident mitigate Rolled back to 2.41", channel=channel)
    return channel


def lines(company: Cast, channel: str, *, seen_by: str = "noor") -> list[str]:
    """Return the lines about Tocsin having been away, in the order they were posted."""
    return [text for text in company.texts(channel, seen_by=seen_by) if "was away" in text]


async def test_what_was_missed_meanwhile(company: Cast) -> None:
    """Away over the due time of an update: when, what was not sent, what was missed; then the nudge itself."""

    channel = await led(company)
    await away(company, "7m")
    said = company.texts(channel)
    await company.sandbox.advance("1m")

    assert [
        AWAY,
        "Noor Haddad: the status update for INC-1 is due now. None was posted yet.",
    ] == said[-2:]
    assert 1 == len(lines(company, channel))
    assert [] == company.undone()
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()
    timeline = await company.types("noor", "/incident timeline", channel=channel)
    assert "Tocsin was away from" in timeline


async def test_nothing_was_due(company: Cast) -> None:
    """With nothing due it says from when to when, and no more; away again, it says so again."""

    channel = await led(company)
    await company.types("noor", "/incident update Errors are gone", channel=channel)
    await away(company, "3m")
    await company.sandbox.advance("5m")
    await away(company, "4m")

    assert [
        "Tocsin was away from 14:10 UTC to 14:13 UTC.",
        "Tocsin was away from 14:18 UTC to 14:22 UTC.",
    ] == lines(company, channel)


async def test_a_restart_says_nothing(company: Cast) -> None:
    """Started again within a minute, and again: not a word, and no wake of its own either."""

    channel = await led(company)
    for _ in range(3):
        await away(company, "40s")
    company.sandbox.workspace.calls.clear()
    await company.sandbox.advance("1h")

    assert [] == lines(company, channel)


async def test_pages_that_were_overtaken_are_said(company: Cast) -> None:
    """Away right after a SEV-1 was declared: the pages that nobody sent are counted beside the reminders."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await away(company, "9m")
    (line,) = lines(company, company.channel_of(1))

    assert line.startswith("Tocsin was away from 14:00 UTC to 14:09 UTC. Clocks kept running; ")
    assert " page" in line
    assert "acknowledgement due 14:05 UTC, commander's answer due 14:05 UTC." in line


async def test_every_open_channel_hears_it_and_no_other(company: Cast) -> None:
    """A public and a private one and a test are told each in its own channel; what is over, and everybody else, not."""

    await led(company)
    await company.types("ada", "/incident declare private sev2 Payroll leaked")
    await company.types("ada", "/incident declare test sev3 Trying it out")
    await company.types("ada", "/incident declare sev3 Search is slow")
    await company.types("ada", "/incident 4 cancel the probe itself was broken")
    before = {one: company.texts(one) for one in ("incidents", "leadership", "general", "ml-incidents-sev1")}
    await away(company, "5m")

    channels = [company.incident(number).channel for number in (1, 2, 3, 4)]
    heard = [len(lines(company, channel.name, seen_by="ada")) if channel else None for channel in channels]
    assert [1, 1, 1, 0] == heard
    elsewhere = [text for one in before for text in company.texts(one) if "was away" in text]
    assert [] == elsewhere
    assert not any("was away" in text for who in ("ada", "noor", "sam", "mia") for text in company.direct(who))


async def test_a_channel_that_was_not_made_yet_hears_it_too(company: Cast) -> None:
    """Tocsin went away before Slack made the channel: the line comes after the card, once it stands."""

    await company.sandbox.fault({"error": {"method": "conversations.create", "status": 503, "times": None}})
    await company.types("ada", "/incident declare sev2 Checkout returns 500s")
    company.sandbox.faults.errors.clear()
    await away(company, "30m")
    said = company.texts(company.channel_of(1))

    assert 1 == len(lines(company, company.channel_of(1)))
    assert "was away" not in said[0]
    assert [] == [row.effect.id for row in company.undone() if row.state in UNDONE]


@pytest.mark.long
async def test_hearing_it_is_no_flood(company: Cast) -> None:
    """Twenty open at once: each is told once, Slack's limits hold, and the page that was due goes first."""

    for number in range(20):
        await company.types("ada" if number % 2 else "mia", f"/incident declare sev4 Job {number} is late")
        await company.sandbox.advance("1m")
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    since = len(company.sandbox.workspace.calls)
    await away(company, "4m")
    await company.sandbox.advance("3m")
    posted = [
        call.args.get("text", "")
        for call in company.sandbox.workspace.calls[since:]
        if call.method == "chat.postMessage"
    ]
    told = [place for place, text in enumerate(posted) if "was away" in text]
    pages = [place for place, text in enumerate(posted) if text.startswith("Page")]

    assert 21 == len(told)
    assert pages
    assert pages[0] < told[1]
