"""Answering a page from outside Slack: a link shows what it is about, and only a press acknowledges."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from fastapi import Request, Response

from bot.desk.patience import at_most
from bot.log import get_logger
from bot.usecases.page_links import LinkSeen, LinkStanding
from web.link_page import HEADERS, Words, html
from web.throttle import Throttle

log = get_logger(__name__)

WITHIN = timedelta(minutes=1)
MOST_OF_A_LINK, MOST_OF_STRANGERS = 20, 60
"""How often in a minute one link may be opened or pressed, and one address may try links that are none."""

_STATUS: Mapping[LinkStanding, int] = {
    LinkStanding.USED: 410,
    LinkStanding.EXPIRED: 410,
    LinkStanding.REFUSED: 403,
    LinkStanding.UNKNOWN: 404,
}


class LinkDesk(Protocol):
    """What this side needs of the desk."""

    def now(self) -> datetime:
        """Return the present moment, aware UTC."""

    def is_genuine(self, token: str) -> bool:
        """Return whether we signed the link whose address ends in `token`."""

    async def look_at_link(self, token: str, /) -> LinkSeen:
        """Return how a link stands."""

    async def use_link(self, token: str, /) -> LinkSeen:
        """Acknowledge as whom it was sent to, if it still can."""


class Draw(Protocol):
    """Writes the page for a link."""

    def __call__(self, seen: LinkSeen, *, now: datetime) -> Words:
        """Return its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A page that is about no incident."""

    head: str
    lines: tuple[str, ...]
    button: str = ""


PATIENCE_S = 5.0
"""Real seconds somebody with a link waits for a database that hangs."""

BUSY = Said(head="Too many tries just now.", lines=("Wait a minute, then open the link again; nothing was changed.",))
AWAY = Said(
    head="Tocsin cannot write this down now.",
    lines=("Nothing was changed. Try again in a minute, or acknowledge in Slack; if it is urgent, call a colleague.",),
)


@dataclass(slots=True, kw_only=True)
class Answering:
    """Shows and takes the links in pages; `failures` are what a database that is away raises."""

    desk: LinkDesk
    draw: Draw
    failures: tuple[type[Exception], ...]
    _links: Throttle = field(init=False)
    _strangers: Throttle = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count."""
        self._links = Throttle(most=MOST_OF_A_LINK, within=WITHIN, now=self.desk.now)
        self._strangers = Throttle(most=MOST_OF_STRANGERS, within=WITHIN, now=self.desk.now)

    async def look(self, request: Request) -> Response:
        """Return the page of a link; nothing is changed, for mail scanners open links too."""
        return await self._answer(request, self.desk.look_at_link)

    async def use(self, request: Request) -> Response:
        """Return what became of a press; its body is not read, for the address says all there is."""
        return await self._answer(request, self.desk.use_link)

    async def _answer(self, request: Request, ask: Callable[[str], Awaitable[LinkSeen]]) -> Response:
        token = str(request.path_params["token"])
        genuine = self.desk.is_genuine(token)
        wait = self._links.wait(token) if genuine else self._strangers.wait(_address(request))
        if wait:
            log.warning("link.throttled", genuine=genuine)
            return _page(BUSY, status=429, more={"Retry-After": str(ceil(wait.total_seconds()))})
        if not genuine:
            return self._shown(LinkSeen(standing=LinkStanding.UNKNOWN))
        try:
            with at_most(PATIENCE_S):
                seen = await ask(token)
        except self.failures as error:
            log.warning("link.unanswered", error=type(error).__name__)
            return _page(AWAY, status=503, more={"Retry-After": "60"})
        log.info("link.answered", standing=seen.standing.value, method=request.method, actor=seen.person)
        return self._shown(seen)

    def _shown(self, seen: LinkSeen) -> Response:
        return _page(self.draw(seen, now=self.desk.now()), status=_STATUS.get(seen.standing, 200))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _page(words: Words, *, status: int, more: Mapping[str, str] | None = None) -> Response:
    return Response(html(words), status_code=status, media_type="text/html", headers={**HEADERS, **(more or {})})
