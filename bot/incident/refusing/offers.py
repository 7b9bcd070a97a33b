"""Offers: what a button under a refusal carries besides its act, and which acts fit how an incident stands now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.words import Act, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """What is asked before a press counts: `heading` of at most 60 characters, `text` 250, the answers 24 each."""

    heading: str
    text: str
    yes: str
    no: str = "Leave it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One button under a refusal, where its act alone does not say it all.

    `label` names what it does, `carries` are words kept for it in our own rows, `about` is the incident it acts on
    where that is another one, and `asks` what is asked before a press counts.
    """

    label: str = ""
    carries: Words = field(default_factory=dict)
    about: int | None = None
    asks: Dialog | None = None


Offers = Mapping[Act, Offer]


def present(incident: Incident) -> tuple[Act, ...]:
    """Return what can be done about an incident as it stands now, the next step first, as its card has it."""
    match incident.status:
        case Status.DECLARED:
            return (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, Act.ESCALATE)
        case Status.ACKNOWLEDGED if not incident.commander_answered:
            return (Act.TAKE_COMMAND, Act.POST_UPDATE, Act.ESCALATE)
        case Status.ACKNOWLEDGED:
            return (Act.POST_UPDATE, Act.MITIGATE, Act.RESOLVE)
        case Status.MITIGATED:
            return (Act.RESOLVE, Act.POST_UPDATE, Act.ESCALATE)
        case Status.RESOLVED:
            return (Act.CLOSE, Act.REOPEN)
        case Status.CLOSED | Status.CANCELLED:
            return (Act.REOPEN,)
        case Status.MERGED:
            return ()
        case _ as never:
            assert_never(never)
