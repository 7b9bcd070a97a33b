"""How things stand, at a shell: whoever reads it tells a test from the real thing."""

import json

from bot.incident.commands import Declare
from bot.ops.shell import serve
from bot.usecases.asked import Asked, Principal
from bot.words import ActorKind, Severity
from tests.usecases.conftest import Office


async def test_a_test_is_marked(office: Office):
    """A line says TEST before the severity, and a program reads `is_test`; the real one beside it is not marked."""
    who = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")
    played = Declare(title="Fire drill", severity=Severity.SEV1, is_test=True)
    await office.desk.ask(Asked(key="slash:drill", who=who, command=played))
    await office.declare("Checkout is down")
    said = await serve(office.desk, {"do": "status"})
    lines = sorted(said["text"].splitlines())

    assert [True, True] == [lines[0].startswith("SEV-1 INC-2 Checkout"), lines[1].startswith("TEST · SEV-1 INC-1 Fire")]
    assert {1: True, 2: False} == {row["incident"]: row["is_test"] for row in json.loads(said["json"])}
