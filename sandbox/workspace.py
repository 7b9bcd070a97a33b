"""The workspace: a plain synchronous state machine that answers Web API calls and keeps what people see."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox import events, people, places, responses
from sandbox.clock import VirtualClock
from sandbox.deliveries import Delivery, DeliveryBook, DeliveryKind, Origin
from sandbox.ids import APP_TOKEN, BOT_TOKEN, OTHER_APP_TOKEN, Ids
from sandbox.manifest import Manifest
from sandbox.methods import METHODS
from sandbox.methods.registry import Call, TokenKind, WebMethod
from sandbox.modals import Modals
from sandbox.rate_limits import SOCKET, Hold, RateLimits
from sandbox.records import CallRecord, Channel, File, Json, Message, Person, ResponseAddress, Violation
from sandbox.refusals import RateLimited, Refusal

# How many calls are remembered, so that a sandbox that runs for days stays small.
MOST_CALLS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One answered call; `hold` is the Retry-After it was given, to be marked as told once it is sent."""

    record: CallRecord
    answer: Json
    hold: Hold | None = None


class Workspace:
    """Everything Slack knows, and the rules it keeps."""

    def __init__(
        self, *, manifest: Mapping[str, Any], clock: VirtualClock, real: Callable[[], float] = time.monotonic
    ) -> None:
        """Seed the company and install the app of `manifest`.

        `clock` is virtual time; `real` gives real seconds for acks and triggers.
        """
        self.manifest = Manifest.read(manifest)
        self.clock = clock
        self.real = real
        self.base_url = "http://sandbox.invalid"
        self.socket_url: Callable[[], str] = lambda: f"{self.base_url}/link"
        self.deliveries = DeliveryBook()
        self.ids = Ids()
        self.seed()

    def seed(self) -> None:
        """Begin again with the seeded company; ids go on, so that nothing old is mistaken for something new."""
        created = self.unix()
        self.bot = people.app_user(self.manifest.bot_name)
        self.people: dict[str, Person] = {person.id: person for person in [*people.company(), self.bot]}
        self.channels: dict[str, Channel] = {
            channel.id: channel for channel in people.channels(bot=self.bot.id, created=created)
        }
        self.user_groups: dict[str, Json] = {}
        self.messages: list[Message] = []
        self.files: dict[str, File] = {}
        self.modals = Modals(ids=self.ids, real=self.real)
        self.deliveries.clear()
        self.limits = RateLimits()
        self.response_addresses: dict[str, ResponseAddress] = {}
        self.revoked = False
        self.calls: list[CallRecord] = []
        self.next_seq = 1
        self.violations: list[Violation] = []
        for sentence in self.manifest.contradictions():
            self.violate(rule=sentence, where="manifest")

    # -- what the app does ------------------------------------------------------------------------------------

    def call(self, *, token: str | None, method: str, args: Mapping[str, Any], now: datetime | None = None) -> Json:
        """Answer one Web API call as Slack would; `now` moves the clock forward first, if given."""
        if now is not None:
            self.clock.jump_to(now)
        return self.exchange(token=token, method=method, args=args).answer

    def exchange(
        self, *, token: str | None, method: str, args: Mapping[str, Any], began: float | None = None
    ) -> Exchange:
        """Answer a call and record it; `began` is when it arrived (real), None in a single thread."""
        hold: Hold | None = None
        retry_after: int | None = None
        try:
            spec = _method(method)
            self._admit_token(token, spec)
            self._admit_rate(method, args, began)
            self._admit_scopes(spec.scopes)
            answer = {"ok": True, **spec.run(self, Call(method=method, args=args, token=token or ""))}
        except Refusal as refusal:
            answer = refusal.answer()
            if refusal.rule:
                self.violate(rule=refusal.rule, where=method, detail=refusal.error)
            if isinstance(refusal, RateLimited):
                retry_after, hold = refusal.retry_after, refusal.hold
        kind = _kind_of(token)
        record = self.note_call(
            method=method, args=args, answer=answer, began=began, token_kind=kind, retry_after=retry_after
        )
        return Exchange(record=record, answer=answer, hold=hold)

    def note_call(
        self,
        *,
        method: str,
        args: Mapping[str, Any],
        answer: Json | None,
        began: float | None = None,
        token_kind: str = "",
        retry_after: int | None = None,
        note: str = "",
    ) -> CallRecord:
        """Record a call and what was answered; `note` says what a fault did to it."""
        record = CallRecord(
            seq=self.next_seq,
            method=method,
            args=dict(args),
            answer=answer,
            at=self.clock.now(),
            ms=0 if began is None else round((self.real() - began) * 1000),
            token_kind=token_kind,
            retry_after=retry_after,
            note=note,
        )
        self.calls.append(record)
        self.next_seq += 1
        if len(self.calls) > MOST_CALLS:
            del self.calls[: MOST_CALLS // 2]
        return record

    def acknowledge(self, envelope_id: str, *, response: Json | None) -> None:
        """Take the app's ack of an envelope, and show what its answer asks for."""
        if envelope_id not in self.deliveries.all:
            self.violate(rule="an ack names an envelope that was sent", where="ack", detail=envelope_id)
            return
        delivery = self.deliveries.acknowledge(envelope_id, response=response, real=self.real())
        if delivery is not None and delivery.origin is not None:
            responses.apply_ack(self, delivery)

    # -- time -------------------------------------------------------------------------------------------------

    def next_due(self) -> datetime | None:
        """When (virtual) the workspace itself next wants to act."""
        return self.deliveries.next_due()

    def fire_due(self) -> None:
        """Do what is due by the virtual clock: redeliver events nobody acknowledged."""
        self.deliveries.redeliver(now=self.clock.now())

    def expire(self) -> None:
        """Give up what was not acknowledged within three real seconds."""
        for delivery in self.deliveries.overdue(real=self.real()):
            self.violate(rule="no ack within 3 s", where=delivery.kind.value, detail=_named(delivery))
            self.give_up(delivery, failure="operation_timeout")

    def give_up(self, delivery: Delivery, *, failure: str) -> None:
        """End one attempt of a delivery; the person who waits for it is told as Slack tells them."""
        self.deliveries.fail(delivery, failure=failure)
        if delivery.origin is not None:
            responses.show_failure(self, delivery, failure=failure)

    # -- what the workspace sends -----------------------------------------------------------------------------

    def send(self, *, kind: DeliveryKind, payload: Json, origin: Origin | None = None) -> Delivery:
        """Queue something for the app."""
        delivery = Delivery(
            envelope_id=f"env-{self.ids.number():08d}",
            kind=kind,
            payload=payload,
            queued=self.real(),
            first_at=self.clock.now(),
            origin=origin,
        )
        return self.deliveries.add(delivery)

    def revoke(self) -> None:
        """Take the app's token away, as an administrator who uninstalls it does."""
        events.tokens_revoked(self)
        self.revoked = True

    # -- bookkeeping ------------------------------------------------------------------------------------------

    def violate(self, *, rule: str, where: str, detail: str = "") -> None:
        """Record that a rule was broken."""
        self.violations.append(Violation(rule=rule, where=where, at=self.clock.now(), detail=detail))

    def unix(self) -> int:
        """The virtual present in whole Unix seconds."""
        return int(self.clock.now().timestamp())

    def ts(self) -> str:
        """A fresh message timestamp."""
        return self.ids.ts(self.clock.now())

    def require_scope(self, *scopes: str) -> None:
        """Refuse with `missing_scope` unless one of `scopes` was granted."""
        self._admit_scopes(scopes)

    def _admit_scopes(self, scopes: tuple[str, ...]) -> None:
        if self.manifest.allows(scopes):
            return
        extra = {"needed": ",".join(scopes), "provided": ",".join(sorted(self.manifest.scopes))}
        raise Refusal("missing_scope", rule=f"needs the scope {' or '.join(scopes)}", extra=extra)

    def _admit_token(self, token: str | None, spec: WebMethod) -> None:
        if spec.token is TokenKind.NONE:
            return
        if not token:
            raise Refusal("not_authed", rule="a call carries a token")
        kind = _kind_of(token)
        if kind == "unknown":
            raise Refusal("invalid_auth", rule="a call carries a token of this workspace")
        if spec.token is not TokenKind.ANY and kind != spec.token.value:
            raise Refusal("not_allowed_token_type", rule=f"{spec.name} takes a token of kind {spec.token.value}")
        if self.revoked:
            raise Refusal("token_revoked")

    def _admit_rate(self, method: str, args: Mapping[str, Any], began: float | None) -> None:
        # Sockets live in real time, and so does the client's wait after a refused apps.connections.open.
        now = self.real() if method == SOCKET else self.clock.now().timestamp()
        channel = places.bucket_of(self, str(args.get("channel", "")))
        denial = self.limits.admit(method=method, channel=channel, now=now, arrived=began)
        if denial is None:
            return
        rule = "no call inside Retry-After" if denial.inside else None
        raise RateLimited(retry_after=denial.retry_after, rule=rule, hold=denial.hold)


def _method(name: str) -> WebMethod:
    spec = METHODS.get(name)
    if spec is None:
        rule = f"{name} is no method the sandbox knows"
        raise Refusal("unknown_method", rule=rule, extra={"req_method": name})
    return spec


def _kind_of(token: str | None) -> str:
    if token == BOT_TOKEN:
        return TokenKind.BOT.value
    return TokenKind.APP.value if token in (APP_TOKEN, OTHER_APP_TOKEN) else "unknown"


def _named(delivery: Delivery) -> str:
    payload = delivery.payload
    return str(payload.get("command") or payload.get("type") or "")
