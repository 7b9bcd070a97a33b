"""Answers on their way to Slack: as the ack of a slash, as a dialog, or as a private message."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.incident.refusing.refusals import Refused
from bot.usecases.asked import Answer
from bot.words import Act
from views.answers import answer as draw
from views.forms import form

Ack = dict[str, Any]
View = dict[str, Any]

_DIALOGS = {
    "refused": "form.refused",
    "declared": "form.declared",
    "unexpected": "form.unexpected",
    "away": "form.away",
    "spooled": "form.spooled",
}

_QUESTIONS = {
    "form.declare": "title",
    "form.update": "now",
    "form.mitigate": "words",
    "form.resolve": "words",
    "form.escalate": "why",
    "form.handover": "brief",
    "form.offer": "why",
    "form.snooze": "why",
    "form.cancel": "why",
    "form.note": "note",
    "form.severity": "why",
    "form.reopen": "why",
    "form.suggest": "why",
    "form.exception": "why",
    "form.exception_decline": "why",
}
"""What each form asks first, as the word it is filled from."""


def ack_of(answer: Answer, *, now: datetime) -> Ack:
    """Return the ack that tells one person the answer to their slash."""
    message = draw(answer, now=now)
    return {"text": message.text, "blocks": message.blocks, "response_type": "ephemeral"}


def dialog(answer: Answer, *, now: datetime) -> View | None:
    """Return the answer as a modal view, or None when it has none: then the dialog simply closes."""
    if is_form(answer):
        return form(_prefilled(answer), now=now)
    name = _DIALOGS.get(answer.view)
    return form(replace(answer, view=name), now=now) if name else None


def dialog_anyway(answer: Answer, *, now: datetime) -> View:
    """Return the answer as a modal view, whatever it is: where there is no message to leave it in."""
    drawn = dialog(answer, now=now)
    return drawn or form(replace(answer, view="form.told", words={**answer.words, "told": answer.view}), now=now)


def _prefilled(answer: Answer) -> Answer:
    """Return the form with the words that were kept for it put where its question is."""
    question = _QUESTIONS.get(answer.view, "")
    kept = answer.words.get("kept")
    if not (question and kept) or answer.words.get(question):
        return answer
    return replace(answer, words={**answer.words, question: kept})


def form_away() -> Answer:
    """Return that no form can be opened, for the database that keeps it does not answer, and how to declare now."""
    return Answer(view="away", words={"form": True})


def is_form(answer: Answer) -> bool:
    """Return whether the answer is a form to fill in."""
    return answer.view.startswith("form.")


def form_not_opened(act: Act, *, kept: str) -> Refused:
    """Return no. 43: Slack did not open the form (it gives 3 seconds); a press opens it afresh, `kept` words in it."""
    return Refused(
        number=43,
        sentence=("Slack did not open the form in time, so nothing was done yet. The button opens it again.",),
        offers=(act,),
        kept=kept,
    )
