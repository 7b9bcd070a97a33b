"""Random lives: whatever people and the clock do, in whatever order, the promises of an incident hold."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.context import TOCSIN
from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.history.codec import canonical, restore
from bot.incident.model import Incident
from bot.incident.phases import floor_of
from bot.incident.refusing.refusals import Refused
from bot.incident.timers import wanted
from bot.policy.load import load
from bot.policy.rulebook import Phase
from bot.words import ClockKind, Role, Severity, Status
from tests.incident.life import ADA, MIA, NOOR, PEOPLE, SAM, SECOND, ZOE, Life, read, rota_of

pytestmark = pytest.mark.no_cover
"""It walks a long way; the other tests reach every branch of the core without it, and are traced."""

POLICY = load({path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "policies").glob("*.yaml")})
WHO = st.sampled_from([ADA, NOOR, SAM, MIA, ZOE])
WHY = "because it has to be done"
SPANS = st.sampled_from([0, 1, 59, 60, 61, 180, 299, 300, 301, 599, 720, 900, 1500, 1800, 3600, 14400, 90000])
LATER = st.sampled_from([1, 60, 600, 1800, 3600]).map(lambda seconds: seconds * SECOND)

COMMANDS: st.SearchStrategy[c.Command] = st.one_of(
    st.just(c.Acknowledge()),
    st.builds(c.TakeCommand, over=st.one_of(st.none(), WHO)),
    st.builds(c.NameCommander, person=WHO),
    st.just(c.GiveBackCommand()),
    st.just(c.PassOnPage()),
    st.builds(c.OfferCommand, person=WHO, brief=st.sampled_from([WHY, "…"])),
    st.just(c.AcceptCommand()),
    st.builds(c.DeclineCommand, why=st.sampled_from([WHY, ""])),
    st.just(c.WithdrawOffer()),
    st.builds(c.PostUpdate, now=st.sampled_from(["Rolling back.", "…"])),
    st.just(c.PostNoChange()),
    st.builds(c.AddNote, words=st.sampled_from(["rollback began", ""])),
    st.builds(c.Escalate, why=st.sampled_from([WHY, "oops"]), person=st.one_of(st.none(), WHO)),
    st.just(c.AnswerCall()),
    st.builds(c.ChangeSeverity, severity=st.sampled_from(Severity), why=st.sampled_from([WHY, ""])),
    st.builds(c.Retitle, title=st.sampled_from(["Payments fail", "…"])),
    st.builds(c.Reopen, why=st.just(WHY)),
    st.just(c.Close()),
    st.builds(c.TakeRole, role=st.sampled_from(Role)),
    st.builds(c.GiveRole, role=st.sampled_from(Role), person=WHO),
    st.builds(c.GiveBackRole, role=st.sampled_from(Role)),
    st.just(c.Join()),
    st.just(c.ConfirmSeverity()),
    st.builds(c.Invite, person=WHO),
    st.builds(c.SetType, type=st.sampled_from(["model drift", "provider outage", "service", "modle"])),
    st.builds(c.FinishPhase, phase=st.sampled_from(Phase), words=st.sampled_from([WHY, "…"])),
)
ENDING: st.SearchStrategy[c.Command] = st.one_of(
    st.just(c.Mitigate(words="Rolled back.")),
    st.just(c.Resolve(words="Pool limit raised.")),
    st.just(c.Cancel(why=WHY)),
)


class Lives(RuleBasedStateMachine):
    """One incident, and a world that does as it likes."""

    life: Life

    @initialize(
        severity=st.sampled_from(Severity),
        by=WHO,
        commander=st.one_of(st.none(), st.sampled_from((NOOR, SAM, MIA))),
        missing=st.sets(st.sampled_from(PEOPLE), max_size=3).map(tuple),
    )
    def declare(self, severity: Severity, by: str, commander: str | None, missing: tuple[str, ...]) -> None:
        """Begin, with some of policy's people missing from the workspace."""
        self.life = Life(policy=POLICY, rota=rota_of(POLICY, without=missing)).declare(
            severity, by=by, commander=None if commander in missing else commander
        )

    @rule(command=COMMANDS, by=WHO)
    def ask(self, command: c.Command, by: str) -> None:
        """Somebody asks something."""
        self._ask(command, by)

    @rule(command=ENDING, by=WHO, often=st.integers(min_value=0, max_value=3))
    def end(self, command: c.Command, by: str, often: int) -> None:
        """Now and then somebody ends it."""
        if often == 0:
            self._ask(command, by)

    @rule(by=WHO, later=LATER)
    def snooze(self, by: str, later: timedelta) -> None:
        """Somebody wants silence."""
        self._ask(c.SnoozeUpdates(until=self.life.now + later, why=WHY), by)

    @rule(ref=st.integers(min_value=0, max_value=9))
    def fail_a_page(self, ref: int) -> None:
        """A page cannot be delivered."""
        pages = self.life.it.pages
        known = pages[ref % len(pages)].ref if pages else "p-none"
        self.life.ask_as(TOCSIN, c.RecordUndeliverable(ref=known, error="user_not_found"))

    @rule(seconds=SPANS)
    def wait(self, seconds: int) -> None:
        """Time goes by, the clock ticking."""
        self.life.wait(seconds * SECOND)

    @rule(seconds=SPANS)
    def stall(self, seconds: int) -> None:
        """Time goes by, and nothing ticks."""
        self.life.now += seconds * SECOND

    @rule()
    def tick(self) -> None:
        """The clock ticks."""
        self.life.tick()

    def _ask(self, command: c.Command, by: str) -> None:
        before = self.life.it
        decision = self.life.ask(command, by)
        if isinstance(decision, Refused):
            assert before == self.life.it
            assert 0 < len(read(decision.sentence)) <= 300

    @invariant()
    def replayed(self) -> None:
        """Replaying the events gives the incident."""
        if hasattr(self, "life"):
            assert self.life.is_replayed()

    @invariant()
    def one_commander(self) -> None:
        """One person commands at most, and it is whom the last change of seat put there."""
        if hasattr(self, "life"):
            assert _seated(self.life.events) == self.life.it.commander

    @invariant()
    def one_holder_of_each_role(self) -> None:
        """No role is held twice, and the commander's seat is never among the roles."""
        if hasattr(self, "life"):
            held = [one.role for one in self.life.it.roles]
            assert len(set(held)) == len(held)
            assert Role.COMMANDER not in held

    @invariant()
    def never_early(self) -> None:
        """No clock warned or was missed before its moment, and none twice for the same due time."""
        if hasattr(self, "life"):
            it = self.life.it
            assert all(mark.due_at <= mark.at for mark in it.missed)
            assert all(clock.warned_at is None or clock.warn_at <= clock.warned_at for clock in clocks(it, POLICY))
            assert len({(mark.kind, mark.due_at) for mark in it.missed}) == len(it.missed)
            assert len({(mark.kind, mark.due_at) for mark in it.warned}) == len(it.warned)

    @invariant()
    def none_lost(self) -> None:
        """A milestone reached after its due time, or an end after it, has the miss on the record."""
        if hasattr(self, "life"):
            it = self.life.it
            late = [
                clock.kind for clock in clocks(it, POLICY) if (end := _end(it, clock.met_at)) and end > clock.due_at
            ]
            assert set(late) <= {mark.kind for mark in it.missed} | {ClockKind.UPDATE}

    @invariant()
    def the_end_is_quiet(self) -> None:
        """What has ended wants no timers but those of the phases that are owed after it."""
        if hasattr(self, "life") and not self.life.it.status.is_open:
            lasting = wanted(self.life.it, POLICY)
            assert lasting == self.life.armed
            assert all(kind.startswith("phase.") for kind in lasting)
            assert not lasting or self.life.it.status is Status.RESOLVED

    @invariant()
    def phases_keep_time(self) -> None:
        """No phase was missed before its moment, none twice for the same due time, and none below the floor."""
        if hasattr(self, "life"):
            it = self.life.it
            marks = [(mark.phase, mark.due_at) for mark in it.playbook.missed]
            assert all(mark.due_at <= mark.at for mark in it.playbook.missed)
            assert len(set(marks)) == len(marks)
            assert it.severity.rank <= floor_of(it, POLICY).rank

    @invariant()
    def said_once(self) -> None:
        """Nothing but what a place has once is asked for again."""
        if hasattr(self, "life"):
            assert {one for one in self.life.repeated if not _stands(one)} == set()

    @precondition(lambda self: hasattr(self, "life"))
    @rule()
    def ticked_to_the_end(self) -> None:
        """After a tick, every due time up to now is met or on the record."""
        self.life.tick()
        it = self.life.it
        if it.status.is_open:
            unmet = [clock for clock in clocks(it, POLICY) if clock.is_running and clock.due_at <= self.life.now]
            assert all(clock.missed_at for clock in unmet)

    def teardown(self) -> None:
        """Every event comes back from its bytes."""
        if hasattr(self, "life"):
            events = self.life.events
            assert events == [restore(event.action, canonical(event)) for event in events]


def _seated(events: list[e.Event]) -> str | None:
    commander: str | None = None
    for event in events:
        match event:
            case e.CommanderNamed():
                commander = event.person
            case e.CommandTaken() | h.CommandHandedOver():
                commander = event.by
            case e.CommandGivenBack():
                commander = None
            case _:
                pass
    return commander


def _end(incident: Incident, met_at: datetime | None) -> datetime | None:
    return met_at or (incident.cancelled.at if incident.cancelled else None)


def _stands(effect_id: str) -> bool:
    return any(name in effect_id for name in ("/headline", "/duties/", "/invite/", "/severity/"))


Lives.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestLives = Lives.TestCase
