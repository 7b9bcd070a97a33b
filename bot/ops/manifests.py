"""The Slack app's manifest: as shipped, for Socket Mode, and the variant for HTTP."""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from web.site import SLACK

_PLACES = (Path(__file__).resolve().parents[2] / "manifest.yaml", Path("manifest.yaml"))
MANIFEST = next((path for path in _PLACES if path.exists()), _PLACES[0])
"""In the repository; where Tocsin was installed without it, in the folder it is started in."""

HEAD = "# Tocsin's Slack app over HTTP: put it at https://api.slack.com/apps, App Manifest, or create an app from it.\n"


def shipped() -> Mapping[str, Any]:
    """Return the manifest of this project; an installation without it has an empty one."""
    if not MANIFEST.exists():
        return {}
    read: Mapping[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return read


def over_http(manifest: Mapping[str, Any], *, address: str) -> Mapping[str, Any]:
    """Return the manifest with Slack's requests going to Tocsin at `address` ("https://tocsin.example.com").

    Raises:
        ValueError: `address` is not https, or has more than a name and a port; the message is a sentence.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        message = (
            f"Slack sends only to https addresses: write https://tocsin.example.com, without a path, not {address}."
        )
        raise ValueError(message)
    url = f"https://{parts.netloc}{SLACK}"
    made = deepcopy(dict(manifest))
    for command in made["features"]["slash_commands"]:
        command["url"] = url
    settings = made["settings"]
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"] = {**settings["interactivity"], "request_url": url}
    settings["socket_mode_enabled"] = False
    return made


def written(manifest: Mapping[str, Any]) -> str:
    """Return the manifest of HTTP mode as the YAML that Slack's page takes."""
    return HEAD + str(yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120))
