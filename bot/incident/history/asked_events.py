"""Events of pages that a person asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.history.events import Event
from bot.incident.history.paged import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAsked(Event):
    """Somebody was paged because a person asked for it; `page` is None where a test would have paged them."""

    action = "incident.page_asked"
    number: int
    person: str
    why: str
    is_call: bool
    page: Page | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSentOn(Event):
    """Asked page `number` went by the next way of the same person; `page` is None when there is none any more."""

    action = "incident.page_sent_on"
    number: int
    page: Page | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeld(Event):
    """A page was asked for and not sent: the same person was paged twice within the last minute."""

    action = "incident.page_held"
    person: str
    why: str


ASKED_PAGES: Mapping[str, type[Event]] = {kind.action: kind for kind in (PageAsked, PageSentOn, PageHeld)}
