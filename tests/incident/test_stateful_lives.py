"""Every promise of the clocks at once, over random lives: never early, never lost, once, and calm (G3.1, G3.2, P2)."""

from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.incident import commands as c
from bot.incident.history import climb_events as k
from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.reacting.effects import PlaceKind, TimerOp
from bot.incident.timers import wanted
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, LENA, MIA, MINUTE, NOOR, SAM, SECOND, TOMAS, Life, rota_of
from tests.incident.test_random_lives import POLICY

pytestmark = pytest.mark.no_cover
"""It walks a long way; the other tests reach every branch of the core without it, and are traced."""

Kind = TypeVar("Kind", bound=e.Event)
WHO = st.sampled_from([ADA, NOOR, SAM, MIA, LENA])
WHY = "because it has to be done"
SPAN = st.sampled_from([1, 59, 61, 119, 180, 299, 300, 301, 599, 600, 601, 900, 1799, 3600, 7201, 30000])
DEEDS: st.SearchStrategy[c.Command] = st.sampled_from(
    [
        c.Acknowledge(),
        c.TakeCommand(),
        c.TakeCommand(over=NOOR),
        c.NameCommander(person=SAM),
        c.GiveBackCommand(),
        c.PassOnPage(),
        c.OfferCommand(person=SAM, brief="Rolling back."),
        c.AcceptCommand(),
        c.PostUpdate(now="Rolling back."),
        c.PostNoChange(),
        c.Escalate(why=WHY),
        c.Escalate(why=WHY, person=TOMAS),
        c.AnswerCall(),
        c.Mitigate(words="Rolled back."),
        c.Resolve(words="Pool limit raised."),
        c.Reopen(why=WHY),
    ]
)
TURNS, ALARMS = {"clocks", "update.climbed"}, {"nobody", "nobody_further"}


class ClockedLives(RuleBasedStateMachine):
    """One incident under the shipped policy, people who do as they like, and a clock that ticks when it is told to."""

    life: Life

    @initialize(severity=st.sampled_from(Severity), alerted=st.sampled_from([0, 0, 120, 2400]))
    def declare(self, severity: Severity, alerted: int) -> None:
        """Begin, now and then because of a signal that came before."""
        self.life = Life(policy=POLICY, rota=rota_of(POLICY))
        at = self.life.now - alerted * SECOND if alerted else None
        self.life.does(c.Declare(title="Checkout returns 500s", severity=severity, alerted_at=at), ADA)

    @rule(deed=DEEDS, by=WHO)
    def act(self, deed: c.Command, by: str) -> None:
        """Somebody does something, or is refused."""
        self.life.now += SECOND
        self.life.ask(deed, by)

    @rule(severity=st.sampled_from(Severity), by=WHO)
    def regrade(self, severity: Severity, by: str) -> None:
        """Somebody changes the severity."""
        self.life.now += SECOND
        self.life.ask(c.ChangeSeverity(severity=severity, why=WHY), by)

    @rule(span=SPAN)
    def wait(self, span: int) -> None:
        """Time goes by, the clock ticking at every due time."""
        self.life.wait(span * SECOND)

    @rule(span=SPAN)
    def be_away(self, span: int) -> None:
        """Time goes by, and nothing ticks until it is over."""
        self.life.outage(span * SECOND)

    @invariant()
    def no_timer_is_early(self) -> None:
        """What fired had been due, what was missed is noticed no sooner than it was due."""
        assert [] == [one for one in self._of(e.ClockMissed) if one.at < one.due_at]
        assert [] == [one for one in self._of(e.UpdateMissed) if one.at < one.due_at]
        steps = [*self._of(k.NextStepCalled), *self._of(k.NobodyFurther)]
        gaps = [after.at - before.at for before, after in pairwise(sorted(steps, key=lambda one: one.at))]
        assert [] == [gap for gap in gaps if gap < POLICY.calls.unanswered_after]

    @invariant()
    def no_timer_is_lost(self) -> None:
        """What should be running is armed, and everything ever armed fired, was stopped, or moved."""
        if not hasattr(self, "life"):
            return
        assert wanted(self.life.it, POLICY) == self.life.armed
        armed = Counter(one.kind for one in self.life.changes if one.op is TimerOp.ARM)
        ended = Counter(one.kind for one in self.life.changes if one.op is not TimerOp.ARM)
        assert Counter(self.life.armed.keys()) == armed - ended

    @invariant()
    def each_breach_escalates_once(self) -> None:
        """A due time is missed once; no way up calls anybody twice, or goes on after its top."""
        missed = Counter((one.kind, one.due_at) for one in self._of(e.ClockMissed))
        assert [] == [one for one, often in missed.items() if often > 1]
        called: set[str] = set()
        for event in self.life.events if hasattr(self, "life") else ():
            if isinstance(event, k.NextStepCalled):
                assert event.person not in called
                called.add(event.person)
            elif isinstance(event, k.NobodyFurther | e.CallAnswered | e.Resolved) or _begins(event):
                called.clear()

    @invariant()
    def nothing_is_forgiven(self) -> None:
        """What is on the record as missed stays there, whatever severity or status comes after."""
        if hasattr(self, "life"):
            told = {(one.kind, one.due_at) for one in self._of(e.ClockMissed)}
            kept = {(one.kind, one.due_at) for one in self.life.it.missed if one.kind is not ClockKind.UPDATE}
            assert told == kept

    @invariant()
    def one_commander_at_most(self) -> None:
        """The seat is held by whom the last event about it put there, or by nobody."""
        if hasattr(self, "life"):
            assert _seated(self.life.events) == self.life.it.commander

    @invariant()
    def the_record_is_the_incident(self) -> None:
        """Replaying the events gives the incident."""
        if hasattr(self, "life"):
            assert self.life.is_replayed()

    @invariant()
    def the_channel_stays_calm(self) -> None:
        """The clock speaks in the channel once a minute at most; only that nobody can be reached is said at once."""
        said = sorted(self._spoken(), key=lambda one: one[0])
        close = [(at, view) for (before, _), (at, view) in pairwise(said) if at - before < MINUTE]
        assert [] == [(at, view) for at, view in close if view in TURNS]

    def _spoken(self) -> list[tuple[datetime, str]]:
        if not hasattr(self, "life"):
            return []
        found = [(at, one) for at, one in self.life.said if one.place.kind is PlaceKind.CHANNEL]
        return [(one.not_before or at, one.view) for at, one in found if one.view in TURNS | ALARMS]

    def _of(self, kind: type[Kind]) -> list[Kind]:
        return [one for one in self.life.events if isinstance(one, kind)] if hasattr(self, "life") else []


def _begins(event: e.Event) -> bool:
    return isinstance(event, e.CommandTaken | e.Acknowledged | e.Mitigated | h.CommandHandedOver)


def _seated(events: list[e.Event]) -> str | None:
    holder: str | None = None
    for event in events:
        match event:
            case e.CommanderNamed():
                holder = event.person
            case e.CommandTaken() | h.CommandHandedOver():
                holder = event.by
            case e.CommandGivenBack():
                holder = None
            case _:
                pass
    return holder


ClockedLives.TestCase.settings = settings(
    stateful_step_count=25,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestClockedLives = ClockedLives.TestCase
