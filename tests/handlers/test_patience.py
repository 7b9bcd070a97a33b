"""Waiting for a database that hangs: as long as Slack allows, and whoever stopped waiting changes nothing."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from bot.desk.patience import Claim, at_most
from bot.ports import StoreAwayError


def test_who_gives_up_first_is_certain():
    """Nothing is committed afterwards."""

    claim = Claim()

    assert claim.give_up()
    with pytest.raises(StoreAwayError):
        claim.commit()


def test_who_gives_up_while_it_commits_is_in_doubt():
    """It may stand."""

    claim = Claim()
    claim.commit()

    assert not claim.give_up()
    claim.hold()


async def test_what_nobody_waits_for_is_not_committed(office):
    """The database comes back after its patience ended: what was asked is not done behind anybody's back."""

    free, real = threading.Event(), office.desk.write
    committed = []

    @contextmanager
    def hanging():
        free.wait()
        with real() as unit:
            yield unit
        committed.append(True)

    office.desk.write = hanging
    with ThreadPoolExecutor(1) as office.desk.writer:
        with pytest.raises(StoreAwayError) as caught, at_most(0.05):
            await office.desk.learn_place("dm:U0NOOR", "D0NOOR")
        free.set()
        await asyncio.to_thread(lambda: None)
    office.desk.writer = None

    assert not caught.value.in_doubt
    assert [] == committed
    assert office.desk.is_away


async def test_a_database_is_not_away_for_what_others_took(office):
    """Patience ended before the database was asked, for Slack was slow: it has its moment all the same."""

    office.desk.pulse.finished_at -= 60
    with ThreadPoolExecutor(1) as office.desk.writer, at_most(-1):
        await office.desk.learn_place("dm:U0NOOR", "D0NOOR")
    office.desk.writer = None

    assert not office.desk.is_away
