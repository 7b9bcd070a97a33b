"""Who is on call: the turns of a team, who stands behind each, and whether they can be reached now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.policy.model import ON_CALL, Contact, People, Person, Team
from bot.policy.rota import Rota


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn on call: `label` without "on call", `person` of policy, None for a gap in the rota.

    `account` is their Slack user id, "" when the workspace has no such member; `is_quiet` says that these are their
    quiet hours, `disturb_until` how long they have Do Not Disturb on.
    """

    label: str
    person: Person | None
    account: str = ""
    is_quiet: bool = False
    disturb_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What somebody is on call as in one team, and until when; None where policy names no end."""

    team: str
    turns: tuple[str, ...]
    until: datetime | None


def find_team(people: People, typed: str) -> Team | None:
    """Return the team whose name `typed` is, or begins; for nothing typed the one that incidents page."""
    word = " ".join(typed.replace("-", " ").replace("_", " ").casefold().split())
    exact = (team for team in people.teams if team.name.casefold() == word)
    begun = (team for team in people.teams if team.name.casefold().startswith(word))
    return next(exact, None) or next(begun, None)


def turns(team: Team, rota: Rota, *, now: datetime, quiet: Mapping[str, datetime]) -> tuple[Turn, ...]:
    """Return the turns of `team`; `quiet` says until when which Slack user ids have Do Not Disturb on."""
    return tuple(_turn(contact, rota, now=now, quiet=quiet) for contact in team.turns)


def _turn(contact: Contact, rota: Rota, *, now: datetime, quiet: Mapping[str, datetime]) -> Turn:
    label = contact.label.removesuffix(ON_CALL)
    if contact.person is None:
        return Turn(label=label, person=None)
    person = rota.people.persons[contact.person]
    account = rota.ids.get(contact.person, "")
    here = now.astimezone(ZoneInfo(person.zone)).time()
    return Turn(
        label=label,
        person=person,
        account=account,
        is_quiet=person.quiet is not None and person.quiet.hold(here),
        disturb_until=quiet.get(account),
    )


def on_duty(team: Team, rota: Rota) -> tuple[str, ...]:
    """Return the Slack user ids of everybody on call in `team`, once each."""
    found = (rota.ids.get(contact.person or "") for contact in team.turns)
    return tuple(dict.fromkeys(account for account in found if account))


def ends(team: Team, *, now: datetime) -> datetime | None:
    """Return when the turns of `team` change hands next, or None where policy does not say."""
    return team.handoff.after(now) if team.handoff else None


def duties(rota: Rota, account: str, *, now: datetime) -> tuple[Duty, ...]:
    """Return what the person with this Slack user id is on call as, team by team."""
    return tuple(_duties(rota, account, now=now))


def _duties(rota: Rota, account: str, *, now: datetime) -> Iterator[Duty]:
    for team in rota.people.teams:
        held = tuple(one for one in team.turns if one.person and rota.ids.get(one.person) == account)
        if held:
            labels = tuple(one.label.removesuffix(ON_CALL) for one in held)
            yield Duty(team=team.name, turns=labels, until=ends(team, now=now))
