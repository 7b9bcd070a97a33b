"""Reactions: every effect has an id made from its cause, a place, a picture that exists, and needs that exist."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK, TOCSIN, Context
from bot.incident.history import events as e
from bot.incident.history.absence import Absence
from bot.incident.history.asked_events import PageHeld
from bot.incident.history.climb_events import NextStepCalled, NobodyFurther
from bot.incident.history.codec import KINDS
from bot.incident.history.following import Followed, Unfollowed
from bot.incident.history.note_events import NoteAdded, NoteWithdrawn
from bot.incident.history.type_events import PhaseDueSoon, PhaseMissed
from bot.incident.reacting.effect_ids import of
from bot.incident.reacting.effects import VIEWS, EffectKind, Place, PlaceKind, TimerChange, TimerOp
from bot.incident.reacting.reactions import REACTIONS, react
from bot.incident.reading.controls import CONTROLS, acts_of
from bot.policy.rulebook import Phase
from bot.words import Act, Classification, Lane, Role, Severity
from tests.incident.life import ADA, HOUR, IRIS, LENA, MIA, MINUTE, NOOR, SAM, START, TOMAS, Life, person

SEV1 = Severity.SEV1
TAKEN: dict[str, Any] = {
    "number": 43,
    "title": "Search is slow",
    "severity": Severity.SEV2,
    "classification": Classification.INTERNAL,
    "declared_at": START,
    "people": (ADA, SAM),
}
ONCE = {"incident:42/headline", "incident:42/duties/UNOOR"}


def busy(life: Life) -> Life:
    """Return a life in which everything that can be said was said."""
    life.declare(SEV1, commander=MIA).wait(27 * MINUTE)
    life.ask_as(TOCSIN, c.RecordUndeliverable(ref=life.it.pages[-1].ref, error="user_not_found"))
    life.ask_as(TOCSIN, c.RecordNoChannel(error="restricted_action"))
    life.does(c.Acknowledge(), SAM)
    life.does(c.NameCommander(person=NOOR), SAM)
    life.does(c.TakeCommand())
    life.does(c.ConfirmSeverity())
    life.does(c.PostUpdate(now="Rolling back."))
    life.does(c.SnoozeUpdates(until=life.now + 10 * MINUTE, why="waiting for the vendor"))
    life.wait(31 * MINUTE)
    life.does(c.Escalate(why="need database help"), ADA)
    life.does(c.AnswerCall(), life.it.calls[-1].person)
    life.gives_back()
    life.does(c.TakeRole(role=Role.SCRIBE), MIA)
    life.does(c.TakeCommand(), MIA)
    life.does(c.GiveRole(role=Role.CUSTOMER_ADVOCATE, person=IRIS, span=MINUTE), MIA)
    life.wait(MINUTE)
    life.ask_as(TOCSIN, c.RecordDeparture(person=LENA))
    life.does(c.TakeIn(**TAKEN), MIA)
    life.does(c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it"), MIA)
    life.does(c.ChangeSeverity(severity=SEV1), MIA)
    life.does(c.Retitle(title="Payments fail"), MIA)
    life.does(c.TakeRole(role=Role.SCRIBE), ADA)
    life.does(c.GiveBackRole(role=Role.SCRIBE), ADA)
    life.does(c.SendToCommander(words="Errors fall."), ADA)
    life.does(c.SuggestSeverity(severity=Severity.SEV3, why="one team only, by now"), ADA)
    life.does(c.LeaveSeverity(person=ADA))
    life.does(c.Mitigate(words="Rolled back."))
    return life


@pytest.fixture(scope="module")
def lives(policy, rota) -> list[Life]:
    """Return lives full of events, lived once and only looked at: one resolved twice, one cancelled, one merged."""
    resolved = busy(Life(policy=policy, rota=rota))
    resolved.does(c.Resolve(words="Pool limit raised."))
    resolved.does(c.Close())
    resolved.now += HOUR
    resolved.does(c.Reopen(why="the errors are back"))
    resolved.does(c.Resolve(words="Pool limit raised again."))
    cancelled = Life(policy=policy, rota=rota).declare(SEV1)
    cancelled.wait(26 * MINUTE)
    cancelled.does(c.Cancel(why="the test ran against production"))
    merged = Life(policy=policy, rota=rota).declare(SEV1).wait(2 * MINUTE)
    merged.does(c.Follow(), ADA)
    merged.other = replace(merged.it, number=40)
    merged.does(c.Merge(into=40, confirmed=True))
    return [
        resolved,
        cancelled,
        merged,
        handed_over(Life(policy=policy, rota=rota)),
        secluded(Life(policy=policy, rota=rota)),
        drifting(Life(policy=policy, rota=rota)),
        swaying(Life(policy=policy, rota=rota)),
        excepted(Life(policy=policy, rota=rota)),
        returned(Life(policy=policy, rota=rota)),
        spooled(Life(policy=policy, rota=rota)),
    ]


def spooled(life: Life) -> Life:
    """Return a life declared while the database did not answer."""
    written = c.Spooled(ref="D-3F7K", at=life.now)
    life.does(c.Declare(title="Checkout returns 500s", severity=SEV1, spooled=written), ADA)
    life.does(c.Acknowledge())
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def swaying(life: Life) -> Life:
    """Return a life whose seat is taken and given back again and again, and whose calls nobody answers."""
    life.declare(SEV1)
    for _ in range(3):
        life.does(c.TakeCommand())
        life.wait(MINUTE).gives_back()
    life.wait(HOUR).does(c.TakeCommand())
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def secluded(life: Life) -> Life:
    """Return a life made private, into which somebody was let for an hour."""
    life.declare(SEV1).does(c.TakeCommand())
    life.does(c.PagePerson(person=IRIS, why="need words for customers"))
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.Classify(to=Classification.CONFIDENTIAL, why="customer names are in the logs"), ADA)
    life.does(c.GrantAccess(person=TOMAS, why="legal review"))
    life.wait(HOUR)
    life.ask_as(TOCSIN, c.RecordChannel(channel="C2", name="inc-42-private"))
    for team in ("T2", "T3"):
        life.ask_as(TOCSIN, c.RecordShared(channel="C2", team=team))
        life.ask_as(TOCSIN, c.RecordUnshared(channel="C2", team=team))
    life.ask_as(TOCSIN, c.RecordReach(channel="C2", is_public=True))
    life.ask_as(TOCSIN, c.RecordReach(channel="C2", is_public=False))
    life.ask_as(TOCSIN, c.RecordChannelId(was="C2", now="C3"))
    life.ask_as(TOCSIN, c.RecordShared(channel="C3", team="T2"))
    life.does(c.KeepWithholding())
    life.does(c.MoveInside())
    return life


def drifting(life: Life) -> Life:
    """Return a SEV-1 of data quality, in which phases were missed and met."""
    life.declare(SEV1).does(c.TakeCommand())
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.SetType(type="data quality"))
    life.wait(HOUR)
    life.does(c.FinishPhase(phase=Phase.CONTAIN, words="bad partitions are held back"))
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def excepted(life: Life) -> Life:
    """Return a life with an exception that was asked for, approved, and over after an hour."""
    life.declare(SEV1).does(c.TakeCommand())
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.AskException(why="no broadcast, customer embargo", span=HOUR))
    life.does(c.ApproveException(), TOMAS)
    life.wait(HOUR)
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def returned(life: Life) -> Life:
    """Return a life in which Tocsin was away for an hour, and back."""
    life.declare(SEV1).does(c.TakeCommand())
    life.now += HOUR
    life.ask_as(CLOCK, c.RunTimers(away=Absence(since=START, until=life.now)))
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def handed_over(life: Life) -> Life:
    """Return a private life whose seat was offered, declined, lent, and came back."""
    life.declare(SEV1).changed(classification=Classification.CONFIDENTIAL).does(c.TakeCommand())
    life.does(c.OfferCommand(person=MIA, brief="Rolling back."))
    life.does(c.DeclineCommand(), MIA)
    life.does(c.OfferCommand(person=SAM, brief="Rolling back.", until=START + HOUR))
    life.does(c.AcceptCommand(), SAM)
    life.wait(HOUR)
    life.does(c.Resolve(words="Pool limit raised."))
    return life


def test_every_view_is_known(lives):
    """Together the lives draw every picture there is, and none that is not."""

    drawn = {one.view for life in lives for _, one in life.said}

    assert VIEWS == drawn - {""}


def test_what_has_no_picture(lives):
    """Only what says nothing draws nothing: channels, who comes and goes, pins and topics."""

    silent = {one.kind for life in lives for _, one in life.said if not one.view}

    going = {EffectKind.INVITE, EffectKind.REMOVE}
    assert {EffectKind.OPEN_CHANNEL, *going, EffectKind.PIN, EffectKind.TOPIC} == silent


def test_ids_are_unique(lives):
    """No two effects share an id, but for those a place has once: asked again, they are drawn again."""

    for life in lives:
        ids = [one.id for _, one in life.said]

        assert len(set(ids)) == len(ids)
        repeated = {one for one in life.repeated if "/invite/" not in one}
        assert {one for one in repeated if "/severity/" not in one} <= {*ONCE, "incident:42/duties/UMIA"}
        assert repeated <= set(life.redrawn)


def test_ids_are_deterministic(policy, rota):
    """The same life asks for the same ids, in the same order."""

    first, second = (busy(Life(policy=policy, rota=rota)) for _ in range(2))

    assert [one for _, one in first.said] == [one for _, one in second.said]


def test_needs_and_threads_exist(lives):
    """What an effect needs, and what it replies to, was asked for before it or with it."""

    for life in lives:
        asked: set[str] = set()
        for at, one in life.said:
            together = {other.id for when, other in life.said if when == at}
            wanted = {*one.needs, *([one.thread_of] if one.thread_of else [])}

            assert wanted <= asked | together
            asked.add(one.id)


NAMES = (
    "heads-up",
    "nudge",
    "late",
    "climbed",
    "duties",
    "called",
    "broadcast",
    "headline",
    "nobody",
    "page",
    "soon",
    "clocks",
    "roles",
)


def test_redraws_are_of_what_was_asked(lives):
    """A redraw names something asked for, or something this life might have been asked for and was not."""

    for life in lives:
        asked = {one.id for _, one in life.said}
        strangers = {one for one in life.redrawn if one not in asked}

        assert set() == {one for one in strangers if not any(f"/{name}" in one for name in NAMES)}
        assert {"incident:42/card", "incident:42/announcement", "incident:42/page/0"} <= asked & set(life.redrawn)


def test_what_stands_in_slack_is_drawn_again_at_the_end(lives):
    """When it is over, the card, the announcement, the broadcast, the topic and every page say so."""

    for life in lives:
        pages = {f"incident:42/page/{page.step}" for page in life.it.pages if not page.outside}
        standing = {of(life.it, name) for name in ("card", "announcement", "broadcast", "headline", "topic", "nobody")}

        assert standing | pages <= set(life.redrawn)


def test_a_standing_thing_asked_again_is_drawn_again(sev1):
    """An update asks for the headline and draws it again, whether it stood already or not."""

    sev1.wait(2 * MINUTE)
    sev1.redrawn.clear()
    sev1.does(c.PostUpdate(now="Rolling back."))

    assert "incident:42/headline" in sev1.repeated & set(sev1.redrawn)


def test_a_naming_answered_redraws_the_duties(sev1):
    """Who was named and answers has one message of duties, drawn again."""

    sev1.does(c.NameCommander(person=MIA), SAM)
    sev1.does(c.TakeCommand(), MIA)

    assert [(0.0, "duties")] == sev1.dms(MIA)
    assert "incident:42/duties/UMIA" in sev1.redrawn


PLACES = [
    ("card", {PlaceKind.CHANNEL}),
    ("announcement", {PlaceKind.INCIDENTS}),
    ("broadcast", {PlaceKind.BROADCAST}),
    ("headline", {PlaceKind.LEADERSHIP}),
    ("page", {PlaceKind.DM, PlaceKind.OUTSIDE}),
    ("duties", {PlaceKind.DM}),
    ("clocks", {PlaceKind.CHANNEL, PlaceKind.LEADERSHIP}),
    ("soon", {PlaceKind.DM}),
    ("called", {PlaceKind.DM}),
    ("update", {PlaceKind.CHANNEL, PlaceKind.BROADCAST, PlaceKind.LEADERSHIP}),
    ("update.soon", {PlaceKind.DM}),
    ("update.late", {PlaceKind.DM}),
    ("update.contact", {PlaceKind.DM}),
    ("update.climbed", {PlaceKind.CHANNEL, PlaceKind.LEADERSHIP}),
    ("snoozed", {PlaceKind.CHANNEL}),
    ("nobody", {PlaceKind.CHANNEL}),
    ("undeliverable", {PlaceKind.CHANNEL}),
    ("no_channel", {PlaceKind.INCIDENTS, PlaceKind.DM}),
    ("mitigated", {PlaceKind.CHANNEL, PlaceKind.LEADERSHIP}),
    ("resolved", {PlaceKind.CHANNEL, PlaceKind.BROADCAST, PlaceKind.LEADERSHIP}),
    ("cancelled", {PlaceKind.CHANNEL, PlaceKind.BROADCAST}),
    ("line.acknowledged", {PlaceKind.CHANNEL}),
    ("line.command", {PlaceKind.CHANNEL}),
    ("line.seat_empty", {PlaceKind.CHANNEL, PlaceKind.DM}),
    ("line.escalated", {PlaceKind.CHANNEL}),
    ("line.paged", {PlaceKind.CHANNEL}),
    ("page.called", {PlaceKind.DM, PlaceKind.OUTSIDE}),
]


@pytest.mark.parametrize(("view", "places"), PLACES)
def test_where_each_picture_hangs(lives, view, places):
    """Each picture is posted where its readers are, and nowhere else."""

    assert places == {one.place.kind for life in lives for one in life.effects(view)}


LANES = [
    ("page", {Lane.PAGE}),
    ("called", {Lane.PAGE}),
    ("page.called", {Lane.PAGE}),
    ("nobody", {Lane.PAGE}),
    ("undeliverable", {Lane.PAGE}),
    ("update.contact", {Lane.PAGE}),
    ("card", {Lane.DECLARE}),
    ("announcement", {Lane.DECLARE}),
    ("broadcast", {Lane.DECLARE}),
    ("duties", {Lane.ANSWER}),
    ("headline", {Lane.UPDATE}),
    ("soon", {Lane.REMINDER}),
    ("update.soon", {Lane.REMINDER}),
    ("update.late", {Lane.REMINDER}),
    ("line.acknowledged", {Lane.DECLARE}),
]


@pytest.mark.parametrize(("view", "lanes"), LANES)
def test_how_urgent_each_picture_is(lives, view, lanes):
    """Pages and calls go first, the announcement next, then answers, updates and reminders."""

    assert lanes == {one.lane for life in lives for one in life.effects(view)}


def test_a_quieter_channel_waits_its_turn(life):
    """Lines in a SEV-2's channel go with the other updates."""

    life.declare(Severity.SEV2).does(c.Acknowledge())

    assert [Lane.UPDATE] == [one.lane for one in life.effects("line.acknowledged")]


@pytest.mark.parametrize("severity", [Severity.SEV2, Severity.SEV3])
def test_without_a_broadcast(life, severity):
    """Where policy has no broadcast channel, nothing is broadcast, nor replied to there."""

    life.declare(severity).does(c.TakeCommand())
    life.does(c.PostUpdate(now="Rolling back."))
    life.does(c.Resolve(words="Pool limit raised."))

    assert [] == life.told(PlaceKind.BROADCAST, severity)


def test_a_cancellation_without_a_broadcast(life):
    """A SEV-2 called off is said in its channel alone."""

    life.declare(Severity.SEV2).does(c.Cancel(why="the test ran against production"))

    assert [PlaceKind.CHANNEL] == [one.place.kind for one in life.effects("cancelled")]


def test_who_is_told_of_an_acknowledgement(sev1):
    """The line says who, how long it took, and whether they command (surface: lines beside the card)."""

    sev1.now += 2 * MINUTE
    sev1.does(c.Acknowledge())
    [line] = sev1.effects("line.acknowledged")

    assert {"by": NOOR, "commands": True, "seconds": 120} == line.words


def test_events_that_say_nothing_themselves():
    """Every event either has a reaction, or is told with others by the clock, or changes nothing anyone sees."""

    silent = {e.Declared, NoteAdded, NoteWithdrawn, e.LadderSkipped, e.ChannelOpened}
    clock = {
        e.NobodyAnswered,
        e.ClockDueSoon,
        e.ClockMissed,
        e.UpdateDueSoon,
        e.UpdateMissed,
        e.UpdateNudged,
        e.UpdateLadderClimbed,
        e.SnoozeEnded,
        PhaseDueSoon,
        PhaseMissed,
        NextStepCalled,
        NobodyFurther,
    }
    silent |= {Followed, Unfollowed, PageHeld}

    assert set(KINDS.values()) == silent | clock | set(REACTIONS)
    assert not (silent | clock) & set(REACTIONS)


def test_buttons_hang_on_pictures():
    """Every picture with buttons exists: a message of a reaction or about the policy, or an answer."""

    assert set(CONTROLS) - VIEWS <= {"acknowledged", "noted", "policy.proposed", "page.test"}
    assert (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, Act.PASS_ON) == acts_of("page")
    assert () == acts_of("mitigated")


def test_a_failed_page_nobody_knows_says_nothing(sev1):
    """A failed page with an id that is no page's is recorded, and nobody is named."""

    event = e.PageUndeliverable(at=sev1.now, by=TOCSIN.id, ref="p-????", error="x")
    _, reactions = react(sev1.it, [event], sev1.context(TOCSIN))

    assert ((), ()) == (reactions.effects, reactions.redraws)


def test_timers_of_a_declaration(sev1):
    """Declaring arms every clock, the page, the last resort, the headline and the update ladder."""

    due = {kind: sev1.minute(at) for kind, at in sev1.armed.items()}

    assert {
        "acknowledge.warn": 3.0,
        "acknowledge.due": 5.0,
        "commander.warn": 3.0,
        "commander.due": 5.0,
        "mitigate.warn": 24.0,
        "mitigate.due": 30.0,
        "resolve.warn": 192.0,
        "resolve.due": 240.0,
        "headline": 1.0,
        "page.step": 2.0,
        "page.nobody": 10.0,
        "update.due": 15.0,
        "update.warn": 12.0,
        "roles.due": 20.0,
    } == due
    assert {TimerOp.ARM} == {change.op for change in sev1.changes}


def changed_by(life: Life, act: Callable[[Life], object]) -> set[tuple[TimerOp, str, float]]:
    """Return what `act` does to the timers: how, which, and the minute it was or is due."""
    before = len(life.changes)
    act(life)
    return {(one.op, one.kind, life.minute(one.due_at)) for one in life.changes[before:]}


def test_a_met_milestone_stops_its_timers(sev1):
    """Acknowledging stops its clock and the pages; nothing of it is left to fire (G3.1)."""

    sev1.wait(MINUTE)

    assert {
        (TimerOp.STOP, "acknowledge.warn", 3.0),
        (TimerOp.STOP, "acknowledge.due", 5.0),
        (TimerOp.STOP, "page.step", 2.0),
        (TimerOp.STOP, "page.nobody", 10.0),
    } == changed_by(sev1, lambda life: life.does(c.Acknowledge(), SAM))


def test_an_update_moves_its_timers(sev1):
    """Posting supersedes the due time and the heads-up (U5)."""

    sev1.does(c.TakeCommand())
    sev1.now += 10 * MINUTE

    assert {
        (TimerOp.SUPERSEDE, "update.due", 15.0),
        (TimerOp.ARM, "update.due", 25.0),
        (TimerOp.SUPERSEDE, "update.warn", 12.0),
        (TimerOp.ARM, "update.warn", 22.0),
    } == changed_by(sev1, lambda life: life.does(c.PostUpdate(now="Rolling back.")))


def test_a_timer_that_ran_has_fired(sev1):
    """What the clock ran is fired, what it led to is armed."""

    sev1.wait(2 * MINUTE - START.resolution)

    assert {
        (TimerOp.FIRE, "page.step", 2.0),
        (TimerOp.ARM, "page.step", 3.0),
    } == changed_by(sev1, lambda life: life.wait_until(START + 2 * MINUTE))


def test_what_a_late_command_runs_has_fired(sev1):
    """A due time noticed by a person's act before the tick has fired; what they met has stopped."""

    sev1.does(c.TakeCommand())
    sev1.now += HOUR // 2 + MINUTE
    done = changed_by(sev1, lambda life: life.does(c.Mitigate(words="Rolled back.")))

    assert {(TimerOp.FIRE, "mitigate.due", 30.0), (TimerOp.FIRE, "update.due", 30.0)} <= done


def test_what_is_met_at_its_due_moment_has_stopped(sev1):
    """A timer whose milestone a person reached as it fell due has stopped: it never fired."""

    sev1.now += 5 * MINUTE
    done = changed_by(sev1, lambda life: life.does(c.Acknowledge(), SAM))

    assert {op for op, kind, _ in done if kind.startswith("acknowledge")} == {TimerOp.STOP}


def test_a_change_is_a_value(sev1):
    """Contexts and changes are plain values: equal when they say the same."""

    change = TimerChange(op=TimerOp.ARM, kind="headline", due_at=START)

    assert TimerChange(op=TimerOp.ARM, kind="headline", due_at=START) == change
    assert isinstance(sev1.context(person(ADA)), Context)


@pytest.mark.parametrize("kind", PlaceKind)
@pytest.mark.parametrize("key", ["", "UNOOR"])
def test_a_place_is_one_word(kind, key):
    """A place is written as one word and read back."""

    assert Place(kind=kind, key=key) == Place.parse(str(Place(kind=kind, key=key)))
