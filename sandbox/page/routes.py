"""The page's addresses, ready to be served by a sandbox."""

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from sandbox.mailbox import Mailbox
from sandbox.page.asked import asked_of
from sandbox.page.deeds import Deeds
from sandbox.page.guard import guarded
from sandbox.page.live import marks, tell
from sandbox.page.pages import HERE, Pages
from sandbox.page.reader import Reader
from sandbox.page.state import Hooks, PageState
from sandbox.records import File
from sandbox.sight import can_see, person_named

if TYPE_CHECKING:
    from sandbox.server import Sandbox
    from sandbox.workspace import Workspace

HOME = "/as/ada/c/general"
_PLACE = "/as/{who}/{kind:c|dm}/{name}"
_ALONE = "/as/{who}/{kind:home|mail}"


def page_routes(
    sandbox: "Sandbox", *, mailbox: Mailbox | None = None, hooks: Hooks | None = None
) -> list[web.AbstractRouteDef]:
    """The routes of the page of `sandbox`, to be added before it starts; `mailbox` and `hooks` are optional."""
    pages = Pages(sandbox=sandbox, mailbox=mailbox, hooks=hooks or Hooks(), state=PageState())
    deeds = Deeds(sandbox=sandbox, pages=pages)
    sandbox.on_jump.append(pages.leapt)
    posts = {
        "do": deeds.act,
        "time": deeds.move_clock,
        "faults": deeds.set_faults,
        "reset": deeds.begin_again,
        "welcomed": deeds.welcomed,
        "scenario": deeds.play,
    }

    async def live(request: web.Request) -> web.StreamResponse:
        def look() -> str:
            return marks(sandbox, asked_of(sandbox.workspace, request), mailbox, pages.state, pages.caption())

        return await tell(request, look, sleep=asyncio.sleep)

    async def permalink(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(_linked(sandbox, request))

    async def download(request: web.Request) -> web.StreamResponse:
        file = shared_file(sandbox.workspace, request.match_info["who"], request.match_info["file"])
        return web.Response(body=file.content, content_type="text/plain", charset="utf-8")

    return [
        web.get("/", guarded(_start)),
        web.static("/page", HERE / "static", append_version=True),
        web.get("/live/as/{who}/{kind:c|dm}/{name}", guarded(live)),
        web.get("/live/as/{who}/{kind:home|mail}", guarded(live)),
        web.get("/as/{who}/complete/{kind:c|dm}/{name}", guarded(pages.complete)),
        web.get("/as/{who}/archives/{channel}/{message}", guarded(permalink)),
        web.get("/as/{who}/files/{file}/{name}", guarded(download)),
        *(web.post(f"/as/{{who}}/{name}", guarded(deeds.handler(deed))) for name, deed in posts.items()),
        web.get(_PLACE, guarded(pages.show)),
        web.get(_ALONE, guarded(pages.show)),
    ]


def shared_file(workspace: "Workspace", who: str, file_id: str) -> File:
    """The file, if it was shared where that person can see it; raises HTTPNotFound."""
    person, file = person_named(workspace, who), workspace.files.get(file_id)
    places = [workspace.channels[channel] for channel in file.channels] if file else []
    if file is None or not any(can_see(place, person) for place in places):
        raise web.HTTPNotFound(text="There is no such file for you.")
    return file


async def _start(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(HOME)


def _linked(sandbox: "Sandbox", request: web.Request) -> str:
    """The page's address of a message's permalink."""
    who, channel_id = request.match_info["who"], request.match_info["channel"]
    reader = Reader(workspace=sandbox.workspace, person=person_named(sandbox.workspace, who))
    channel = reader.channel(channel_id)
    if channel is None:
        return f"{reader.root}/c/{quote(channel_id)}"
    digits = request.match_info["message"].removeprefix("p")
    return f"{reader.place_of(channel)}#m-{digits[:-6]}-{digits[-6:]}"
