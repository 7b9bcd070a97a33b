"""The app's manifest for HTTP mode, and what Slack's own command line is given to run Tocsin with."""

import json
import shlex

import pytest
import yaml
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from bot.cli import main
from sandbox.manifest import Manifest
from tests.test_manifest import MANIFEST, NO, SLACK_LIMITS

ROOT = MANIFEST.parent
ADDRESS = {"const": "https://tocsin.example.com/slack/events"}


def http_limits():
    """What Slack takes of an app without Socket Mode: the shipped app's limits, with three addresses."""
    limits = json.loads(json.dumps(SLACK_LIMITS))
    slash = limits["properties"]["features"]["properties"]["slash_commands"]["items"]
    settings = limits["properties"]["settings"]["properties"]
    settings["socket_mode_enabled"] = NO
    asked = ((slash, "url"), *((settings[part], "request_url") for part in ("event_subscriptions", "interactivity")))
    for part, name in asked:
        part["properties"][name] = ADDRESS
        part["required"].append(name)
    return limits


def tocsin(*words):
    """Run `tocsin …`; return its exit code, what it said, and what it complained of."""
    ran = CliRunner().invoke(main, words)
    return ran.exit_code, ran.stdout, ran.stderr


def test_slack_would_accept_the_manifest_over_http():
    """Commands, interactivity and events go to one address, Socket Mode is off, and nothing else differs."""

    code, said, _ = tocsin("manifest", "--http", "https://tocsin.example.com/")
    made = yaml.safe_load(said)
    faults = [f"{fault.json_path}: {fault.message}" for fault in Draft7Validator(http_limits()).iter_errors(made)]
    shipped = yaml.safe_load(MANIFEST.read_text("utf-8"))

    assert (0, []) == (code, faults)
    for part in ("oauth_config", "display_information"):
        assert shipped[part] == made[part]
    assert Manifest.read(shipped).events == Manifest.read(made).events
    assert [] == Manifest.read(made).contradictions()


def test_without_an_address_it_is_the_shipped_one():
    """`tocsin manifest` prints the file itself, comments and all."""

    assert (0, MANIFEST.read_text("utf-8"), "") == tocsin("manifest")


@pytest.mark.parametrize(
    "address", ["http://tocsin.example.com", "tocsin.example.com", "https://", "https://tocsin.example.com/slack"]
)
def test_an_address_slack_does_not_take(address):
    """What is not https, has no name, or has a path is refused as misuse, in a sentence."""

    code, said, complaint = tocsin("manifest", "--http", address)

    assert (2, "") == (code, said)
    assert "Slack sends only to https addresses" in complaint


def test_slacks_command_line_is_given_the_manifest_and_the_start():
    """The hooks print the shipped manifest as JSON and start the bot, by commands that exist."""

    hooks = json.loads((ROOT / ".slack" / "hooks.json").read_text("utf-8"))["hooks"]
    program, *words = shlex.split(hooks["get-manifest"])
    code, said, _ = tocsin(*words)

    assert (0, yaml.safe_load(MANIFEST.read_text("utf-8"))) == (code, json.loads(said))
    assert ".venv/bin/tocsin" == program
    assert [".venv/bin/tocsin", "run"] == shlex.split(hooks["start"])
