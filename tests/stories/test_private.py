"""Private incidents: what stays inside, who may look in and how long, and what becomes of one made private late."""

import json
from typing import Any

import pytest

from bot.incident.model import Incident
from bot.words import Classification
from tests.stories.company import Cast, said
from tests.stories.witness import refusals

TITLE, WORDS = "Payroll export leaked", "Salaries of everyone are on the share"
SECRET = ("Payroll", "leaked", "Salaries", "quarantined", "legal hold", "Revoked")
PRIVATE = "inc-1-private"


async def declared(company: Cast) -> None:
    """Let Ada declare a private SEV-1 that Noor commands."""
    await company.types("ada", "/incident declare")
    await company.act("ada", "select", button="criteria", values=["data"])
    await company.act("ada", "submit", values={"title": TITLE, "Severity": "sev1", "description": WORDS})
    await company.sandbox.settle()
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.settle()


def outside(company: Cast) -> str:
    """Return all that was ever sent, but into the private channel, to dialogs, and to its people's own pages."""
    workspace = company.sandbox.workspace
    [hidden] = [room.id for room in workspace.channels.values() if room.name == PRIVATE]
    inside = {one.id for one in workspace.people.values() if one.handle in members(company, PRIVATE)}
    calls = [
        call.args
        for call in workspace.calls
        if call.args.get("channel") != hidden and call.method not in {"views.open", "views.update", "views.push"}
    ]
    seen = [args for args in calls if args.get("user_id") not in inside]
    rooms = [
        [room.name, room.topic, *((one.text, one.blocks) for one in room.messages)]
        for room in workspace.channels.values()
        if room.id != hidden
    ]
    return json.dumps([seen, rooms], default=str)


def leaks(company: Cast) -> list[str]:
    """Return the secret words that stand outside."""
    everything = outside(company)
    return [word for word in SECRET if word in everything]


def members(company: Cast, name: str) -> set[str]:
    """Return the handles of the people in a channel."""
    workspace = company.sandbox.workspace
    room = next(one for one in workspace.channels.values() if one.name == name)
    return {workspace.people[one].handle for one in room.members}


async def test_a_whole_private_life_leaks_nothing(company: Cast) -> None:
    """Abuse case 46: declared, chased, resolved, digested, its words stay inside and its number sounds like none."""
    await declared(company)
    await company.sandbox.advance("20m")
    await company.types("noor", "/incident update Share quarantined", channel=PRIVATE)
    await company.types("noor", "/incident escalate @mia legal hold needed", channel=PRIVATE)
    await company.types("noor", "/incident note legal hold in place", channel=PRIVATE)
    await company.types("noor", "/incident role scribe @sam", channel=PRIVATE)
    await company.sandbox.advance("1h")
    for who in ("ada", "noor", "lena", "tomas", "iris"):
        await company.act(who, "open_home")
    heard = [
        await company.types("iris", f"/incident {what}") for what in ("list", "1 summary", "1 timeline", "1", "1 join")
    ]
    await company.types("noor", "/incident resolve Revoked the share", channel=PRIVATE)
    await company.types("noor", "/incident timeline", channel=PRIVATE)
    await company.presses("noor", "As a file", channel=PRIVATE)
    await company.sandbox.advance("20h")

    assert [] == leaks(company)
    assert TITLE in str(company.messages(PRIVATE, seen_by="noor"))
    assert [] == [word for word in SECRET if word in str(heard)]
    assert {"There is no INC-1 that you can see. /incident list shows those you can."} == {
        one.splitlines()[0] for one in heard[1:]
    }
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_the_box_about_data_makes_it_private(company: Cast) -> None:
    """Ticked, the list says so; what was chosen by hand stays, and what is sent counts."""
    await company.types("ada", "/incident declare")
    ticked = await company.act("ada", "select", button="criteria", values=["data"])
    await company.act("ada", "select", label="Who may see it?", value="internal")
    by_hand = await company.act("ada", "select", button="criteria", values=["data", "sev1.1"])
    await company.act("ada", "submit", values={"title": TITLE})
    await company.types("ada", "/incident declare private sev2 Payroll export leaked again")
    await company.sandbox.settle()

    assert "confidential" == _seen(ticked)["initial_option"]["value"]
    assert "internal" == _seen(by_hand)["initial_option"]["value"]
    assert Classification.INTERNAL is company.incident(1).classification
    assert Classification.CONFIDENTIAL is company.incident(2).classification
    assert "inc-2-private" == company.channel_of(2)


def _seen(answer: Any) -> Any:
    return next(one["element"] for one in answer["view"]["blocks"] if one["block_id"].startswith("seen"))


async def test_access_ends_by_itself_over_a_restart(company: Cast) -> None:
    """Tomas may read it for two hours; the bot is restarted meanwhile, and takes him out in time."""
    await declared(company)
    before = await company.types("tomas", "/incident 1 summary")
    told = await company.types("noor", "/incident access @tomas 2h legal review", channel=PRIVATE)
    await company.sandbox.settle()
    inside = members(company, PRIVATE)
    if company.bot:
        await company.bot.stop()
    await company.start_bot()
    await company.sandbox.advance("1h50m")
    soon = company.direct("tomas")
    await company.sandbox.advance("11m")
    after = await company.types("tomas", "/incident 1 summary")

    assert "Tomas Vidal may read INC-1 until" in told
    assert "tomas" in inside
    assert [True, True] == [
        line in " ".join(soon) for line in ("You may read INC-1 until", "Your access to INC-1 ends at")
    ]
    assert "tomas" not in members(company, PRIVATE)
    assert "Your access to INC-1 for a time ended" in company.direct("tomas")[-1]
    assert "Tomas Vidal's access to INC-1 for a time ended" in " ".join(company.direct("noor"))
    known = "SEV-1 INC-1, private incident: acknowledged."
    assert [known, known] == [one.splitlines()[0] for one in (before, after)]
    assert {"noor", "ada"} <= members(company, PRIVATE)
    assert company.incident(1) == company.replayed(1)


async def test_what_access_is_not_for(company: Cast) -> None:
    """More than four hours, or given by somebody who does not lead."""
    await declared(company)
    long = await company.types("noor", "/incident access @tomas 5h legal review", channel=PRIVATE)
    longer = await company.types("noor", "/incident access @tomas for 9d legal review", channel=PRIVATE)
    stranger = await company.types("iris", "/incident 1 access @iris 1h legal review")

    assert [True, True] == ["Access to a private incident lasts 4 h at most." in one for one in (long, longer)]
    assert "There is no INC-1 that you can see." in stranger
    assert [35, 35, 8] == [number for _, _, number in refusals(company)][-3:]


async def test_a_button_kept_by_somebody_who_left(company: Cast) -> None:
    """Abuse case 34: access ended; a panel opened before does nothing, and tells no more than of one that is not."""
    await declared(company)
    await company.types("noor", "/incident access @tomas 1h legal review", channel=PRIVATE)
    await company.sandbox.settle()
    await company.types("tomas", "/incident 1")
    await company.types("noor", "/incident access end @tomas", channel=PRIVATE)
    await company.sandbox.settle()
    await company.presses("tomas", "Note")

    assert "tomas" not in members(company, PRIVATE)
    assert () == company.incident(1).access.grants
    assert ("tomas", "Press", 8) == refusals(company)[-1]


async def test_made_private_late(company: Cast) -> None:
    """A new private channel; the old one keeps what was said, but card, topic and announcements lose the title."""
    await company.types("ada", f"/incident declare sev1 {TITLE}")
    await company.sandbox.settle()
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.advance("2m")
    old = company.channel_of(1)
    opened = await company.act("ada", "command", channel=old, text="/incident classify confidential names are in it")
    answer = await company.act("ada", "submit", values={})
    await company.sandbox.settle()
    rooms = {room.name: room for room in company.sandbox.workspace.channels.values()}
    shared = str(
        [company.messages(place, seen_by="lena") for place in ("incidents", "ml-incidents-sev1", "leadership")]
    )
    card = company.messages(old)[0]

    assert "People who have read this channel keep what they read" in str(opened["view"])
    assert "" == said(answer)
    assert rooms[PRIVATE].is_private
    assert {"ada", "noor"} <= members(company, PRIVATE)
    assert TITLE in str(company.messages(PRIVATE, seen_by="noor"))
    assert ["SEV-1 INC-1, private incident. It goes on in private."] == [
        one["text"] for one in company.messages(old) if one["text"].startswith("SEV-1 INC-1")
    ]
    assert card is not None
    assert TITLE not in rooms[old].topic
    assert TITLE not in shared
    assert any("until a person archives it" in text for text in company.direct("noor"))
    assert TITLE not in " ".join(company.direct("noor"))
    assert "payroll" not in " ".join(company.direct("noor"))
    both: tuple[Incident, Incident] = (company.incident(1), company.replayed(1))
    assert both[0] == both[1]
    assert PRIVATE == company.incident(1).channel.name  # type: ignore[union-attr]


async def test_private_no_more(company: Cast) -> None:
    """With a reason announcements show its title; its channel stays private, and who wants to help joins by verb."""
    await declared(company)
    await company.act("ada", "command", channel=PRIVATE, text="/incident classify internal")
    thin = await company.act("ada", "submit", values={"why": "ok"})
    await company.act("ada", "submit", values={"why": "no personal data was in it"})
    await company.sandbox.settle()
    await company.types("tomas", "/incident 1 join")
    await company.sandbox.settle()

    assert {"why": "At least 10 letters or digits."} == thin["view"]["errors"]
    assert TITLE in str(company.messages("incidents"))
    assert "type `/incident 1 join`" in str(company.messages("incidents"))
    assert "tomas" in members(company, PRIVATE)


@pytest.mark.parametrize("text", ["classify secret", "access tomas 2h review", "access"])
async def test_what_cannot_be_read_is_said(company: Cast, text: str) -> None:
    """Nothing is changed, and the sentence says what to type."""
    await declared(company)
    answer = await company.types("noor", f"/incident 1 {text}")

    assert answer
    assert company.incident(1) == company.replayed(1)
    assert () == company.incident(1).access.grants
