"""Mutilated requests are refused or answered, never failed upon; TOCSIN_FUZZ sets how many, TOCSIN_SEED which."""

import json
import random
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.identity import Identity
from handlers.listeners import build_app
from handlers.requests import answer
from tests.mutilated import ROUNDS, SEED, VALID, broken, mutilated
from tests.web.conftest import FORM, JSON


def posted(body: dict[str, Any]) -> tuple[bytes, str]:
    """A payload as Slack would post it."""
    if "command" in body:
        return urlencode(body).encode(), FORM
    if body.get("type") == "event_callback":
        return json.dumps(body).encode(), JSON
    return urlencode({"payload": json.dumps(body)}).encode(), FORM


@pytest.mark.parametrize("spoil", ["fields", "bytes"])
async def test_nothing_posted_makes_it_fail(front, logged, spoil):
    """Signed, so that only the shape is on trial: 200 or 4xx, and not one line of a failure in the log."""

    draw, heard = random.Random(f"{SEED}/{spoil}"), set()
    for _ in range(ROUNDS):
        front.walls[0] += 1
        valid = draw.choice(VALID)
        body, kind = posted(mutilated(draw, valid) if spoil == "fields" else valid)
        answered = await front.post(broken(draw, body) if spoil == "bytes" else body, kind=kind)
        heard.add(answered.status)
        assert answered.status in {200, 400, 401}, (body, answered)
        assert [] == logged("request.failed"), body

    assert {200, 400} <= heard


async def test_no_envelope_makes_it_fail(slack, desk, client, logged):
    """The same through the path that sockets take: answered, or refused as misshapen, and nothing else."""

    app, draw = front_app(desk, client), random.Random(f"{SEED}/envelopes")
    served = refused = 0
    for _ in range(ROUNDS):
        body = mutilated(draw, draw.choice(VALID))
        try:
            status, _, _ = await answer(app, body, {})
        except ValueError:
            refused += 1
            continue
        served += 1
        assert status < 500, body
        assert [] == logged("request.failed"), body

    assert served
    assert refused


def front_app(desk: Any, client: Any) -> Any:
    """The listeners alone."""
    return build_app(desk=desk, client=client, identity=Identity(team_id="T0SANDBOX00"))
