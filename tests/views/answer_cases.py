"""Every private answer and every form, in every state that draws differently."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache

from bot.incident import commands as c
from bot.incident.history.cadence import StatusUpdate
from bot.incident.model import RoleHolding
from bot.incident.reacting.effects import Words
from bot.incident.reading.panel import ALWAYS
from bot.incident.reading.verbs import VERBS
from bot.incident.refusing import authority_refusals as authority
from bot.incident.refusing import refusals as r
from bot.incident.refusing import seat_refusals as seats
from bot.incident.refusing import turn_refusals as turns
from bot.incident.refusing.flood_refusals import too_many
from bot.incident.refusing.refusals import Refused
from bot.incident.refusing.suggestion_refusals import EXPIRED, changed_meanwhile, outlived, posted_already
from bot.incident.rules.suggesting import criteria
from bot.incident.sentences import Quote, When, Who
from bot.usecases.answering import details_of, sentence_words
from bot.usecases.asked import Answer
from bot.words import Act, Role, Severity
from tests.views.asked_cases import asked_answers, asked_forms
from tests.views.authority_cases import authority_answers, authority_forms
from tests.views.exception_cases import exception_answers, exception_forms
from tests.views.governed_cases import governed_cases
from tests.views.handover_cases import handover_answers, handover_forms, handover_refusals
from tests.views.looking_cases import looking_cases
from tests.views.people_cases import on_call_cases
from tests.views.pictures import ADA, HANDLES, LONG, MIA, NOOR, POLICY, SAM, Story, at, declare
from tests.views.reminder_cases import LOOKING
from tests.views.seeing_cases import seeing_answers, seeing_forms
from tests.views.sharing_cases import sharing_answers
from tests.views.spool_cases import spool_answers, spool_forms
from tests.views.staffing_cases import scribe_for_an_hour
from tests.views.stories import (
    acknowledged,
    bridged,
    cancelled,
    changed,
    closed,
    handed_round,
    hosted,
    lowered,
    merged,
    mitigated,
    no_commander,
    no_room,
    played,
    raised,
    reopened,
    resolved,
    snoozed,
    timed,
)
from tests.views.type_cases import type_answers
from views.forms import ACTS

Answers = Iterator[tuple[str, Answer]]
NAMES: Words = {"names": {NOOR: "Noor Haddad", SAM: "Sam Reyes", MIA: "Mia Chen"}}


def said(view: str, story: Story | None = None, words: Words | None = None, *acts: Act) -> Answer:
    """Return an answer with handles for `acts`."""
    picture = story.picture if story else None
    return Answer(view=view, words=words or {}, picture=picture, handles={act: HANDLES[act] for act in acts})


def refused(refusal: Refused, story: Story | None = None, *, view: str = "refused") -> Answer:
    """Return a refusal as the use-cases answer it."""
    words: Words = {
        "number": refusal.number,
        "parts": sentence_words(refusal.sentence),
        "offers": [act.value for act in refusal.offers],
        "kept": refusal.kept,
        **details_of(refusal),
        **NAMES,
    }
    return said(view, story, words, *refusal.offers)


def declared_cases() -> Answers:
    """Return the answer to a quick declare, with each thing that can be true beside it."""
    yield "being made", said("declared", declare(channel=False))
    yield "made", said("declared", declare())
    yield "refused", said("declared", no_room())
    yield "no severity", said("declared", declare(Severity.SEV2), {"severity_given": False})
    yield "severity given", said("declared", declare(), {"severity_given": True})
    yield "long title", said("declared", declare(title=LONG), {"long_title": True})
    other: Words = {"number": 41, "severity": "sev2", "title": "Search is slow", "minutes": 14}
    yield "another", said("declared", declare(), {"other": other})
    yield "nobody woken", said("declared", declare(Severity.SEV3))
    yield "nobody on call", said("declared", changed(declare(Severity.SEV4), pages=(), seat=None))
    yield "test", said("declared", played())
    yield "test, not here", said("declared", played(), {"not_here": "too many people read this channel"})
    yield "hosted", said("declared", hosted())
    yield "not here", said("declared", declare(), {"not_here": "this is the channel of INC-41 already"})
    yield "slow", said("declared", declare(channel=False), {"slow": True})
    yield "scrubbed", said("declared", declare(), {"removed": "1 e-mail address was removed before posting."})
    yield "no clocks", _unclocked(said("declared", declare()))
    yield "slow later", said("slow", declare(channel=False))


def _unclocked(answer: Answer) -> Answer:
    assert answer.picture
    return replace(answer, picture=replace(answer.picture, clocks=()))


def _archived_cases() -> Answers:
    shut = said("updated", acknowledged().does(NOOR, 5, LOOKING), {"number": 1})
    yield "updated, archived", _archived(shut)
    hidden = said("updated", acknowledged(private=True).does(NOOR, 5, LOOKING), {"number": 1})
    yield "updated, archived and private", _archived(hidden)
    yield "seat_given_back, archived", _archived(said("seat_given_back", no_commander()))
    held = changed(acknowledged(private=True), seat=None)
    yield "seat_given_back, archived and private", _archived(said("seat_given_back", held))
    left: Words = {"role": Role.SCRIBE.value}
    yield "role_left, archived and private", _archived(said("role_left", acknowledged(private=True), left))
    yield "merged, archived", _archived(said("merged", merged()))
    yield "noted, archived", _archived(said("noted", acknowledged()))


def _suggested_cases() -> Answers:
    yield "sent_to_commander", said("sent_to_commander", acknowledged())
    posted = no_commander().does(SAM, 5, c.TakeAndPost(now="Rolling back."))
    yield "taken_and_posted", said("taken_and_posted", posted, {"number": 1})
    yield "severity_suggested", said("severity_suggested", acknowledged(), {"people": [NOOR, SAM]})
    yield "severity_left", said("severity_left", acknowledged(), {"person": ADA})


def done_cases() -> Answers:
    """Return what people hear when what they asked is done; each name begins with its view."""
    take = Act.TAKE_COMMAND
    yield from _tested_and_timed()
    yield "acknowledged and commands", said("acknowledged", acknowledged())
    yield "acknowledged sev3", said("acknowledged", acknowledged(Severity.SEV3))
    yield "acknowledged, commander silent", said("acknowledged", handed_round(), {}, take)
    free = changed(handed_round(), seat=None)
    yield "acknowledged, nobody commands", said("acknowledged", free, {}, take)
    yield "acknowledged, seat given back", said("acknowledged", no_commander(), {}, take)
    led = handed_round().does(NOOR, 5, c.TakeCommand())
    yield "acknowledged, another commands", said("acknowledged", led)
    yield "you_command", said("you_command", acknowledged())
    named = no_commander().does(ADA, 5, c.NameCommander(person=MIA))
    yield "named", said("named", named, {"person": MIA})
    yield "updated", said("updated", acknowledged().does(NOOR, 5, LOOKING), {"number": 1})
    scrubbed: Words = {"number": 1, "removed": "1 e-mail address was removed before posting."}
    yield "updated, scrubbed", said("updated", acknowledged().does(NOOR, 5, LOOKING), scrubbed)
    yield from _archived_cases()
    yield "no_changed", said("no_changed", acknowledged().does(NOOR, 5, c.PostNoChange()))
    yield "noted", said("noted", acknowledged())
    called = acknowledged().does(ADA, 5, c.Escalate(why="need database help"))
    yield "noted, undoable", said("noted", acknowledged(), {}, Act.UNDO_NOTE)
    yield "note_withdrawn", said("note_withdrawn", acknowledged(), {"note": 1})
    yield "escalated", said("escalated", called, {"person": MIA})
    yield "escalated, latest", said("escalated", called)
    yield "mitigated", said("mitigated", mitigated())
    yield "mitigated, no clocks", _unclocked(said("mitigated", mitigated()))
    yield "resolved", said("resolved", resolved())
    yield "resolved, unknown when", said("resolved", acknowledged())
    yield "cancelled", said("cancelled", cancelled())
    yield "severity_changed", said("severity_changed", raised())
    yield "severity_changed, no updates", said("severity_changed", lowered(Severity.SEV3))
    yield "reopened", said("reopened", reopened())
    yield "retitled", said("retitled", acknowledged())
    yield "retitled, private", said("retitled", acknowledged(private=True))
    yield "closed", said("closed", closed())
    yield from _suggested_cases()
    yield "merged", said("merged", merged())
    yield "merged into private", said("merged", merged(into_private=True))
    yield "merged, unknown where", said("merged", acknowledged())
    yield "snoozed", said("snoozed", snoozed(), {"until": at(30).isoformat()})
    yield "snoozed, latest", said("snoozed", snoozed())
    yield "snoozed, no cadence", said("snoozed", acknowledged(Severity.SEV3))
    yield "seat_given_back, taken since", said("seat_given_back", acknowledged())
    yield "seat_given_back", said("seat_given_back", no_commander())
    yield "passed_on", said("passed_on", declare().does(NOOR, 1, c.PassOnPage()), {"next": SAM})
    yield "passed_on, nobody left", said("passed_on", declare())
    yield "on_it", said("on_it", declare().clock(30).does(MIA, 31, c.AnswerCall()))


def _tested_and_timed() -> Answers:
    started: Words = {"which": "started", "zone": "Europe/Berlin", "started_at": at(-20).isoformat()}
    yield "times in a zone", said("times", timed(), started)
    yield "times in UTC", said("times", timed(), {**started, "zone": "UTC"})
    yield "times by the form", said("times", timed(), {"started_at": at(-20).isoformat(), "zone": ""})
    yield "cancelled test", said("cancelled", played().does(ADA, 5, c.Cancel(why="everybody saw the card")))
    yield "escalated test", said("escalated", played(), {"person": MIA})


def role_cases() -> Answers:
    """Return what people hear about roles, and about coming in."""
    held = acknowledged().does(NOOR, 5, c.GiveRole(role=Role.SCRIBE, person=SAM))
    scribe: Words = {"role": "scribe", "person": SAM}
    yield "role_taken", said("role_taken", held, scribe)
    yield "role_given", said("role_given", held, scribe)
    yield "role_left", said("role_left", acknowledged(), scribe)
    yield "roles", said("roles", held, {}, Act.TAKE_ROLE, Act.GIVE_ROLE)
    yield "roles, commander silent", said("roles", declare())
    yield "roles, nobody commands", said("roles", no_commander())
    for role in Role:
        yield f"roles.one {role}", said("roles.one", held, {"role": role.value, "could": [ADA, SAM]})
    yield "roles.one, nobody could", said("roles.one", held, {"role": "communications lead", "could": []})
    lent = scribe_for_an_hour()
    yield "roles, one until a time", said("roles", lent, {}, Act.TAKE_ROLE, Act.GIVE_ROLE)
    yield "roles, over", said("roles", resolved())
    yield "role_taken, until", said("role_taken", lent, {"role": "scribe"})
    yield "role_given, until", said("role_given", lent, scribe)
    both = changed(acknowledged(), roles=(RoleHolding(role=Role.SCRIBE, person=NOOR, since=at(5), named_by=NOOR),))
    yield "role_taken, beside command", said("role_taken", both, {"role": "scribe"})
    yield "role_given, beside command", said("role_given", both, {"role": "scribe", "person": NOOR})
    yield "joined", said("joined", acknowledged())
    yield "invited", said("invited", acknowledged(), {"person": MIA})


def _archived(answer: Answer) -> Answer:
    assert answer.picture
    return replace(answer, picture=replace(answer.picture, is_archived=True))


def _last(story: Story) -> StatusUpdate:
    assert story.incident.last_update
    return story.incident.last_update


def _misspelt() -> Refused:
    carries = {"title": "rolled back"}
    return r.unknown_verb("mitgate", nearest="mitigate", means=Act.MITIGATE, carries=carries)


def refusal_cases() -> Answers:
    """Return refusals by their number, and what is said when something failed."""
    story, now = acknowledged(), at(5)
    told = {
        "wrong-status": r.wrong_status(resolved().incident, done="mitigated", now=at(80), kept="Rolled back"),
        "lost-race": seats.lost_race(handed_round().incident, now=now),
        "stale": seats.stale_dialog(story.incident),
        "updates": authority.updates_not_yours(story.incident, lead=None, kept="Rolling back <!channel>\n*now*"),
        "not-allowed": r.not_allowed(doing="Resolving INC-42", who=(NOOR, SAM, MIA), kept=""),
        "no-commander": authority.no_commander(no_commander().incident, kept="Rolling back"),
        "cannot-cancel": r.cannot_cancel(mitigated().incident),
        "snooze": r.snooze_used_up(Severity.SEV1, in_row=1, longest="30 min"),
        "lowering": turns.lowering_not_yours(Severity.SEV1, to=Severity.SEV3, who=(NOOR, SAM), kept="too loud"),
        "cannot-close": turns.cannot_close(story.incident),
        "merge-private": turns.merge_private_into_open(story.incident, replace(story.incident, number=40), people=6),
        "merge-asks": turns.merge_asks(story.incident, replace(story.incident, number=40), people=6),
        "merge-moved": turns.merge_moved(story.incident, replace(story.incident, number=40), people=1),
        "severity-moved": turns.severity_moved(story.incident),
        "misspelt": _misspelt(),
        "outlived": outlived(resolved().incident, kept="Errors are falling"),
        "expired": EXPIRED,
        "posted": posted_already(_last(mitigated())),
        "take-over": seats.not_yours_to_hand_over(story.incident),
    }
    for name, refusal in told.items():
        yield name, refused(refusal, story)
    for name, refusal, shown in handover_refusals():
        yield name, refused(refusal, shown)
    yield "unknown-incident", refused(r.unknown_incident(77))
    yield "which-one", refused(r.which_one([42, 41]))
    yield "misspelt nowhere", refused(r.unknown_verb("mitgate", nearest="mitigate"))
    yield "far-from-any", refused(r.unknown_verb("frobnicate", nearest=None))
    yield "too many", refused(too_many(44, declared=3, wait=timedelta(seconds=20)))
    yield "twice", refused(r.declared_already(42, title="Checkout *down* <@U0NOOR>", ago="30 s"))
    marked = Refused(number=99, sentence=(Who(None), " at ", When(at(0)), ": ", Quote("<!here> *bold*")))
    yield "every-part", refused(marked)
    yield "nothing-said", said("refused", None, {"parts": [None, "Nothing was changed."]})
    yield "nobody-named", said("refused", None, {"parts": [{"who": NOOR}, " said no."]})
    yield "no-handle", replace(refused(seats.lost_race(handed_round().incident, now=now), handed_round()), handles={})
    yield from _unexpected()


def _unexpected() -> Answers:
    known: Words = {"id": "E-7K3Q9", "known_unchanged": True}
    unknown: Words = {"id": "E-7K3Q9", "known_unchanged": False}
    yield "unexpected, unchanged", said("unexpected", declare(), known)
    yield "unexpected, in doubt", said("unexpected", declare(), unknown)
    yield "unexpected, number given", said("unexpected", None, {**known, "emergency_number": "+49 30 23125 100"})
    yield "unexpected, no number", said("unexpected", None, known)
    yield "unexpected, no number, in doubt", said("unexpected", None, unknown)


def reading_cases() -> Answers:
    """Return help and status."""
    yield "help", said("help")
    yield "help.verb unknown", said("help.verb", None, {"verb": "frobnicate"})
    for verb in VERBS:
        yield f"help.verb {verb.name}", said("help.verb", None, {"verb": verb.name})
    for name, story in {
        "declared": declare(),
        "acknowledged": acknowledged(),
        "nobody": no_commander(),
        "sev3": acknowledged(Severity.SEV3),
        "resolved": resolved(),
        "snoozed": snoozed(),
        "private": declare(private=True),
    }.items():
        yield f"status {name}", said("status", story)
    yield "status nothing open", said("status")
    one: Words = {"number": 42, "severity": "sev1", "title": "Checkout returns 500s"}
    yield "status one open", said("status", None, {"open": [one]})
    yield "status seven open", said("status", None, {"open": [{**one, "number": number} for number in range(7)]})


def promised(severity: Severity) -> Words:
    """Return what the declare form is told of policy."""
    return {
        "severity": severity.value,
        "severities": [
            {"value": one.value, "name": POLICY.rules(one).name, "definition": POLICY.rules(one).definition}
            for one in Severity
        ],
        "criteria": [
            {"value": one.value, "words": one.words, "severity": one.severity.value} for one in criteria(POLICY)
        ],
        "on_call": "the primary on call, Noor Haddad",
        "promise": ["page the primary on call, Noor Haddad", "open a channel anyone here can join"],
    }


@cache
def form_cases() -> dict[str, Answer]:
    """Return every form, made once and only looked at; each name begins with its view."""
    return dict(_forms())


def _forms() -> Answers:
    yield "form.declare bare", said("form.declare", None, {}, Act.DECLARE)
    for severity in Severity:
        yield f"form.declare {severity}", said("form.declare", None, promised(severity), Act.DECLARE)
    one: Words = {"number": 41, "severity": "sev2", "title": "Search is slow"}
    kept: Words = {
        **promised(Severity.SEV2),
        "open": [one] * 4,
        "kept": "Search\nis slow",
        "description": "p99 doubled",
        "commander": MIA,
        "context": "There is no sev5. Severities are SEV-1 (worst) to SEV-4.",
    }
    yield "form.declare kept", said("form.declare", None, kept, Act.DECLARE)
    moved: Words = {**promised(Severity.SEV1), "suggested": "sev1", "again": True}
    here: Words = {**kept, "here": "team-checkout", "shows": {"41": HANDLES[Act.PANEL]}}
    yield "form.declare here", said("form.declare", None, {**here, "open": [one], "use_here": True}, Act.DECLARE)
    inside: Words = {**promised(Severity.SEV2), "here": "team-secret", "here_private": True}
    yield "form.declare here, private", said("form.declare", None, inside, Act.DECLARE)
    yield "form.declared hosted", said("form.declared", hosted())
    not_here: Words = {"not_here": "this channel is shared with another organisation"}
    yield "form.declared not here", said("form.declared", declare(), not_here)
    for name, story in (("", acknowledged()), (" private", acknowledged(private=True)), (" test", played())):
        yield f"form.panel{name}", said("form.panel", story, {"reader": NOOR}, Act.POST_UPDATE, *ALWAYS)
    done: Words = {"done": "You command INC-42.", "reader": NOOR, "inside": True}
    yield "form.panel done", said("form.panel", bridged(), done, Act.POST_UPDATE, *ALWAYS)
    yield "form.times known", said("form.times", timed(), {}, Act.TIMES)
    yield "form.declare suggested", said("form.declare", None, moved, Act.DECLARE)
    by_hand: Words = {**promised(Severity.SEV3), "suggested": "sev1", "by_hand": True, "again": True}
    yield "form.declare by hand", said("form.declare", None, by_hand, Act.DECLARE)
    yield "form.told", said("form.told", acknowledged(), {"told": "you_command"})
    yield "form.told help", said("form.told", None, {"told": "help"})
    yield "form.declared", said("form.declared", declare(channel=False))
    yield "form.declared private", said("form.declared", declare(private=True, channel=False))
    yield "form.declared nobody on call", said("form.declared", changed(declare(), pages=()))
    yield from _incident_forms()
    yield from handover_forms()
    yield from seeing_forms()
    yield from authority_forms()
    yield from asked_forms().items()
    yield from exception_forms()
    yield (
        "form.refused",
        refused(authority.no_commander(no_commander().incident, kept="Rolling"), acknowledged(), view="form.refused"),
    )
    changed_words: Words = {
        "changed": sentence_words(changed_meanwhile(raised().incident).sentence),
        "typed": {"now": "Rolling back", "next": "", "affected": "EU cards"},
    }
    yield "form.update changed", said("form.update", raised(), changed_words, Act.POST_UPDATE)
    graded: Words = {**changed_words, "typed": {"grade": "sev4", "why": "one team only"}}
    yield "form.severity changed", said("form.severity", raised(), graded, Act.CHANGE_SEVERITY)
    gone: Words = {**changed_words, "typed": {"grade": "sev9"}}
    yield "form.severity changed, no such choice", said("form.severity", raised(), gone, Act.CHANGE_SEVERITY)
    yield "form.suggest sev3", said("form.suggest", acknowledged(), {"severity": "sev3"}, Act.SUGGEST_SEVERITY)
    yield "form.refused no picture", refused(r.which_one([]), view="form.refused")
    failed: Words = {"id": "E-7K3Q9", "known_unchanged": True, "kept": "Rolling back"}
    yield from spool_forms().items()
    yield "form.unexpected", said("form.unexpected", None, failed)
    yield "form.refused unexpected", said("form.refused", None, {"id": "E-7K3Q9"})


def _incident_forms() -> Answers:
    stories: Mapping[str, Story] = {
        "sev1": acknowledged().does(NOOR, 5, LOOKING),
        "sev2": acknowledged(Severity.SEV2),
        "sev3": acknowledged(Severity.SEV3),
        "missed": declare().clock(2, 3, 5).does(SAM, 6, c.Acknowledge()).clock(15, 30),
        "missed one": acknowledged().does(ADA, 5, c.Escalate(why="need database help")),
        "private": acknowledged(private=True),
        "uncalled": _uncalled(),
    }
    for view, act in ACTS.items():
        if act is Act.DECLARE:
            continue
        for name, story in stories.items():
            yield f"{view} {name}", said(view, story, {}, act)
        yield f"{view} kept", said(view, stories["sev1"], {"kept": "Rolling\nback"}, act)


def _uncalled() -> Story:
    rules = {key: replace(rule, escalation_contact="gone") for key, rule in POLICY.severities.items()}
    longest = {key: replace(rule, snooze_at_most=rule.snooze_at_most / 6) for key, rule in rules.items()}
    return declare(policy=replace(POLICY, severities=longest))


@cache
def answer_cases() -> dict[str, dict[str, Answer]]:
    """Return the answers by the snapshot file they are kept in, made once and only looked at."""
    return {
        "declared": dict(declared_cases()),
        "done": dict(done_cases()),
        "roles": dict(role_cases()),
        "handover_answers": dict(handover_answers()),
        "refusals": dict(refusal_cases()),
        "reading": dict(reading_cases()),
        "looking": dict(looking_cases()),
        "people": on_call_cases(),
        "seeing_answers": seeing_answers(),
        "authority_answers": authority_answers(),
        "type_answers": type_answers(),
        "asked_answers": asked_answers(),
        "exception_answers": exception_answers(),
        "governed": governed_cases(),
        "sharing_answers": sharing_answers(),
        "spool_answers": spool_answers(),
    }
