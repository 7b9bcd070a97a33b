"""The Bolt app as a whole: whatever Tocsin draws has a listener, and nothing unsigned is served over HTTP."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from handlers.actions import ANY_ACT
from handlers.identity import Identity
from handlers.listeners import ANY_FORM, build_app
from handlers.opening import Opener
from handlers.ticks import ANY_TICK
from views.forms import ACTS

SNAPSHOTS = Path(__file__).resolve().parents[1] / "views" / "snapshots"
PRESSED = {"button", "overflow"}


def drawn(value: Any, kinds: set[str], key: str) -> Iterator[str]:
    """Every `key` of the things of these kinds, however deep they stand."""
    if isinstance(value, dict):
        if value.get("type") in kinds and key in value:
            yield str(value[key])
        for inner in value.values():
            yield from drawn(inner, kinds, key)
    elif isinstance(value, list):
        for inner in value:
            yield from drawn(inner, kinds, key)


def everything_drawn() -> list[Any]:
    """Every picture that Tocsin has drawn once."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SNAPSHOTS.rglob("*.json"))]


def test_every_button_ever_drawn_has_a_listener():
    """No button in any picture is one that nobody listens to."""
    ids = {name for picture in everything_drawn() for name in drawn(picture, PRESSED, "action_id")}

    assert ids
    assert set() == {name for name in ids if not ANY_ACT.search(name)}


def test_every_field_that_tells_has_a_listener():
    """What is ticked or chosen in a form, and heard of at once, is heard by somebody."""
    told = [block["element"]["action_id"] for view in everything_drawn() for block in _telling(view)]

    assert told
    assert [] == [name for name in told if not ANY_TICK.search(name)]


def _telling(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if value.get("dispatch_action"):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _telling(inner)


def test_every_form_has_a_listener():
    """No form that can be opened is one that nobody reads."""

    assert [] == [name for name in ACTS if not ANY_FORM.search(name)]


async def test_nothing_unsigned_is_served_by_bolt_over_http(desk, client):
    """The app is given only what was verified before; what goes around that is refused."""
    app = build_app(desk=desk, client=client, identity=Identity())
    body = "command=%2Fincident&text=declare+sev1+Checkout+is+down&user_id=U1&team_id=T1&trigger_id=t&channel_id=C1"
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/x-www-form-urlencoded"}

    answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))

    assert answer.status in {401, 500}
    assert [] == list(await desk.standing())


async def test_bolts_own_clients_never_send_twice(desk, client):
    """The client Bolt copies for a request carries no retry handler: the default one sends a message twice."""
    app = build_app(desk=desk, client=client, identity=Identity())
    body = {"type": "event_callback", "event": {"type": "app_home_opened"}}
    request = AsyncBoltRequest(mode="socket_mode", body=body, headers={})

    await app.async_dispatch(request)

    assert [] == request.context["client"].retry_handlers
    assert [] == app.client.retry_handlers


async def test_work_beside_a_listener_is_counted_and_kept(desk, client, logged):
    """A dialog being opened counts as the desk's work until it ends, and a failure in it is logged."""
    opener = Opener(desk=desk, client=client)

    async def failing():
        message = "nobody expected this"
        raise ValueError(message)

    opener.start(failing())
    busy, kept = desk.busy, len(opener.tasks)
    for task in list(opener.tasks):
        with pytest.raises(ValueError, match="nobody expected"):
            await task

    assert (1, 1) == (busy, kept)
    assert (0, 0) == (desk.busy, len(opener.tasks))
    assert 1 == len(logged("opening.failed"))
