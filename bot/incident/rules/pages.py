"""Paging: who is paged next, by which way, on the ladder of policy (P2, G3)."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history.paged import Page, PageOutcome
from bot.incident.model import Incident
from bot.policy.model import PageStep, Way

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
FIRST = -1
BESIDE = -10
"""Steps beside the ladder: the page to a commander whom the declarer named; where second ways count down from."""

FURTHER = -100_000
"""How far the steps of one way are from those of the next, where a page that fails is sent on."""


def page_ref(incident: int, step: int, *, again: int = 0) -> str:
    """Return the short id people see on a page ("p-7K3Q"), the same for the same step of the same incident.

    `again` counts how often the incident was reopened before.
    """
    digest = sha256(f"{incident}/{step}{f'/{again}' if again else ''}".encode()).digest()
    return "p-" + "".join(READABLE[byte % len(READABLE)] for byte in digest[:4])


def first_page(incident: Incident, context: Context) -> tuple[e.PersonPaged, ...]:
    """Return the page that goes out with the declaration: the first rung that reaches somebody."""
    return _next(incident, context)


def due_page(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the page due by now: the latest rung that reaches somebody, for stale ones are not replayed."""
    rungs = context.rules(incident.severity).pages
    due = [
        step for step in range(incident.page_step, len(rungs)) if incident.runs_since + rungs[step].after <= context.now
    ]
    for step in reversed(due):
        page = _page(step, rungs[step], incident, context)
        if page:
            return (_paged(page, next_step=due[-1] + 1, context=context),)
    return (e.LadderSkipped(at=context.now, by=context.actor.id, next_step=due[-1] + 1),)


def next_page(incident: Incident, context: Context, *, instead_of: str) -> tuple[e.PersonPaged, ...]:
    """Return the page that goes out at once because `instead_of` cannot be reached or passed it on."""
    return _next(incident, context, but=instead_of)


def _next(incident: Incident, context: Context, *, but: str = "") -> tuple[e.PersonPaged, ...]:
    rungs = () if incident.is_test else context.rules(incident.severity).pages
    for step in range(incident.page_step, len(rungs)):
        page = _page(step, rungs[step], incident, context)
        if page and page.person != but:
            return (_paged(page, next_step=step + 1, context=context),)
    return ()


def _paged(page: Page, *, next_step: int, context: Context) -> e.PersonPaged:
    return e.PersonPaged(at=context.now, by=context.actor.id, page=page, next_step=next_step)


def _page(step: int, rung: PageStep, incident: Incident, context: Context) -> Page | None:
    person = context.rota.contact(rung.contact)
    known = context.rota.person(person) if person else None
    if person is None or known is None or rung.way > len(known.ways) or person in _passed_on(incident):
        return None
    if any(sent.step == step for sent in incident.pages_now):
        return None
    way = known.ways[rung.way - 1]
    return Page(
        ref=page_ref(incident.number, step, again=incident.reopenings),
        step=step,
        contact=rung.contact,
        person=person,
        way=rung.way,
        way_label=way.label,
        at=context.now,
        outside=way.is_outside,
        round=incident.reopenings,
    )


def _passed_on(incident: Incident) -> Iterator[str]:
    return (page.person for page in incident.pages_now if page.outcome is PageOutcome.PASSED_ON)


def other_way(page: Page, incident: Incident, context: Context) -> tuple[e.PersonPaged, ...]:
    """Return the same page by the person's first way outside Slack, once, where the ladder of policy wakes people.

    A rung that would send it later is brought forward; without one it stands beside the ladder.
    """
    rungs = context.rules(incident.severity).pages
    known = context.rota.person(page.person)
    number, way = next(iter(known.outside if known else ()), (0, None))
    asked = any(sent.person == page.person and sent.outside for sent in incident.pages_now)
    if way is None or asked or all(rung.way == 1 for rung in rungs):
        return ()
    return (_by(number, way, page, incident, context, beside=BESIDE - page.step),)


def further_way(page: Page, incident: Incident, context: Context) -> tuple[e.PersonPaged, ...]:
    """Return the same page by the person's next way outside Slack that was not tried, where policy wakes people."""
    known = context.rota.person(page.person)
    tried = {sent.way for sent in incident.pages_now if sent.person == page.person}
    left = ((number, way) for number, way in (known.outside if known else ()) if number not in tried)
    number, way = next(left, (0, None))
    if way is None or all(rung.way == 1 for rung in context.rules(incident.severity).pages):
        return ()
    return (_by(number, way, page, incident, context, beside=FURTHER * number + page.step),)


def _by(number: int, way: Way, page: Page, incident: Incident, context: Context, *, beside: int) -> e.PersonPaged:
    """Return `page` by another way: as the rung that would send it later, else beside the ladder."""
    rungs = context.rules(incident.severity).pages
    later = (step for step in range(incident.page_step, len(rungs)) if _is(rungs[step], page.person, number, context))
    sent = replace(
        page,
        ref="",
        step=next(later, beside),
        way=number,
        way_label=way.label,
        at=context.now,
        outside=True,
        quiet_until=None,
        outcome=PageOutcome.SENT,
    )
    sent = replace(sent, ref=page_ref(incident.number, sent.step, again=incident.reopenings))
    return _paged(sent, next_step=incident.page_step, context=context)


def _is(rung: PageStep, person: str, way: int, context: Context) -> bool:
    return rung.way == way and context.rota.contact(rung.contact) == person


def named_page(incident: Incident, person: str, context: Context) -> e.PersonPaged:
    """Return the page to the commander the declarer named, outside the ladder."""
    page = Page(
        ref=page_ref(incident.number, FIRST),
        step=FIRST,
        contact="commander",
        person=person,
        way=1,
        way_label="DM",
        at=context.now,
    )
    return e.PersonPaged(at=context.now, by=context.actor.id, page=page, next_step=incident.page_step)
