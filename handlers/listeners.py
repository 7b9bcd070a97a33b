"""The Bolt app: every slash, shortcut, button, form and event of the manifest gets its listener."""

import re
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.log import get_logger
from bot.metrics import Metrics
from bot.usecases.oncall import ReadQuiet
from bot.usecases.spooling import Standby
from handlers.actions import ANY_ACT, Presses
from handlers.boundary import Boundary, error_id
from handlers.events import Listener, SlackEvents
from handlers.filled import READINGS
from handlers.identity import Identity
from handlers.oncall_words import nobody_quiet
from handlers.opening import Opener
from handlers.pins import Pins
from handlers.shortcuts import FROM_MESSAGE, FromMessage
from handlers.slash import COMMAND, Slash
from handlers.spans import Spans
from handlers.submissions import Submissions
from handlers.ticks import ANY_TICK, Ticks
from views.handover_forms import SPAN

log = get_logger(__name__)

ANY_FORM = re.compile(r"^form\.")
"""Every form's callback id."""

A_READ_FORM = re.compile(f"^({'|'.join(map(re.escape, READINGS))})$")
"""Those that somebody reads: what else is submitted was never drawn here."""


def build_app(
    *,
    desk: Desk,
    client: AsyncWebClient,
    identity: Identity,
    metrics: Metrics | None = None,
    quiet: ReadQuiet = nobody_quiet,
    standby: Standby | None = None,
) -> AsyncApp:
    """Return the app that answers Slack for `desk`.

    `client` opens dialogs, so it carries the bot's token and should have no retry handlers. Who Tocsin is comes from
    `identity`, never from a call that stands before a command. Every request given to it is Slack's own: a socket
    vouches for what comes through it, and the request URL verifies signatures before. `metrics` counts requests;
    `quiet` reads who has Do Not Disturb on; `standby` takes declarations while the database does not answer.
    """
    app = AsyncApp(
        name="tocsin",
        client=_untrusting(client),
        authorize=_authorize(identity, client),
        process_before_response=True,
    )
    boundary = Boundary(metrics=metrics or Metrics(), call=lambda: _emergency_number(desk, standby))
    opener = Opener(desk=desk, client=client)
    app.command(COMMAND)(Slash(desk=desk, boundary=boundary, opener=opener, quiet=quiet, standby=standby).listen)
    app.action(ANY_ACT)(Presses(desk=desk, boundary=boundary, opener=opener).listen)
    forms = Submissions(desk=desk, boundary=boundary, standby=standby)
    app.message_shortcut(FROM_MESSAGE)(FromMessage(desk=desk, boundary=boundary, opener=opener, client=client).listen)
    app.action(SPAN.action)(Spans(desk=desk, opener=opener).listen)
    app.action(ANY_TICK)(Ticks(desk=desk, opener=opener).listen)
    app.view_submission(A_READ_FORM)(forms.listen)
    app.view_closed(ANY_FORM)(forms.closed)
    for name, listener in SlackEvents(desk=desk, client=client).listeners().items():
        app.event(name)(_event(listener))
    app.event("reaction_added")(_event(Pins(desk=desk, client=client).listen))
    app.error(_failed)
    return app


def _emergency_number(desk: Desk, standby: Standby | None) -> str:
    """Return policy's telephone number, as an earlier process kept it where this one never met the database."""
    return desk.world.emergency_number or (standby.emergency_number if standby else "")


def _untrusting(client: AsyncWebClient) -> AsyncWebClient:
    """Return the client Bolt copies for each request: the same Slack, no token of its own, and no retries.

    Slack's default retry of broken connections sends a message twice.
    """
    return AsyncWebClient(
        base_url=client.base_url,
        timeout=client.timeout,
        ssl=client.ssl,
        proxy=client.proxy,
        session=client.session,
        retry_handlers=[],
    )


def _authorize(identity: Identity, client: AsyncWebClient) -> Any:  # noqa: ANN401 - Bolt names no type for it
    async def authorize() -> AuthorizeResult:
        return identity.authorized(client.token)

    return authorize


def _event(listener: Listener) -> Any:  # noqa: ANN401 - Bolt injects arguments by name
    async def listen(body: dict[str, Any]) -> None:
        await listener(body)

    return listen


async def _failed(error: Exception) -> None:
    """Log what no listener answered for; Slack gets no ack and delivers an event again."""
    log.error("request.failed", error_id=error_id(), exc_info=error)
