"""Whether the machine's clock is right, secrets are kept apart, somebody outside watches, and Slack can come in."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.ops.check.asking import Reply
from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.ops.check.setup import APPS, Setup
from bot.ops.ways_in import check_ways_in, has_request_url, has_socket_mode
from bot.settings import Settings
from handlers.sockets import TokenProblem
from web.site import SLACK

CLOCK, SECRETS, HEARTBEAT, WAY_IN, URL = "Clock", "Secrets", "Heartbeat", "Way in", "Public URL"
UNREADABLE = "Messages tab"
ASTRAY_S, WRONG_S = 5, 60
"""Seconds of difference from Slack's clock that somebody should look at, and that falsify the record."""

EVERYWHERE = "0.0.0.0"  # noqa: S104 - as an address to reach, it is this machine itself  # nosec B104
LOCAL = frozenset({"localhost", "127.0.0.1", "::1", EVERYWHERE})
UNSIGNED = 401
PATIENCE = aiohttp.ClientTimeout(total=5)


def look_at_clock(who: Reply | None, *, now: datetime) -> tuple[Finding, ...]:
    """Compare this machine's time with the time of Slack's answer; nothing when Slack gave none."""
    try:
        theirs = parsedate_to_datetime(who.headers.get("date", "")) if who else None
    except ValueError:
        theirs = None
    if theirs is None:
        return ()
    off = (now - theirs).total_seconds()
    said = f"this machine is {abs(off):.0f} s {'ahead of' if off > 0 else 'behind'} Slack."
    mend = "Let NTP set the machine's clock (timedatectl set-ntp true)."
    if abs(off) > WRONG_S:
        return (fail(CLOCK, said, mend),)
    if abs(off) > ASTRAY_S:
        return (warn(CLOCK, said, mend),)
    return (good(CLOCK, "agrees with Slack's to a few seconds."),)


def look_at_secrets(setup: Setup) -> Finding:
    """Return whether a secret lies in a .env file, which is for sandboxes only (G6)."""
    if setup.dotenv and setup.is_sandbox:
        return good(
            SECRETS, f".env holds {listed(setup.dotenv)}, as it may where TOCSIN_SLACK_API_URL is no real Slack."
        )
    if setup.dotenv:
        mend = "Put each into a file under /run/secrets, or one that NAME_FILE names, and take it out of .env."
        return warn(SECRETS, f".env holds {listed(setup.dotenv)}.", mend)
    return good(SECRETS, "none is in a .env file.")


def look_at_heartbeat(settings: Settings) -> Finding:
    """Return whether somebody outside would notice silence; the address is not fetched, for that would be a beat."""
    address = settings.tocsin_heartbeat_url.get_secret_value()
    if address and not _can_be_fetched(address):
        found = "TOCSIN_HEARTBEAT_URL is no address, so it is never fetched."
        return fail(HEARTBEAT, found, "Write it whole, such as https://alive.example.com/ping/tocsin.")
    if address:
        return good(HEARTBEAT, "an address is set.")
    mend = "Make a check at a service that raises an alarm when it is not fetched, and set TOCSIN_HEARTBEAT_URL."
    return warn(HEARTBEAT, "nobody outside notices when Tocsin is silent.", mend)


def _can_be_fetched(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def look_at_app_home(setup: Setup) -> Finding:
    """Return what no token can read, with where to look."""
    home = setup.manifest.get("features", {}).get("app_home", {})
    if setup.manifest and not home.get("messages_tab_enabled"):
        mend = "Set messages_tab_enabled in manifest.yaml and put it into the app."
        return fail(UNREADABLE, "the manifest switches it off: no direct message arrives.", mend)
    mend = f"See at {APPS}, App Home, that the Messages Tab is on, or type /incident oncall test: the page must arrive."
    return good(UNREADABLE, "cannot be read from here.", mend)


async def look_at_ways_in(settings: Settings) -> tuple[Finding, ...]:
    """Return by which ways Slack reaches Tocsin, and whether the request URL is one."""
    try:
        check_ways_in(settings)
    except TokenProblem as wrong:
        found, _, mend = str(wrong).partition(". ")
        return (fail(WAY_IN, f"{found}.", mend),)
    if not has_request_url(settings):
        return (good(WAY_IN, "Socket Mode."), *_nobody_listens(settings))
    way = "Socket Mode and HTTP." if has_socket_mode(settings) else "HTTP."
    return (good(WAY_IN, way), await _public_url(settings.tocsin_public_url))


def _nobody_listens(settings: Settings) -> tuple[Finding, ...]:
    if not settings.tocsin_public_url or settings.tocsin_http_port is not None:
        return ()
    found = "nobody listens behind it, so pages carry no link to acknowledge by."
    return (warn(URL, found, "Set TOCSIN_HTTP_PORT as well, or take TOCSIN_PUBLIC_URL away."),)


async def _public_url(address: str) -> Finding:
    mend = "Set TOCSIN_PUBLIC_URL to the https address under which Slack reaches Tocsin."
    if not address:
        return warn(URL, "it is not known, so it cannot be tried.", mend)
    at = request_url(address)
    if at is None:
        return fail(URL, "Slack cannot reach it: it must be https, with a name the internet knows.", mend)
    return await tried(at)


def request_url(address: str) -> str | None:
    """Return Slack's request URL under a public address, which may end in a path; None where Slack cannot reach it."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.hostname in LOCAL:
        return None
    return f"{address.rstrip('/')}{SLACK}"


async def tried(address: str) -> Finding:
    """Send what Slack did not sign to a request URL: Tocsin, and nothing else, refuses it with 401."""
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, session.post(address, data=b"{}") as answer:
            status = answer.status
    except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
        found = f"it does not answer ({type(wrong).__name__})."
        return warn(URL, found, "Start Tocsin and check again; then look at the proxy, the name and the certificate.")
    if status != UNSIGNED:
        found = f"what answers there is not Tocsin (it said {status} to an unsigned request, not {UNSIGNED})."
        return fail(URL, found, f"Let the proxy hand {SLACK} on to TOCSIN_HTTP_PORT, unchanged.")
    return good(URL, "answers, and refuses what Slack did not sign.")
