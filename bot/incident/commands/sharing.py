"""Commands about who else reads an incident's channel: what Slack said of it, and what people decide."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShared:
    """Slack says that another organisation, of the workspace `team` and called `name`, reads `channel`."""

    channel: str
    team: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUnshared:
    """Slack says that the organisation of `team` reads `channel` no more; `is_shared` that others do."""

    channel: str
    team: str
    is_shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReach:
    """Slack's flags say whether everybody here may read `channel`."""

    channel: str
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChannelId:
    """Slack gave a channel another id."""

    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveInside:
    """Go on in a new channel that only people of this workspace read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepWithholding:
    """Stay where others read, and go on withholding details there."""
