"""Links in pages: each acknowledges one incident, once, as the person it was sent to."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.incident import commands as c
from bot.incident.model import Incident
from bot.incident.reacting.effects import PAGES, Effect, EffectKind, Words
from bot.incident.reading.picture import Picture
from bot.ports import Handle, UnitOfWork
from bot.usecases.asked import Answer, Asked, Principal
from bot.usecases.asking import ask
from bot.usecases.pictures import picture
from bot.usecases.world import World
from bot.words import Act, ActorKind, Status

LASTS = timedelta(hours=24)
"""How long a link can be used, from the moment its page first left."""


class LinkStanding(StrEnum):
    """How a link stands; `DONE` is said once, to the press that acknowledged."""

    ASKED = "asked"
    DONE = "done"
    ANSWERED = "answered"
    OVER = "over"
    USED = "used"
    EXPIRED = "expired"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSeen:
    """A link as it stands: `picture` is its incident, `person` who it was sent to, `used_at` when it was used.

    `is_call`: it calls them to help with what somebody has acknowledged. `refusal` are the words of why not.
    """

    standing: LinkStanding
    picture: Picture | None = None
    person: str = ""
    used_at: datetime | None = None
    is_call: bool = False
    refusal: Words = field(default_factory=dict)


def link_in(unit: UnitOfWork, effect: Effect, world: World) -> str:
    """Return the address that the page `effect` carries, the same however often it is sent; "" for what has none."""
    if world.links is None or effect.kind is not EffectKind.NOTIFY or effect.view not in PAGES:
        return ""
    person = str(effect.words["person"])
    handle = unit.handles.mint(effect.id, Act.ACKNOWLEDGE, incident=effect.incident, person=person, now=world.now())
    return world.links.url(handle)


def look_at_link(unit: UnitOfWork, token: str, world: World) -> LinkSeen:
    """Return how the link stands whose address ends in `token`; nothing is changed, for mail scanners look too."""
    handle = _handle(unit, token, world)
    page = unit.outbox.get(handle.message) if handle else None
    incident = unit.incidents.get(handle.incident) if handle and handle.incident else None
    if handle is None or page is None or incident is None:
        return LinkSeen(standing=LinkStanding.UNKNOWN)
    used_at = unit.requests.answered_at(_key(handle))
    return LinkSeen(
        standing=LinkStanding.USED if used_at else _standing(handle, page.effect, incident, world),
        picture=picture(unit, incident, world, also=handle.person),
        person=handle.person,
        used_at=used_at,
        is_call=page.effect.view != "page",
    )


def use_link(unit: UnitOfWork, token: str, world: World) -> LinkSeen:
    """Return what became of a press: the answer of whom the link was sent to, or why there was none."""
    seen = look_at_link(unit, token, world)
    handle = _handle(unit, token, world)
    if handle is None or seen.standing is not LinkStanding.ASKED:
        return seen
    who = Principal(kind=ActorKind.PERSON, id=handle.person)
    command = c.AnswerCall() if seen.is_call else c.Acknowledge(by_link=True)
    answer = ask(unit, Asked(key=_key(handle), who=who, command=command, number=handle.incident), world)
    if answer.view == "refused":
        return _refused(unit, seen, answer)
    return replace(seen, standing=LinkStanding.DONE, picture=answer.picture)


def _refused(unit: UnitOfWork, seen: LinkSeen, answer: Answer) -> LinkSeen:
    """Return why the press changed nothing; who left the workspace learns nothing but that their link is worth none."""
    member = unit.members.get(seen.person)
    if member and member.deleted:
        return replace(seen, standing=LinkStanding.EXPIRED)
    return replace(seen, standing=LinkStanding.REFUSED, picture=answer.picture or seen.picture, refusal=answer.words)


def _handle(unit: UnitOfWork, token: str, world: World) -> Handle | None:
    """Return the handle in a link that we signed for one person; a button's own handle is none."""
    signed = world.links.handle_in(token) if world.links else None
    handle = unit.handles.get(signed) if signed else None
    return handle if handle and handle.act is Act.ACKNOWLEDGE and handle.person else None


def _key(handle: Handle) -> str:
    """Return the key of the one request that this link makes; the record has it."""
    return f"link:{handle.message}"


def _standing(handle: Handle, page: Effect, incident: Incident, world: World) -> LinkStanding:
    if not incident.status.is_open:
        return LinkStanding.OVER
    if _is_expired(handle, page, incident, world):
        return LinkStanding.EXPIRED
    return LinkStanding.ASKED if _is_asked(page, incident, handle.person) else LinkStanding.ANSWERED


def _is_expired(handle: Handle, page: Effect, incident: Incident, world: World) -> bool:
    minted = handle.minted_at
    return page.words.get("round") != incident.reopenings or minted is None or world.now() - minted > LASTS


def _is_asked(page: Effect, incident: Incident, person: str) -> bool:
    """Return whether an answer of `person` is still awaited: anybody's, or theirs as the named commander (G8.1)."""
    if page.view != "page":
        return any(call.person == person and call.answered_at is None for call in incident.calls)
    silent = incident.commander == person and not incident.commander_answered
    return incident.status is Status.DECLARED or silent
