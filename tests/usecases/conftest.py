"""A desk over a real database, run in the test's own thread, with a clock that is moved by hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.incident.commands import Declare
from bot.policy.rota import Member
from bot.ports import DeliveryState
from bot.usecases.adopting import adopt
from bot.usecases.asked import Answer, Asked, Principal
from bot.usecases.world import World
from bot.words import ActorKind, Severity
from storage.unit_of_work import Database
from tests.storage.conftest import database, empty_url, kind, postgres, templates, url

__all__ = ["database", "empty_url", "kind", "postgres", "url"]

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
POLICIES = Path(__file__).parents[2] / "policies"
HANDLES = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")


@dataclass
class Office:
    """A desk with people behind it; `at` is the present."""

    desk: Desk
    database: Database
    at: list[datetime]

    async def declare(self, title: str, *, severity: Severity = Severity.SEV1, key: str = "") -> Answer:
        """Let Ada declare."""
        who = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")
        command = Declare(title=title, severity=severity)
        return await self.desk.ask(Asked(key=key or f"slash:{title}", who=who, command=command))

    def wait(self, minutes: float) -> None:
        """Let time pass; nothing runs by itself."""
        self.at[0] += timedelta(minutes=minutes)

    def poison(self, number: int) -> None:
        """Put an incident under a policy that can no longer be read."""
        with self.database.write() as unit:
            files = {"severity.yaml": b"severities: nonsense"}
            unit.policies.adopt("0" * 64, files, version="0", approved_by="test", now=self.at[0])
            good = unit.policies.get(unit.incidents.get(1).policy_hash)  # type: ignore[union-attr]
            unit.policies.adopt(
                unit.incidents.get(1).policy_hash,  # type: ignore[union-attr]
                good or {},
                version="2.0.0",
                approved_by="test",
                now=self.at[0] + timedelta(seconds=1),
            )
            found = unit.incidents.get(number)
            assert found is not None
            unit.incidents.save(replace(found, policy_hash="0" * 64, version=found.version + 1), was=found.version)

    def missed(self, number: int) -> set[str]:
        """Return the clocks the incident missed."""
        with self.database.read() as unit:
            found = unit.incidents.get(number)
        return {mark.kind.value for mark in found.missed} if found else set()

    def outbox(self) -> dict[str, DeliveryState]:
        """Return every outbox row's state by id."""
        with self.database.read() as unit:
            return {row.effect.id: row.state for row in unit.outbox.listing(states=tuple(DeliveryState))}


@pytest.fixture(scope="session")
def template(postgres, tmp_path_factory) -> Callable[[str], str]:
    """By kind of database one with the shipped policy in force and the seeded company in the member table."""
    return templates(postgres, tmp_path_factory.mktemp("offices"), furnish=_furnish)


def _furnish(database: Database) -> None:
    world = World(now=lambda: START, home_team="T0HOME")
    with database.write() as unit:
        files = {path.name: path.read_bytes() for path in POLICIES.glob("*.yaml")}
        adopt(unit, files, approved_by="test", world=world)
        unit.members.put([_member(handle) for handle in HANDLES], now=START)


@pytest.fixture
def office(database: Database) -> Office:
    """An office at 14:00 UTC with the shipped policy in force and the seeded company in the member table."""
    at = [START]
    now: Callable[[], datetime] = lambda: at[0]  # noqa: E731 - a clock that is moved
    world = World(now=now, home_team="T0HOME")
    desk = Desk(world=world, write=database.write, read=database.read, owner="test")
    return Office(desk=desk, database=database, at=at)


def _member(handle: str) -> Member:
    return Member(
        id=f"U0{handle.upper()}",
        handle=handle,
        name=handle.capitalize(),
        zone="Europe/Berlin",
        is_bot=False,
        deleted=False,
        is_restricted=False,
        is_stranger=False,
        team_id="T0HOME",
    )
