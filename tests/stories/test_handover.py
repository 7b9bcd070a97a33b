"""Command handed over in Slack: offered by a form, answered by direct message, and never a gap."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.incident.history.handing import OfferEnd
from sandbox.shown import message_shown
from sandbox.sight import person_named
from tests.stories.company import Cast, words
from tests.stories.conftest import START
from tests.stories.test_home import shown
from tests.stories.test_reading import made_private
from tests.stories.witness import everything_said, refused, strings, told

ROOM = "inc-1-checkout-returns-500s"
NOOR, SAM, MIA = "U0NOOR00000", "U0SAM000000", "U0MIA000000"
BRIEF = (
    "State: acknowledged 14:02 UTC, Rolling back · Clocks: mitigate by 14:30 UTC, resolve by 18:00 UTC, "
    "update by 14:19 UTC · Open: nothing named · Told: leadership 14:04 UTC, #ml-incidents-sev1 14:04 UTC"
)


async def led(company: Cast) -> None:
    """Let Ada declare INC-1, Noor command it after two minutes and post an update after four."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.advance("2m")
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.advance("2m")
    await company.types("noor", "/incident 1 update Rolling back")
    await company.sandbox.settle()


async def offers(company: Cast, to: str = "sam", **values: Any) -> Mapping[str, Any]:
    """Let Noor offer command, the brief as it is written for her."""
    await company.types("noor", f"/incident 1 handover @{to}")
    answer = await company.act("noor", "submit", values=values)
    await company.sandbox.settle()
    return answer


def direct(company: Cast, who: str) -> list[Mapping[str, Any]]:
    """Return Tocsin's direct messages to `who` as they stand, private answers aside."""
    workspace = company.sandbox.workspace
    person = person_named(workspace, who)
    rooms = [room for room in workspace.channels.values() if {person.id, workspace.bot.id} == set(room.members)]
    said = [message_shown(workspace, message) for room in rooms for message in room.messages]
    return [one for one in said if one["user"] == "tocsin" and not one["ephemeral"]]


def labels(message: Mapping[str, Any]) -> list[str]:
    """Return the buttons of a message."""
    return [
        element["text"]["text"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def offer_to(company: Cast, who: str) -> Mapping[str, Any]:
    """Return the newest offer to `who`, as it stands."""
    return next(
        one for one in reversed(direct(company, who)) if "command of" in one["text"] and "no longer" not in one["text"]
    )


def card(company: Cast) -> str:
    """Return all words of the card."""
    return " ".join(strings(company.messages(ROOM)[0]["blocks"])) + " ".join(
        str(one["blocks"]) for one in company.messages(ROOM) if one["text"].startswith("SEV-1 INC-1")
    )


def ends(company: Cast) -> list[OfferEnd]:
    """Return how the offers of INC-1 ended."""
    return [one.how for one in company.incident(1).handing.ended]


def whole(company: Cast) -> None:
    """See that the row is what its entries make, the record verifies, and everything was delivered."""
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()
    assert [] == company.undone()


async def test_offered_and_accepted(company: Cast) -> None:
    """The brief is written from the record; Noor commands until Sam accepts; then all goes on with Sam."""

    await led(company)
    opened = await company.act("noor", "command", channel="general", text="/incident 1 handover @sam")
    fields = {one["block_id"]: one["element"] for one in opened["view"]["blocks"] if one["type"] == "input"}
    assert ("Hand over INC-1", "Offer") == (opened["view"]["title"]["text"], opened["view"]["submit"]["text"])
    assert (SAM, BRIEF) == (fields["to_whom"]["initial_user"], fields["brief"]["initial_value"])

    await company.act("noor", "submit", values={"watch": "EU queue length"})
    await company.sandbox.settle()
    offer = offer_to(company, "sam")
    assert (
        "Noor Haddad offers you command of SEV-1 INC-1. The brief is in this message. Answer within 10 min."
        == offer["text"]
    )
    assert ["Accept command", "Decline"] == labels(offer)
    assert NOOR == company.incident(1).commander
    assert "Command offered to Sam Reyes, waiting until" in card(company)

    await company.sandbox.advance("1m")
    await company.presses("sam", "Accept command", channel="sam")
    await company.sandbox.settle()

    line = "Sam Reyes commands INC-1 since 14:05 UTC, handed over by Noor Haddad."
    said = company.messages(ROOM)
    top = next(one for one in said if one["text"] == line)
    below = next(one for one in said if one["thread_ts"] == top["ts"] and one["ts"] != top["ts"])
    assert f"{BRIEF} Watch:  “EU queue length”" == " ".join(words(block) for block in below["blocks"])
    assert any(text.startswith("You command SEV-1 INC-1.") for text in company.direct("sam"))
    assert "✅ You accepted command of INC-1 at" in " ".join(strings(offer_to(company, "sam")["blocks"]))
    assert [] == labels(offer_to(company, "sam"))
    assert "You no longer command INC-1. Sam Reyes commands." in company.direct("noor")
    assert "Sam Reyes accepted and commands INC-1 since 14:05 UTC." in company.direct("noor")
    assert "Command offered" not in card(company)

    await company.sandbox.advance("11m")
    assert any("a status update is due" in text for text in company.direct("sam"))
    assert not any("a status update is due" in text for text in company.direct("noor"))
    whole(company)


async def test_declined_with_words(company: Cast) -> None:
    """Noor hears why and still commands; the next offer is one press away."""

    await led(company)
    await offers(company)
    answer = await company.types("sam", "/incident 1 handover decline on a train")
    await company.sandbox.settle()

    assert "You declined command of INC-1. Noor Haddad commands." in answer
    assert "Sam Reyes declined: “on a train”. You still command." == company.direct("noor")[-1]
    assert [] == labels(offer_to(company, "sam"))
    await company.presses("noor", "Offer to someone else", channel="noor")
    await company.act("noor", "submit", values={"to_whom": "mia"})
    await company.sandbox.settle()
    assert ["Accept command", "Decline"] == labels(offer_to(company, "mia"))
    whole(company)


async def test_declined_by_a_press(company: Cast) -> None:
    """At once, without a word."""

    await led(company)
    await offers(company)
    await company.presses("sam", "Decline", channel="sam")
    await company.sandbox.settle()

    assert "Sam Reyes declined. You still command." == company.direct("noor")[-1]
    assert (NOOR, [OfferEnd.DECLINED]) == (company.incident(1).commander, ends(company))


async def test_an_offer_ends_by_the_clock(company: Cast) -> None:
    """After ten minutes both hear it, though the bot was started anew meanwhile; a late answer changes nothing."""

    await led(company)
    await offers(company)
    bot = company.bot
    assert bot is not None
    await bot.stop()
    await company.start_bot()
    late = await company.types("mia", "/incident 1 handover accept")
    assert "Nobody offers you command of INC-1. Noor Haddad commands INC-1." in late
    await company.sandbox.advance("11m")

    assert "Sam Reyes did not answer by 14:14 UTC, so the offer ended. You still command." in company.direct("noor")
    assert "ended at 14:14 UTC without an answer" in offer_to(company, "sam")["text"]
    sentence = await refused(company, "sam", "/incident 1 handover accept")
    assert "That offer ended at 14:14 UTC. Noor Haddad still commands INC-1." == sentence
    whole(company)


async def test_an_offer_is_withdrawn(company: Cast) -> None:
    """By a line, by the button in the form, or by offering to somebody else; Sam's message says so."""

    await led(company)
    await offers(company)
    await company.types("noor", "/incident 1 handover withdraw")
    await company.sandbox.settle()
    assert "was withdrawn at 14:04 UTC. Noor Haddad commands." in offer_to(company, "sam")["text"]

    await offers(company)
    await company.types("noor", "/incident 1 handover")
    await company.presses("noor", "Withdraw offer", view="modal")
    await company.sandbox.settle()
    await offers(company)
    await offers(company, "mia")

    assert [OfferEnd.WITHDRAWN] * 3 == ends(company)
    assert MIA == company.incident(1).handing.offer.person  # type: ignore[union-attr]
    whole(company)


async def test_command_lent_until_a_time_goes_back(company: Cast) -> None:
    """The time is asked for when it is wanted; then Sam commands, and at that time Noor does again."""

    await led(company)
    await company.types("noor", "/incident 1 handover @sam")
    until = START + timedelta(hours=1)
    before = await company.act("noor", "submit", values={"span": "until"})
    assert "Choose the time in the field below" in str(before)
    drawn = await company.act("noor", "select", name="tick.span", value="until")
    assert "until_when" in str(drawn["view"]["blocks"])
    past = await company.act("noor", "submit", values={"until_when": int(START.timestamp())})
    assert "That is past." in str(past)
    await company.act("noor", "submit", values={"until_when": int(until.timestamp())})
    await company.sandbox.settle()
    await company.presses("sam", "Accept command", channel="sam")
    await company.sandbox.settle()
    assert "It is until 15:00 UTC; then command goes back to Noor Haddad." in company.texts(ROOM)[-2]

    await company.types("sam", "/incident 1 update Still rolling back")
    await company.sandbox.advance_to(until + timedelta(minutes=1))
    assert "Noor Haddad commands INC-1 again since 15:00 UTC, as agreed with Sam Reyes." in company.texts(ROOM)
    assert "You command INC-1 again since 15:00 UTC, as agreed with Sam Reyes." in company.direct("noor")
    assert "Command of INC-1 went back to Noor Haddad, as agreed." in company.direct("sam")
    assert NOOR == company.incident(1).commander
    whole(company)


async def test_command_stays_when_its_giver_has_left(company: Cast) -> None:
    """Noor is deactivated meanwhile: the seat is not given to nobody, and Sam and the channel hear why."""

    await led(company)
    await company.types("noor", "/incident 1 handover @sam")
    until = START + timedelta(minutes=20)
    await company.act("noor", "select", name="tick.span", value="until")
    await company.act("noor", "submit", values={"until_when": int(until.timestamp())})
    await company.sandbox.settle()
    await company.presses("sam", "Accept command", channel="sam")
    await company.act("ada", "deactivate", user="noor")
    await company.sandbox.advance_to(until + timedelta(minutes=1))

    left = "Command was to go back to Noor Haddad at 14:20 UTC, who is no member of this workspace any more."
    assert f"You still command INC-1. {left}" in company.direct("sam")
    assert f"Sam Reyes still commands INC-1. {left}" in company.texts(ROOM)
    assert SAM == company.incident(1).commander


async def test_a_private_incident_keeps_its_words_inside(company: Cast) -> None:
    """Who is offered comes in first, the brief is a reply in the channel; the direct messages carry the number only."""

    await led(company)
    made_private(company, 1)
    so_far = len(company.sandbox.workspace.calls)
    await offers(company, "mia", brief="SECRET the vendor leaked it", watch="SECRET queue")
    calls = company.sandbox.workspace.calls[so_far:]
    invited = next(place for place, one in enumerate(calls) if one.method == "conversations.invite")
    asked = next(place for place, one in enumerate(calls) if "offers you command" in str(one.args))
    assert invited < asked
    assert "The brief is in its channel." in str(company.direct("mia"))
    await company.presses("mia", "Decline", channel="mia")
    await company.sandbox.settle()
    await company.presses("noor", "Offer to someone else", channel="noor")
    await company.act("noor", "submit", values={"to_whom": "sam", "brief": "SECRET the vendor leaked it"})
    await company.sandbox.settle()
    await company.presses("sam", "Accept command", channel="sam")
    await company.sandbox.advance("10s")

    assert "SECRET" in everything_said(company)
    for who in ("mia", "sam", "noor", "iris", "ada"):
        assert "SECRET" not in str(direct(company, who))
    below = [one for one in company.messages(ROOM, seen_by="mia") if one["thread_ts"] and "SECRET" in str(one)]
    assert 2 == len(below)
    for place in ("incidents", "ml-incidents-sev1", "general"):
        assert "SECRET" not in str(company.messages(place))


async def test_two_people_press(company: Cast) -> None:
    """Mia takes over at the moment Sam accepts: one of them commands, the other is told how it stands."""

    await led(company)
    await offers(company)
    await company.types("mia", "/incident 1 command")
    await company.presses("mia", "Take command", settle=False)
    second = await company.presses("sam", "Accept command", channel="sam", settle=False)
    await company.sandbox.settle()

    assert MIA == company.incident(1).commander
    assert "That offer ended at 14:04 UTC. Mia Chen still commands INC-1." in str(second) + told(second) + str(
        company.sandbox.workspace.messages
    )
    assert [OfferEnd.OVERTAKEN] == ends(company)
    assert "ended at 14:04 UTC. Mia Chen commands. Nothing is needed from you." in offer_to(company, "sam")["text"]
    whole(company)


async def test_an_offer_ends_with_the_incident(company: Cast) -> None:
    """The form that resolves warns of it, and the offer says that it is over."""

    await led(company)
    await offers(company)
    form = await company.act("noor", "command", channel=ROOM, text="/incident resolve")
    assert "Still open: 1 handover offered. It ends when you resolve." in str(form["view"])
    await company.act("noor", "submit", values={"words": "Pool raised", "facilitator": "sam"})
    await company.sandbox.settle()

    assert "INC-1 is resolved. Nothing is needed from you." in offer_to(company, "sam")["text"]
    whole(company)


async def test_who_may_and_to_whom(company: Cast) -> None:
    """Only whoever commands; not to oneself, not to a guest, a bot, or a name that is none."""

    await led(company)
    sentence = await refused(company, "sam", "/incident 1 handover @mia")
    assert (
        "Noor Haddad commands INC-1, so only Noor Haddad can hand it over. You can take over; Noor Haddad is told."
        == sentence
    )
    assert "I cannot find a person in @maya." in await refused(company, "noor", "/incident 1 handover @maya")
    for whom, said in (("noor", "You command already; choose someone else."), ("gus", "is not a member")):
        await company.types("noor", "/incident 1 handover")
        answer = await company.act("noor", "submit", values={"to_whom": whom})
        assert said in str(answer)
        await company.act("noor", "close")
    assert None is company.incident(1).handing.offer


async def test_answered_from_the_page(company: Cast) -> None:
    """What is asked of Sam stands on Sam's own page, and is answered there, with a word why."""

    await company.act("sam", "open_home")
    await company.act("noor", "open_home")
    await led(company)
    await company.sandbox.advance("10s")
    await company.presses("noor", "Hand over", view="home")
    await company.act("noor", "submit", values={"to_whom": "sam"})
    await company.sandbox.advance("10s")
    assert "Accept command of INC-1 (offered by Noor Haddad)" in shown(company, "sam")

    await company.presses("sam", "Answer", view="home")
    await company.act("sam", "submit", values={"answer": "decline", "why": "on a train"})
    await company.sandbox.advance("10s")

    assert "Sam Reyes declined: “on a train”. You still command." in company.direct("noor")
    assert "Accept command" not in shown(company, "sam")


async def test_handed_over_from_the_panel_and_the_card(company: Cast) -> None:
    """The form is a press away wherever the commander looks."""

    await led(company)
    await company.types("noor", "/incident", channel=ROOM)
    await company.presses("noor", "Hand over", channel=ROOM)
    await company.act("noor", "close")
    await company.presses("noor", "Hand over command", channel=ROOM)
    await company.act("noor", "submit", values={"to_whom": "sam"})
    await company.sandbox.settle()
    assert "You command INC-1." in await company.types("sam", "/incident 1 command")

    assert SAM == company.incident(1).commander
    assert [OfferEnd.ACCEPTED] == ends(company)
