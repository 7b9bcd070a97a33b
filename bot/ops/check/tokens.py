"""Whether the app's two tokens are there, work, belong together, and were granted what manifest.yaml asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.ops.check.asking import NO_ANSWER, Asking, Reply
from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.ops.check.setup import APPS, Setup
from bot.ops.ways_in import has_half_of_http, has_socket_mode

BOT, APP, ONE_APP, SCOPES = "Bot token", "App token", "One app", "Scopes"
_INSTALL = f"Copy the one that begins with xoxb- at {APPS}, OAuth & Permissions, into SLACK_BOT_TOKEN."
_MAKE = f"Make one with connections:write at {APPS}, Basic Information, App-Level Tokens, for SLACK_APP_TOKEN."
_NETWORK = "See that this machine reaches slack.com on port 443, through HTTPS_PROXY if there is a proxy."


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What the tokens came to; `who` is Slack's answer to auth.test, None when the bot token does not work."""

    findings: tuple[Finding, ...]
    who: Reply | None


async def look_at_tokens(setup: Setup, asking: Asking) -> Spoken:
    """Return how it stands with both tokens, and who the bot is."""
    findings, who = await _bot_token(setup, asking)
    if has_socket_mode(setup.settings) and not has_half_of_http(setup.settings):  # that is said of the way in
        findings += await _app_token(setup, asking, who)
    if who:
        findings.append(_scopes(setup.manifest, who))
    return Spoken(findings=tuple(findings), who=who)


async def _bot_token(setup: Setup, asking: Asking) -> tuple[list[Finding], Reply | None]:
    token = setup.settings.slack_bot_token.get_secret_value()
    wrong = _shape(token, BOT, prefix="xoxb-", mend=_INSTALL)
    if wrong:
        return [wrong], None
    reply = await asking.ask("auth.test")
    if reply.error == NO_ANSWER:
        return [fail(BOT, "Slack does not answer.", _NETWORK)], None
    if reply.error:
        return [fail(BOT, f"Slack does not take it ({reply.error}).", _INSTALL)], None
    said = f"speaks as @{reply.data.get('user')} in {reply.data.get('team')} ({reply.data.get('team_id')})."
    return [good(BOT, said)], reply


async def _app_token(setup: Setup, asking: Asking, who: Reply | None) -> list[Finding]:
    token = setup.settings.slack_app_token.get_secret_value()
    wrong = _shape(token, APP, prefix="xapp-", mend=_MAKE)
    if wrong:
        return [wrong]
    told = await asking.ask("auth.test", token=token)
    if told.error == NO_ANSWER:
        return [fail(APP, "Slack does not answer.", _NETWORK)]
    if told.error:
        return [fail(APP, f"Slack does not take it ({told.error}).", _MAKE)]
    apart = await _apart(asking, who, app=str(told.data.get("app_id") or ""))
    if apart:
        return [apart]
    return [await _opens(asking, token), *([good(ONE_APP, "both tokens are of the same app.")] if who else [])]


async def _apart(asking: Asking, who: Reply | None, *, app: str) -> Finding | None:
    """Return that the two tokens are of different apps, None when they are of one or nobody can tell."""
    if who is None or not app:
        return None
    reply = await asking.ask("users.info", user=str(who.data.get("user_id")))
    ours = str((reply.data.get("user") or {}).get("profile", {}).get("api_app_id") or "")
    if not ours or ours == app:
        return None
    found = f"the bot token is of app {ours}, the app token of app {app}."
    return fail(ONE_APP, found, f"Copy both from the pages of one app at {APPS}.")


async def _opens(asking: Asking, token: str) -> Finding:
    reply = await asking.ask("apps.connections.open", token=token)
    match reply.error:
        case "":
            return good(APP, "opens connections.")
        case "ratelimited":
            return warn(APP, "Slack asks to wait before another connection is opened.", "Check again in a minute.")
        case "missing_scope":
            return fail(APP, "it lacks the scope connections:write.", _MAKE)
        case _ if reply.error == NO_ANSWER:
            return fail(APP, "Slack does not answer.", _NETWORK)
        case error:
            mend = f"Switch Socket Mode on at {APPS}, Socket Mode, and see that the token is of that app."
            return fail(APP, f"Slack opens no connection for it ({error}).", mend)


def _shape(token: str, looked_at: str, *, prefix: str, mend: str) -> Finding | None:
    if not token:
        return fail(looked_at, "there is none.", mend)
    if token.startswith(prefix) and token.isascii() and token.isprintable() and " " not in token:
        return None
    swapped = token.startswith(("xoxb-", "xapp-")) and not token.startswith(prefix)
    found = "the two tokens are swapped." if swapped else f"it is not of the form {prefix}…"
    return fail(looked_at, found, mend)


def _scopes(manifest: Mapping[str, Any], who: Reply) -> Finding:
    """Compare what Slack says was granted with what the manifest asks for."""
    asked = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))
    granted = {scope for scope in who.headers.get("x-oauth-scopes", "").split(",") if scope}
    missing, more = sorted(asked - granted), sorted(granted - asked)
    mend = f"Put manifest.yaml into the app at {APPS}, App Manifest, and reinstall the app to the workspace."
    if not asked:
        return warn(
            SCOPES, "there is no manifest.yaml here to compare with.", "Start the check in Tocsin's repository."
        )
    if not granted:
        return warn(SCOPES, "Slack does not say what was granted.", "Compare OAuth & Permissions with manifest.yaml.")
    if missing:
        return fail(SCOPES, f"not granted: {listed(missing)}.", mend)
    if more:
        return warn(SCOPES, f"granted and not needed: {listed(more)}.", mend)
    return good(SCOPES, f"all {len(asked)} of manifest.yaml are granted, and no other.")
