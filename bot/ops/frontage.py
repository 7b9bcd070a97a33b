"""What Tocsin shows over HTTP: its request URL, health and figures, put together from a bot's parts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.desk.patience import at_most
from bot.incident.reading.verbs import VERBS
from bot.metrics import Metrics
from bot.ports import LostRaceError, StoreAwayError
from bot.settings import Settings
from bot.words import Act
from handlers.requests import answer
from handlers.shapes import parsed
from views.page_link import draw_link
from web.answering import Answering
from web.health import Check, Health
from web.inbox import Inbox, Reply
from web.server import WebServer
from web.signatures import Signatures
from web.site import build_site

FAILED = 500
AWAY = 503
"""What Slack hears when a listener failed: it tries an event again."""

FIGURES_S = 2.0
"""Real seconds in which the database gives its figures; otherwise it counts as down."""

LABELS = frozenset({verb.name for verb in VERBS} | set(Act) | {"panel", "shortcut"})
"""The words that may stand in a figure's label."""


def new_metrics() -> Metrics:
    """Return counters that know Tocsin's verbs."""
    return Metrics(verbs=LABELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontage:
    """The HTTP side of a running bot; `inbox` is None where Slack comes by Socket Mode alone."""

    server: WebServer
    health: Health
    inbox: Inbox | None

    def close_door(self) -> None:
        """Take nothing new in: Slack is told to come again, and a load balancer to look elsewhere."""
        self.health.closing = True
        if self.inbox:
            self.inbox.closing = True


def frontage(
    settings: Settings,
    *,
    desk: Desk,
    metrics: Metrics,
    app: AsyncApp | None,
    sockets: Callable[[], Awaitable[int]] | None,
) -> Frontage | None:
    """Return what is to be served over HTTP, or None when no port is set.

    `app` answers Slack (None where nothing is taken in); `sockets` counts Socket Mode connections.
    """
    if settings.tocsin_http_port is None:
        return None
    secret = settings.slack_signing_secret.get_secret_value()
    inbox = _inbox(app, secret=secret, metrics=metrics) if app and secret else None
    health = Health(checks=_checks(desk, sockets), failures=(StoreAwayError, SQLAlchemyError, OSError, TimeoutError))
    site = build_site(
        health=health, metrics=lambda: _figures(desk, metrics, sockets), inbox=inbox, answering=_answering(desk)
    )
    server = WebServer(site=site, host=settings.tocsin_http_host, port=settings.tocsin_http_port)
    return Frontage(server=server, health=health, inbox=inbox)


def _answering(desk: Desk) -> Answering:
    failures = (StoreAwayError, SQLAlchemyError, LostRaceError, OSError, TimeoutError)
    return Answering(desk=desk, draw=draw_link, failures=failures)


def _inbox(app: AsyncApp, *, secret: str, metrics: Metrics) -> Inbox:
    async def reply(payload: dict[str, Any], headers: Mapping[str, str]) -> Reply:
        status, body, kind = await answer(app, payload, headers)
        return Reply(status=AWAY if status >= FAILED else status, body=body, content_type=kind)

    return Inbox(signatures=Signatures(secret=secret), parse=parsed, answer=reply, turned_away=metrics.turned_away)


def _checks(desk: Desk, sockets: Callable[[], Awaitable[int]] | None) -> Mapping[str, Check]:
    async def database() -> bool:
        await desk.knows_nobody()
        return True

    async def connected() -> bool:
        return sockets is None or await sockets() > 0

    return {"slack": connected, "database": database, "policy": desk.has_policy}


async def _figures(desk: Desk, metrics: Metrics, sockets: Callable[[], Awaitable[int]] | None) -> bytes:
    """Return every figure, those of this moment looked up now; without a database those counted here remain."""
    metrics.stand("tocsin_sockets_connected", {"": await sockets() if sockets else 0})
    try:
        with at_most(FIGURES_S):
            now = await desk.gauges()
    except (StoreAwayError, SQLAlchemyError, OSError):
        metrics.stand("tocsin_database_up", {"": 0})
        return metrics.text()
    metrics.stand("tocsin_database_up", {"": 1})
    waiting = {lane.name.lower(): count for lane, count in now.waiting.items()}
    oldest = {lane.name.lower(): age for lane, age in now.oldest_s.items()}
    metrics.stand("tocsin_outbox_waiting", waiting, label="lane")
    metrics.stand("tocsin_outbox_oldest_seconds", oldest, label="lane")
    metrics.stand("tocsin_timers_pending", {"": now.timers})
    metrics.stand("tocsin_timers_due", {"": now.timers_due})
    metrics.stand("tocsin_incidents_open", {"": now.open_incidents})
    return metrics.text()
