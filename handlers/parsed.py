"""What a line of text after the slash asks for, once it has been read."""

from dataclasses import dataclass

from bot.incident import commands as c
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import Reading
from bot.incident.refusing.refusals import Refused
from bot.words import Act, PolicyDecision, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """A whole command, about the incident `number` names (None: the one whose channel this is)."""

    verb: str
    command: c.Command
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """A verb that lacks words: the form for `act`, with the `words` typed so far kept in it."""

    verb: str
    act: Act
    words: Words
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """Nothing but perhaps a number: the declare form outside an incident's channel, what can be done inside one."""

    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What can be typed; `verb` is one of the table, or None for all of it."""

    verb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """What nobody could carry out: `verb` as typed, and why not."""

    verb: str
    refused: Refused
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Something to read, of the incident `number` names (None: the one whose channel this is)."""

    verb: str
    reading: Reading
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Who holds which role; or, with `role`, what that one answers for."""

    verb: str
    role: Role | None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """Who is on call in the team named, "" for the one that incidents page."""

    verb: str
    team: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Govern:
    """A question about the policy itself, or one of the Board's answers: `meant` begins the hash they mean.

    `about` is what of the policy is to be told: a severity, a type, a role.
    """

    verb: str
    decision: PolicyDecision
    meant: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPage:
    """A page to oneself, to see whether it arrives."""

    verb: str
    number: int | None = None


Parsed = Do | OpenForm | Bare | Help | Look | Unclear | Roles | OnCall | TestPage | Govern
