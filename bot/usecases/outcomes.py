"""What became of one delivery, as the relay tells the desk."""

from dataclasses import dataclass

from bot import ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """It was carried out: `at` is where a message stands (None for what is no message), `rev` the revision shown.

    `drawn` is the fingerprint of what was shown.
    """

    at: ports.Sent | None
    rev: int
    drawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMade:
    """The incident's channel exists: its Slack id and the name it really got."""

    channel: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """It is tried again `after` seconds of virtual time; `in_doubt` when this try may have succeeded.

    `counted` is False when no try was made (a bucket was empty, Slack said 429), so it costs no attempt.
    """

    after: float
    in_doubt: bool
    error: str
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Nothing is to be said any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """It can never be said here (Slack's `error`): the next place whose audience may see it, else it is dead."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """It is given up, with an alarm; `error` is Slack's name for why."""

    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemDown:
    """Slack takes nothing from us (token revoked, account inactive): wait `after` seconds, page by the second way.

    It costs no attempt; `in_doubt` when an earlier try may have succeeded.
    """

    error: str
    after: float
    in_doubt: bool = False


Outcome = Sent | ChannelMade | Retry | Skipped | Elsewhere | Dead | SystemDown
