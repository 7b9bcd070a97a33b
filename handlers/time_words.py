"""Times as people type them: "started 13:50", "detected yesterday 23:10", "alerted 2026-11-20 23:10 UTC"."""

from datetime import UTC, datetime

from bot.incident import commands as c
from bot.incident.history.told_times import Moment
from bot.incident.refusing.time_refusals import which_time
from bot.incident.rules.times import read_moment
from bot.words import Act
from handlers.parsed import Do, OpenForm, Unclear
from handlers.typed import first_word, plain_words, quotable

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def read_times(rest: str) -> Do | OpenForm | Unclear:
    """Return which time is said to be when; without words, the form."""
    word, after = first_word(rest)
    if not word:
        return OpenForm(verb="times", act=Act.TIMES, words={})
    which, told = word.casefold().rstrip(":,"), plain_words(after).removeprefix("at ")
    if which not in set(Moment):
        return Unclear(verb="times", refused=which_time(quotable(rest)))
    try:
        read_moment(told, zone=UTC, now=_LONG_AGO)
    except ValueError:
        return Unclear(verb="times", refused=which_time(quotable(after)))
    return Do(verb="times", command=c.SetTimes(which=Moment(which), told=told))
