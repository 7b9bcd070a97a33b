"""Forms: the modals people write in, and the ids their answers are read by."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.incident.reacting.effects import CHANNEL
from bot.usecases.asked import Answer
from bot.words import Act
from views.classify_form import classify_form
from views.declare_form import declare_form, declared_view
from views.exception_forms import decline_form, exception_form
from views.form_again import shown_again
from views.form_frame import Form, away_view, frame, refused_view, spooled_view, told_view, unexpected_view
from views.handover_forms import handover_form, offer_form
from views.incident_forms import cancel_form, escalate_form, mitigate_form, resolve_form, snooze_form, update_form
from views.kit import Block
from views.note_form import note_form
from views.page_form import page_form
from views.panel_form import panel_form
from views.role_forms import give_role_form, take_role_form
from views.scene import Scene
from views.suggest_form import suggest_form
from views.time_form import time_form
from views.turn_forms import reopen_form, severity_form

ACTS: Mapping[str, Act] = {
    "form.declare": Act.DECLARE,
    "form.update": Act.POST_UPDATE,
    "form.mitigate": Act.MITIGATE,
    "form.resolve": Act.RESOLVE,
    "form.escalate": Act.ESCALATE,
    "form.snooze": Act.SNOOZE,
    "form.cancel": Act.CANCEL,
    "form.note": Act.NOTE,
    "form.severity": Act.CHANGE_SEVERITY,
    "form.reopen": Act.REOPEN,
    "form.handover": Act.HAND_OVER,
    "form.offer": Act.ANSWER_OFFER,
    "form.take_role": Act.TAKE_ROLE,
    "form.give_role": Act.GIVE_ROLE,
    "form.suggest": Act.SUGGEST_SEVERITY,
    "form.times": Act.TIMES,
    "form.classify": Act.CLASSIFY,
    "form.page": Act.PAGE_PERSON,
    "form.exception": Act.EXCEPTION,
    "form.exception_decline": Act.DECLINE_EXCEPTION,
}
"""The act that submitting a form asks for; a form's callback id is its name here."""

_FORMS: Mapping[str, Callable[[Scene], Form]] = {
    "form.update": update_form,
    "form.mitigate": mitigate_form,
    "form.resolve": resolve_form,
    "form.escalate": escalate_form,
    "form.snooze": snooze_form,
    "form.cancel": cancel_form,
    "form.note": note_form,
    "form.severity": severity_form,
    "form.reopen": reopen_form,
    "form.handover": handover_form,
    "form.offer": offer_form,
    "form.take_role": take_role_form,
    "form.give_role": give_role_form,
    "form.suggest": suggest_form,
    "form.declared": declared_view,
    "form.times": time_form,
    "form.classify": classify_form,
    "form.page": page_form,
    "form.exception": exception_form,
    "form.exception_decline": decline_form,
    "form.panel": panel_form,
}


def form(answer: Answer, *, now: datetime) -> Block:
    """Return the modal for an answer whose view is called "form.…"; its private metadata is the act's handle only.

    Raises:
        KeyError: no form has that name.
        ValueError: the form is about an incident and the answer carries no picture of it.
    """
    match answer.view:
        case "form.declare":
            drawn = declare_form(answer.words, now=now)
        case "form.refused":
            return refused_view(answer, now=now)
        case "form.unexpected":
            return unexpected_view(answer)
        case "form.away":
            return away_view(answer, now=now)
        case "form.spooled":
            return spooled_view(answer, now=now)
        case "form.told":
            return told_view(answer, now=now)
        case _:
            drawn = _about(answer, now=now)
    act = ACTS.get(answer.view)
    view = frame(drawn, callback_id=answer.view, handle=answer.handles.get(act, "") if act else "")
    return shown_again(view, answer, now=now) if "changed" in answer.words else view


def _about(answer: Answer, *, now: datetime) -> Form:
    if answer.picture is None:
        message = f"{answer.view} needs a picture of its incident"
        raise ValueError(message)
    place = CHANNEL if answer.words.get("inside") else None
    scene = Scene(
        picture=answer.picture,
        words=answer.words,
        handles=answer.handles,
        now=now,
        place=place,
        is_private_answer=True,
    )
    return _FORMS[answer.view](scene)
