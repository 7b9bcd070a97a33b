"""The severity file: what each severity demands, and by when (G3)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.policy.business import BusinessHours, BusinessSpan
from bot.policy.durations import BUSINESS, NEXT_SPRINT
from bot.policy.duty import read_business_hours
from bot.policy.model import Allowance, CallRules, PageStep, PolicyFile, SeverityRules, Sprint, UpdateLadder, WarnRule
from bot.policy.reading import Reading, nearest
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import ClockKind, Severity

FILE = "severity.yaml"
DEADLINES = (ClockKind.ACKNOWLEDGE, ClockKind.COMMANDER, ClockKind.MITIGATE, ClockKind.RESOLVE)

UNANSWERED_AFTER = timedelta(minutes=10)

_LONGEST_CRITERION = 75  # a Slack limit: the text of one checkbox
_MOST_CRITERIA = 8
_TOP = ("default", "headline_after", "sprint", "due_soon", "update_ladder", "severities")
_SEVERITY = ("name", "definition", "criteria", "paging", "updates", "postmortem")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityFile:
    """What the severity file says."""

    head: PolicyFile
    default: Severity
    severities: Mapping[Severity, SeverityRules]
    warn: WarnRule
    ladder: UpdateLadder
    headline_after: timedelta
    calls: CallRules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """What spans that are no plain ones are measured by; `hours` None where policy names no business hours."""

    sprint: Sprint
    hours: BusinessHours | None


def read_severity(*, reading: Reading, root: Spot, broadcasts: Mapping[str, str]) -> SeverityFile:
    """Return what the severity file at `root` says; `broadcasts` are channels by severity; mistakes are noted."""
    at = reading.fields(root, required=(*HEAD, *_TOP), optional=("calls", "business_hours"))
    severities = reading.fields(at.get("severities"), required=tuple(Severity))
    spans = _Spans(
        sprint=_sprint(reading, at.get("sprint")),
        hours=read_business_hours(reading=reading, spot=at.get("business_hours")),
    )
    return SeverityFile(
        head=read_head(reading=reading, name=FILE, at=at),
        default=_default(reading, at.get("default")),
        severities={
            severity: _rules(reading, severity, severities.get(severity), spans, broadcasts.get(severity))
            for severity in Severity
        },
        warn=_warn(reading, at.get("due_soon")),
        ladder=_ladder(reading, at.get("update_ladder")),
        headline_after=reading.duration(at.get("headline_after")),
        calls=_calls(reading, at.get("calls")),
    )


def _calls(reading: Reading, spot: Spot | None) -> CallRules:
    """Return what becomes of a call nobody answers; ten minutes where the file says nothing of calls."""
    if spot is None:
        return CallRules(unanswered_after=UNANSWERED_AFTER)
    at = reading.fields(spot, required=("unanswered_after",))
    return CallRules(unanswered_after=reading.duration(at.get("unanswered_after")))


def _default(reading: Reading, spot: Spot | None) -> Severity:
    said = reading.text(spot)
    if said in tuple(Severity):
        return Severity(said)
    if said:
        reading.refuse(spot, allowed=f"a severity: {nearest(word=said, known=Severity)}")
    return Severity.SEV1


def _sprint(reading: Reading, spot: Spot | None) -> Sprint:
    at = reading.fields(spot, required=("starts", "days"))
    return Sprint(starts=reading.day(at.get("starts")), days=reading.number(at.get("days"), least=1, most=60))


def _warn(reading: Reading, spot: Spot | None) -> WarnRule:
    at = reading.fields(spot, required=("short_upto", "short_before", "share", "at_most"))
    return WarnRule(
        short_upto=reading.duration(at.get("short_upto")),
        short_before=reading.duration(at.get("short_before")),
        share=reading.share(at.get("share")),
        at_most=reading.duration(at.get("at_most")),
    )


def _ladder(reading: Reading, spot: Spot | None) -> UpdateLadder:
    spans = ("heads_up_before", "commander_after", "contact_after")
    at = reading.fields(spot, required=(*spans, "backoff_after_misses", "backoff"))
    return UpdateLadder(
        heads_up_before=reading.duration(at.get("heads_up_before")),
        commander_after=reading.duration(at.get("commander_after")),
        contact_after=reading.duration(at.get("contact_after")),
        backoff_after_misses=reading.number(at.get("backoff_after_misses"), least=1, most=20),
        backoff=tuple(reading.duration(pause) for pause in reading.items(at.get("backoff"))),
    )


def _rules(
    reading: Reading, severity: Severity, spot: Spot | None, spans: _Spans, broadcast: str | None
) -> SeverityRules:
    at = reading.fields(spot, required=_SEVERITY, optional=(*DEADLINES, "escalate_if_not_mitigated"))
    paging = reading.fields(at.get("paging"), required=("steps", "escalation_contact"), optional=("nobody_after",))
    nudging = ("no_change_in_row", "snooze_at_most", "snoozes_in_row")
    updates = reading.fields(at.get("updates"), required=nudging, optional=("every",))
    postmortem = reading.fields(at.get("postmortem"), required=("text",), optional=("within",))
    called = at.get("escalate_if_not_mitigated")
    return SeverityRules(
        severity=severity,
        name=reading.text(at.get("name"), at_most=40),
        definition=reading.text(at.get("definition")),
        criteria=tuple(
            reading.text(one, at_most=_LONGEST_CRITERION)
            for one in reading.items(at.get("criteria"), most=_MOST_CRITERIA)
        ),
        clocks={kind: _allowance(reading, at[kind], spans) for kind in DEADLINES if kind in at},
        update_every=reading.duration_if_any(updates.get("every")),
        pages=tuple(_step(reading, step) for step in reading.items(paging.get("steps"))),
        nobody_after=reading.duration_if_any(paging.get("nobody_after")),
        escalation=tuple(reading.contact(one, filled=True) for one in reading.items(called)),
        escalation_contact=reading.contact(paging.get("escalation_contact"), filled=True),
        broadcast=broadcast,
        no_change_in_row=reading.number(updates.get("no_change_in_row"), least=0, most=20),
        snooze_at_most=reading.duration(updates.get("snooze_at_most")),
        snoozes_in_row=reading.number(updates.get("snoozes_in_row"), least=0, most=20),
        postmortem_within=reading.duration_if_any(postmortem.get("within")),
        postmortem=reading.text(postmortem.get("text")),
    )


def _allowance(reading: Reading, spot: Spot, spans: _Spans) -> Allowance:
    said = spot.value
    if said == NEXT_SPRINT:
        return spans.sprint
    if not (isinstance(said, str) and said.endswith(BUSINESS)):
        return reading.duration(spot)
    span = reading.duration(replace(spot, value=said.removesuffix(BUSINESS)))
    if spans.hours is None:
        reading.refuse(spot, allowed="possible without `business_hours`")
        return span
    return BusinessSpan(span=span, hours=spans.hours)


def _step(reading: Reading, spot: Spot) -> PageStep:
    at = reading.fields(spot, required=("after", "contact", "way"))
    way = reading.number(at.get("way"), least=1, most=5)
    return PageStep(
        after=reading.duration(at.get("after"), or_zero=True),
        contact=reading.contact(at.get("contact"), way=way),
        way=way,
    )
