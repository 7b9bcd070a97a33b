"""Handing over as people type it: to whom, or what one answers to an offer."""

from collections.abc import Callable

from bot.incident import commands as c
from bot.incident.refusing.refusals import not_a_person
from bot.words import Act
from handlers.parsed import Do, OpenForm, Unclear
from handlers.typed import first_word, leading_person, names_nobody, plain_words, quotable

VERB = "handover"

_ANSWERS: dict[str, Callable[[str], c.Command]] = {
    "accept": lambda _: c.AcceptCommand(),
    "decline": lambda why: c.DeclineCommand(why=why),
    "withdraw": lambda _: c.WithdrawOffer(),
}


def read_handover(rest: str) -> Do | OpenForm | Unclear:
    """Return the form that hands over, whom and what words were typed kept in it; or the answer to an offer."""
    word, after = first_word(rest)
    answer = _ANSWERS.get(word.casefold())
    if answer:
        return Do(verb=VERB, command=answer(plain_words(after)))
    person, brief = leading_person(rest)
    if names_nobody(rest):
        return Unclear(verb=VERB, refused=not_a_person(quotable(word)))
    kept = plain_words(brief)
    return OpenForm(verb=VERB, act=Act.HAND_OVER, words={"person": person or "", "said": kept})
