"""What Tocsin does while its database does not answer, and when it is back."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.ops.shell import serve
from tests.stories.company import Cast, said
from tests.stories.conftest import POSTGRES, SOCKETS, START
from tests.stories.lives import until
from tests.stories.mortal import Fatal, MortalCast
from tests.stories.outage import without_database
from tests.stories.witness import in_dialog

DECLARE = "/incident declare sev1 Checkout returns 500s"
HEARD_WITHIN_MS = 3_000


async def test_an_alarm_is_safe_and_pages_without_a_database(company: Cast) -> None:
    """Who declares hears that it is written down and who is paged; that person hears of it in Slack and by e-mail."""
    with without_database(company.database):
        told = await company.types("ada", DECLARE)
        await company.sandbox.settle()
        page, letters = company.direct("noor"), company.mailbox.letters
        elsewhere = company.texts("incidents")

    assert "Your alarm is safe: written down as D-" in told
    assert "Noor Haddad is being paged now." in told
    assert "so there is no channel yet; it is made when it is back." in told
    assert 1 == len(page)
    assert page[0].startswith("Page: SEV-1 D-")
    assert "Checkout returns 500s. You are primary on call." in page[0]
    assert [(("noor@example.com",), True)] == [(letter.to, "Page: SEV-1 D-" in letter.subject) for letter in letters]
    assert [] == elsewhere


async def test_it_is_an_incident_once_the_database_is_back(company: Cast) -> None:
    """Channel, times from then, a line that says so; nobody is paged twice, and the page has its buttons now."""
    with without_database(company.database):
        await company.types("ada", DECLARE)
        await until(company, minutes=0.5)
    await until(company, minutes=0.8)
    incident = company.incident(1)

    assert START == incident.declared.at == incident.clocks_from
    assert incident.spooled_as.startswith("D-")
    line = f"INC-1 was declared by Ada Obi at 14:00 UTC while the database was down ({incident.spooled_as}, degraded)"
    assert [True] == [line in one for one in company.texts(company.channel_of(1)) if "degraded" in one]
    assert 1 == len(company.direct("noor"))
    assert company.direct("noor")[0].startswith("Page: SEV-1 INC-1, Checkout returns 500s.")
    assert 1 == len(company.mailbox.letters)
    await company.presses("noor", "Acknowledge")
    assert company.incident(1).acknowledged is not None
    assert company.replayed(1) == company.incident(1)
    assert company.audit_is_whole()
    assert [] == list(company.undone())


async def test_other_verbs_and_buttons_are_answered_too(company: Cast) -> None:
    """Nothing else is recorded meanwhile, and whoever tries is told so, and what to do, with an error id."""
    await company.types("ada", DECLARE)
    with without_database(company.database):
        typed, pressed, form = await asyncio.gather(
            company.types("noor", "/incident 1 update Rolling back, errors falling", settle=False),
            company.presses("noor", "Acknowledge"),
            company.types("ada", "/incident", settle=False),
        )

    assert "The database is not answering, so this was not recorded and nothing changed." in typed
    assert "add it later with /incident note. Error E-" in typed.replace("`", "")
    assert "so this was not recorded and nothing changed." in said(pressed)
    assert "To raise an alarm now, type /incident declare what is broken" in form.replace("`", "")
    assert company.incident(1).acknowledged is None


async def test_every_answer_comes_within_slacks_three_seconds(company: Cast) -> None:
    """A database that hangs holds nobody up, however many ask at once."""
    with without_database(company.database):
        answers = await asyncio.gather(
            *(company.act(who, "command", channel="general", text=f"/incident declare sev1 {who} is broken",
                          settle=False) for who in ("ada", "noor", "sam", "mia")),
            company.act("lena", "command", channel="general", text="/incident list", settle=False),
        )  # fmt: skip

    assert [True] * 5 == [answer["acked"] and answer["ack_ms"] < HEARD_WITHIN_MS for answer in answers]
    await company.sandbox.advance("1m")
    assert {f"{who} is broken" for who in ("ada", "noor", "sam", "mia")} == {
        company.incident(number).title for number in range(1, 5)
    }


async def test_a_form_is_written_down_too(company: Cast) -> None:
    """Who opened the form before can send it: it says where the words are now, and becomes an incident."""
    await company.types("ada", "/incident")
    with without_database(company.database):
        answer = await company.act(
            "ada", "submit", values={"title": "Checkout returns 500s", "severity": "sev1", "description": "since 14:00"}
        )

    assert "Your alarm is safe: written down as D-" in in_dialog(answer)
    await company.sandbox.advance("1m")
    assert ("Checkout returns 500s", "since 14:00") == (company.incident(1).title, company.incident(1).description)
    assert 1 == len(company.direct("noor"))


async def test_a_redelivery_and_the_same_words_again_write_nothing_twice(company: Cast) -> None:
    """Slack sends it twice, and the declarer types it again: one alarm, one page, one incident."""
    with without_database(company.database):
        await company.sandbox.fault({"duplicate": 1.0, "seed": 3})
        first = await company.types("ada", DECLARE)
        await company.sandbox.fault({"duplicate": 0.0})
        again = await company.types("ada", "/incident declare sev1 checkout returns  500s")

    assert first.split(",")[0] == again.split(",")[0]
    await company.sandbox.advance("1m")
    assert 1 == len(company.direct("noor")) == len(company.mailbox.letters)
    assert [1] == numbers(company)


async def test_a_private_alarm_keeps_its_words_to_itself(company: Cast) -> None:
    """No title in the page, the e-mail or the line; the file is for this account alone."""
    await company.types("ada", "/incident")
    with without_database(company.database):
        await company.act(
            "ada", "submit", values={"title": "Payroll leaked", "severity": "sev1", "seen": "confidential"}
        )
        files = list((company.settings["tocsin_spool_dir"]).iterdir())
        modes = {file.stat().st_mode & 0o777 for file in files}
        page, letter = company.direct("noor")[0], company.mailbox.letters[0]

    assert {0o600} == modes
    assert "private incident" in page
    assert not any("Payroll" in told for told in (page, letter.subject, letter.text))
    await company.sandbox.advance("1m")
    assert company.incident(1).is_private
    assert [] == [file for file in company.settings["tocsin_spool_dir"].iterdir() if file.suffix == ".jsonl"]


@pytest.mark.long
async def test_a_bot_that_is_started_without_its_database_takes_alarms(company: Cast) -> None:
    """It goes on by what it remembers: pages what was written down before, takes more, and catches up by itself."""
    with without_database(company.database):
        await company.sandbox.fault({"error": {"method": "chat.postMessage", "status": 500, "times": None}})
        await company.types("ada", DECLARE)
        await stop(company)
        company.sandbox.faults.errors.clear()
        await company.start_bot()
        await company.sandbox.advance("2m")
        more = await company.types("mia", "/incident declare sev1 Login fails")
        paged = company.direct("noor")

    assert "Your alarm is safe: written down as D-" in more
    assert 2 == len(paged)
    await company.sandbox.advance("1m")
    assert [1, 2] == numbers(company)
    assert 2 == len([told for told in company.direct("noor") if told.startswith("Page: ")])
    assert company.audit_is_whole()


async def test_a_slip_that_was_entered_is_not_entered_again(company: Cast) -> None:
    """Killed after the commit and before the file is gone: whoever comes next finds it done."""
    folder = company.settings["tocsin_spool_dir"]
    with without_database(company.database):
        await company.types("ada", DECLARE)
        (slip,) = folder.glob("*.jsonl")
        written = slip.read_bytes()
    await company.sandbox.advance("30s")
    left = slip.exists()
    slip.write_bytes(written)
    await company.sandbox.advance("30s")

    assert (False, False) == (left, slip.exists())
    assert [1] == numbers(company)
    assert 1 == len(company.direct("noor")) == len(company.mailbox.letters)
    assert company.replayed(1) == company.incident(1)


@pytest.mark.long
@pytest.mark.parametrize("surrounding", [SOCKETS, POSTGRES])
async def test_killed_while_the_database_is_down(
    surrounding: str, database_url: Callable[[str], str], tmp_path: Path
) -> None:
    """Killed when the declarer was answered and nobody was paged yet: the next one pages, with no database either.

    The next one waits ten real seconds for a SQLite that is locked, and none for a PostgreSQL that lets nobody in.
    """
    company = MortalCast(
        database=database_url(surrounding), started_at=START, settings={"tocsin_spool_dir": tmp_path / "spool"}
    )
    company.fatal = Fatal.AFTER_ACK
    await company.open()
    try:
        with without_database(company.database):
            told = await company.types("ada", DECLARE)
            paged = company.direct("noor")
        company.fatal = Fatal.NEVER
        await company.sandbox.advance("30s")
        pages = company.direct("noor")
        left = company.post_mortem()
    finally:
        await company.close()

    assert "Your alarm is safe: written down as D-" in told
    assert (1, True) == (len(paged), paged[0].startswith("Page: SEV-1 D-"))
    assert (1, True) == (len(pages), pages[0].startswith("Page: SEV-1 INC-1"))
    assert ["Declared", "DeclaredDegraded"] == list(left.record)[:2]
    assert left.row_is_replay
    assert left.audit_is_whole
    assert 1 == company.kills


async def test_what_was_declared_just_before_is_not_declared_again(company: Cast) -> None:
    """The same title by the same person, a minute before the database went: whoever was told hears which one it is."""
    await company.types("ada", DECLARE)
    with without_database(company.database):
        again = await company.types("ada", DECLARE)
    await company.sandbox.advance("30s")

    assert "written down as D-" in again
    assert [1] == numbers(company)
    told = [one for who in ("ada", "noor") for one in company.direct(who) if "is no incident of its own" in one]
    assert [True, True] == ["INC-1" in one for one in told]


async def test_an_operator_declares_without_slack_and_without_the_database(company: Cast) -> None:
    """The shell's alarm is written down and paged for, and its own id is said."""
    if company.bot is None or company.bot.outside is None:
        raise LookupError(company)
    request = {"do": "declare", "severity": "sev1", "title": "Checkout returns 500s"}
    with without_database(company.database):
        answer = await serve(company.bot.desk, request, standby=company.bot.outside.standby)
    await company.sandbox.advance("30s")

    assert "paged: Noor Haddad." in answer["text"]
    assert [1] == numbers(company)
    assert 1 == len(company.direct("noor"))


async def stop(company: Cast) -> None:
    """Stop the bot in good order."""
    if company.bot:
        await company.bot.stop()


def numbers(company: Cast) -> list[int]:
    """Return the numbers of everything open."""
    with company.store.read() as unit:
        return sorted(unit.incidents.open_numbers())
