"""Offering command: the offer, what became of it, its brief, and what is said of it while it waits."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import assert_never

from bot.incident.history.handing import CommandOffer, EndedOffer, OfferEnd
from bot.incident.sentences import When, Who, spell
from bot.words import Act
from views import buttons, kit
from views.kit import Block, Message
from views.lines import line
from views.reading import moment, number, person, text
from views.scene import Scene
from views.sentences import Bold, Line
from views.standing import commands, ended


def _first_name(scene: Scene, who: str | None) -> str:
    return scene.pen.called(who).split()[0]


def for_a_time(until: datetime | None, giver: Line) -> Line:
    """Return when command goes back to `giver`; nothing where it does not."""
    return (" It is until ", When(until), "; then command goes back to ", *giver, ".") if until else ()


def draw_offer(scene: Scene) -> Message | None:
    """Return the offer, or what became of it; None when it ended before it was ever sent."""
    offer = scene.incident.handing.offer
    which = number(scene.words, "number")
    if offer is None or offer.number != which:
        gone = next((one for one in scene.incident.handing.ended if one.number == which), None)
        return None if scene.first or gone is None else line(scene, _became(scene, gone))
    why = f"To decline with a word why: /incident {scene.incident.number} handover decline why"
    return Message(
        text=scene.pen.text(*_offer_text(scene, offer)),
        blocks=[
            *_offered(scene, offer),
            *buttons.row(scene.picture, scene.handles, Act.ACCEPT, Act.DECLINE),
            scene.pen.below(why),
        ],
    )


def _offer_text(scene: Scene, offer: CommandOffer) -> Line:
    where = "The brief is in its channel." if scene.withheld else "The brief is in this message."
    within = f"Answer within {spell(offer.ends_at - offer.at)}."
    return (Who(offer.by), f" offers you command of {scene.head}. {where} {within}")


def _offered(scene: Scene, offer: CommandOffer) -> Iterator[Block]:
    stays = f" {_first_name(scene, offer.by)} stays commander until you accept; the offer ends at "
    head = f"{scene.pen.called(offer.by)} offers you command of {scene.incident.ref}."
    where: Line = (" The brief is in its channel.",) if scene.withheld else ()
    back = for_a_time(offer.until, (_first_name(scene, offer.by),))
    yield scene.pen.says(Bold(head), stays, When(offer.ends_at), ".", *back, *where)
    if not scene.withheld:
        yield from brief_blocks(scene, offer.brief, offer.watch)


def offer_blocks(scene: Scene) -> Iterator[Block]:
    """Return the offer that waits, without its buttons; that it is gone when none does."""
    offer = scene.incident.handing.offer
    if offer:
        yield from _offered(scene, offer)
    else:
        yield scene.pen.says("That offer has ended. ", *commands(scene))


def brief_blocks(scene: Scene, brief: str, watch: str) -> Iterator[Block]:
    """Return the brief as its author wrote it, and what to watch."""
    watched = scene.quoted(watch, before="Watch: ")
    yield kit.rich_quote(brief)
    if watched:
        yield scene.pen.says(*watched)


def _became(scene: Scene, gone: EndedOffer) -> Line:
    ref = scene.incident.ref
    match gone.how:
        case OfferEnd.ACCEPTED:
            return (f"✅ You accepted command of {ref} at ", When(gone.at), ".")
        case OfferEnd.DECLINED:
            return (f"You declined command of {ref} at ", When(gone.at), ". ", *_now(scene))
        case OfferEnd.EXPIRED:
            return (f"The offer of command of {ref} ended at ", When(gone.at), " without an answer. ", *_now(scene))
        case OfferEnd.WITHDRAWN:
            return (f"The offer of command of {ref} was withdrawn at ", When(gone.at), ". ", *_now(scene))
        case OfferEnd.OVERTAKEN:
            return (f"The offer of command of {ref} ended at ", When(gone.at), ". ", *_now(scene))
        case _ as never:
            assert_never(never)


def _now(scene: Scene) -> Line:
    return (*stands(scene), " Nothing is needed from you.")


def stands(scene: Scene) -> Line:
    """Return who commands, or that it is over."""
    over = ended(scene)
    return (f"{scene.incident.ref} is {over}.",) if over else commands(scene)


def draw_brief(scene: Scene) -> Message:
    """Return the brief, as a reply in the incident's channel."""
    by = scene.pen.called(person(scene.words, "by"))
    spoken = f"Brief of the handover of {scene.incident.ref} by {by}."
    if scene.withheld:
        return Message(text=scene.pen.text(spoken), blocks=[scene.pen.says(spoken)])
    blocks = list(brief_blocks(scene, text(scene.words, "brief"), text(scene.words, "watch")))
    return Message(text=scene.pen.text(spoken), blocks=blocks)


def draw_offered_here(scene: Scene) -> Message:
    """Return, in a private incident's channel, to whom command is offered: its brief is in this thread."""
    who, by = person(scene.words, "person"), person(scene.words, "by")
    ends = moment(scene.words, "ends_at") or scene.now
    offers: Line = (Who(by), f" offers command of {scene.incident.ref} to ", scene.ping(who), ", until ", When(ends))
    return line(scene, offers, (". The brief is in this thread.",))


def card_lines(scene: Scene) -> Iterator[Line]:
    """Return what the card says of an offer that waits, and of a seat held for a time."""
    offer, loan = scene.incident.handing.offer, scene.incident.handing.loan
    if offer:
        yield ("Command offered to ", Who(offer.person), ", waiting until ", When(offer.ends_at))
    if loan:
        yield (Who(loan.person), " commands until ", When(loan.until), "; then it goes back to ", Who(loan.giver))


def say_offered(scene: Scene) -> Message:
    """Return, to whoever offers command, until when the offer waits."""
    offer = scene.incident.handing.offer
    if offer is None:
        return line(scene, (f"That offer of command of {scene.incident.ref} has ended. ", *commands(scene)))
    waits: Line = ("Command is offered to ", Who(offer.person), " until ", When(offer.ends_at), ". ")
    return line(scene, waits, (f"You command {scene.incident.ref} until they accept.",))


def say_declined(scene: Scene) -> Message:
    """Return, to whoever declined, that nothing more is needed."""
    return line(scene, (f"You declined command of {scene.incident.ref}. ", *_now(scene)))


def say_withdrawn(scene: Scene) -> Message:
    """Return, to whoever took their offer back, that they command."""
    return line(scene, (f"Your offer of command of {scene.incident.ref} is withdrawn. ", *commands(scene)))


HANDOVER_ANSWERS: Mapping[str, Callable[[Scene], Message]] = {
    "offered": say_offered,
    "declined": say_declined,
    "offer_withdrawn": say_withdrawn,
}
"""What the one hears who offers command, declines it, or takes the offer back."""
