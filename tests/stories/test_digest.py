"""The daily digest comes at nine where its channel is read, once, whatever was restarted meanwhile."""

from datetime import UTC, datetime

from tests.stories.company import Cast

NINE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
QUIET = "Quiet: nothing open, nothing declared since yesterday 09:00."


def digests(company: Cast) -> list[str]:
    """The digests in leadership's channel."""
    return [text for text in company.texts("leadership", seen_by="lena") if text.startswith(("Incidents, ", "Quiet"))]


async def test_a_quiet_day_is_one_line_at_nine(company: Cast) -> None:
    """Nothing before nine in Berlin, one line then, and no other until the next day."""
    await company.sandbox.advance("17h59m")
    before = digests(company)
    await company.sandbox.advance("1m")
    at_nine = digests(company)
    await company.sandbox.advance("23h")

    assert ([], [QUIET], [QUIET]) == (before, at_nine, digests(company))


async def test_what_is_open_is_told(company: Cast) -> None:
    """A SEV-3 that nobody answers stands in the digest, without its title."""
    await company.types("ada", "/incident declare sev3 Search is slow")

    await company.sandbox.advance("19h")

    (told,) = digests(company)
    assert "Incidents, Saturday 21 November: 1 open, 0 resolved since yesterday, " in told
    assert "Search is slow" not in told


async def test_a_restart_tells_nothing_twice(company: Cast) -> None:
    """The day is the digest's id: a bot started again at nine adds none."""
    await company.sandbox.advance("18h")

    for _ in range(3):
        assert company.bot
        await company.bot.clock.tick()
    await company.sandbox.advance("1h")

    assert [QUIET] == digests(company)
