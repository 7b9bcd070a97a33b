"""The policy as people ask about it: how it stands, adopting what is proposed, or keeping what is in force."""

from bot.words import PolicyDecision
from handlers.parsed import Govern
from handlers.typed import first_word, quotable


def read_policy(rest: str) -> Govern:
    """Return what the words after `policy` ask for; words nobody knows ask how it stands."""
    word, after = first_word(rest)
    typed = quotable(word).casefold()
    decision = PolicyDecision(typed) if typed in set(PolicyDecision) else PolicyDecision.SHOW
    return Govern(verb=f"policy {decision}", decision=decision, meant=quotable(first_word(after)[0]))
