"""Status updates: who may post them, how often "no change" will do, and how long nudges can be silenced (U5, G3.3)."""

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK, SHELL
from bot.incident.history import events as e
from bot.incident.history.cadence import UpdateKind
from bot.incident.model import RoleHolding
from bot.incident.reacting.effects import PlaceKind
from bot.words import Act, Role, Severity
from tests.incident.life import ADA, HOUR, IRIS, LENA, MIA, MINUTE, NOOR, SAM, SECOND, START, ZOE, Life

WORDS = c.PostUpdate(now="Rolling back.", affected="EU cards", next="Verify at 14:20.")
WHY = "waiting for the vendor"


def commanded(life: Life, severity: Severity = Severity.SEV1) -> Life:
    """Return an incident that Noor commands, with Iris its communications lead and Zoe the deputy."""
    life.declare(severity).does(c.TakeCommand())
    roles = tuple(
        RoleHolding(role=role, person=who, since=START, named_by=NOOR)
        for role, who in ((Role.COMMUNICATIONS_LEAD, IRIS), (Role.DEPUTY, ZOE))
    )
    return life.changed(roles=roles)


WHO = [(NOOR, None), (IRIS, None), (ZOE, None), (SAM, 4), (ADA, 4), (LENA, 4)]
ASKS = [WORDS, c.PostNoChange(), c.SnoozeUpdates(until=START + 10 * MINUTE, why=WHY)]


@pytest.mark.parametrize("command", ASKS)
@pytest.mark.parametrize(("by", "refused"), WHO)
def test_who_may(life, command, by, refused):
    """Commander, deputy and communications lead post and snooze; others are told who can (G3.3)."""

    commanded(life)

    assert refused is None or refused == life.refused(command, by).number
    assert refused is not None or life.does(command, by)


@pytest.mark.parametrize("command", ASKS)
def test_nobody_commands(sev1, command):
    """Without a commander there is no update: command is offered, and the words are kept (no. 7)."""

    sev1.does(c.GiveBackCommand())
    refused = sev1.refused(command, SAM)

    offer = Act.TAKE_AND_POST if isinstance(command, c.PostUpdate) else Act.TAKE_COMMAND
    assert (7, (offer,)) == (refused.number, refused.offers)
    assert getattr(command, "now", getattr(command, "why", "")) == refused.kept


@pytest.mark.parametrize("command", ASKS)
def test_the_operator_may(sev1, command):
    """The operator at a shell may, whoever commands."""

    assert sev1.ask_as(SHELL, command)
    assert not sev1.it.commander_answered


def test_an_update_answers(sev1):
    """A named commander who posts is there (G8.1)."""

    sev1.does(WORDS)

    assert sev1.it.commander_answered


def test_what_is_kept(life):
    """An update is numbered, keeps its words, and its due time; what was affected holds until said otherwise."""

    commanded(life)
    life.now += 10 * MINUTE
    life.does(WORDS)
    first = life.it.last_update
    life.does(c.PostUpdate(now="Verifying."), IRIS)

    assert (1, "Rolling back.", "EU cards", "Verify at 14:20.") == (first.number, first.now, first.affected, first.next)
    assert (START + 15 * MINUTE, UpdateKind.WORDS, NOOR) == (first.due_at, first.kind, first.by)
    assert (2, "Verifying.", "EU cards", "") == (
        life.it.updates,
        life.it.last_update.now,
        life.it.last_update.affected,
        life.it.last_update.next,
    )


def test_the_cadence(life):
    """Each update moves the next one to 15 minutes after it (U5)."""

    commanded(life)
    life.now += 10 * MINUTE
    life.does(WORDS)

    assert START + 25 * MINUTE == life.it.chased.due_at == life.armed["update.due"]
    assert (1, 0) == (life.it.chased.on_time, life.it.chased.missed)


def test_a_late_update(life):
    """A late update meets the due time it missed, and is not counted as on time."""

    commanded(life).wait(17 * MINUTE)
    life.does(WORDS)

    assert (START + 15 * MINUTE, START + 32 * MINUTE) == (life.it.last_update.due_at, life.it.chased.due_at)
    assert (0, 1) == (life.it.chased.on_time, life.it.chased.missed)


def test_no_cadence(life):
    """SEV-3 takes updates; none fall due, and there is nothing to snooze (no. 38)."""

    commanded(life, Severity.SEV3).does(WORDS)
    life.does(c.PostNoChange())

    assert (None, None) == (life.it.cadence, life.it.last_update.due_at)
    assert 38 == life.refused(c.SnoozeUpdates(until=START + MINUTE, why=WHY)).number


NO_CHANGES = [(Severity.SEV1, 2), (Severity.SEV2, 3)]


@pytest.mark.parametrize(("severity", "most"), NO_CHANGES)
def test_no_change_in_a_row(life, severity, most):
    """A "no change" repeats the last words, at most twice in a row on SEV-1, three times on SEV-2 (no. 37)."""

    commanded(life, severity).does(WORDS)
    for _ in range(most):
        life.does(c.PostNoChange())

    assert (UpdateKind.NO_CHANGE, "Rolling back.") == (life.it.last_update.kind, life.it.last_update.now)
    assert 37 == life.refused(c.PostNoChange()).number
    assert life.does(WORDS)
    assert life.does(c.PostNoChange())


def test_no_change_from_nothing(life):
    """A "no change" as the first update has no words to repeat."""

    commanded(life).does(c.PostNoChange())

    assert ("", "") == (life.it.last_update.now, life.it.last_update.affected)


def test_an_update_needs_words(life):
    """An update without a letter or digit is asked for one sentence (no. 41)."""

    assert 41 == commanded(life).refused(c.PostUpdate(now="…")).number


SNOOZES = [
    (Severity.SEV1, 30 * MINUTE, None),
    (Severity.SEV1, 30 * MINUTE + SECOND, 26),
    (Severity.SEV1, SECOND, None),
    (Severity.SEV1, 0 * SECOND, 26),
    (Severity.SEV1, -MINUTE, 26),
    (Severity.SEV2, HOUR, None),
    (Severity.SEV2, HOUR + SECOND, 26),
]


@pytest.mark.parametrize(("severity", "span", "refused"), SNOOZES)
def test_how_long_a_snooze(life, severity, span, refused):
    """SEV-1 is silenced for 30 min at most, SEV-2 for 60, and never into the past."""

    commanded(life, severity)
    command = c.SnoozeUpdates(until=life.now + span, why=WHY)

    assert refused is None or refused == life.refused(command).number
    assert refused is not None or life.does(command)


@pytest.mark.parametrize(("severity", "most"), [(Severity.SEV1, 1), (Severity.SEV2, 2)])
def test_snoozes_in_a_row(life, severity, most):
    """SEV-1 is snoozed once in a row, SEV-2 twice; an update begins a new row."""

    commanded(life, severity)
    for _ in range(most):
        life.does(c.SnoozeUpdates(until=life.now + 10 * MINUTE, why=WHY))
        life.wait(10 * MINUTE)

    assert 26 == life.refused(c.SnoozeUpdates(until=life.now + MINUTE, why=WHY)).number
    life.does(WORDS)
    assert life.does(c.SnoozeUpdates(until=life.now + MINUTE, why=WHY))


def test_a_snooze_needs_a_reason(life):
    """Silence goes on the record with its reason (no. 25)."""

    assert 25 == commanded(life).refused(c.SnoozeUpdates(until=START + MINUTE, why="later")).number


def test_a_snooze_silences(life):
    """A snooze silences the heads-up, the nudge and the ladder, and moves no due time: the miss is recorded."""

    commanded(life).wait(11 * MINUTE)
    life.does(c.SnoozeUpdates(until=START + 40 * MINUTE, why=WHY))
    life.wait_until(START + 39 * MINUTE)

    assert [15.0, 30.0] == life.happened(e.UpdateMissed)
    assert [(11.0, "snoozed"), (24.0, "clocks"), (30.0, "clocks")] == life.in_channel()[2:]
    assert {None} == {one.words["update"] for one in life.effects("clocks")}
    assert [] == [view for _, view in life.dms(NOOR) if view.startswith("update")]


def test_the_end_of_a_snooze(life):
    """When a snooze ends, the nudge speaks again, and the ladder begins from there."""

    commanded(life).wait(16 * MINUTE)
    life.does(c.SnoozeUpdates(until=START + 20 * MINUTE, why=WHY))
    life.wait_until(START + 29 * MINUTE)

    assert [(15.0, "clocks"), (16.0, "snoozed"), (20.0, "clocks"), (24.0, "clocks")] == life.in_channel()[2:]
    assert (25.0, "update.late") in life.dms(NOOR)
    assert life.effects("clocks")[1].words["update"]


def test_a_snooze_that_ends_before_anything_was_missed(life):
    """A snooze that ends before the due time says nothing."""

    commanded(life).does(c.SnoozeUpdates(until=START + 5 * MINUTE, why=WHY))
    life.wait(10 * MINUTE)

    assert [5.0] == life.happened(e.SnoozeEnded)
    assert [] == life.effects("clocks")


def test_what_is_redrawn_when_the_update_comes(life):
    """Met at any rung, everything said about the missing update is drawn again (U5)."""

    commanded(life).wait(26 * MINUTE)
    views = ("update.soon", "update.late", "update.climbed", "update.contact")
    asked = {one.id for view in views for one in life.effects(view) if not one.thread_of}
    asked |= {one.id for one in life.effects("clocks") if one.words["update"]}
    life.redrawn.clear()
    life.does(WORDS)

    assert 6 == len(asked)
    assert asked <= set(life.redrawn)


@pytest.mark.parametrize("command", [c.Resolve(words="Pool limit raised."), c.Cancel(why="it was the test itself")])
def test_what_is_redrawn_at_the_end(life, command):
    """When it is over, nobody is left with a button that asks for an update."""

    commanded(life).wait(21 * MINUTE)
    asked = {one.id for view in ("update.soon", "update.late") for one in life.effects(view)}
    life.redrawn.clear()
    life.does(command)

    assert 3 == len(asked)
    assert asked <= set(life.redrawn)


def test_where_an_update_goes(life):
    """An update goes to the channel, under the broadcast, and under leadership's headline (G3.3)."""

    commanded(life).does(WORDS)
    places = [(one.place.kind, one.thread_of) for one in life.effects("update")]

    assert [
        (PlaceKind.CHANNEL, None),
        (PlaceKind.BROADCAST, "incident:42/broadcast"),
        (PlaceKind.LEADERSHIP, "incident:42/headline"),
    ] == places


def test_where_a_quieter_update_goes(life):
    """Without a broadcast, an update goes to the channel and under the headline."""

    commanded(life, Severity.SEV2).does(WORDS)

    assert [PlaceKind.CHANNEL, PlaceKind.LEADERSHIP] == [one.place.kind for one in life.effects("update")]


def test_a_tick_between_due_and_post_changes_nothing(policy, rota):
    """Whether the clock ticked before a late update or not, the record is the same (G3.3)."""

    def late(*, ticked: bool) -> tuple[object, ...]:
        life = commanded(Life(policy=policy, rota=rota)).wait(14 * MINUTE)
        life.now += MINUTE + SECOND
        if ticked:
            life.ask_as(CLOCK, c.RunTimers())
        life.does(WORDS)
        return life.it.missed, life.it.last_update, life.it.chased.on_time, life.it.chased.missed

    assert late(ticked=True) == late(ticked=False)


def test_met_at_the_due_moment_is_met(life):
    """An update posted at the very moment it is due is on time."""

    commanded(life).wait(14 * MINUTE)
    life.now += MINUTE
    life.does(WORDS)

    assert (1, 0) == (life.it.chased.on_time, life.it.chased.missed)


def test_a_missed_update_is_not_nudged_for_once_it_is_there(life):
    """A late update that comes before the tick is recorded as missed, and nobody is nudged for it."""

    commanded(life).wait(14 * MINUTE)
    life.now += 2 * MINUTE
    life.does(WORDS)

    assert [16.0] == life.happened(e.UpdateMissed)
    assert [] == life.effects("clocks")
    assert [] == [one for one in life.dms(MIA) if one[1] != "page"]
