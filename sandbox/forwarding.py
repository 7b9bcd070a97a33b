"""Forwarding: a message goes into another conversation, and what was said travels with it as an attachment."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox import places, posting, sight
from sandbox.ids import TEAM_ID
from sandbox.records import Channel, Json, Message, Person
from sandbox.refusals import ActRefused

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def forward(workspace: "Workspace", person: Person, request: Mapping[str, Any]) -> None:
    """Forward the message `ts` of the conversation `from` to `channel`, with words of one's own in `text` if any."""
    source = sight.room_of(workspace, str(request.get("from", "")), person)
    target = sight.room_of(workspace, str(request.get("channel", "")), person)
    if target.is_archived:
        message = f"#{target.name} is archived; nobody can write there."
        raise ActRefused(message)
    told = sight.message_at(source, person, str(request.get("ts", "")))
    posting.post(
        workspace,
        target,
        user=person.id,
        text=str(request.get("text", "")),
        attachments=[shared(workspace, source, told)],
        client_msg_id=f"00000000-0000-0000-0000-{workspace.ids.number():012d}",
    )
    places.mark_read(target, person)


def shared(workspace: "Workspace", source: Channel, told: Message) -> Json:
    """The attachment a forwarded message becomes."""
    author = workspace.people[told.user]
    link = posting.permalink(workspace, told)
    posted = "Direct message" if source.is_im else f"Posted in #{source.name}"
    return {
        "id": 1,
        "ts": told.ts,
        "author_id": author.id,
        "author_name": author.real_name,
        "author_link": f"{workspace.base_url}/team/{author.id}",
        "channel_id": source.id,
        "channel_team": TEAM_ID,
        "is_msg_unfurl": True,
        "is_share": True,
        "text": told.text,
        "fallback": f"[{told.ts}] {author.real_name}: {told.text}",
        "from_url": link,
        "original_url": link,
        "footer": posted,
        "mrkdwn_in": ["text"],
    }
