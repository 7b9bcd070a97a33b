"""Mutilated envelopes on a real socket: the connection stands, and people's commands go on being answered."""

import json
import random
from typing import Any

import pytest

from tests.handlers.conftest import said
from tests.mutilated import ROUNDS, SEED, VALID, broken, mutilated

LOOK_EVERY = 200
"""After so many frames somebody asks for help."""


def enveloped(body: dict[str, Any], number: int) -> dict[str, Any]:
    """A payload in the envelope Slack puts around it."""
    kind = "slash_commands" if "command" in body else "interactive"
    kind = "events_api" if body.get("type") == "event_callback" else kind
    return {"envelope_id": f"mutilated-{number}", "type": kind, "payload": body, "accepts_response_payload": True}


@pytest.mark.parametrize("spoil", ["payload", "envelope", "bytes"])
async def test_no_frame_silences_a_socket(office, logged, spoil):
    """Whatever arrives, the next command is acknowledged, and no line in the log tells of a failure."""
    draw = random.Random(f"{SEED}/{spoil}")
    for number in range(ROUNDS):
        frame = json.dumps(spoilt(draw, number, spoil=spoil)).encode()
        text = broken(draw, frame).decode(errors="replace") if spoil == "bytes" else frame.decode()
        await office.slack.socket_mode.connections[0].send_str(text)
        if number % LOOK_EVERY == LOOK_EVERY - 1:
            assert "declare" in said(await office.types("ada", "help"))

    answer = await office.types("ada", "help")

    assert answer["acked"]
    assert [] == [*logged("request.failed"), *logged("socket.lost"), *logged("socket.replaced")]


def spoilt(draw: random.Random, number: int, *, spoil: str) -> dict[str, Any]:
    """An envelope with its payload mutilated, or the whole of it; left whole where its bytes will be."""
    valid = draw.choice(VALID)
    if spoil == "bytes":
        return enveloped(valid, number)
    if spoil == "payload":
        return enveloped(mutilated(draw, valid), number)
    return mutilated(draw, enveloped(valid, number))
