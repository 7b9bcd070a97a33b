"""What the tests of scenarios share: a short scenario as text, with rows to taste."""

import pytest

from bot.ops.scenarios.loading import read_scenario

HEAD = """id: test
title: Checkout returns errors
sources: [https://example.com/postmortem]
t0: 2019-07-02T13:31Z
"""


@pytest.fixture
def scenario():
    """Return a function that makes a scenario of rows (at, role, kind, text), with whom it casts otherwise."""

    def make(*rows, personas=None, precision="E"):
        written = "".join(
            f"  - {{at: {at}, precision: {precision}, role: {role}, kind: {kind}, text: '{text}'}}\n"
            for at, role, kind, text in rows
        )
        cast = "personas: {" + ", ".join(f"{role}: {who}" for role, who in (personas or {}).items()) + "}\n"
        content = HEAD + (cast if personas else "") + "rows:\n" + written
        return read_scenario(file="test.yaml", content=content.encode())

    return make
