"""Waits grow to five minutes, and tries last a day."""

import pytest

from bot.incident.reacting.effects import EffectKind
from bot.words import Lane
from delivery import backoff
from tests.delivery.world import effect


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 1), (1, 1), (2, 2), (3, 4), (8, 128), (9, 256), (10, 300), (500, 300)]
)
def test_waits_double_up_to_five_minutes(attempts, seconds):
    """The wait after each try doubles from one second, and never passes five minutes before jitter."""

    assert seconds == backoff.wait(attempts, jitter=0.0)


def test_jitter_stretches_by_a_quarter_at_most():
    """Jitter only ever makes a wait longer, by a quarter at most."""

    assert 5.0 == backoff.wait(3, jitter=1.0)


def test_the_tries_of_an_outage_last_a_day():
    """An outage is sat out for 24 hours."""

    tries = backoff.tries(effect("update"), outage=True)

    assert 24 == round(sum(backoff.wait(attempt, jitter=0.0) for attempt in range(1, tries)) / 3600)


@pytest.mark.parametrize(
    ("kind", "lane", "outage", "tries"),
    [
        (EffectKind.POST, Lane.UPDATE, False, 9),
        (EffectKind.POST, Lane.UPDATE, True, 295),
        (EffectKind.POST, Lane.PAGE, False, 295),
        (EffectKind.NOTIFY, Lane.PAGE, False, 295),
        (EffectKind.OPEN_CHANNEL, Lane.DECLARE, False, 295),
        (EffectKind.RESPOND, Lane.ANSWER, True, 9),
        (EffectKind.RESPOND, Lane.PAGE, False, 9),
    ],
)
def test_how_often_each_kind_is_tried(kind, lane, outage, tries):
    """Pages and the channel are never given up early; a private answer always is."""

    assert tries == backoff.tries(effect("x", kind=kind, lane=lane), outage=outage)
