"""The spool's files: whole or not there, for this account alone, each request once, and read back after a kill."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.incident.commands import Declare, Spooled
from bot.ports import Sent
from bot.usecases.asked import Principal
from bot.usecases.spooling import Slip, ref_of
from bot.words import ActorKind
from delivery.spool import Spool, Try

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
KEY = "slash:1"
SLIP = Slip(
    ref=ref_of(KEY),
    key=KEY,
    at=START,
    who=Principal(kind=ActorKind.PERSON, id="U0ADA"),
    command=Declare(title="Checkout returns 500s", spooled=Spooled(ref=ref_of(KEY), at=START)),
)


@pytest.fixture
def spool(tmp_path):
    """A spool nothing was written to yet."""
    return Spool(tmp_path / "spool")


def test_what_is_kept_is_read_back(spool):
    """Whole, with what became of each page, by whoever comes next."""

    kept = spool.keep(SLIP)
    kept.note("page/1", Try(attempts=1, in_doubt=True, intent_at=START))
    kept.note("page/1", Try(attempts=1, is_sent=True, sent=Sent(channel="D1", ts="1.2")))
    kept.note("page/2", Try(attempts=3, is_dead=True))
    (again,) = spool.all()

    assert (SLIP, kept.tries) == (again.slip, again.tries)
    assert {"page/1": Sent(channel="D1", ts="1.2")} == again.sent
    assert [True, True, False] == [again.stand(page).is_over for page in ("page/1", "page/2", "page/3")]


def test_only_this_account_reads_it(spool):
    """Neither the folder nor a file is for others."""

    kept = spool.keep(SLIP)
    spool.remember(b"{}")

    assert (0o700, 0o600) == (spool.folder.stat().st_mode & 0o777, kept.path.stat().st_mode & 0o777)
    assert 0o600 == (spool.folder / "last-known.json").stat().st_mode & 0o777


def test_the_same_request_is_kept_once(spool):
    """The second is given the first."""

    first = spool.keep(SLIP)
    second = spool.keep(replace(SLIP, respond_url="https://hooks.example/2"))

    assert first.slip == second.slip
    assert 1 == len(spool.all())


def test_an_id_that_is_taken_gets_longer(spool):
    """Two requests whose short ids are the same are two alarms, and each is told its own."""

    taken = spool.keep(SLIP)
    taken.path.write_bytes(taken.path.read_bytes().replace(b'"slash:1"', b'"slash:0"'))
    other = spool.keep(SLIP)

    assert (taken.slip.ref, 1) == (other.slip.ref[:-1], len(other.slip.ref) - len(taken.slip.ref))
    assert other.slip.ref == other.slip.command.spooled.ref
    assert 2 == len(spool.all())


def test_a_line_that_was_cut_off_is_not_there(spool):
    """Killed while it wrote what became of a page: the page is as it was before."""

    kept = spool.keep(SLIP)
    kept.note("page/1", Try(attempts=1, in_doubt=True, intent_at=START))
    with kept.path.open("ab") as file:
        file.write(b'{"page": "page/1", "is": {"atte')
    (again,) = spool.all()

    assert Try(attempts=1, in_doubt=True, intent_at=START) == again.stand("page/1")


def test_what_is_written_behind_a_line_that_was_cut_off_is_there(spool):
    """Whoever comes next writes that the page left: it is not sent once more by the one after."""

    kept = spool.keep(SLIP)
    with kept.path.open("ab") as file:
        file.write(b'{"page": "page/1", "is": {"atte')
    (again,) = spool.all()
    again.note("page/1", Try(attempts=1, is_sent=True))
    (third,) = spool.all()

    assert third.stand("page/1").is_sent


def test_what_nobody_can_read_is_left_and_said(spool):
    """It holds up no other, is not thrown away, and is not said every second."""

    spool.keep(SLIP)
    odd, folder = spool.folder / "D-ODD.jsonl", spool.folder / "D-DIR.jsonl"
    odd.write_text("nonsense")
    folder.mkdir()
    with capture_logs() as said:
        again = [[kept.slip for kept in spool.all()] for _ in range(2)]

    assert [[SLIP], [SLIP]] == again
    assert (True, True) == (odd.exists(), folder.exists())
    assert [("spool.unreadable", "D-DIR.jsonl"), ("spool.unreadable", "D-ODD.jsonl")] == sorted(
        (one["event"], one["file"]) for one in said
    )


def test_a_slip_is_worked_on_by_one_process(spool):
    """Whoever comes second leaves it alone; nobody holds what is entered and gone."""

    kept = spool.keep(SLIP)
    with kept.held() as mine, kept.held() as theirs:
        pass
    spool.remove(kept)
    with kept.held() as gone:
        pass

    assert (True, False, False) == (mine, theirs, gone)
    assert [] == spool.all()


def test_nothing_is_there_before_the_first(spool):
    """No folder is made for a database that always answers."""

    assert ([], None, False) == (spool.all(), spool.remembered(), spool.folder.exists())


def test_each_line_is_json(spool):
    """So that somebody can read it with nothing but an editor, on the night."""

    kept = spool.keep(SLIP)
    kept.note("page/1", Try(attempts=1))

    assert "Checkout returns 500s" == json.loads(kept.path.read_text().splitlines()[0])["command"]["title"]
