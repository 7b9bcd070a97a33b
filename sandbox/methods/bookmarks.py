"""bookmarks.add: links in a channel's header."""

from typing import TYPE_CHECKING

from sandbox import places
from sandbox.methods.registry import Call, web_method
from sandbox.records import Json
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST = 100


@web_method("bookmarks.add", scopes=("bookmarks:write",))
def add(workspace: "Workspace", call: Call) -> Json:
    """Add a link; at most 100 to a channel (a Slack limit)."""
    channel = places.for_app(workspace, call.required("channel_id"), active=True, member=True)
    title, kind, link = call.required("title"), call.required("type"), call.text("link")
    if kind != "link":
        raise Refusal("invalid_bookmark_type", rule="a bookmark is of type link")
    if not link.startswith(("http://", "https://")):
        raise Refusal("invalid_link", rule="a bookmark has an address")
    if len(channel.bookmarks) >= MOST:
        raise Refusal("too_many_bookmarks")
    bookmark = {
        "id": workspace.ids.new("Bk"),
        "channel_id": channel.id,
        "title": title,
        "link": link,
        "emoji": call.text("emoji"),
        "icon_url": "",
        "type": kind,
        "date_created": workspace.unix(),
        "date_updated": 0,
        "rank": "i",
        "last_updated_by_user_id": workspace.bot.id,
        "last_updated_by_team_id": workspace.bot.team_id,
    }
    channel.bookmarks.append(bookmark)
    return {"bookmark": dict(bookmark)}
