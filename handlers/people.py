"""People as Slack describes them, turned into members as policy knows them."""

from collections.abc import Mapping
from typing import Any

from bot.policy.rota import Member

SLACKBOT = "USLACKBOT"
"""Slack's own bot, which Slack does not mark as one."""


def member(user: Mapping[str, Any], *, home_team: str) -> Member:
    """Return the member that a user object of Slack's describes (users.list, team_join, user_change).

    `home_team` is the id of the workspace Tocsin serves, "" while unknown: whoever belongs to another is a stranger.
    Raises KeyError when the object has no id.
    """
    profile = user.get("profile") or {}
    team = str(user.get("team_id") or profile.get("team") or "")
    handle = str(user.get("name") or "")
    return Member(
        id=str(user["id"]),
        handle=handle,
        name=str(profile.get("real_name") or user.get("real_name") or profile.get("display_name") or handle),
        zone=str(user.get("tz") or "Etc/UTC"),
        is_bot=_is_bot(user),
        deleted=bool(user.get("deleted")),
        is_restricted=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_stranger=bool(user.get("is_stranger")) or bool(home_team and team and team != home_team),
        team_id=team,
    )


def _is_bot(user: Mapping[str, Any]) -> bool:
    marked = any(user.get(mark) for mark in ("is_bot", "is_workflow_bot", "is_connector_bot"))
    return marked or user["id"] == SLACKBOT
