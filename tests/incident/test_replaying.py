"""A past incident under another policy: what people did stays, clocks and calls are done anew."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.replaying import Rules, compare
from bot.policy.rota import resolve
from bot.words import ClockKind, Severity
from tests.incident.life import ADA, HOUR, LENA, MINUTE, NOOR, SAM, START, Life

ACKNOWLEDGE, COMMANDER, MITIGATE = ClockKind.ACKNOWLEDGE, ClockKind.COMMANDER, ClockKind.MITIGATE


def stricter(policy, **clocks):
    """Return the policy with other allowances, in minutes, for SEV-1."""
    rules = policy.rules(Severity.SEV1)
    given = {ClockKind(kind): timedelta(minutes=minutes) for kind, minutes in clocks.items()}
    changed = replace(rules, clocks={**rules.clocks, **given})
    return with_rules(policy, changed)


def with_rules(policy, rules):
    """Return the policy with other rules for one severity."""
    return replace(policy, hash="other", severities={**policy.severities, rules.severity: rules})


def replayed(life: Life, other, *, until=6 * HOUR):
    """Return the life under `other`."""
    was = Rules(policy=life.policy, rota=life.rota, until=START + until)
    return compare(life.events, was=was, now=replace(was, policy=other))


@pytest.fixture
def lived(life):
    """A SEV-1 acknowledged after four minutes, updated, regraded, mitigated, resolved, reopened and resolved again."""
    life.declare()
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42"))
    life.wait(4 * MINUTE).does(c.TakeCommand())
    life.wait(5 * MINUTE).does(c.PostUpdate(now="Rolling back."))
    life.wait(2 * MINUTE).does(c.SnoozeUpdates(until=life.now + 10 * MINUTE, why="waiting for the vendor"))
    life.wait(20 * MINUTE).does(c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it from people"))
    life.wait(MINUTE).does(c.ChangeSeverity(severity=Severity.SEV1))
    life.wait(10 * MINUTE).does(c.Mitigate(words="Rolled back."))
    life.wait(10 * MINUTE).does(c.Resolve(words="Pool limit raised."))
    life.wait(10 * MINUTE).does(c.Reopen(why="the errors are back"))
    life.wait(5 * MINUTE).does(c.Resolve(words="Pool limit raised again."))
    return life


def test_the_same_policy_changes_nothing(lived):
    """Replayed under its own policy, it goes as it went: the same clocks missed, the same people called."""

    same = replayed(lived, lived.policy)
    missed = [event.kind for event in lived.events if type(event).__name__ == "ClockMissed"]

    assert same.was == same.now
    assert missed == [kind for kind, _ in same.was.missed]
    assert ((), (), (), (), False) == (
        same.missed_more,
        same.missed_less,
        same.called_more,
        same.called_less,
        same.is_worse,
    )
    assert lived.it.number == same.incident.number


def test_a_stricter_clock_would_be_missed(lived):
    """Three minutes to acknowledge and to answer: both are missed, and whoever is called for silence is called."""

    worse = replayed(lived, stricter(lived.policy, acknowledge=3, commander=3))

    assert ((ACKNOWLEDGE, START + 3 * MINUTE), (COMMANDER, START + 3 * MINUTE)) == worse.missed_more
    assert (True, ()) == (worse.is_worse, worse.missed_less)


def test_a_milder_clock_would_be_met(lived):
    """An hour to mitigate: it is met, and whom nothing else called is not called."""

    milder = replayed(lived, stricter(lived.policy, mitigate=60))

    assert (MITIGATE, START + 30 * MINUTE) == milder.missed_less[0]
    assert (LENA,) == milder.called_less
    assert not milder.is_worse


def test_pages_go_as_the_policy_says(lived):
    """The secondary is paged after a minute, so before anybody acknowledged; updates every five minutes are missed."""

    rules = lived.policy.rules(Severity.SEV1)
    pages = tuple(replace(step, after=MINUTE) if step.contact == "secondary" else step for step in rules.pages)
    other = replayed(
        lived, with_rules(lived.policy, replace(rules, pages=pages, update_every=5 * MINUTE)), until=2 * HOUR
    )

    assert SAM in other.now.called
    assert other.now.updates > other.was.updates
    assert other.is_worse


def test_no_cadence_no_update_missed(lived):
    """A policy without a cadence for SEV-1: posting and snoozing updates stays possible to replay."""

    other = replayed(lived, with_rules(lived.policy, replace(lived.policy.rules(Severity.SEV1), update_every=None)))

    assert 0 == other.now.updates


def test_an_open_incident_runs_until_then(life):
    """Nobody did anything: clocks run to the moment given, and no further."""

    life.declare()
    early = replayed(life, stricter(life.policy, acknowledge=10), until=7 * MINUTE)
    late = replayed(life, stricter(life.policy, acknowledge=10), until=11 * MINUTE)

    assert [(ACKNOWLEDGE, START + 5 * MINUTE)] == list(early.missed_less)
    assert () == late.missed_less
    assert NOOR in late.was.called


def test_somebody_else_on_call(life):
    """The rota of the other policy counts: Ada stands where Noor did."""

    life.declare()
    life.wait(MINUTE)
    contacts = life.policy.people.contacts
    people = replace(life.policy.people, contacts={**contacts, "primary": replace(contacts["primary"], person="ada")})
    other = replace(life.policy, people=people, hash="other")
    was = Rules(policy=life.policy, rota=life.rota, until=START + 2 * MINUTE)
    now = Rules(policy=other, rota=replace(life.rota, people=people), until=START + 2 * MINUTE)
    replay = compare(life.events, was=was, now=now)

    assert ((ADA,), (NOOR,)) == (replay.called_more, replay.called_less)
    assert resolve(people=people, members=[]).ids == {}


def test_nothing_to_replay(life):
    """Without a declaration there is none."""

    rules = Rules(policy=life.policy, rota=life.rota, until=START)
    life.declare()
    with pytest.raises(ValueError, match="nothing to replay"):
        compare([], was=rules, now=rules)
    with pytest.raises(ValueError, match="cannot be the first event"):
        compare(life.events[1:2], was=rules, now=rules)
