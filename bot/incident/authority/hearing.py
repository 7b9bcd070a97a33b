"""Hearing: whom the duties have asked (C) and told (I) about what was done, and where that is said (G2.1).

One message serves a whole party where everybody in it reads the place; a direct message goes out only to who is asked
about something they could still speak against: a classification, or a severity that was lowered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.incident.authority.deciding import Grounds
from bot.incident.authority.parties import of_party
from bot.incident.authority.rights import Right
from bot.incident.authority.table import RULES
from bot.incident.context import Context
from bot.incident.model import Incident
from bot.policy.rulebook import Activity, Duty, Party


class Where(StrEnum):
    """Where somebody is asked or told."""

    DM = "dm"
    CHANNEL = "channel"
    ANNOUNCEMENT = "announcement"
    UPDATES = "broadcast and leadership"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """That a party is asked or told about something, and where; `people` are those in it now but the one who acted."""

    duty: Duty
    party: Party
    people: tuple[str, ...]
    where: Where


_PLACES: Mapping[Right, tuple[Where, Where]] = {
    Right.DECLARE: (Where.ANNOUNCEMENT, Where.ANNOUNCEMENT),
    Right.CONFIRM: (Where.CHANNEL, Where.CHANNEL),
    Right.RAISE: (Where.ANNOUNCEMENT, Where.ANNOUNCEMENT),
    Right.LOWER: (Where.DM, Where.ANNOUNCEMENT),
    Right.CANCEL: (Where.ANNOUNCEMENT, Where.ANNOUNCEMENT),
    Right.RESOLVE: (Where.ANNOUNCEMENT, Where.ANNOUNCEMENT),
    Right.MITIGATE: (Where.CHANNEL, Where.ANNOUNCEMENT),
    Right.UPDATE: (Where.CHANNEL, Where.UPDATES),
    Right.CLASSIFY: (Where.DM, Where.CHANNEL),
}
"""Where C are asked and I are told, for each right that an activity of the duties decides and that people hear of."""


def heard(act: Right, incident: Incident, context: Context) -> tuple[Hearing, ...]:
    """Return every party that is asked or told about `act`, as the incident stands after it; none for most rights."""
    activity, places = RULES[act].activity, _PLACES.get(act)
    if activity is None or places is None:
        return ()
    row = context.policy.raci.activities[activity]
    if row.severities and incident.severity not in row.severities:
        return ()
    found = (
        Hearing(
            duty=duty,
            party=party,
            people=tuple(one for one in of_party(party, incident, context) if one != context.actor.id),
            where=places[0] if duty is Duty.CONSULTED else places[1],
        )
        for party, duties in row.duties.items()
        for duty in duties
        if not duty.may_act
    )
    return tuple(one for one in found if one.people)


def asked_by_dm(act: Right, incident: Incident, context: Context) -> Mapping[str, Grounds]:
    """Return who is asked about `act` by direct message, and as which party; nobody who may decide it themself."""
    activity = RULES[act].activity
    deciding = {person for party in _acting(activity, context) for person in of_party(party, incident, context)}
    return {
        person: Grounds(activity=activity, duty=one.duty, party=one.party)
        for one in heard(act, incident, context)
        if one.where is Where.DM
        for person in one.people
        if person not in deciding
    }


def _acting(activity: Activity | None, context: Context) -> tuple[Party, ...]:
    if activity is None:
        return ()
    raci = context.policy.raci
    return tuple(party for party in raci.parties if raci.may_act(activity=activity, party=party))
