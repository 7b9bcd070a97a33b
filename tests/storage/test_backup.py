"""Backups: one file from either database into either, whole and verified, or refused in a sentence."""

import json
import stat
import threading
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, text

from bot.ports import ProposalOutcome
from storage.backing_up import BackupProblem, back_up
from storage.locks import DatabaseInUseError
from storage.portable import CONTENTS, tables
from storage.restoring import restore
from storage.schema import NewerSchemaError
from storage.unit_of_work import Database
from storage.verify import verify
from tests.storage.conftest import KINDS
from tests.storage.samples import T0, effect, entry, incident

FILES = {"severity.yaml": b"version: 2.0.0\n"}


def silently(_table, _done, _of):
    """Show nobody how far it is."""


def saved(url, path):
    """Make a backup of the database at `url`."""
    return back_up(url=url, path=path, now=T0, progress=silently)


def put_back(path, url, *, replace=False, unverified=False):
    """Restore the backup at `path` into the database at `url`."""
    return restore(path=path, url=url, replace=replace, unverified=unverified, progress=silently)


def live(database, *, incidents=3):
    """Let a database hold something of everything whose numbers go on."""
    for _ in range(incidents):
        with database.write() as unit:
            number = unit.incidents.next_number()
            unit.incidents.add(incident(number=number, title=f"Straße “{number}” 🔥"))
            unit.audit.append([entry(number=number), entry(number=number)], now=T0)
            unit.outbox.add([effect(f"incident:{number}/card", incident=number)], now=T0)
            unit.requests.remember(f"k{number}", answer=b"\x00\xff", now=T0)
            unit.policies.adopt(f"h{number}", FILES, version="2.0.0", approved_by="folder", now=T0)
            proposed = unit.policies.propose(f"p{number}", FILES, version="2.0.1", now=T0)
            unit.policies.settle_proposal(proposed, ProposalOutcome.KEPT, by="U0ADA", now=T0 + timedelta(minutes=1))
            unit.places.put("incidents", "C1", now=T0)


def everything(url):
    """Every row of every table."""
    database = Database(url)
    with database._writing() as connection:  # noqa: SLF001 - looks at the bare rows
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in tables()
        }
    database.close()
    return found


@pytest.fixture
def lived(url, tmp_path):
    """A database that was lived in, and a backup of it."""
    database = Database(url)
    live(database)
    database.close()
    saved(url, tmp_path / "tocsin.backup")
    return url, tmp_path / "tocsin.backup"


@pytest.fixture
def kept(tmp_path):
    """A backup of a SQLite database that was lived in."""
    database = Database(f"sqlite:///{tmp_path / 'lived.db'}")
    database.migrate()
    live(database)
    database.close()
    saved(f"sqlite:///{tmp_path / 'lived.db'}", tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


@pytest.fixture(params=KINDS)
def elsewhere(request, postgres, tmp_path):
    """The URL of an empty database of either make."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'tocsin.db'}"
        return
    if postgres is None:
        pytest.skip("no PostgreSQL found")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


def test_a_backup_is_the_database_on_either(lived, elsewhere):
    """Every row comes back as it was, from either database into either, and the audit log verifies."""

    url, path = lived
    contents = put_back(path, elsewhere)

    assert everything(url) == everything(elsewhere)
    assert (6, "", True) == (contents.entries, contents.problem, verify(elsewhere).ok)


def test_numbers_go_on_after_a_restore(lived, elsewhere):
    """The next incident, entry, delivery and adoption get the next numbers."""

    _, path = lived
    put_back(path, elsewhere)
    database = Database(elsewhere)
    live(database, incidents=1)

    with database.read() as unit:
        assert incident(number=4, title="Straße “4” 🔥") == unit.incidents.get(4)
        assert 8 == unit.audit.count()
        assert "h4" == (unit.policies.in_force() or ("",))[0]
    database.close()
    assert [1, 2, 3, 4] == [row[0] for row in everything(elsewhere)["outbox"]]
    assert [1, 2, 3, 4] == [row[0] for row in everything(elsewhere)["policy_proposal"]]
    assert verify(elsewhere).ok


def test_the_guards_of_the_audit_log_come_back(lived, elsewhere):
    """A restored audit log refuses to be changed, like any other."""

    put_back(lived[1], elsewhere)
    database = Database(elsewhere)

    with pytest.raises(Exception, match="never changed"), database._writing() as connection:  # noqa: SLF001 - as an intruder would
        connection.execute(text("UPDATE audit_entry SET actor = 'nobody'"))
    database.close()


def test_a_backup_is_for_its_owner(lived):
    """Only the account that made it reads the file, and nothing unfinished is left beside it."""

    _, path = lived

    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [] == list(path.parent.glob("*.part"))


def test_a_backup_is_one_moment(url, tmp_path):
    """What is written while a backup is made is in it whole or not at all: the log in it always verifies."""

    database = Database(url)
    live(database, incidents=1)
    begun, enough = threading.Event(), threading.Event()

    def go_on():
        begun.wait()
        live(database, incidents=5)
        enough.set()

    writing = threading.Thread(target=go_on)
    writing.start()

    def meanwhile(table, done, of):
        begun.set()
        enough.wait()

    contents = back_up(url=url, path=tmp_path / "b", now=T0, progress=meanwhile)
    writing.join()
    database.close()

    assert 2 == contents.entries
    assert {1} == {part.rows for part in contents.tables if part.name in ("incident", "outbox", "policy_version")}


def test_no_backup_is_written_over(lived):
    """A file that is there stays as it is."""

    url, path = lived
    before = path.read_bytes()

    with pytest.raises(BackupProblem, match="is there already"):
        saved(url, path)
    assert before == path.read_bytes()


def test_nothing_to_back_up(empty_url, tmp_path):
    """A database without tables is said to hold nothing, and no file appears."""

    Database(empty_url).close()

    with pytest.raises(BackupProblem, match="tocsin migrate"):
        saved(empty_url, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_newer_tocsins_database_is_not_backed_up_in_part(url, tmp_path):
    """An older version refuses what it would back up without the newer one's tables, and leaves no file."""

    database = Database(url)
    with database._writing() as connection:  # noqa: SLF001 - as a newer version would
        connection.execute(text("UPDATE alembic_version SET version_num = '0099'"))
    database.close()

    with pytest.raises(NewerSchemaError, match="at schema 0099, which this Tocsin does not know"):
        saved(url, tmp_path / "b")
    assert [] == list(tmp_path.glob("b*"))


def test_nothing_is_lost_by_a_slip(lived):
    """A database that holds something is restored over only with --replace, and then holds the backup."""

    url, path = lived
    backed_up = everything(url)
    database = Database(url)
    live(database, incidents=1)
    database.close()
    before = everything(url)

    with pytest.raises(BackupProblem, match="--replace"):
        put_back(path, url)
    assert before == everything(url)

    put_back(path, url, replace=True)
    assert backed_up == everything(url)


def test_nothing_is_restored_under_a_running_bot(lived, kind):
    """Whoever uses the database keeps it, on either."""

    url, path = lived
    database = Database(url)
    with database.read() as unit:
        assert 6 == unit.audit.count()

        with pytest.raises((BackupProblem, DatabaseInUseError), match=r"in use|uses this database"):
            put_back(path, url, replace=True)
    database.close()
    assert kind in url


def cut_short(path):
    """Lose the end of the file."""
    path.write_bytes(path.read_bytes()[:-200])


def turned(path):
    """Turn one bit in the middle of the rows."""
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def other(path):
    """Be another file."""
    path.write_text("not a backup\n")


def some_zip(path):
    """Be somebody else's zip."""
    rewritten(path, lambda _name, _content: None)


def rewritten(path, change):
    """Pack the file again, each member changed by `change(name, content)`; None leaves it out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            new = change(name, content)
            if new is not None:
                archive.writestr(name, new)


def a_name_changed(path):
    """Let another person have done it: a forger who leaves the sums alone."""
    rewritten(path, lambda _name, content: content.replace(b"U0ADA", b"U0EVE"))


def a_table_lost(path):
    """Leave the incidents out."""
    rewritten(path, lambda name, content: None if name == "tables/incident.jsonl" else content)


def contents_with(**said):
    """Let the file say something else of itself."""

    def change(path):
        rewritten(
            path,
            lambda name, content: json.dumps(json.loads(content) | said).encode() if name == CONTENTS else content,
        )

    return change


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut_short, "no backup of Tocsin's, or only a part of one"),
        (turned, "damaged|only a part"),
        (other, "no backup of Tocsin's"),
        (some_zip, "is no backup of Tocsin's"),
        (a_name_changed, "damaged or was altered"),
        (a_table_lost, "table incident is not what was written"),
        (contents_with(tocsin_backup=2), "is no backup of Tocsin's"),
        (contents_with(revision="0000"), "made at schema 0000, and this Tocsin knows 0001"),
        (contents_with(tables=[]), "Another version of Tocsin"),
        (contents_with(entries=7), "says it holds 7 audit entries, and holds 6"),
    ],
)
def test_what_cannot_be_trusted_is_refused(kept, elsewhere, spoil, sentence):
    """A file that is cut short, damaged, altered, of another version or not a backup changes nothing."""

    path = kept
    spoil(path)

    with pytest.raises(BackupProblem, match=sentence):
        put_back(path, elsewhere)
    database = Database(elsewhere)
    with database._writing() as connection:  # noqa: SLF001 - looks at the bare schema
        assert [] == inspect(connection).get_table_names()
    database.close()


def forged(path):
    """Change who did it, and every sum of the file with it: only the audit log can tell."""
    import hashlib  # noqa: PLC0415 - a forger's tool

    sums = {}

    def change(name, content):
        if name != CONTENTS:
            content = content.replace(b"U0ADA", b"U0EVE")
            sums[name] = hashlib.sha256(content).hexdigest()
            return content
        said = json.loads(content)
        said["tables"] = [{**part, "sha256": sums[f"tables/{part['name']}.jsonl"]} for part in said["tables"]]
        return json.dumps(said)

    rewritten(path, change)


def test_a_forged_backup_is_found_by_the_audit_log(kept, elsewhere):
    """Whoever alters a backup and its sums is found by the chain; taking it all the same has to be said."""

    path = kept
    forged(path)

    with pytest.raises(BackupProblem, match="audit log in the backup does not verify: entry 1 was altered"):
        put_back(path, elsewhere)
    put_back(path, elsewhere, unverified=True)
    assert not verify(elsewhere).ok
