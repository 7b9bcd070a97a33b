"""Who is on call, how they can be reached, and whether Do Not Disturb keeps a page silent: the real protocol."""

from datetime import UTC, datetime

from sqlalchemy import text

from tests.stories.company import Cast, said
from tests.stories.witness import refused

ROOM = "inc-1-checkout-returns-500s"
MORNING = int(datetime(2026, 11, 21, 6, 0, tzinfo=UTC).timestamp())


def card(company: Cast) -> str:
    """Return all that stands on the card of INC-1."""
    return next(str(one["blocks"]) for one in company.messages(ROOM) if "Everyone here" in str(one["blocks"]))


def entries(company: Cast) -> list[str]:
    """Return the actions of the audit log that are about a person."""
    with company.store.read() as unit:
        connection = unit.audit._connection  # noqa: SLF001 - the log has no reader for people yet
        rows = connection.execute(text("select action from audit_entry where resource like 'person:%' order by seq"))
        return [row[0] for row in rows]


async def test_who_is_on_call(company: Cast) -> None:
    """One line: each turn with the person's own time and how they can be reached; Mia's quiet hours are said."""

    answer = await company.types("ada", "/incident oncall")

    assert (
        "ML Platform · primary Noor Haddad, 15:00 CET, reachable (DM, e-mail) · "
        "secondary Sam Reyes, 14:00 GMT, reachable (DM, e-mail) · "
        "commander on call Mia Chen, 06:00 PST, quiet hours · until Nov 23 at 08:00 UTC"
    ) in answer
    assert "+49" not in answer


async def test_a_gap_and_a_team_there_is_none_of(company: Cast) -> None:
    """A turn nobody holds is shown as one; an unknown team is answered with those there are."""

    answer = await company.types("ada", "/incident oncall data platform")
    sentence = await refused(company, "ada", "/incident oncall search")

    assert "❗ Nobody is secondary for Data Platform until" in answer
    assert "There is no team search. Teams: ML Platform, Data Platform." == sentence


async def test_a_team_with_nobody(company: Cast) -> None:
    """Where every turn is a gap, whoever asks is told the way on, and governance hears of it once a day."""

    await company.act("sam", "deactivate", user="ada")
    sentence = await company.types("noor", "/incident oncall data")
    await refused(company, "sam", "/incident oncall data")

    assert "Team Data Platform has nobody on call now." in sentence
    assert 1 == len([one for one in company.texts("governance", seen_by="lena") if "Data Platform" in one])


async def test_telephone_numbers_stay_inside_an_incident(company: Cast) -> None:
    """Numbers are in the private answer given in the incident's channel, and nowhere else."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    inside = await company.types("ada", "/incident oncall", channel=ROOM)
    outside = await company.types("ada", "/incident oncall")

    assert "+49 30 23125 101" in inside
    assert "+49" not in outside
    assert not any("+49 30 23125 101" in str(one["blocks"]) for one in company.messages(ROOM, seen_by="noor"))


async def test_a_guest_asks(company: Cast) -> None:
    """A guest is told where to turn, and neither who is on call nor that nobody is."""

    answer = said(await company.act("gus", "command", channel="general", text="/incident oncall"))

    assert "Guests cannot act on incidents." in answer
    assert "Noor" not in answer


async def test_testing_ones_page(company: Cast) -> None:
    """Each way is tried and marked TEST, no incident begins, and what arrived is on the record."""

    answer = await company.types("noor", "/incident oncall test")
    letter = company.mailbox.of("noor@example.com")[0]
    told = company.direct("noor")
    await company.presses("noor", "It reached me")
    again = await refused(company, "noor", "/incident oncall test")
    await company.sandbox.advance("10m")
    later = await company.types("noor", "/incident oncall test")

    assert "is being sent to you by DM and e-mail" in answer
    assert letter.subject.startswith("TEST page t-")
    assert ["TEST page: nothing is wrong, and no clock runs. Press It reached me."] == told
    assert "reached you at" in str(company.direct("noor"))
    assert again.startswith("You tested your page")
    assert "is being sent to you by" in later
    assert ["person.page_tested", "person.page_test_reached", "person.page_tested"] == entries(company)
    assert [] == company.timers()
    assert company.audit_is_whole()


async def test_a_way_that_does_not_work_is_said_to_whoever_tests_it(company: Cast) -> None:
    """Without a mail server the test says so at once: nobody finds out in the night that it was missing."""

    if company.bot:
        await company.bot.stop()
    company.settings = {**company.settings, "tocsin_smtp_host": ""}
    await company.start_bot()
    await company.types("noor", "/incident oncall test")

    lost = company.direct("noor")[-1]
    assert "cannot reach you by e-mail: no mail server is set up. As it is, a real page would not either." in lost


async def test_who_is_in_no_list(company: Cast) -> None:
    """Somebody policy does not know hears who keeps the list."""

    await company.act("ada", "hire", user="zoe", real_name="Zoe Adler")

    assert "You are not in people.yaml" in await refused(company, "zoe", "/incident oncall test")


async def test_the_page_of_ones_own_tests_too(company: Cast) -> None:
    """The page says until when one is on call, and its button sends the test."""

    await company.act("noor", "open_home")
    tested = await company.presses("noor", "Test my page", view="home")

    home = str(company.sandbox.workspace.modals.homes["U0NOOR00000"].body["blocks"])
    assert "*You are on call* for ML Platform, primary, until" in home
    assert "is being sent to you by DM and e-mail" in str(tested["view"]["blocks"])


async def test_do_not_disturb_is_said_and_the_page_goes_by_e_mail(company: Cast) -> None:
    """Noor has it on until the morning: the e-mail leaves at once, card and declarer say so, no post is added."""

    await company.act("noor", "change", dnd=True, dnd_until=MORNING)
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    posts = len(company.texts(ROOM))
    line = await company.types("ada", "/incident oncall")
    await company.sandbox.advance("150s")

    assert 1 == len(company.mailbox.of("noor@example.com"))
    assert "Noor Haddad has Do Not Disturb on until" in card(company)
    assert "the page also goes by e-mail" in card(company)
    assert 1 == posts
    assert "primary Noor Haddad, 15:00 CET, Do Not Disturb until" in line
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_do_not_disturb_that_cannot_be_read_matters_to_nothing(company: Cast) -> None:
    """Slack answers dnd.info with an error: the page is sent, the answer stands, nothing is retried into a limit."""

    company.sandbox.faults.set(
        {"error": {"method": "dnd.info", "error": "missing_scope", "times": None}}, now=company.sandbox.clock.now()
    )
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    line = await company.types("ada", "/incident oncall")

    assert 1 == len(company.direct("noor"))
    assert "primary Noor Haddad, 15:00 CET, reachable" in line
    assert company.incident(1).pages[0].quiet_until is None
