"""A picture of one incident: all that a view needs to draw it, read once from the latest row."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.incident.clocks import Clock
from bot.incident.model import Incident
from bot.policy.model import Policy, SeverityRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The latest `incident`, its `clocks`, the `policy` it runs on, and people's names by Slack user id.

    `described` says what policy calls a person ("primary on call"); `channels` are the names of places by kind;
    `is_archived` says that somebody archived the channel by hand, so that what goes there goes elsewhere; `confirmers`
    are who may confirm its severity while that is awaited.
    """

    incident: Incident
    clocks: tuple[Clock, ...]
    policy: Policy
    names: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, str] = field(default_factory=dict)
    telephones: Mapping[str, str] = field(default_factory=dict)
    channel_ids: Mapping[str, str] = field(default_factory=dict)
    is_archived: bool = False
    confirmers: tuple[str, ...] = ()

    @property
    def rules(self) -> SeverityRules:
        """Return what the incident's severity demands."""
        return self.policy.rules(self.incident.severity)

    def name(self, person: str | None) -> str:
        """Return how people read `person`: their name, "nobody", or who else acted."""
        if person is None:
            return "nobody"
        return self.names.get(
            person, {"clock": "the clock", "tocsin": "Tocsin", "shell": "the operator"}.get(person, person)
        )

    def describe(self, person: str) -> str:
        """Return what policy calls `person`, or nothing."""
        return self.described.get(person, "")
