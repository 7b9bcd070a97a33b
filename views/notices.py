"""Notices: a page as plain words, for e-mail, SMS and voice."""

import re
from datetime import datetime

from bot.incident.reacting.effects import PAGES, Words
from bot.incident.reading.picture import Picture
from bot.incident.sentences import Who
from bot.usecases.slack_gone import SLACK_GONE
from views import kit
from views.page import page_line, which_page
from views.page_called import called_line, is_settled
from views.page_test import test_notice
from views.reading import text
from views.scene import Scene
from views.sentences import Line
from views.spooled import page_notice
from views.standing import ended

LONGEST_SUBJECT = 120
CALLED = "In Slack: press I'm on it in Tocsin's message."


def notice(view: str, picture: Picture | None, words: Words, now: datetime) -> tuple[str, str] | None:
    """Return subject and body of the notice called `view`, or None once the page is no longer needed.

    The subject is one line, and the title of a private incident is in neither. The body carries the page's short id,
    the same on every way it goes.

    Raises:
        KeyError: no notice has that name.
        ValueError: no picture of the incident was given.
    """
    if view == "page.test":
        return test_notice(words)
    if view == "page.spooled":
        return page_notice(words)
    if view not in {*PAGES, SLACK_GONE}:
        raise KeyError(view)
    if picture is None:
        message = f"the notice {view} needs a picture of its incident"
        raise ValueError(message)
    scene = Scene(picture=picture, words=words, handles={}, now=now)
    if view == SLACK_GONE:
        return None if ended(scene) else _slack_gone(scene)
    is_call = view != "page"
    if is_settled(scene) if is_call else scene.incident.acknowledged or ended(scene):
        return None
    subject = _one_line(f"Page: {scene.head}, {scene.title}")
    line, how = (called_line(scene), CALLED) if is_call else (page_line(scene), _how(scene))
    return subject, "\n".join((scene.pen.plain(*line), *_by_link(words), how, which_page(scene)))


def _slack_gone(scene: Scene) -> tuple[str, str]:
    """Return, to who leads the incident, that nothing reaches them through Slack, and whom to call."""
    open_ = f"Tocsin cannot reach Slack. {scene.head} is open, "
    leads: Line = (Who(scene.incident.commander), " commands.") if scene.incident.commander else ("nobody commands.",)
    call = f" This address reads no replies; call {scene.picture.policy.people.emergency_number}."
    return _one_line(f"Tocsin cannot reach Slack: {scene.head}"), scene.pen.plain(open_, *leads, call)


def _by_link(words: Words) -> list[str]:
    """Return the link alone on its line, so that nothing a mail program adds can spoil it."""
    link = text(words, "link")
    return ["To answer, open this and press the button; it works once, for you:", link] if link else []


def _how(scene: Scene) -> str:
    number = scene.incident.number
    return (
        f"In Slack: press Acknowledge in Tocsin's message, or type /incident {number} ack. "
        f"Without Slack, where Tocsin runs: tocsin ack {number}"
    )


def _one_line(subject: str) -> str:
    return kit.cut(re.sub(r"\s+", " ", subject), limit=LONGEST_SUBJECT)
