"""Pinning: a message becomes a note on the timeline, and whoever pinned it hears so privately, once."""

from bot.incident.reacting.effects import CHANNEL, Effect, EffectKind
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer, Asked
from bot.usecases.asking import ask
from bot.usecases.world import World
from bot.words import Lane


def pin(unit: UnitOfWork, asked: Asked, world: World) -> Answer:
    """Return the answer to a pin, which also goes out to its author alone.

    The message is the request's key, so that a second 📌 on it, or a repeated delivery, changes nothing.
    """
    answer = ask(unit, asked, world)
    effect = Effect(
        id=f"answer:{asked.key}",
        kind=EffectKind.WHISPER,
        lane=Lane.ANSWER,
        incident=asked.number,
        place=CHANNEL,
        view=answer.view,
        words=answer.words,
        people=(asked.who.id,),
    )
    unit.outbox.add([effect], now=world.now())
    return answer
