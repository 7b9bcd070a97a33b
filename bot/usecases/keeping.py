"""Keeping an alarm that is one too many: it goes onto the timeline of the last one its author declared."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.authority.deciding import access_to
from bot.incident.context import Context
from bot.incident.decide import decide
from bot.incident.refusing.flood_refusals import TOO_MANY
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.flooding import keeper, kept
from bot.ports import UnitOfWork
from bot.usecases.recording import record
from bot.usecases.world import World


def keep_alarm(
    unit: UnitOfWork, command: c.Command, refused: Refused, context: Context, world: World, *, request_id: str
) -> None:
    """Write `command` as a note, if it is a declaration that was `refused` for being too many and not kept yet."""
    if not isinstance(command, c.Declare) or refused.number != TOO_MANY or context.apart:
        return
    named = keeper(context)
    last = unit.incidents.get(named.number) if named else None
    if last is None:
        message = f"what {context.actor.id} declared lately is not there"
        raise LookupError(message)
    policy = world.policy(unit, last.policy_hash)
    there = replace(context, policy=policy, rota=world.rota(unit, policy), other=None)
    noted = decide(last, kept(command), there)
    if isinstance(noted, Refused):
        message = f"{last.ref} did not keep an alarm: {noted.sentence}"
        raise TypeError(message)
    record(unit, last, noted, there, request_id=request_id, access=access_to(kept(command), last, there))
