"""Asking who is on call: one team's turns, and telephone numbers for those who work on an incident only."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.incident.history.codec import plain
from bot.incident.reacting.effects import GOVERNANCE, Effect, EffectKind, Json, Words
from bot.incident.reading import oncall
from bot.incident.reading.oncall import Turn
from bot.incident.refusing.oncall_refusals import no_such_team, nobody_on_call
from bot.incident.refusing.refusals import Refused
from bot.policy.model import Team
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer, Early
from bot.usecases.principals import admit
from bot.usecases.refusing import refuse
from bot.usecases.world import World
from bot.words import Lane

Quiet = Mapping[str, datetime]
"""Until when which Slack user ids have Do Not Disturb on."""

ReadQuiet = Callable[[Sequence[str]], Awaitable[Quiet]]
"""Reads until when which of these people (Slack user ids) have Do Not Disturb on; never raises, never waits long."""


def on_duty(unit: UnitOfWork, world: World, *, team: str) -> tuple[str, ...]:
    """Return the Slack user ids of everybody on call in the team meant; nobody for one there is none of."""
    policy = world.policy(unit)
    found = oncall.find_team(policy.people, team)
    return oncall.on_duty(found, world.rota(unit, policy)) if found else ()


def on_call(unit: UnitOfWork, early: Early, world: World, *, team: str, quiet: Quiet) -> Answer:
    """Return who is on call in the team meant; governance hears once a day of one with nobody at all."""
    policy = world.policy(unit)
    admitted = admit(unit, early.who, policy, world)
    found = oncall.find_team(policy.people, team)
    if isinstance(admitted, Refused):
        return _refuse(unit, early, admitted, world)
    if found is None:
        return _refuse(unit, early, no_such_team(team, policy.people.teams), world)
    rota, now = world.rota(unit, policy), world.now()
    if not oncall.on_duty(found, rota):
        unit.outbox.add([_gap(found, now=now)], now=now)
        return _refuse(unit, early, nobody_on_call(found), world)
    numbers = _is_inside(unit, early)
    until = oncall.ends(found, now=now)
    words: Words = {
        "team": found.name,
        "until": plain(until),
        "turns": [_words(turn, numbers=numbers) for turn in oncall.turns(found, rota, now=now, quiet=quiet)],
        "others": [other.name for other in policy.people.teams if other != found],
    }
    return Answer(view="oncall", words=words)


def _is_inside(unit: UnitOfWork, early: Early) -> bool:
    """Return whether it is asked in the channel of an incident that is open, where its members work."""
    here = unit.incidents.by_channel(early.channel) if early.channel else None
    return here is not None and here.status.is_open


def _words(turn: Turn, *, numbers: bool) -> Json:
    person = turn.person
    if person is None:
        return {"label": turn.label}
    return {
        "label": turn.label,
        "name": person.name,
        "zone": person.zone,
        "is_known": bool(turn.account),
        "ways": [way.label for way in person.ways],
        "is_quiet": turn.is_quiet,
        "disturb_until": plain(turn.disturb_until),
        "telephone": person.telephone if numbers and turn.account else "",
    }


def _gap(team: Team, *, now: datetime) -> Effect:
    return Effect(
        id=f"rota/{team.name}/{now:%Y%m%d}",
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=None,
        place=GOVERNANCE,
        view="rota_gap",
        words={"team": team.name},
    )


def _refuse(unit: UnitOfWork, early: Early, refused: Refused, world: World) -> Answer:
    return refuse(unit, refused, key=early.key, who=early.who, asked="oncall", world=world)
