"""Channels that others read: written down when Slack says so, so that details go before anything else is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.incident import commands as c
from bot.incident.context import TOCSIN, Context
from bot.incident.decide import decide
from bot.incident.history.sharing import cleaned
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.places import shared_places
from bot.incident.refusing.refusals import Refused
from bot.incident.showing import shared_key
from bot.ports import UnitOfWork
from bot.usecases.merging import gone
from bot.usecases.noting import note
from bot.usecases.recording import record
from bot.usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A channel as Slack's flags describe it: `teams` are the other organisations that share it."""

    id: str
    is_private: bool
    teams: tuple[tuple[str, str], ...] = ()


def channel_shared(unit: UnitOfWork, world: World, *, channel: str, team: str, name: str) -> None:
    """Withhold details in `channel`, whatever is said there: an incident's own, or one that policy names."""
    key, name = shared_key(channel, team), cleaned(name)
    if not unit.places.get(key):
        unit.places.put(key, name, now=world.now())
        _note(unit, world, "channel.shared", channel=channel, team=team)
    _tell(unit, world, channel, c.RecordShared(channel=channel, team=team, name=name))


def channel_unshared(unit: UnitOfWork, world: World, *, channel: str, team: str, is_shared: bool) -> None:
    """Show details again in `channel`, unless `is_shared` says that other organisations still read it."""
    known = unit.places.all()
    gone_keys = [key for key in known if key.startswith(shared_key(channel, team if is_shared else "")) and known[key]]
    for key in gone_keys:
        unit.places.put(key, "", now=world.now())
    if gone_keys:
        _note(unit, world, "channel.unshared", channel=channel, team=team)
    _tell(unit, world, channel, c.RecordUnshared(channel=channel, team=team, is_shared=is_shared))


def channel_renumbered(unit: UnitOfWork, world: World, *, was: str, now: str) -> None:
    """Go on with a channel under its new id: its incident, what stands in it, and what policy calls it."""
    for place, channel in unit.places.all().items():
        if channel == was:
            unit.places.put(place, now, now=world.now())
    incident = unit.incidents.by_channel(was)
    unit.outbox.renumber(was, now)
    if incident:
        _ask(unit, world, incident, c.RecordChannelId(was=was, now=now))
        _catch_up(unit, world, now)


def _catch_up(unit: UnitOfWork, world: World, channel: str) -> None:
    """Tell the incident who shares its channel: Slack may have said so of the new id before it said that id."""
    mine = shared_key(channel, "")
    for key, name in unit.places.all().items():
        if key.startswith(mine) and name:
            _tell(unit, world, channel, c.RecordShared(channel=channel, team=key.removeprefix(mine), name=name))


def channels_seen(unit: UnitOfWork, world: World, seen: Iterable[Seen]) -> None:
    """Do what Slack's flags ask for that no event told of: events are missed, and of some changes there are none."""
    for one in seen:
        known = unit.places.all()
        mine = shared_key(one.id, "")
        for team, name in one.teams:
            if not known.get(shared_key(one.id, team)):
                channel_shared(unit, world, channel=one.id, team=team, name=name)
        teams = {team for team, _ in one.teams}
        for key, name in known.items():
            team = key.removeprefix(mine)
            if key.startswith(mine) and name and team not in teams:
                channel_unshared(unit, world, channel=one.id, team=team, is_shared=bool(teams))
        _tell(unit, world, one.id, c.RecordReach(channel=one.id, is_public=not one.is_private))


def private_channels(unit: UnitOfWork, _: World) -> Sequence[str]:
    """Return the Slack channel ids of private incidents that are open."""
    return [one.channel.id for one in unit.incidents.open() if one.is_private and one.channel]


def _tell(unit: UnitOfWork, world: World, channel: str, command: c.Command) -> None:
    """Tell the incident that works in `channel`; where policy speaks to everybody, draw what stands there again."""
    incident = unit.incidents.by_channel(channel)
    if incident:
        _ask(unit, world, incident, command)
    if not isinstance(command, c.RecordReach) and channel in _named(unit, world):
        names = (ids.ANNOUNCEMENT, ids.BROADCAST, ids.HEADLINE)
        standing = [ids.of(one, name) for one in unit.incidents.open() for name in names]
        unit.outbox.redraw(standing, now=world.now())


def _named(unit: UnitOfWork, world: World) -> set[str]:
    known = unit.places.all()
    return {known[place] for place in shared_places(world.policy(unit)) if known.get(place)}


def _ask(unit: UnitOfWork, world: World, incident: Incident, command: c.Command) -> None:
    policy = world.policy(unit, incident.policy_hash)
    rota, missing = world.rota(unit, policy), gone(unit, incident)
    context = Context(policy=policy, rota=rota, now=world.now(), actor=TOCSIN, gone=missing)
    decision = decide(incident, command, context)
    if isinstance(decision, Refused) or not decision:
        return
    record(unit, incident, decision, context, request_id=f"channel:{incident.number}:{incident.version}")


def _note(unit: UnitOfWork, world: World, action: str, *, channel: str, team: str) -> None:
    """Write on the record who reads a channel that policy names; an incident's own is on its timeline."""
    if channel not in _named(unit, world):
        return
    note(
        unit,
        action,
        by=TOCSIN.id,
        kind=TOCSIN.kind,
        resource=f"channel:{channel}",
        policy_hash=world.policy(unit).hash,
        request_id=f"channel:{channel}:{team}",
        payload={"channel": channel, "team": team},
        world=world,
    )
