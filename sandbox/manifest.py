"""The app's manifest as the workspace reads it: scopes, subscriptions, commands, tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from sandbox.records import Json

EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "channel_archive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_rename": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an app was installed with."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: Mapping[str, Json]
    shortcuts: Mapping[str, Json]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    interactivity: bool
    socket_mode: bool

    @classmethod
    def read(cls, manifest: Mapping[str, Any]) -> Self:
        """Read a manifest as Slack's app settings hold it (a parsed YAML or JSON document)."""
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        name = manifest["display_information"]["name"]
        home = features.get("app_home", {})
        return cls(
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands={command["command"]: command for command in features.get("slash_commands", [])},
            shortcuts={shortcut["callback_id"]: shortcut for shortcut in features.get("shortcuts", [])},
            home_tab=bool(home.get("home_tab_enabled", False)),
            messages_tab=bool(home.get("messages_tab_enabled", False)),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
            interactivity=bool(settings.get("interactivity", {}).get("is_enabled", False)),
            socket_mode=bool(settings.get("socket_mode_enabled", False)),
        )

    def allows(self, scopes: tuple[str, ...]) -> bool:
        """Whether any of `scopes` was granted; no scopes asked for is always allowed."""
        return not scopes or any(scope in self.scopes for scope in scopes)

    def contradictions(self) -> list[str]:
        """Sentences about subscriptions and features whose scope is missing: Slack would not save these."""
        found = [
            f"the manifest subscribes to {event} without the scope {' or '.join(scopes)}"
            for event, scopes in EVENT_SCOPES.items()
            if event in self.events and not self.allows(scopes)
        ]
        if (self.commands or self.shortcuts) and "commands" not in self.scopes:
            found.append("the manifest has slash commands or shortcuts without the scope commands")
        return found


def load_manifest(path: Path) -> Json:
    """Parse a manifest file (YAML, of which JSON is a part)."""
    document: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document
