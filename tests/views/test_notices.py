"""A page by e-mail or SMS: plain words, one line of subject, the same short id on every way."""

import pytest

from bot.incident import commands as c
from bot.incident.reacting.effects import Words, dm
from tests.views.asked_cases import asked
from tests.views.pictures import MIA, NOOR, at, declare
from tests.views.spool_cases import BARE, PAGE
from tests.views.stories import acknowledged, cancelled, changed
from views.notices import notice


def paged(story, **changes):
    """Return the notice of the first page of `story`."""
    words = {**declare().effect("page", place=dm(NOOR)).words, **changes}
    return notice("page", story.picture, words, story.now)


def test_a_notice_says_what_is_asked_and_how_to_answer():
    """Who reads it half asleep knows what to do."""

    subject, body = paged(declare()) or ("", "")
    assert "Page: SEV-1 INC-42, Checkout returns 500s" == subject
    assert [
        "Page: SEV-1 INC-42, Checkout returns 500s. You are primary on call. Acknowledge within 5 min.",
        (
            "In Slack: press Acknowledge in Tocsin's message, or type /incident 42 ack. "
            "Without Slack, where Tocsin runs: tocsin ack 42"
        ),
        "Page p-AEFV, first of 2 ways. The same id twice is the same page sent twice.",
    ] == body.splitlines()


def test_slack_is_gone():
    """Which incident is open, who commands it, and whom to call; nothing once it is over, and no title."""

    words: Words = {"person": NOOR, "url": "mailto:noor@example.com"}
    told = notice("slack_gone", acknowledged().picture, words, acknowledged().now)
    nobody = notice("slack_gone", changed(acknowledged(), seat=None).picture, words, acknowledged().now)

    assert "Tocsin cannot reach Slack: SEV-1 INC-42" == (told or [""])[0]
    assert (
        "Tocsin cannot reach Slack. SEV-1 INC-42 is open, Noor Haddad commands. "
        "This address reads no replies; call +49 30 23125 100."
    ) == (told or ["", ""])[1]
    assert "SEV-1 INC-42 is open, nobody commands." in (nobody or ["", ""])[1]
    assert None is notice("slack_gone", cancelled().picture, words, cancelled().now)


LINK = "https://tocsin.example.com/ack/abc"


def test_a_link_stands_alone_on_its_line():
    """Nothing a mail program adds can spoil it, and it comes right after what is asked."""

    _, body = paged(declare(), link=LINK) or ("", "")

    assert ["To answer, open this and press the button; it works once, for you:", LINK] == body.splitlines()[1:3]


def called(story, later):
    """Return the notice of a page for help."""
    words = {**story.effect("page.called").words, "link": LINK}
    return notice("page.called", later.picture, words, later.now)


def test_a_page_for_help_by_mail():
    """Who asks, how to answer; nothing once the person has answered or it is over."""

    story = asked(acknowledged())
    subject, body = called(story, story) or ("", "")
    answered = asked(acknowledged()).does(MIA, 4, c.AnswerCall())

    assert "Page: SEV-1 INC-42, Checkout returns 500s" == subject
    assert [
        "Page: SEV-1 INC-42, Checkout returns 500s. Ada Obi pages you. Say that you are on it.",
        "To answer, open this and press the button; it works once, for you:",
        LINK,
        "In Slack: press I'm on it in Tocsin's message.",
    ] == body.splitlines()[:4]
    assert None is called(story, answered)
    assert None is called(story, cancelled())


@pytest.mark.parametrize("make", [acknowledged, cancelled])
def test_nobody_is_woken_for_what_is_settled(make):
    """A page no longer needed is not sent."""

    assert None is paged(make())


def test_a_subject_is_one_line():
    """A title cannot add a header to a mail."""

    subject, _ = paged(declare(title="Checkout\r\nBcc: everybody@example.com fails"), way=9) or ("", "")
    assert "Page: SEV-1 INC-42, Checkout Bcc: everybody@example.com fails" == subject


def test_a_way_without_an_ordinal_is_still_named():
    """The sixth way of somebody is one of them."""

    _, body = paged(declare(), way=9, ways=9) or ("", "")
    assert body.endswith("Page p-AEFV, one of 9 ways. The same id twice is the same page sent twice.")
    _, body = paged(declare(), way=1, ways=1) or ("", "")
    assert body.endswith("Page p-AEFV. The same id twice is the same page sent twice.")


def test_what_is_unexpected_rises():
    """Only pages leave by other ways, and always about an incident."""

    with pytest.raises(KeyError):
        notice("card", declare().picture, {}, declare().now)
    with pytest.raises(ValueError, match="needs a picture"):
        notice("page", None, {}, declare().now)


def test_a_test_says_so_everywhere():
    """A test by e-mail is marked in subject and words, says that nothing is wrong, and carries its short id."""

    words: Words = {"ref": "t-7K3Q", "ways": ["DM", "e-mail"], "way": 2}
    subject, body = notice("page.test", None, words, declare().now) or ("", "")
    assert "TEST page t-7K3Q: nothing is wrong" == subject
    assert [
        "TEST page: nothing is wrong, and no clock runs.",
        "You asked for this test. If it were real, Tocsin would page you in this way.",
        "In Slack: press It reached me in Tocsin's direct message.",
        "TEST t-7K3Q, way 2 of 2.",
    ] == body.splitlines()


def test_a_page_without_a_database_by_mail():
    """It says what cannot be done yet, and under which id it is written down; a private one keeps its title."""

    subject, body = notice("page.spooled", None, PAGE, at(1)) or ("", "")
    private, _ = notice("page.spooled", None, BARE, at(1)) or ("", "")

    assert "Page: SEV-1 D-3F7K, Checkout *returns* 500s <!here>" == subject
    assert [
        "Page: SEV-1 D-3F7K, Checkout *returns* 500s <!here>. You are primary on call. Answer now.",
        (
            "The database is not answering, so there is no channel and no button yet. Begin, and tell Ada Obi that you "
            "do; Tocsin's message in Slack gets its buttons later."
        ),
        "Page D-3F7K, first of 2 ways. The same id twice is the same page sent twice.",
    ] == body.splitlines()
    assert "Page: SEV-1 D-3F7K, private incident" == private
