"""Handing over: the seat is offered, and its giver commands until somebody has accepted; never a gap."""

from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident import timers as t
from bot.incident.context import CLOCK, SHELL
from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.history.handing import EndedOffer, OfferEnd
from bot.incident.reading.home import asked_of, people_of
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.handover_refusals import TIME_PAST, TO_YOURSELF
from bot.incident.rules.forms import refuse_form
from bot.incident.rules.handover import loan_due, offer_expired
from bot.incident.sight import people_in
from bot.words import Act, Classification, Role, Severity, Status
from tests.incident.life import ADA, HOUR, LENA, MIA, MINUTE, NOOR, SAM, START, ZOE, Life, person, read

BRIEF = "State: rollback running."


def offer(to: str = SAM, *, until: timedelta | None = None, brief: str = BRIEF) -> c.OfferCommand:
    """Return an offer to `to`, for as long as `until` after the start."""
    return c.OfferCommand(person=to, brief=brief, watch="EU queue length", until=START + until if until else None)


@pytest.fixture
def led(sev1):
    """Return an incident that Noor commands."""
    sev1.does(c.TakeCommand())
    sev1.said.clear()
    return sev1


@pytest.fixture
def offered(led):
    """Return an incident whose seat Noor offers to Sam."""
    led.does(offer())
    led.said.clear()
    led.redrawn.clear()
    return led


@pytest.fixture
def lent(led):
    """Return an incident that Sam commands for Noor, for an hour."""
    led.does(offer(until=HOUR))
    led.does(c.AcceptCommand(), SAM)
    led.said.clear()
    led.redrawn.clear()
    return led


def views(life: Life) -> list[tuple[str, str]]:
    """Return what was said where: place and picture."""
    return [(str(one.place), one.view) for _, one in life.said if one.view]


def ends(life: Life) -> list[OfferEnd]:
    """Return how the offers ended."""
    return [one.how for one in life.it.handing.ended]


def number_for(act: Act, life: Life, who: str) -> int | None:
    """Return the number of the refusal with which the form for `act` is not opened for `who`, or None."""
    refused = refuse_form(act, life.it, life.context(person(who)))
    return refused.number if refused else None


def test_an_offer_leaves_the_seat_where_it_is(led):
    """Noor commands until Sam has accepted; Sam is asked by direct message, for ten minutes."""

    led.does(offer())

    assert NOOR == led.it.commander
    assert [(f"dm:{SAM}", "handover.offer")] == views(led)
    assert START + 10 * MINUTE == led.armed[t.OFFER_ENDS]
    assert (Act.ANSWER_OFFER,) == asked_of(led.it, SAM)
    assert SAM in people_in(led.it) & people_of(led.it)
    assert led.is_replayed()


def test_an_offer_of_a_private_incident_keeps_its_brief_inside(led):
    """Sam is added first, the brief is a reply in the channel, the direct message follows."""

    led.changed(classification=Classification.CONFIDENTIAL)
    led.does(offer())

    assert [("channel", "handover.room"), ("channel", "handover.brief"), (f"dm:{SAM}", "handover.offer")] == views(led)
    assert (SAM,) == led.said[0][1].people
    assert "incident:42/offer/1/room" == led.effects("handover.brief")[0].thread_of

    led.does(c.AcceptCommand(), SAM)
    assert 1 == len(led.effects("handover.brief"))


def test_accepting_hands_the_seat_over_in_one_step(offered):
    """The line, the brief below it, the duties of the new commander; the giver hears it, and every clock goes on."""

    before = dict(offered.armed)
    offered.does(c.AcceptCommand(), SAM)
    seat = offered.it.seat

    assert (SAM, NOOR, START) == (seat.person, seat.named_by, seat.answered_at)
    assert [OfferEnd.ACCEPTED] == ends(offered)
    assert [
        ("channel", "line.handed_over"),
        ("channel", "handover.brief"),
        (f"dm:{NOOR}", "handover.told"),
        (f"dm:{SAM}", "duties"),
    ] == views(offered)
    assert {"incident:42/offer/1", f"incident:42/duties/{NOOR}", "incident:42/card"} <= set(offered.redrawn)
    assert {kind: at for kind, at in before.items() if kind != t.OFFER_ENDS} == offered.armed
    assert [] == offered.happened(h.OfferEnded)


def test_accepting_counts_as_an_answer(sev1):
    """A commander who is named and offers the seat is there; who accepts has acknowledged, too (G8.1)."""

    sev1.does(offer())
    answered = sev1.it.commander_answered
    sev1.now += MINUTE
    sev1.does(c.AcceptCommand(), SAM)

    assert answered
    assert (Status.ACKNOWLEDGED, SAM, NOOR) == (sev1.it.status, sev1.it.acknowledged.by, sev1.it.commanded.by)
    assert [1] == sev1.happened(e.Acknowledged)


def test_taking_command_of_what_one_is_offered_is_accepting_it(offered):
    """To whom the seat is offered, the button on the card gives it."""

    offered.does(offer(MIA))
    offered.does(c.TakeCommand(), MIA)

    assert MIA == offered.it.commander
    assert [OfferEnd.WITHDRAWN, OfferEnd.ACCEPTED] == ends(offered)


def test_declining_leaves_the_giver_in_command(offered):
    """Noor hears it with Sam's words; the offer is drawn again without its buttons."""

    offered.does(c.DeclineCommand(why="on a train"), SAM)

    assert (NOOR, None) == (offered.it.commander, offered.it.handing.offer)
    assert [(f"dm:{NOOR}", "handover.told")] == views(offered)
    assert "on a train" == offered.said[0][1].words["why"]
    assert {"incident:42/offer/1", "incident:42/card"} == set(offered.redrawn)
    assert t.OFFER_ENDS not in offered.armed
    assert SAM in people_in(offered.it)


def test_an_offer_ends_by_itself(offered):
    """After ten minutes the giver hears that nobody answered; the record has when it was over."""

    offered.wait(11 * MINUTE)

    assert (EndedOffer(number=1, person=SAM, how=OfferEnd.EXPIRED, at=START + 10 * MINUTE),) == offered.it.handing.ended
    assert (10, "handover.told") in offered.dms(NOOR)
    assert () == asked_of(offered.it, SAM)


def test_an_answer_that_comes_late_is_too_late(offered):
    """The clock has not ticked yet, and all the same the offer is over when its time is."""

    offered.now += 11 * MINUTE
    refused = offered.refused(c.AcceptCommand(), SAM)
    offered.does(c.PostUpdate(now="Rolling back."))

    assert "That offer ended at 14:10. UNOOR still commands INC-42." == read(refused.sentence)
    assert [OfferEnd.EXPIRED] == ends(offered)
    assert not isinstance(offered.ask(c.TakeCommand(), SAM), tuple)


def test_an_offer_to_somebody_else_withdraws_the_first(offered):
    """One seat, one offer: the second takes the first one's place, and the first one's message says so."""

    offered.does(offer(MIA))

    assert (2, MIA) == (offered.it.handing.offer.number, offered.it.handing.offer.person)
    assert [OfferEnd.WITHDRAWN] == ends(offered)
    assert "incident:42/offer/1" in offered.redrawn
    assert 19 == offered.refused(c.AcceptCommand(), SAM).number


def test_an_offer_is_withdrawn_by_whoever_made_it(offered):
    """Noor takes it back; nobody else can, and not twice."""

    assert 19 == offered.refused(c.WithdrawOffer(), SAM).number
    offered.does(c.WithdrawOffer())

    assert [OfferEnd.WITHDRAWN] == ends(offered)
    assert [] == views(offered)
    refused = offered.refused(c.WithdrawOffer())
    assert "You offer command of INC-42 to nobody, so there is nothing to withdraw." == read(refused.sentence)


OVERTAKING = [
    (c.TakeCommand(over=NOOR), MIA),
    (c.NameCommander(person=MIA), NOOR),
    (c.GiveBackCommand(), NOOR),
    (c.Resolve(words="Pool raised."), NOOR),
    (c.Cancel(why="the probe itself was broken"), NOOR),
]


@pytest.mark.parametrize(("command", "by"), OVERTAKING, ids=[type(command).__name__ for command, _ in OVERTAKING])
def test_an_offer_ends_with_the_command_it_is_about(offered, command, by):
    """Somebody else takes over, or it is over: nothing is left to accept, and the offer's message says so."""

    offered.does(c.GiveRole(role=Role.DEPUTY, person=LENA))
    offered.does(command, by)

    assert [OfferEnd.OVERTAKEN] == ends(offered)
    assert "incident:42/offer/1" in offered.redrawn
    assert t.OFFER_ENDS not in offered.armed
    assert offered.is_replayed()


def test_taking_over_is_said_as_ever(offered):
    """That an offer ended with it takes nothing from the line and the invitation."""

    offered.does(c.TakeCommand(over=NOOR), MIA)

    assert [("channel", "line.command"), (f"dm:{MIA}", "duties"), (f"dm:{NOOR}", "line.command")] == views(offered)


def test_command_goes_back_at_the_time_agreed(lent):
    """After the hour Noor commands again; both are told, and so is the channel."""

    lent.wait(HOUR)
    back = [(where, view) for where, view in views(lent) if "back" in view]

    assert (NOOR, None) == (lent.it.commander, lent.it.handing.loan)
    assert lent.it.commander_answered
    assert [("channel", "line.command_back"), (f"dm:{NOOR}", "handover.back"), (f"dm:{SAM}", "handover.back")] == back
    assert [60] == lent.happened(h.CommandReturned)
    assert lent.is_replayed()


def test_command_stays_when_its_giver_is_gone(lent):
    """Noor left: Sam still commands, and the channel and Sam hear why."""

    lent.gone = (NOOR,)
    lent.wait(HOUR)

    assert (SAM, None) == (lent.it.commander, lent.it.handing.loan)
    back = [(where, view) for where, view in views(lent) if "back" in view]
    assert [("channel", "line.command_back"), (f"dm:{SAM}", "handover.back")] == back


def test_whoever_lent_command_hears_that_it_does_not_come_back(lent):
    """Mia takes over from Sam: what was agreed with Sam holds no more."""

    lent.does(c.TakeCommand(over=SAM), MIA)

    assert (MIA, None) == (lent.it.commander, lent.it.handing.loan)
    assert (f"dm:{NOOR}", "handover.back") in views(lent)
    assert t.LOAN_ENDS not in lent.armed


@pytest.mark.parametrize(
    "back", [c.TakeCommand(over=SAM), c.Resolve(words="Pool raised.")], ids=["taken back", "resolved"]
)
def test_a_seat_that_is_back_or_over_needs_no_word(lent, back):
    """Whoever takes their seat back themself, or ends the incident, need not hear that it comes back no more."""

    lent.does(back)

    assert None is lent.it.handing.loan
    assert "handover.back" not in [view for _, view in views(lent)]


def test_the_heir_of_a_time_hands_on(lent):
    """Sam offers the seat on; the time agreed comes first, and the offer ends with it."""

    lent.now += 55 * MINUTE
    lent.does(offer(MIA), SAM)
    lent.wait(10 * MINUTE)

    assert NOOR == lent.it.commander
    assert [OfferEnd.ACCEPTED, OfferEnd.OVERTAKEN] == ends(lent)


def test_who_may_offer(offered):
    """Only whoever commands, or the operator for them; and an empty seat cannot be handed over."""

    refused = offered.refused(offer(MIA), SAM)
    assert (18, (Act.TAKE_COMMAND,)) == (refused.number, refused.offers)
    assert BRIEF == refused.kept
    assert [18, None] == [number_for(Act.HAND_OVER, offered, who) for who in (SAM, NOOR)]
    offered.ask_as(SHELL, offer(MIA))
    assert NOOR == offered.it.handing.offer.by
    offered.ask_as(SHELL, c.WithdrawOffer())
    offered.gives_back()
    empty = offered.refused(offer(MIA))
    assert "Nobody commands INC-42, so there is nothing to hand over. Take command first." == read(empty.sentence)


REFUSED = [
    (offer(NOOR), TO_YOURSELF, "You command INC-42 already; choose someone else."),
    (offer(brief="?"), 41, "Say in the brief how it stands: at least 3 letters or digits. Nothing was changed."),
    (offer(until=-MINUTE), TIME_PAST, "That time is past. Choose one that is still to come."),
    (offer(brief="x" * 1501), 44, "1,500 characters at most; yours has 1,501."),
]


@pytest.mark.parametrize(("command", "number", "sentence"), REFUSED, ids=["yourself", "no brief", "past", "long"])
def test_what_cannot_be_offered(led, command, number, sentence):
    """To oneself, without a brief, until a time that is past, or in too many words."""

    refused = led.refused(command)

    assert number == refused.number
    assert read(refused.sentence).startswith(sentence)
    assert None is led.it.handing.offer


def test_who_may_answer(offered):
    """Only whom it was made to: others hear that nothing is theirs to answer, the commander that the seat is theirs."""

    assert "Nobody offers you command of INC-42. UNOOR commands INC-42." == read(
        offered.refused(c.DeclineCommand(), ZOE).sentence
    )
    assert "You command INC-42 already." == read(offered.refused(c.AcceptCommand()).sentence)
    assert [None, 19] == [number_for(Act.ANSWER_OFFER, offered, who) for who in (SAM, ZOE)]
    offered.does(c.WithdrawOffer())
    offered.gives_back()
    gone = offered.refused(c.AcceptCommand(), SAM)
    assert "That offer ended at 14:00. Nobody commands INC-42." == read(gone.sentence)


def test_timers_that_outlived_what_they_were_about(led):
    """Nothing is made up where there is no offer, and no seat held for a time."""

    assert () == offer_expired(led.it, led.context(CLOCK))
    assert () == loan_due(led.it, led.context(CLOCK))


TOLD = [
    (offer(), "Command offered to USAM, brief “State: rollback running.” · UNOOR", NOOR),
    (offer(until=HOUR), "Command offered to USAM until 15:00, brief “State: rollback running.” · UNOOR", NOOR),
    (c.DeclineCommand(why="on a train"), "USAM declined command “on a train” · USAM", SAM),
    (c.AcceptCommand(), "Accepted command from UNOOR until 15:00 · USAM", SAM),
]


@pytest.mark.parametrize(("command", "told", "by"), TOLD)
def test_a_handover_on_the_timeline(led, command, told, by):
    """Offered, declined, accepted: each in a line, with its words."""

    if by == SAM:
        led.does(offer(until=HOUR))
    events = led.does(command, by)

    assert told == read(line_of(events[-1], ()))


def test_the_way_back_on_the_timeline(lent):
    """That it went back, that it did not, and that an offer was not answered."""

    lent.does(offer(MIA), SAM)
    lent.wait(HOUR)
    ended = next(one for one in lent.events if isinstance(one, h.OfferEnded))
    returned = next(one for one in lent.events if isinstance(one, h.CommandReturned))
    stays = h.LoanEnded(at=START, by="clock", person=SAM, giver=NOOR, until=START, how=h.LoanEnd.GONE)
    overtaken = h.LoanEnded(at=START, by=MIA, person=SAM, giver=NOOR, until=START, how=h.LoanEnd.OVERTAKEN)

    assert "UMIA did not answer the offer of command" == read(line_of(ended, ()))
    assert "Command went back to UNOOR from USAM" == read(line_of(returned, ()))
    assert "Command does not go back to UNOOR, who is no member any more" == read(line_of(stays, ()))
    assert "Command does not go back to UNOOR, for the incident went on otherwise · UMIA" == read(
        line_of(overtaken, ())
    )


def test_a_milder_incident_is_handed_over_too(life):
    """Also where no clock asks for a commander's answer."""

    life.declare(Severity.SEV4, by=ADA).does(c.TakeCommand(), SAM)
    life.does(offer(MIA), SAM)
    life.does(c.AcceptCommand(), MIA)

    assert MIA == life.it.commander
