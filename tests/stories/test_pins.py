"""📌: a message in the incident's channel goes onto its timeline once, and whoever pinned it hears so privately."""

import pytest

from bot.incident.history.note_events import NoteAdded
from tests.stories.company import Cast

PIN = "pushpin"


def notes(company: Cast, number: int = 1) -> list[NoteAdded]:
    """The notes on the incident's timeline."""
    with company.store.read() as unit:
        return [event for event in unit.audit.events(number) if isinstance(event, NoteAdded)]


async def writes(company: Cast, who: str, channel: str, text: str, **more: object) -> str:
    """Let somebody write a message; return its timestamp."""
    await company.act(who, "message", channel=channel, text=text, **more)
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == channel)
    return room.messages[-1].ts


async def begun(company: Cast) -> str:
    """Have INC-1 declared; return the name of its channel."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    return company.channel_of(1)


def whispers(company: Cast) -> list[str]:
    """What Tocsin told somebody privately in a channel."""
    return [str(call.args["text"]) for call in company.calls("chat.postEphemeral")]


async def test_a_pinned_message_is_a_note(company: Cast) -> None:
    """It keeps who wrote it and who pinned it, and the one who pinned it is told."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "p99 doubled at 13:50")

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)

    people = {one.handle: one.id for one in company.sandbox.workspace.people.values()}
    assert [("p99 doubled at 13:50", people["noor"], people["ada"])] == [
        (note.words, note.by, note.author) for note in notes(company)
    ]
    assert notes(company)[0].pin.endswith(f"/{ts}")
    assert ["On the timeline of INC-1."] == whispers(company)
    assert "On the timeline of INC-1." not in company.texts(channel, seen_by="ada")


async def test_a_message_goes_onto_the_timeline_once(company: Cast) -> None:
    """A second pin, by the same person or another, adds nothing and says nothing."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "p99 doubled at 13:50")

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)
    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN, remove=True)
    for who in ("noor", "ada"):
        await company.act(who, "react", channel=channel, ts=ts, emoji=PIN)

    assert 1 == len(notes(company)) == len(whispers(company))


async def test_a_reply_in_a_thread_can_be_pinned(company: Cast) -> None:
    """What was said in a thread is found as well."""
    channel = await begun(company)
    root = await writes(company, "ada", channel, "Is it the pool?")
    reply = await writes(company, "noor", channel, "Yes, it is exhausted", thread_ts=root)

    await company.act("ada", "react", channel=channel, ts=reply, emoji=PIN)

    assert ["Yes, it is exhausted"] == [note.words for note in notes(company)]


async def test_secrets_in_a_pinned_message_stay_out(company: Cast) -> None:
    """What the scrubber takes out of typed words it takes out of pinned ones (G6.2)."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "Customer jane.doe@example.com cannot pay")

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)

    assert "jane.doe" not in notes(company)[0].words


async def test_only_a_persons_message_in_the_incidents_channel_counts(company: Cast) -> None:
    """Other reactions, Tocsin's own card, and messages of other places change nothing."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "looking")
    card = next(one for one in company.messages(channel) if one["user"] == "tocsin")
    elsewhere = await writes(company, "ada", "incidents", "Salaries are in the log")

    await company.act("noor", "react", channel=channel, ts=ts, emoji="eyes")
    await company.act("noor", "react", channel=channel, ts=card["ts"], emoji=PIN)
    await company.act("ada", "react", channel="incidents", ts=elsewhere, emoji=PIN)

    assert [] == notes(company)
    assert [] == whispers(company)


async def test_who_is_not_in_the_channel_pins_nothing(company: Cast) -> None:
    """Somebody who only looks in from outside changes nothing."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "p99 doubled at 13:50")

    await company.act("iris", "react", channel=channel, ts=ts, emoji=PIN)

    assert [] == notes(company)


async def test_a_message_too_long_for_a_note_is_cut(company: Cast) -> None:
    """A pinned message of any length is kept as far as a note goes."""
    channel = await begun(company)
    ts = await writes(company, "ada", channel, "log line " * 400)

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)

    assert 2000 == len(notes(company)[0].words)


async def shares(company: Cast, who: str, source: str, channel: str, text: str = "") -> str:
    """Let somebody forward the newest message of `source` to `channel`; return the new message's timestamp."""
    told = company.messages(source, seen_by=who)[-1]["ts"]
    await company.act(who, "forward", **{"from": source, "ts": told, "channel": channel, "text": text})
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == channel)
    return room.messages[-1].ts


@pytest.mark.parametrize("with_bot", [True, False])
async def test_what_was_forwarded_from_a_private_place_stays_out(company: Cast, with_bot: bool) -> None:
    """Refused with why, to who pinned it alone; neither what was forwarded nor what was written above it is kept."""
    channel = await begun(company)
    await company.act("ada", "create", channel="secrets", private=True)
    if with_bot:
        await company.act("ada", "invite", channel="secrets", user="tocsin")
    await writes(company, "ada", "secrets", "The CFO resigns on Monday")
    ts = await shares(company, "ada", "secrets", channel, "See the CFO thing")

    for who in ("ada", "noor"):
        await company.act(who, "react", channel=channel, ts=ts, emoji=PIN)

    assert [] == notes(company)
    assert ["That message brings words from a private place, so it was not put on the timeline of INC-1."] * 2 == [
        text.split(" Say ")[0] for text in whispers(company)
    ]
    assert "CFO" not in await company.types("noor", "/incident 1 timeline")


async def test_what_was_forwarded_from_a_public_channel_is_kept(company: Cast) -> None:
    """Anyone can read it there: both what was forwarded and what was written above it are on the timeline."""
    channel = await begun(company)
    await writes(company, "ada", "general", "Deploy 2.41 went out at 13:50")
    ts = await shares(company, "ada", "general", channel, "This one?")

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)

    assert ["This one?\nDeploy 2.41 went out at 13:50"] == [note.words for note in notes(company)]


async def test_what_was_forwarded_within_the_channel_is_kept(company: Cast) -> None:
    """It was said here before."""
    channel = await begun(company)
    await writes(company, "ada", channel, "p99 doubled at 13:50")
    ts = await shares(company, "ada", channel, channel)

    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)

    assert ["p99 doubled at 13:50"] == [note.words for note in notes(company)]


async def test_the_shortcut_takes_only_the_link_from_a_private_place(company: Cast) -> None:
    """In the form stand the link and a warning, none of the words."""
    await company.act("ada", "create", channel="secrets", private=True)
    ts = await writes(company, "ada", "secrets", "The CFO resigns on Monday")
    answer = await company.act("ada", "shortcut", callback_id="declare.from_message", channel="secrets", ts=ts)

    view = str(answer["view"])
    assert "CFO" not in view
    assert f"/p{ts.replace('.', '')}" in view
    assert "People outside that conversation cannot open this link." in view
