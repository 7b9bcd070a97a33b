"""What paging sets in motion: the message, or the second way, and the person's place in the channel."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history import events as e
from bot.incident.history.asked_events import PageSentOn
from bot.incident.history.disturbing import DoNotDisturbFound
from bot.incident.history.paged import Page, PageOutcome
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, iso, redraw, say, tell
from bot.incident.reacting.effects import OUTSIDE, Effect, EffectKind, Redraw, Words
from bot.policy.model import WayKind
from bot.words import Lane


def paged(event: e.PersonPaged, incident: Incident, kinds: set[type], context: Context) -> Iterator[Reaction]:
    """Return the page itself; earlier pages to the same person say that it was sent again."""
    page = event.page
    yield page_out(page, incident, "page", _words(page, incident, context), context)
    yield from again(incident, page)
    if e.Declared not in kinds:
        yield from redraw(incident, ids.CARD)
    if e.Declared not in kinds and DoNotDisturbFound not in kinds:
        yield from invite(incident, (page.person,), effect_id=ids.of(incident, f"{ids.INVITE}/{page.person}"))


def page_out(page: Page, incident: Incident, view: str, words: Words, context: Context) -> Effect:
    """Return the page on its way: a direct message, or whatever else the person listed."""
    known = context.rota.person(page.person)
    way = known.ways[page.way - 1] if known and page.way <= len(known.ways) else None
    if way is None or way.kind is WayKind.DM:
        return tell(incident, page.person, view, words, effect_id=ids.page(incident, page), lane=Lane.PAGE)
    return _notify(incident, page, view, {**words, "url": way.url})


def again(incident: Incident, page: Page) -> Iterator[Reaction]:
    """Return redraws of earlier pages to the same person in Slack, for they say that it was sent again."""
    return (
        Redraw(id=ids.page(incident, earlier))
        for earlier in incident.pages
        if earlier.person == page.person and earlier.step != page.step and not earlier.outside
    )


def _notify(incident: Incident, page: Page, view: str, words: Words) -> Effect:
    return Effect(
        id=ids.page(incident, page),
        kind=EffectKind.NOTIFY,
        lane=Lane.PAGE,
        incident=incident.number,
        place=OUTSIDE,
        view=view,
        words=words,
    )


def which_words(page: Page, context: Context) -> Words:
    """Return what says which page it is, to whom, and by which of their ways."""
    return {
        "ref": page.ref,
        "step": page.step,
        "round": page.round,
        "person": page.person,
        "contact": page.contact,
        "at": iso(page.at),
        "way": page.way,
        "ways": len(known.ways) if (known := context.rota.person(page.person)) else 1,
    }


def _words(page: Page, incident: Incident, context: Context) -> Words:
    following = _following(page, incident, context)
    return {
        **which_words(page, context),
        "before": list(_silent_before(page, incident)),
        "then": list(following) if following else None,
    }


def _silent_before(page: Page, incident: Incident) -> Iterator[str]:
    """Return who was paged before, once each, and has not said that they cannot take it."""
    earlier = [one for one in incident.pages_now if one.at < page.at and one.outcome is not PageOutcome.PASSED_ON]
    return (person for person in dict.fromkeys(one.person for one in earlier) if person != page.person)


def _following(page: Page, incident: Incident, context: Context) -> tuple[str, str] | None:
    """Return who is paged after `page`, and from when, if somebody new is."""
    paged = {page.person, *(other.person for other in incident.pages_now)}
    for rung in context.rules(incident.severity).pages[max(page.step, 0) + 1 :]:
        person = context.rota.contact(rung.contact)
        if person and person not in paged:
            return person, (incident.runs_since + rung.after).isoformat()
    return None


def undeliverable(event: e.PageUndeliverable, incident: Incident, kinds: set[type], _: Context) -> Iterator[Reaction]:
    """Return the line that says a page reached nobody, and whom to telephone."""
    page = next((page for page in incident.pages if page.ref == event.ref), None)
    if page is None:
        return
    following = incident.pages[-1].person if kinds & {e.PersonPaged, PageSentOn} else None
    words = {"person": page.person, "way": page.way_label, "error": event.error, "next": following}
    yield say(incident, "undeliverable", words, lane=Lane.PAGE)
    yield from redraw(incident, ids.CARD)


def not_disturbed(_: DoNotDisturbFound, incident: Incident, __: set[type], ___: Context) -> Iterator[Reaction]:
    """Return the card, on which it stands; no message of its own (the calm budget)."""
    yield from redraw(incident, ids.CARD)
