"""What Slack makes of words as people type them: mentions, channels, escapes."""

import re
from typing import TYPE_CHECKING

from sandbox import sight
from sandbox.records import Person

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

_BROADCASTS = ("here", "channel", "everyone")


def escaped(text: str) -> str:
    """`&`, `<` and `>` as Slack encodes them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def linked(workspace: "Workspace", text: str, *, by: Person, labelled: bool) -> str:
    """`text` with people, channels and addresses as Slack sends them to apps.

    `labelled` adds the handle to a mention, as `should_escape` does for slash commands.
    """
    words = re.sub(r"https?://[^\s<>]+", lambda found: f"<{found.group()}>", escaped(text))
    words = re.sub(r"(?<![\w.])@([a-z0-9._-]+)", lambda found: _mention(workspace, found, labelled=labelled), words)
    return re.sub(r"(?<![\w&])#([a-z0-9_-]+)", lambda found: _channel(workspace, found, by), words)


def _mention(workspace: "Workspace", found: "re.Match[str]", *, labelled: bool) -> str:
    handle = found.group(1)
    if handle in _BROADCASTS:
        return f"<!{handle}>"
    for group in workspace.user_groups.values():
        if group["handle"] == handle:
            return f"<!subteam^{group['id']}|@{handle}>"
    for person in workspace.people.values():
        if person.handle == handle:
            return f"<@{person.id}|{handle}>" if labelled else f"<@{person.id}>"
    return found.group()


def _channel(workspace: "Workspace", found: "re.Match[str]", by: Person) -> str:
    for channel in workspace.channels.values():
        if channel.name == found.group(1) and sight.can_see(channel, by):
            return f"<#{channel.id}|{channel.name}>"
    return found.group()
