"""Exceptions as people type them: "no broadcast, embargo until 16:00", "approve 2", "decline why", "end"."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.incident import commands as c
from bot.incident.rules.excepting import read_end
from bot.words import Act
from handlers.lasting import span_in, span_shape
from handlers.parsed import Do, OpenForm
from handlers.typed import first_word, plain_words

_NUMBER = re.compile(r"#?([0-9]{1,4})")
_SPAN = re.compile(rf"[\s,;]+for\s+{span_shape('mhdw')}\.?$", re.IGNORECASE)
_UNTIL = re.compile(r"(.*?)[\s,;]+until\s+((?:(?!until)[0-9a-z: -]){4,24}?)\.?$", re.IGNORECASE | re.DOTALL)
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read_exception(rest: str) -> Do | OpenForm:
    """Return what is asked of exceptions; without words, the form. The last "until" or "for" that is a time ends it."""
    word, after = first_word(rest)
    if not word:
        return OpenForm(verb="exception", act=Act.EXCEPTION, words={})
    number, more = _leading_number(after)
    alone = _ALONE.get(word.casefold())
    if alone and not more:
        return Do(verb=f"exception {word.casefold()}", command=alone(number))
    if word.casefold() == "decline":
        return Do(verb="exception decline", command=c.DeclineException(why=plain_words(more), number=number))
    return Do(verb="exception", command=_ask(plain_words(rest)))


_ALONE: Mapping[str, Callable[[int | None], c.Command]] = {
    "approve": lambda number: c.ApproveException(number=number),
    "end": lambda number: c.EndException(number=number),
}


def _leading_number(text: str) -> tuple[int | None, str]:
    word, after = first_word(text)
    found = _NUMBER.fullmatch(word)
    return (int(found[1]), after) if found else (None, text)


def _ask(words: str) -> c.AskException:
    span = _SPAN.search(words)
    if span and span_in(span):
        return c.AskException(why=words[: span.start()], span=span_in(span))
    until = _UNTIL.fullmatch(words)
    if until and _is_moment(until[2]):
        return c.AskException(why=until[1], told=until[2])
    return c.AskException(why=words)


def _is_moment(typed: str) -> bool:
    try:
        read_end(typed, zone=UTC, now=_NOW)
    except ValueError:
        return False
    return True
