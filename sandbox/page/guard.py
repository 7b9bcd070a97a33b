"""Who may talk to the page: this machine's own browser, and no other site's pages."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_OWN = frozenset({"same-origin", "none"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler) -> Handler:
    """`handler`, refusing other hosts (DNS rebinding) and posts that other sites' pages send."""

    async def answer(request: web.Request) -> web.StreamResponse:
        refusal = refused(
            host=request.headers.get("Host", ""),
            origin=request.headers.get("Origin", ""),
            site=request.headers.get("Sec-Fetch-Site", ""),
            changes=request.method not in {"GET", "HEAD"},
        )
        if refusal:
            raise web.HTTPForbidden(text=refusal)
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = POLICY
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


def refused(*, host: str, origin: str, site: str, changes: bool) -> str:
    """Why a request is not answered, in a sentence; empty when it is."""
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return "The sandbox's page answers on this machine only: open it at http://127.0.0.1."
    if changes and site and site not in _OWN:
        return "This came from another site's page."
    if changes and origin and urlsplit(origin).netloc != host:
        return "This came from another site's page."
    return ""
