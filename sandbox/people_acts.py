"""What people do among themselves: write, react, pin, join, leave, archive, rename, invite, deactivate."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from sandbox import connect, events, places, posting, sight, typing_in
from sandbox.deliveries import Delivery
from sandbox.forwarding import forward
from sandbox.ids import TEAM_ID, seeded
from sandbox.methods.pins import pin, unpin
from sandbox.methods.reactions import react, unreact
from sandbox.records import Channel, Person
from sandbox.refusals import ActRefused, Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Request = Mapping[str, Any]
PersonAct = Callable[["Workspace", Person, Request], Delivery | None]


def _message(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = sight.room_of(workspace, _word(request, "channel"), person)
    if channel.is_archived:
        message = f"#{channel.name} is archived; nobody can write there."
        raise ActRefused(message)
    if workspace.bot.id in channel.members and channel.is_im:
        _check_messages_tab(workspace)
    text = typing_in.linked(workspace, _word(request, "text"), by=person, labelled=False)
    thread_ts = request.get("thread_ts")
    if thread_ts:
        sight.message_at(channel, person, str(thread_ts))
    client_msg_id = f"00000000-0000-0000-0000-{workspace.ids.number():012d}"
    posting.post(workspace, channel, user=person.id, text=text, thread_ts=thread_ts, client_msg_id=client_msg_id)


def _check_messages_tab(workspace: "Workspace") -> None:
    if not workspace.manifest.messages_tab or workspace.manifest.messages_read_only:
        message = "Sending messages to this app has been turned off."
        raise ActRefused(message)


def _react(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    message = sight.message_at(channel, person, _word(request, "ts"))
    name = _word(request, "emoji", "name").strip(":")
    change = unreact if request.get("remove") else react
    _allowed(lambda: change(workspace, channel, message, by=person, name=name))


def _pin(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    message = sight.message_at(channel, person, _word(request, "ts"))
    change = unpin if request.get("remove") else pin
    _allowed(lambda: change(workspace, channel, message, by=person))


def _join(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    if person.id not in channel.members:
        places.add_member(workspace, channel, person)


def _leave(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    if person.id not in channel.members:
        message = f"{person.real_name} is not in #{channel.name}."
        raise ActRefused(message)
    places.remove_member(workspace, channel, person)


def _invite(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    guest = sight.person_named(workspace, _word(request, "user"))
    if guest.id in channel.members:
        message = f"{guest.real_name} is in #{channel.name} already."
        raise ActRefused(message)
    places.add_member(workspace, channel, guest, inviter=person)


def _kick(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    places.remove_member(workspace, channel, sight.person_named(workspace, _word(request, "user")))


def _archive(workspace: "Workspace", person: Person, request: Request) -> None:
    places.archive(workspace, _channel(workspace, person, request), by=person)


def _unarchive(workspace: "Workspace", person: Person, request: Request) -> None:
    _channel(workspace, person, request).is_archived = False


def _rename(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    _allowed(lambda: places.rename(workspace, channel, name=_word(request, "text", "name")))


def _convert(workspace: "Workspace", person: Person, request: Request) -> None:
    channel, to = _channel(workspace, person, request), _word(request, "to")
    if not person.is_admin or channel.is_general or to not in ("private", "public"):
        message = "An owner of the workspace makes a channel 'public' or 'private', but never the one for everyone."
        raise ActRefused(message)
    if channel.is_private is (to == "private"):
        message = f"#{channel.name} is {to} already."
        raise ActRefused(message)
    places.convert(workspace, channel, by=person, is_private=to == "private")


def _topic(workspace: "Workspace", person: Person, request: Request) -> None:
    places.set_topic(workspace, _channel(workspace, person, request), by=person, topic=_word(request, "text"))


def _delete(workspace: "Workspace", person: Person, request: Request) -> None:
    channel = _channel(workspace, person, request)
    posting.remove(workspace, channel, sight.message_at(channel, person, _word(request, "ts")))


def _read(workspace: "Workspace", person: Person, request: Request) -> None:
    places.mark_read(_channel(workspace, person, request), person)


def _create(workspace: "Workspace", person: Person, request: Request) -> None:
    name, private = _word(request, "channel"), bool(request.get("private", False))
    checked: list[str] = []
    _allowed(lambda: checked.append(places.checked_name(workspace, name)))
    places.create(workspace, name=checked[0], creator=person, is_private=private)


def _deactivate(workspace: "Workspace", _person: Person, request: Request) -> None:
    gone = sight.person_named(workspace, _word(request, "user"))
    gone.deleted, gone.updated = True, workspace.unix()
    events.person_changed(workspace, gone)


def _change(workspace: "Workspace", person: Person, request: Request) -> None:
    person.real_name = str(request.get("real_name", person.real_name))
    zone = str(request.get("tz", person.tz))
    if zone not in available_timezones():
        message = f"{zone!r} is no time zone; write one such as Europe/Berlin."
        raise ActRefused(message)
    person.tz = zone
    person.dnd = bool(request.get("dnd", person.dnd))
    person.dnd_until = int(request.get("dnd_until", 0))
    person.updated = workspace.unix()
    events.person_changed(workspace, person)


def _hire(workspace: "Workspace", _person: Person, request: Request) -> None:
    handle = _word(request, "user")
    name = str(request.get("real_name", handle.title()))
    fresh = Person(id=seeded("U", handle), handle=handle, real_name=name, tz="Europe/Berlin", team_id=TEAM_ID)
    if fresh.id in workspace.people:
        message = f"{handle!r} works here already."
        raise ActRefused(message)
    workspace.people[fresh.id] = fresh
    events.person_changed(workspace, fresh, joined=True)
    for channel in workspace.channels.values():
        if channel.is_general:
            places.add_member(workspace, channel, fresh)


def _channel(workspace: "Workspace", person: Person, request: Request) -> Channel:
    return sight.channel_named(workspace, _word(request, "channel"), person)


def _word(request: Request, *keys: str) -> str:
    for key in keys:
        if request.get(key):
            return str(request[key])
    message = f"The act {request.get('do')!r} needs {keys[0]!r}."
    raise ActRefused(message)


def _allowed(change: Callable[[], None]) -> None:
    try:
        change()
    except Refusal as refusal:
        message = f"Slack refuses: {refusal.error}."
        raise ActRefused(message) from None


def _silent(act: Callable[["Workspace", Person, Request], None]) -> PersonAct:
    def run(workspace: "Workspace", person: Person, request: Request) -> Delivery | None:
        act(workspace, person, request)
        return None

    return run


ACTS: Mapping[str, PersonAct] = {
    name: _silent(act)
    for name, act in {
        "archive": _archive,
        "change": _change,
        "convert": _convert,
        "create": _create,
        "deactivate": _deactivate,
        "delete": _delete,
        "hire": _hire,
        "invite": _invite,
        "join": _join,
        "kick": _kick,
        "leave": _leave,
        "message": _message,
        "pin": _pin,
        "react": _react,
        "read": _read,
        "rename": _rename,
        "forward": forward,
        "share": connect.share,
        "topic": _topic,
        "unarchive": _unarchive,
        "unshare": connect.unshare,
    }.items()
}
