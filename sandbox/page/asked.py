"""What an address of the page asks for: who looks, at which place, with what beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from sandbox import places, sight
from sandbox.page.reader import Reader
from sandbox.records import Channel, Person
from sandbox.refusals import ActRefused
from sandbox.workspace import Workspace

_KEPT = ("thread", "show", "message", "call", "last")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request for the page: `kind` is c, dm, home or mail; `query` what stands after the address."""

    reader: Reader
    kind: str
    name: str
    path: str
    channel: Channel | None
    query: Mapping[str, str]

    @property
    def part(self) -> str:
        """The one pane that is wanted; empty for all of the page."""
        return self.query.get("part", "")

    @property
    def pane(self) -> str:
        """The pane a narrow screen shows."""
        if self.query.get("pane") in {"list", "time"}:
            return self.query["pane"]
        beside = any(self.query.get(name) for name in ("thread", "show", "message", "call"))
        return "aside" if beside else "talk"

    def at(self, **changes: str | int) -> str:
        """This address with other things beside it; an empty value takes one away."""
        kept = {name: self.query[name] for name in _KEPT if self.query.get(name)}
        wanted = {name: value for name, value in {**kept, **changes}.items() if value != ""}
        return f"{self.path}?{urlencode(wanted)}" if wanted else self.path


def asked_of(workspace: Workspace, request: web.Request) -> Asked:
    """What a request asks for; HTTPNotFound when there is nobody of that handle."""
    try:
        person = sight.person_named(workspace, request.match_info["who"])
    except ActRefused as refused:
        raise web.HTTPNotFound(text=str(refused)) from None
    reader = Reader(workspace=workspace, person=person)
    kind, name = request.match_info["kind"], request.match_info.get("name", "")
    return Asked(
        reader=reader,
        kind=kind,
        name=name,
        path=request.path if request.path.startswith("/as/") else reader.root,
        channel=_channel(reader, kind, name),
        query=dict(request.query),
    )


def _channel(reader: Reader, kind: str, name: str) -> Channel | None:
    workspace = reader.workspace
    if kind == "c":
        rooms = (room for room in workspace.channels.values() if name in (room.name, room.id) and not room.is_im)
        return next((room for room in rooms if sight.can_see(room, reader.person)), None)
    other = next((one for one in workspace.people.values() if one.handle == name), None)
    if kind != "dm" or other is None or other is reader.person:
        return None
    return places.direct(workspace, reader.person, other)[0]


def witnesses(workspace: Workspace, name: str) -> list[Person]:
    """The people who can see the channel of that name; nobody when there is none."""
    rooms = [room for room in workspace.channels.values() if room.name == name]
    people = [person for person in workspace.people.values() if not person.is_bot and person.id != "USLACKBOT"]
    return [person for person in people if rooms and sight.can_see(rooms[0], person)]
