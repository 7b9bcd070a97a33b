"""The list: which incidents there are, six at a time, each with who commands and what falls due next."""

from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import Listing
from bot.incident.sentences import When, Who
from bot.usecases.asked import Answer
from bot.words import Act, ClockKind, Severity
from views import buttons, kit
from views.clock_lines import NAMES
from views.kit import Block
from views.reading import moment, number, part, parts, person, text
from views.scene import LOCK, MARKS, PLAYED
from views.sentences import Line, Pen, Room, strung


def draw_list(answer: Answer, pen: Pen) -> kit.Message:
    """Return one page of the list; a private incident shows its number only, to those who are in it."""
    words = answer.words
    rows = [block for row in parts(words, "rows") for block in _row(row, pen)]
    return kit.Message(
        text=pen.text(_head(words)),
        blocks=[
            *(rows or [kit.plain_section(_head(words))]),
            *buttons.row(None, answer.handles, Act.PREVIOUS_LISTED, Act.NEXT_LISTED, primary=False),
        ],
    )


def _head(words: Words) -> str:
    size, which = number(words, "size"), text(words, "which")
    severity = text(words, "severity")
    of = f"{Severity(severity).label} " if severity else ""
    if size == 0:
        return _nothing(which, of)
    first = parts(words, "first")
    named = ", ".join(f"INC-{number(one, 'number')} {Severity(text(one, 'severity')).label}" for one in first)
    more = f" and {size - len(first)} more" if size > len(first) else ""
    one = size == 1
    state = {Listing.OPEN.value: "open", Listing.CLOSED.value: "over", Listing.MINE.value: "open and yours"}.get(which)
    told = f"{'is' if one else 'are'} {state}" if state else "in all"
    return f"{size} {of}{'incident' if one else 'incidents'} {told}: {named}{more}."


def _nothing(which: str, of: str) -> str:
    if of:
        return f"No {of}incident is open."
    return {
        Listing.OPEN.value: "Nothing is open.",
        Listing.CLOSED.value: "Nothing is over yet.",
        Listing.MINE.value: "Nothing open is yours.",
    }.get(which, "There is no incident.")


def _row(row: Words, pen: Pen) -> list[Block]:
    severity, hidden = Severity(text(row, "severity")), bool(row.get("is_private"))
    is_test = bool(row.get("is_test"))
    mark = PLAYED if is_test else LOCK if hidden else MARKS[severity]
    test = "TEST · " if is_test else ""
    title = "private incident" if hidden else kit.one_line(text(row, "title"), limit=kit.LONGEST_TITLE)
    line = f"{mark} {test}{severity.label} · INC-{number(row, 'number')} · {title}"
    stands: Line = (text(row, "status").capitalize(),)
    return [kit.plain_section(line), pen.below(*strung([stands, _commands(row), _due(row), _room(row)]))]


def _commands(row: Words) -> Line:
    who = person(row, "commander")
    if who is None:
        return ("nobody commands",)
    return (Who(who), " commands" if row.get("has_answered") else " named, not answered yet")


def _due(row: Words) -> Line:
    due_at = moment(row, "due_at")
    by = "missed at" if row.get("is_missed") else "by"
    return (f"{NAMES[ClockKind(text(row, 'due'))].due} {by} ", When(due_at)) if due_at else ()


def _room(row: Words) -> Line:
    channel = part(row, "channel")
    return (Room(text(channel, "id"), text(channel, "name")),) if channel else ()
