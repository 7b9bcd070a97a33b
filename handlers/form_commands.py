"""What a filled-in form asks for: its values become a command."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.incident import commands as c
from bot.incident.model import CancelReason
from bot.incident.rules.suggesting import kept_private, weighed
from bot.words import Classification, Role, Severity
from views import classify_form as classing
from views import declare_form as alarm
from views import declare_seen as seeing
from views import handover_forms as handing
from views import incident_forms as ids
from views import role_forms, time_form
from views import turn_forms as turns
from views.inputs import Field
from views.note_form import NOTE
from views.page_form import PAGED

Values = Mapping[str, str]


def declare(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that raises an alarm."""
    return c.Declare(
        title=read(values, alarm.TITLE),
        description=read(values, alarm.DESCRIPTION),
        severity=severity(values),
        commander=read(values, alarm.COMMANDER) or None,
        started_at=moment(values, alarm.STARTED),
        here=bool(read(values, alarm.HERE)),
        is_private=kept_private(
            chosen=read(values, seeing.SEEN), drawn=values.get(drawn_with(seeing.SEEN.block), ""), ticked=ticks(values)
        ),
    )


def moment(values: Values, field: Field) -> datetime | None:
    """Return the moment chosen, in UTC; Slack gives seconds since 1970."""
    chosen = read(values, field)
    return datetime.fromtimestamp(int(chosen), tz=UTC) if chosen else None


def times(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that says when it really began."""
    return c.SetTimes(
        started_at=moment(values, time_form.STARTED),
        detected_at=moment(values, time_form.DETECTED),
        alerted_at=moment(values, time_form.ALERTED),
    )


def severity(values: Values) -> Severity | None:
    """Return the severity the submitted values ask for: they count, whatever the form had time to show."""
    chosen = read(values, alarm.SEVERITY)
    return weighed(
        chosen=Severity(chosen) if chosen else None,
        drawn=values.get(drawn_with(alarm.SEVERITY.block), ""),
        ticked=ticks(values),
    )


def ticks(values: Values) -> list[str]:
    """Return the values of the criteria that are ticked."""
    return [value for value in read(values, alarm.CRITERIA).split(",") if value]


def update(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that posts a status update."""
    return c.PostUpdate(now=read(values, ids.NOW), affected=read(values, ids.AFFECTED), next=read(values, ids.NEXT))


def mitigate(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that says that the harm has stopped."""
    return c.Mitigate(words=read(values, ids.WORDS), still=read(values, ids.STILL))


def resolve(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that says that it is over."""
    return c.Resolve(
        words=read(values, ids.WORDS),
        affected=read(values, ids.AFFECTED),
        facilitator=read(values, ids.FACILITATOR) or None,
    )


def escalate(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that calls somebody in."""
    return c.Escalate(why=read(values, ids.WHY), person=read(values, ids.WHOM) or None)


def page(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that pages one person."""
    return c.PagePerson(person=read(values, PAGED), why=read(values, ids.WHY))


def snooze(values: Values, now: datetime) -> c.Command:
    """Return the command of the form that silences the nudges."""
    return c.SnoozeUpdates(until=now + timedelta(minutes=int(read(values, ids.UNTIL))), why=read(values, ids.WHY))


def cancel(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that calls a false alarm off."""
    return c.Cancel(why=read(values, ids.WHY), reason=CancelReason(read(values, ids.REASON)))


def note(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that puts a note on the timeline."""
    return c.AddNote(words=read(values, NOTE))


def regrade(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that changes the severity."""
    return c.ChangeSeverity(severity=Severity(read(values, turns.GRADE)), why=read(values, ids.WHY))


def suggest(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that suggests another severity."""
    return c.SuggestSeverity(severity=Severity(read(values, turns.GRADE)), why=read(values, ids.WHY))


def classify(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that says who may see it."""
    return c.Classify(to=Classification(read(values, classing.TO)), why=read(values, ids.WHY))


def exception(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that asks for an exception."""
    return c.AskException(why=read(values, ids.WHY), until=moment(values, ids.UNTIL))


def decline_exception(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that declines one; its handle says which."""
    return c.DeclineException(why=read(values, ids.WHY))


def reopen(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that opens it again."""
    return c.Reopen(why=read(values, ids.WHY))


def offer(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that offers command."""
    return c.OfferCommand(
        person=read(values, handing.TO_WHOM),
        brief=read(values, handing.BRIEF),
        watch=read(values, handing.WATCH),
        until=until(values),
    )


def until(values: Values) -> datetime | None:
    """Return when command is to come back; what was chosen counts, whatever the form had time to show."""
    return moment(values, handing.UNTIL) if read(values, handing.SPAN) == handing.UNTIL_A_TIME else None


def answer(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that answers an offer of command."""
    accepts = read(values, handing.ANSWER) == handing.ACCEPTS
    return c.AcceptCommand() if accepts else c.DeclineCommand(why=read(values, ids.WHY))


def take_role(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that takes a role."""
    return c.TakeRole(role=role(values))


def give_role(values: Values, _now: datetime) -> c.Command:
    """Return the command of the form that gives a role."""
    return c.GiveRole(role=role(values), person=read(values, role_forms.HOLDER))


def role(values: Values) -> Role:
    """Return the role chosen."""
    return Role(read(values, role_forms.ROLE).replace("_", " "))


def read(values: Values, field: Field) -> str:
    """Return what stands in `field`, empty when nothing does."""
    return values.get(field.block, "")


def drawn_with(block: str) -> str:
    """Return the name under which it is kept how `block` was drawn."""
    return f"{block} drawn with"
