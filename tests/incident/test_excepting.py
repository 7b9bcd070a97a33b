"""Exceptions: who may ask, who of the Board approves, what is told, and that each ends by itself (G1.1)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.incident import commands as c
from bot.incident import timers as t
from bot.incident.context import TOCSIN
from bot.incident.history import exception_events as x
from bot.incident.history.exceptions import ExceptionStanding
from bot.incident.reacting.effects import GOVERNANCE, PlaceKind
from bot.incident.reading.timeline import line_of
from bot.incident.rules.excepting import read_end
from bot.incident.rules.forms import refuse_form
from bot.incident.sight import is_asked, may_see
from bot.words import Act, Role, Severity
from tests.incident.life import ADA, HOUR, IRIS, LENA, MINUTE, NOOR, SAM, START, TOMAS, Life, person, read, rota_of

WHY = "no broadcast, customer embargo until noon"
NO = "the customer has to hear of it"
BERLIN = ZoneInfo("Europe/Berlin")


def commanded(life: Life, *, private: bool = False) -> Life:
    """Return Ada's SEV-1, Noor in command, its channel made."""
    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_private=private), ADA)
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.TakeCommand())
    life.said.clear()
    return life


@pytest.fixture
def it(life):
    """A SEV-1 that Noor commands; Lena and Tomas are the Board."""
    return commanded(life)


@pytest.fixture
def asked(it):
    """Noor has asked for an exception of two hours."""
    it.does(c.AskException(why=WHY, span=2 * HOUR))
    return it


def standing(life: Life) -> list[ExceptionStanding]:
    """Return where each exception stands."""
    return [one.standing for one in life.it.exceptions.every]


def told(life: Life) -> list[tuple[PlaceKind, str, str]]:
    """Return where what was said since."""
    places = {PlaceKind.DM, PlaceKind.CHANNEL, PlaceKind.GOVERNANCE}
    return [(one.place.kind, one.place.key, one.view) for _, one in life.said if one.view and one.place.kind in places]


def test_the_commander_asks_and_the_board_is_told(asked):
    """Each of the Board by direct message, with the words and until when; nothing holds yet."""

    (event,) = [one for one in asked.events if isinstance(one, x.ExceptionAsked)]

    assert (WHY, START + 2 * HOUR, (LENA, TOMAS)) == (event.why, event.until, event.people)
    assert [(PlaceKind.DM, LENA, "exception.asked"), (PlaceKind.DM, TOMAS, "exception.asked")] == told(asked)
    assert () == asked.it.exceptions.holding
    assert t.EXCEPTION_END not in asked.armed


def test_the_board_approves_in_writing(asked):
    """Approver, words and end are on the record; channel, asker and Governance hear of it; the questions are over."""

    asked.said.clear()
    (event,) = asked.does(c.ApproveException(number=1), LENA)
    governing = asked.effects("exception.governance")[0]

    assert x.ExceptionApproved(at=START, by=LENA, number=1, person=NOOR, why=WHY, until=START + 2 * HOUR) == event
    assert [
        (PlaceKind.CHANNEL, "", "exception.approved"),
        (PlaceKind.GOVERNANCE, "", "exception.governance"),
        (PlaceKind.DM, NOOR, "exception.answered"),
    ] == told(asked)
    assert (GOVERNANCE, {"number": 1}) == (governing.place, governing.words)
    assert {f"incident:42/exception/1/asked/{who}" for who in (LENA, TOMAS)} <= set(asked.redrawn)
    assert [ExceptionStanding.APPROVED] == standing(asked)
    assert asked.is_replayed()


def test_whose_answer_it_waits_for(asked):
    """The one that waits longest comes first on the page of whoever was asked; answered, none does."""

    asked.does(c.AskException(why="no recording of the bridge call"))
    first = asked.it.exceptions.put_to(LENA)
    asked.does(c.ApproveException(number=1), TOMAS)
    second = asked.it.exceptions.put_to(LENA)

    assert (1, 2, None) == (first and first.number, second and second.number, asked.it.exceptions.put_to(NOOR))


def test_it_ends_by_itself(asked):
    """At its time, also after a resolution; the channel is told that the rule holds again."""

    asked.does(c.ApproveException(), TOMAS)
    asked.does(c.Resolve(words="Pool limit raised."))
    armed = asked.armed[t.EXCEPTION_END]
    asked.wait(3 * HOUR)

    assert START + 2 * HOUR == armed
    assert [120.0] == asked.happened(x.ExceptionEnded)
    assert [ExceptionStanding.ENDED] == standing(asked)
    assert 1 == len(asked.effects("exception.ended"))


def test_what_is_over_arms_nothing(asked):
    """A cancelled incident has no exception to end; reopened, it ends when it was to."""

    asked.does(c.ApproveException(), LENA)
    asked.does(c.Cancel(why="the test ran against production"))
    cancelled = dict(asked.armed)
    asked.now += 3 * HOUR
    asked.does(c.Reopen(why="the errors are back"))
    asked.tick()

    assert {} == cancelled
    assert [180.0] == asked.happened(x.ExceptionEnded)


def test_without_a_time_it_ends_with_the_incident(it):
    """Nothing is armed for it."""

    it.does(c.AskException(why=WHY))
    it.does(c.ApproveException(), LENA)

    assert t.EXCEPTION_END not in it.armed
    assert [(PlaceKind.CHANNEL, "", "exception.approved")] == [
        one for one in told(it) if one[2] == "exception.approved"
    ]


def test_one_of_the_board_writes_it_at_once(it):
    """Lena has no part in leading: what she writes is approved, and nobody is asked."""

    events = it.does(c.AskException(why=WHY, until=START + HOUR), LENA)

    assert [x.ExceptionAsked, x.ExceptionApproved] == [type(one) for one in events]
    assert [] == it.dms(LENA) + it.dms(TOMAS)
    assert (LENA, False) == (events[1].by, events[1].is_alone)


def commanded_by_lena(life):
    """Let Lena, of the Board, hold the seat."""
    life.changed(seat=replace(life.it.seat, person=LENA))


def deputised_by_lena(life):
    """Let Lena, of the Board, be deputy."""
    life.does(c.GiveRole(role=Role.DEPUTY, person=LENA))


@pytest.mark.parametrize("role", [Role.COMMANDER, Role.DEPUTY])
def test_nobody_approves_what_they_need_themselves(it, role):
    """Lena commands, or is deputy: what she asks is Tomas's to answer."""

    (commanded_by_lena if role is Role.COMMANDER else deputised_by_lena)(it)
    it.does(c.AskException(why=WHY), LENA)
    refused = it.refused(c.ApproveException(), LENA)
    it.does(c.ApproveException(), TOMAS)

    assert 98 == refused.number
    assert "You asked for exception 1 of INC-42, so another of the Board answers it: UTOMAS." == read(refused.sentence)
    assert [TOMAS] == [one.answered_by for one in it.it.exceptions.every]


def test_a_board_of_one_is_recorded_so(it, policy):
    """The Board has nobody but the commander: it is approved, and the record says that nobody else could."""

    it.rota = rota_of(policy, without=(TOMAS,))
    commanded_by_lena(it)
    events = it.does(c.AskException(why=WHY), LENA)

    assert events[-1].is_alone
    assert (
        "Exception 1 approved by who asked, the Board having nobody else: “no broadcast, customer embargo until noon”"
        " · ULENA" == read(line_of(events[-1], ()))
    )


def test_who_asked_alone_may_approve_later(it, policy):
    """The other of the Board left meanwhile."""

    commanded_by_lena(it)
    it.does(c.AskException(why=WHY), LENA)
    it.rota = rota_of(policy, without=(TOMAS,))
    (event,) = it.does(c.ApproveException(), LENA)

    assert event.is_alone


def test_the_board_declines(asked):
    """With a reason, which whoever asked reads; nothing holds, and neither channel nor Governance hears of it."""

    asked.said.clear()
    thin = asked.refused(c.DeclineException(why="no"), LENA)
    asked.does(c.DeclineException(why=NO), LENA)

    assert 25 == thin.number
    assert [(PlaceKind.DM, NOOR, "exception.answered")] == told(asked)
    assert [ExceptionStanding.DECLINED] == standing(asked)
    assert "Exception 1 declined: “the customer has to hear of it” · ULENA" == read(line_of(asked.events[-1], ()))


def test_ended_before_its_time(asked):
    """By who leads or by the Board; the rule holds again."""

    asked.does(c.ApproveException(), LENA)
    refused = asked.refused(c.EndException(), IRIS)
    asked.does(c.EndException(number=1), TOMAS)

    assert 4 == refused.number
    assert t.EXCEPTION_END not in asked.armed
    assert "Exception 1 ended: the rule holds again · UTOMAS" == read(line_of(asked.events[-1], ()))


@pytest.mark.parametrize(
    ("command", "by", "number", "words"),
    [
        (
            c.AskException(why=WHY),
            IRIS,
            4,
            "Asking for an exception on INC-42 is for UNOOR, USAM, UMIA, ULENA or UTOMAS.",
        ),
        (c.AskException(why="embargo"), NOOR, 25, "A reason needs words"),
        (c.AskException(why=WHY, until=START), NOOR, 61, "That time is past. Choose one that is still to come."),
        (c.AskException(why=WHY, span=93 * 24 * HOUR), NOOR, 61, "An exception lasts 92 days at most"),
        (c.ApproveException(), NOOR, 4, "Answering an exception on INC-42 is for ULENA or UTOMAS."),
        (c.DeclineException(why=NO), NOOR, 4, "Answering an exception on INC-42 is for ULENA or UTOMAS."),
        (c.ApproveException(number=3), LENA, 96, "There is no exception 3 on INC-42."),
        (c.EndException(), NOOR, 96, "No exception on INC-42 holds."),
        (c.EndException(number=1), NOOR, 96, "No exception on INC-42 holds."),
        (c.EndException(number=2), NOOR, 96, "There is no exception 2 on INC-42."),
    ],
)
def test_what_is_refused(asked, command, by, number, words):
    """In a sentence, with its number; nothing changes."""

    before = asked.it
    refused = asked.refused(command, by)

    assert (number, True) == (refused.number, read(refused.sentence).startswith(words))
    assert before == asked.it


def test_answered_once(asked):
    """The second of the Board hears who was first; so does whoever comes after its end."""

    asked.does(c.ApproveException(number=1), LENA)
    second = asked.refused(c.ApproveException(number=1), TOMAS)
    declines = asked.refused(c.DeclineException(why=NO, number=1), TOMAS)
    nothing = asked.refused(c.ApproveException(number=4), TOMAS)
    asked.does(c.EndException())
    ended = asked.refused(c.ApproveException(number=1), TOMAS)

    assert [97, 97, 96, 97] == [one.number for one in (second, declines, nothing, ended)]
    assert "ULENA approved exception 1 of INC-42 at 14:00. Nothing was changed." == read(second.sentence)
    assert "UNOOR ended exception 1 of INC-42 at 14:00. Nothing was changed." == read(ended.sentence)


def test_nothing_waits(it):
    """The Board answers, and nothing was asked."""

    assert "No exception on INC-42 waits for an answer." in read(it.refused(c.ApproveException(), LENA).sentence)


def test_an_answer_that_comes_too_late(asked):
    """What was asked for until a time that is past is not approved any more."""

    asked.wait(2 * HOUR)
    refused = asked.refused(c.ApproveException(), LENA)

    assert 97 == refused.number
    assert "was asked for until 16:00, which is past." in read(refused.sentence)


def test_several_are_told_apart(asked):
    """Two wait, then two hold: a number is asked for, and only the one named changes."""

    asked.does(c.AskException(why="no recording of the bridge call", span=HOUR))
    which = asked.refused(c.ApproveException(), LENA)
    asked.does(c.ApproveException(number=2), LENA)
    asked.does(c.ApproveException(number=1), LENA)
    ends = asked.refused(c.EndException())
    first = asked.armed[t.EXCEPTION_END]
    asked.wait(HOUR)

    assert "Exceptions 1 and 2 of INC-42 are meant; say which: `/incident 42 exception approve 1`." == read(
        which.sentence
    )
    assert "`/incident 42 exception end 1`." in read(ends.sentence)
    assert START + HOUR == first
    assert [ExceptionStanding.APPROVED, ExceptionStanding.ENDED] == standing(asked)


def test_a_board_of_nobody(it, policy):
    """Nobody could approve it, so it is not asked for."""

    it.rota = rota_of(policy, without=(LENA, TOMAS))
    refused = it.refused(c.AskException(why=WHY))

    assert "is for people policy names, and it names nobody." in read(refused.sentence)


def test_of_a_private_incident_the_board_may_answer_and_sees_no_more(life):
    """They are asked, and that lets them in nowhere."""

    hidden = commanded(life, private=True)
    hidden.does(c.AskException(why=WHY))

    assert is_asked(hidden.it, TOMAS)
    assert not is_asked(hidden.it, SAM)
    assert not may_see(hidden.it, person(TOMAS))
    hidden.does(c.ApproveException(), TOMAS)


def test_forms_are_opened_for_those_who_may(asked):
    """Who leads and the Board may ask; the Board alone is asked why it declines."""

    def opens(act: Act, who: str) -> bool:
        return refuse_form(act, asked.it, asked.context(person(who))) is None

    assert [True, True, False] == [opens(Act.EXCEPTION, who) for who in (NOOR, TOMAS, IRIS)]
    assert [False, True, False] == [opens(Act.DECLINE_EXCEPTION, who) for who in (NOOR, TOMAS, IRIS)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("16:00", "2026-11-21 15:00"),
        ("16:00 UTC", "2026-11-21 16:00"),
        ("9:30", "2026-11-22 08:30"),
        ("today 23:00", "2026-11-21 22:00"),
        ("tomorrow 09:00", "2026-11-22 08:00"),
        ("tomorrow", "2026-11-22 22:59"),
        ("2026-11-24", "2026-11-24 22:59"),
        ("2026-11-24 at 12:00", "2026-11-24 11:00"),
    ],
)
def test_until_when(typed, meant):
    """The next such time, in the author's zone unless it says UTC; a day lasts to its end."""

    assert f"{meant}+00:00" == read_end(typed, zone=BERLIN, now=START).isoformat(sep=" ", timespec="minutes")


@pytest.mark.parametrize("typed", ["", "noon", "25:00", "2026-02-31", "soon"])
def test_what_is_no_time(typed):
    """It stays among the words."""

    with pytest.raises(ValueError, match=r"moment|month"):
        read_end(typed, zone=UTC, now=START)


def test_the_record_reads_well(asked):
    """Asked, with its end."""

    asked_event = next(one for one in asked.events if isinstance(one, x.ExceptionAsked))

    assert "Exception 1 asked for: “no broadcast, customer embargo until noon”, until 16:00 · UNOOR" == read(
        line_of(asked_event, ())
    )
    assert datetime(2026, 11, 21, 14, 0, tzinfo=UTC) + timedelta(minutes=120) == asked_event.until
    assert MINUTE == replace(asked_event, until=START + MINUTE).until - START  # type: ignore[operator]


def test_the_form_is_not_opened_for_who_may_not_ask(it):
    """Before and after the end it is told at once, better than after writing."""

    open_one = refuse_form(Act.EXCEPTION, it.it, it.context(person(IRIS)))
    it.does(c.Resolve(words="Pool limit raised."))
    resolved = refuse_form(Act.EXCEPTION, it.it, it.context(person(IRIS)))

    assert [4, 4] == [refused.number for refused in (open_one, resolved) if refused]
