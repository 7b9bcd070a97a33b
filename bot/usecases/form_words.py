"""What the declare form says before anything is declared: what policy will do at once, and what is open already."""

from collections.abc import Iterator

from bot.incident.authority.deciding import who_may
from bot.incident.authority.rights import Right
from bot.incident.context import Actor, Context
from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.promises import promised
from bot.incident.reading.readings import ReadList
from bot.incident.rules.confirming import is_awaiting
from bot.ports import UnitOfWork
from bot.usecases.listing import visible
from bot.usecases.refusing import context_of
from bot.usecases.world import World
from bot.words import ActorKind, Severity

MOST_OPEN = 3
NOBODY = Actor(kind=ActorKind.PERSON, id="")


def declare_words(unit: UnitOfWork, context: Context, typed: Words) -> Words:
    """Return the words of the declare form: those `typed` so far and, beside them, what policy promises (U1)."""
    severity = Severity(str(typed["severity"])) if typed.get("severity") else None
    return {
        "by_hand": severity is not None,
        **typed,
        **promised(policy=context.policy, rota=context.rota, severity=severity),
        "confirmers": [context.rota.name_of(one) for one in _confirmers(context, severity)],
        "open": list(_open(unit)),
    }


def _confirmers(context: Context, severity: Severity | None) -> tuple[str, ...]:
    """Return who would confirm what the one who fills the form in is about to declare; nobody where that needs none."""
    chosen = severity or context.policy.default_severity
    if not is_awaiting(Right.DECLARE, chosen, None, context):
        return ()
    return tuple(one for one in who_may(Right.CONFIRM, None, context) if one != context.actor.id)


def declare_words_now(unit: UnitOfWork, typed: Words, world: World, *, who: str) -> Words:
    """Return the words of a declare form that `who` is filling in, as policy has them at this moment."""
    actor = Actor(kind=ActorKind.PERSON, id=who)
    return declare_words(unit, context_of(unit, world.policy(unit), actor, world), typed)


def _open(unit: UnitOfWork) -> Iterator[Json]:
    """Return the worst open incidents, the newest first, that anybody may know of."""
    public = [one for one in visible(unit, ReadList(), NOBODY) if not (one.classification.is_private or one.is_test)]
    for one in unit.incidents.several(row.number for row in public[:MOST_OPEN]):
        yield {"number": one.number, "severity": one.severity.value, "title": one.title}
