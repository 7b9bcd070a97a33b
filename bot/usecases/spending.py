"""Spending a suggestion: its message is drawn again once somebody settled it by a press."""

from bot.ports import Handle, UnitOfWork
from bot.usecases.asked import Answer
from bot.usecases.world import World
from bot.words import Act

_ONCE = frozenset({Act.POST_SUGGESTED, Act.CHANGE_TO, Act.LEAVE_SEVERITY})
"""Acts after which the message they hang on is drawn again, for what it asks is answered."""


def spend(unit: UnitOfWork, handle: Handle, answer: Answer, world: World, *, person: str) -> None:
    """Draw the message of a button that one press spends again; a severity that was left keeps who left it."""
    if handle.act not in _ONCE:
        return
    row = unit.outbox.get(handle.message)
    if row and answer.view == "severity_left":
        unit.outbox.reword(handle.message, {**row.effect.words, "left_by": person}, now=world.now())
    else:
        unit.outbox.redraw([handle.message], now=world.now())
