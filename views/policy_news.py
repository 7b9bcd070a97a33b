"""News of the policy, for those who govern: what is proposed, what is nonsense, what is due for review (S12)."""

from collections.abc import Iterator, Mapping

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When
from bot.words import Act
from views import buttons, kit
from views.lines import without_mark
from views.reading import moment, number, text, texts
from views.sentences import Line, Pen

Handles = Mapping[Act, str]


def draw_proposed(words: Words, handles: Handles, pen: Pen) -> kit.Message:
    """Return that a changed folder waits for the Board, and what it would change; once settled, what became of it."""
    settled = _settled(words)
    head: Line = (f"Policy {_version(words)} ({text(words, 'hash')}) is proposed. ",)
    stays: Line = (f"Policy {_in_force(words)} stays in force until one of the Board adopts it.",)
    said = settled or (*head, *stays)
    row = [] if settled else _row(words, handles)
    below = [] if settled else [pen.below("Incidents that run stay on the policy they were declared under.")]
    return kit.Message(text=without_mark(pen, said), blocks=[pen.says(*said), pen.lines(_changes(words)), *row, *below])


def _settled(words: Words) -> Line:
    by, at = kit.clean_name(text(words, "name")), moment(words, "at")
    when: Line = (" ", When(at)) if at else ()
    match text(words, "outcome"):
        case "adopted":
            return (f"✅ Policy {_version(words)} is in force, adopted by {by}", *when, ".")
        case "kept":
            return (f"Policy {_in_force(words)} stays in force: {by} decided so", *when, ".")
        case "replaced":
            return (f"Policy {_version(words)} was proposed; another one has taken its place", *when, ".")
        case "withdrawn":
            return (f"Policy {_version(words)} was proposed and is withdrawn: its files went back", *when, ".")
        case _:
            return ()


def _changes(words: Words) -> Iterator[Line]:
    for change in texts(words, "changes"):
        yield (kit.one_line(change, limit=200),)
    more = number(words, "more")
    if more:
        yield (f"… and {more} more: tocsin policy diff",)


def _row(words: Words, handles: Handles) -> list[kit.Block]:
    ask = buttons.Ask(
        title=f"Adopt policy {_version(words)}?",
        text="It is in force at once for every new incident. Those that run stay on theirs.",
        yes="Adopt",
        no="Not yet",
    )
    adopt = buttons.button(Act.ADOPT_POLICY, None, handles, primary=True, label=f"Adopt {_version(words)}", ask=ask)
    keep = buttons.button(Act.KEEP_POLICY, None, handles, label=f"Keep {_in_force(words)}")
    return kit.actions(one for one in (adopt, keep) if one)


def draw_broken(words: Words, _: Handles, pen: Pen) -> kit.Message:
    """Return that the folder holds no policy, mistake by mistake, and which one stays in force."""
    mistakes = texts(words, "mistakes")
    stays = f"Policy {_in_force(words)} stays in force."
    first = kit.one_line(mistakes[0], limit=160) if mistakes else "The folder cannot be read"
    rest: list[Line] = [(kit.one_line(mistake, limit=200),) for mistake in mistakes[1:]]
    more = number(words, "more")
    if more:
        rest.append((f"… and {more} more: tocsin policy check",))
    said: Line = (f"❗ {first}. {stays}",)
    return kit.Message(text=without_mark(pen, said), blocks=[pen.says(*said), *([pen.lines(rest)] if rest else [])])


def draw_review(words: Words, _: Handles, pen: Pen) -> kit.Message:
    """Return which files of the policy are overdue for review, and who owns them."""
    files = texts(words, "files")
    due = "is overdue" if len(files) == 1 else "are overdue"
    said: Line = (f"The review of {len(files)} policy file{'' if len(files) == 1 else 's'} {due}.",)
    lines: list[Line] = [(kit.one_line(one, limit=200),) for one in files]
    return kit.Message(text=pen.text(*said), blocks=[pen.says(*said), pen.lines(lines)])


def draw_standing(words: Words, pen: Pen) -> kit.Message:
    """Return, privately, which policy is in force, what is proposed, and what is overdue for review."""
    holds = f"Policy {_version(words)} ({text(words, 'hash')}) is in force."
    said: Line = (f"{_DECIDED.get(text(words, 'decision'), '')}{holds}",)
    proposed = kit.one_line(text(words, "proposed"), limit=40)
    lines: list[Line] = [(f"Proposed: {proposed}. One of the Board can adopt it.",)] if proposed else []
    lines += [(f"Review overdue: {kit.one_line(one, limit=100)}",) for one in texts(words, "overdue")]
    return kit.Message(text=pen.text(*said), blocks=[pen.says(*said), *([pen.lines(lines)] if lines else [])])


_DECIDED = {
    "adopt": "Adopted. Every new incident runs on it; those that run stay on theirs. ",
    "keep": "Kept. What was proposed is set aside. ",
}


def _version(words: Words) -> str:
    return kit.one_line(text(words, "version"), limit=20)


def _in_force(words: Words) -> str:
    return kit.one_line(text(words, "in_force"), limit=20)
