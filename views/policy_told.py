"""What policy says about one thing, told privately: a title, its lines, and the file it stands in."""

from bot.incident.reacting.effects import Words
from views import kit
from views.reading import text, texts
from views.sentences import Bold, Line, Pen

MOST_LINES, LONGEST_LINE, LONGEST_HEAD, LONGEST = 30, 400, 40, 2800


def draw_told(words: Words, pen: Pen) -> kit.Message:
    """Return it; what does not fit is counted, with the command that shows all of it."""
    title = kit.one_line(text(words, "title"), limit=kit.LONGEST_TITLE) or "Policy"
    source = kit.one_line(text(words, "source"), limit=200)
    every = [kit.one_line(one, limit=LONGEST_LINE) for one in texts(words, "lines")]
    shown = _fitting(every)
    left = len(every) - len(shown)
    more: list[Line] = [(f"… and {left} more: tocsin policy show",)] if left else []
    said = ": ".join((title, *shown[:1]))
    return kit.Message(
        text=kit.cut(pen.text(said), limit=kit.LONGEST_TEXT),
        blocks=[kit.plain_section(title), pen.lines([*map(_headed, shown), *more]), pen.below(source)],
    )


def _fitting(every: list[str]) -> list[str]:
    shown: list[str] = []
    for one in every[:MOST_LINES]:
        if sum(map(len, shown)) + len(one) > LONGEST:
            break
        shown.append(one)
    return shown


def _headed(said: str) -> Line:
    """Return a line whose first words, up to a colon, carry what it is about."""
    head, colon, rest = said.partition(":")
    return (Bold(f"{head}:"), rest) if colon and len(head) <= LONGEST_HEAD else (said,)
