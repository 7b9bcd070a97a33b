"""Which errors mean that the database does not answer, and which that it was asked something wrong."""

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.away import is_away


class Said(Exception):
    """An error of a driver, with whatever code it carries."""

    def __init__(self, **codes):
        super().__init__("said")
        for name, code in codes.items():
            setattr(self, name, code)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (Said(sqlite_errorcode=sqlite3.SQLITE_BUSY), True),
        (Said(sqlite_errorcode=sqlite3.SQLITE_IOERR_WRITE), True),
        (Said(sqlite_errorcode=sqlite3.SQLITE_FULL), True),
        (Said(sqlite_errorcode=sqlite3.SQLITE_READONLY), True),
        (Said(sqlite_errorcode=sqlite3.SQLITE_NOTADB), True),
        (Said(sqlite_errorcode=sqlite3.SQLITE_ERROR), False),
        (Said(sqlite_errorcode=sqlite3.SQLITE_CONSTRAINT_TRIGGER), False),
        (Said(sqlstate="57P01"), True),
        (Said(sqlstate="08006"), True),
        (Said(sqlstate="53100"), True),
        (Said(sqlstate="55P03"), True),
        (Said(sqlstate="25006"), True),
        (Said(sqlstate="42703"), False),
        (Said(sqlstate="40001"), False),
        (Said(sqlstate=None), True),
    ],
)
def test_what_a_code_means(error, away):
    """Locked, full, broken, read-only, gone: away; a column that is not there: ours to mend."""

    assert away is is_away(OperationalError("select", {}, error))


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (InterfaceError("select", {}, Said()), True),
        (ProgrammingError("select", {}, Said()), False),
        (DBAPIError("select", {}, Said(), connection_invalidated=True), True),
        (PoolTimeoutError("no connection was free"), True),
    ],
)
def test_what_has_no_code(error, away):
    """Nobody was there to give one."""

    assert away is is_away(error)


@pytest.mark.parametrize("error", [Said(sqlite_errorcode=sqlite3.SQLITE_READONLY), Said(sqlstate="25006")])
def test_a_reader_that_writes_is_a_mistake(error):
    """It was given a database that only reads."""

    assert not is_away(OperationalError("insert", {}, error), reading=True)
