"""Every refusal the code can give, each with the longest words that may stand in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.incident.history.exceptions import ExceptionStanding, PolicyException
from bot.incident.history.grades import Merger
from bot.incident.reading.readings import Filter
from bot.incident.refusing import access_refusals as access
from bot.incident.refusing import authority_refusals as authority
from bot.incident.refusing import exception_refusals as excepting
from bot.incident.refusing import flood_refusals as flood
from bot.incident.refusing import following_refusals as following
from bot.incident.refusing import handover_refusals as handing
from bot.incident.refusing import note_refusals as notes
from bot.incident.refusing import oncall_refusals as duty
from bot.incident.refusing import paging_refusals as paging
from bot.incident.refusing import policy_refusals as policies
from bot.incident.refusing import reading_refusals as reading
from bot.incident.refusing import refusals as r
from bot.incident.refusing import role_refusals as roles
from bot.incident.refusing import seat_refusals as seats
from bot.incident.refusing import sharing_refusals as sharing
from bot.incident.refusing import staffing_refusals as staffing
from bot.incident.refusing import suggestion_refusals as kept
from bot.incident.refusing import time_refusals as times
from bot.incident.refusing import turn_refusals as turns
from bot.incident.refusing import type_refusals as types
from bot.incident.refusing.refusals import Refused
from bot.policy.rulebook import Phase
from bot.policy.telling import tell_anyone
from bot.words import Act, Role, Severity, Status
from handlers.answers import form_not_opened
from tests.views.pictures import ADA, IRIS, LENA, LONG, MIA, NOOR, POLICY, SAM, at
from tests.views.stories import acknowledged, mitigated, resolved

LEADERS = (NOOR, SAM, MIA, LENA)
WORD = "x" * 200


def every_refusal() -> list[Refused]:
    """Return at least one refusal of every number."""
    return [
        *_of_status(),
        *_of_people(),
        *_of_words(),
        *_of_turns(),
        *_of_command(),
        *_of_duty(),
        *_of_policy(),
        *_of_times(),
        *_of_access(),
        *_of_authority(),
        *_of_types(),
        *_of_exceptions(),
        *_of_sharing(),
    ]


def _of_status() -> Iterator[Refused]:
    incident = replace(resolved().incident, number=99_999)
    yield r.wrong_status(incident, done="given another severity", now=at(9_999))
    yield seats.lost_race(acknowledged().incident, now=at(5))
    yield seats.stale_dialog(incident)
    yield authority.no_commander(incident, kept="Rolling back")
    yield r.unknown_incident(99_999)
    yield r.which_one(range(99_990, 99_999), verb=WORD)
    yield r.cannot_cancel(mitigated().incident)
    yield r.no_change_used_up(incident, in_row=2)
    yield r.no_cadence(incident)
    yield r.nothing_asked(incident)
    yield paging.YOURSELF
    yield flood.too_many(99_999, declared=200, wait=timedelta(seconds=20))
    yield flood.too_soon(99_999, left=timedelta(seconds=19))
    yield r.declared_already(99_999, title=LONG[:100], ago="1 min 59 s")
    yield r.everyone_called(incident)
    yield r.snooze_used_up(Severity.SEV1, in_row=2, longest="30 min")
    yield kept.outlived(incident, kept="")
    merged = Merger(into=99_998, at=at(5), by=NOOR)
    yield kept.outlived(replace(incident, status=Status.MERGED, merged=merged), kept="")
    yield kept.changed_meanwhile(incident)
    yield kept.EXPIRED
    yield form_not_opened(Act.POST_UPDATE, kept="")


def _of_people() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    yield authority.updates_not_yours(incident, lead=IRIS, kept="Rolling back")
    yield r.not_allowed(doing=f"Raising the severity of {incident.ref}", who=(ADA, *LEADERS))
    yield from (r.OUTSIDER, r.guest("+49 30 23125 100"), r.APP, r.COPIED_CARD, r.SOMEONE_ELSES_FORM)
    yield r.not_a_person(WORD)
    yield r.unfit(MIA, choose=LEADERS, cannot=f"be {Role.COMMUNICATIONS_LEAD}")
    yield seats.already_commands(incident)
    yield seats.not_yours_to_hand_over(incident)
    yield roles.no_such_role(WORD)
    yield roles.role_held(incident, Role.COMMUNICATIONS_LEAD)
    yield from _of_staffing()


def _of_staffing() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    could = (ADA, *LEADERS, IRIS)
    for mine in (True, False):
        yield staffing.must_differ(
            incident,
            Role.COMMANDER,
            beside=Role.COMMUNICATIONS_LEAD,
            person=NOOR,
            mine=mine,
            could=could,
            leads=True,
        )
    yield staffing.until_when(WORD[:40])
    yield staffing.lend_command()
    yield staffing.too_long_role(timedelta(days=7))
    yield from (staffing.last_accountable(incident, leaving=role) for role in (Role.COMMANDER, Role.DEPUTY))


def _of_command() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    yield handing.nothing_to_hand_over(incident)
    yield handing.offer_gone(incident, ended_at=at(15))
    yield handing.nothing_offered(incident)
    yield handing.offered_to_yourself(incident)
    yield handing.time_past()


def _of_duty() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    teams = POLICY.people.teams
    yield duty.no_such_team(WORD, teams)
    yield duty.nobody_on_call(teams[-1])
    yield duty.no_ways(owner="Platform Governance")
    yield duty.paged_lately(timedelta(minutes=4), every=timedelta(minutes=10))
    yield following.follows_already(incident)
    yield following.follows_not(incident)
    yield following.too_many_follow(incident, most=50)


def _of_times() -> Iterator[Refused]:
    incident = replace(mitigated().incident, number=99_999)
    yield times.too_long_ago(incident)
    yield times.which_time(WORD[:40])
    yield times.started_after_mitigated(incident, at(26))
    yield turns.merge_test(incident)


def _of_policy() -> Iterator[Refused]:
    yield policies.not_the_board(LEADERS[:2])
    yield policies.not_for_you(LEADERS)
    said = tell_anyone(POLICY, WORD[:40])
    yield policies.policy_is_silent(said if isinstance(said, str) else "")
    yield policies.nothing_proposed(in_force="2.0.0")
    yield policies.proposal_gone(newest="2.1.0 (a1b2c3)")


def _of_words() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    yield r.unknown_verb(WORD, nearest="mitigate", means=Act.MITIGATE)
    yield r.unknown_verb(WORD, nearest=None)
    yield r.REASON_TOO_THIN
    yield r.no_such_severity(WORD)
    yield reading.nothing_called(WORD, what="part of a timeline", allowed=Filter)
    yield r.say_what(3, what="which incident it goes on as, such as `merge 40`")
    yield r.too_long(2000, has=10_000)
    yield notes.in_the_future(kept="")
    yield notes.before_declared(incident, kept="")
    yield notes.nothing_to_correct(f"status update 9 of {incident.ref}", kept="")
    yield notes.not_your_note(9)
    yield notes.withdrawn_already(9)
    yield notes.forwarded_from_private(99_999)


def _of_turns() -> Iterator[Refused]:
    incident, other = replace(acknowledged().incident, number=99_999), replace(mitigated().incident, number=99_998)
    yield turns.lowering_not_yours(Severity.SEV1, to=Severity.SEV3, who=LEADERS, kept="")
    yield turns.severity_moved(incident)
    yield turns.cannot_close(incident)
    yield turns.merge_into_itself(incident)
    yield turns.merge_private_into_open(incident, other, people=99)
    yield turns.merge_asks(incident, other, people=99)
    yield turns.merge_moved(incident, other, people=99)
    gone = Merger(into=99_998, at=at(5), by=NOOR)
    yield turns.goes_on_elsewhere(incident, gone, now=at(5) + timedelta(hours=2))


def _of_sharing() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    yield sharing.read_by_nobody_else(incident)
    yield sharing.withheld_already(incident)


def _of_access() -> Iterator[Refused]:
    incident = acknowledged().incident
    yield access.too_long_access()
    yield access.not_private(incident)
    yield access.in_it_already(incident, NOOR)
    yield access.no_such_access(incident, NOOR)
    yield access.classified_already(incident)
    yield access.no_room_yet(incident)
    yield access.no_such_classification(WORD[:40])


def _of_authority() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    many = (*LEADERS, IRIS, ADA)
    yield authority.nobody_to_post(incident, who=many, kept="Rolling back")
    yield authority.not_called_to_it(doing=f"Taking command of {incident.ref}", who=many)
    yield authority.confirming_not_yours(incident, who=many)
    yield authority.nothing_to_confirm(incident)


def _of_types() -> Iterator[Refused]:
    incident = replace(resolved().incident, number=99_999)
    kind = POLICY.types["unconsented_data_flow"]
    yield types.no_such_type(incident, WORD, nearest="unconsented_data_flow", policy=POLICY)
    yield types.no_such_type(incident, WORD, nearest=None, policy=POLICY)
    yield types.type_already(incident, kind)
    yield types.no_such_phase(incident, Phase.ERADICATE, known=tuple(Phase)[:5], kept=WORD)
    yield types.no_such_phase(incident, Phase.ERADICATE, known=(Phase.REVIEW,), kept=WORD)
    yield types.no_such_phase(incident, Phase.ERADICATE, known=(), kept=WORD)
    yield types.say_what_was_done(Phase.ERADICATE, (WORD, WORD), kept="")
    yield types.done_already(incident, Phase.ERADICATE, at=at(5))
    yield types.below_floor(incident, kind, kept=WORD)
    yield types.too_open(incident, kind)


def _of_exceptions() -> Iterator[Refused]:
    incident = replace(acknowledged().incident, number=99_999)
    one = PolicyException(
        number=99, asked_by=NOOR, why=WORD, until=at(99), asked=(LENA,), answered_by=LENA, answered_at=at(5)
    )
    yield excepting.not_the_boards(incident, LEADERS[:2])
    yield excepting.no_such_exception(incident, 99, doing="holds")
    yield excepting.no_such_exception(incident, None, doing="waits for an answer")
    yield excepting.which_exception(incident, [one] * 9, verb="decline")
    yield excepting.answered_already(incident, replace(one, standing=ExceptionStanding.APPROVED))
    yield excepting.outlasted(incident, one)
    yield excepting.your_own_request(incident, one, LEADERS)
    yield excepting.until_too_far(92)
