"""What a check looks at: the settings, the policy that counts, and the surroundings it stands in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.policy.model import Policy
from bot.settings import SLACK_API, Settings

APPS = "https://api.slack.com/apps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """One set-up: `policy` is the one in force, else the folder's, None where neither can be read.

    `manifest` is the app's, as shipped; `mounts` the text of /proc/self/mountinfo ("" where there is none); `dotenv`
    the names of secrets that stand in a .env file; `now` gives this machine's time.
    """

    settings: Settings
    policy: Policy | None
    manifest: Mapping[str, Any]
    mounts: str
    dotenv: tuple[str, ...]
    now: Callable[[], datetime]

    @property
    def is_sandbox(self) -> bool:
        """Return whether the Slack of these settings is not Slack's own."""
        return self.settings.tocsin_slack_api_url != SLACK_API
