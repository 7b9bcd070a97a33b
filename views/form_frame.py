"""The frame of a modal: title, what submits it, what closes it, and what it says when it cannot go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.usecases.asked import Answer
from views import kit
from views.answers import answer as draw_answer
from views.kit import Block
from views.reading import text
from views.refusals import offer_row, pen_for, refusal
from views.unexpected import unexpected_sentence

_TITLES = {"list": "Incidents", "help": "Help", "governed": "Governance"}
"""What an answer about no incident is headed, by its view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A modal before it is framed: title, submit and close of at most 24 characters (a Slack limit)."""

    title: str
    blocks: Sequence[Block]
    submit: str = ""
    close: str = "Cancel"


def frame(form: Form, *, callback_id: str, handle: str = "") -> Block:
    """Return the modal view."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": kit.plain(form.title),
        "close": kit.plain(form.close),
        "private_metadata": handle,
        "blocks": list(form.blocks),
    }
    return {**view, "submit": kit.plain(form.submit)} if form.submit else view


def refused_view(answer: Answer, *, now: datetime) -> Block:
    """Return a refusal in place of a form (or an apology, which has an `id`), the person's words given back."""
    if "id" in answer.words:
        return unexpected_view(answer)
    pen = pen_for(answer, now=now)
    form = Form(title="Nothing was changed", blocks=[*refusal(answer.words, pen), *offer_row(answer)], close="Close")
    return frame(form, callback_id=answer.view)


def told_view(answer: Answer, *, now: datetime) -> Block:
    """Return any private answer as a modal, for presses where no message can be left; its `told` is its view."""
    message = draw_answer(replace(answer, view=text(answer.words, "told")), now=now)
    title = answer.picture.incident.ref if answer.picture else _TITLES.get(text(answer.words, "told"), "Tocsin")
    return frame(Form(title=title, blocks=message.blocks, close="Close"), callback_id=answer.view)


def away_view(answer: Answer, *, now: datetime) -> Block:
    """Return that the database does not answer in place of a form, with the person's words given back."""
    kept = kit.their_words(text(answer.words, "kept"))
    said = draw_answer(replace(answer, view="away"), now=now).blocks
    blocks = [*said, *([kit.rich_quote(kept)] if kept else [])]
    return frame(Form(title="Not recorded", blocks=blocks, close="Close"), callback_id=answer.view)


def spooled_view(answer: Answer, *, now: datetime) -> Block:
    """Return where a declaration was written down, in place of its form."""
    said = draw_answer(replace(answer, view="spooled"), now=now).blocks
    return frame(Form(title="Written down", blocks=said, close="Close"), callback_id=answer.view)


def unexpected_view(answer: Answer) -> Block:
    """Return the apology in place of a form, with the person's words given back."""
    kept = kit.their_words(text(answer.words, "kept"))
    said = kit.plain_section(unexpected_sentence(answer.words, answer.picture))
    blocks = [said, *([kit.rich_quote(kept)] if kept else [])]
    return frame(Form(title="Something failed", blocks=blocks, close="Close"), callback_id=answer.view)
