"""The daily digest as leadership reads it: numbers, severities, people in charge, and no titles."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, spell, spell_allowed
from bot.words import ClockKind, Severity
from views import kit
from views.clock_lines import beside
from views.reading import moment, number, parts, text
from views.sentences import Line, Pen, strung

MOST_EACH = 5


def draw_digest(words: Words, pen: Pen) -> kit.Message:
    """Return the digest; one line on a quiet day."""
    since = (moment(words, "since") or pen.now).astimezone(ZoneInfo(text(words, "zone") or "UTC"))
    if _is_quiet(words):
        quiet = f"Quiet: nothing open, nothing declared since yesterday {since:%H:%M}."
        return kit.Message(text=pen.text(quiet), blocks=[pen.says(quiet)])
    title = f"Incidents, {_day(since + timedelta(days=1))}"
    span = f"Yesterday {since:%H:%M} to today {since:%H:%M}, {text(words, 'zone')} · /incident list for more"
    return kit.Message(
        text=pen.text(f"{title}: {_counted(words)}."),
        blocks=[kit.plain_section(title), pen.lines(_lines(words)), pen.below(span)],
    )


def _is_quiet(words: Words) -> bool:
    return not number(words, "declared") and not any(
        parts(words, key) for key in ("open", "private", "resolved", "missed", "postmortems")
    )


def _day(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B}"


def _counted(words: Words) -> str:
    opened, resolved = len(parts(words, "open")) + len(parts(words, "private")), len(parts(words, "resolved"))
    missed = sum(number(one, "times") or 1 for one in parts(words, "missed"))
    clocks = f"{missed or 'no'} clock{'' if missed == 1 else 's'} missed"
    return f"{opened} open, {resolved} resolved since yesterday, {clocks}"


def _lines(words: Words) -> Iterator[Line]:
    yield _listed("Open: ", [_open(one) for one in parts(words, "open")], empty="nothing")
    yield _listed("Resolved: ", [_resolved(one) for one in parts(words, "resolved")])
    yield _listed("Missed: ", [_missed(one) for one in parts(words, "missed")])
    yield strung([_due(words), _private(words)])


def _listed(head: str, lines: list[Line], *, empty: str = "") -> Line:
    if not lines:
        return (head, empty) if empty else ()
    more: Line = (f"{len(lines) - MOST_EACH} more",) if len(lines) > MOST_EACH else ()
    return (head, *strung([*lines[:MOST_EACH], more]))


def _open(one: Words) -> Line:
    due = moment(one, "update_due_at")
    who = text(one, "commander")
    return (
        f"{_head(one)} {text(one, 'status')}, {_span(one)}",
        f", {kit.clean_name(who)}" if who else ", nobody commands",
        *((", next update by ", When(due)) if due else ()),
    )


def _resolved(one: Words) -> Line:
    allowed = number(one, "allowed")
    if not allowed:
        return (_head(one),)
    return (f"{_head(one)} in {_span(one)} ({spell_allowed(timedelta(seconds=allowed))} allowed)",)


def _missed(one: Words) -> Line:
    kind, times = text(one, "kind"), number(one, "times")
    if kind == ClockKind.UPDATE:
        return (f"INC-{number(one, 'number')} {times} status update{'' if times == 1 else 's'}",)
    allowed = beside(timedelta(seconds=number(one, "seconds")), timedelta(seconds=number(one, "allowed")))
    return (f"INC-{number(one, 'number')} {kind}, {_span(one)} ({allowed} allowed)",)


def _due(words: Words) -> Line:
    due = parts(words, "postmortems")
    if not due:
        return ()
    late = [f"INC-{number(one, 'number')}, {_late(one)}" for one in due if number(one, "late")]
    overdue = f", {len(late)} overdue ({' · '.join(late[:MOST_EACH])})" if late else ""
    return (f"Due this week: {len(due)} postmortem{'' if len(due) == 1 else 's'}{overdue}",)


def _late(one: Words) -> str:
    return spell(timedelta(seconds=number(one, "late")))


def _private(words: Words) -> Line:
    private = parts(words, "private")
    if not private:
        return ()
    worst = min((Severity(text(one, "severity")) for one in private), key=lambda severity: severity.rank)
    missed = sum(number(one, "missed") for one in private)
    clocks = f"{missed or 'no'} clock{'' if missed in {0, 1} else 's'} missed"
    return (f"Private: {len(private)} open, {worst.label}, {clocks}",)


def _head(one: Words) -> str:
    return f"INC-{number(one, 'number')} {Severity(text(one, 'severity')).label}"


def _span(one: Words) -> str:
    return spell(timedelta(seconds=number(one, "seconds")))
