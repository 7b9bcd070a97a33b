"""A call nobody answers climbs to the next step of policy, each step once, to its top, which is said (P2, P3)."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.history import climb_events as k
from bot.incident.history import events as e
from bot.incident.history.staffing_events import PersonLeft
from bot.incident.reacting.effects import Effect, PlaceKind, Words
from bot.incident.reading.timeline import line_of
from bot.incident.sentences import Who
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, HOUR, IRIS, LENA, MIA, MINUTE, NOOR, SAM, START, TOMAS, ZOE, Life, read, rota_of

WHY = "need database help"


def steps(life: Life) -> list[tuple[float, str | None]]:
    """Return who was called because nobody answered, and when; None is that there was nobody further."""
    return [
        (life.minute(one.at), one.person if isinstance(one, k.NextStepCalled) else None)
        for one in life.events
        if isinstance(one, k.NextStepCalled | k.NobodyFurther)
    ]


def heard(life: Life) -> Effect:
    """Return the clock's last message in the channel."""
    return [one for one in life.effects("clocks") if one.place.kind is PlaceKind.CHANNEL][-1]


def climb(line: Effect) -> Words:
    """Return what a message of the clock says of a call nobody answered."""
    said = line.words["climb"]
    assert isinstance(said, Mapping)
    return said


UNANSWERED = [
    pytest.param(Severity.SEV1, HOUR, [(40.0, None)], id="SEV-1: lead and VP were called together"),
    pytest.param(Severity.SEV2, 2 * HOUR - MINUTE, [(15.0, LENA), (25.0, None)], id="SEV-2, nobody commands"),
    pytest.param(
        Severity.SEV2,
        3 * HOUR,
        [(15.0, LENA), (25.0, None), (130.0, LENA), (140.0, None)],
        id="SEV-2, not mitigated either",
    ),
    pytest.param(Severity.SEV3, 7 * HOUR, [(70.0, MIA), (80.0, LENA), (90.0, None)], id="SEV-3"),
    pytest.param(Severity.SEV4, 20 * 24 * HOUR, [], id="SEV-4: nobody is called, so nobody is waited for"),
]


@pytest.mark.parametrize(("severity", "span", "expected"), UNANSWERED)
def test_calls_of_a_missed_clock_climb_to_the_top(life, severity, span, expected):
    """Ten minutes after each call the next step is called, those paged already left out, until there is none."""

    life.declare(severity).wait(span)

    assert expected == steps(life)
    assert life.is_replayed()


def test_a_call_of_a_person_climbs_as_well(sev1):
    """Ada asks for Tomas, who is silent: the lead, the VP, then the other contacts, each once, then nobody."""

    sev1.does(c.TakeCommand())
    sev1.does(c.Mitigate(words="Rolled back."))
    sev1.does(c.Escalate(why=WHY, person=TOMAS), ADA)
    sev1.wait(3 * HOUR)

    assert [(10.0, MIA), (20.0, LENA), (30.0, SAM), (40.0, None)] == steps(sev1)
    assert [(0.0, "called")] == sev1.dms(TOMAS)


def test_without_contacts_the_groups_above_are_climbed(life):
    """Where the severity names one contact, whoever is above that person's groups follows, then the other contacts."""

    life.declare(Severity.SEV2).does(c.TakeCommand())
    life.does(c.Escalate(why=WHY, person=ADA), MIA)
    life.wait(35 * MINUTE)

    called = [(call.person, call.contact) for call in life.it.calls]
    assert [(ADA, ""), (MIA, "escalation"), (LENA, "executives"), (SAM, "secondary")] == called


def test_escalating_asks_for_the_same_steps(life):
    """[Escalate] without a name walks the same steps of policy: contact, the group above, the other contacts."""

    life.declare(Severity.SEV2).does(c.TakeCommand())
    for _ in range(3):
        life.does(c.Escalate(why=WHY), NOOR)

    assert [MIA, LENA, SAM] == [call.person for call in life.it.calls]


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (c.AnswerCall(), LENA),
        (c.TakeCommand(), MIA),
        (c.Mitigate(words="Rolled back."), NOOR),
        (c.Resolve(words="Pool limit raised."), NOOR),
        (c.Cancel(why="the test ran against production"), ADA),
    ],
    ids=["I'm on it", "takes command", "mitigated", "resolved", "cancelled"],
)
def test_what_ends_a_climb(sev1, command, by):
    """Somebody called is there, or what they were called for is over: nobody further is called."""

    sev1.wait(31 * MINUTE).does(command, by)
    sev1.wait(HOUR)

    assert ([], None) == (steps(sev1), sev1.it.climb)


def test_an_acknowledgement_ends_the_calls_for_one(life):
    """Called because nobody acknowledged: once somebody else does, the person called is waited for no more."""

    life.declare(Severity.SEV3).wait(65 * MINUTE).does(c.Acknowledge())
    life.wait(HOUR)

    assert ([], None) == (steps(life), life.it.climb)


def test_an_acknowledgement_does_not_end_other_calls(life):
    """Called because no commander answered, and by Ada: an acknowledgement leaves both waiting, a commander hers."""

    life.declare(Severity.SEV2).wait(6 * MINUTE)
    life.does(c.Escalate(why=WHY, person=TOMAS), ADA)
    life.does(c.Acknowledge(), SAM)
    waiting = life.it.climb
    assert waiting
    assert ((ClockKind.COMMANDER,), True) == (waiting.clocks, waiting.asked)

    life.does(c.TakeCommand(), NOOR)

    left = life.it.climb
    assert left
    assert ((), True) == (left.clocks, left.asked)
    assert [(15.0, LENA)] == steps(life.wait(10 * MINUTE))


def test_an_update_ends_no_climb(sev1):
    """To post an update is no answer to a call."""

    sev1.wait(31 * MINUTE).does(c.PostUpdate(now="Looking."), NOOR)

    assert [(40.0, None)] == steps(sev1.wait(HOUR))


def test_who_is_called_later_wins_no_time(life):
    """A second call while the first is waiting moves nothing: ten minutes count from the first."""

    life.declare(Severity.SEV2).wait(5 * MINUTE)
    for _ in range(4):
        life.wait(2 * MINUTE)
        life.ask(c.Escalate(why=WHY, person=TOMAS), ADA)

    assert [(15.0, LENA)] == steps(life.wait(3 * MINUTE))


def test_an_answer_and_then_another_call_begins_anew(sev1):
    """After the top, and after an answer, a new call has its ten minutes and its own way up."""

    sev1.wait(41 * MINUTE).does(c.AnswerCall(), MIA)
    sev1.does(c.Escalate(why=WHY, person=TOMAS), ADA)

    assert [(40.0, None), (51.0, LENA), (61.0, None)] == steps(sev1.wait(HOUR))


def test_whoever_is_on_it_is_not_called_again(life):
    """Mia answered a call before; when Tomas is silent, the step that is hers is passed by."""

    life.declare(Severity.SEV2).does(c.TakeCommand())
    life.does(c.Escalate(why=WHY, person=MIA), NOOR)
    life.does(c.AnswerCall(), MIA)
    life.does(c.Escalate(why=WHY, person=TOMAS), NOOR)

    assert [(10.0, LENA), (20.0, SAM), (30.0, None)] == steps(life.wait(HOUR))


def test_a_reopened_incident_waits_for_nobody(sev1):
    """Calls made before it was resolved are over; reopened, it waits for none of them."""

    sev1.wait(31 * MINUTE).does(c.Resolve(words="Pool limit raised."))
    sev1.does(c.Reopen(why="the errors are back"))

    assert sev1.it.climb is None


def test_a_test_calls_nobody(life):
    """In a test nobody is called, so nobody is waited for."""

    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True), ADA)
    life.ask(c.Escalate(why=WHY, person=MIA), ADA)
    life.wait(2 * HOUR)

    assert ([], None) == (steps(life), life.it.climb)


def test_nobody_stands_on_any_step(policy):
    """Where policy's people are not in the workspace, the top is reached after the first ten minutes."""

    life = Life(policy=policy, rota=rota_of(policy, without=(SAM, MIA, LENA, IRIS, TOMAS))).declare()
    life.does(c.TakeCommand(), NOOR)
    life.does(c.Escalate(why=WHY, person=ZOE), NOOR)

    assert [(10.0, None)] == steps(life.wait(HOUR))


def test_the_span_is_policy(policy, rota):
    """A policy that allows three minutes calls the next after three."""

    hasty = replace(policy, calls=replace(policy.calls, unanswered_after=3 * MINUTE))
    life = Life(policy=hasty, rota=rota).declare(Severity.SEV2).wait(15 * MINUTE)

    assert [(8.0, LENA), (11.0, None)] == steps(life)


def test_what_each_step_says(life):
    """The next person is called by DM and invited; the channel hears who, in one message, and the card shows it."""

    life.declare(Severity.SEV3).wait(70 * MINUTE)
    call, line = life.effects("called")[-1], heard(life)

    assert (MIA, "platform_lead", [SAM]) == (call.place.key, call.words["contact"], call.words["unanswered"])
    assert (PlaceKind.CHANNEL, MIA) == (line.place.kind, climb(line)["person"])
    assert "incident:42/card" in life.redrawn
    assert (MIA,) in [one.people for _, one in life.said]


def test_an_answer_draws_the_last_line_again(life):
    """When somebody called says that they are on it, what the channel heard of them turns to done."""

    life.declare(Severity.SEV3).wait(71 * MINUTE)
    line = heard(life)
    life.redrawn.clear()
    life.does(c.AnswerCall(), MIA)

    assert line.id in life.redrawn


def test_an_answer_at_the_top_draws_it_again(sev1):
    """That there is nobody further is said once, with whom to telephone; whoever answers after all stands there."""

    sev1.wait(41 * MINUTE)
    [top] = sev1.effects("nobody_further")
    sev1.redrawn.clear()
    sev1.does(c.AnswerCall(), LENA)

    assert [MIA, LENA] == top.words["unanswered"]
    assert top.id in sev1.redrawn


def test_an_update_beside_a_step_draws_it_again(life):
    """At minute 15 of a SEV-2 the update is due and a step is called, in one message: an update settles its part."""

    life.declare(Severity.SEV2).wait(15 * MINUTE)
    line = heard(life)
    assert (LENA, None) == (climb(line)["person"], line.words["late"])
    life.redrawn.clear()
    life.does(c.PostUpdate(now="Looking."), NOOR)

    assert line.id in life.redrawn


def test_a_very_late_update_stands_in_the_clocks_message(sev1):
    """Posted at 5, the update is ten minutes late at 30, when mitigation is missed: the channel hears both at once."""

    sev1.does(c.TakeCommand())
    sev1.wait(5 * MINUTE).does(c.PostUpdate(now="Looking."))
    sev1.wait(25 * MINUTE)
    line = heard(sev1)

    assert [(30.0, "clocks")] == [one for one in sev1.in_channel() if one[0] == 30.0]
    assert ({"due_at": (START + 20 * MINUTE).isoformat(), "person": MIA}, [ClockKind.MITIGATE]) == (
        line.words["late"],
        [one.kind for one in sev1.events if isinstance(one, e.ClockMissed)],
    )
    assert [(30.0, "update.contact"), (30.0, "called")] == sorted(sev1.dms(MIA), reverse=True)


def test_the_timeline_says_who_did_not_answer(life):
    """Each step and the top stand on the timeline with everybody who was silent."""

    life.declare(Severity.SEV3).wait(2 * HOUR)
    told = [read(line_of(one, ())) for one in life.events if isinstance(one, k.NextStepCalled | k.NobodyFurther)]

    assert [
        "Called UMIA, for no answer came from USAM",
        "Called ULENA, for no answer came from UMIA",
        "Nobody further to call; no answer from USAM, UMIA, ULENA",
    ] == told
    assert Who(MIA) in line_of(next(one for one in life.events if isinstance(one, k.NextStepCalled)), ())


def test_after_an_outage_each_step_has_its_time(life):
    """Away for a day: who is called then has ten minutes from then, and no step is skipped or called twice."""

    life.declare(Severity.SEV3).outage(24 * HOUR)
    life.wait(HOUR)

    at = 24 * 60.0
    assert [(at + 10, MIA), (at + 20, LENA), (at + 30, None)] == steps(life)
    assert [at, at] == life.happened(e.ClockMissed)


def test_that_nobody_answered_is_said_before_what_falls_due_with_it(life):
    """At minute 30 of a SEV-2 the update is due and nobody has answered: telephone numbers first, a minute apart."""

    life.declare(Severity.SEV2).wait(31 * MINUTE)
    said = {one.view: one.not_before or at for at, one in life.said if one.place.kind is PlaceKind.CHANNEL}

    assert (30.0, 31.0) == (life.minute(said["nobody"]), life.minute(said["clocks"]))


def test_who_was_not_called_ends_no_climb(sev1):
    """Iris, paged beside it, answers: Tomas, who was called in, is awaited all the same."""

    sev1.does(c.Acknowledge(), SAM)
    sev1.does(c.Escalate(why=WHY, person=TOMAS), ADA)
    sev1.does(c.PagePerson(person=IRIS, why=WHY), SAM)
    sev1.does(c.AnswerCall(), IRIS)

    left = sev1.it.climb
    assert left
    assert (TOMAS,) == left.waiting


def test_who_is_called_for_an_empty_seat_is_awaited(sev1):
    """The commander left the workspace: whoever is called for that has ten minutes like anybody else."""

    sev1.does(c.TakeCommand())
    sev1.gone = (NOOR,)
    sev1.ask_as(TOCSIN, c.RecordDeparture(person=NOOR))

    (called,) = [one.called for one in sev1.events if isinstance(one, PersonLeft)]
    assert called
    assert sev1.it.climb
    assert called in sev1.it.climb.waiting
