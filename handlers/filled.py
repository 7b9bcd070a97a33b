"""Filled-in forms: what was typed and chosen becomes a command, or complaints shown beside the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.incident import commands as c
from bot.incident.decision import LONGEST_FIELD, LONGEST_NOTE, LONGEST_REASON, MIN_REASON, MIN_TITLE, word_count
from bot.incident.refusing.handover_refusals import TIME_PAST, TO_YOURSELF
from bot.incident.refusing.paging_refusals import YOURSELF
from bot.incident.refusing.refusals import REASON_TOO_THIN
from bot.incident.rules.declare import LONGEST_DESCRIPTION
from handlers import form_commands as f
from handlers.form_commands import Values
from views import declare_form as declare
from views import handover_forms as handing
from views import incident_forms as ids
from views import role_forms, time_form
from views.inputs import Field
from views.note_form import NOTE
from views.page_form import PAGED

IN_THE_FUTURE = "That is in the future."
NOT_A_MEMBER = "That account is not a member. Choose someone who can answer."
_SAY_TITLE = "Say in a few words what is broken: at least 3 letters or digits."
_SAY_NOW = "Say what is happening now; one sentence will do."
_SAY_REASON = "At least 10 letters or digits."
_SAY_TIME = "Choose the time in the field below, then press Offer again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one field takes: at least `least` letters or digits (else `thin` is said), at most `most` characters."""

    field: Field
    most: int
    least: int = 0
    thin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one form is read: `rules` begin with what it is about, `person` is the field in which somebody is chosen.

    `also` complains about fields that depend on each other; `beside` says which refusals are said at a field.
    `moments` are fields with a time, none of which may lie ahead.
    """

    command: Callable[[Values, datetime], c.Command]
    rules: tuple[Rule, ...]
    person: Field | None = None
    also: Callable[[Values], Mapping[str, str]] = lambda _: {}
    beside: Mapping[int, tuple[Field, str]] = field(default_factory=dict)
    moments: tuple[Field, ...] = ()


def values_of(view: Mapping[str, Any]) -> Values:
    """Return what a submitted view holds, by block id: text as typed, the value chosen, a person's id, or "".

    Values ticked are parted by commas. A block whose id goes on after a point is the same field, drawn anew; what the
    id of its element ends in tells how it was drawn, and is kept beside it.
    """
    blocks: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values") or {}
    values: dict[str, str] = {}
    for block, fields in blocks.items():
        name = block.partition(".")[0]
        action, entry = next(iter(fields.items()), ("", {}))
        values[name] = _value(entry)
        drawn = ".".join(action.split(".")[2:])
        values |= {f.drawn_with(name): drawn} if drawn else {}
    return values


def _value(entry: Mapping[str, Any]) -> str:
    chosen = entry.get("selected_option") or {}
    if "selected_options" in entry:
        return ",".join(str(option["value"]) for option in entry["selected_options"] or ())
    if entry.get("selected_date_time"):
        return str(entry["selected_date_time"])
    return str(entry.get("value") or entry.get("selected_user") or chosen.get("value") or "").strip()


def complaints(reading: Reading, values: Values) -> dict[str, str]:
    """Return a sentence for each field that cannot be taken as it is, by block id; none when all can."""
    found = {rule.field.block: _complaint(rule, values.get(rule.field.block, "")) for rule in reading.rules}
    return {block: sentence for block, sentence in {**found, **reading.also(values)}.items() if sentence}


def _complaint(rule: Rule, typed: str) -> str:
    if word_count(typed) < rule.least:
        return rule.thin
    if len(typed) > rule.most:
        return f"{rule.most:,} characters at most; yours has {len(typed):,}."
    return ""


def too_late(reading: Reading, values: Values, now: datetime) -> dict[str, str]:
    """Return that a moment lies ahead, by block id, for each of the form's moments that does."""
    moments = {field.block: f.moment(values, field) for field in reading.moments}
    return {block: IN_THE_FUTURE for block, at in moments.items() if at and at > now}


def _time_missing(values: Values) -> Mapping[str, str]:
    missing = f.read(values, handing.SPAN) == handing.UNTIL_A_TIME and not f.read(values, handing.UNTIL)
    return {handing.SPAN.block: _SAY_TIME} if missing else {}


def _words(thin: str) -> Rule:
    return Rule(field=ids.WORDS, most=LONGEST_FIELD, least=MIN_TITLE, thin=thin)


_REASON = Rule(field=ids.WHY, most=LONGEST_REASON, least=MIN_REASON, thin=_SAY_REASON)
_ROLE = Rule(field=role_forms.ROLE, most=40)
_AFFECTED = Rule(field=ids.AFFECTED, most=LONGEST_FIELD)

READINGS: Mapping[str, Reading] = {
    "form.declare": Reading(
        command=f.declare,
        rules=(
            Rule(field=declare.TITLE, most=3000, least=MIN_TITLE, thin=_SAY_TITLE),
            Rule(field=declare.DESCRIPTION, most=LONGEST_DESCRIPTION),
        ),
        person=declare.COMMANDER,
        moments=(declare.STARTED,),
    ),
    "form.update": Reading(
        command=f.update,
        rules=(
            Rule(field=ids.NOW, most=LONGEST_FIELD, least=1, thin=_SAY_NOW),
            _AFFECTED,
            Rule(field=ids.NEXT, most=LONGEST_FIELD),
        ),
    ),
    "form.mitigate": Reading(
        command=f.mitigate,
        rules=(
            _words("Say what stopped the harm: at least 3 letters or digits."),
            Rule(field=ids.STILL, most=LONGEST_FIELD),
        ),
    ),
    "form.resolve": Reading(
        command=f.resolve,
        rules=(_words("Say what fixed it: at least 3 letters or digits."), _AFFECTED),
    ),
    "form.escalate": Reading(command=f.escalate, rules=(_REASON,), person=ids.WHOM),
    "form.page": Reading(
        command=f.page,
        rules=(Rule(field=ids.WHY, most=LONGEST_REASON, least=MIN_TITLE, thin="Say why in a few words."),),
        person=PAGED,
        beside={YOURSELF.number: (PAGED, "That is you; choose someone else.")},
    ),
    "form.snooze": Reading(command=f.snooze, rules=(_REASON,)),
    "form.cancel": Reading(command=f.cancel, rules=(_REASON,)),
    "form.note": Reading(
        command=f.note, rules=(Rule(field=NOTE, most=LONGEST_NOTE, least=1, thin="Say what to put on the timeline."),)
    ),
    "form.severity": Reading(
        command=f.regrade,
        rules=(Rule(field=ids.WHY, most=LONGEST_REASON),),
        beside={REASON_TOO_THIN.number: (ids.WHY, _SAY_REASON)},
    ),
    "form.classify": Reading(
        command=f.classify,
        rules=(Rule(field=ids.WHY, most=LONGEST_REASON),),
        beside={REASON_TOO_THIN.number: (ids.WHY, _SAY_REASON)},
    ),
    "form.exception": Reading(
        command=f.exception,
        rules=(_REASON,),
        beside={TIME_PAST: (ids.UNTIL, "Choose a time to come, not too far off.")},
    ),
    "form.exception_decline": Reading(command=f.decline_exception, rules=(_REASON,)),
    "form.suggest": Reading(command=f.suggest, rules=(_REASON,)),
    "form.reopen": Reading(command=f.reopen, rules=(_REASON,)),
    "form.handover": Reading(
        command=f.offer,
        rules=(
            Rule(field=handing.BRIEF, most=LONGEST_FIELD, least=MIN_TITLE, thin="Say how it stands; one line will do."),
            Rule(field=handing.WATCH, most=LONGEST_FIELD),
        ),
        person=handing.TO_WHOM,
        also=_time_missing,
        beside={
            TO_YOURSELF: (handing.TO_WHOM, "You command already; choose someone else."),
            TIME_PAST: (handing.UNTIL, "That is past. Choose a time that is still to come."),
        },
    ),
    "form.offer": Reading(command=f.answer, rules=(Rule(field=ids.WHY, most=LONGEST_REASON),)),
    "form.take_role": Reading(command=f.take_role, rules=(_ROLE,)),
    "form.times": Reading(command=f.times, rules=(Rule(field=time_form.STARTED, most=20),), moments=time_form.ALL),
    "form.give_role": Reading(command=f.give_role, rules=(_ROLE,), person=role_forms.HOLDER),
}
"""How each form is read, by its callback id."""
