"""Whom to page, as people type it: "@mia need database help"."""

from bot.incident import commands as c
from bot.incident.refusing.refusals import not_a_person
from bot.words import Act
from handlers.parsed import Do, OpenForm, Unclear
from handlers.typed import first_word, leading_person, names_nobody, plain_words, quotable


def read_page(rest: str) -> Do | OpenForm | Unclear:
    """Return who is paged and why; without a person or a reason the form that asks for it, what was typed kept."""
    person, after = leading_person(rest)
    if names_nobody(rest):
        return Unclear(verb="page", refused=not_a_person(quotable(first_word(after)[0])))
    why = plain_words(after)
    if person and why:
        return Do(verb="page", command=c.PagePerson(person=person, why=why))
    return OpenForm(verb="page", act=Act.PAGE_PERSON, words={"why": why, **({"person": person} if person else {})})
