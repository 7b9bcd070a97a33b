"""The timeline in words: each event one line, with who did it, what they said, and how long a clock took."""

from dataclasses import dataclass, replace

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.history import events as e
from bot.incident.history import type_events as y
from bot.incident.history.codec import KINDS
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.history.playbook import Team
from bot.incident.model import CancelReason
from bot.incident.reading.readings import (
    Filter,
    Listing,
    ReadList,
    ReadSummary,
    ReadTimeline,
    ReadType,
    actions_of,
    page_of,
    reading_of,
)
from bot.incident.reading.timeline import line_of
from bot.policy.rulebook import Phase
from bot.words import Act, ClockKind, Severity
from tests.incident.life import ADA, MIA, MINUTE, NOOR, SAM, START, read


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYetWorded(e.Event):
    """An event nobody wrote a line for."""

    action = "incident.something_new_was_done"


TOLD = [
    (e.CommanderNamed(at=START, by=ADA, person=MIA), "UMIA named commander · UADA"),
    (e.CommandTaken(at=START, by=MIA), "Took command · UMIA"),
    (e.CommandTaken(at=START, by=MIA, over=NOOR), "Took command over from UNOOR · UMIA"),
    (e.CommandGivenBack(at=START, by=MIA, named_by=ADA), "Gave command back · UMIA"),
    (NoteAdded(at=START, by=ADA, words="p99 doubled"), "Note “p99 doubled” · UADA"),
    (
        NoteAdded(at=START, by=ADA, words="p95", number=2, corrects=1, told_at=START - 10 * MINUTE),
        "Correction of note 1 “p95” (no. 2) about 13:50 · UADA",
    ),
    (NoteWithdrawn(at=START, by=ADA, number=2), "Note 2 withdrawn · UADA"),
    (e.Escalated(at=START, by=ADA, person=SAM, contact="", why="need help"), "Escalated to USAM: “need help” · UADA"),
    (e.CallAnswered(at=START, by=SAM), "Answered the call · USAM"),
    (e.Mitigated(at=START, by=SAM, words="Rolled back", still=""), "Mitigated “Rolled back” · USAM"),
    (e.Resolved(at=START, by=SAM, words=" ", affected="", facilitator=None), "Resolved · USAM"),
    (
        e.Cancelled(at=START, by=SAM, reason=CancelReason.TEST, words="it was a drill"),
        "Cancelled: test “it was a drill” · USAM",
    ),
    (e.LadderSkipped(at=START, by="clock", next_step=2), "Nobody to page at this step"),
    (
        y.TypeSet(at=START, by=SAM, type="model_drift", was="service", policy_hash="3f9a1c00"),
        "Type: model drift, was service (policy 3f9a1c) · USAM",
    ),
    (
        y.TeamsMobilised(
            at=START,
            by=SAM,
            type="model_drift",
            severity=Severity.SEV1,
            teams=(Team(key="data_engineering"), Team(key="legal")),
            told=(("escalation", MIA), ("primary", NOOR)),
        ),
        "Teams brought in: data engineering, legal; told: UMIA, UNOOR · USAM",
    ),
    (
        y.TeamsMobilised(at=START, by=SAM, type="model_drift", severity=Severity.SEV1, teams=()),
        "Teams brought in: none · USAM",
    ),
    (
        y.PhaseDueSoon(by="clock", type="model_drift", phase=Phase.CONTAIN, due_at=START, at=START, owner=NOOR),
        "Phase due soon: contain, by 14:00",
    ),
    (
        y.PhaseMissed(by="clock", type="model_drift", phase=Phase.CONTAIN, due_at=START, at=START, owner=NOOR),
        "Phase missed: contain, due 14:00",
    ),
    (
        y.PhaseFinished(
            by=SAM, type="model_drift", phase=Phase.CONTAIN, due_at=START, at=START, words="fallback is in force"
        ),
        "Phase done: contain: “fallback is in force” · USAM",
    ),
    (
        y.PhaseFinished(
            by=SAM,
            type="model_drift",
            phase=Phase.CONTAIN,
            due_at=START,
            at=START + MINUTE,
            words="fallback is in force",
        ),
        "Phase done: contain, late: “fallback is in force” · USAM",
    ),
    (e.PagePassedOn(at=START, by=SAM), "Passed the page on · USAM"),
    (e.PageUndeliverable(at=START, by="tocsin", ref="p-7K3Q", error="x"), "Page p-7K3Q could not be delivered"),
    (e.NobodyAnswered(at=START, by="clock"), "Nobody answered a page"),
    (e.ClockDueSoon(at=START, by="clock", kind=ClockKind.MITIGATE, due_at=START), "Mitigate due soon, by 14:00"),
    (
        e.ClockMissed(at=START, by="clock", kind=ClockKind.ACKNOWLEDGE, due_at=START, called=()),
        "Acknowledge missed, due 14:00",
    ),
    (e.UpdateDueSoon(at=START, by="clock", due_at=START), "Status update due soon, by 14:00"),
    (
        e.UpdateMissed(at=START, by="clock", due_at=START, next_due_at=START, nudge=True, next_nudge_at=None),
        "Status update missed, due 14:00",
    ),
    (e.UpdateNudged(at=START, by="clock", next_nudge_at=START), "Reminded of the missing status update"),
    (
        e.UpdateLadderClimbed(at=START, by="clock", rung=2, missed_due=START, person=MIA),
        "Missing status update: UMIA told",
    ),
    (
        e.UpdatesSnoozed(at=START, by=MIA, until=START, why="call"),
        "Nudges silent until 14:00: “call” · UMIA",
    ),
    (e.SnoozeEnded(at=START, by="clock"), "Nudges speak again"),
    (e.HeadlineDue(at=START, by="clock"), "Leadership told"),
    (e.ChannelOpened(at=START, by="tocsin", channel="C1", name="inc-42"), "Channel opened"),
    (e.ChannelRefused(at=START, by="tocsin", error="x"), "Slack refused a channel"),
    (NotYetWorded(at=START, by=MIA), "Something new was done · UMIA"),
]


@pytest.mark.parametrize(("event", "line"), TOLD)
def test_each_event_is_one_line(event, line):
    """What happened, then who, in people's words where there are any; an event without a line says its name."""

    assert line == read(line_of(event, ()))


def test_a_life_is_told(sev1):
    """Declared, paged, acknowledged in time, updated and resolved: clocks say how long they took."""

    sev1.now += 2 * MINUTE
    sev1.does(c.TakeCommand())
    sev1.does(c.PostUpdate(now="Rolling back"))
    sev1.does(c.PostNoChange())
    sev1.does(c.PostUpdate(now="EU only", corrects=1))
    running = clocks(sev1.it, sev1.policy)
    told = [read(line_of(event, running)) for event in sev1.events]

    assert "Declared as SEV-1, awaiting confirmation · UADA" == told[0]
    assert "Paged UNOOR by DM · UADA" in told
    assert "Acknowledged · UNOOR · 2 min (5 min allowed)" in told
    assert "Took command · UNOOR · 2 min (5 min allowed)" in told
    assert [
        "Status update 1 “Rolling back” · UNOOR",
        "Status update 2: no change · UNOOR",
        "Status update 3, correction of update 1 “EU only” · UNOOR",
    ] == told[-3:]


def test_filters_name_events_there_are():
    """Every filter but the one for all shows some kinds of events."""

    assert () == actions_of(Filter.ALL)
    assert ("incident.note_added", "incident.note_withdrawn") == actions_of(Filter.NOTES)
    shown = {action for which in Filter for action in actions_of(which)}
    assert shown <= set(KINDS)


def test_earlier_updates_are_read_five_at_a_time():
    """A page of anything else holds fifteen."""

    assert [15, 15, 15, 15, 5] == [page_of(which) for which in Filter]


READINGS = [
    (Act.TIMELINE, {}, ReadTimeline()),
    (Act.OLDER, {"which": "notes", "start": 15}, ReadTimeline(which=Filter.NOTES, start=15)),
    (Act.EARLIER_UPDATES, {}, ReadTimeline(which=Filter.UPDATES)),
    (Act.LIST, {}, ReadList()),
    (Act.SUMMARY, {}, ReadSummary()),
    (Act.SHOW_TYPE, {"type": "model_drift"}, ReadType(typed="model_drift")),
    (Act.NEXT_LISTED, {}, ReadList()),
    (
        Act.NEXT_LISTED,
        {"which": "all", "severity": "sev1", "start": 6},
        ReadList(which=Listing.ALL, severity=Severity.SEV1, start=6),
    ),
    (Act.PREVIOUS_LISTED, {"which": "open", "start": 6}, ReadList(start=6)),
    (Act.AS_FILE, {}, None),
    (Act.RESOLVE, {}, None),
]


@pytest.mark.parametrize(("act", "words", "reading"), READINGS)
def test_a_press_reads_what_its_handle_says(act, words, reading):
    """The page to turn to is in the handle, never in the button."""

    assert reading == reading_of(act, words)


def test_a_clock_that_another_moment_met_is_not_told(sev1):
    """Only the event that met the clock says how long it took."""

    sev1.does(c.TakeCommand())
    running = tuple(replace(one, met_at=None) for one in clocks(sev1.it, sev1.policy))

    assert "Acknowledged · UNOOR" == read(line_of(e.Acknowledged(at=sev1.now, by=NOOR), running))
