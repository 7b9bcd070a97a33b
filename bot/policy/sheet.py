"""The head that every policy file carries: its version, who owns it, and when it is next reviewed (S12)."""

import re
from collections.abc import Mapping

from bot.policy.model import PolicyFile
from bot.policy.reading import Reading
from bot.policy.source import Spot

HEAD = ("version", "owner", "next_review")

_VERSION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}")


def read_head(*, reading: Reading, name: str, at: Mapping[str, Spot]) -> PolicyFile:
    """Return the head of the file called `name`."""
    return PolicyFile(
        name=name,
        version=reading.matching(at.get("version"), shape=_VERSION, allowed="a version (like 2.0.0)"),
        owner=reading.text(at.get("owner")),
        next_review=reading.day(at.get("next_review")),
    )
