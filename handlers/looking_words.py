"""What there is to look at: `list mine`, `list closed sev1`, `timeline 42 notes`, `summary 42`."""

from bot.incident.reading.readings import Filter, Listing, ReadList, ReadSummary, ReadTimeline
from bot.incident.refusing.reading_refusals import nothing_called
from bot.incident.refusing.refusals import no_such_severity
from bot.words import Severity
from handlers.parsed import Look, Parsed, Unclear
from handlers.severity_words import is_like_severity, severity_of, severity_word
from handlers.typed import leading_number, quotable


def read_list(rest: str) -> Parsed:
    """Return which incidents are to be listed, those that are open without a word; a severity may stand beside."""
    which: Listing | None = None
    severity: Severity | None = None
    while rest.strip():
        word, rest = _word(rest)
        if severity is None and (named := severity_of(word)):
            severity = named
        elif which is None and word in set(Listing):
            which = Listing(word)
        elif is_like_severity(word):
            return Unclear(verb="list", refused=no_such_severity(word))
        elif word:
            return Unclear(verb="list", refused=nothing_called(word, what="list", allowed=(*Listing, "sev1 to sev4")))
    return Look(verb="list", reading=ReadList(which=which or Listing.OPEN, severity=severity))


def read_timeline(rest: str) -> Parsed:
    """Return which part of the timeline is to be shown, all of it without a word, and of which incident."""
    number, rest = leading_number(rest)
    word, rest = _word(rest)
    number = leading_number(rest)[0] if number is None else number
    if word and word not in set(Filter):
        refused = nothing_called(word, what="part of a timeline", allowed=Filter)
        return Unclear(verb="timeline", refused=refused, number=number)
    return Look(verb="timeline", reading=ReadTimeline(which=Filter(word) if word else Filter.ALL), number=number)


def read_summary(rest: str) -> Parsed:
    """Return that the summary is asked for, and of which incident."""
    return Look(verb="summary", reading=ReadSummary(), number=leading_number(rest)[0])


def _word(rest: str) -> tuple[str, str]:
    word, rest = severity_word(rest)
    return quotable(word).casefold(), rest
