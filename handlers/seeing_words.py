"""Who may see an incident, as people type it: "confidential why", "@tomas 2h review", "end @tomas"."""

import re
from datetime import timedelta

from bot.incident import commands as c
from bot.incident.refusing.access_refusals import no_such_classification
from bot.incident.refusing.refusals import not_a_person, say_what
from bot.words import Act, Classification
from handlers.lasting import span_in, span_shape
from handlers.parsed import Do, OpenForm, Unclear
from handlers.typed import first_word, leading_person, plain_words, quotable

_SPAN = re.compile(rf"{span_shape('mhdw')}(?=$|[\s:,])[\s:,]*", re.IGNORECASE)
_FOR = re.compile(r"^for\s+(?=[0-9])", re.IGNORECASE)


def read_classify(rest: str) -> OpenForm | Unclear:
    """Return the form that says who may see it, what was typed kept in it; it cannot be undone, so it always asks."""
    word, why = first_word(rest)
    typed = quotable(word).casefold().rstrip(".-")
    if typed and typed not in set(Classification):
        return Unclear(verb="classify", refused=no_such_classification("".join(filter(str.isalnum, typed))))
    return OpenForm(verb="classify", act=Act.CLASSIFY, words={"to": typed, "why": plain_words(why)})


def read_access(rest: str) -> Do | Unclear:
    """Return who is let in, how long (an hour unless that is said) and why; or whose access ends."""
    word, after = first_word(rest)
    ends = word.casefold() == "end"
    person, more = leading_person(after if ends else rest)
    if person is None:
        typed = quotable(first_word(more)[0])
        return Unclear(verb="access", refused=not_a_person(typed) if typed else say_what(1, what="who is to read it"))
    if ends:
        return Do(verb="access", command=c.EndAccess(person=person))
    span, why = _leading_span(more)
    if span is None:
        return Do(verb="access", command=c.GrantAccess(person=person, why=plain_words(why)))
    return Do(verb="access", command=c.GrantAccess(person=person, why=plain_words(why), span=span))


def _leading_span(text: str) -> tuple[timedelta | None, str]:
    """Return the span `text` begins with, and what follows; None and `text` without one."""
    said = _FOR.sub("", text.strip())
    found = _SPAN.match(said)
    if found is None or not span_in(found):
        return None, text
    return span_in(found), said[found.end() :]
