"""The policy that ships, as bytes and as values."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.policy.load import load
from bot.policy.model import Policy

POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture(scope="session")
def shipped() -> Mapping[str, bytes]:
    """Return the files in `policies/` by name."""
    return {path.name: path.read_bytes() for path in sorted(POLICIES.iterdir())}


@pytest.fixture(scope="session")
def policy(shipped) -> Policy:
    """Return the policy they write down."""
    return load(shipped)
