"""A channel that others read: another organisation, or everybody here when it was private (abuse cases 49 and 50)."""

import json
from collections.abc import Sequence
from typing import Any

from tests.stories.company import Cast, words

TITLE, WORDS = "Checkout returns 500s", "Half of EU checkouts fail"
SECRET = ("Checkout", "checkouts", "pool limit", "Noor", "Sam Reyes", "+49", "+44")
ROOM = "inc-1-checkout-returns-500s"
WITHHELD = "Details are withheld: this channel is shared with Acme Ltd."


async def declared(company: Cast, *, channel: str = ROOM) -> None:
    """Let Ada declare a SEV-1 that Noor commands."""
    await company.types("ada", "/incident declare")
    seen = {"Who may see it?": "confidential"} if channel.endswith("private") else {}
    values = {"title": TITLE, "Severity": "sev1", "description": WORDS, **seen}
    await company.act("ada", "submit", values=values)
    await company.sandbox.settle()
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.settle()


def card(company: Cast, channel: str, *, seen_by: str = "ada") -> str:
    """Return all words of the card, as it stands in the channel."""
    ours = [one for one in company.messages(channel, seen_by=seen_by) if one["user"] == "tocsin" and not one["subtype"]]
    return f"{ours[0]['text']} {words(ours[0]['blocks'])}"


def buttons(company: Cast, channel: str, *, seen_by: str = "ada") -> list[str]:
    """Return what can be pressed in Tocsin's first message of a channel."""
    ours = [one for one in company.messages(channel, seen_by=seen_by) if one["user"] == "tocsin" and not one["subtype"]]
    return [one["text"]["text"] for block in ours[0]["blocks"] for one in block.get("elements", ()) if "text" in one]


def sent_there(company: Cast, channel: str, *, since: int) -> str:
    """Return everything that was sent to a channel in the calls after the first `since`."""
    [room] = [one.id for one in company.sandbox.workspace.channels.values() if one.name == channel]
    calls = [one.args for one in company.sandbox.workspace.calls[since:] if one.ok]
    reads = ("users", "oldest")
    return json.dumps([args for args in calls if args.get("channel") == room and not set(reads) & set(args)])


def leaked(company: Cast, channel: str, *, since: int) -> Sequence[str]:
    """Return the secret words sent to a channel after the first `since` calls."""
    everything = sent_there(company, channel, since=since)
    return [word for word in SECRET if word in everything]


async def share(company: Cast, channel: str, *, who: str = "ada", settle: bool = True) -> int:
    """Share a channel with Oona's organisation; return how many calls there were before."""
    before = len(company.sandbox.workspace.calls)
    await company.act(who, "share", channel=channel, user="oona", settle=settle)
    return before


def deadlines(company: Cast, channel: str, since: int) -> float:
    """Return how many seconds after the sharing the card was cut."""
    calls = company.sandbox.workspace.calls[since:]
    cut = next(one for one in calls if one.method == "chat.update" and WITHHELD in json.dumps(one.args))
    return (cut.at - calls[0].at).total_seconds()


async def test_abuse_49_a_channel_becomes_shared(company: Cast) -> None:
    """Abuse case 49: within 5 s the card is cut; nothing internal follows it, and the commander is asked."""
    await declared(company)
    before = await share(company, ROOM)
    after = len(company.sandbox.workspace.calls)
    await company.types("noor", "/incident update pool limit raised", channel=ROOM)
    await company.types("noor", "/incident sev 2 only the EU is affected", channel=ROOM)
    await company.types("ada", "/incident role scribe @sam", channel=ROOM)
    await company.sandbox.advance("40m")
    await company.types("noor", "/incident resolve pool limit raised", channel=ROOM)
    await company.sandbox.settle()

    assert deadlines(company, ROOM, before) <= 5
    assert f"{TITLE}" not in card(company, ROOM, seen_by="oona")
    assert [] == leaked(company, ROOM, since=after)
    assert WITHHELD in card(company, ROOM, seen_by="oona")
    assert [] == buttons(company, ROOM, seen_by="oona")
    assert f"#{ROOM} is now shared with Acme Ltd. Tocsin posts no details there." in " ".join(company.direct("noor"))
    assert "shared with Acme Ltd." in _topic(company, ROOM)
    assert TITLE not in _topic(company, ROOM)
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()
    assert [] == company.sandbox.workspace.violations


def _topic(company: Cast, channel: str) -> str:
    return next(one.topic for one in company.sandbox.workspace.channels.values() if one.name == channel)


async def test_make_internal_channel(company: Cast) -> None:
    """It goes on in a new channel with its people; the old card stays cut, and the new one is whole."""
    await declared(company)
    await share(company, ROOM)
    await company.presses("noor", "Make internal channel", channel="noor")
    await company.sandbox.settle()
    await company.types("noor", "/incident 1 update pool limit raised")
    await company.sandbox.settle()
    fresh = f"{ROOM}-2"
    new = next(one for one in company.sandbox.workspace.channels.values() if one.name == fresh)
    people = {company.sandbox.workspace.people[one].handle for one in new.members}
    before = len(company.sandbox.workspace.calls)
    await company.act("ada", "unshare", channel=ROOM, user="oona")

    assert {"ada", "noor"} <= people
    assert "oona" not in people
    assert TITLE in card(company, fresh)
    assert "made this channel for INC-1: the one before is shared with Acme Ltd." in " ".join(company.texts(fresh))
    assert "pool limit raised" in " ".join(company.texts(fresh))
    assert "INC-1 goes on in another channel." in card(company, ROOM)
    assert [] == leaked(company, ROOM, since=before)
    assert "INC-1 goes on in its new channel." in " ".join(company.direct("noor"))
    assert company.incident(1) == company.replayed(1)
    assert [] == company.undone()
    assert [] == company.sandbox.workspace.violations


async def test_keep_withholding_over_a_restart_until_it_is_unshared(company: Cast) -> None:
    """Left as it is, details stay away over a restart; unshared, the card is whole again and a line says so."""
    await declared(company)
    await share(company, ROOM)
    await company.presses("noor", "Keep withholding", channel="noor")
    await company.sandbox.settle()
    if company.bot:
        await company.bot.stop()
    await company.start_bot()
    before = len(company.sandbox.workspace.calls)
    await company.types("noor", "/incident update pool limit raised", channel=ROOM)
    await company.sandbox.settle()
    kept, withheld = leaked(company, ROOM, since=before), card(company, ROOM)
    await company.act("ada", "unshare", channel=ROOM, user="oona")
    await company.sandbox.settle()

    assert [] == kept
    assert WITHHELD in withheld
    assert TITLE in card(company, ROOM)
    assert (
        "This channel is no longer shared outside: details of INC-1 are shown here from now on."
        == company.texts(ROOM)[-1]
    )
    assert TITLE in _topic(company, ROOM)
    assert company.incident(1) == company.replayed(1)


async def test_telephone_numbers_go_to_the_declarer(company: Cast) -> None:
    """Nobody answers in a shared channel: the numbers go to the declarer by direct message, and stand nowhere else."""
    await company.types("ada", f"/incident declare sev1 {TITLE}")
    await company.sandbox.settle()
    await share(company, ROOM)
    after = len(company.sandbox.workspace.calls)
    await company.sandbox.advance("15m")

    assert [] == leaked(company, ROOM, since=after)
    assert "+49" in json.dumps(_direct(company, "ada"))
    assert [] == [one for one in company.undone() if one.effect.view == "nobody"]


def _direct(company: Cast, who: str) -> list[Any]:
    rooms = [one for one in company.sandbox.workspace.channels.values() if one.is_im]
    person = next(one.id for one in company.sandbox.workspace.people.values() if one.handle == who)
    return [message.blocks for room in rooms if person in room.members for message in room.messages]


async def test_a_shared_announcement(company: Cast) -> None:
    """The incidents and broadcast channels, shared with others, show number, severity and status only; replies none."""
    await share(company, "incidents")
    await share(company, "ml-incidents-sev1")
    before = len(company.sandbox.workspace.calls)
    await declared(company)
    await company.types("noor", "/incident update pool limit raised", channel=ROOM)
    await company.sandbox.advance("3h")
    said = company.texts("incidents", seen_by="oona")

    assert [] == leaked(company, "incidents", since=before)
    assert [] == leaked(company, "ml-incidents-sev1", since=before)
    assert [f"SEV-1 INC-1, acknowledged. {WITHHELD}"] == said[:1]
    assert TITLE in card(company, ROOM)


async def test_a_standing_announcement_is_cut(company: Cast) -> None:
    """An announcement that stands when its channel is shared is cut; unshared, it is whole again."""
    await declared(company)
    await share(company, "incidents")
    cut = company.texts("incidents", seen_by="oona")
    await company.act("ada", "unshare", channel="incidents", user="oona")
    await company.sandbox.settle()

    assert TITLE not in " ".join(cut)
    assert TITLE in " ".join(company.texts("incidents"))


async def test_abuse_50_a_private_channel_gets_another_id(company: Cast) -> None:
    """Abuse case 50: sharing a private channel changes its id; everything goes on there, and it stays private."""
    await declared(company, channel="inc-1-private")
    was = company.incident(1).channel
    await share(company, "inc-1-private")
    now = company.incident(1).channel
    await company.act("ada", "unshare", channel="inc-1-private", user="oona")
    await company.types("noor", "/incident update pool limit raised", channel="inc-1-private")
    await company.sandbox.settle()

    assert was
    assert now
    assert was.id != now.id
    assert TITLE in card(company, "inc-1-private")
    assert "pool limit raised" in " ".join(company.texts("inc-1-private"))
    assert TITLE not in " ".join(company.texts("incidents"))
    assert company.incident(1) == company.replayed(1)
    assert [] == company.undone()


async def test_abuse_50_a_private_channel_is_made_public(company: Cast) -> None:
    """Abuse case 50: privacy goes by flags; made public, the card is cut within a minute and the commander is told."""
    await declared(company, channel="inc-1-private")
    await company.act("ada", "convert", channel="inc-1-private", to="public")
    await company.sandbox.advance("61s")
    cut = card(company, "inc-1-private", seen_by="lena")
    asked = company.direct("noor")
    await company.presses("noor", "Make private channel", channel="noor")
    await company.sandbox.settle()

    assert TITLE not in cut
    assert "Details are withheld: everyone here can read this channel." in cut
    assert "is now public: everyone here can read it." in " ".join(asked)
    assert TITLE in card(company, "inc-1-private-2")
    assert TITLE not in card(company, "inc-1-private", seen_by="lena")
    assert company.incident(1) == company.replayed(1)
