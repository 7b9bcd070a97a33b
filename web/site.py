"""Tocsin's addresses over HTTP: Slack's request URL, the links in pages, health and metrics."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.usecases.signing import PATH
from web.answering import Answering
from web.health import Health
from web.inbox import Inbox

SLACK = "/slack/events"
"""Slack's request URL for slashes, interactivity and events alike."""

LINK = f"{PATH}{{token:path}}"
"""Where the links in pages lead; whatever stands behind the last slash gets an answer."""

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def build_site(
    *, health: Health, metrics: Callable[[], Awaitable[bytes]], inbox: Inbox | None, answering: Answering
) -> FastAPI:
    """Return the application; without an `inbox` there is no request URL, as in Socket Mode."""
    site = FastAPI(title="Tocsin", docs_url=None, redoc_url=None, openapi_url=None)

    @site.api_route("/healthz", methods=["GET", "HEAD"])
    async def healthz() -> Response:
        """Say that the process lives; nothing else is asked, so that an outage elsewhere restarts nobody."""
        return JSONResponse({"alive": True})

    @site.api_route("/readyz", methods=["GET", "HEAD"])
    async def readyz() -> Response:
        """Say whether Tocsin can be asked now, and what is in the way."""
        unwell = await health.unwell()
        return JSONResponse({"ready": not unwell, "not_ready": unwell}, status_code=503 if unwell else 200)

    @site.get("/metrics")
    async def scrape() -> Response:
        """Give the figures in Prometheus' text form."""
        return Response(await metrics(), media_type=METRICS_TYPE)

    @site.api_route(LINK, methods=["GET", "HEAD"])
    async def look(request: Request) -> Response:
        """Show what a page is about; nothing is changed."""
        return await answering.look(request)

    @site.post(LINK)
    async def use(request: Request) -> Response:
        """Acknowledge as whom the page was sent to."""
        return await answering.use(request)

    if inbox is not None:

        @site.post(SLACK)
        async def slack(request: Request) -> Response:
            """Take what Slack sends."""
            return await inbox.receive(request)

    return site
