"""The private answer to a press, on its way out through the outbox."""

from bot.incident.reacting.effects import ASKER, Effect, EffectKind
from bot.ports import UnitOfWork
from bot.usecases.answering import message_of
from bot.usecases.asked import Answer, Pressed
from bot.usecases.world import World
from bot.words import Lane


def send(unit: UnitOfWork, answer: Answer, pressed: Pressed, world: World) -> Answer:
    """Put the private answer to a press in the outbox: an ack has no room for it."""
    if pressed.respond_url and answer.view != "declared":
        incident = answer.picture.incident.number if answer.picture else None
        effect = Effect(
            id=message_of(pressed.key),
            kind=EffectKind.RESPOND,
            lane=Lane.ANSWER,
            incident=incident,
            place=ASKER,
            view=answer.view,
            words={**answer.words, "url": pressed.respond_url},
        )
        unit.outbox.add([effect], now=world.now())
    return answer
