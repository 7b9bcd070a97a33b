"""Filled-in forms: what was typed and chosen becomes a command, or complaints shown beside the fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.incident import commands as c
from bot.incident.decision import LONGEST_NOTE, MIN_REASON, MIN_TITLE, word_count
from bot.incident.model import CancelReason
from bot.incident.rules.suggesting import weighed
from bot.words import Role, Severity
from views import declare_form as declare
from views import incident_forms as ids
from views import role_forms, time_form
from views import turn_forms as turns
from views.inputs import Field
from views.note_form import NOTE

LONGEST_DESCRIPTION, LONGEST_FIELD, LONGEST_REASON = 2000, 1500, 300

IN_THE_FUTURE = "That is in the future."
NOT_A_MEMBER = "That account is not a member. Choose someone who can answer."
_SAY_TITLE = "Say in a few words what is broken: at least 3 letters or digits."
_SAY_NOW = "Say what is happening now; one sentence will do."
_SAY_REASON = "At least 10 letters or digits."

Values = Mapping[str, str]


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

    `moments` are fields with a time, none of which may lie ahead.
    """

    command: Callable[[Values, datetime], c.Command]
    rules: tuple[Rule, ...]
    person: Field | None = None
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
        values |= {drawn_with(name): drawn} if drawn else {}
    return values


def drawn_with(block: str) -> str:
    """Return the name under which it is kept how `block` was drawn."""
    return f"{block} drawn with"


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
    return {block: sentence for block, sentence in found.items() if sentence}


def _complaint(rule: Rule, typed: str) -> str:
    if word_count(typed) < rule.least:
        return rule.thin
    if len(typed) > rule.most:
        return f"{rule.most:,} characters at most; yours has {len(typed):,}."
    return ""


def _declare(values: Values, _now: datetime) -> c.Command:
    return c.Declare(
        title=_read(values, declare.TITLE),
        description=_read(values, declare.DESCRIPTION),
        severity=_severity(values),
        commander=_read(values, declare.COMMANDER) or None,
        started_at=_moment(values, declare.STARTED),
        here=bool(_read(values, declare.HERE)),
    )


def _moment(values: Values, field: Field) -> datetime | None:
    """Return the moment chosen, in UTC; Slack gives seconds since 1970."""
    chosen = _read(values, field)
    return datetime.fromtimestamp(int(chosen), tz=UTC) if chosen else None


def _times(values: Values, _now: datetime) -> c.Command:
    return c.SetTimes(
        started_at=_moment(values, time_form.STARTED),
        detected_at=_moment(values, time_form.DETECTED),
        alerted_at=_moment(values, time_form.ALERTED),
    )


def too_late(reading: Reading, values: Values, now: datetime) -> dict[str, str]:
    """Return that a moment lies ahead, by block id, for each of the form's moments that does."""
    moments = {field.block: _moment(values, field) for field in reading.moments}
    return {block: IN_THE_FUTURE for block, at in moments.items() if at and at > now}


def _severity(values: Values) -> Severity | None:
    """Return the severity the submitted values ask for: they count, whatever the form had time to show."""
    chosen = _read(values, declare.SEVERITY)
    return weighed(
        chosen=Severity(chosen) if chosen else None,
        drawn=values.get(drawn_with(declare.SEVERITY.block), ""),
        ticked=ticks(values),
    )


def ticks(values: Values) -> list[str]:
    """Return the values of the criteria that are ticked."""
    return [value for value in _read(values, declare.CRITERIA).split(",") if value]


def _update(values: Values, _now: datetime) -> c.Command:
    return c.PostUpdate(now=_read(values, ids.NOW), affected=_read(values, ids.AFFECTED), next=_read(values, ids.NEXT))


def _mitigate(values: Values, _now: datetime) -> c.Command:
    return c.Mitigate(words=_read(values, ids.WORDS), still=_read(values, ids.STILL))


def _resolve(values: Values, _now: datetime) -> c.Command:
    return c.Resolve(
        words=_read(values, ids.WORDS),
        affected=_read(values, ids.AFFECTED),
        facilitator=_read(values, ids.FACILITATOR) or None,
    )


def _escalate(values: Values, _now: datetime) -> c.Command:
    return c.Escalate(why=_read(values, ids.WHY), person=_read(values, ids.WHOM) or None)


def _snooze(values: Values, now: datetime) -> c.Command:
    return c.SnoozeUpdates(until=now + timedelta(minutes=int(_read(values, ids.UNTIL))), why=_read(values, ids.WHY))


def _cancel(values: Values, _now: datetime) -> c.Command:
    return c.Cancel(why=_read(values, ids.WHY), reason=CancelReason(_read(values, ids.REASON)))


def _note(values: Values, _now: datetime) -> c.Command:
    return c.AddNote(words=_read(values, NOTE))


def _regrade(values: Values, _now: datetime) -> c.Command:
    return c.ChangeSeverity(severity=Severity(_read(values, turns.GRADE)), why=_read(values, ids.WHY))


def _reopen(values: Values, _now: datetime) -> c.Command:
    return c.Reopen(why=_read(values, ids.WHY))


def _take_role(values: Values, _now: datetime) -> c.Command:
    return c.TakeRole(role=_role(values))


def _give_role(values: Values, _now: datetime) -> c.Command:
    return c.GiveRole(role=_role(values), person=_read(values, role_forms.HOLDER))


def _role(values: Values) -> Role:
    return Role(_read(values, role_forms.ROLE).replace("_", " "))


def _read(values: Values, field: Field) -> str:
    return values.get(field.block, "")


def _words(thin: str) -> Rule:
    return Rule(field=ids.WORDS, most=LONGEST_FIELD, least=MIN_TITLE, thin=thin)


_REASON = Rule(field=ids.WHY, most=LONGEST_REASON, least=MIN_REASON, thin=_SAY_REASON)
_ROLE = Rule(field=role_forms.ROLE, most=40)
_AFFECTED = Rule(field=ids.AFFECTED, most=LONGEST_FIELD)

READINGS: Mapping[str, Reading] = {
    "form.declare": Reading(
        command=_declare,
        rules=(
            Rule(field=declare.TITLE, most=3000, least=MIN_TITLE, thin=_SAY_TITLE),
            Rule(field=declare.DESCRIPTION, most=LONGEST_DESCRIPTION),
        ),
        person=declare.COMMANDER,
        moments=(declare.STARTED,),
    ),
    "form.update": Reading(
        command=_update,
        rules=(
            Rule(field=ids.NOW, most=LONGEST_FIELD, least=1, thin=_SAY_NOW),
            _AFFECTED,
            Rule(field=ids.NEXT, most=LONGEST_FIELD),
        ),
    ),
    "form.mitigate": Reading(
        command=_mitigate,
        rules=(
            _words("Say what stopped the harm: at least 3 letters or digits."),
            Rule(field=ids.STILL, most=LONGEST_FIELD),
        ),
    ),
    "form.resolve": Reading(
        command=_resolve,
        rules=(_words("Say what fixed it: at least 3 letters or digits."), _AFFECTED),
    ),
    "form.escalate": Reading(command=_escalate, rules=(_REASON,), person=ids.WHOM),
    "form.snooze": Reading(command=_snooze, rules=(_REASON,)),
    "form.cancel": Reading(command=_cancel, rules=(_REASON,)),
    "form.note": Reading(
        command=_note, rules=(Rule(field=NOTE, most=LONGEST_NOTE, least=1, thin="Say what to put on the timeline."),)
    ),
    "form.severity": Reading(command=_regrade, rules=(Rule(field=ids.WHY, most=LONGEST_REASON),)),
    "form.reopen": Reading(command=_reopen, rules=(_REASON,)),
    "form.take_role": Reading(command=_take_role, rules=(_ROLE,)),
    "form.times": Reading(command=_times, rules=(Rule(field=time_form.STARTED, most=20),), moments=time_form.ALL),
    "form.give_role": Reading(command=_give_role, rules=(_ROLE,), person=role_forms.HOLDER),
}
"""How each form is read, by its callback id."""
