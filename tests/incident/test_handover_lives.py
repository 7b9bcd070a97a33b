"""Random lives of a seat: however it is offered, taken and lent, one person commands, and no handover leaves a gap."""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.history.apply import apply
from bot.incident.history.codec import canonical, restore
from bot.incident.history.turns import Reopened
from bot.incident.model import Incident
from bot.incident.timers import LOAN_ENDS, OFFER_ENDS, wanted
from bot.policy.load import load
from bot.words import Severity
from tests.incident.life import ADA, MIA, NOOR, SAM, SECOND, Life, rota_of

pytestmark = pytest.mark.no_cover
"""It walks a long way; the other tests reach every branch of the core without it, and are traced."""

POLICY = load({path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "policies").glob("*.yaml")})
ROTA = rota_of(POLICY)
WHO = st.sampled_from([ADA, NOOR, SAM, MIA])
SPANS = st.sampled_from([0, 1, 60, 300, 599, 600, 601, 1800, 3600])
SEATING: st.SearchStrategy[c.Command] = st.one_of(
    st.just(c.AcceptCommand()),
    st.builds(c.DeclineCommand, why=st.sampled_from(["", "on a train"])),
    st.just(c.WithdrawOffer()),
    st.builds(c.TakeCommand, over=st.one_of(st.none(), WHO)),
    st.builds(c.NameCommander, person=WHO),
    st.just(c.GiveBackCommand()),
    st.just(c.PostUpdate(now="Rolling back.")),
)
TURNING: st.SearchStrategy[c.Command] = st.sampled_from(
    [
        c.Resolve(words="Pool limit raised."),
        c.Cancel(why="because it was a test"),
        c.Reopen(why="the errors are back"),
        c.Close(),
    ]
)
MAY_EMPTY = (e.CommandGivenBack, Reopened)
"""The only events after which nobody may command."""


class Seats(RuleBasedStateMachine):
    """One incident whose seat goes round."""

    life: Life

    @initialize(severity=st.sampled_from(Severity))
    def declare(self, severity: Severity) -> None:
        """Begin with a commander who has answered."""
        self.life = Life(policy=POLICY, rota=ROTA).declare(severity)
        self.life.ask(c.TakeCommand(), NOOR)

    @rule(by=WHO, to=WHO, span=st.one_of(st.none(), SPANS))
    def offer(self, by: str, to: str, span: int | None) -> None:
        """Somebody offers the seat, for good or for a time."""
        until = None if span is None else self.life.now + span * SECOND
        self.life.ask(c.OfferCommand(person=to, brief="Rolling back.", until=until), by)

    @rule(to=WHO, span=st.one_of(st.none(), SPANS), seconds=SPANS)
    def hand_over(self, to: str, span: int | None, seconds: int) -> None:
        """Whoever commands offers the seat, and is answered in time or not."""
        self.offer(self.life.it.commander or ADA, to, span)
        self.wait(seconds)
        self.life.ask(c.AcceptCommand(), to)

    @rule(command=SEATING, by=WHO)
    def seat(self, command: c.Command, by: str) -> None:
        """Somebody answers, takes, gives or leaves the seat."""
        self.life.ask(command, by)

    @rule(command=TURNING, by=WHO, often=st.integers(min_value=0, max_value=2))
    def turn(self, command: c.Command, by: str, often: int) -> None:
        """Now and then it ends, or comes back."""
        if often == 0:
            self.life.ask(command, by)

    @rule(gone=st.sets(WHO, max_size=2).map(tuple))
    def leave(self, gone: tuple[str, ...]) -> None:
        """People leave the company, and come back."""
        self.life.gone = gone

    @rule(seconds=SPANS)
    def wait(self, seconds: int) -> None:
        """Time goes by, the clock ticking."""
        self.life.wait(seconds * SECOND)

    @rule(seconds=SPANS)
    def stall(self, seconds: int) -> None:
        """Time goes by, and nothing ticks."""
        self.life.now += seconds * SECOND

    @invariant()
    def replayed(self) -> None:
        """Replaying the events gives the incident."""
        if hasattr(self, "life"):
            assert self.life.is_replayed()

    @invariant()
    def an_offer_is_its_commanders(self) -> None:
        """What waits is offered by whoever commands an open incident, to somebody else, and its timer runs."""
        if hasattr(self, "life") and (offer := self.life.it.handing.offer):
            assert self.life.it.status.is_open
            assert offer.by == self.life.it.commander != offer.person
            assert offer.ends_at == wanted(self.life.it, POLICY)[OFFER_ENDS]

    @invariant()
    def a_loan_is_its_holders(self) -> None:
        """A seat held for a time is held by whoever it was lent to, and its timer runs."""
        if hasattr(self, "life") and (loan := self.life.it.handing.loan):
            assert self.life.it.status.is_open
            assert loan.giver != loan.person == self.life.it.commander
            assert loan.until == wanted(self.life.it, POLICY)[LOAN_ENDS]

    @invariant()
    def each_offer_ends_once(self) -> None:
        """Offers are numbered from 1, and every one of them ended but perhaps the last."""
        if hasattr(self, "life"):
            numbers = [one.number for one in self.life.it.handing.ended]
            offered = [one.number for one in self.life.events if isinstance(one, h.CommandOffered)]
            waits = [self.life.it.handing.offer.number] if self.life.it.handing.offer else []
            assert offered == [*numbers, *waits] == list(range(1, len(offered) + 1))

    def teardown(self) -> None:
        """Nothing but leaving it empties the seat, and a handover goes from whoever held it; bytes keep all of it."""
        if not hasattr(self, "life"):
            return
        held: Incident | None = None
        for event in self.life.events:
            before, held = held, apply(held, event)
            if before and before.commander and not isinstance(event, MAY_EMPTY):
                assert held.commander
            if before and isinstance(event, h.CommandHandedOver | h.CommandReturned):
                assert event.over == before.commander != held.commander
            assert event == restore(event.action, canonical(event))


Seats.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestSeats = Seats.TestCase
