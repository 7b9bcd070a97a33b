"""Commands of those who respond: raise it, answer it, command it, call for help, end it."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.commands.housing import Host
from bot.incident.commands.spooling import Spooled
from bot.incident.model import CancelReason
from bot.words import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    """Raise an alarm; an alarm is never refused (G2). `severity` None takes the policy's default.

    `is_test` asks for one that calls nobody, `started_at` is when its impact began; it is to live in the channel
    `host` where that can be. `here` asks for the channel a form was opened in, `host` once that is known. `is_private`
    asks that only people invited see it. `alerted_at` is when the signal came that opened it. `spooled` says that it
    was declared while the database did not answer, and when.
    """

    title: str
    description: str = ""
    severity: Severity | None = None
    commander: str | None = None
    is_test: bool = False
    started_at: datetime | None = None
    here: bool = False
    host: Host | None = None
    is_private: bool = False
    alerted_at: datetime | None = None
    spooled: Spooled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Say "I have seen it and I am on it"; `by_link` outside Slack, by the link in a page."""

    by_link: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCommand:
    """Take the commander's seat; `over` is whom the confirm dialog said is being relieved, None when none was shown."""

    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCommander:
    """Put somebody else in the commander's seat."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBackCommand:
    """Leave the seat one was named for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnPage:
    """Say "I can't take it": the next person on the ladder is paged at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate:
    """Call the next contact of policy, or a named person, for a reason."""

    why: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCall:
    """Say "I'm on it" to a call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigate:
    """Say that the harm has stopped."""

    words: str
    still: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """Say that it is over."""

    words: str
    affected: str = ""
    facilitator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Say that it was none."""

    why: str
    reason: CancelReason = CancelReason.FALSE_ALARM
