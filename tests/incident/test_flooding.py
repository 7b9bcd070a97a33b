"""One person's alarms beyond three a minute: kept with the last one, declared by themselves after a moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.commands import Host
from bot.incident.context import SHELL, Actor, Context, Recent
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.declare import decide_declare
from bot.incident.rules.flooding import kept
from bot.words import Act, Severity
from tests.incident.life import ADA, SECOND, Life, person, read

ALARM = c.Declare(title="Search is slow", severity=Severity.SEV1)
FIRST, SOON = "You declared 3 in the last minute. ", "It is on INC-44's timeline already. "


def moment(life: Life, *ago: int, actor: Actor | None = None, apart: bool = False) -> Context:
    """Return a moment at which Ada declared INC-44 and others so many seconds ago, the newest first."""
    recent = tuple(
        Recent(number=44 - place, title=f"Service {place}", severity=Severity.SEV1, at=life.now - one * SECOND)
        for place, one in enumerate(ago)
    )
    return replace(life.context(actor or person(ADA)), recent=recent, again=apart, apart=apart)


HELD = [
    ((), False, ""),
    ((1, 2), False, ""),
    ((1, 2, 60), False, ""),
    ((1, 2, 59), False, FIRST),
    ((19, 30, 40), True, SOON),
    ((20, 30, 40), True, ""),
    ((1, 30, 61), True, ""),
]


@pytest.mark.parametrize(("ago", "apart", "said"), HELD)
def test_the_fourth_within_a_minute_is_kept(life, ago, apart, said):
    """Three a minute are incidents of their own; 20 s after the last one, another is declared all the same (no. 28)."""

    decision = decide_declare(ALARM, moment(life, *ago, apart=apart))

    assert bool(said) is isinstance(decision, Refused)
    if isinstance(decision, Refused):
        assert (28, (Act.DECLARE_APART,)) == (decision.number, decision.offers)
        assert read(decision.sentence).startswith(said)


def test_what_it_says(life):
    """Where it is written, how long to wait, and who else can declare it."""

    first = decide_declare(ALARM, moment(life, 1, 2, 3))
    early = decide_declare(ALARM, moment(life, 12, 13, 14, apart=True))
    assert isinstance(first, Refused)
    assert isinstance(early, Refused)

    assert read(first.sentence) == (
        "You declared 3 in the last minute. This one is written on INC-44's timeline. "
        "If it is something else, wait 20 s or ask a colleague to declare it."
    )
    assert "wait 8 s more" in read(early.sentence)


def test_a_moment_too_soon_is_a_second(life):
    """Nobody is told to wait for nothing."""

    at = moment(life, 20, 30, 40, apart=True)
    decision = decide_declare(ALARM, replace(at, now=at.now - timedelta(milliseconds=300)))
    assert isinstance(decision, Refused)

    assert "wait 1 s more" in read(decision.sentence)


def test_who_is_not_held_up(life):
    """The operator at a shell, and what is private or said in a private channel: it goes onto no other timeline."""

    shell = decide_declare(ALARM, moment(life, 1, 2, 3, actor=SHELL))
    hosted = decide_declare(replace(ALARM, host=Host(id="C1", is_private=True)), moment(life, 1, 2, 3))
    private = decide_declare(replace(ALARM, is_private=True), moment(life, 1, 2, 3))
    public = decide_declare(replace(ALARM, host=Host(id="C1", is_private=False)), moment(life, 1, 2, 3))

    assert [False, False, False, True] == [isinstance(one, Refused) for one in (shell, hosted, private, public)]


def test_what_is_worse_than_all_before_it_is_not_held_up(life):
    """A SEV-1 after three milder ones has to wake people; a second SEV-1 that soon is kept."""

    at = moment(life, 1, 2, 3)
    milder = replace(at, recent=tuple(replace(one, severity=Severity.SEV3) for one in at.recent))
    mixed = replace(at, recent=(at.recent[0], *milder.recent[1:]))

    said = [decide_declare(ALARM, context) for context in (milder, mixed)]
    unsaid = decide_declare(replace(ALARM, severity=None), at)
    assert [False, True] == [isinstance(one, Refused) for one in said]
    assert isinstance(unsaid, Refused)


def test_nothing_is_kept_where_nobody_looks(life):
    """What has ended, or what not everybody may read, keeps no alarm: the one before does, or it is an incident."""

    at = moment(life, 1, 2, 3)
    first_ended = replace(at, recent=(replace(at.recent[0], keeps=False), *at.recent[1:]))
    all_ended = replace(at, recent=tuple(replace(one, keeps=False) for one in at.recent))

    kept_before = decide_declare(ALARM, first_ended)
    assert isinstance(kept_before, Refused)
    assert "INC-43's timeline" in read(kept_before.sentence)
    assert not isinstance(decide_declare(ALARM, all_ended), Refused)


def test_the_note_keeps_it_all(life):
    """Severity, title and description, as far as a note goes."""

    said = c.Declare(title="Search is slow", description="EU only", severity=Severity.SEV1)

    assert "Declared (SEV-1): Search is slow\nEU only" == kept(said).words
    assert "Declared: Search is slow" == kept(c.Declare(title="Search is slow")).words
    assert 2000 >= len(kept(replace(said, description="x" * 5000)).words)
