"""📌: a message in the incident's channel goes onto its timeline once, and whoever pinned it hears so privately."""

from bot.incident.history.events import NoteAdded
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
