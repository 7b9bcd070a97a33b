"""Tokens and scopes: who may call what, as the manifest says."""

from pathlib import Path

import pytest

from sandbox.ids import APP_TOKEN, BOT_TOKEN
from sandbox.manifest import Manifest, load_manifest
from sandbox.methods import METHODS
from sandbox.rate_limits import TIERS
from sandbox.workspace import Workspace


def test_auth_test_names_the_bot(call, workspace):
    """auth.test says which bot user of which team holds the token."""

    answer = call("auth.test")

    assert (workspace.bot.id, workspace.bot.bot_id, "tocsin") == (answer["user_id"], answer["bot_id"], answer["user"])


def test_the_app_token_opens_connections_only(workspace):
    """apps.connections.open takes the app token and gives a WebSocket address."""

    answer = workspace.call(token=APP_TOKEN, method="apps.connections.open", args={})

    assert answer["ok"]
    assert "/link" in answer["url"]


def test_a_missing_scope_says_what_is_needed(manifest, clock):
    """missing_scope names the scope needed and those provided."""

    manifest["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    manifest["settings"]["event_subscriptions"]["bot_events"] = []
    workspace = Workspace(manifest=manifest, clock=clock)

    answer = workspace.call(token=BOT_TOKEN, method="conversations.create", args={"name": "inc-1"})

    assert ("missing_scope", "channels:manage") == (answer["error"], answer["needed"])
    assert "chat:write,commands" == answer["provided"]


@pytest.mark.parametrize(
    ("method", "args", "scope"),
    [
        ("conversations.create", {"name": "inc-1", "is_private": True}, "groups:write"),
        ("conversations.history", {"channel": "C0GENERAL00"}, "channels:history"),
        ("conversations.history", {"channel": "C0LEADERSHI"}, "groups:history"),
        ("conversations.open", {"users": "U0ADA000000"}, "im:write"),
        ("pins.add", {"channel": "C0GENERAL00", "timestamp": "1.0"}, "pins:write"),
        ("reactions.add", {"channel": "C0GENERAL00", "timestamp": "1.0", "name": "eyes"}, "reactions:write"),
        ("users.list", {}, "users:read"),
        ("usergroups.list", {}, "usergroups:read"),
        ("dnd.info", {"user": "U0ADA000000"}, "dnd:read"),
        ("bookmarks.add", {"channel_id": "C0GENERAL00"}, "bookmarks:write"),
        ("team.info", {}, "team:read"),
    ],
)
def test_each_family_of_methods_needs_its_scope(manifest, clock, method, args, scope):
    """Without its scope a method is refused, and the answer names that scope."""

    manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    workspace = Workspace(manifest=manifest, clock=clock)

    assert scope in workspace.call(token=BOT_TOKEN, method=method, args=args).get("needed", "").split(",")


def test_a_subscription_without_its_scope_is_listed(manifest):
    """A manifest that subscribes to an event without the scope for it is contradictory."""

    manifest["oauth_config"]["scopes"]["bot"].remove("users:read")

    assert 2 == len(Manifest.read(manifest).contradictions())


def test_the_projects_own_manifest_is_consistent():
    """The manifest in the repository subscribes to nothing it has no scope for."""

    path = Path(__file__).resolve().parents[2] / "manifest.yaml"

    assert [] == Manifest.read(load_manifest(path)).contradictions()


def test_a_revoked_token_is_refused_everywhere(workspace, call):
    """After the app is uninstalled its token opens nothing, which is no fault of the app."""

    workspace.revoke()

    assert "token_revoked" == call("auth.test")["error"]
    assert [] == workspace.violations


def test_every_method_has_a_rate_limit_tier():
    """No method is answered without a limit."""

    assert set(METHODS) == set(TIERS)


def test_calls_are_recorded_with_what_was_answered(call, workspace):
    """Every call, refused ones too, is on record in order."""

    call("auth.test")
    call("chat.postMessage", channel="C0GENERAL00")

    assert [(1, "auth.test", True), (2, "chat.postMessage", False)] == [
        (record.seq, record.method, record.ok) for record in workspace.calls
    ]
