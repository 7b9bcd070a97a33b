"""Every message about how an incident stands, in every state that draws differently."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from bot.incident import commands as c
from bot.incident.reacting.effects import (
    CHANNEL,
    GOVERNANCE,
    INCIDENTS,
    LEADERSHIP,
    OPERATORS,
    Place,
    Words,
    broadcast,
    dm,
)
from bot.incident.reading.picture import Picture
from bot.words import Role, Severity, Status
from tests.views.pictures import ADA, LONG, MIA, NOOR, SAM, Story, at, declare, handles_for
from tests.views.stories import (
    acknowledged,
    bridged,
    bridged_page,
    cancelled,
    changed,
    closed,
    handed_round,
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
    took_in,
    undeliverable,
)
from views.kit import Message
from views.messages import draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One message to draw."""

    view: str
    picture: Picture | None
    words: Words
    now: datetime
    first: bool = True
    place: Place | None = CHANNEL

    def draw(self) -> Message | None:
        """Return what it looks like."""
        handles = handles_for(self.view)
        return draw(
            self.view, self.picture, self.words, handles=handles, now=self.now, first=self.first, place=self.place
        )


Cases = Iterator[tuple[str, Case]]


def told(story: Story, view: str, *, later: Story | None = None, last: bool = True, place: Place | None = None) -> Case:
    """Return the message `view` that `story` told (at `place`), drawn again from `later` if that is given."""
    effect = story.effect(view, last=last, place=place)
    shown = later or story
    return Case(
        view=view, picture=shown.picture, words=effect.words, now=shown.now, first=later is None, place=effect.place
    )


def fresh(view: str, story: Story, words: Words | None = None, *, place: Place = CHANNEL) -> Case:
    """Return the message `view` of a story, first drawn."""
    return Case(view=view, picture=story.picture, words=words or {}, now=story.now, place=place)


def card_cases() -> Cases:
    """Return the card in every status, severity and exception."""
    for severity in Severity:
        yield f"declared-{severity}", fresh("card", declare(severity))
        yield f"acknowledged-{severity}", fresh("card", acknowledged(severity))
    yield "due-soon", fresh("card", declare().clock(3))
    yield "test", fresh("card", played())
    yield "times told", fresh("card", timed())
    yield "missed", fresh("card", declare().clock(2, 3, 5, 30))
    yield "no-commander", fresh("card", no_commander())
    yield "commander-silent", fresh("card", handed_round())
    yield "nobody-further", fresh("card", acknowledged().clock(15, 24, 30, 40, 50))
    yield "alerted before", fresh("card", changed(declare(), alerted_at=at(-3)))
    yield "overdue when declared", fresh("card", changed(declare(), alerted_at=at(-10)))
    yield "commander-named", fresh("card", no_commander().does(ADA, 6, c.NameCommander(person=MIA)))
    yield "mitigated", fresh("card", mitigated())
    yield "mitigated-late", fresh("card", mitigated(41))
    yield "resolved", fresh("card", resolved())
    yield "resolved-sev4", fresh("card", _sev4_resolved())
    yield "cancelled", fresh("card", cancelled())
    yield "cancelled-named", fresh("card", changed(cancelled(), cancel_reason=None))
    yield "closed", fresh("card", changed(resolved(), status=Status.CLOSED))
    yield "merged", fresh("card", changed(acknowledged(), status=Status.MERGED))
    yield "closed-for-good", fresh("card", closed())
    yield "merged-into-40", fresh("card", merged())
    yield "merged-into-private", fresh("card", merged(into_private=True))
    yield "reopened", fresh("card", reopened())
    yield "reopened-unled", fresh("card", _unled())
    yield "reopened-acknowledged", fresh("card", _unled().does(SAM, 128, c.Acknowledge()))
    yield "raised", fresh("card", raised())
    yield "lowered-after-a-miss", fresh("card", acknowledged().clock(30).does(NOOR, 40, _LESS))
    yield "snoozed", fresh("card", snoozed())
    yield "update-missed", fresh("card", acknowledged().clock(15))
    yield "update-missed-then-cancelled", fresh("card", acknowledged().clock(15).does(ADA, 16, _FALSE))
    yield "called", fresh("card", declare().clock(30).does(MIA, 31, c.AnswerCall()))
    yield "undeliverable", fresh("card", undeliverable())
    yield "undeliverable-at-last", fresh("card", _sam_unreachable())
    yield "passed-on", fresh("card", declare().does(NOOR, 1, c.PassOnPage()))
    yield "nobody-on-call", fresh("card", changed(declare(description=""), pages=(), seat=None))
    yield "many-paged", fresh("card", _crowd())
    yield "long-title", fresh("card", declare(title=LONG))
    yield "private-inside", fresh("card", declare(private=True))
    yield "private-outside", fresh("card", declare(private=True), place=dm(NOOR))
    yield "private-snoozed-outside", fresh("card", snoozed(private=True), place=dm(NOOR))
    yield "bridge", fresh("card", bridged())


_LESS = c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it")


def _unled() -> Story:
    return changed(resolved(), seat=None).does(ADA, 125, c.Reopen(why="the errors are back"))


_FALSE = c.Cancel(why="the probe itself was broken")


def _sam_unreachable() -> Story:
    story = declare().clock(2, 3)
    return story.does("tocsin", 3.5, c.RecordUndeliverable(ref=story.incident.pages[-1].ref, error="account_inactive"))


def _sev4_resolved() -> Story:
    return acknowledged(Severity.SEV4).does(NOOR, 60, c.Resolve(words="Alert threshold corrected."))


def _crowd() -> Story:
    story = declare()
    page = story.incident.pages[0]
    return changed(story, pages=tuple(replace(page, person=f"U0P{number}") for number in range(9)))


_STATES: Mapping[str, Callable[[bool], Story]] = {
    "declared": lambda private: declare(private=private),
    "acknowledged": lambda private: acknowledged(private=private),
    "mitigated": lambda private: mitigated(private=private),
    "resolved": lambda private: resolved(private=private),
    "cancelled": lambda private: cancelled(private=private),
    "lowered": lambda private: lowered(private=private),
    "reopened": lambda private: reopened(private=private),
    "merged": lambda _: merged(),
    "closed": lambda _: closed(),
}


def announcement_cases(view: str, place: Place) -> Cases:
    """Return announcement, broadcast or headline in every state, open and private."""
    for name, make in _STATES.items():
        yield name, fresh(view, make(False), place=place)
        yield f"private-{name}", fresh(view, make(True), place=place)
    yield "no-channel", fresh(view, declare(channel=False), place=place)
    yield "channel-refused", fresh(view, no_room(), place=place)
    yield "no-description", fresh(view, declare(description=""), place=place)
    yield "no-commander", fresh(view, no_commander(), place=place)
    yield "sev3", fresh(view, declare(Severity.SEV3), place=place)
    yield "sev4", fresh(view, declare(Severity.SEV4), place=place)
    yield "merged", fresh(view, changed(acknowledged(), status=Status.MERGED), place=place)
    updated = acknowledged().does(NOOR, 5, c.PostUpdate(now="Looking.", affected="EU cards"))
    yield "updated", fresh(view, updated, place=place)


def page_cases() -> Cases:
    """Return the page as it asks, and everything it turns into."""
    for severity in Severity:
        yield f"first-{severity}", told(declare(severity), "page")
    yield "channel-not-made", told(declare(channel=False), "page")
    yield "secondary", told(declare().clock(2, 3), "page", place=dm(SAM))
    yield "overdue", told(declare().clock(2, 3, 5), "page", place=dm(MIA))
    yield "private", told(declare(private=True), "page")
    yield "bridge", told(bridged_page(), "page")
    yield "bridge, private", told(bridged_page(private=True), "page")
    yield "named-commander", told(declare(commander=MIA), "page", place=dm(MIA))
    yield "instead-of-primary", told(declare().does(NOOR, 1, c.PassOnPage()), "page")
    first = declare()
    again = cancelled().does(ADA, 20, c.Reopen(why="the errors are back"))
    yield "reopened-since", told(first, "page", later=again)
    yield "reopened-page", told(again, "page")
    yield "you-acknowledged", told(first, "page", later=acknowledged())
    yield "you-acknowledged-nobody-commands", told(first, "page", later=no_commander())
    named = no_commander().does(ADA, 4.5, c.NameCommander(person=MIA))
    yield "you-acknowledged-other-named", told(first, "page", later=named)
    yield "you-acknowledged-other-commands", told(first, "page", later=_mia_commands())
    yield "other-acknowledged-you-named", told(first, "page", later=handed_round())
    yield "other-acknowledged-you-named-late", told(first, "page", later=handed_round().does(SAM, 5, c.TakeCommand()))
    yield "other-acknowledged", told(first, "page", later=_mia_commands(), place=dm(NOOR))
    yield "passed-on", told(first, "page", later=declare().does(NOOR, 1, c.PassOnPage()))
    alone = changed(declare(), page_step=99).does(NOOR, 1, c.PassOnPage())
    yield "passed-on-nobody-left", told(first, "page", later=alone)
    yield "cancelled", told(first, "page", later=cancelled())
    yield "resolved", told(first, "page", later=resolved())
    yield "merged", told(first, "page", later=changed(declare(), status=Status.MERGED))
    yield "sent-again", told(first, "page", later=declare().clock(2))
    yield "settled-before-it-was-sent", replace(told(first, "page"), picture=resolved().picture)
    unclocked = told(declare().clock(2, 3), "page", place=dm(SAM))
    yield "no-clocks", replace(unclocked, picture=replace(declare().picture, clocks=()))
    yield "nobody-paged-before", replace(unclocked, picture=changed(declare(), pages=()).picture)


def _mia_commands() -> Story:
    return no_commander().does(ADA, 4.5, c.NameCommander(person=MIA)).does(MIA, 5, c.TakeCommand())


def duties_cases() -> Cases:
    """Return a commander's duties, theirs and no longer theirs."""
    named = no_commander().does(ADA, 5, c.NameCommander(person=MIA))
    yield "taken", told(acknowledged(), "duties")
    yield "named", told(named, "duties")
    yield "named-and-answered", told(named, "duties", later=_mia_commands())
    unclocked = no_commander().does(ADA, 5, c.NameCommander(person=MIA))
    yield "named-again-later", told(named, "duties", later=changed(unclocked, updates=2, commanded=None))
    yield "sev3", told(acknowledged(Severity.SEV3), "duties")
    yield "sev4", told(acknowledged(Severity.SEV4), "duties")
    late = acknowledged()
    late.now = at(20)
    yield "update-overdue", told(acknowledged(), "duties", later=late)
    yield "somebody-else", told(acknowledged(), "duties", later=_mia_commands())
    yield "nobody", told(acknowledged(), "duties", later=no_commander())
    yield "over", told(acknowledged(), "duties", later=resolved())
    yield "over, nobody facilitates", told(acknowledged(), "duties", later=changed(resolved(), facilitator=None))
    yield "over, sev4", told(acknowledged(Severity.SEV4), "duties", later=_sev4_resolved())
    yield "closed", told(acknowledged(), "duties", later=closed())
    yield "updated", told(acknowledged(), "duties", later=mitigated())
    deputy = _mia_commands()
    yield "named-and-answered, no deputy", told(named, "duties", later=changed(deputy, roles=()))
    yield "over-before-it-was-sent", replace(told(acknowledged(), "duties"), picture=resolved().picture)


def line_cases() -> Cases:
    """Return the lines beside the card; each name begins with its view."""
    yield "line.acknowledged by commander", told(acknowledged(), "line.acknowledged")
    yield "line.acknowledged by another", told(handed_round(), "line.acknowledged")
    yield "line.command taken", told(no_commander().does(SAM, 5, c.TakeCommand()), "line.command")
    named = no_commander().does(ADA, 5, c.NameCommander(person=MIA))
    yield "line.command named", told(named, "line.command")
    yield "line.seat_empty nobody", told(no_commander(), "line.seat_empty")
    yield "line.seat_empty taken since", told(no_commander(), "line.seat_empty", later=named)
    over = changed(cancelled(), seat=None)
    yield "line.seat_empty over", told(no_commander(), "line.seat_empty", later=over)
    help_needed = c.Escalate(why="SECRET need database help")
    escalated_test = played().does(ADA, 5, help_needed)
    yield "line.escalated test", told(escalated_test, "line.escalated")
    yield "line.escalated public", told(acknowledged().does(ADA, 5, help_needed), "line.escalated")
    secret = told(acknowledged(private=True).does(ADA, 5, help_needed), "line.escalated")
    yield "line.escalated private outside", replace(secret, place=dm(NOOR))
    yield "snoozed public", told(snoozed(), "snoozed")
    yield "snoozed private outside", replace(told(snoozed(private=True), "snoozed"), place=dm(NOOR))
    yield "snoozed without cadence", fresh("snoozed", declare(Severity.SEV3), {"by": NOOR, "until": at(9).isoformat()})
    yield from _roles()
    yield from _failures()


def turn_cases() -> Cases:
    """Return what is said when an incident takes a turn, in every state that draws differently."""
    for private in (False, True):
        yield f"severity raised {private}", told(raised(private=private), "severity", place=CHANNEL)
        yield f"severity lowered {private}", told(lowered(private=private), "severity", place=CHANNEL)
        yield f"reopened {private}", told(reopened(private=private), "reopened", place=CHANNEL)
    yield "severity told to leadership", told(raised(), "severity", place=LEADERSHIP)
    yield "severity told outside", replace(told(raised(private=True), "severity"), place=dm(NOOR))
    yield "severity lowered in the broadcast", told(lowered(), "severity", place=broadcast("sev1"))
    yield "severity lowered to sev3", told(lowered(Severity.SEV3), "severity", place=CHANNEL)
    yield "severity between others", told(raised(Severity.SEV3), "severity", place=CHANNEL)
    yield "severity after all", told(_wavering(), "severity", last=False, later=_wavering())
    worse = played().does(NOOR, 3, c.ChangeSeverity(severity=Severity.SEV2, why="SECRET it is only a test"))
    yield "severity of a test", told(worse, "severity", place=CHANNEL)
    yield "severity changed again", told(lowered(), "severity", place=CHANNEL, later=_later())
    yield "severity of what is over", told(lowered(), "severity", place=CHANNEL, later=_soon_over())
    yield "severity long after", told(raised(), "severity", place=CHANNEL, later=raised().clock(1440))
    without_words = c.ChangeSeverity(severity=Severity.SEV1)
    yield "severity without a reason", told(declare(Severity.SEV4).does(ADA, 1, without_words), "severity")
    yield "reopened to leadership", told(reopened(), "reopened", place=LEADERSHIP)
    yield "reopened, over again", told(reopened(), "reopened", later=reopened().does(NOOR, 130, _FIXED))
    yield "reopened, nobody leads", told(_unled(), "reopened", place=CHANNEL)
    yield "closed", told(closed(), "closed")
    yield "merged", told(merged(), "merged", place=CHANNEL)
    yield "merged into private", told(merged(into_private=True), "merged", place=CHANNEL)
    yield "merged, unknown where", fresh("merged", changed(merged(), merged=None))
    yield "merged_in", told(took_in(), "merged_in")
    yield "merged_in one person", told(took_in(people=1), "merged_in")
    yield "merged_in raises", told(took_in(Severity.SEV1), "merged_in")
    yield "merged_in private", told(took_in(private=True), "merged_in")
    yield "merged_in private outside", replace(told(took_in(private=True), "merged_in"), place=dm(NOOR))


_FIXED = c.Resolve(words="Pool limit raised again.")


def _wavering() -> Story:
    again = c.ChangeSeverity(severity=Severity.SEV1, why="it was right before")
    return lowered().does(NOOR, 12.5, again)


def _later() -> Story:
    worst = c.ChangeSeverity(severity=Severity.SEV4, why="nobody notices it")
    return lowered().does(NOOR, 20, worst)


def _soon_over() -> Story:
    return lowered().does(NOOR, 12.5, _FIXED)


def _roles() -> Cases:
    taken = acknowledged().does(SAM, 5, c.TakeRole(role=Role.SCRIBE))
    yield "line.role taken", told(taken, "line.role")
    given = acknowledged().does(NOOR, 5, c.GiveRole(role=Role.SCRIBE, person=SAM))
    yield "line.role given", told(given, "line.role")
    given.does(NOOR, 6, c.GiveRole(role=Role.SCRIBE, person=MIA))
    yield "line.role to who held it", told(given, "line.role", place=dm(SAM))
    left = acknowledged().does(SAM, 5, c.TakeRole(role=Role.SCRIBE)).does(SAM, 6, c.GiveBackRole(role=Role.SCRIBE))
    yield "line.role_empty nobody", told(left, "line.role_empty")
    yield "line.role_empty taken since", told(left, "line.role_empty", later=given)
    yield "role.duties taken", told(taken, "role.duties")
    deputy = acknowledged(private=True).does(NOOR, 5, c.GiveRole(role=Role.DEPUTY, person=SAM))
    yield "role.duties given, private", told(deputy, "role.duties")


def _failures() -> Cases:
    yield "undeliverable next", told(undeliverable(), "undeliverable")
    by_mail: Words = {"person": NOOR, "way": "e-mail", "error": "refused", "next": None}
    yield "undeliverable nobody next", fresh("undeliverable", declare(), by_mail)
    yield "undeliverable elsewhere", fresh("undeliverable", declare(), by_mail, place=INCIDENTS)
    yield "no_channel in incidents", told(no_room(), "no_channel", place=INCIDENTS)
    yield "no_channel by dm", told(no_room(), "no_channel", place=dm(NOOR))
    yield "slow paged", fresh("slow", declare(channel=False), place=dm(ADA))
    yield "slow nobody on call", fresh("slow", changed(declare(), pages=()), place=dm(ADA))
    yield "archived public", fresh("archived", declare(), place=INCIDENTS)
    yield "archived private", fresh("archived", declare(private=True), place=dm(NOOR))
    scrubbed: Words = {"removed": "1 e-mail address was removed before posting."}
    yield "removed from an update", fresh("removed", declare(), scrubbed, place=dm(NOOR))
    for count in (1, 3):
        stuck: Words = {"count": count, "minutes": 5}
        yield f"stuck {count}", Case(view="stuck", picture=None, words=stuck, now=at(0), place=OPERATORS)
    for name, words in digests():
        yield f"digest {name}", Case(view="digest", picture=None, words=words, now=at(0), place=LEADERSHIP)
    yield from policy_cases()
    gap: Words = {"kind": "update.due", "due_at": at(15).isoformat(), "by": "tocsin"}
    yield "gap timer", fresh("gap", declare(), gap, place=OPERATORS)
    broken: Words = {"incident": 42, "first_bad": 9}
    yield "record broken", Case(view="record_broken", picture=None, words=broken, now=at(0), place=OPERATORS)
    dead: Words = {
        "incident": 42,
        "attempts": 9,
        "what": "status update 3",
        "place": "#ml-incidents-sev1",
        "error": "is_archived",
    }
    yield "dead incident", Case(view="dead", picture=None, words=dead, now=at(0), place=OPERATORS)
    once: Words = {**dead, "incident": None, "attempts": 1, "error": "Cannot connect to host 10.0.0.7:443"}
    yield "dead no incident", Case(view="dead", picture=None, words=once, now=at(0), place=OPERATORS)


def policy_cases() -> Cases:
    """Return what those who govern read about the policy itself."""
    words: Words = {
        "version": "2.1.0",
        "hash": "a1b2c3",
        "in_force": "2.0.0",
        "changes": ["SEV-1: acknowledge within 4 min, was 5 min.", "*forged* <!channel>"],
    }
    yield "policy proposed", _governed("policy.proposed", words)
    yield "policy proposed, many changes", _governed("policy.proposed", {**words, "more": 4})
    for outcome in ("adopted", "kept", "replaced", "withdrawn"):
        settled: Words = {**words, "outcome": outcome, "name": "Lena *Brandt*", "at": at(3).isoformat()}
        yield f"policy {outcome}", _governed("policy.proposed", settled)
    mistake = "severity.yaml line 14: `ack: soon` is not a duration (like 5m, 2h)"
    yield "policy broken", _governed("policy.broken", {"mistakes": [mistake], "in_force": "2.0.0"})
    many: Words = {"mistakes": [mistake, "people.yaml line 3: `team` is not text"], "more": 7, "in_force": "2.0.0"}
    yield "policy broken, many mistakes", _governed("policy.broken", many)
    yield "policy broken, none named", _governed("policy.broken", {"in_force": "2.0.0"})
    for files in (["roles.yaml: due 2026-11-01, 19 days ago · Platform Governance"], ["a.yaml: due", "b.yaml: due"]):
        yield f"policy review of {len(files)}", _governed("policy.review", {"files": list(files)})


def _governed(view: str, words: Words) -> Case:
    return Case(view=view, picture=None, words=words, now=at(5), place=GOVERNANCE)


def digests() -> Iterator[tuple[str, Words]]:
    """Return what the digest says on days of every kind."""
    quiet: Words = {"since": "2026-11-20T09:00:00+01:00", "zone": "Europe/Berlin", "declared": 0}
    one: Words = {
        "number": 42,
        "severity": "sev1",
        "status": "acknowledged",
        "seconds": 6000,
        "commander": "Noor Haddad",
        "update_due_at": at(30).isoformat(),
    }
    two: Words = {**one, "number": 39, "severity": "sev3", "commander": None, "update_due_at": None, "seconds": 187200}
    done: Words = {"number": 38, "severity": "sev2", "seconds": 11100, "allowed": 86400}
    late: Words = {"number": 41, "kind": "acknowledge", "seconds": 1260, "allowed": 900}
    private: Words = {"severity": "sev2", "missed": 0}
    yield "quiet", quiet
    yield "one open", {**quiet, "open": [one], "declared": 1}
    yield "nothing left open", {**quiet, "declared": 1, "resolved": [{**done, "allowed": None, "seconds": None}]}
    yield (
        "busy",
        {
            **quiet,
            "declared": 9,
            "open": [one, two],
            "resolved": [done] * 7,
            "missed": [
                late,
                {"number": 41, "kind": "update", "times": 2},
                {"number": 40, "kind": "update", "times": 1},
            ],
            "postmortems": [{"number": 31, "late": 259200}, {"number": 38, "late": 0}],
            "private": [private],
        },
    )
    yield "private only", {**quiet, "private": [private, {"severity": "sev1", "missed": 2}]}
    yield "one postmortem", {**quiet, "postmortems": [{"number": 38, "late": 0}], "zone": ""}


@cache
def standing_cases() -> dict[str, dict[str, Case]]:
    """Return the cases of this module by the snapshot file they are kept in, made once and only looked at."""
    return {
        "card": dict(card_cases()),
        "announcement": dict(announcement_cases("announcement", INCIDENTS)),
        "broadcast": dict(announcement_cases("broadcast", broadcast("sev1"))),
        "headline": dict(announcement_cases("headline", LEADERSHIP)),
        "page": dict(page_cases()),
        "duties": dict(duties_cases()),
        "lines": dict(line_cases()),
        "turns": dict(turn_cases()),
    }
