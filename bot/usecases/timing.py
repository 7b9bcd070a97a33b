"""Typed times: read in their author's zone, once somebody who knows that zone has the command."""

from dataclasses import replace
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.incident import commands as c
from bot.incident.model import Incident
from bot.incident.rules.notes import read_time
from bot.incident.rules.role_time import read_until
from bot.incident.rules.times import read_moment
from bot.ports import UnitOfWork
from bot.usecases.asked import Principal
from bot.usecases.world import World


def timed(unit: UnitOfWork, command: c.Command, incident: Incident, who: Principal, world: World) -> c.Command:
    """Return the command with a time typed in it read in its author's zone; UTC where that is not known."""
    if isinstance(command, c.AddNote) and command.told:
        zone = zone_of(unit, who)
        at = read_time(command.told, zone=zone, now=world.now(), not_before=incident.declared.at)
        return replace(command, at=at, told="")
    if isinstance(command, c.TakeRole | c.GiveRole) and command.told:
        return replace(command, until=read_until(command.told, zone=zone_of(unit, who), now=world.now()), told="")
    if isinstance(command, c.SetTimes) and command.told and command.which:
        zone = zone_of(unit, who)
        at = read_moment(command.told, zone=zone, now=world.now())
        said = "UTC" if command.told.upper().endswith(("UTC", "Z")) else str(zone)
        return replace(command, **{f"{command.which}_at": at}, told="", zone=said)  # type: ignore[arg-type]
    return command


def zone_of(unit: UnitOfWork, who: Principal) -> tzinfo:
    """Return the zone Slack knows of whoever asks, or UTC."""
    member = unit.members.get(who.id)
    try:
        return ZoneInfo(member.zone) if member else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
