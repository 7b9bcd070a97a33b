"""The workspace as the control API shows it: people by handle, channels by name."""

from typing import TYPE_CHECKING

from sandbox import places, posting, sight
from sandbox.answers import iso, view_answer
from sandbox.records import CallRecord, Channel, Json, Message, Person, View, Violation

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def message_shown(workspace: "Workspace", message: Message, person: Person | None = None) -> Json:
    """One message as `person` sees it."""
    return {
        "channel": channel_label(workspace, workspace.channels[message.channel], person),
        "channel_id": message.channel,
        "ts": message.ts,
        "at": iso(message.at),
        "user": workspace.people[message.user].handle,
        "text": message.text,
        "blocks": message.blocks,
        "subtype": message.subtype,
        "thread_ts": message.thread_ts,
        "edited": message.edited_ts is not None,
        "revised": message.revised,
        "ephemeral": message.ephemeral_to is not None,
        "ephemeral_to": workspace.people[message.ephemeral_to].handle if message.ephemeral_to else None,
        "metadata": message.metadata,
        "files": message.extra.get("files", []),
        "reactions": {
            name: [workspace.people[user].handle for user in users] for name, users in message.reactions.items()
        },
        "pinned": any(pin.ts == message.ts for pin in workspace.channels[message.channel].pins),
        "permalink": posting.permalink(workspace, message),
    }


def channel_shown(workspace: "Workspace", channel: Channel, person: Person | None) -> Json:
    """One channel; with unread counts when it is shown to somebody."""
    shown: Json = {
        "id": channel.id,
        "name": channel_label(workspace, channel, person),
        "kind": channel.kind,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_ext_shared": channel.is_ext_shared,
        "topic": channel.topic,
        "members": [workspace.people[member].handle for member in channel.members],
        "pins": [pin.ts for pin in channel.pins],
        "bookmarks": channel.bookmarks,
    }
    if person is not None:
        count, mentions = places.unread(channel, person)
        shown |= {"unread": count, "mentions": mentions, "is_member": person.id in channel.members}
    return shown


def channel_label(workspace: "Workspace", channel: Channel, person: Person | None = None) -> str:
    """A channel's name; a direct conversation is `@handle` of whom `person` (by default: the app) talks to."""
    if not channel.is_im:
        return channel.name
    viewer = person or workspace.bot
    others = [workspace.people[member].handle for member in channel.members if member != viewer.id]
    return "@" + "+".join(others)


def view_shown(workspace: "Workspace", view: View) -> Json:
    """One view, with the errors Slack shows in it (by block_id; an empty key is the dialog's own)."""
    return view_answer(workspace, view) | {"errors": view.errors}


def person_shown(person: Person) -> Json:
    """One person."""
    return {
        "id": person.id,
        "handle": person.handle,
        "real_name": person.real_name,
        "tz": person.tz,
        "title": person.title,
        "team_id": person.team_id,
        "email": person.email,
        "is_bot": person.is_bot,
        "is_guest": person.is_restricted,
        "is_outsider": person.is_stranger,
        "deleted": person.deleted,
        "dnd": person.dnd,
    }


def call_shown(record: CallRecord) -> Json:
    """One Web API call."""
    return {
        "seq": record.seq,
        "method": record.method,
        "args": record.args,
        "answer": record.answer,
        "ok": record.ok,
        "at": iso(record.at),
        "ms": record.ms,
        "token": record.token_kind,
        "retry_after": record.retry_after,
        "note": record.note,
    }


def violation_shown(violation: Violation) -> Json:
    """One violation."""
    return {
        "rule": violation.rule,
        "where": violation.where,
        "at": iso(violation.at),
        "detail": violation.detail,
    }


def new_messages(workspace: "Workspace", person: Person, since: int) -> list[Json]:
    """The messages `person` can see that were written after `since` (a message's number)."""
    return [
        message_shown(workspace, message, person)
        for message in workspace.messages
        if message.seq > since
        and message.ephemeral_to in (None, person.id)
        and sight.can_see(workspace.channels[message.channel], person)
    ]
