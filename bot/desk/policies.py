"""What the edges hold of the desk about the policy in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.transacting import Transactions
from bot.incident.reacting.effects import Json
from bot.policy.model import Policy
from bot.usecases import (
    adopting,
    governing,
    operating_policy,
    policy_telling,
    proposing,
)
from bot.usecases.asked import Answer, Early
from bot.words import PolicyDecision


@dataclass(slots=True, kw_only=True)
class PolicyDesk(Transactions):
    """Runs use-cases about policy."""

    async def emergency_number(self) -> str:
        """Return policy's telephone number for when nothing else works."""
        return await self._read(lambda unit: self.world.policy(unit).people.emergency_number)

    async def has_policy(self) -> bool:
        """Return whether a policy is in force."""
        return await self._read(lambda unit: unit.policies.hash_in_force() is not None)

    async def adopt(self, files: Mapping[str, bytes], *, approved_by: str) -> str | None:
        """Put a policy in force; return its version, or None when it already is."""
        adopted = await self._write(lambda unit: adopting.adopt(unit, files, approved_by=approved_by, world=self.world))
        return adopted.version if adopted else None

    async def changes_to(self, files: Mapping[str, bytes]) -> Mapping[str, Json]:
        """Return what the policy in `files` would change, with its version and hash."""
        return await self._read(lambda unit: operating_policy.changes_to(unit, files, self.world))

    async def adopt_by(self, files: Mapping[str, bytes], *, approver: str) -> str | None:
        """Put a policy in force, approved by one of the Board (a key of people.yaml); None when it already is."""
        return await self._write(lambda unit: operating_policy.adopt_by(unit, files, self.world, approver=approver))

    async def past(self) -> Sequence[int]:
        """Return the numbers of every incident there was."""
        return await self._read(lambda unit: operating_policy.past(unit, self.world))

    async def replay(self, candidate: Policy, *, number: int) -> Mapping[str, Json]:
        """Return how incident `number` would have gone under `candidate`."""
        return await self._read(lambda unit: operating_policy.replay(unit, self.world, candidate, number=number))

    async def consider(self, files: Mapping[str, bytes]) -> None:
        """Propose what the policy folder holds, if that is another policy than the one in force."""
        if await self._read(lambda unit: proposing.is_news(unit, files)):
            await self._write_behind(lambda unit: proposing.consider(unit, files, self.world))

    async def chase_reviews(self) -> None:
        """Tell those who govern, once a week, which files of the policy are overdue for review."""
        if await self._read(lambda unit: proposing.reviews_overdue(unit, self.world)):
            await self._write_behind(lambda unit: proposing.chase_reviews(unit, self.world))

    async def tell_policy(self, early: Early, *, about: str) -> Answer:
        """Return what policy says about what was typed, or that it says nothing."""
        return await self._write(lambda unit: policy_telling.tell_policy(unit, early, self.world, about=about))

    async def govern(self, early: Early, decision: PolicyDecision, *, meant: str = "") -> Answer:
        """Return how the policy stands, or what came of one of the Board adopting or keeping it out."""
        return await self._write(lambda unit: governing.govern(unit, early, decision, self.world, meant=meant))
