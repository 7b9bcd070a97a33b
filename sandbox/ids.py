"""Deterministic identifiers shaped like Slack's."""

from datetime import datetime
from typing import Any

TEAM_ID = "T0SANDBOX00"
OTHER_TEAM_ID = "T0PARTNER00"
OTHER_TEAM_NAME = "Acme Ltd."
APP_ID = "A0SANDBOX00"
BOT_TOKEN = "xoxb-sandbox-bot-token"  # noqa: S105  (good only in the sandbox)  # nosec B105
APP_TOKEN = "xapp-1-A0SANDBOX00-sandbox-app-token"  # noqa: S105  (good only in the sandbox)  # nosec B105
OTHER_APP_ID = "A0OTHERAPP0"
OTHER_APP_TOKEN = "xapp-1-A0OTHERAPP0-sandbox-other-token"  # noqa: S105  (another app's)  # nosec B105
SIGNING_SECRET = "sandbox-signing-secret-00000000"  # noqa: S105  (good only in the sandbox)  # nosec B105
VERIFICATION = "sandbox-verification-token"

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LENGTH = 11


def seeded(prefix: str, word: str) -> str:
    """The id of something seeded: `seeded("U", "ada")` is `U0ADA000000`."""
    letters = "".join(letter for letter in word.upper() if letter.isalnum() and letter.isascii())
    return f"{prefix}0{letters}".ljust(_LENGTH, "0")[:_LENGTH]


def forget_oldest(kept: dict[str, Any], *, most: int) -> None:
    """Drop the entries that were put in first until `most` are left."""
    while len(kept) > most:
        del kept[next(iter(kept))]


class Ids:
    """Hands out ids and timestamps that never repeat within one workspace."""

    def __init__(self) -> None:
        """Start counting."""
        self._count = 0
        self._last_ts = 0

    def new(self, prefix: str) -> str:
        """The next id with `prefix`, such as `C0X00000001`."""
        self._count += 1
        number, digits = self._count, ""
        while number:
            number, rest = divmod(number, len(_DIGITS))
            digits = _DIGITS[rest] + digits
        return f"{prefix}0X{digits:0>8}"

    def number(self) -> int:
        """The next plain number."""
        self._count += 1
        return self._count

    def ts(self, now: datetime) -> str:
        """A message timestamp at `now`, later than every one before it, microseconds apart if it must be."""
        self._last_ts = max(self._last_ts + 1, int(now.timestamp() * 1_000_000))
        seconds, micros = divmod(self._last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"
