"""The update ladder and every button: what is said when, how calm a channel stays, and what each press does."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from sandbox.shown import message_shown
from sandbox.sight import person_named
from tests.stories.company import Cast
from tests.stories.witness import in_dialog, refusals, standing, strings, told

ROOM = "inc-1-checkout-returns-500s"
NOOR, SAM, MIA, ADA = "U0NOOR00000", "U0SAM000000", "U0MIA000000", "U0ADA000000"


async def declared(company: Cast) -> None:
    """Let Ada declare INC-1, a SEV-1."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")


async def commanded(company: Cast) -> None:
    """Let Ada declare INC-1, and Noor command it after a minute."""
    await declared(company)
    await company.sandbox.advance("1m")
    await company.presses("noor", "Take command", channel="noor")


def minutes(company: Cast) -> list[tuple[float, str]]:
    """Return what Tocsin posted in the incident's channel: minutes after the start, and the first words."""
    posts = [one for one in company.messages(ROOM) if one["user"] == "tocsin" and not one["subtype"]]
    posts = [one for one in posts if not one["ephemeral"] and not one["thread_ts"]]
    start = min(float(one["ts"]) for one in company.messages(ROOM))
    return [(round((float(one["ts"]) - start) / 60, 1), str(one["text"])) for one in posts]


def nudges(company: Cast) -> list[float]:
    """Return when the channel was told that an update is due, in minutes after the start."""
    said = [one for one in company.messages(ROOM) if "is due now" in " ".join(strings(one["blocks"]))]
    start = min(float(one["ts"]) for one in company.messages(ROOM))
    return [round((float(one["ts"]) - start) / 60, 1) for one in said]


def labels(message: Mapping[str, Any]) -> list[str]:
    """Return the buttons of a message, in order."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"] if element["type"] == "button"]


def direct(company: Cast, who: str) -> list[Mapping[str, Any]]:
    """Return the direct messages to `who` as they stand, private answers aside."""
    workspace = company.sandbox.workspace
    person = person_named(workspace, who)
    rooms = [room for room in workspace.channels.values() if {person.id, workspace.bot.id} == set(room.members)]
    said = [message_shown(workspace, message) for room in rooms for message in room.messages]
    return [one for one in said if one["user"] == "tocsin" and not one["ephemeral"]]


async def test_nobody_does_anything_and_the_channel_stays_calm(company: Cast) -> None:
    """Minutes 0 to 15 of a SEV-1 nobody answers: five posts, three direct messages to a person at most."""

    await declared(company)
    await company.sandbox.advance("15m")

    expected = [
        (0.0, "SEV-1 INC-1, Checkout returns 500s. Declared, nobody has acknowledged;"),
        (3.0, "INC-1 must be acknowledged by 14:05 UTC. If it is not, Mia Chen (ML Platform Lead) is paged."),
        (
            5.0,
            "Nobody has acknowledged INC-1 within 5 min, and nobody commands it. Mia Chen (ML Platform Lead) is being",
        ),
        (10.0, "Nobody has answered for SEV-1 INC-1 in 10 min. Call by telephone: numbers are in the message."),
        (15.0, "Noor Haddad: the status update for INC-1 is due now. None was posted yet."),
    ]
    assert [at for at, _ in expected] == [at for at, _ in minutes(company)]
    for (_, start), (_, words) in zip(expected, minutes(company), strict=True):
        assert words.startswith(start)
    assert {"noor": 3, "sam": 1, "mia": 1, "ada": 0} == {
        who: len(direct(company, who)) for who in ("noor", "sam", "mia", "ada")
    }
    assert ["Page: SEV-1 INC-1, Checkout returns 500s"] == [
        one.subject for one in company.mailbox.of("noor@example.com")
    ]


async def test_a_named_commander_who_is_silent_is_not_said_to_command(company: Cast) -> None:
    """At +10 the escalation contact hears that Noor was named, and that nobody has answered."""

    await declared(company)
    await company.sandbox.advance("25m")

    told_mia = "You are told as ML Platform Lead. Noor Haddad is named commander and has not answered yet."
    assert direct(company, "mia")[-1]["text"].endswith(told_mia)


async def test_what_the_clock_said_turns_to_done(company: Cast) -> None:
    """Due soon and missed, then commanded at 7: each message says when, how late, and has no buttons any more."""

    await declared(company)
    await company.sandbox.advance("7m")
    said = company.messages(ROOM)
    soon, missed = (next(one for one in said if words in one["text"]) for words in ("must be", "Nobody has"))
    assert ["Acknowledge", "Take command"] == labels(missed)
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.advance("10s")

    late = "INC-1: acknowledged at 14:07 UTC, 2 min late."
    by_ts = {one["ts"]: one for one in company.messages(ROOM)}
    drawn = [by_ts[soon["ts"]], by_ts[missed["ts"]]]
    assert [(late, [])] * 2 == [(one["text"], labels(one)) for one in drawn]
    assert "✅ INC-1: commander answered at" in " ".join(strings(drawn[1]["blocks"]))
    assert late in [one["text"] for one in direct(company, "noor")]


async def test_people_do_everything_right_and_hear_almost_nothing(company: Cast) -> None:
    """Acknowledged and commanded at 2, updated at 10, mitigated at 13: four posts, no reminder in the channel."""

    await declared(company)
    await company.sandbox.advance("2m")
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.advance("8m")
    await company.types("noor", "/incident 1 update Rolling back, errors falling")
    await company.sandbox.advance("3m")
    await company.types("noor", "/incident 1 mitigate Rolled back to 2.41")
    await company.sandbox.advance("2m")

    assert [
        (2.0, "Noor Haddad acknowledged INC-1 and commands it, 2 min after it was declared."),
        (
            10.0,
            "Status update 1 on SEV-1 INC-1 from Noor Haddad: Rolling back, errors falling. Next update within 15 min.",
        ),
        (13.0, "INC-1 is mitigated after 13 min. It is watched until resolved."),
    ] == minutes(company)[1:]
    assert 2 == len(direct(company, "noor"))


async def test_the_ladder_climbs_and_is_met(company: Cast) -> None:
    """Heads-up at -3, nudge at 0, +5 to the commander, +10 to the contact; met, every rung says so."""

    await commanded(company)
    await company.sandbox.advance("11m")
    heads_up = direct(company, "noor")[-1]
    assert "INC-1: a status update is due, in 3 min." == heads_up["text"]
    assert ["Post update", "No change", "Snooze"] == labels(heads_up)

    await company.sandbox.advance("3m")
    assert "Noor Haddad: the status update for INC-1 is due now. None was posted yet." == minutes(company)[-1][1]
    await company.sandbox.advance("5m")
    late = (
        "INC-1: the status update is 5 min late and recorded as missed. At 10 min Mia Chen (ML Platform Lead) is told."
    )
    assert late == direct(company, "noor")[-1]["text"]
    await company.sandbox.advance("5m")
    assert "The status update for INC-1 is 10 min late. Mia Chen is told." == minutes(company)[-1][1]
    contact = "SEV-1 INC-1: the status update is 10 min late. You are told as ML Platform Lead. Noor Haddad commands."
    assert contact == direct(company, "mia")[-1]["text"]

    await company.presses("noor", "Post update", channel=ROOM)
    await company.act("noor", "submit", values={"now": "Rolling back"})
    met = "Update posted at 14:25 UTC by Noor Haddad."
    assert 2 == [words for _, words in minutes(company)].count(met)
    closed = [one for who in ("noor", "mia") for one in direct(company, who) if one["text"] == met]
    assert [[], [], []] == [labels(one) for one in closed]
    assert 1 == company.incident(1).chased.missed


async def test_an_update_posted_with_the_declaration_leaves_the_next_one_due(company: Cast) -> None:
    """Declared, commanded and updated in one moment: the heads-up at 14:12 and the nudge at 14:15 come all the same."""

    await declared(company)
    await company.presses("noor", "Take command", channel="noor")
    await company.types("noor", "/incident 1 update Rolling back, errors falling")
    await company.sandbox.advance("12m")
    assert "INC-1: a status update is due, in 3 min." == direct(company, "noor")[-1]["text"]
    await company.sandbox.advance("3m")

    nudge = "Noor Haddad: the status update for INC-1 is due now. The last one was at 14:00 UTC."
    assert (15.0, nudge) == minutes(company)[-1]
    assert ["Post update", "No change", "Snooze"] == labels(company.messages(ROOM)[-1])


@pytest.mark.long
async def test_an_incident_nobody_ends_does_not_flood_its_channel(company: Cast) -> None:
    """Over 24 hours nudges back off to one an hour under a line that says when the next comes; the record goes on."""

    await commanded(company)
    await company.sandbox.advance("24h")

    nudged = nudges(company)
    gaps = [round(later - earlier) for earlier, later in pairwise(nudged)]
    assert [15, 15, 30, *[60] * (len(gaps) - 3)] == gaps
    assert 26 == len(nudged)
    assert 35 >= len(minutes(company))
    assert "95 in a row are missed" not in str(minutes(company))
    assert 96 == company.incident(1).chased.missed
    assert 12 >= max(len(direct(company, who)) for who in ("noor", "mia", "lena", "sam"))
    assert company.incident(1) == company.replayed(1)


async def test_no_change_twice_then_words_are_asked_for(company: Cast) -> None:
    """On SEV-1 the third "no change" in a row opens the form, and its words reset the count."""

    await commanded(company)
    for number in (1, 2):
        await company.sandbox.advance("12m")
        answer = await company.presses("noor", "No change", channel="noor")
        assert told(answer).startswith("Posted on INC-1: no change. Next status update by ")
        assert number == company.incident(1).updates
    assert "No change on SEV-1 INC-1, says Noor Haddad. Next update within 15 min." == minutes(company)[-1][1]
    await company.sandbox.advance("12m")
    third = await company.presses("noor", "No change", channel="noor")

    assert "Update INC-1" == third["view"]["title"]["text"]
    assert 2 == company.incident(1).updates
    await company.act("noor", "submit", values={"now": "Trying a larger pool"})
    await company.sandbox.advance("12m")
    await company.presses("noor", "No change", channel="noor")
    assert (4, 1) == (company.incident(1).updates, company.incident(1).chased.unchanged)


async def test_snooze_silences_and_never_moves_the_due_time(company: Cast) -> None:
    """A reason is needed, 30 min at most, not twice in a row on SEV-1; the miss is recorded all the same."""

    await commanded(company)
    await company.sandbox.advance("11m")
    form = await company.presses("noor", "Snooze", channel="noor")
    options = [one["text"]["text"] for one in form["view"]["blocks"][0]["element"]["options"]]
    thin = await company.act("noor", "submit", values={"why": "vendor"})
    await company.act("noor", "submit", values={"until": "30 min", "why": "on a call with the vendor"})

    assert (["15 min", "30 min"], {"why": "At least 10 letters or digits."}) == (options, thin["view"]["errors"])
    silent = "Nudges for INC-1 are silent until 14:42 UTC by Noor Haddad: “on a call with the vendor”. "
    assert f"{silent}The update is still due at 14:15 UTC." == minutes(company)[-1][1]
    await company.sandbox.advance("18m")
    assert [] == nudges(company)
    assert 2 == company.incident(1).chased.missed

    await company.sandbox.advance("12m")
    assert [42.0] == nudges(company)
    before = standing(company)
    await company.presses("noor", "Snooze", channel=ROOM)
    again = await company.act("noor", "submit", values={"until": "15 min", "why": "still on that call"})
    sentence = "SEV-1 updates can be snoozed once in a row, for 30 min at most."
    assert sentence in in_dialog(again)
    assert "still on that call" in in_dialog(again)
    assert (before, [("noor", "SnoozeUpdates", 26)]) == (standing(company), refusals(company))


async def test_every_button_of_the_card_does_its_one_thing(company: Cast) -> None:
    """Acknowledge, Take command, Confirm, Escalate, Post update, Mitigated, Resolved: one press, the card follows."""

    def card() -> list[str]:
        return labels(next(one for one in company.messages(ROOM) if one["pinned"]))

    await declared(company)
    await company.sandbox.advance("1m")
    assert ["Acknowledge", "Take command", "Confirm SEV-1", "Escalate"] == card()
    acknowledged = await company.presses("sam", "Acknowledge", channel=ROOM)
    assert "You acknowledged INC-1. Noor Haddad is named commander and has not answered yet." == told(acknowledged)
    assert ["Take command", "Post update", "Confirm SEV-1", "Escalate"] == card()
    await company.presses("sam", "Confirm SEV-1", channel=ROOM)
    assert "Sam Reyes confirmed SEV-1." == minutes(company)[-1][1]
    assert ["Take command", "Post update", "Escalate"] == card()

    commanding = await company.presses("sam", "Take command", channel=ROOM)
    assert "You command INC-1. Next status update by 14:15 UTC." == told(commanding)
    assert ["Post update", "Mitigated", "Resolved", "Escalate"] == card()

    await company.presses("ada", "Escalate", channel=ROOM)
    called = await company.act("ada", "submit", values={"why": "need database help"})
    assert "Ada Obi escalated INC-1 to Mia Chen: “need database help”" == minutes(company)[-1][1]
    assert called["view"] is None

    await company.presses("sam", "Post update", channel=ROOM)
    await company.act("sam", "submit", values={"now": "Rolling back", "affected": "EU card payments"})
    await company.sandbox.advance("10s")
    assert minutes(company)[-1][1].startswith("Status update 1 on SEV-1 INC-1 from Sam Reyes: Rolling back.")

    await company.presses("sam", "Mitigated", channel=ROOM)
    await company.act("sam", "submit", values={"words": "Rolled back to 2.41"})
    assert ["Resolved", "Post update", "Escalate"] == card()
    await company.presses("sam", "Resolved", channel=ROOM)
    await company.act("sam", "submit", values={"words": "Pool limit raised", "facilitator": "mia"})
    assert (
        "INC-1 is resolved after 1 min 10 s. Postmortem due within 48 h, Mia Chen facilitates."
        == minutes(company)[-1][1]
    )
    assert ["Close", "Reopen"] == card()
    assert ([], True) == (refusals(company), company.audit_is_whole())


async def test_every_button_of_the_page_and_the_call_does_its_one_thing(company: Cast) -> None:
    """I can't take it asks first and pages the next; Acknowledge on a page; I'm on it on a call; I can't on a duty."""

    await declared(company)
    page = direct(company, "noor")[0]
    assert ["Acknowledge", "Take command", "I can't take it"] == labels(page)
    kept = await company.presses("noor", "I can't take it", channel="noor", confirm=False)
    assert (False, NOOR) == (kept["sent"], company.incident(1).commander)
    passed = await company.presses("noor", "I can't take it", channel="noor")
    assert "You passed INC-1 on. Sam Reyes is being paged." == told(passed)
    assert [] == labels(direct(company, "noor")[0])

    taken = await company.presses("sam", "Acknowledge", channel="sam")
    assert "You acknowledged INC-1. Nobody commands yet; due by 14:05 UTC." == told(taken)
    named = await company.act("sam", "command", channel="general", text="/incident 1 command @mia")
    assert "Mia Chen is commander of INC-1 and is told now; no answer yet." == told(named)
    await company.sandbox.advance("10s")
    back = await company.presses("mia", "I can't", channel="mia")
    assert "You no longer command INC-1; nobody does. Its channel is told." == told(back)
    assert "Mia Chen is no longer commander of INC-1; nobody is." == minutes(company)[-1][1]

    await company.types("ada", "/incident 1 escalate @tomas need legal advice on this")
    on_it = await company.presses("tomas", "I'm on it", channel="tomas")
    assert told(on_it).startswith("The card of INC-1 shows that you are on it.")
    assert [] == labels(direct(company, "tomas")[0])
    assert [] == refusals(company)


async def test_taking_over_asks_first_and_only_for_the_commander_it_named(company: Cast) -> None:
    """The confirm dialog names whom one relieves; no means no, and a dialog that went stale does nothing (no. 3)."""

    await commanded(company)
    await company.types("sam", "/incident 1 command")
    stale = next(one for one in reversed(company.messages("general", seen_by="sam")) if one["ephemeral"])
    confirm = next(block for block in stale["blocks"] if block["type"] == "actions")["elements"][0]["confirm"]
    assert "Noor Haddad commands. Take over now? Noor is told at once." == confirm["text"]["text"]
    declined = await company.presses("sam", "Take command", channel="general", confirm=False)
    assert (False, NOOR) == (declined["sent"], company.incident(1).commander)

    await company.types("mia", "/incident 1 command")
    await company.presses("mia", "Take command", channel="general")
    assert MIA == company.incident(1).commander
    before = standing(company)
    answer = await company.presses("sam", "Take command", channel="general", ts=stale["ts"])

    sentence = "That button was drawn before INC-1 changed, so nothing was done. Now: acknowledged, Mia Chen commands."
    assert (sentence, before) == (told(answer), standing(company))
    assert ("sam", "TakeCommand", 3) == refusals(company)[-1]


async def test_an_old_nudge_still_works_and_says_no_when_it_is_over(company: Cast) -> None:
    """Buttons are refused for what the incident is now, never for having been drawn earlier."""

    await commanded(company)
    await company.sandbox.advance("14m")
    nudge = company.messages(ROOM)[-1]
    await company.sandbox.advance("16m")
    assert ["Post update", "No change", "Snooze"] == labels(nudge)
    answer = await company.presses("noor", "No change", channel=ROOM, ts=nudge["ts"])
    assert told(answer).startswith("Posted on INC-1: no change.")
    assert timedelta(minutes=15) == company.incident(1).chased.every
