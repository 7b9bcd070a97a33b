"""What is done with a declaration while the database does not answer: who is paged, and what is said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from bot.incident.commands import Declare, Spooled
from bot.incident.context import Actor, Context
from bot.incident.decide import decide
from bot.incident.history.apply import replay
from bot.incident.history.codec import build
from bot.incident.history.paged import Page
from bot.incident.model import Incident
from bot.incident.reacting.effects import OUTSIDE, Effect, EffectKind, Json, Words, dm
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.declare import ASK_WITHIN, same_title
from bot.incident.rules.pages import READABLE
from bot.policy.model import Policy
from bot.policy.rota import Member, Rota, resolve
from bot.ports import UnitOfWork
from bot.usecases.answering import sentence_words
from bot.usecases.asked import Answer, Asked, Principal
from bot.usecases.principals import admit_as
from bot.usecases.scrubbing import scrub_command
from bot.usecases.world import World
from bot.words import Lane

SHORTEST_REF, LONGEST_REF = 4, 12
"""Letters and digits of the id people are told; longer only where a shorter one is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastKnown:
    """What was last read of the database: the `files` of the policy in force, the `members`, and `places` by name."""

    files: Mapping[str, bytes]
    policy: Policy
    members: Mapping[str, Member]
    places: Mapping[str, str]
    home_team: str

    @property
    def rota(self) -> Rota:
        """Return who stood behind the contacts of that policy."""
        return resolve(people=self.policy.people, members=self.members.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One declaration in the spool: everything it takes to page people for it, and to enter it later.

    `token` is the handle of the form it was written in, "" for words that were typed; `pages` are what goes out at
    once. It is written as JSON, so it holds nothing but plain values.
    """

    ref: str
    key: str
    at: datetime
    who: Principal
    command: Declare
    token: str = ""
    channel: str = ""
    respond_url: str = ""
    removed: str = ""
    pages: tuple[Effect, ...] = ()
    paged: tuple[str, ...] = ()


class Standby(Protocol):
    """Takes declarations while the database does not answer."""

    async def alarm(self, asked: Asked, *, token: str = "") -> Answer:
        """Return what the declarer hears, having written the alarm down and begun to page; OSError when it cannot."""

    @property
    def emergency_number(self) -> str:
        """Return policy's telephone number for when nothing else works, "" while that is not known."""


def last_known(unit: UnitOfWork, world: World) -> LastKnown | None:
    """Return what is to be remembered for when the database does not answer; None without a policy."""
    in_force = unit.policies.in_force()
    if in_force is None:
        return None
    return LastKnown(
        files=in_force[1],
        policy=world.policy(unit, in_force[0]),
        members={member.id: member for member in unit.members.all()},
        places=unit.places.all(),
        home_team=world.home_team,
    )


def ref_of(key: str, *, length: int = SHORTEST_REF) -> str:
    """Return the short id of the request `key` ("D-3F7K"): the same whenever Slack sends it again."""
    digest = sha256(f"spool/{key}".encode()).digest()
    return "D-" + "".join(READABLE[byte % len(READABLE)] for byte in digest[:length])


def earlier(slips: Iterable[Slip], asked: Asked, *, now: datetime) -> Slip | None:
    """Return the slip that answers `asked` already: the same request, or the same title by the same person just now."""
    declared = asked.command
    for slip in slips:
        mine = slip.who.id == asked.who.id and now - slip.at < ASK_WITHIN
        again = mine and isinstance(declared, Declare) and same_title(slip.command.title, _title(declared))
        if slip.key == asked.key or again:
            return slip
    return None


def _title(command: Declare) -> str:
    cleaned, _ = scrub_command(command)
    return getattr(cleaned, "title", "")


def slip_for(asked: Asked, known: LastKnown | None, *, ref: str, token: str, now: datetime) -> Slip | Refused:
    """Return the slip that `asked`, a declaration, is written down on, or why it is none.

    Whom it pages is decided as with a database, by what was `last known` of it; without that nobody is. TypeError for
    anything but a declaration.
    """
    command, removed = scrub_command(asked.command)
    if not isinstance(command, Declare):
        message = f"a {type(command).__name__} is not spooled"
        raise TypeError(message)
    slip = Slip(
        ref=ref,
        key=asked.key,
        at=now,
        who=asked.who,
        command=replace(command, spooled=Spooled(ref=ref, at=now)),
        token=token,
        channel=asked.channel,
        respond_url=asked.respond_url,
        removed=removed,
    )
    return _with_pages(slip, known) if known else slip


def _with_pages(slip: Slip, known: LastKnown) -> Slip | Refused:
    actor = admit_as(known.members.get(slip.who.id), slip.who, known.policy, home_team=known.home_team)
    if isinstance(actor, Refused):
        return actor
    rota = known.rota
    begun = _begun(slip.command, actor, known, rota, now=slip.at)
    if isinstance(begun, Refused) and slip.command.commander:
        # Who cannot command is no reason to lose an alarm: it goes to whom policy names.
        slip = replace(slip, command=replace(slip.command, commander=None))
        begun = _begun(slip.command, actor, known, rota, now=slip.at)
    if isinstance(begun, Refused):
        return begun
    paged = dict.fromkeys(page.person for page in begun.pages)
    return replace(
        slip,
        pages=tuple(_page(page, slip, begun, known, rota) for page in begun.pages),
        paged=tuple(_name(person, known, rota) for person in paged),
    )


def _begun(command: Declare, actor: Actor, known: LastKnown, rota: Rota, *, now: datetime) -> Incident | Refused:
    context = Context(policy=known.policy, rota=rota, now=now, actor=actor)
    member = known.members.get(command.commander or "")
    if command.commander and not (member and member.is_eligible):
        command = replace(command, commander=None)
    decision = decide(None, command, context)
    return decision if isinstance(decision, Refused) else replay(decision)


def _name(person: str, known: LastKnown, rota: Rota) -> str:
    member = known.members.get(person)
    return rota.name_of(person) or (member.name if member else person)


def _page(page: Page, slip: Slip, begun: Incident, known: LastKnown, rota: Rota) -> Effect:
    who = rota.person(page.person)
    contact = known.policy.people.contacts.get(page.contact)
    words: dict[str, Json] = {
        "ref": slip.ref,
        "person": page.person,
        "way": page.way,
        "ways": len(who.ways) if who else 1,
        "contact": "named commander" if page.contact == "commander" else contact.label if contact else page.contact,
        "severity": begun.severity.value,
        "title": "" if begun.is_private else begun.title,
        "team": begun.team,
        "by": _name(slip.who.id, known, rota) if slip.who.id in known.members else "",
        "at": slip.at.isoformat(),
        "channel": known.places.get(str(dm(page.person))),
    }
    url = who.ways[page.way - 1].url if who and page.way <= len(who.ways) else ""
    return Effect(
        id=f"spool:{sha256(slip.key.encode()).hexdigest()[:16]}/{page.step}",
        kind=EffectKind.NOTIFY if page.outside else EffectKind.POST,
        lane=Lane.PAGE,
        incident=None,
        place=OUTSIDE if page.outside else dm(page.person),
        view="page.spooled",
        words={**words, "url": url} if page.outside else words,
    )


def told(slip: Slip, known: LastKnown | None) -> Answer:
    """Return what the declarer of a slip hears, each time the same."""
    words: Words = {
        "ref": slip.ref,
        "paged": list(slip.paged),
        "is_test": slip.command.is_test,
        "emergency_number": known.policy.people.emergency_number if known else "",
    }
    return Answer(view="spooled", words={**words, "removed": slip.removed} if slip.removed else words)


def refusal_told(refused: Refused, known: LastKnown) -> Answer:
    """Return a refusal as an answer, without buttons: there is no database to keep what they stand for."""
    names: Words = {member.id: member.name for member in known.members.values()}
    return Answer(
        view="refused",
        words={
            "number": refused.number,
            "parts": sentence_words(refused.sentence),
            "offers": [],
            "kept": refused.kept,
            "names": names,
        },
    )


def read_slip(written: Json) -> Slip:
    """Return the slip that was written as JSON; KeyError, TypeError or ValueError when it is none."""
    return build(Slip, written)
