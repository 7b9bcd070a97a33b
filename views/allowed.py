"""How long somebody still has for a clock, counted from the declaration, in the words of a message."""

from bot.incident.clocks import Clock
from bot.incident.sentences import spell, spell_allowed
from views.scene import Scene


def within(scene: Scene, clock: Clock) -> str:
    """Return " within 5 min"; after an alert that came before, what was left of it; nothing once it was overdue."""
    begun = scene.incident.declared.at
    if clock.starts_at >= begun:
        return f" within {spell_allowed(clock.allowed)}"
    return f" within {spell(clock.due_at - begun)}" if clock.due_at > begun else ""
