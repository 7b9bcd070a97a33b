"""The bot's books in the inspector: names for ids, what is owed first; and jumps of the clock, told by the sandbox."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.page import ledgers
from sandbox.page.ledgers import Owed, Recorded
from sandbox.page.pages import Pages
from sandbox.page.state import Hooks, PageState
from sandbox.server import Sandbox

AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


class Standing:
    """A player that stands still in the middle of a play."""

    def names(self):
        """One scenario."""
        return [("one", "One")]

    def start(self, name):
        """Stay."""

    def step(self, name):
        """Stay."""

    def stop(self):
        """Stay."""

    def is_over(self):
        """There is more to come."""
        return False

    def caption(self):
        """Where it stands."""
        return "2 min, ada: It is down (approximate)"


def owed(kind: str, **more) -> Owed:
    """An outbox row."""
    values = {"place": "DM U0NOOR00000", "state": "sent", "tries": 1, "due": AT, "incident": 1}
    return Owed(**{"kind": kind, **values, **more})


def recorded(seq: int, **more) -> Recorded:
    """An audit entry."""
    return Recorded(
        **{"seq": seq, "at": AT, "who": "U0ADA000000", "action": "declared", "leaf": "0123456789abcdef", **more}
    )


def test_what_is_owed_stands_first(reader):
    """Rows that are owed or dead come first, then the newest."""

    rows = [owed("one"), owed("two", state="dead", is_bad=True), owed("three"), owed("four", is_open=True)]

    assert ["four", "two", "three", "one"] == [row.kind for row in ledgers.outbox_shown(reader, rows)]


def test_a_row_is_told_in_names(reader):
    """A person's id is their name, the time is the reader's."""

    row = ledgers.outbox_shown(reader, [owed("post page", error="ratelimited", is_open=True)])[0]

    assert ("DM Noor Haddad", "15:00:00", "INC-1", "pending") == (row.place, row.due, row.incident, row.mark)


def test_an_entry_is_told_in_names(reader):
    """Who, when and a short leaf, the newest first; what is of no incident names none."""

    rows = ledgers.audit_shown(reader, [recorded(1), recorded(2, who="clock", incident=7, denied=True)])

    assert [(2, "clock", "INC-7", True), (1, "Ada Obi", "", False)] == [
        (row.seq, row.who, row.incident, row.denied) for row in rows
    ]
    assert {"0123456789"} == {row.leaf for row in rows}


def test_ids_that_nobody_has_stay(reader):
    """A channel's id becomes its name; an unknown id stays as it is."""

    assert "#incidents and U0NOBODY000" == ledgers.named(reader, "C0INCIDENTS and U0NOBODY000")


@pytest.mark.parametrize(("player", "leaps"), [(None, [1, 2]), (Standing(), [3])], ids=["by hand", "a scenario's"])
async def test_jumps_are_heard_wherever_they_are_made(manifest, player, leaps):
    """Every jump of the clock is remembered; those between two steps of a scenario are one."""

    sandbox, state = Sandbox(manifest=manifest, started_at=AT), PageState()
    sandbox.on_jump.append(Pages(sandbox=sandbox, mailbox=None, hooks=Hooks(player=player), state=state).leapt)
    await sandbox.advance("1m")
    await sandbox.advance("2m")
    await sandbox.advance_to(AT)

    assert [timedelta(minutes=span) for span in leaps] == [leap.ended - leap.started for leap in state.leaps]
