"""Who the caller is, and how to connect: auth.test, api.test, apps.connections.open, team.info."""

from typing import TYPE_CHECKING

from sandbox.ids import APP_ID, BOT_TOKEN, OTHER_APP_ID, OTHER_APP_TOKEN, OTHER_TEAM_NAME, TEAM_ID
from sandbox.methods.registry import Call, TokenKind, web_method
from sandbox.records import Json
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

TEAM_NAME = "Sandbox"
TEAM_DOMAIN = "sandbox"


@web_method("api.test", token=TokenKind.NONE)
def api_test(_workspace: "Workspace", call: Call) -> Json:
    """Echo the arguments."""
    return {"args": dict(call.args)}


@web_method("auth.test", token=TokenKind.ANY)
def auth_test(workspace: "Workspace", call: Call) -> Json:
    """Say which bot of which team the token speaks for; of an app-level token, which app."""
    if call.token and call.token != BOT_TOKEN:
        app = OTHER_APP_ID if call.token == OTHER_APP_TOKEN else APP_ID
        return {"app_id": app, "app_name": workspace.manifest.name}
    return {
        "url": f"{workspace.base_url}/",
        "team": TEAM_NAME,
        "user": workspace.bot.handle,
        "team_id": TEAM_ID,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot.bot_id,
        "is_enterprise_install": False,
    }


@web_method("apps.connections.open", token=TokenKind.APP)
def connections_open(workspace: "Workspace", call: Call) -> Json:
    """Give the address of a new Socket Mode connection; another app's token opens nothing of this one's."""
    if call.token == OTHER_APP_TOKEN:
        return {"url": f"{workspace.base_url.replace('http', 'ws', 1)}/link?ticket=other&app_id={OTHER_APP_ID}"}
    return {"url": workspace.socket_url()}


@web_method("team.info", scopes=("team:read",))
def team_info(workspace: "Workspace", call: Call) -> Json:
    """Describe the workspace, or one that shares a channel with it: any other does not exist for the app."""
    team = call.text("team") or TEAM_ID
    mine = (channel for channel in workspace.channels.values() if workspace.bot.id in channel.members)
    if team != TEAM_ID:
        if not any(team in channel.other_teams for channel in mine):
            raise Refusal("team_not_found")
        return {"team": {"id": team, "name": OTHER_TEAM_NAME, "domain": "acme", "icon": {"image_default": True}}}
    return {
        "team": {
            "id": TEAM_ID,
            "name": TEAM_NAME,
            "domain": TEAM_DOMAIN,
            "email_domain": "example.com",
            "icon": {"image_default": True},
        }
    }
