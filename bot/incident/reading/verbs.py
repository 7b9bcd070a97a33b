"""The verbs of /incident: one table from which help is printed and misspelt verbs are guessed."""

import re
from difflib import get_close_matches

from bot.incident.reading.verb import Verb
from bot.incident.reading.verb_table.beginning import BEGINNING
from bot.incident.reading.verb_table.ending import ENDING
from bot.incident.reading.verb_table.keeping import KEEPING
from bot.incident.reading.verb_table.leading import LEADING
from bot.incident.reading.verb_table.looking import LOOKING

SHORTEST_PREFIX = 3
GUARDED = frozenset({"cancel", "close", "merge"})
"""Verbs that are offered only to who began to type them: `panel` is not meant to cancel."""
_SEVERITY = re.compile(r"sev-?[0-9]+")
"""A severity where a verb should be is an alarm whose verb was forgotten, not a misspelt `sev`."""

VERBS: tuple[Verb, ...] = (*BEGINNING, *LEADING, *ENDING, *LOOKING, *KEEPING)

BY_NAME = {verb.name: verb for verb in VERBS}


def nearest(typed: str) -> str | None:
    """Return the verb that `typed` is most likely meant to be, or None when it is far from any."""
    word = typed.casefold()
    if _SEVERITY.fullmatch(word):
        return None
    for name in BY_NAME:
        if len(word) >= SHORTEST_PREFIX and (name.startswith(word) or word.startswith(name)):
            return name
    swapped = next((name for name in BY_NAME if sorted(name) == sorted(word)), None)
    if swapped:
        return swapped
    likely = next(iter(get_close_matches(word, BY_NAME, n=1, cutoff=0.7)), None)
    return likely if likely not in GUARDED or word.startswith(likely[0]) else None
