"""Command handed over: the line in the channel, the answer to whoever offered it, and its way back when it was lent."""

from collections.abc import Callable, Mapping

from bot.incident.history.handing import OfferEnd
from bot.incident.sentences import When, Who
from bot.words import Act
from views import buttons
from views.handover import draw_brief, draw_offer, draw_offered_here, for_a_time, stands
from views.kit import Message
from views.lines import line
from views.reading import moment, person, text
from views.scene import Scene
from views.sentences import Line
from views.standing import ended


def draw_told(scene: Scene) -> Message:
    """Return, to whoever offered command, how it was answered."""
    who, how = person(scene.words, "person"), OfferEnd(text(scene.words, "how"))
    if how is OfferEnd.ACCEPTED:
        at = moment(scene.words, "at") or scene.now
        return line(scene, (Who(who), f" accepted and commands {scene.incident.ref} since ", When(at), "."))
    mine = scene.incident.commander == person(scene.words, "giver") and not ended(scene)
    still: Line = ("You still command.",) if mine else stands(scene)
    said: Line = (Who(who), *_answered(scene, how), *still)
    row = buttons.row(
        scene.picture,
        scene.handles,
        *((Act.HAND_OVER,) if mine else ()),
        primary=False,
        labels={Act.HAND_OVER: "Offer to someone else"},
    )
    return Message(text=scene.pen.text(*said), blocks=[scene.pen.says(*said), *row, scene.pen.below(scene.head)])


def _answered(scene: Scene, how: OfferEnd) -> Line:
    if how is OfferEnd.DECLINED:
        why = scene.quoted(text(scene.words, "why"), before=" declined: ", after=". ")
        return why or (" declined. ",)
    by = moment(scene.words, "ends_at") or scene.now
    return (" did not answer by ", When(by), ", so the offer ended. ")


def draw_handed_over(scene: Scene) -> Message:
    """Return who commands since when, and from whom they have it."""
    who, by = person(scene.words, "person"), person(scene.words, "by")
    at, until = moment(scene.words, "at") or scene.now, moment(scene.words, "until")
    since: Line = (Who(who), f" commands {scene.incident.ref} since ", When(at), ", handed over by ", Who(by), ".")
    return line(scene, since, for_a_time(until, (Who(by),)))


def draw_command_back(scene: Scene) -> Message:
    """Return, in the channel, that command went back to whoever gave it for a time, or why it did not."""
    who, over, at = person(scene.words, "person"), person(scene.words, "over"), moment(scene.words, "at") or scene.now
    if text(scene.words, "stays"):
        return line(scene, _stays(scene))
    again: Line = (Who(who), f" commands {scene.incident.ref} again since ", When(at))
    return line(scene, again, (", as agreed with ", Who(over), "."))


def _stays(scene: Scene, *, mine: bool = False) -> Line:
    giver, holder = Who(person(scene.words, "person")), Who(person(scene.words, "over"))
    still: Line = ("You still command ",) if mine else (holder, " still commands ")
    until = moment(scene.words, "until") or scene.now
    due: Line = ("Command was to go back to ", giver, " at ", When(until))
    return (*still, f"{scene.incident.ref}. ", *due, ", who is no member of this workspace any more.")


def draw_back(scene: Scene) -> Message:
    """Return, to one of the two, that command went back or stays, and what is theirs now."""
    me, giver, over = (person(scene.words, name) for name in ("reader", "person", "over"))
    if text(scene.words, "stays"):
        said = _stays(scene, mine=True) if me == over else _not_back(scene)
    elif me == giver:
        at = moment(scene.words, "at") or scene.now
        said = (f"You command {scene.incident.ref} again since ", When(at), ", as agreed with ", Who(over), ".")
    else:
        said = (f"Command of {scene.incident.ref} went back to ", Who(giver), ", as agreed.")
    mine = scene.incident.commander == me and not ended(scene)
    return line(scene, said, acts=(Act.POST_UPDATE, Act.HAND_OVER) if mine else ())


def _not_back(scene: Scene) -> Line:
    until = moment(scene.words, "until") or scene.now
    return (f"Command of {scene.incident.ref} does not come back to you at ", When(until), ": ", *stands(scene))


HANDOVER_MESSAGES: Mapping[str, Callable[[Scene], Message | None]] = {
    "handover.offer": draw_offer,
    "handover.room": draw_offered_here,
    "handover.brief": draw_brief,
    "handover.told": draw_told,
    "handover.back": draw_back,
    "line.handed_over": draw_handed_over,
    "line.command_back": draw_command_back,
}
"""Every message of a handover."""
