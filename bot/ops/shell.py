"""What an operator may do from a shell while Slack is down: declare, acknowledge, and see how things stand."""

import json
import secrets
from datetime import UTC, datetime

from bot.desk import Desk
from bot.desk.patience import at_most
from bot.incident.commands import Acknowledge, Command, Declare
from bot.incident.reading.picture import Picture
from bot.incident.rules.times import LONGEST_AGO
from bot.ops.exits import clean
from bot.ops.policy_serving import serve_policy
from bot.ports import DeliveryState, StoreAwayError
from bot.usecases.asked import Answer, Asked, Principal
from bot.usecases.spooling import Standby
from bot.words import ActorKind, Severity

LONGEST_NUMBER = 9
PATIENCE_S = 5.0
"""Real seconds somebody at a shell waits for a database that hangs."""

REFUSED, MISUSE = "1", "2"
PRIVATELY = ("private:", "confidential:", "restricted:")
"""What makes a title private besides --private: with its colon, for alerts are titled by machines."""


class ShellError(Exception):
    """What was asked cannot be done; the message is a sentence for the operator, `code` the command's exit code."""

    def __init__(self, message: str, *, code: str = MISUSE) -> None:
        super().__init__(message)
        self.code = code


AWAY = "The database does not answer, so nothing was done. "
WRITTEN_DOWN = "Without --as, `tocsin declare` is written down all the same."
NOT_HERE = (
    "Only a Tocsin that runs writes alarms down, and this shell reaches none: type `/incident declare …` in Slack, "
    "or telephone who is on call."
)
NOT_DECLARED = {"error": AWAY + NOT_HERE, "code": REFUSED}
"""The answer to a declaration that reached neither a database nor a bot that runs."""


async def serve(desk: Desk, request: dict[str, str], *, standby: Standby | None = None) -> dict[str, str]:
    """Return the answer to one request of the shell: `do` is declare, ack, status, outbox, outbox.retry or outbox.drop.

    `text` is for people, `json` (of status and outbox) for programs, `code` the command's exit code. `standby` takes a
    declaration while the database does not answer.
    """
    if request.get("do", "").startswith("policy."):
        return await serve_policy(desk, request)
    try:
        return await _served(desk, request, standby)
    except StoreAwayError:
        return {"error": AWAY + (WRITTEN_DOWN if standby else NOT_HERE), "code": REFUSED}
    except ShellError as problem:
        return {"error": str(problem), "code": problem.code}


async def _served(desk: Desk, request: dict[str, str], standby: Standby | None) -> dict[str, str]:
    with at_most(PATIENCE_S):
        if request.get("do") == "status":
            return await _status(desk, request.get("number", ""))
        if request.get("do") == "outbox":
            return await _outbox(desk)
        if request.get("do") in {"outbox.retry", "outbox.drop"}:
            return {"text": await _by_hand(desk, request["do"], request.get("id", ""))}
    return {"text": await _act(desk, request, standby)}


async def _act(desk: Desk, request: dict[str, str], standby: Standby | None) -> str:
    command, number = _command(request, now=desk.now())
    with at_most(PATIENCE_S):
        who = Principal(kind=ActorKind.OPERATOR, id=await _person(desk, request.get("as", "")))
    asked = Asked(key=f"shell:{secrets.token_hex(8)}", who=who, command=command, number=number)
    try:
        with at_most(PATIENCE_S):
            answer = await desk.ask(asked)
    except StoreAwayError:
        if standby is None or not isinstance(command, Declare):
            raise
        answer = await standby.alarm(asked)
    return say(answer)


def _command(request: dict[str, str], *, now: datetime) -> tuple[Command, int | None]:
    match request.get("do"):
        case "declare":
            return _declare(request, now=now), None
        case "ack":
            return Acknowledge(), _number(request.get("number", ""))
        case other:
            message = f"There is no `{other}` here: declare, ack or status."
            raise ShellError(message)


def _declare(request: dict[str, str], *, now: datetime) -> Declare:
    said = request.get("alerted_at", "")
    title = request.get("title", "")
    marked = next((one for one in PRIVATELY if title.casefold().startswith(one)), "")
    return Declare(
        title=title[len(marked) :].strip(),
        is_private=bool(marked) or request.get("private") == "yes",
        severity=_severity(request.get("severity", "")),
        alerted_at=_alerted_at(said, now=now) if said else None,
    )


def _alerted_at(text: str, *, now: datetime) -> datetime:
    """Return when the signal came that opens the incident, as monitoring gives it: UTC, or with its own offset."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"`{text}` is no moment, such as 2026-11-20T13:55Z."
        raise ShellError(message) from error
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not now - LONGEST_AGO <= at <= now:
        message = f"`{text}` is not within the year before now ({now:%Y-%m-%dT%H:%MZ})."
        raise ShellError(message)
    return at.astimezone(UTC)


def _severity(text: str) -> Severity | None:
    if not text:
        return None
    digit = text.lower().removeprefix("sev").removeprefix("-").removeprefix("s")
    try:
        return Severity(f"sev{digit}")
    except ValueError as error:
        message = f"There is no {text}. Severities are SEV-1 (worst) to SEV-4."
        raise ShellError(message) from error


def _number(text: str) -> int:
    digits = text.upper().removeprefix("INC-")
    if not digits.isdecimal() or len(digits) > LONGEST_NUMBER:
        message = f"`{text}` is not an incident's number, such as 42 or INC-42."
        raise ShellError(message)
    return int(digits)


async def _person(desk: Desk, handle: str) -> str:
    """Return the Slack user id that policy knows under this key or handle; "shell" for nobody in particular."""
    if not handle:
        return "shell"
    found = await desk.find_person(handle.removeprefix("@"))
    if found is None and await desk.knows_nobody():
        message = "Tocsin has never reached Slack from this database, so it knows nobody yet. Leave --as out."
        raise ShellError(message, code=REFUSED)
    if found is None:
        message = f"Policy names nobody called `{handle}`. Use a key of people.yaml."
        raise ShellError(message)
    return found


async def _status(desk: Desk, number: str) -> dict[str, str]:
    standing = await desk.standing() if not number else [shown] if (shown := await _one(desk, number)) else []
    if number and not standing:
        message = f"There is no INC-{_number(number)}."
        raise ShellError(message, code=REFUSED)
    lines = "\n".join(stand(picture) for picture in standing) or "Nothing is open."
    return {"text": lines, "json": json.dumps([_as_row(picture) for picture in standing])}


async def _one(desk: Desk, number: str) -> Picture | None:
    return await desk.show(number=_number(number))


async def _outbox(desk: Desk) -> dict[str, str]:
    rows = await desk.undelivered()
    lines = (f"{row.state:8} {row.effect.id}  tries {row.attempts}  {clean(row.error)}".rstrip() for row in rows)
    listed = [
        {"id": row.effect.id, "state": row.state, "tries": row.attempts, "error": clean(row.error)} for row in rows
    ]
    said = {"text": "\n".join(lines) or "Everything was delivered.", "json": json.dumps(listed)}
    return {**said, "code": REFUSED} if rows else said


async def _by_hand(desk: Desk, asked: str, row: str) -> str:
    stood = await (desk.revive(row) if asked == "outbox.retry" else desk.drop(row))
    if stood is None:
        message = f"There is no delivery `{clean(row)}`: `tocsin outbox list` names them."
        raise ShellError(message)
    if stood is not DeliveryState.DEAD:
        message = f"`{clean(row)}` is {stood}, not dead. Nothing was changed."
        raise ShellError(message, code=REFUSED)
    done = "is tried again" if asked == "outbox.retry" else "is let go for good"
    return f"{clean(row)} {done}; the record says so."


def _next_due(picture: Picture) -> datetime | None:
    return min((clock.due_at for clock in picture.clocks if clock.is_running and not clock.missed_at), default=None)


def _as_row(picture: Picture) -> dict[str, object]:
    """Return how an incident stands, for a program; times are ISO 8601 in UTC."""
    incident, due = picture.incident, _next_due(picture)
    return {
        "incident": incident.number,
        "severity": incident.severity,
        "title": incident.title,
        "status": incident.status,
        "is_test": incident.is_test,
        "commander": picture.name(incident.commander) if incident.commander else None,
        "answered": incident.commander_answered,
        "next_due": f"{due:%Y-%m-%dT%H:%M:%SZ}" if due else None,
    }


def stand(picture: Picture) -> str:
    """Return one line on how an incident stands, for a terminal."""
    incident = picture.incident
    answered = "" if incident.commander_answered or not incident.seat else ", not answered yet"
    due = _next_due(picture)
    following = f"; next due {due:%Y-%m-%d %H:%M} UTC" if due else ""
    test = "TEST · " if incident.is_test else ""
    return (
        f"{test}{incident.severity.label} {incident.ref} {clean(incident.title)}: {incident.status}, "
        f"commander {clean(picture.name(incident.commander))}{answered}{following}"
    )


def say(answer: Answer) -> str:
    """Return an answer as lines for a terminal."""
    if answer.view == "refused":
        parts = answer.words.get("parts")
        sentence = parts if isinstance(parts, list) else []
        raise ShellError("".join(_part(part, answer.picture) for part in sentence), code=REFUSED)
    if answer.view == "spooled":
        paged = answer.words.get("paged")
        whom = ", ".join(map(str, paged)) if isinstance(paged, list) and paged else "nobody yet"
        return f"Written down as {answer.words['ref']}, for the database does not answer; paged: {whom}."
    return stand(answer.picture) if answer.picture else answer.view


def _part(part: object, picture: Picture | None) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        if "who" in part:
            return picture.name(part["who"]) if picture else str(part["who"])
        return str(part.get("at") or part.get("quote") or "")
    return ""
