"""conversations.* about who is in a channel: invite, kick, members, open."""

from typing import TYPE_CHECKING

from sandbox import places
from sandbox.answers import channel_answer
from sandbox.ids import TEAM_ID
from sandbox.methods.channels import MOST_LISTED, page
from sandbox.methods.registry import Call, web_method
from sandbox.records import Channel, Json, Person
from sandbox.refusals import Refusal, invalid_arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST_INVITED = 100
MOST_OPENED = 8


@web_method("conversations.invite")
def invite(workspace: "Workspace", call: Call) -> Json:
    """Put people into a channel; without `force`, one who cannot come keeps everybody out."""
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    scopes = places.scope_family(channel, action="manage")
    workspace.require_scope(*scopes, *(["channels:write.invites"] if channel.kind == "channel" else []))
    ids = list(dict.fromkeys(call.names("users")))
    if not ids:
        raise Refusal("no_user", rule="an invitation names somebody")
    if len(ids) > MOST_INVITED:
        raise Refusal("too_many_users", rule=f"at most {MOST_INVITED} people are invited at once")
    errors = {user_id: error for user_id in ids if (error := _obstacle(workspace, channel, user_id))}
    if errors and (len(errors) == len(ids) or not call.flag("force")):
        raise _refused(workspace, errors)
    for user_id in ids:
        if user_id not in errors:
            places.add_member(workspace, channel, workspace.people[user_id], inviter=workspace.bot)
    answer: Json = {"channel": channel_answer(channel, viewer=workspace.bot.id)}
    if errors:
        answer["errors"] = _listed(errors)
    return answer


@web_method("conversations.kick")
def kick(workspace: "Workspace", call: Call) -> Json:
    """Take one person out of a channel; nobody is taken out of the channel everybody is in."""
    channel = places.for_app(workspace, call.required("channel"), active=True, member=True)
    workspace.require_scope(*places.scope_family(channel, action="manage"))
    user_id = call.required("user")
    if user_id == workspace.bot.id:
        raise Refusal("cant_kick_self", rule="an app does not take itself out")
    if channel.is_general:
        raise Refusal("cant_kick_from_general", rule="nobody leaves the channel everybody is in")
    if user_id not in workspace.people:
        raise Refusal("user_not_found", rule=f"the user {user_id!r} exists")
    if user_id not in channel.members:
        raise Refusal("not_in_channel")
    places.remove_member(workspace, channel, workspace.people[user_id])
    return {"errors": {}}


@web_method("conversations.open")
def open_direct(workspace: "Workspace", call: Call) -> Json:
    """Open the direct conversation with one person, or with several."""
    if call.text("channel"):
        channel, known = places.for_app(workspace, call.text("channel")), True
    else:
        people = _partners(workspace, call.names("users"))
        workspace.require_scope("im:write" if len(people) == 1 else "mpim:write")
        channel, known = places.direct(workspace, workspace.bot, *people)
    shown: Json = {"id": channel.id}
    if call.flag("return_im"):
        shown = channel_answer(channel, viewer=workspace.bot.id)
    return {"channel": shown} | ({"no_op": True, "already_open": True} if known else {})


@web_method("conversations.members")
def members(workspace: "Workspace", call: Call) -> Json:
    """List the ids of the people in a channel."""
    channel = places.for_app(workspace, call.required("channel"))
    workspace.require_scope(*places.scope_family(channel, action="read"))
    rows, following = page([{"id": member} for member in channel.members], call, default=100, most=MOST_LISTED)
    return {"members": [row["id"] for row in rows], "response_metadata": {"next_cursor": following}}


def _partners(workspace: "Workspace", ids: list[str]) -> list[Person]:
    if not ids:
        sentence = "missing required field: users"
        raise invalid_arguments(sentence)
    if len(ids) > MOST_OPENED:
        raise Refusal("too_many_users", rule=f"at most {MOST_OPENED} people share a direct conversation")
    people = []
    for user_id in ids:
        person = workspace.people.get(user_id)
        if person is None:
            raise Refusal("user_not_found", rule=f"the user {user_id!r} exists")
        if person.deleted:
            raise Refusal("user_disabled")
        if person.is_bot:
            raise Refusal("cannot_dm_bot", rule="an app does not write to a bot")
        people.append(person)
    return people


def _obstacle(workspace: "Workspace", channel: Channel, user_id: str) -> str | None:
    if user_id == workspace.bot.id:
        return "cant_invite_self"
    person = workspace.people.get(user_id)
    if person is None or person.deleted:
        return "user_not_found"
    if user_id in channel.members:
        return "already_in_channel"
    if person.team_id != TEAM_ID and not channel.is_ext_shared:
        return "user_team_not_in_channel"
    return None


def _refused(workspace: "Workspace", errors: dict[str, str]) -> Refusal:
    first = next(iter(errors.values()))
    unknown = [user_id for user_id in errors if user_id not in workspace.people]
    rule = None
    if unknown:
        rule = f"the user {unknown[0]!r} exists"
    elif "cant_invite_self" in errors.values():
        rule = "an app does not invite itself"
    return Refusal(first, rule=rule, extra={"errors": _listed(errors)})


def _listed(errors: dict[str, str]) -> list[Json]:
    return [{"user": user_id, "ok": False, "error": error} for user_id, error in errors.items()]
