"""What the declare form says before anything is declared: what policy will do at once, and what is open already."""

from collections.abc import Iterator

from bot.incident.context import TOCSIN, Actor, Context
from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.promises import promised
from bot.incident.reading.readings import ReadList
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
        "open": list(_open(unit)),
    }


def declare_words_now(unit: UnitOfWork, typed: Words, world: World) -> Words:
    """Return the words of a declare form that somebody is filling in, as policy has them at this moment."""
    return declare_words(unit, context_of(unit, world.policy(unit), TOCSIN, world), typed)


def _open(unit: UnitOfWork) -> Iterator[Json]:
    """Return the worst open incidents, the newest first, that anybody may know of."""
    public = [one for one in visible(unit, ReadList(), NOBODY) if not (one.classification.is_private or one.is_test)]
    for one in unit.incidents.several(row.number for row in public[:MOST_OPEN]):
        yield {"number": one.number, "severity": one.severity.value, "title": one.title}
