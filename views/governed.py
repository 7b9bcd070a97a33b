"""What those who govern look at: their section of App Home, and the lists behind its figures (G1.1, G2.1)."""

from collections.abc import Callable, Iterator, Mapping

from bot.incident.reacting.effects import LEADERSHIP, Words
from bot.incident.reading.governed import Figures, Governed
from bot.incident.sentences import Quote, When, Who
from bot.usecases.asked import Answer, Home
from bot.words import Act, ClockKind, Severity
from views import buttons, kit
from views.clock_lines import NAMES, clock_lines
from views.kit import Block
from views.reading import moment, number, parts, person, text
from views.scene import LOCK, Scene
from views.sentences import Day, Line, Pen, strung

LISTS = (Act.MISSED_CLOCKS, Act.EXCEPTIONS, Act.DENIED_ACTS)
MOST = 1000
_IN_WEEK = " in the last 7 days"


def governance_section(home: Home, pen: Pen) -> Iterator[Block]:
    """Return the section for those who govern, and nothing for anybody else."""
    figures = home.governance
    if figures is None:
        return
    yield kit.header("Governance")
    yield pen.says(*_figures(figures))
    yield pen.below(f"Missed clocks and denied acts{_IN_WEEK}.")
    yield from buttons.row(None, home.handles, *LISTS, primary=False)


def _figures(figures: Figures) -> Line:
    ends: Line = (" (the next ends ", When(figures.ends), ")") if figures.ends else ()
    reviews = (f"review of {kit.one_line(name, limit=40)} overdue {_days(days)}" for name, days in figures.overdue)
    version = kit.one_line(figures.version, limit=20)
    return strung(
        (
            (f"Missed clocks {_counted(figures.missed)}",),
            (f"exceptions open {figures.exceptions}", *ends),
            (f"denied acts {_counted(figures.denied)}",),
            (f"policy {version} since ", Day(figures.since)),
            *((review,) for review in reviews),
            (f"audit: {figures.entries:,} {'entry' if figures.entries == 1 else 'entries'}",),
        )
    )


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"


def _counted(size: int) -> str:
    return f"{size:,}{' or more' if size >= MOST else ''}"


def draw_governed(answer: Answer, pen: Pen) -> kit.Message:
    """Return one page of a list: newest first, a private incident by its number only."""
    words = answer.words
    which = Governed(text(words, "which"))
    lines = [(*_incident(row), *_ROWS[which](row, pen)) for row in parts(words, "rows")]
    said = _head(which, number(words, "size"))
    row = buttons.row(None, answer.handles, Act.PREVIOUS_LISTED, Act.NEXT_LISTED, primary=False)
    return kit.Message(text=said, blocks=[pen.says(said), *([pen.lines(lines)] if lines else []), *row])


def _head(which: Governed, size: int) -> str:
    one = size == 1
    many = _counted(size) if size else "No"
    match which:
        case Governed.MISSED:
            return f"{many} {'clock was' if one else 'clocks were'} missed{_IN_WEEK}."
        case Governed.DENIED:
            return f"{many} {'act was' if one else 'acts were'} denied{_IN_WEEK}."
        case _:
            return f"{many} {'exception is' if one else 'exceptions are'} open."


def _incident(row: Words) -> Line:
    if not number(row, "incident"):
        return ()
    hidden = ", private incident" if row.get("is_private") else ""
    mark = f"{LOCK} " if hidden else ""
    return (f"{mark}{Severity(text(row, 'severity')).label} INC-{number(row, 'incident')}{hidden} · ",)


def _miss(row: Words, pen: Pen) -> Line:
    return (f"{NAMES[ClockKind(text(row, 'clock'))].thing.lower()} missed ", When(moment(row, "at") or pen.now))


def _exception(row: Words, _: Pen) -> Line:
    one, by, who = f"exception {number(row, 'number')}", person(row, "by"), person(row, "who")
    said: Line = (f"{one} approved by ", Who(by)) if by else (f"{one} waits for an answer",)
    asked: Line = (", asked for by ", Who(who)) if who and who != by else ()
    until = moment(row, "until")
    ends: Line = (", until ", When(until)) if until else ()
    why: Line = (": ", Quote(kit.one_line(text(row, "why"), limit=100))) if text(row, "why") else ()
    return (*said, *asked, *ends, *why)


def _denial(row: Words, pen: Pen) -> Line:
    asked = kit.one_line(text(row, "asked"), limit=40)
    who: Line = (Who(person(row, "who")),) if person(row, "who") else ("somebody",)
    return (*who, f" · {asked} · refusal {number(row, 'refusal')} · ", When(moment(row, "at") or pen.now))


_ROWS: Mapping[Governed, Callable[[Words, Pen], Line]] = {
    Governed.MISSED: _miss,
    Governed.EXCEPTIONS: _exception,
    Governed.DENIED: _denial,
}


def draw_known(scene: Scene) -> kit.Message:
    """Return, to who leads or governs, what they may know of a private incident: number, severity, clocks (G6.1)."""
    apart = Scene(picture=scene.picture, words={}, handles={}, now=scene.now, place=LEADERSHIP)
    said = f"{apart.head}, private incident: {apart.incident.status}."
    return kit.Message(
        text=said,
        blocks=[
            kit.plain_section(apart.title_line()),
            apart.pen.says(f"{apart.incident.status.capitalize()}. You may know its number, severity and clocks."),
            apart.pen.lines(clock_lines(apart)),
        ],
    )
