"""Reading in full: a long timeline, many incidents, earlier updates, and who is called what."""

import pytest

from bot.incident.commands import AddNote
from bot.usecases.asked import Asked, Principal
from bot.usecases.asking import ask
from bot.words import ActorKind
from sandbox.sight import person_named
from tests.stories.company import Cast, said
from tests.stories.test_hostile_words import mrkdwn
from tests.stories.test_reading import ROOM, private, spaced

MANY = 300


def noted(company: Cast, count: int) -> None:
    """Let Ada put many notes on the timeline of INC-1, through the use-case people's notes take."""
    person = person_named(company.sandbox.workspace, "ada")
    who = Principal(kind=ActorKind.PERSON, id=person.id, team=person.team_id)
    assert company.bot is not None
    with company.store.write() as unit:
        for number in range(count):
            command = AddNote(words=f"reading {number}")
            ask(unit, Asked(key=f"note:{number}", who=who, command=command, number=1), company.bot.desk.world)


@pytest.mark.long
async def test_a_long_timeline_is_read_from_either_end(company: Cast) -> None:
    """Newest first, page by page; the whole of it as one file, every entry in it once."""

    await company.types("ada", "/incident declare sev3 Checkout returns 500s")
    noted(company, MANY)
    newest = await company.types("ada", "/incident timeline notes", channel=ROOM)
    await company.presses("ada", "Older", channel=ROOM)
    older = private(company, "ada")
    await company.presses("ada", "As a file", channel=ROOM)
    (file,) = (one for one in company.sandbox.workspace.files.values() if one.channels)
    text = (file.content or b"").decode()

    assert f"entries {MANY - 14} to {MANY} of {MANY}." in newest
    assert "unbroken" in newest
    assert f"entries {MANY - 29} to {MANY - 15} of {MANY}." in older
    assert [1] * MANY == [text.count(f"\n  reading {number}\n") for number in range(MANY)]


async def test_a_list_is_turned_on_and_back(company: Cast) -> None:
    """Seven are open: six, one, and the six again."""

    for each in range(7):
        await company.types("ada", f"/incident declare sev4 Service {each} is slow")
        await company.sandbox.advance("30s")
    first = await company.types("ada", "/incident list")
    await company.presses("ada", "Next 6", channel="general")
    second = private(company, "ada")
    await company.presses("ada", "Previous 6", channel="general")
    again = private(company, "ada")
    refused = await company.types("ada", "/incident timeline")

    assert ("INC-2 ·" in first, "INC-1 ·" in first) == (True, False)
    assert ("INC-2 ·" in second, "INC-1 ·" in second) == (False, True)
    assert ("INC-2 ·" in again, "INC-1 ·" in again) == (True, False)
    assert "Open now: INC-7, INC-6, INC-5, INC-4, INC-3 and 2 more." in spaced(refused)


async def test_earlier_updates_are_read_from_the_summary(company: Cast) -> None:
    """Privately, from whoever's headline or verb it was; turned as any timeline is."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")
    await company.types("noor", "/incident update Looking", channel=ROOM)
    lonely = await company.act("lena", "command", channel="general", text="/incident 1 summary")
    for number in range(2, 8):
        await company.types("noor", f"/incident update Step {number}", channel=ROOM)
    summary = await company.types("lena", "/incident 1 summary")
    earlier = spaced(said(await company.presses("lena", "Earlier updates", channel="general")))

    assert "Earlier updates" not in str(lonely["response"])
    assert "What is done: “Step 7”" in spaced(summary)
    assert "Timeline of INC-1 (status updates only), entries 3 to 7 of 7." in earlier
    assert ("“Step 3”" in earlier, "“Step 2”" in earlier) == (True, False)
    await company.presses("lena", "Older", channel="general")
    assert "“Step 2”" in private(company, "lena")


NAMES = {
    "marks": "*Ada* _O_ ~b~ `i` <!channel>",
    "turned": "Ada \u202eibO\u200f\u061c",
    "lines": "Ada\nObi",
    "long": "Ada " * 20,
}


@pytest.mark.parametrize("name", NAMES)
async def test_whatever_people_are_called_nothing_is_live(company: Cast, name: str) -> None:
    """In the timeline, the list, the roles, the summary and the file, also after they have left."""

    await company.types("ada", "/incident declare sev3 Checkout returns 500s")
    await company.types("iris", "/incident 1 role scribe")
    await company.act("iris", "change", real_name=NAMES[name])
    await company.act("noor", "deactivate", user="iris")
    verbs = ("1 timeline", "1 roles", "1 summary", "list", "1")
    answers = [await company.act("ada", "command", channel="general", text=f"/incident {verb}") for verb in verbs]
    shown = [str(answer) for answer in answers]
    await company.types("ada", "/incident 1 timeline")
    await company.presses("ada", "As a file", channel="general")
    (file,) = (one for one in company.sandbox.workspace.files.values() if one.channels)
    shown.append((file.content or b"").decode())

    live = ("*Ada*", "_O_", "~b~", "`i`", "\u202e", "\u200f", "\u061c", "Ada\nObi", "Ada\\nObi")
    assert [] == [(mark, place) for place, each in enumerate(shown) for mark in live if mark in each]
    assert "<!channel>" not in " ".join(text for answer in answers for text in mrkdwn(answer))
    assert all("Ada " * 11 not in each for each in shown)
