"""Going back and forth: clocks forgive nothing, and whoever tries again and again is noticed by governance."""

from bot.incident.context import TOCSIN, Context
from bot.incident.history.unrest_events import BackAndForthNoticed
from bot.incident.model import Incident


def noticed(incident: Incident, context: Context) -> tuple[BackAndForthNoticed, ...]:
    """Return that it turned as often as policy calls a pattern; once in the span policy looks back over."""
    rule, unrest = context.policy.governance.back_and_forth, incident.unrest
    since = context.now - rule.within
    lately = sum(at > since for at in unrest.turns)
    told = unrest.told_at is not None and unrest.told_at > since
    if incident.is_test or told or lately < rule.turns:
        return ()
    return (BackAndForthNoticed(at=context.now, by=TOCSIN.id, turns=lately, within=rule.within),)
