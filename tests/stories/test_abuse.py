"""Abuse that nothing else tells of: links, metadata, pages on a lock screen, storms of events, bots, reactions."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox import events, posting
from sandbox.records import CallRecord
from tests.stories.company import Cast, said
from tests.stories.test_pins import PIN, notes, writes
from tests.stories.test_private import PRIVATE, TITLE, declared
from tests.stories.witness import refusals, standing

OPAQUE = re.compile(r"[A-Za-z0-9_-]{22}|[0-9a-f]{24}")
WRITES = ("chat.postMessage", "chat.update", "chat.postEphemeral", "chat.unfurl", "conversations.invite", "pins.add")


async def lived(company: Cast) -> None:
    """Live a whole private life: declared, led, handed over, chased, called, ended, and back again."""
    await declared(company)
    for who, text in (
        ("noor", "update Share quarantined"),
        ("noor", "escalate @mia legal hold needed"),
        ("noor", "note legal hold in place"),
        ("noor", "role scribe @sam"),
        ("noor", "handover @mia"),
        ("noor", "access @tomas 2h legal review"),
        ("noor", "sev 2 the share is closed now"),
        ("noor", "mitigate Share closed"),
        ("noor", "resolve Revoked the share"),
        ("noor", "reopen It is open again somewhere"),
        ("noor", "cancel it was a copy of the first"),
    ):
        await company.types(who, f"/incident {text}", channel=PRIVATE)
        await company.sandbox.advance("7m")


def found(value: object, key: str) -> list[Any]:
    """Return everything that stands under `key`, however deep, in JSON within JSON too."""
    if isinstance(value, str):
        return found(_parsed(value), key) if value[:1] in ("[", "{") else []
    if isinstance(value, Mapping):
        own = [_parsed(value[key])] if key in value else []
        return own + [one for inner in value.values() for one in found(inner, key)]
    return [one for inner in value for one in found(inner, key)] if isinstance(value, list) else []


def _parsed(value: object) -> object:
    """Return what a call carried as JSON in a form field, anything else as it is."""
    try:
        return json.loads(value) if isinstance(value, str) and value[:1] in ("[", "{") else value
    except ValueError:
        return ""


async def test_abuse_28_a_copied_button_does_nothing(company: Cast) -> None:
    """Abuse case 28: the card's buttons, copied into another channel, do nothing there, for whoever presses them."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.settle()
    workspace = company.sandbox.workspace
    card = next(one for one in workspace.messages if one.text.startswith("SEV-1 INC-1") and one.blocks)
    general = next(one for one in workspace.channels.values() if one.name == "general")
    copied = posting.post(
        workspace, general, user=workspace.bot.id, text=card.text, blocks=card.blocks, bot_id=workspace.bot.bot_id
    )
    before = standing(company)
    answer = await company.presses("noor", "Acknowledge", channel="general", ts=copied.ts)

    assert "These buttons work only where the card was posted." in said(answer)
    assert before.incidents == standing(company).incidents
    assert ("noor", "Press", 31) == refusals(company)[-1]


async def test_abuse_47_a_private_link_is_not_unfurled(company: Cast) -> None:
    """Abuse case 47: a link to a private incident, posted for all, is answered by nothing, and no message unfurls."""
    await declared(company)
    room = company.incident(1).channel
    address = f"https://sandbox.slack.com/archives/{room.id if room else ''}/p1700000000000001"
    before = len(company.calls(*WRITES))
    await company.act("noor", "message", channel="general", text=f"see {address}")
    await company.sandbox.settle()
    posts = company.calls("chat.postMessage")

    assert before == len(company.calls(*WRITES))
    assert {(False, False)} == {(one.args["unfurl_links"], one.args["unfurl_media"]) for one in posts}
    assert "link_shared" not in company.sandbox.workspace.manifest.events
    assert TITLE not in str(company.messages("general"))


async def test_abuse_55_59_a_private_life_shows_ids_and_numbers_only(company: Cast) -> None:
    """Abuse cases 55 and 59: metadata and buttons hold an id that says nothing; no direct message or mail the title."""
    await lived(company)
    people = ("noor", "sam", "mia", "lena", "tomas", "iris")
    direct = [str(call.args["text"]) for call in company.calls("chat.postMessage", "chat.update") if _is_direct(call)]
    direct += [text for who in people for text in company.direct(who)]
    mails = [str(one) for one in company.mailbox.letters]
    calls = [call.args for call in company.sandbox.workspace.calls]
    metadata = [one for args in calls for one in found(args, "metadata")]
    pressed = [one for args in calls for part in found(args, "elements") for one in part if "action_id" in one]
    values = [one.get("value") for one in pressed]
    private = [one for args in calls for one in found(args, "private_metadata") if one]

    assert metadata
    assert {"tocsin_delivery"} == {one["event_type"] for one in metadata}
    assert {("id",)} == {tuple(one["event_payload"]) for one in metadata}
    assert [] == [one for one in metadata if not OPAQUE.fullmatch(one["event_payload"]["id"])]
    assert [] == [one for one in (*(v for v in values if isinstance(v, str)), *private) if not OPAQUE.fullmatch(one)]
    assert any(text.startswith("Page: SEV-1 INC-1, private incident.") for text in direct)
    assert [] == [text for text in (*direct, *mails) if "Payroll" in text or "Salaries" in text]


def _is_direct(call: CallRecord) -> bool:
    return str(call.args["channel"]).startswith("D")


async def test_abuse_95_ten_thousand_edits_are_bounded(company: Cast) -> None:
    """Abuse case 95: Slack sends nothing of what people edit, for it is not asked to; a command is answered at once."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    workspace = company.sandbox.workspace
    room = next(one for one in workspace.channels.values() if one.name == company.channel_of(1))
    ts = await writes(company, "ada", room.name, "looking")
    message = next(one for one in room.messages if one.ts == ts)
    before, calls = len(workspace.deliveries.all), len(company.calls(*WRITES))
    for number in range(5_000):
        message.text = f"edit {number}"
        events.message_changed(workspace, room, message, {})
        events.message_deleted(workspace, room, message)
    unasked = len(workspace.deliveries.all) - before
    answer = await company.act("noor", "command", channel=room.name, text="/incident ack")

    assert 0 == unasked
    assert answer["acked"]
    assert company.incident(1).acknowledged
    assert len(company.calls(*WRITES)) - calls < 20


async def test_abuse_97_tocsin_never_answers_a_bot(company: Cast) -> None:
    """Abuse case 97: what another bot says, mentions or reacts with in the channel changes and sends nothing."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    channel = company.channel_of(1)
    await company.act("ada", "invite", channel=channel, user="buildbot")
    await company.sandbox.settle()
    card = next(one for one in company.messages(channel) if one["user"] == "tocsin" and one["blocks"])
    before, sent = standing(company), len(company.calls(*WRITES))
    for number in range(20):
        ts = await writes(company, "buildbot", channel, f"@tocsin /incident ack {number}")
        await company.act("buildbot", "react", channel=channel, ts=ts, emoji=PIN)
    await company.act("buildbot", "react", channel=channel, ts=card["ts"], emoji=PIN)
    await company.sandbox.settle()
    after = standing(company)

    assert before.incidents == after.incidents
    assert before.allowed == after.allowed
    assert [] == notes(company)
    assert sent == len(company.calls(*WRITES))


async def test_abuse_98_a_thousand_reactions_are_one_note(company: Cast) -> None:
    """Abuse case 98: a thousand reactions in a minute on one message make one note, one answer and few reads."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    channel = company.channel_of(1)
    ts = await writes(company, "ada", channel, "p99 doubled")
    await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN)
    await company.sandbox.settle()
    reads = len(company.calls("conversations.replies", "conversations.members"))
    for number in range(500):
        where = {"channel": channel, "ts": ts, "emoji": PIN, "settle": number % 50 == 0}
        await company.act("noor", "react", **where, remove=True)
        await company.act("noor", "react", **where)
    await company.sandbox.settle()

    assert 1 == len(notes(company))
    assert 1 == len(company.calls("chat.postEphemeral"))
    assert reads == len(company.calls("conversations.replies", "conversations.members"))
    assert [] == company.sandbox.workspace.violations


async def test_abuse_98_a_thousand_messages_are_not_all_looked_at(company: Cast) -> None:
    """Abuse case 98: one person's reactions on many messages cost Slack no more reads than a minute has room for."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    channel = company.channel_of(1)
    for number in range(40):
        ts = await writes(company, "ada", channel, f"p99 doubled {number}", settle=False)
        await company.act("noor", "react", channel=channel, ts=ts, emoji=PIN, settle=False)
    await company.sandbox.settle()

    assert 0 < len(notes(company)) <= 10
    assert [] == company.sandbox.workspace.violations
