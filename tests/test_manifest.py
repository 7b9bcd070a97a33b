"""The Slack app's manifest stays within Slack's limits, asking for what Tocsin uses."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.yaml"

SCOPE_NEEDED_FOR = {
    "channels:history": "settling a doubtful delivery in a public channel, reading a message that is pinned",
    "channels:manage": "making a public incident channel, its topic, its invitations",
    "channels:read": "whether a channel is shared, archived or gone",
    "chat:write": "cards, updates, pages",
    "commands": "/incident",
    "dnd:read": "whether who is paged has Do Not Disturb on",
    "files:write": "a timeline as a file",
    "groups:history": "settling a doubtful delivery in a private channel",
    "groups:read": "whether a private channel is shared, archived or gone",
    "groups:write": "making a private incident channel, its topic, its invitations",
    "im:history": "settling a doubtful page",
    "im:write": "opening the direct message a page goes to",
    "pins:write": "pinning the card",
    "reactions:read": "the pin that puts a message on the timeline",
    "team:read": "the name of an organisation that shares a channel",
    "users:read": "the table of members",
}

SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_id_changed": "channels:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "group_archive": "groups:read",
    "reaction_added": "reactions:read",
    "team_join": "users:read",
    "tokens_revoked": None,
    "user_change": "users:read",
}


def text(*, longest: int, shortest: int = 1) -> dict[str, Any]:
    """The shape of a manifest's text, by its shortest and longest length in characters."""
    return {"type": "string", "minLength": shortest, "maxLength": longest}


def exactly(*, optional: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    """The shape of a mapping with these fields and no other, all required unless named optional."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


YES = {"const": True}
NO = {"const": False}

SLASH = exactly(
    command={"type": "string", "pattern": "^/", "minLength": 2, "maxLength": 32},
    description=text(longest=2000),
    usage_hint=text(longest=1000),
    should_escape=YES,
)
SHORTCUT = exactly(
    name=text(longest=24),
    type={"enum": ["message", "global"]},
    callback_id=text(longest=255),
    description=text(longest=150),
)
SLACK_LIMITS = exactly(
    _metadata=exactly(major_version={"const": 2}, minor_version={"type": "integer"}),
    display_information=exactly(
        name=text(longest=35),
        description=text(longest=140),
        background_color={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    ),
    features=exactly(
        app_home=exactly(home_tab_enabled=YES, messages_tab_enabled=YES, messages_tab_read_only_enabled=YES),
        bot_user=exactly(display_name=text(longest=80), always_online={"type": "boolean"}),
        slash_commands={"type": "array", "items": SLASH, "maxItems": 50},
        shortcuts={"type": "array", "items": SHORTCUT, "maxItems": 10},
        optional=("shortcuts",),
    ),
    oauth_config=exactly(
        scopes=exactly(bot={"type": "array", "items": text(longest=255), "maxItems": 255, "uniqueItems": True}),
    ),
    settings=exactly(
        event_subscriptions=exactly(bot_events={"type": "array", "maxItems": 100, "uniqueItems": True}),
        interactivity=exactly(is_enabled=YES),
        org_deploy_enabled=NO,
        socket_mode_enabled=YES,
        token_rotation_enabled=NO,
    ),
)


@pytest.fixture
def manifest() -> Any:
    """The manifest as Slack reads it."""
    return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))


def test_slack_would_accept_the_manifest(manifest):
    """Every field is one Slack knows, within its length; Socket Mode needs no address and tokens do not rotate."""

    faults = [f"{fault.json_path}: {fault.message}" for fault in Draft7Validator(SLACK_LIMITS).iter_errors(manifest)]

    assert [] == faults


def test_there_is_one_slash(manifest):
    """Everything is `/incident`, named for Tocsin in both places a person reads (U7)."""

    assert ["/incident"] == [slash["command"] for slash in manifest["features"]["slash_commands"]]
    assert "Tocsin" == manifest["display_information"]["name"] == manifest["features"]["bot_user"]["display_name"]


def test_every_scope_is_needed(manifest):
    """No scope is asked for without a use, and no use lacks its scope."""

    assert sorted(SCOPE_NEEDED_FOR) == manifest["oauth_config"]["scopes"]["bot"]


def test_every_slack_event_has_its_scope(manifest):
    """The Slack events subscribed to are those Tocsin listens for, and the scopes let each arrive."""

    scopes = {*manifest["oauth_config"]["scopes"]["bot"], None}

    assert sorted(SCOPE_OF_EVENT) == manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {} == {event: scope for event, scope in SCOPE_OF_EVENT.items() if scope not in scopes}
