"""The shipped policy with its people found in the workspace, and an incident's life under it."""

from pathlib import Path

import pytest

from bot.policy.load import load
from bot.policy.model import Policy
from bot.policy.rota import Rota
from tests.incident.life import Life, rota_of

POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Return the policy that ships."""
    return load({path.name: path.read_bytes() for path in sorted(POLICIES.glob("*.yaml"))})


@pytest.fixture(scope="session")
def rota(policy: Policy) -> Rota:
    """Return its rota, everybody found."""
    return rota_of(policy)


@pytest.fixture
def life(policy: Policy, rota: Rota) -> Life:
    """Return a life that has not begun."""
    return Life(policy=policy, rota=rota)


@pytest.fixture
def sev1(life: Life) -> Life:
    """Return a SEV-1 that Ada declared a moment ago; Noor is named commander and paged."""
    return life.declare()
