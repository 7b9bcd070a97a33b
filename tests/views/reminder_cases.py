"""Every message that asks for an act or tells of one: clocks, the update ladder, calls, updates and ends."""

from dataclasses import replace
from functools import cache

from bot.incident import commands as c
from bot.incident.model import RoleHolding
from bot.incident.reacting.effects import CHANNEL, GOVERNANCE, INCIDENTS, LEADERSHIP, Json, Words, broadcast, dm
from bot.words import Role, Severity, Status
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import ADA, DECLARED, IRIS, LENA, MIA, NOOR, SAM, Story, at, declare
from tests.views.stories import (
    acknowledged,
    cancelled,
    changed,
    handed_round,
    mitigated,
    no_commander,
    played,
    resolved,
)

LOOKING = c.PostUpdate(now="Rolling back, errors falling.", affected="EU card payments", next="Verify at 14:20")


def due(kind: str, minutes: float) -> list[Json]:
    """Return one clock as a reminder carries it."""
    return [{"kind": kind, "due_at": at(minutes).isoformat()}]


def clock_cases() -> Cases:
    """Return what falls due in a channel, alone and together."""
    yield "soon", told(declare().clock(3), "clocks")
    yield "soon in a test", told(played(3), "clocks")
    yield "missed in a test", told(played(5), "clocks")
    yield "mitigate in a test", told(played(2, 5, 15, 30), "clocks")
    yield "nobody to call in a test", fresh("clocks", played(), {"missed": due("mitigate", 30)})
    both = declare().clock(2, 3, 5)
    missed = told(both, "clocks", place=CHANNEL)
    yield "missed-both", missed
    yield "missed-both-for-leadership", told(both, "clocks", place=LEADERSHIP)
    yield "missed-then-acknowledged", replace(missed, picture=handed_round().picture, first=False)
    yield "missed-then-commanded", replace(missed, picture=acknowledged().picture, first=False)
    yield "missed-then-over", replace(missed, picture=resolved().picture, first=False)
    late = declare().clock(2, 3, 5).does(NOOR, 7, c.TakeCommand())
    yield "missed-then-commanded-late", replace(missed, picture=late.picture, first=False)
    soon = told(declare().clock(3), "clocks", place=CHANNEL)
    yield "soon-then-acknowledged", replace(soon, picture=handed_round().picture, first=False)
    yield "soon-then-commanded", replace(soon, picture=acknowledged().picture, first=False)
    yield "soon-then-cancelled", replace(soon, picture=cancelled().picture, first=False)
    yield "missed-first-drawn-after-cancelled", replace(missed, picture=cancelled().picture)
    yield "commander-only", told(handed_round().clock(5), "clocks", place=CHANNEL)
    alone: Words = {"missed": due("acknowledge", 60), "called": [], "paged": None}
    yield "acknowledge-only", fresh("clocks", declare(Severity.SEV3), alone)
    late = acknowledged().clock(15, 24, 30)
    stopped = acknowledged().clock(15, 24, 30).does(NOOR, 41, c.Mitigate(words="Rolled back."))
    yield "mitigate-late", told(late, "clocks", place=CHANNEL, later=stopped)
    yield "mitigate", told(late, "clocks", place=CHANNEL)
    yield "mitigate-for-leadership", told(late, "clocks", place=LEADERSHIP)
    yield "mitigate-nobody-called", fresh("clocks", late, {"missed": due("mitigate", 30), "called": []})
    yield "mitigate-one-called", fresh("clocks", late, {"missed": due("mitigate", 30), "called": [MIA]})
    yield "resolve-and-soon", fresh("clocks", late, {"missed": due("resolve", 240), "soon": due("mitigate", 30)})
    yield "soon-no-longer-awaited", fresh("clocks", late, {"soon": due("acknowledge", 5)})
    nobody = changed(acknowledged(), seat=None)
    unasked = fresh("clocks", declare(Severity.SEV3), {"soon": due("commander", 5)})
    yield "soon-not-asked-any-more", replace(unasked, first=False)
    yield "resolve-nobody-commands", fresh("clocks", nobody, {"missed": due("resolve", 240)})
    no_clock: Words = {"missed": [*due("acknowledge", 5), *due("commander", 5), *due("mitigate", 30)]}
    yield "no-such-clock", _without_clocks(fresh("clocks", declare(), no_clock))
    yield "update-without-cadence", fresh("clocks", declare(Severity.SEV3), {"missed": due("update", 15)})
    yield from _nudges()


def _without_clocks(case: Case) -> Case:
    assert case.picture
    return replace(case, picture=replace(case.picture, clocks=()))


def _nudges() -> Cases:
    nudged = acknowledged().clock(15)
    yield "update-due", told(nudged, "clocks")
    again = acknowledged().does(NOOR, 5, LOOKING).clock(20)
    yield "update-due-again", told(again, "clocks")
    yield "update-due-nobody-commands", told(no_commander().clock(5, 15), "clocks", place=CHANNEL)
    yield "update-backing-off", told(acknowledged(Severity.SEV2).clock(15, 20, 25, 30), "clocks", place=CHANNEL)
    met = acknowledged().clock(15).does(NOOR, 17, LOOKING)
    yield "update-met", told(nudged, "clocks", later=met)
    yield "update-met-before-it-was-sent", replace(told(nudged, "clocks"), picture=met.picture)
    yield "update-over", told(nudged, "clocks", later=cancelled())
    fixed = acknowledged().does(NOOR, 14, c.Resolve(words="Connection pool limit raised."))
    yield "update-over-before-it-was-sent", replace(told(nudged, "clocks"), picture=fixed.picture)


def soon_cases() -> Cases:
    """Return the direct message before a clock is due."""
    early = declare().clock(3)
    yield "acknowledge", told(early, "soon")
    yield "commander", fresh("soon", early, {"soon": due("commander", 5), "person": NOOR}, place=dm(NOOR))
    mitigate = acknowledged().clock(24)
    yield "mitigate", told(mitigate, "soon")
    yield "resolve", fresh("soon", mitigate, {"soon": due("resolve", 240), "person": NOOR}, place=dm(NOOR))
    yield "update", fresh("soon", mitigate, {"soon": due("update", 30), "person": NOOR}, place=dm(NOOR))
    yield "met", told(mitigate, "soon", later=mitigated())
    yield "met-before-it-was-sent", replace(told(mitigate, "soon"), picture=mitigated().picture)
    yield "over", told(early, "soon", later=cancelled())


def ladder_cases() -> Cases:
    """Return every rung of the update ladder, and its done states; each name begins with its view."""
    calm = c.Mitigate(words="Rolled back.")
    rungs = acknowledged().does(NOOR, 5, LOOKING).clock(17, 20).does(NOOR, 22, calm).clock(25, 30)
    met = acknowledged().does(NOOR, 5, LOOKING).clock(17, 20, 25).does(NOOR, 31, LOOKING)
    views = {"update.soon": dm(NOOR), "update.late": dm(NOOR), "update.contact": dm(MIA), "update.climbed": CHANNEL}
    for view, place in views.items():
        asked = told(rungs, view, place=place)
        yield f"{view} asked", replace(asked, now=at(17))
        yield f"{view} asked again", replace(asked, first=False)
        yield f"{view} met", replace(asked, picture=met.picture, first=False)
        yield f"{view} met before it was sent", replace(asked, picture=met.picture, now=at(17))
        yield f"{view} over", replace(asked, picture=resolved().picture, first=False)
    yield "update.climbed for leadership", told(rungs, "update.climbed", place=LEADERSHIP)
    nobody: Words = {"due_at": at(15).isoformat(), "person": None}
    yield "update.climbed nobody behind the contact", fresh("update.climbed", no_commander(), nobody)
    yield "update.contact nobody commands", fresh("update.contact", no_commander(), nobody, place=dm(MIA))
    soon = told(rungs, "update.soon")
    yield "update.soon too late", replace(soon, now=at(21))
    snoozed = acknowledged().does(NOOR, 12, c.SnoozeUpdates(until=at(30), why="vendor call until half past"))
    yield "update.soon snoozed", replace(soon, picture=snoozed.picture, first=False)
    tried = played()
    yield "update.climbed in a test", fresh("update.climbed", tried, {"due_at": at(15).isoformat(), "person": MIA})
    yield "update.late in a test", fresh("update.late", tried, {"due_at": at(15).isoformat(), "person": NOOR})
    yield "update.late nobody to tell", _uncontacted(told(rungs, "update.late"))


def _uncontacted(case: Case) -> Case:
    assert case.picture
    policy = case.picture.policy
    people = replace(policy.people, contacts={})
    return replace(case, picture=replace(case.picture, policy=replace(policy, people=people)))


def call_cases() -> Cases:
    """Return calls for help, and that nobody answered; each name begins with its view."""
    missed = declare().clock(2, 3, 5).does(SAM, 6, c.Acknowledge()).does(SAM, 7, c.TakeCommand()).clock(30)
    yield "called by the clock", told(missed, "called", place=dm(LENA))
    yield "called answered", told(missed, "called", place=dm(MIA), later=missed.does(MIA, 31, c.AnswerCall()))
    by_ada = acknowledged().does(NOOR, 4, LOOKING).does(ADA, 5, c.Escalate(why="need database help"))
    yield "called by a person", told(by_ada, "called")
    yield "called by name", told(acknowledged().does(ADA, 5, c.Escalate(why="need your help", person=IRIS)), "called")
    yield "called nobody commands", told(no_commander().does(ADA, 5, c.Escalate(why="need a commander")), "called")
    secret = acknowledged(private=True).does(ADA, 5, c.Escalate(why="SECRET database help"))
    yield "called private", told(secret, "called")
    yield (
        "called no description",
        told(declare(description="").does(ADA, 5, c.Escalate(why="need some help")), "called"),
    )
    yield "called over", told(by_ada, "called", later=resolved())
    yield "called over before it was sent", replace(told(by_ada, "called"), picture=resolved().picture)
    yield from _nobody_answered()
    yield from _climbing()
    yield from _away()


def _nobody_answered() -> Cases:
    silent = declare().clock(2, 3, 5, 10)
    asked = told(silent, "nobody")
    yield "nobody asked", asked
    yield "nobody elsewhere", replace(asked, place=INCIDENTS)
    yield "nobody told to the declarer", replace(asked, place=dm(ADA))
    yield "nobody told to another", replace(asked, place=dm(NOOR))
    yield "nobody on the list", fresh("nobody", changed(declare(Severity.SEV3), pages=(), seat=None))
    answered = declare().clock(2, 3, 5, 10).does(SAM, 11, c.Acknowledge())
    yield "nobody answered since", replace(asked, picture=answered.picture, first=False)
    yield "nobody answered before it was sent", replace(asked, picture=answered.picture)
    yield "nobody cancelled", replace(asked, picture=cancelled().picture, first=False)


def _climbing() -> Cases:
    """Return calls that nobody answers: the next step, and that there is nobody further."""
    silent = acknowledged(Severity.SEV2).does(ADA, 5, c.Escalate(why="need database help")).clock(15)
    step = told(silent, "clocks", place=CHANNEL)
    yield "clocks next step", step
    yield "called next step", told(silent, "called", place=dm(LENA))
    yield "clocks next step answered", replace(step, picture=_on_it(silent, 16).picture, first=False)
    yield "clocks next step mitigated", replace(step, picture=_waits_for_nobody().picture, first=False)
    yield "clocks next step over", replace(step, picture=resolved().picture, first=False)
    yield "clocks next step over before it was sent", replace(step, picture=resolved().picture)
    both = acknowledged().clock(15, 24, 30, 40, 50)
    top = told(both, "nobody_further")
    yield "nobody_further asked", top
    yield "nobody_further elsewhere", replace(top, place=INCIDENTS)
    yield "nobody_further nobody commands", replace(top, picture=changed(both, seat=None).picture)
    yield "nobody_further answered", replace(top, picture=_on_it(both, 51).picture, first=False)
    yield "nobody_further answered before it was sent", replace(top, picture=_on_it(both, 51).picture)
    yield "nobody_further over", replace(top, picture=resolved().picture, first=False)
    yield "back_and_forth", fresh("back_and_forth", acknowledged(), {"turns": 6, "seconds": 3600}, place=GOVERNANCE)
    late = acknowledged().does(NOOR, 5, LOOKING).clock(17, 20, 25, 30)
    line = told(late, "clocks", place=CHANNEL)
    yield "clocks with a very late update", line
    met = acknowledged().does(NOOR, 5, LOOKING).clock(17, 20, 25, 30).does(NOOR, 31, LOOKING)
    yield "clocks with a very late update met", replace(line, picture=met.picture, first=False)
    yield "clocks with a very late update over", replace(line, picture=resolved().picture, first=False)


def _away() -> Cases:
    """Return what is said once Tocsin is back."""
    gap: Words = {"since": at(2).isoformat(), "until": at(9).isoformat(), "reminders": 0, "pages": 0, "missed": []}
    yield "line.away nothing was due", fresh("line.away", acknowledged(), gap, place=CHANNEL)
    one = {**gap, "reminders": 1, "missed": _passed("update", 5), "more": 0}
    yield "line.away one reminder", fresh("line.away", acknowledged(), one, place=CHANNEL)
    passed = [*_passed("acknowledge", 5), *_passed("commander", 5), *_passed("update", 15), *_passed("mitigate", 30)]
    many = {**gap, "until": at(900).isoformat(), "reminders": 2, "pages": 1, "more": 96}
    many |= {"missed": [*passed, *_passed("contain", 120)]}
    yield "line.away much passed", replace(fresh("line.away", declare(), many, place=CHANNEL), now=at(900))


def _passed(what: str, minutes: float) -> list[Json]:
    return [{"what": what, "due_at": at(minutes).isoformat()}]


def _on_it(story: Story, minutes: float) -> Story:
    return replace(story, told=list(story.told)).does(LENA, minutes, c.AnswerCall())


def _waits_for_nobody() -> Story:
    story = declare(Severity.SEV3).clock(60, 70)
    return story.does(NOOR, 75, c.Acknowledge())


def update_cases() -> Cases:
    """Return status updates as they are read in the channel and in the threads."""
    on_time = acknowledged().does(NOOR, 12, LOOKING)
    for place in (CHANNEL, LEADERSHIP, broadcast("sev1")):
        yield f"on-time {place}", told(on_time, "update", place=place)
    yield "late", told(acknowledged().clock(15).does(NOOR, 19, LOOKING), "update")
    yield "no-change", told(acknowledged().does(NOOR, 12, LOOKING).does(NOOR, 20, c.PostNoChange()), "update")
    unchanged = told(acknowledged().does(NOOR, 12, c.PostNoChange()), "update")
    yield "no-change-without-words", unchanged
    yield "no-change-since", replace(unchanged, words={**unchanged.words, "since": DECLARED.isoformat()})
    late = told(acknowledged().clock(15).does(NOOR, 19, c.PostNoChange()), "update")
    yield "no-change-late", late
    yield "no-cadence", told(acknowledged(Severity.SEV3).does(NOOR, 12, c.PostUpdate(now="Looking.")), "update")
    yield "for-the-commander", told(_stood_in(), "update")
    secret = acknowledged(private=True).does(NOOR, 12, c.PostUpdate(now="SECRET rollback", affected="SECRET buyers"))
    yield "private-inside", told(secret, "update", place=CHANNEL)
    yield "private-leadership", told(secret, "update", place=LEADERSHIP)
    yield "private-dm", replace(told(secret, "update", place=CHANNEL), place=dm(NOOR))
    yield "bare-words", fresh("update", acknowledged(), {"number": 1, "by": NOOR, "now": "Looking"})


def _stood_in() -> Story:
    story = acknowledged()
    held = RoleHolding(role=Role.COMMUNICATIONS_LEAD, person=IRIS, since=at(3), named_by=NOOR)
    return changed(story, roles=(held,)).does(IRIS, 12, LOOKING)


def end_cases() -> Cases:
    """Return mitigated, resolved and cancelled; each name begins with its view."""
    yield "mitigated in time", told(mitigated(), "mitigated", place=CHANNEL)
    yield "mitigated late", told(mitigated(41), "mitigated", place=LEADERSHIP)
    yield "mitigated without words", fresh("mitigated", mitigated(), {"by": NOOR})
    sev4 = acknowledged(Severity.SEV4).does(NOOR, 60, c.Mitigate(words="Alert muted."))
    yield "mitigated sev4", told(sev4, "mitigated", place=CHANNEL)
    yield "mitigated no clocks", _without_clocks(told(mitigated(), "mitigated", place=CHANNEL))
    yield "mitigated private outside", replace(told(mitigated(private=True), "mitigated"), place=LEADERSHIP)
    yield "resolved in time", told(resolved(), "resolved", place=CHANNEL)
    yield "resolved for leadership", told(resolved(), "resolved", place=LEADERSHIP)
    yield "resolved late", told(resolved(310), "resolved", place=CHANNEL)
    yield "resolved private outside", replace(told(resolved(private=True), "resolved"), place=LEADERSHIP)
    bare = acknowledged().clock(15, 30).does(NOOR, 72, c.Resolve(words="Connection pool limit raised."))
    yield "resolved with misses", told(bare, "resolved", place=CHANNEL)
    sev3 = acknowledged(Severity.SEV3).does(NOOR, 60, c.Resolve(words="Alert threshold corrected."))
    yield "resolved without postmortem", told(sev3, "resolved", place=CHANNEL)
    yield "cancelled false alarm", told(cancelled(), "cancelled", place=CHANNEL)
    yield "cancelled private outside", replace(told(cancelled(private=True), "cancelled"), place=INCIDENTS)
    ended = played().does(ADA, 20, c.Cancel(why="everybody saw the card"))
    yield "cancelled test", told(ended, "cancelled")
    yield "cancelled test by itself", told(played().clock(240), "cancelled")
    yield "cancelled bare", fresh("cancelled", changed(declare(), status=Status.CANCELLED), {"by": ADA})


def suggestion_cases() -> Cases:
    """Return what is put to those who decide, and what became of it."""
    put = acknowledged().does(IRIS, 5, c.SendToCommander(words="Errors are falling."))
    update = told(put, "suggested.update", place=dm(NOOR))
    yield "suggested.update", update
    posted = acknowledged().does(NOOR, 6, c.PostSuggested(now="Errors are falling."))
    yield "suggested.update posted", replace(update, picture=posted.picture, first=False)
    yield "suggested.update over", replace(update, picture=resolved().picture, first=False)
    yield "suggested.update over before", replace(update, picture=resolved().picture)
    private = acknowledged(private=True).does(IRIS, 5, c.SendToCommander(words="Errors are falling."))
    yield "suggested.update private", told(private, "suggested.update", place=CHANNEL)
    yield "suggested.update withheld", replace(told(private, "suggested.update"), place=dm(NOOR))
    asked = c.SuggestSeverity(severity=Severity.SEV3, why="one team only, with a workaround")
    suggested = acknowledged().does(ADA, 5, asked)
    severity = told(suggested, "suggested.severity", place=dm(NOOR))
    yield "suggested.severity", severity
    lower = c.ChangeSeverity(severity=Severity.SEV3, why="one team only, with a workaround")
    yield "suggested.severity done", replace(severity, picture=acknowledged().does(NOOR, 6, lower).picture, first=False)
    yield "suggested.severity left", replace(severity, words={**severity.words, "left_by": NOOR}, first=False)
    yield "suggested.severity over", replace(severity, picture=resolved().picture, first=False)
    yield "suggested.severity over before", replace(severity, picture=resolved().picture)
    left = suggested.does(NOOR, 6, c.LeaveSeverity(person=ADA))
    yield "suggestion.left", told(left, "suggestion.left", place=dm(ADA))


@cache
def asking_cases() -> dict[str, dict[str, Case]]:
    """Return the cases of this module by the snapshot file they are kept in, made once and only looked at."""
    return {
        "clocks": dict(clock_cases()),
        "soon": dict(soon_cases()),
        "ladder": dict(ladder_cases()),
        "calls": dict(call_cases()),
        "update": dict(update_cases()),
        "ends": dict(end_cases()),
        "suggestions": dict(suggestion_cases()),
    }
