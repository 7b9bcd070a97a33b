"""Phases of the playbook: due by type and severity, warned, missed and done, in as few messages as the rest (P6)."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.history.playbook import PhaseDone, PhaseMark, Playbook
from bot.incident.history.type_events import PhaseDueSoon, PhaseFinished, PhaseMissed
from bot.incident.model import Incident
from bot.incident.phases import current, owner_of, phases
from bot.incident.reacting.effects import PlaceKind
from bot.policy.rulebook import Phase, PhasesRun
from bot.words import Role, Severity
from tests.incident.life import ADA, HOUR, IRIS, LENA, MINUTE, NOOR, SAM, START, TOMAS, ZOE, Life, person, read

SEV1, SEV2, SEV3, SEV4 = Severity


def drifting(life: Life, severity: Severity = SEV1, kind: str = "model drift") -> Life:
    """Return an incident of this type that Noor commands."""
    life.declare(severity).does(c.TakeCommand())
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.SetType(type=kind))
    return life


def typed(incident: Incident, key: str, severity: Severity) -> Incident:
    """Return the incident as one of this type and severity."""
    return replace(incident, severity=severity, playbook=Playbook(type=key))


def test_every_phase_of_every_type_at_every_severity(sev1, policy):
    """Each falls due as the matrix says, counted from the declaration, after the one before, and warns sooner."""

    for key, kind in policy.types.items():
        for severity in kind.rows:
            clocks = phases(typed(sev1.it, key, severity), policy)

            assert [(one.phase, START + one.within[severity], one.owner) for one in kind.phases] == [
                (clock.phase, clock.due_at, clock.owner) for clock in clocks
            ]
            assert [one.within[severity] for one in kind.phases] == [clock.allowed for clock in clocks]
            assert all(one.is_running and one.starts_at < one.warn_at < one.due_at for one in clocks)
            assert all(one.due_at <= other.due_at for one, other in pairwise(clocks))
            assert clocks[0] == current(clocks)


def test_the_default_type_says_nothing_of_its_own(sev1, policy):
    """Nobody set a type, so no phase runs: GOV-001's clocks speak already. Policy may have it otherwise."""

    always = replace(policy, phases_run=PhasesRun.ALWAYS)

    assert () == phases(sev1.it, policy)
    assert policy.types["service"].phases[0].phase is phases(sev1.it, always)[0].phase
    assert not [kind for kind in sev1.armed if kind.startswith("phase.")]


def test_a_severity_below_the_floor_has_the_floors_due_times(sev1, policy):
    """An incident milder than its type can be is measured by the mildest there is."""

    clocks = phases(typed(sev1.it, "provider_outage", SEV4), policy)

    assert START + 30 * MINUTE == clocks[0].due_at


def test_phases_warn_and_are_missed(life):
    """A SEV-2's first phases warn a share before they are due, and are missed when they are."""

    drifting(life, SEV2).wait(3 * HOUR)

    assert [24.0, 96.0] == life.happened(PhaseDueSoon)
    assert [30.0, 120.0] == life.happened(PhaseMissed)
    assert life.is_replayed()


def test_phases_go_with_the_clocks(life):
    """What falls due together is one message: contain and mitigate warn and are missed in one line each."""

    drifting(life).does(c.PostUpdate(now="Looking."))
    life.wait(31 * MINUTE)
    said = [one for _, one in life.said if one.view == "clocks" and one.place.kind is PlaceKind.CHANNEL]
    minutes = [minute for minute, view in life.in_channel() if view == "clocks"]

    assert len(minutes) == len(set(minutes))
    assert all(after - before >= 1 for before, after in pairwise(minutes))
    last = said[-1].words
    assert ["mitigate"] == [one["kind"] for one in last["missed"]]
    assert ["contain"] == [one["phase"] for one in last["phases_missed"]]


def test_nobody_hears_twice_in_a_minute(life):
    """Whoever owes a clock and a phase hears of both in one direct message."""

    drifting(life).wait(25 * MINUTE)
    heard = [minute for minute, view in life.dms(NOOR) if view == "soon"]

    assert len(heard) == len(set(heard))
    together = next(one for one in life.effects("soon") if one.words["soon"] and one.words["phases_soon"])
    assert ["contain"] == [one["phase"] for one in together.words["phases_soon"]]


def test_a_phase_is_done_by_a_word(life):
    """Whoever works on it says what was done; the timer goes, and what was said of it is drawn again."""

    drifting(life, SEV2).wait(25 * MINUTE)
    life.does(c.FinishPhase(phase=Phase.ASSESS, words="drift report 17 is attached"))

    assert not [kind for kind in life.armed if kind.startswith("phase.assess")]
    assert [0.0 + 25] == life.happened(PhaseFinished)
    assert any("/soon/phase/assess" in one for one in life.redrawn)
    assert phases(life.it, life.policy)[1] == current(phases(life.it, life.policy))
    life.wait(HOUR)
    assert [] == life.happened(PhaseMissed)


def test_a_phase_done_late_stays_missed(life):
    """Missed at 30 and done at 40: the record keeps both, and the due time stands."""

    drifting(life, SEV2).wait(40 * MINUTE)
    done = life.does(c.FinishPhase(phase=Phase.ASSESS, words="drift report 17 is attached"))[0]
    clock = phases(life.it, life.policy)[0]

    assert START + 30 * MINUTE == done.due_at == clock.due_at
    assert (START + 30 * MINUTE, START + 40 * MINUTE) == (clock.missed_at, clock.done_at)


def test_a_phase_is_missed_before_the_clock_ticks(life):
    """A word that comes before the clock's next tick does not undo that it came too late."""

    drifting(life, SEV2).now = START + 31 * MINUTE
    told = life.does(c.FinishPhase(phase=Phase.ASSESS, words="drift report 17 is attached"))

    happened = [one.action for one in told if isinstance(one, PhaseMissed | PhaseFinished)]

    assert [PhaseMissed.action, PhaseFinished.action] == happened


def test_milestones_end_phases(life):
    """Mitigated is assessed and contained, resolved is recovered as well: nobody says it twice."""

    drifting(life).wait(5 * MINUTE)
    life.does(c.Mitigate(words="Rolled back."))
    mitigated = {one.phase: one.done_at for one in phases(life.it, life.policy)}
    life.does(c.Resolve(words="Pool limit raised."))
    resolved = {one.phase: one.done_at for one in phases(life.it, life.policy)}

    at = START + 5 * MINUTE
    assert {Phase.ASSESS: at, Phase.CONTAIN: at, Phase.RECOVER: None, Phase.REVIEW: None} == mitigated
    assert {Phase.ASSESS: at, Phase.CONTAIN: at, Phase.RECOVER: at, Phase.REVIEW: None} == resolved


def test_what_a_milestone_ended_follows_no_change(life):
    """Contained in an hour as a SEV-2 is in time, also once it is a SEV-1."""

    drifting(life, SEV2).wait(HOUR)
    life.does(c.Mitigate(words="Rolled back."))
    life.does(c.ChangeSeverity(severity=SEV1))
    contain = phases(life.it, life.policy)[1]

    assert (START + 2 * HOUR, None) == (contain.due_at, contain.missed_at)


def test_severity_moves_due_times_and_forgives_nothing(life):
    """Raised, a phase falls due sooner; lowered after a miss, the miss stays with its due time."""

    drifting(life, SEV2).wait(20 * MINUTE)
    raised = life.does(c.ChangeSeverity(severity=SEV1))
    life.does(c.ChangeSeverity(severity=SEV2, why="the retries hide it"))
    assess = phases(life.it, life.policy)[0]

    assert [Phase.ASSESS] == [one.phase for one in raised if isinstance(one, PhaseMissed)]
    assert START + 15 * MINUTE == assess.due_at
    assert assess.missed_at


def test_another_type_keeps_what_was_missed(life):
    """A miss under one type is a miss under the next, and is not missed a second time."""

    drifting(life).wait(16 * MINUTE)
    life.does(c.SetType(type="faulty release"))
    life.wait(5 * MINUTE)

    assert [("model_drift", Phase.ASSESS)] == [(one.type, one.phase) for one in life.it.playbook.missed]
    assert phases(life.it, life.policy)[0].missed_at


def test_after_the_end_only_who_owes_it_hears(life):
    """The review of a resolved incident warns and is missed by direct message; its channel hears no more."""

    drifting(life).does(c.Resolve(words="Pool limit raised."))
    before = life.in_channel()
    life.wait(timedelta(days=4))

    assert before == life.in_channel()
    assert ["soon", "soon"] == [view for minute, view in life.dms(NOOR) if minute > 60]
    assert [Phase.REVIEW] == [one.phase for one in life.it.playbook.missed]
    life.does(c.FinishPhase(phase=Phase.REVIEW, words="postmortem is written"))
    assert any("/late/phase/review" in one for one in life.redrawn)


def test_nobody_to_remind_after_the_end(life):
    """With nobody to owe it, a phase is missed all the same, and only the record says so."""

    drifting(life).does(c.Resolve(words="Pool limit raised."))
    life.changed(seat=None)
    heard = len(life.said)
    life.wait(timedelta(days=4))

    assert [Phase.REVIEW] == [one.phase for one in life.it.playbook.missed]
    assert heard == len(life.said)


def test_what_is_closed_owes_nothing(life):
    """Closed, no phase is awaited any more."""

    drifting(life).does(c.Resolve(words="Pool limit raised."))
    life.does(c.Close())

    assert {} == life.armed
    assert phases(life.it, life.policy)[-1].stopped


def test_a_reopened_incident_goes_through_it_again(life):
    """What contains and recovers it is owed again from the reopening; what was assessed stays."""

    drifting(life).wait(16 * MINUTE)
    life.does(c.FinishPhase(phase=Phase.ASSESS, words="drift report 17 is attached"))
    life.does(c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force"))
    life.does(c.Resolve(words="Pool limit raised."))
    life.now += 2 * HOUR
    life.does(c.Reopen(why="the errors are back"))
    now = {one.phase: one for one in phases(life.it, life.policy)}

    assert (START, True) == (now[Phase.ASSESS].starts_at, now[Phase.ASSESS].done_at is not None)
    life.redrawn.clear()
    life.does(c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force again"))
    assert not any("/phase/" in one for one in life.redrawn)
    assert (START + 2 * HOUR + 46 * MINUTE, None) == (now[Phase.CONTAIN].due_at, now[Phase.CONTAIN].done_at)


def test_who_owes_what(life, policy):
    """The holder of a role, else the commander; of an office who acknowledged, else the first of it who is there."""

    life.declare(SEV1)
    named = owner_of("commander", life.it, life.context(person(ADA)))
    paged = owner_of("on_call_engineer", life.it, life.context(person(ADA)))
    life.does(c.Acknowledge(), SAM)
    life.does(c.GiveRole(role=Role.SECURITY_LEAD, person=IRIS))
    context = life.context(person(ADA))

    assert (NOOR, NOOR) == (named, paged)
    assert [SAM, IRIS, NOOR] == [
        owner_of(key, life.it, context) for key in ("on_call_engineer", "security_lead", "legal_counsel")
    ]
    assert LENA not in {owner_of(key, life.it, context) for key in policy.offices}
    assert owner_of("data_protection_lead", life.it, context) == ADA


REFUSED = [
    (c.FinishPhase(phase=Phase.NOTIFY, words="the regulator was told"), 81, NOOR),
    (c.FinishPhase(phase=Phase.CONTAIN, words="done"), 82, NOOR),
    (c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force"), 4, ZOE),
]


@pytest.mark.parametrize(("command", "number", "by"), REFUSED)
def test_a_phase_that_is_not_done(life, command, number, by):
    """A phase there is not, one done by no words, one that is not theirs: each says why, words kept."""

    refused = drifting(life, SEV2).refused(command, by)

    assert (number, command.words) == (refused.number, refused.kept)


def test_a_phase_done_twice(life):
    """What is done is done (no. 17), and says since when."""

    drifting(life).does(c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force"))
    refused = life.refused(c.FinishPhase(phase=Phase.CONTAIN, words="fallback model in force"))

    assert 17 == refused.number
    assert "done already, since 14:00" in read(refused.sentence)


def test_no_playbook_no_phases(sev1):
    """Nobody set a type, so there is no phase to finish (no. 81)."""

    refused = sev1.refused(c.FinishPhase(phase=Phase.CONTAIN, words="rolled back to 2.41"))

    assert 81 == refused.number
    assert "nobody has set its type" in read(refused.sentence)


def test_everybody_who_works_on_it_may_finish_a_phase(life):
    """A team brought in by the type says what it did."""

    drifting(life, SEV2, "unusual access")
    life.does(c.FinishPhase(phase=Phase.NOTIFY, words="nobody outside has to be told"), TOMAS)

    assert [Phase.NOTIFY] == [one.phase for one in life.it.playbook.done]


def test_marks_of_an_earlier_round_do_not_count(sev1, policy):
    """A miss from before the reopening is on the record, and no miss of the phase that runs now."""

    mark = PhaseMark(type="model_drift", phase=Phase.CONTAIN, due_at=START - HOUR, at=START - HOUR)
    done = PhaseDone(phase=Phase.REVIEW, at=START - HOUR, by=NOOR, words="written", due_at=START)
    playbook = Playbook(type="model_drift", missed=(mark,), done=(done,))
    clocks = phases(replace(sev1.it, playbook=playbook), policy)

    assert [None, None] == [clocks[1].missed_at, clocks[3].done_at]
