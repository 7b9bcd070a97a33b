"""Parties: the people behind the columns of the duties, and behind what somebody is to an incident or to the rota."""

from collections.abc import Callable, Iterator, Mapping

from bot.incident.authority.table import Part
from bot.incident.context import Context
from bot.incident.model import Incident
from bot.incident.phases import type_of
from bot.incident.showing import lead
from bot.incident.sight import people_working
from bot.policy.model import Policy, Team
from bot.policy.rota import board_of
from bot.policy.rulebook import Column, Party
from bot.words import Role, Severity


def mobilised(*, policy: Policy, severity: Severity, kind: str) -> tuple[str, ...]:
    """Return the groups that the matrix mobilises for an incident of this type and severity (P1); none it lacks."""
    known = policy.types.get(kind)
    row = known.rows.get(severity) if known else None
    return row.teams if row else ()


def of_group(key: str, context: Context) -> tuple[str, ...]:
    """Return the Slack user ids of the people of a group, those that were found."""
    group = context.policy.groups.get(key)
    return context.rota.of(group.members) if group else ()


def of_party(party: Party, incident: Incident | None, context: Context) -> tuple[str, ...]:
    """Return who a party is now: the people of its group, or whoever holds its role in the incident."""
    column = context.policy.raci.parties[party]
    if column.group:
        return of_group(column.group, context)
    holder = incident.holder(column.role) if incident and column.role else None
    return (holder,) if holder else ()


def standing_in(column: Column, context: Context) -> tuple[str, ...]:
    """Return the commander on call, for the party whose role is commander."""
    found = context.rota.contact("commander") if column.role is Role.COMMANDER else None
    return (found,) if found else ()


def of_part(part: Part, incident: Incident | None, context: Context) -> tuple[str, ...]:
    """Return who is `part` now; nobody for what is no list of people (a member, their own)."""
    find = _PARTS.get(part)
    return tuple(dict.fromkeys(find(incident, context))) if find and incident else ()


def _holding(role: Role) -> Callable[[Incident, Context], Iterator[str]]:
    def find(incident: Incident, _: Context) -> Iterator[str]:
        holder = incident.holder(role)
        if holder:
            yield holder

    return find


def _declarer(incident: Incident, _: Context) -> Iterator[str]:
    yield incident.declared.by


def _called(incident: Incident, _: Context) -> Iterator[str]:
    yield from (page.person for page in incident.pages)
    yield from (call.person for call in incident.calls)


def _mobilised(incident: Incident, context: Context) -> Iterator[str]:
    for team in mobilised(policy=context.policy, severity=incident.severity, kind=type_of(incident, context.policy)):
        yield from of_group(team, context)


def _asked(incident: Incident, _: Context) -> Iterator[str]:
    asked = lead(incident)
    if asked:
        yield asked


def _board(_: Incident, context: Context) -> Iterator[str]:
    yield from board_of(policy=context.policy, rota=context.rota)


def _working(incident: Incident, _: Context) -> Iterator[str]:
    yield from sorted(people_working(incident))


def _on_call(_: Incident, context: Context) -> Iterator[str]:
    yield from _turns(context.policy.people.teams[:1], context)


def _on_call_elsewhere(_: Incident, context: Context) -> Iterator[str]:
    yield from _turns(context.policy.people.teams[1:], context)


def _turns(teams: tuple[Team, ...], context: Context) -> Iterator[str]:
    for team in teams:
        yield from context.rota.of(turn.person for turn in team.turns if turn.person)


_PARTS: Mapping[Part, Callable[[Incident, Context], Iterator[str]]] = {
    Part.DECLARER: _declarer,
    Part.COMMANDER: _holding(Role.COMMANDER),
    Part.DEPUTY: _holding(Role.DEPUTY),
    Part.COMMUNICATIONS_LEAD: _holding(Role.COMMUNICATIONS_LEAD),
    Part.CALLED: _called,
    Part.MOBILISED: _mobilised,
    Part.ASKED: _asked,
    Part.BOARD: _board,
    Part.WORKING: _working,
    Part.ON_CALL: _on_call,
    Part.ON_CALL_ELSEWHERE: _on_call_elsewhere,
}
