"""Commands about who is left for an incident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeparture:
    """Somebody is no member of the workspace any more: their account was deactivated."""

    person: str
