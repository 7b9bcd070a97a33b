"""What happens when a call is not answered: the next step of policy is called, until there is none (P2, P3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.incident.history.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepCalled(Event):
    """Whoever was called last, `unanswered`, did not answer in time, and `person` is called as `contact` instead.

    `contact` is a key of policy: of a contact, or of a group.
    """

    action = "incident.next_step_called"
    person: str
    contact: str
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NobodyFurther(Event):
    """None of those called has answered, and policy names nobody further; `unanswered` is all of them."""

    action = "incident.nobody_further"
    unanswered: tuple[str, ...]


CLIMBS: Mapping[str, type[Event]] = {kind.action: kind for kind in (NextStepCalled, NobodyFurther)}
