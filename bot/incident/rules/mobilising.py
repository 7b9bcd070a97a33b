"""Whom the matrix brings in: the teams of a type at a severity, each once, and the contacts it tells (S1)."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history.playbook import Team
from bot.incident.history.type_events import TeamsMobilised
from bot.incident.model import Incident
from bot.incident.phases import kind_of, type_of
from bot.incident.sight import people_in
from bot.policy.playbooks import row_of
from bot.words import Severity


def mobilised(incident: Incident, severity: Severity, context: Context) -> TeamsMobilised:
    """Return the teams that its type mobilises at `severity` and that nobody has brought in yet.

    A test brings nobody in and tells nobody.
    """
    row = row_of(kind_of(incident, context.policy), severity)
    told = ((key, person) for key in row.contacts if (person := context.rota.contact(key)))
    teams = tuple(_teams(incident, row.teams, context))
    brought = {person for team in teams for person in team.people}
    return TeamsMobilised(
        at=context.now,
        by=context.actor.id,
        type=type_of(incident, context.policy),
        severity=severity,
        teams=teams,
        told=() if incident.is_test else tuple(_once(told, besides=brought | people_in(incident))),
    )


def mobilised_at(incident: Incident, context: Context) -> TeamsMobilised | None:
    """Return whom another severity brings in besides, or None; a type that nobody set brings nobody in."""
    if not incident.playbook.type:
        return None
    more = mobilised(incident, incident.severity, context)
    return more if more.teams else None


def _teams(incident: Incident, keys: tuple[str, ...], context: Context) -> Iterator[Team]:
    """Return each team not known yet: who is new of it, and who is called, unless somebody of it was there before."""
    known = {team.key for team in incident.playbook.teams}
    before, brought, asked = people_in(incident), set[str](), set[str]()
    for key in keys:
        if key in known:
            continue
        people = () if incident.is_test else context.rota.of(context.policy.groups[key].members)
        first = None if before & set(people) else next((one for one in people if one not in asked), None)
        yield Team(key=key, people=tuple(one for one in people if one not in before | brought), called=first)
        brought.update(people)
        asked.update({first} if first else ())


def _once(told: Iterator[tuple[str, str]], *, besides: set[str] | frozenset[str]) -> Iterator[tuple[str, str]]:
    """Return who is told and as what, each person once, and nobody who is in it."""
    seen = set(besides)
    for key, person in told:
        if person not in seen:
            seen.add(person)
            yield key, person
