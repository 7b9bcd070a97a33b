"""What kind of incident it is, as people type it: "type", "type model-drift", "type contain done what was done"."""

from bot.incident import commands as c
from bot.incident.reading.readings import ReadType
from bot.policy.rulebook import Phase
from handlers.parsed import Do, Look
from handlers.typed import first_word, plain_words, quotable

PHASES = "phases"
"""The word that asks how the phases stand."""


def read_type(rest: str) -> Do | Look:
    """Return which type, or which phase, is asked about; or that a phase is done, and in which words."""
    word, after = first_word(rest)
    typed = quotable(word).casefold().rstrip(".,")
    done, words = first_word(after)
    if typed in set(Phase) and quotable(done).casefold().rstrip(".-") == "done":
        return Do(verb="type", command=c.FinishPhase(phase=Phase(typed), words=plain_words(words)))
    if typed == PHASES or typed in set(Phase):
        return Look(verb="type", reading=ReadType(phases=True))
    return Look(verb="type", reading=ReadType(typed=plain_words(rest)))
