"""The timeline as a file: by direct message, once, to nobody who may not read it."""

from dataclasses import replace

import pytest

from bot.incident.history.note_events import NoteAdded
from bot.words import Classification
from sandbox.records import File
from sandbox.sight import person_named
from tests.stories.company import Cast, said

ROOM = "inc-1-checkout-returns-500s"


async def begun(company: Cast) -> None:
    """Have INC-1 declared, acknowledged and noted upon."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")
    await company.types("ada", "/incident note p99 doubled <!channel> ``` [x](http://evil.example)", channel=ROOM)


def files(company: Cast) -> list[File]:
    """Every file that was shared."""
    return [file for file in company.sandbox.workspace.files.values() if file.channels]


def text(file: File) -> str:
    """What a file says."""
    return (file.content or b"").decode()


def made_private(company: Cast) -> None:
    """Let the incident be confidential."""
    incident = company.incident(1)
    with company.store.write() as unit:
        unit.incidents.save(replace(incident, classification=Classification.CONFIDENTIAL), was=incident.version)


async def asks(company: Cast, who: str, channel: str = "general") -> str:
    """Let somebody open the timeline and ask for it as a file; return what they hear."""
    await company.types(who, "/incident 1 timeline", channel=channel)
    return said(await company.presses(who, "As a file", channel=channel))


async def held_up(company: Cast, method: str) -> None:
    """Let Slack answer a method once that it is asked too often."""
    await company.sandbox.fault({"error": {"method": method, "error": "ratelimited", "retry_after": 30}})


async def test_a_timeline_comes_as_a_file(company: Cast) -> None:
    """Markdown in UTC, by direct message, to the one who pressed and nobody else."""

    await begun(company)
    heard = await asks(company, "lena")
    (file,) = files(company)
    words = text(file)
    with company.store.read() as unit:
        size = unit.audit.size(1)
        leaf = unit.audit.leaf(1, place=size)

    assert f"The timeline of INC-1 comes to you by direct message, as a file: {size} entries, times in UTC." in heard
    assert ("inc-1-timeline.md", "Timeline of INC-1") == (file.name, file.title)
    assert [f"Timeline of INC-1: {size} entries, times in UTC."] == company.direct("lena")
    assert words.startswith("# Timeline of INC-1\n\n```text\nCheckout returns 500s\n```\n")
    assert "- 2026-11-20T14:00:00Z Declared as SEV-1, awaiting confirmation · Ada Obi" in words
    assert "  ````text\n  p99 doubled" in words
    assert size == words.count("\n- 2026-")
    assert words.rstrip().endswith(f"unbroken · last leaf {leaf}")
    assert [] == company.undone()


async def test_asking_for_a_file_changes_nothing_else(company: Cast) -> None:
    """The incident, its record and its channel stay as they were."""

    await begun(company)
    before, said_before = company.incident(1), company.texts(ROOM, seen_by="noor")
    await asks(company, "ada", ROOM)

    assert (before, said_before) == (company.incident(1), company.texts(ROOM, seen_by="noor"))


async def test_two_presses_are_two_files_and_a_repeat_is_one(company: Cast) -> None:
    """Each press is answered; a delivery that Slack repeats is not a second press."""

    await begun(company)
    await company.types("ada", "/incident 1 timeline")
    await company.sandbox.fault({"duplicate": 1.0})
    await company.presses("ada", "As a file", channel="general")
    await company.sandbox.fault({"duplicate": 0.0})
    first = len(files(company))
    await company.presses("ada", "As a file", channel="general")

    assert (1, 2) == (first, len(files(company)))


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
@pytest.mark.parametrize("fault", ["cut", "error"])
async def test_a_file_arrives_once_whatever_breaks(company: Cast, method: str, fault: str) -> None:
    """A lost reply or an error at any of the three steps: the file is there, and there once."""

    await begun(company)
    planned = {"method": method} if fault == "cut" else {"method": method, "status": 503}
    await company.sandbox.fault({fault: planned})
    await asks(company, "ada")
    await company.sandbox.advance("2m")

    assert 1 == len(files(company)) == len([one for one in company.direct("ada") if "Timeline" in one])
    assert [] == company.undone()


async def test_outside_its_channel_a_private_incident_keeps_its_words(company: Cast) -> None:
    """Who is in it reads what happened, not what people said; from its own channel they read it whole."""

    await begun(company)
    made_private(company)
    heard = await asks(company, "ada")
    await asks(company, "ada", ROOM)
    outside, inside = files(company)

    assert "Its title and people's words stay in its channel." in heard
    assert ("Checkout" in text(outside), "p99" in text(outside)) == (False, False)
    assert "its title and people's words stay in its channel" in text(outside)
    assert ("Checkout" in text(inside), "p99" in text(inside)) == (True, True)
    assert ["inc-1-timeline.md"] * 2 == [outside.name, inside.name]


async def test_who_was_removed_meanwhile_gets_none(company: Cast) -> None:
    """It is settled again when the file leaves: by then they are out of the channel, or out of the company."""

    await begun(company)
    made_private(company)
    await company.types("noor", "/incident timeline", channel=ROOM)
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == ROOM)
    await held_up(company, "conversations.members")
    await company.presses("noor", "As a file", channel=ROOM)
    room.members.remove(person_named(company.sandbox.workspace, "noor").id)
    await company.sandbox.advance("2m")

    assert [] == files(company)
    assert [] == company.undone()


async def test_who_left_the_company_meanwhile_gets_none(company: Cast) -> None:
    """A deactivated account is sent nothing."""

    await begun(company)
    await company.sandbox.fault({"error": {"method": "files.getUploadURLExternal", "status": 503}})
    await asks(company, "sam")
    await company.act("ada", "deactivate", user="sam")
    await company.sandbox.advance("5m")

    assert [] == files(company)


async def test_a_private_timeline_is_no_file_for_others(company: Cast) -> None:
    """A button that stood before the incident became private is answered as if it did not exist."""

    await begun(company)
    await company.types("tomas", "/incident 1 timeline")
    made_private(company)
    heard = said(await company.presses("tomas", "As a file", channel="general"))

    assert "There is no INC-1 that you can see." in heard
    assert [] == files(company)


async def test_the_file_holds_what_was_on_the_record_at_the_press(company: Cast) -> None:
    """What is noted while it waits is left for the next one."""

    await begun(company)
    await held_up(company, "files.getUploadURLExternal")
    await asks(company, "ada")
    await company.types("ada", "/incident 1 note too late for the file")
    await company.sandbox.advance("3m")
    (file,) = files(company)

    with company.store.read() as unit:
        late = [one for one in unit.audit.events(1) if isinstance(one, NoteAdded)][-1]
    assert "too late for the file" == late.words
    assert "too late" not in text(file)
