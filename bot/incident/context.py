"""What a decision may look at besides the incident: who asks, when, and under which policy."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.authority.standing import Standing
from bot.incident.model import Incident
from bot.policy.model import Policy, SeverityRules
from bot.policy.rota import Rota
from bot.words import ActorKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: a Slack user id for a person, else "clock", "shell" or "tocsin", and what they are to the workspace."""

    kind: ActorKind
    id: str
    standing: Standing = Standing.MEMBER


def is_person(who: str) -> bool:
    """Return whether `who` is a person in Slack, and not the clock or a shell."""
    return who.startswith(("U", "W"))


CLOCK = Actor(kind=ActorKind.CLOCK, id="clock")
TOCSIN = Actor(kind=ActorKind.TOCSIN, id="tocsin")
SHELL = Actor(kind=ActorKind.OPERATOR, id="shell")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """An incident the declarer opened a moment ago; `keeps` says that one alarm too many may be noted there.

    It may where the incident is open, and everybody may read it.
    """

    number: int
    title: str
    severity: Severity
    at: datetime
    keeps: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One moment: `now` is aware UTC; `number` is the one a new incident would get.

    `again` says that it is one more of the same title, `apart` that it is no part of what was declared just now.
    `gone` are people of the incident who are no members any more, `other` the incident it is to be merged into; `here`
    says that they ask from the incident's own channel, whose members read everything.
    """

    policy: Policy
    rota: Rota
    now: datetime
    actor: Actor
    number: int = 0
    recent: tuple[Recent, ...] = ()
    again: bool = False
    apart: bool = False
    gone: tuple[str, ...] = ()
    other: Incident | None = None
    here: bool = False

    def rules(self, severity: Severity) -> SeverityRules:
        """Return what `severity` demands under the policy of this context."""
        return self.policy.rules(severity)
