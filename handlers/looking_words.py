"""What there is to look at: `list mine`, `timeline notes`, `summary`."""

from bot.incident.reading.readings import Filter, Listing, ReadList, ReadSummary, ReadTimeline
from bot.incident.refusing.reading_refusals import nothing_called
from bot.incident.refusing.refusals import no_such_severity
from handlers.parsed import Look, Parsed, Unclear
from handlers.severity_words import is_like_severity, severity_of
from handlers.typed import first_word, leading_number, quotable


def read_list(rest: str) -> Parsed:
    """Return which incidents are to be listed: those that are open, without a word."""
    word = quotable(first_word(rest)[0]).casefold()
    severity = severity_of(word)
    if severity or not word:
        return Look(verb="list", reading=ReadList(severity=severity))
    if is_like_severity(word):
        return Unclear(verb="list", refused=no_such_severity(word))
    if word not in set(Listing):
        return Unclear(verb="list", refused=nothing_called(word, what="list", allowed=(*Listing, "sev1 to sev4")))
    return Look(verb="list", reading=ReadList(which=Listing(word)))


def read_timeline(rest: str) -> Parsed:
    """Return which part of the timeline is to be shown, and of which incident: all of it, without a word."""
    number, rest = leading_number(rest)
    word = quotable(first_word(rest)[0]).casefold()
    if word and word not in set(Filter):
        refused = nothing_called(word, what="part of a timeline", allowed=Filter)
        return Unclear(verb="timeline", refused=refused, number=number)
    return Look(verb="timeline", reading=ReadTimeline(which=Filter(word) if word else Filter.ALL), number=number)


def read_summary(rest: str) -> Parsed:
    """Return that the summary is asked for, and of which incident."""
    return Look(verb="summary", reading=ReadSummary(), number=leading_number(rest)[0])
