"""Telling an open page which of its panes changed, as server-sent events."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Hashable
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.mailbox import Mailbox
from sandbox.page.asked import Asked
from sandbox.page.reader import Reader
from sandbox.page.state import PageState
from sandbox.records import Channel

if TYPE_CHECKING:
    from sandbox.server import Sandbox

_LOOK_EVERY_S = 0.03
_BREATHE_EVERY = 400


def marks(sandbox: "Sandbox", asked: Asked, mailbox: Mailbox | None, state: PageState, caption: str = "") -> str:
    """One short mark for each pane, which changes when the pane would be drawn differently: `top.1f3a sidebar.…`."""
    found = _marks(sandbox, asked, mailbox, state, caption)
    return " ".join(f"{pane}.{_short(mark)}" for pane, mark in found.items())


async def tell(
    request: web.Request, look: Callable[[], str], *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> web.StreamResponse:
    """Send the panes that changed since the marks in the address, until the page is left."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    before = set(request.query.get("marks", "").split())
    silent = 0
    while request.transport is not None and not request.transport.is_closing():
        now = look()
        changed = [mark.partition(".")[0] for mark in now.split() if mark not in before]
        silent += 1
        if changed:
            await response.write(f"id: {now}\ndata: {' '.join(changed)}\n\n".encode())
            before, silent = set(now.split()), 0
        elif silent >= _BREATHE_EVERY:
            await response.write(b": here\n\n")
            silent = 0
        await sleep(_LOOK_EVERY_S)
    return response


def _marks(
    sandbox: "Sandbox", asked: Asked, mailbox: Mailbox | None, state: PageState, caption: str
) -> dict[str, Hashable]:
    workspace, reader = sandbox.workspace, asked.reader
    rooms = tuple(_room(room) for room in workspace.channels.values())
    letters = len(mailbox.letters) if mailbox else 0
    read = tuple(state.letters_read.items())
    sockets = (len(sandbox.socket_mode.connections), sandbox.socket_mode.ever_connected)
    calls = (workspace.next_seq, len(workspace.violations), len(workspace.deliveries.all))
    talk = _talk(asked.channel, reader) if asked.channel else None
    view = workspace.modals.top(reader.person.id)
    home = workspace.modals.homes.get(reader.person.id) if asked.kind == "home" else None
    leaps = (len(state.leaps), state.leaps[-1].until if state.leaps else 0, sandbox.clock.running)
    return {
        # What people look at first is told first.
        "talk": (talk, letters, leaps, home and home.hash, state.welcomed, sockets, caption),
        "layer": view and (view.id, view.hash, tuple(view.errors.items())),
        "top": (rooms, letters, read, sockets, calls, leaps, caption),
        "sidebar": (rooms, letters, read),
        "aside": (calls, talk, len(state.steps), str(sandbox.faults.shown()), workspace.limits.on, leaps),
    }


def _room(room: Channel) -> Hashable:
    return (room.id, room.name, len(room.messages), tuple(room.last_read.items()), len(room.members), room.is_archived)


def _talk(channel: Channel, reader: Reader) -> Hashable:
    said = tuple((one.ts, one.revised, sum(map(len, one.reactions.values()))) for one in channel.messages)
    stands = (channel.topic, channel.name, channel.is_archived, channel.is_ext_shared)
    return (said, len(channel.pins), stands, reader.person.id)


def _short(mark: Hashable) -> str:
    return hashlib.blake2s(repr(mark).encode(), digest_size=6).hexdigest()
