"""The test of one's own page: marked TEST wherever it goes, and nothing is wrong."""

from collections.abc import Mapping

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When
from bot.usecases.asked import Answer
from bot.words import Act
from views import buttons, kit
from views.lines import without_mark
from views.reading import moment, number, text, texts
from views.sentences import Line, Pen, joined

HEAD = "TEST page: nothing is wrong, and no clock runs."
NO_MAIL_SERVER = "no_mail_server"
ASKED = "You asked for this test. If it were real, Tocsin would page you in this way."


def draw_test(words: Words, handles: Mapping[Act, str], pen: Pen) -> kit.Message:
    """Return the test as a direct message, with the button that says it arrived."""
    return kit.Message(
        text=pen.text(f"{HEAD} Press It reached me."),
        blocks=[
            kit.plain_section(f"🧪 {HEAD}"),
            pen.says(ASKED),
            *buttons.row(None, handles, Act.REACHED),
            pen.below(which_test(words)),
        ],
    )


def which_test(words: Words) -> str:
    """Return the test's short id and which of the person's ways it is."""
    return f"TEST {text(words, 'ref')}, way {number(words, 'way')} of {len(texts(words, 'ways'))}."


def test_notice(words: Words) -> tuple[str, str]:
    """Return subject and body of the test by e-mail or SMS."""
    answer = "In Slack: press It reached me in Tocsin's direct message."
    return f"TEST page {text(words, 'ref')}: nothing is wrong", "\n".join((HEAD, ASKED, answer, which_test(words)))


def draw_lost(words: Words, pen: Pen) -> kit.Message:
    """Return, to whoever tests their page, by which way it cannot reach them, and who can mend that."""
    way = texts(words, "ways")[number(words, "way") - 1]
    why = "no mail server is set up" if text(words, "error") == NO_MAIL_SERVER else "that way does not work"
    whole: Line = (f"❗ TEST page {text(words, 'ref')} cannot reach you by ", way, f": {why}. ")
    then = "As it is, a real page would not either. Tell whoever runs Tocsin."
    return kit.Message(text=without_mark(pen, (*whole, then)), blocks=[pen.says(*whole, then)])


def say_tested(answer: Answer, pen: Pen) -> kit.Message:
    """Return, to whoever tests their page, which ways are tried."""
    ways: Line = joined((way,) for way in texts(answer.words, "ways"))
    whole: Line = (f"TEST page {text(answer.words, 'ref')} is being sent to you by ", *ways, ". ")
    press = "Press It reached me in the direct message; look for the same id everywhere else."
    none = "This is no incident: no clock runs and nobody else is told."
    return kit.Message(text=pen.text(*whole, press), blocks=[pen.says(*whole, press), pen.below(none)])


def say_reached(answer: Answer, pen: Pen) -> kit.Message:
    """Return the test as it stands once it arrived, which is on the record."""
    at = moment(answer.words, "at") or pen.now
    whole: Line = (f"TEST page {text(answer.words, 'ref')} reached you at ", When(at), ". It is on the record.")
    return kit.Message(text=pen.text(*whole), blocks=[pen.says("✅ ", *whole)])
