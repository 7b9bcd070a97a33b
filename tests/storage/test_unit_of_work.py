"""A unit of work commits as a whole or not at all, and races have one winner."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy.exc import DBAPIError

from bot.ports import LostRaceError, OpenUnit
from bot.words import Status
from storage.unit_of_work import Database
from storage.verify import Verdict, verify
from tests.storage.samples import T0, effect, entry, incident


class _OopsError(Exception):
    pass


def write_everything(unit, *, now=T0):
    """Write a row of every kind and return the incident's number."""
    number = unit.incidents.next_number()
    unit.incidents.add(incident(number=number))
    unit.audit.append([entry(number=number)], now=now)
    unit.outbox.add([effect(f"incident:{number}/card")], now=now)
    unit.requests.remember(f"k{number}", answer=b"ok", now=now)
    return number


def test_everything_commits_together(database):
    """What one unit of work wrote is all there afterwards."""

    with database.write() as unit:
        number = write_everything(unit)

    with database.read() as unit:
        assert incident(number=number) == unit.incidents.get(number)
        assert 1 == unit.audit.count()
        assert unit.outbox.get("incident:1/card")
        assert b"ok" == unit.requests.answered("k1")


def test_the_database_is_what_the_core_asks_for(database):
    """Both ways of opening a unit of work are those of the core's port; the type checker holds us to it."""

    opening: list[OpenUnit] = [cast("Database", database).write, cast("Database", database).read]

    for open_unit in opening:
        with open_unit() as unit:
            assert 0 == unit.audit.count()


def test_nothing_of_a_failed_unit_of_work_remains(database):
    """A unit of work that raises leaves no row, no entry, and gives its number back."""

    def fail():
        with database.write() as unit:
            write_everything(unit)
            raise _OopsError

    with pytest.raises(_OopsError):
        fail()

    with database.read() as unit:
        assert unit.incidents.get(1) is None
        assert 0 == unit.audit.count()
        assert unit.outbox.get("incident:1/card") is None
        assert unit.requests.answered("k1") is None
    with database.write() as unit:
        assert 1 == unit.incidents.next_number()


def test_a_read_cannot_write(database):
    """A reading unit of work refuses to change anything."""

    with pytest.raises(DBAPIError), database.read() as unit:
        unit.places.put("incidents", "C1", now=T0)


def together(*works):
    """Run `works` at the same moment, each in its thread, and return what each returned or raised."""
    gate = threading.Barrier(len(works))
    outcomes: list[object] = [None] * len(works)

    def run(index, work):
        gate.wait()
        try:
            outcomes[index] = work()
        except LostRaceError as error:
            outcomes[index] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_exactly_one_of_two_presses_wins(database):
    """Of several changes to the same version one is kept; the others are told, and write nothing."""

    with database.write() as unit:
        unit.incidents.add(incident())

    def press(title):
        with database.write() as unit:
            unit.incidents.save(replace(incident(), version=2, title=title), was=1)
            unit.audit.append([entry()], now=T0)
        return title

    outcomes = together(*(lambda title=title: press(title) for title in "abcd"))

    winners = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert 1 == len(winners)
    with database.read() as unit:
        assert winners == [unit.incidents.get(1).title]
        assert 1 == unit.audit.count()


def test_numbers_have_no_gaps_under_concurrency(database):
    """Writers at the same time get consecutive incident numbers and audit numbers."""

    def work():
        for _ in range(5):
            with database.write() as unit:
                write_everything(unit)

    together(work, work, work, work)

    with database.read() as unit:
        assert list(range(1, 21)) == [one.number for one in unit.incidents.open()]
        assert list(range(1, 21)) == [one.seq for one in unit.audit.entries()]


def test_the_log_has_one_chain_under_concurrency(database, url):
    """Entries of different incidents appended at the same time stand in one unbroken chain."""

    def work():
        for _ in range(10):
            with database.write() as unit:
                unit.audit.append([entry(number=None)], now=T0)

    outcomes = together(work, work, work, work)

    assert [None] * 4 == outcomes
    assert Verdict(entries=40, ok=True) == verify(url)


def test_presses_at_the_same_time_wait_for_each_other(database):
    """Whoever reads an incident to change it waits for the one before, so nobody need begin again."""

    with database.write() as unit:
        unit.incidents.add(incident())

    def note():
        with database.write() as unit:
            now = unit.incidents.get(1)
            unit.incidents.save(replace(now, version=now.version + 1, notes=now.notes + 1), was=now.version)

    outcomes = together(*[note] * 6)

    assert [None] * 6 == outcomes
    with database.read() as unit:
        assert 6 == unit.incidents.get(1).notes


def test_a_repeated_request_has_one_answer(database):
    """The same delivery carried out twice at once is kept once, and the loser is told to begin again."""

    def work():
        with database.write() as unit:
            unit.requests.remember("trigger", answer=b"first", now=T0)

    outcomes = together(work, work)

    assert 1 == sum(isinstance(outcome, LostRaceError) for outcome in outcomes)
    with database.read() as unit:
        assert b"first" == unit.requests.answered("trigger")
        assert unit.requests.answered("another") is None


def test_what_was_written_stays_out_of_errors(database):
    """An error of the database shows the statement, never a value that was written (G6.2)."""

    secret = "xoxb-12345-very-secret"
    broken = replace(incident(), title=secret, status=cast("Status", secret))

    with pytest.raises(DBAPIError) as caught, database.write() as unit:
        unit.incidents.add(broken)

    assert secret not in f"{caught.value} {caught.value.orig} {caught.value!r}"


def test_a_lost_race_tells_no_value(database):
    """A key that was there already is not repeated in the error, nor in what caused it (G6.2)."""

    with database.write() as unit:
        unit.requests.remember("very-secret", answer=b"", now=T0)

    with pytest.raises(LostRaceError) as caught, database.write() as unit:
        unit.requests.remember("very-secret", answer=b"", now=T0)

    assert "very-secret" not in f"{caught.value} {caught.value.__cause__}"


def test_one_unit_of_work_inside_another_is_refused_on_sqlite(database, kind):
    """On SQLite a thread cannot open a second writing unit of work and wait for itself for ever."""

    if kind == "postgresql":
        pytest.skip("PostgreSQL has many writers")

    with database.write(), pytest.raises(RuntimeError, match="already inside"), database.write():
        pass


def test_a_number_is_given_once_a_unit(database):
    """Numbers count on within and across units of work."""

    with database.write() as unit:
        first, second = unit.incidents.next_number(), unit.incidents.next_number()
    with database.write() as unit:
        third = unit.incidents.next_number()

    assert (1, 2, 3) == (first, second, third)


def test_times_come_back_in_utc(database):
    """A time written is the same moment when read, to the microsecond, on both databases."""

    written = replace(incident(), headline_at=T0 + timedelta(microseconds=1))

    with database.write() as unit:
        unit.incidents.add(written)

    with database.read() as unit:
        read = unit.incidents.get(1).headline_at
    assert (written.headline_at, timedelta(0)) == (read, read.utcoffset())
