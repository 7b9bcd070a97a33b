"""Standing: what somebody is to this workspace, as the table of members has it; names never count."""

from enum import StrEnum


class Standing(StrEnum):
    """Whether somebody may act at all: members may, and whom the table does not know yet, for no alarm waits for it."""

    MEMBER = "member"
    UNKNOWN = "unknown"
    GUEST = "guest"
    EXTERNAL = "external"
    DEACTIVATED = "deactivated"
    APP = "app"
