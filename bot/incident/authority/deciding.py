"""Deciding who may: one pure answer for a principal, a right and an incident, which is no unless something says yes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.incident import commands as c
from bot.incident.authority.parties import of_part, of_party, standing_in
from bot.incident.authority.rights import Right, right_of
from bot.incident.authority.standing import Standing
from bot.incident.authority.table import RULES, Part, Rule
from bot.incident.context import Actor, Context
from bot.incident.model import Incident
from bot.incident.sight import is_asked, may_see
from bot.policy.rulebook import Activity, Duty, Party
from bot.words import ActorKind


class Reason(StrEnum):
    """Why something was denied, for the record."""

    EXTERNAL = "external"
    GUEST = "guest"
    APP = "app"
    DEACTIVATED = "deactivated"
    HIDDEN = "hidden"
    NO_DUTY = "no_duty"
    OWN_ALARM = "own_alarm"


_BARRED = {
    Standing.EXTERNAL: Reason.EXTERNAL,
    Standing.GUEST: Reason.GUEST,
    Standing.APP: Reason.APP,
    Standing.DEACTIVATED: Reason.DEACTIVATED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """By what somebody has a right: a `duty` in `activity` as `party`, or `part`, what they are besides."""

    activity: Activity | None = None
    duty: Duty | None = None
    party: Party | None = None
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A yes, and by what."""

    right: Right
    grounds: Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A no: the `reason`, and what the person has in that activity instead (their C or I), if anything."""

    right: Right
    reason: Reason
    has: tuple[Grounds, ...] = ()


Access = Allowed | Denied


def decide_access(*, principal: Actor, act: Right, resource: Incident | None, context: Context) -> Access:
    """Return whether `principal` may do `act` to `resource` (None: an incident that does not exist yet) (G2.1).

    In this order: who they are to the workspace, whether they may know of the incident, what the duties say. The
    clock, Tocsin itself and the operator at a shell are no parties of the duties, and may.
    """
    if principal.kind is not ActorKind.PERSON:
        return Allowed(right=act, grounds=Grounds(part=principal.kind.value))
    barred = _BARRED.get(principal.standing)
    if barred:
        return Denied(right=act, reason=barred)
    if resource and not _may_know(act, resource, context, principal):
        return Denied(right=act, reason=Reason.HIDDEN)
    if act is Right.CONFIRM and resource and resource.awaiting and resource.awaiting.raised_by == principal.id:
        return Denied(right=act, reason=Reason.OWN_ALARM)
    return _by_duty(principal.id, act, resource, context)


def _may_know(act: Right, incident: Incident, context: Context, principal: Actor) -> bool:
    """Return whether the incident exists for somebody; the Board answers what it was asked without seeing more."""
    is_answer = act is Right.ANSWER_EXCEPTION and is_asked(incident, principal.id)
    return is_answer or may_see(incident, principal, here=context.here)


def _by_duty(person: str, act: Right, incident: Incident | None, context: Context) -> Access:
    rule = RULES[act]
    for found, grounds in _grounds(rule, incident, context):
        if found in {person, None}:
            return Allowed(right=act, grounds=grounds)
    has = duties_of(rule.activity, person, incident, context) if rule.activity else ()
    return Denied(right=act, reason=Reason.NO_DUTY, has=has)


def access_to(command: c.Command, incident: Incident, context: Context) -> Access:
    """Return whether the one who asks may ask `command` of `incident`."""
    act = right_of(command, incident, context)
    return decide_access(principal=context.actor, act=act, resource=incident, context=context)


def who_may(act: Right, incident: Incident | None, context: Context) -> tuple[str, ...]:
    """Return everybody who has the right, by Slack user id, in the order to name them."""
    rule = RULES[act]
    first = of_part(Part.DECLARER, incident, context) if Part.DECLARER in rule.also else ()
    people = dict.fromkeys((*first, *(person for person, _ in _grounds(rule, incident, context) if person)))
    raiser = incident.awaiting.raised_by if act is Right.CONFIRM and incident and incident.awaiting else ""
    return tuple(person for person in people if person != raiser)


def may(act: Right, incident: Incident | None, context: Context) -> bool:
    """Return whether the one who asks has the right."""
    found = decide_access(principal=context.actor, act=act, resource=incident, context=context)
    return isinstance(found, Allowed)


def _grounds(rule: Rule, incident: Incident | None, context: Context) -> Iterator[tuple[str | None, Grounds]]:
    """Return each person with what gives them the right, None for anybody: the duties of GOV-001 come first."""
    if rule.activity:
        yield from _acting(rule, rule.activity, incident, context)
    for part in rule.also:
        yield from _of_part(part, incident, context)


def _of_part(part: Part, incident: Incident | None, context: Context) -> Iterator[tuple[str | None, Grounds]]:
    people: tuple[str | None, ...] = of_part(part, incident, context)
    anybody = part in {Part.MEMBER, Part.THEIRS}
    yield from ((person, Grounds(part=part.value)) for person in ((None,) if anybody else people))


def _acting(
    rule: Rule, activity: Activity, incident: Incident | None, context: Context
) -> Iterator[tuple[str, Grounds]]:
    acting = [(party, duty) for party, duty in _cells(activity, context) if duty.may_act]
    for party, duty in acting:
        for person in of_party(party, incident, context):
            yield person, Grounds(activity=activity, duty=duty, party=party)
    for party, duty in acting if rule.on_call else ():
        for person in standing_in(context.policy.raci.parties[party], context):
            yield person, Grounds(activity=activity, duty=duty, party=party, part=Part.ON_CALL.value)


def duties_of(activity: Activity, person: str, incident: Incident | None, context: Context) -> tuple[Grounds, ...]:
    """Return every duty that `person` has in an activity, and as which party (G2)."""
    return tuple(
        Grounds(activity=activity, duty=duty, party=party)
        for party, duty in _cells(activity, context)
        if person in of_party(party, incident, context)
    )


def _cells(activity: Activity, context: Context) -> Iterator[tuple[Party, Duty]]:
    row = context.policy.raci.activities[activity]
    yield from ((party, duty) for party in context.policy.raci.parties for duty in row.duties[party])
