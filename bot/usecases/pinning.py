"""Pinning: a message becomes a note on the timeline, and whoever pinned it hears so privately, once."""

from bot.incident.reacting.effects import CHANNEL, Effect, EffectKind
from bot.incident.refusing.refusals import APP, Refused
from bot.ports import UnitOfWork
from bot.usecases.answering import message_of
from bot.usecases.asked import Answer, Asked, Early
from bot.usecases.asking import ask
from bot.usecases.refusing import refuse_early
from bot.usecases.world import World
from bot.words import Lane


def pin(unit: UnitOfWork, asked: Asked, world: World) -> Answer:
    """Return the answer to a pin, which also goes out to its author alone.

    The message is the request's key, so that a second 📌 on it, or a repeated delivery, changes nothing. Another app
    hears nothing: two that answer each other would never end.
    """
    answer = ask(unit, asked, world)
    if answer.view == "refused" and answer.words["number"] == APP.number:
        return answer
    unit.outbox.add([_whisper(asked.key, asked.number, asked.who.id, answer)], now=world.now())
    return answer


def refuse_pin(unit: UnitOfWork, early: Early, refused: Refused, world: World) -> Answer:
    """Return why a message was not put on the timeline, which whoever pinned it hears privately, once."""
    answer = refuse_early(unit, early, refused, world)
    unit.outbox.add([_whisper(early.key, early.number, early.who.id, answer)], now=world.now())
    return answer


def _whisper(key: str, number: int | None, person: str, answer: Answer) -> Effect:
    return Effect(
        id=message_of(key),
        kind=EffectKind.WHISPER,
        lane=Lane.ANSWER,
        incident=number,
        place=CHANNEL,
        view=answer.view,
        words=answer.words,
        people=(person,),
    )
