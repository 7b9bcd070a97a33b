"""Declaring: an alarm begins, names a commander and pages the first person of the ladder (U3, G2)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.incident.authority.rights import Right
from bot.incident.commands import Declare, Host
from bot.incident.context import CLOCK, Context, Recent
from bot.incident.decision import MIN_TITLE, Decision, word_count
from bot.incident.history import events as e
from bot.incident.history.apply import applied, replay
from bot.incident.model import Incident
from bot.incident.refusing.refusals import declared_already, say_what
from bot.incident.rules.confirming import is_awaiting
from bot.incident.rules.flooding import refuse_flood
from bot.incident.rules.housing import why_not_here
from bot.incident.rules.ladder import due_by_now
from bot.incident.rules.pages import first_page, named_page
from bot.incident.rules.respond import refuse_unfit
from bot.incident.rules.spooling import as_of_then, by_other_ways, degraded
from bot.incident.rules.times import LONGEST_AGO
from bot.incident.sentences import spell
from bot.words import Classification, Severity

ASK_WITHIN = timedelta(minutes=2)
"""The same person declaring the same title within this time is asked, not doubled."""

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_TYPED = 100, 2000, 12_000
"""Characters of a title, of a description, and of what is kept of a title that somebody typed at any length."""


def decide_declare(command: Declare, context: Context) -> Decision:
    """Return the alarm's events, or the question whether it is one more."""
    context = as_of_then(command, context)
    if word_count(command.title) < MIN_TITLE:
        return say_what(MIN_TITLE, what="in a few words what is broken")
    twin = None if context.again else _twin(command, context)
    if twin:
        return declared_already(twin.number, title=twin.title, ago=spell(abs(context.now - twin.at)))
    flood = refuse_flood(command, context)
    if flood:
        return flood
    unfit = refuse_unfit(command.commander, None, context)
    if unfit:
        return unfit
    severity = command.severity or context.policy.default_severity
    declared = _declared(command, severity, context)
    housed = _housed(command.host, declared)
    first = (declared, *degraded(command, context), *housed)
    begun = (*first, *_seat_and_pages(replay(first), command, context))
    begun = (*begun, *by_other_ways(command, replay(begun), context))
    return (*begun, *_overdue_already(begun, context))


def _overdue_already(begun: tuple[e.Event, ...], context: Context) -> tuple[e.Event, ...]:
    """Return what the clocks owe at once, where the alert is so old that their moments passed before anybody spoke."""
    return due_by_now(replay(begun), replace(context, actor=CLOCK))


def _housed(host: Host | None, declared: e.Declared) -> tuple[e.Event, ...]:
    if host is None or not declared.is_hosted:
        return ()
    return (e.ChannelOpened(at=declared.at, by=declared.by, channel=host.id, name=host.name),)


def _twin(command: Declare, context: Context) -> Recent | None:
    title, _ = fit_title(command.title, "")
    return next(
        (one for one in context.recent if context.now - one.at < ASK_WITHIN and same_title(one.title, title)),
        None,
    )


def same_title(one: str, other: str) -> bool:
    """Return whether two titles say the same, spaces and capitals aside."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _declared(command: Declare, severity: Severity, context: Context) -> e.Declared:
    title, description = fit_title(command.title, command.description)
    return e.Declared(
        at=context.now,
        by=context.actor.id,
        number=context.number,
        title=title,
        description=description,
        severity=severity,
        classification=_seen_by(command),
        policy_hash=context.policy.hash,
        team=context.policy.people.team,
        update_every=context.rules(severity).update_every,
        started_at=_likely(command.started_at, context),
        alerted_at=_likely(command.alerted_at, context),
        is_test=command.is_test,
        is_awaiting=not command.is_test and is_awaiting(Right.DECLARE, severity, None, context),
        is_hosted=command.host is not None and not why_not_here(command.host, context, is_private=command.is_private),
    )


def _seen_by(command: Declare) -> Classification:
    """Return who may see it: what is said where only some people read stays with the people invited (G6.1)."""
    is_private = command.is_private or (command.host is not None and command.host.is_private)
    return Classification.CONFIDENTIAL if is_private else Classification.INTERNAL


def fit_title(title: str, description: str) -> tuple[str, str]:
    """Return the title on one line of at most 100 characters, cut at a word; the full words join the description."""
    line = " ".join(title.split())
    if len(line) <= LONGEST_TITLE:
        return line, description[:LONGEST_DESCRIPTION]
    head = line[: LONGEST_TITLE - 1]
    cut = head.rsplit(" ", 1)[0] if " " in head[LONGEST_TITLE // 2 :] else head
    full = f"{line}\n{description}".strip()
    return f"{cut}…", full[:LONGEST_TYPED]


def _seat_and_pages(incident: Incident, command: Declare, context: Context) -> tuple[e.Event, ...]:
    if incident.is_test:
        return _named(command.commander, context)
    commander = command.commander or context.rota.contact("primary")
    named = _named(commander, context)
    incident = applied(incident, named)
    pages = first_page(incident, context)
    paged = {event.page.person for event in pages}
    incident = applied(incident, pages)
    if command.commander and command.commander not in paged and command.commander != context.actor.id:
        pages = (*pages, named_page(incident, command.commander, context))
    return (*named, *pages)


def _named(commander: str | None, context: Context) -> tuple[e.Event, ...]:
    if commander is None:
        return ()
    if commander == context.actor.id:
        return (e.CommandTaken(at=context.now, by=commander),)
    return (e.CommanderNamed(at=context.now, by=context.actor.id, person=commander),)


def _likely(said_at: datetime | None, context: Context) -> datetime | None:
    """Return the moment the declarer gave, unless that cannot be: an alarm is never refused over it."""
    if said_at is None or not context.now - LONGEST_AGO <= said_at <= context.now:
        return None
    return said_at
