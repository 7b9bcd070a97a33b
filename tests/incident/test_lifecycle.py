"""The lifecycle: which command an incident takes in which status, cell by cell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK, TOCSIN
from bot.incident.decide import RESPONSES, decide
from bot.incident.history import (
    access_events,
    asked_events,
    away_events,
    climb_events,
    confirming_events,
    disturbing,
    events,
    exception_events,
    following,
    handover_events,
    note_events,
    role_events,
    sharing_events,
    spool_events,
    staffing_events,
    suggestions,
    time_events,
    turns,
    type_events,
    unrest_events,
)
from bot.incident.history.apply import apply, fold, replay
from bot.incident.history.codec import KINDS
from bot.incident.history.events import CommandGivenBack, Event, UpdateDueSoon
from bot.incident.history.note_events import NoteAdded
from bot.incident.lifecycle import ALLOWED_IN, allows
from bot.incident.refusing.refusals import Refused
from bot.policy.rulebook import Phase
from bot.words import Classification, Role, Severity, Status
from tests.incident.life import ADA, LENA, NOOR, START, Life, person

D, A, M, R, X, N, G = (
    Status.DECLARED,
    Status.ACKNOWLEDGED,
    Status.MITIGATED,
    Status.RESOLVED,
    Status.CLOSED,
    Status.CANCELLED,
    Status.MERGED,
)
EVERY = {D, A, M, R, X, N, G}

MATRIX: list[tuple[type[c.Command], set[Status]]] = [
    (c.Acknowledge, {D}),
    (c.TakeCommand, {D, A, M}),
    (c.NameCommander, {D, A, M}),
    (c.GiveBackCommand, {D, A, M}),
    (c.OfferCommand, {D, A, M}),
    (c.AcceptCommand, {D, A, M}),
    (c.DeclineCommand, {D, A, M}),
    (c.WithdrawOffer, {D, A, M}),
    (c.PassOnPage, {D}),
    (c.PostUpdate, {D, A, M}),
    (c.PostNoChange, {D, A, M}),
    (c.SnoozeUpdates, {D, A, M}),
    (c.AddNote, EVERY),
    (c.WithdrawNote, EVERY),
    (c.Escalate, {D, A, M}),
    (c.AnswerCall, {D, A, M}),
    (c.Mitigate, {D, A}),
    (c.Resolve, {D, A, M}),
    (c.Cancel, {D, A}),
    (c.ChangeSeverity, {D, A, M}),
    (c.Reopen, {R, X, N}),
    (c.Retitle, {D, A, M, R}),
    (c.Close, {R}),
    (c.Merge, {D, A, M}),
    (c.TakeIn, {D, A, M}),
    (c.TakeRole, {D, A, M}),
    (c.GiveRole, {D, A, M}),
    (c.GiveBackRole, {D, A, M}),
    (c.Join, EVERY),
    (c.Invite, EVERY),
    (c.Follow, {D, A, M, R, N}),
    (c.Unfollow, EVERY),
    (c.SendToCommander, {D, A, M}),
    (c.PostSuggested, {D, A, M}),
    (c.TakeAndPost, {D, A, M}),
    (c.SuggestSeverity, {D, A, M}),
    (c.LeaveSeverity, {D, A, M}),
    (c.SetTimes, EVERY),
    (c.Classify, {D, A, M, R, X, N}),
    (c.GrantAccess, EVERY),
    (c.EndAccess, EVERY),
    (c.SetType, {D, A, M}),
    (c.FinishPhase, {D, A, M, R}),
    (c.PagePerson, {D, A, M}),
    (c.RecordPageFailing, EVERY),
    (c.AskException, {D, A, M, R}),
    (c.ApproveException, {D, A, M, R}),
    (c.DeclineException, EVERY),
    (c.EndException, EVERY),
    (c.RecordShared, EVERY),
    (c.RecordUnshared, EVERY),
    (c.RecordReach, EVERY),
    (c.RecordChannelId, EVERY),
    (c.MoveInside, {D, A, M, R, X, N}),
    (c.KeepWithholding, EVERY),
    (c.RunTimers, EVERY),
    (c.RecordChannel, EVERY),
    (c.RecordNoChannel, EVERY),
    (c.RecordUndeliverable, EVERY),
    (c.RecordDoNotDisturb, EVERY),
    (c.ConfirmSeverity, {D, A, M}),
    (c.RecordDeparture, EVERY),
]

ASKED_BY = {c.Classify: ADA, c.ApproveException: LENA, c.DeclineException: LENA}
"""Who asks for what Noor, who commands, may not."""


COMMANDS: dict[type[c.Command], c.Command] = {
    type(one): one
    for one in (
        c.Acknowledge(),
        c.TakeCommand(over=NOOR),
        c.NameCommander(person="USOMEBODY"),
        c.GiveBackCommand(),
        c.OfferCommand(person="USOMEBODY", brief="Rolling back."),
        c.AcceptCommand(),
        c.DeclineCommand(),
        c.WithdrawOffer(),
        c.PassOnPage(),
        c.PostUpdate(now="Rolling back."),
        c.PostNoChange(),
        c.SnoozeUpdates(until=START + timedelta(minutes=20), why="waiting for the vendor"),
        c.AddNote(words="rollback began"),
        c.WithdrawNote(note=1, author=NOOR),
        c.Escalate(why="need database help"),
        c.AnswerCall(),
        c.Mitigate(words="Rolled back."),
        c.Resolve(words="Pool limit raised."),
        c.Cancel(why="the test ran against production"),
        c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it from people"),
        c.Reopen(why="the errors are back"),
        c.Retitle(title="Payments fail"),
        c.Close(),
        c.Merge(into=40),
        c.TakeIn(
            number=43,
            title="Search is slow",
            severity=Severity.SEV2,
            classification=Classification.INTERNAL,
            declared_at=START,
        ),
        c.TakeRole(role=Role.SCRIBE),
        c.GiveRole(role=Role.SCRIBE, person="USOMEBODY"),
        c.GiveBackRole(role=Role.SCRIBE),
        c.Join(),
        c.Invite(person="USOMEBODY"),
        c.Follow(),
        c.Unfollow(),
        c.SendToCommander(words="Rolling back."),
        c.PostSuggested(now="Rolling back."),
        c.TakeAndPost(now="Rolling back."),
        c.SuggestSeverity(severity=Severity.SEV2, why="the retries hide it from people"),
        c.LeaveSeverity(person="USOMEBODY"),
        c.SetTimes(started_at=START),
        c.Classify(to=Classification.CONFIDENTIAL),
        c.GrantAccess(person="USOMEBODY", why="legal review"),
        c.EndAccess(person="USOMEBODY"),
        c.SetType(type="model drift"),
        c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force"),
        c.PagePerson(person="USOMEBODY", why="need database help"),
        c.RecordPageFailing(ref="p-0000", error="the way did not take the page"),
        c.AskException(why="no broadcast, customer embargo"),
        c.ApproveException(),
        c.DeclineException(why="the customer has to hear of it"),
        c.EndException(),
        c.RecordShared(channel="C1", team="T2"),
        c.RecordUnshared(channel="C1", team="T2"),
        c.RecordReach(channel="C1", is_public=True),
        c.RecordChannelId(was="C1", now="C2"),
        c.MoveInside(),
        c.KeepWithholding(),
        c.RunTimers(),
        c.RecordChannel(channel="C1", name="inc-42"),
        c.RecordNoChannel(error="restricted_action"),
        c.RecordUndeliverable(ref="p-0000", error="user_not_found"),
        c.RecordDoNotDisturb(ref="p-0000", until=START),
        c.ConfirmSeverity(),
        c.RecordDeparture(person="USOMEBODY"),
    )
}


def in_status(life: Life, status: Status) -> Life:
    """Return Noor's incident, brought to `status`; statuses nothing leads to yet are put there."""
    life.declare(Severity.SEV1)
    life.does(c.Escalate(why="need database help", person=NOOR), ADA)
    if status in {A, M, R}:
        life.does(c.TakeCommand())
    if status is M:
        life.does(COMMANDS[c.Mitigate])
    if status is R:
        life.does(COMMANDS[c.Resolve])
    if status is N:
        life.does(COMMANDS[c.Cancel], ADA)
    if status in {X, G}:
        life.changed(status=status)
    return life


def test_the_table():
    """The code's table is the one printed here."""

    assert dict(MATRIX) == {kind: set(statuses) for kind, statuses in ALLOWED_IN.items()}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("kind", "statuses"), MATRIX)
def test_every_cell(life, kind, statuses, status):
    """A command outside its statuses is refused for the status (no. 1, 2, 17, 21, 22), and inside them never is."""

    before = in_status(life, status).it
    decision = life.ask(COMMANDS[kind], ASKED_BY.get(kind, NOOR))
    numbers = {1, 2, 17, 22} if kind is c.Acknowledge else {1, 22}
    numbers = {c.Reopen: {1, 17}, c.Close: {1, 21}}.get(kind, numbers)
    refused = isinstance(decision, Refused) and decision.number in numbers

    assert (status in statuses) != refused
    assert (status in statuses) == allows(COMMANDS[kind], status)
    assert not refused or before == life.it


def test_every_command_is_answered():
    """Every command has its place in the lifecycle and somebody who decides it; `Declare` begins, so it has neither."""

    kinds = set(c.Command.__args__) - {c.Declare}

    assert kinds == set(RESPONSES)
    assert kinds == set(ALLOWED_IN)
    assert kinds == set(COMMANDS)


def test_every_event_is_folded():
    """Every event but the first has a fold of its own, and a name of its own."""

    by_default = fold.dispatch(object)
    unfolded = {kind for kind in KINDS.values() if fold.dispatch(kind) is by_default}

    assert {events.Declared} == unfolded
    assert {kind.__name__: kind for kind in KINDS.values()} == {
        name: kind
        for name, kind in {
            **vars(events),
            **vars(note_events),
            **vars(role_events),
            **vars(turns),
            **vars(handover_events),
            **vars(following),
            **vars(disturbing),
            **vars(suggestions),
            **vars(time_events),
            **vars(access_events),
            **vars(confirming_events),
            **vars(type_events),
            **vars(climb_events),
            **vars(unrest_events),
            **vars(staffing_events),
            **vars(asked_events),
            **vars(exception_events),
            **vars(sharing_events),
            **vars(away_events),
            **vars(spool_events),
        }.items()
        if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
    }
    assert all(name == kind.action and name.startswith("incident.") for name, kind in KINDS.items())


def test_each_event_is_one_version(sev1):
    """The version counts the events."""

    sev1.does(c.TakeCommand())

    assert len(sev1.events) == sev1.it.version


def test_what_cannot_begin(life):
    """Only a declaration begins an incident, and nothing replays to nothing."""

    note = NoteAdded(at=START, by=ADA, words="hello")

    with pytest.raises(ValueError, match=r"incident\.note_added cannot be the first event"):
        apply(None, note)
    with pytest.raises(ValueError, match="nothing to replay"):
        replay([])
    with pytest.raises(ValueError, match="AddNote needs an incident"):
        decide(None, c.AddNote(words="hello"), life.context(person(ADA)))


def test_an_event_nobody_folds_is_an_error(sev1):
    """An event that nothing says how to fold stops the decision instead of being lost."""

    with pytest.raises(TypeError, match=r"nothing says how incident\.\w+ changes INC-42"):
        fold.dispatch(object)(NoteAdded(at=START, by=ADA, words="hello"), sev1.it)


def test_no_cadence_to_fold_onto(life):
    """An event of the update ladder on an incident without one is an error, not a guess."""

    quiet = life.declare(Severity.SEV3).it

    with pytest.raises(ValueError, match="INC-42 at SEV-3 has no cadence of updates"):
        apply(quiet, UpdateDueSoon(at=START, by="clock", due_at=START))


def test_an_empty_seat_stays_empty_on_replay(sev1):
    """A commander who leaves leaves nobody behind."""

    empty = apply(sev1.it, CommandGivenBack(at=START, by=NOOR, named_by=ADA))

    assert empty.seat is None
    assert replace(empty, version=0, seat=sev1.it.seat, unrest=sev1.it.unrest) == replace(sev1.it, version=0)


def test_the_clock_asks_nothing_of_what_is_over(sev1):
    """A cancelled incident has no timers, and a tick changes nothing."""

    sev1.does(c.Cancel(why="the test ran against production"), ADA)

    assert {} == sev1.armed
    assert () == sev1.ask_as(CLOCK, c.RunTimers())


def test_hearing_twice_changes_nothing(sev1):
    """What Slack answered is recorded once: the channel, the refusal of one, a page that failed."""

    channel, refusal = COMMANDS[c.RecordChannel], COMMANDS[c.RecordNoChannel]
    failed = c.RecordUndeliverable(ref=sev1.it.pages[0].ref, error="user_not_found")
    first = [bool(sev1.ask_as(TOCSIN, command)) for command in (channel, refusal, failed)]
    sev1.now += timedelta(hours=1)
    second = [sev1.ask_as(TOCSIN, command) for command in (channel, refusal, failed)]

    assert [True, True, True] == first
    assert [(), (), ()] == second
