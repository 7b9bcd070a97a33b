"""Reading: timelines turned page by page, summaries, lists and the panel, and what stays invisible."""

import re
from dataclasses import replace

import pytest

from bot.words import Classification
from sandbox.sight import person_named
from tests.stories.company import Cast, said, words
from tests.stories.witness import refused, standing, told

ROOM = "inc-1-checkout-returns-500s"
NOWHERE = "There is no INC-{} that you can see. /incident list shows those you can."


async def declared(company: Cast, number: int = 1) -> None:
    """Let Ada declare so many incidents."""
    for each in range(number):
        await company.types("ada", f"/incident declare sev3 Checkout {each} returns 500s")
        await company.sandbox.advance("30s")


def made_private(company: Cast, number: int) -> None:
    """Let the incident be confidential."""
    incident = company.incident(number)
    with company.store.write() as unit:
        hidden = replace(incident, classification=Classification.CONFIDENTIAL)
        unit.incidents.save(hidden, was=incident.version)


def private(company: Cast, who: str) -> str:
    """Return all words of the newest private answer `who` can see, one space between them."""
    workspace = company.sandbox.workspace
    person = person_named(workspace, who)
    mine = [one for one in workspace.messages if one.ephemeral_to == person.id]
    return spaced(" ".join([mine[-1].text, *(words(block) for block in mine[-1].blocks)]))


def spaced(text: str) -> str:
    """Return `text` with single spaces, however its parts were marked."""
    return re.sub(r"\s+", " ", text)


async def test_a_timeline_is_turned_page_by_page(company: Cast) -> None:
    """The newest page first; older ones take its place, and nothing about the incident changes."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    for number in range(20):
        await company.types("noor", f"/incident note reading {number}", channel=ROOM)
    before = standing(company)
    newest = await company.types("ada", "/incident timeline notes", channel=ROOM)
    await company.presses("ada", "Older", channel=ROOM)
    older = private(company, "ada")
    await company.presses("ada", "Newer", channel=ROOM)
    newer = private(company, "ada")

    assert "Timeline of INC-1 (notes only), entries 6 to 20 of 20." in newest
    assert "“reading 19”" in newest
    assert "“reading 4”" not in newest
    assert "Timeline of INC-1 (notes only), entries 1 to 15 of 20." in older
    assert "Timeline of INC-1 (notes only), entries 6 to 20 of 20." in newer
    assert "unbroken" in newest
    assert before == standing(company)


async def test_a_note_is_taken_back_and_set_right(company: Cast) -> None:
    """Undo marks it; a correction stands beside it; the first words stay."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("ada", "/incident note p99 dubled", channel=ROOM)
    undone = said(await company.presses("ada", "Undo", channel=ROOM))
    await company.types("ada", "/incident note correct 1 p99 doubled", channel=ROOM)
    timeline = await company.types("ada", "/incident 1 timeline notes")

    assert "Note 1 is marked as withdrawn on the timeline of INC-1; nothing was deleted." in undone
    for line in ("Note “p99 dubled” (no. 1)", "Note 1 withdrawn", "Correction of note 1 “p99 doubled” (no. 2)"):
        assert line in spaced(timeline)
    assert company.replayed(1) == company.incident(1)


async def test_a_note_tells_of_earlier(company: Cast) -> None:
    """In UTC when it says so; a time to come, or from before, is refused with the words kept."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.advance("20m")
    await company.types("ada", "/incident 1 note at 14:10 UTC p99 doubled")

    assert "about 14:10 UTC" in spaced(await company.types("ada", "/incident 1 timeline notes"))
    assert "That is in the future." == await refused(company, "ada", "/incident 1 note at 14:40 UTC p99 doubled")
    assert "That is before INC-1 was declared (14:00 UTC)." == (
        await refused(company, "ada", "/incident 1 note at 13:10 UTC p99 doubled")
    )


async def test_leadership_reads_a_summary_from_its_headline(company: Cast) -> None:
    """One press under the headline, answered privately beside it."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")
    await company.sandbox.settle()
    answer = await company.presses("lena", "Summary", channel="leadership")

    assert "INC-1 in short: SEV-1, acknowledged, Noor Haddad commands" in told(answer)
    assert "Who is affected: Not stated yet." in spaced(said(answer))
    assert 1 == len(company.texts("leadership", seen_by="mia"))


async def test_a_list_is_turned_six_at_a_time(company: Cast) -> None:
    """Eight are open: six, then two; closed ones are asked for by name."""

    await declared(company, 8)
    first = await company.types("ada", "/incident list")
    await company.presses("ada", "Next 6", channel="general")
    second = private(company, "ada")

    assert "8 incidents are open: INC-8 SEV-3" in first
    assert ("INC-3 ·" in first, "INC-2 ·" in first) == (True, False)
    assert ("INC-3 ·" in second, "INC-2 ·" in second, "INC-1 ·" in second) == (False, True, True)
    assert "Nothing is over yet." in await company.types("ada", "/incident list closed")
    assert "8 incidents are open and yours" in await company.types("ada", "/incident list mine")


async def test_the_panel_shows_what_this_person_may_do(company: Cast) -> None:
    """A bare slash in the channel, or a number anywhere; a note is one press away."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")
    mine = await company.types("noor", "/incident", channel=ROOM)
    yours = await company.types("tomas", "/incident 1")
    await company.presses("tomas", "Note", channel="general")
    await company.act("tomas", "submit", values={"note": "legal was asked"})

    assert "You are commander. Not shown: Acknowledge (already acknowledged)" in mine
    assert "You can read, note, escalate and page." in yours
    assert "“legal was asked”" in await company.types("tomas", "/incident 1 timeline")


@pytest.mark.parametrize("typed", ["timeline", "summary", "", "note I guessed", "ack"])
async def test_a_private_incident_is_not_there_for_others(company: Cast, typed: str) -> None:
    """Absent and forbidden sound the same, so counting up numbers finds nothing."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    made_private(company, 1)

    assert NOWHERE.format(1) == await refused(company, "iris", f"/incident 1 {typed}")
    assert NOWHERE.format(77) == await refused(company, "iris", f"/incident 77 {typed}")
    assert "There is no incident." in await company.types("iris", "/incident list all")
    assert "INC-1" in await company.types("ada", "/incident list")


@pytest.mark.parametrize("typed", ["summary", ""])
async def test_who_governs_knows_of_a_private_incident_only_what_it_is(company: Cast, typed: str) -> None:
    """Number, severity and clocks; its title, and anything done in it, are not there for them either."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    made_private(company, 1)
    known = await company.types("tomas", f"/incident 1 {typed}")

    assert "INC-1" in known
    assert "SEV-1" in known
    assert "Mitigate by" in known
    assert "Checkout" not in known
    assert "Ada" not in known
    for other in ("timeline", "note I guessed", "ack"):
        assert NOWHERE.format(1) == await refused(company, "tomas", f"/incident 1 {other}")


async def test_a_declarer_hears_of_no_private_incident(company: Cast) -> None:
    """What else opened lately is named only to who may see it."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    made_private(company, 1)

    assert "INC-1" not in await company.types("tomas", "/incident declare sev3 Search is slow")


async def test_a_record_that_was_altered_is_said_and_told(company: Cast) -> None:
    """The timeline names the first bad entry, and the operators hear of it once."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    incident = company.incident(1)
    with company.store.write() as unit:
        unit.incidents.save(replace(incident, version=incident.version + 5), was=incident.version)
    timeline = await company.types("ada", "/incident 1 timeline")
    await company.types("ada", "/incident 1 timeline")
    await company.sandbox.settle()

    assert "❗ The record does not verify from entry" in timeline
    assert 1 == len([text for text in company.texts("ops", seen_by="mia") if "does not verify" in text])
