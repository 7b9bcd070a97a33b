"""While the database does not answer: the page, and what the declarer and everybody else hears."""

from collections.abc import Sequence

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, Who
from bot.usecases.asked import Answer
from bot.words import Severity
from views import kit
from views.lines import line
from views.page import ORDINALS
from views.reading import moment, number, part, person, text, texts
from views.refusals import sentence
from views.scene import LOCK, MARKS, Scene
from views.sentences import Bold, Code, Line, Pen, joined

PRIVATE = "private incident"
NOTHING_YET = "The database is not answering, so there is no channel and no button yet."


def say_spooled(answer: Answer, pen: Pen) -> kit.Message:
    """Return, to whoever declared, that the alarm is safe, who is paged, and what is not there yet."""
    words = answer.words
    keeps = "The database is not answering, so there is no channel yet; it is made when it is back. Keep going here."
    whole: Line = (f"Your alarm is safe: written down as {text(words, 'ref')}, ", *_paged(words), f" {keeps}")
    return kit.Message(text=pen.text(*whole), blocks=[pen.says(*whole)])


def _paged(words: Words) -> Line:
    names: Sequence[str] = [kit.clean_name(name) for name in texts(words, "paged")]
    if names:
        return ("and ", *joined((name,) for name in names), f" {'is' if len(names) == 1 else 'are'} being paged now.")
    if words.get("is_test"):
        return ("and nobody is paged, for it is a test.",)
    call = text(words, "emergency_number")
    return (f"but nobody is paged yet: if it is urgent call {call}." if call else "but nobody is paged yet.",)


def away_sentence(words: Words) -> Line:
    """Return that the database does not answer, what that means for what was asked, and the way on."""
    failure = f"Error {text(words, 'id')}."
    if words.get("form"):
        way_on: Line = (
            "To raise an alarm now, type ",
            Code("/incident declare what is broken"),
            ": it is written down ",
        )
        return ("The database is not answering, so nothing can be opened. ", *way_on, f"all the same. {failure}")
    if not words.get("known_unchanged"):
        doubt = "It may have been done: look at the card before doing it again."
        return (f"The database is not answering. {doubt} {failure}",)
    note: Line = ("add it later with ", Code("/incident note"))
    return (
        "The database is not answering, so this was not recorded and nothing changed. ",
        "Write what you do here with the time; ",
        *note,
        f". {failure}",
    )


def say_away(answer: Answer, pen: Pen) -> kit.Message:
    """Return it as a private answer."""
    whole = away_sentence(answer.words)
    return kit.Message(text=pen.text(*whole), blocks=[pen.says(*whole)])


def page_line(words: Words) -> str:
    """Return the one sentence a phone shows."""
    return f"Page: {_head(words)}, {_title(words)}. You are {text(words, 'contact')}. Answer now."


def draw_page(words: Words, pen: Pen) -> kit.Message:
    """Return the page as a direct message: nothing can be pressed yet, so it says whom to tell."""
    return kit.Message(
        text=pen.text(page_line(words)),
        blocks=[
            kit.plain_section(f"{_mark(words)} Page: {_head(words, by=' · ')} · {_title(words)}"),
            pen.says("You are ", Bold(text(words, "contact")), *_team(words), *_from(words, pen)),
            pen.says(f"{NOTHING_YET} Begin, and tell {_whom(words)} that you do; this message gets its buttons later."),
            pen.below(_which(words)),
        ],
    )


def page_notice(words: Words) -> tuple[str, str]:
    """Return subject and body of the page by e-mail or SMS."""
    body = (
        page_line(words),
        f"{NOTHING_YET} Begin, and tell {_whom(words)} that you do; Tocsin's message in Slack gets its buttons later.",
        _which(words),
    )
    return kit.one_line(f"Page: {_head(words)}, {_title(words)}", limit=120), "\n".join(body)


def draw_not_entered(words: Words, pen: Pen) -> kit.Message:
    """Return, to its declarer and whoever was paged, that what was written down became no incident of its own."""
    names = part(words, "names") or {}
    own = Pen(name=lambda who: text(names, who or "") or who or "nobody", now=pen.now)
    head = f"{text(words, 'ref')}, declared while the database was down, is no incident of its own. "
    whole: Line = (head, *sentence(words))
    return kit.Message(text=own.text(*whole), blocks=[own.says(*whole)])


def draw_degraded(scene: Scene) -> kit.Message:
    """Return the line that says when and how the incident was really declared."""
    at = moment(scene.words, "at") or scene.incident.declared.at
    ref = text(scene.words, "ref")
    by: Line = (f"{scene.incident.ref} was declared by ", Who(person(scene.words, "by")), " at ", When(at))
    return line(scene, by, (f" while the database was down ({ref}, degraded); times are from then.",))


def _head(words: Words, *, by: str = " ") -> str:
    return f"{Severity(text(words, 'severity')).label}{by}{text(words, 'ref')}"


def _mark(words: Words) -> str:
    return MARKS[Severity(text(words, "severity"))] if text(words, "title") else LOCK


def _title(words: Words) -> str:
    return kit.one_line(text(words, "title"), limit=kit.LONGEST_TITLE) or PRIVATE


def _team(words: Words) -> Line:
    team = text(words, "team")
    return (f" for {team}. ",) if team else (". ",)


def _from(words: Words, pen: Pen) -> Line:
    at = moment(words, "at") or pen.now
    by = f" by {_whom(words)}" if text(words, "by") else ""
    return (f"Declared{by} at ", When(at), ".")


def _whom(words: Words) -> str:
    by = text(words, "by")
    return kit.clean_name(by) if by else "whoever declared it"


def _which(words: Words) -> str:
    way, ways = number(words, "way"), number(words, "ways")
    place = ORDINALS[way - 1] if 0 < way <= len(ORDINALS) else "one"
    of = f", {place} of {ways} ways" if ways > 1 else ""
    return f"Page {text(words, 'ref')}{of}. The same id twice is the same page sent twice."
