"""The view models show each person what they may see, and nothing of anybody else's."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.ids import BOT_TOKEN
from sandbox.mailbox import Mailbox
from sandbox.page import inspector, model, sidebar
from sandbox.page.asked import witnesses
from sandbox.page.state import Hooks, Leap, PageState, Timer
from sandbox.people_acts import ACTS


def room(workspace, name):
    """A seeded channel."""
    return next(one for one in workspace.channels.values() if one.name == name)


def act(workspace, reader, do, **what):
    """Let the reader do one of the things people do among themselves."""
    ACTS[do](workspace, reader.person, what)


def test_a_private_answer_is_seen_by_one(workspace, read_as, say):
    """An ephemeral is in its receiver's conversation and in nobody else's."""

    say("chat.postEphemeral", channel="C0GENERAL00", user="U0ADA000000", text="Only you")
    notes = {
        handle: model.conversation(read_as(handle), room(workspace, "general"), last=50).notes
        for handle in ("ada", "noor")
    }

    assert [("Only you", True)] == [(note.text, note.ephemeral) for note in notes["ada"]]
    assert [] == list(notes["noor"])


def test_a_message_is_named_for_screen_readers(workspace, reader, say):
    """A message's accessible name is who, when in the reader's zone, and what."""

    say("chat.postMessage", channel="C0GENERAL00", text="Page: *SEV-1* &lt;INC-1&gt;")
    note = model.conversation(reader, room(workspace, "general"), last=50).notes[0]

    assert "Tocsin, 15:00: Page: SEV-1 <INC-1>" == note.name


def test_long_channels_begin_with_their_end(workspace, reader, say):
    """Of a long channel the last messages are shown, and how many came before."""

    for number in range(7):
        workspace.clock.jump_to(workspace.clock.now() + timedelta(minutes=1))
        say("chat.postMessage", channel="C0GENERAL00", text=str(number))
    talk = model.conversation(reader, room(workspace, "general"), last=3)

    assert (["4", "5", "6"], 4) == ([note.text for note in talk.notes], talk.earlier)


def test_replies_stay_in_their_thread(workspace, reader, say):
    """A reply is counted under its message and shown in the thread only."""

    ts = say("chat.postMessage", channel="C0GENERAL00", text="first")["ts"]
    say("chat.postMessage", channel="C0GENERAL00", text="reply", thread_ts=ts)
    general = room(workspace, "general")
    notes = model.conversation(reader, general, last=50).notes

    assert [("first", 1)] == [(note.text, note.replies) for note in notes]
    assert ["first", "reply"] == [note.text for note in model.thread(reader, general, ts)]
    assert [] == model.thread(reader, general, "1.2")


def test_messages_of_one_person_stand_together(workspace, reader, read_as):
    """A message shortly after another of the same person follows it without a head of its own."""

    act(workspace, reader, "message", channel="general", text="a")
    act(workspace, reader, "message", channel="general", text="b")
    act(workspace, read_as("noor"), "message", channel="general", text="c")
    notes = model.conversation(reader, room(workspace, "general"), last=50).notes

    assert [False, True, False] == [note.follows for note in notes]


def test_a_leap_of_the_clock_is_a_line(workspace, reader, say):
    """Where the clock leapt, a line stands before the next message, or at the end."""

    say("chat.postMessage", channel="C0GENERAL00", text="before")
    started = workspace.clock.now()
    workspace.clock.jump_to(started + timedelta(minutes=5))
    leaps = [Leap(started=started, ended=workspace.clock.now())]
    at_the_end = model.conversation(reader, room(workspace, "general"), last=50, leaps=leaps).last_leap
    say("chat.postMessage", channel="C0GENERAL00", text="after")
    talk = model.conversation(reader, room(workspace, "general"), last=50, leaps=leaps)

    assert "Clock moved +5 min, to 15:05" == at_the_end
    assert ["", "Clock moved +5 min, to 15:05"] == [note.leap for note in talk.notes]
    assert "" == talk.last_leap


@pytest.mark.parametrize(("name", "why"), [("general", ""), ("incidents", "archived")])
def test_why_nobody_can_write_is_said(workspace, reader, name, why):
    """An archived channel says why one cannot write there."""

    if why:
        act(workspace, reader, "archive", channel=name)

    assert why in model.why_silent(reader, room(workspace, name))


def test_the_apps_messages_tab_is_read_only(workspace, reader, say):
    """The conversation with an app whose messages tab is read-only says so."""

    channel = say("conversations.open", users="U0ADA000000")["channel"]["id"]

    assert "turned off" in model.why_silent(reader, workspace.channels[channel])


def test_the_sidebar_shows_what_one_may_see(workspace, read_as):
    """Private channels of others do not exist; public ones one is not in can be joined."""

    def names(handle):
        side = sidebar.sidebar(read_as(handle), here="", mailbox=None, state=PageState())
        return {row.label for row in side.channels}, {row.label for row in side.others}

    assert ({"general", "incidents", "ml-incidents-sev1", "partners"}, {"governance", "ops"}) == names("ada")
    assert "leadership" in names("lena")[0]
    assert ({"partners"}, set()) == names("oona")


def test_unread_and_mentions_are_counted(workspace, read_as, say):
    """A message makes a channel unread; a mention and a direct message are numbers."""

    say("chat.postMessage", channel="C0INCIDENTS", text="hello <@U0NOOR00000>")
    channel = say("conversations.open", users="U0NOOR00000")["channel"]["id"]
    say("chat.postMessage", channel=channel, text="Page")
    side = sidebar.sidebar(read_as("noor"), here="/as/noor/c/incidents", mailbox=None, state=PageState())
    rows = {row.label: (row.unread, row.mentions, row.is_here) for row in [*side.channels, *side.direct]}

    assert (1, 1, True) == rows["incidents"]
    assert (1, 1, False) == rows["Tocsin"]


def test_personas_say_who_is_waiting_and_on_call(workspace, reader, mailbox, say):
    """Everybody but bots can be become; direct messages and letters are counted, guests and outsiders are marked."""

    channel = say("conversations.open", users="U0NOOR00000")["channel"]["id"]
    say("chat.postMessage", channel=channel, text="Page")
    hooks = Hooks(on_call=lambda: {"noor": "primary"})
    people = sidebar.personas(workspace, me=reader.person, mailbox=mailbox, state=PageState(), hooks=hooks)
    by_handle = {one.handle: one for one in people}

    assert (2, "primary", "15:00") == (
        by_handle["noor"].waiting, by_handle["noor"].on_call, by_handle["noor"].local_time,
    )  # fmt: skip
    assert ["guest", "outsider"] == [one.kind for one in people if one.kind]
    assert "tocsin" not in by_handle


def test_the_clock_names_the_next_timer(workspace, reader):
    """The clock shows the pending timer that is due first, and how far it was moved."""

    start = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    timers = [
        Timer(label="late", due=start + timedelta(minutes=9)),
        Timer(label="soon", due=start + timedelta(minutes=5)),
        Timer(label="gone", due=start, state="fired"),
    ]
    state = PageState(leaps=[Leap(started=start, ended=start + timedelta(minutes=3))])
    face = sidebar.clockface(reader, state=state, timers=timers)

    assert ("15:05", "soon", "+3 min", "15:00:00") == (face.next_at, face.next_label, face.moved, face.words)


def test_what_a_jump_brought_leads_to_whoever_can_see_it(workspace, reader, say):
    """A fired message is linked as its receiver sees it, when the reader cannot."""

    since = workspace.ids.number()
    channel = say("conversations.open", users="U0NOOR00000")["channel"]["id"]
    say("chat.postMessage", channel=channel, text="Page: *you*")
    start = workspace.clock.now()
    fired = [one.seq for one in workspace.messages if one.seq > since]
    state = PageState(leaps=[Leap(started=start, ended=start, fired=fired)])
    one = sidebar.clockface(reader, state=state, timers=[]).fired[0]

    assert ("DM to Noor Haddad", "Page: you") == (one.where, one.words)
    assert one.place.startswith("/as/noor/dm/tocsin#m-")


def test_calls_are_shown_with_place_and_verdict(workspace, reader, say):
    """A call says where it went, and a refusal which error it was."""

    say("chat.postMessage", channel="C0GENERAL00", text="x")
    workspace.call(token=BOT_TOKEN, method="chat.postMessage", args={"channel": "C0NOSUCH000", "text": "x"})
    refused, posted = inspector.calls_shown(reader)

    assert ("chat.postMessage", "#general", True) == (posted.method, posted.where, posted.ok)
    assert ("channel_not_found", False) == (refused.verdict, refused.ok)
    shown = inspector.call_shown(reader, str(posted.seq))
    assert shown is not None
    assert "x" == json.loads(shown.args)["text"]
    assert inspector.call_shown(reader, "99999") is None


def test_a_message_is_taken_apart(workspace, reader, say):
    """The inspector shows blocks, audience and both notifications of a message."""

    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*First* of the blocks"}}]
    say("chat.postMessage", channel="C0LEADERSHI", text="The text", blocks=blocks)
    channel = room(workspace, "leadership")
    shown = inspector.message_shown(reader, channel, channel.messages[-1])

    assert ("The text", "First of the blocks") == (shown.phone, shown.desktop)
    assert "Lena Brandt, Mia Chen, Tocsin" == shown.seen_by
    assert "section" == json.loads(shown.blocks)[0]["type"]


def test_timers_that_are_due_come_first(reader):
    """Pending timers stand before those that ended, each by its due time."""

    start = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    timers = [
        Timer(label="ended", due=start, state="stopped"),
        Timer(label="b", due=start + timedelta(minutes=2)),
        Timer(label="a", due=start + timedelta(minutes=1)),
    ]

    assert ["a", "b", "ended"] == [one.label for one in inspector.timers_shown(reader, timers)]


def test_letters_are_read_newest_first(workspace, read_as, mailbox):
    """A person's letters are theirs alone, and counted until they were looked at."""

    noor, ada = read_as("noor").person, read_as("ada").person
    state = PageState()

    assert (1, 0) == tuple(sidebar.unread_letters(one, mailbox, state) for one in (noor, ada))
    assert [] == sidebar.letters_of(noor, Mailbox())


def test_who_can_see_a_channel_is_known(workspace):
    """The page can say who sees what the reader does not."""

    assert ["mia", "lena"] == [person.handle for person in witnesses(workspace, "leadership")]
    assert [] == witnesses(workspace, "no-such-channel")
