"""What every use-case is told about the world it runs in: the time, the home workspace, policy and rota."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.incident.reading.readings import RecordCheck
from bot.policy.errors import PolicyRejected
from bot.policy.load import load
from bot.policy.model import Policy
from bot.policy.rota import Rota, resolve
from bot.ports import UnitOfWork
from bot.usecases.signing import LinkSigner

ROTA_FRESH = timedelta(seconds=60)
"""How long a rota is trusted before people are matched to accounts again."""


class NoPolicyError(Exception):
    """No policy is in force yet; `tocsin migrate` adopts the folder's."""


UNREADABLE = (NoPolicyError, PolicyRejected, LookupError, TypeError, ValueError)
"""What reading one stored incident can raise when this version of Tocsin no longer understands it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """That an incident's record was checked `at` a moment, at which `version`, and what was found."""

    at: datetime
    version: int
    found: RecordCheck


@dataclass(slots=True, kw_only=True)
class World:
    """The time (`now` gives aware UTC), the home workspace's team id, and policies already read, by hash.

    `links` signs the links that pages carry, None where nobody could open them. `emergency_number` is that of the
    policy last seen in force, for when the database does not answer.
    """

    now: Callable[[], datetime]
    home_team: str = ""
    links: LinkSigner | None = None
    emergency_number: str = ""
    checked: dict[int, Checked] = field(default_factory=dict)
    _policies: dict[str, Policy] = field(default_factory=dict)
    _rotas: dict[str, tuple[datetime, Rota]] = field(default_factory=dict)

    def policy(self, unit: UnitOfWork, policy_hash: str | None = None) -> Policy:
        """Return the policy with this hash, or the one in force; NoPolicyError when there is none."""
        key = policy_hash or unit.policies.hash_in_force()
        files = None if key is None or key in self._policies else unit.policies.get(key)
        if key is None or (files is None and key not in self._policies):
            message = "no policy is in force; run `tocsin migrate` where the policies folder is"
            raise NoPolicyError(message)
        if files is not None:
            self._policies[key] = load(files)
        if policy_hash is None:
            self.emergency_number = self._policies[key].people.emergency_number
        return self._policies[key]

    def rota(self, unit: UnitOfWork, policy: Policy) -> Rota:
        """Return who stands behind the contacts of `policy`, matched to accounts at most a minute ago."""
        known = self._rotas.get(policy.hash)
        now = self.now()
        if known and now - known[0] < ROTA_FRESH:
            return known[1]
        rota = resolve(people=policy.people, members=unit.members.all())
        self._rotas[policy.hash] = (now, rota)
        return rota

    def forget_people(self) -> None:
        """Match people to accounts again at the next chance: somebody joined, left or changed."""
        self._rotas.clear()
