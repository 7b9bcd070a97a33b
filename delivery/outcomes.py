"""Classifies every answer of Slack, and every failure to get one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.ports import Delivery
from bot.usecases.outcomes import Dead, Elsewhere, Outcome, Retry, SystemDown
from delivery import backoff

DEFAULT_RETRY_AFTER = 30.0
SYSTEM_PAUSE = 60.0

_TOO_MANY = 429
_SERVER_ERROR = 500


class Verdict(StrEnum):
    """What an unsuccessful call means for what was to be done."""

    NOT_SENT = "not sent"
    LIMITED = "limited"
    AMBIGUOUS = "ambiguous"
    HERE = "permanent here"
    SYSTEM = "system"
    PERMANENT = "permanent"


_NAMED: Mapping[str, Verdict] = {
    **dict.fromkeys(("ratelimited", "rate_limited"), Verdict.LIMITED),
    **dict.fromkeys(("internal_error", "fatal_error", "request_timeout", "service_unavailable"), Verdict.AMBIGUOUS),
    **dict.fromkeys(
        (
            "channel_not_found",
            "is_archived",
            "is_inactive",
            "not_in_channel",
            "messages_tab_disabled",
            "user_not_found",
            "user_disabled",
            "cannot_dm_bot",
        ),
        Verdict.HERE,
    ),
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"), Verdict.SYSTEM
    ),
}


class CallFailed(Exception):
    """A Web API call did not succeed.

    `error` is Slack's name for it or the exception's; `after` the seconds to wait when limited; `people` what Slack
    said about single people of an invitation, by Slack user id.
    """

    def __init__(
        self,
        *,
        method: str,
        verdict: Verdict,
        error: str,
        after: float = 0.0,
        people: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{method}: {error}")
        self.method = method
        self.verdict = verdict
        self.error = error
        self.after = after
        self.people = people or {}


class Denied(Exception):
    """Our own limits hold a call back for `after` seconds; nothing was sent."""

    def __init__(self, *, method: str, after: float) -> None:
        super().__init__(f"{method} waits {after:.3f} s")
        self.method = method
        self.after = after


def classify(method: str, error: SlackApiError | aiohttp.ClientError | OSError) -> CallFailed:
    """Return what `error`, raised by a call of `method`, means."""
    if isinstance(error, SlackApiError):
        return _answered(method, _Answer.of(error))
    return CallFailed(method=method, verdict=_unanswered(error), error=type(error).__name__)


def _unanswered(error: aiohttp.ClientError | OSError) -> Verdict:
    """Return whether the body can have left: it cannot before DNS, connection, TLS and proxy are done."""
    before_the_body = (
        aiohttp.ClientConnectorError,
        aiohttp.ConnectionTimeoutError,
        aiohttp.ServerFingerprintMismatch,
        aiohttp.ClientHttpProxyError,
    )
    return Verdict.NOT_SENT if isinstance(error, before_the_body) else Verdict.AMBIGUOUS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """The parts of an answer that decide: HTTP status, header Retry-After, JSON body."""

    status: int
    retry_after: str
    body: Mapping[str, Any]

    @classmethod
    def of(cls, error: SlackApiError) -> "_Answer":
        """Read the answer; the SDK hands over the bare HTTP response when the body was not JSON."""
        answer: Any = error.response
        status: Any = getattr(answer, "status_code", None) or getattr(answer, "status", 0)
        body = getattr(answer, "data", None)
        headers = getattr(answer, "headers", None) or {}
        retry_after = next((str(headers[key]) for key in headers if str(key).lower() == "retry-after"), "")
        return cls(status=int(status), retry_after=retry_after, body=body if isinstance(body, Mapping) else {})


def _answered(method: str, answer: _Answer) -> CallFailed:
    error = str(answer.body.get("error") or f"http_{answer.status}")
    verdict = _verdict(error, answer)
    after = retry_after(answer.retry_after) if verdict is Verdict.LIMITED else 0.0
    people = _people(answer.body.get("errors"))
    return CallFailed(method=method, verdict=verdict, error=error, after=after, people=people)


def _verdict(error: str, answer: _Answer) -> Verdict:
    if answer.status == _TOO_MANY:
        return Verdict.LIMITED
    # An answer without Slack's own word may come from something in between, after Slack did the work.
    if answer.status >= _SERVER_ERROR or not answer.body.get("error"):
        return Verdict.AMBIGUOUS
    if error.startswith("restricted_action"):
        return Verdict.HERE
    return _NAMED.get(error, Verdict.PERMANENT)


def retry_after(header: str) -> float:
    """Return the seconds a Retry-After header asks for; half a minute when it says nothing readable."""
    return float(header) if header.isdigit() else DEFAULT_RETRY_AFTER


def _people(errors: object) -> dict[str, str]:
    if not isinstance(errors, Sequence):
        return {}
    return {str(one["user"]): str(one.get("error")) for one in errors if isinstance(one, Mapping) and "user" in one}


def settle_failed(failed: CallFailed, *, delivery: Delivery, in_doubt: bool, jitter: float) -> Outcome:
    """Return what becomes of `delivery` after `failed`.

    `in_doubt` says that it may have been carried out nevertheless. A look-up that was refused for a reason of its own
    (a scope is missing) does not kill it at once; where Tocsin may not even read, it goes elsewhere, for a page that
    comes twice is better than none. `jitter` is drawn from 0 up to 1.
    """
    match failed.verdict:
        case Verdict.LIMITED:
            return Retry(after=failed.after, in_doubt=in_doubt, error=failed.error, counted=False)
        case Verdict.NOT_SENT | Verdict.AMBIGUOUS:
            return again(failed.error, delivery=delivery, in_doubt=in_doubt, jitter=jitter, outage=True)
        case Verdict.HERE:
            return Elsewhere(error=failed.error)
        case Verdict.SYSTEM:
            return SystemDown(error=failed.error, after=SYSTEM_PAUSE, in_doubt=in_doubt)
        case Verdict.PERMANENT:
            if in_doubt:
                return again(failed.error, delivery=delivery, in_doubt=True, jitter=jitter, outage=False)
            return Dead(error=failed.error)
        case unknown:
            assert_never(unknown)


def again(error: str, *, delivery: Delivery, in_doubt: bool, jitter: float, outage: bool) -> Retry | Dead:
    """Return the next try of `delivery`, or that it had enough of them; `outage` as in `backoff.tries`."""
    if delivery.attempts >= backoff.tries(delivery.effect, outage=outage):
        return Dead(error=error)
    return Retry(after=backoff.wait(delivery.attempts, jitter=jitter), in_doubt=in_doubt, error=error)
