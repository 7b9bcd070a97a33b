"""The policy as people ask about it: how it stands, what it says, what is adopted or kept out."""

from bot.words import PolicyDecision
from handlers.parsed import Govern
from handlers.typed import first_word, quotable


def read_policy(rest: str) -> Govern:
    """Return what the words after `policy` ask for; any but adopt and keep name something policy speaks of."""
    word, after = first_word(rest)
    typed = quotable(word).casefold()
    if typed and typed not in set(PolicyDecision):
        return Govern(verb="policy", decision=PolicyDecision.SHOW, about=quotable(rest))
    decision = PolicyDecision(typed) if typed in set(PolicyDecision) else PolicyDecision.SHOW
    return Govern(verb=f"policy {decision}", decision=decision, meant=quotable(first_word(after)[0]))
