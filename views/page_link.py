"""What stands behind the link in a page: plain words for a browser, and one button at most."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.sentences import When, Who
from bot.usecases.page_links import LinkSeen, LinkStanding
from bot.words import ClockKind
from views.refusals import sentence as refused_because
from views.scene import Scene
from views.sentences import Line
from views.standing import commands, ended, status_line

NOBODY_ELSE = "Nothing is needed from you; you can rest."


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """A page of plain words: `head` carries the point, `lines` follow, `button` is its label or "" for none."""

    head: str
    lines: tuple[str, ...]
    button: str = ""


NO_SUCH_LINK = LinkPage(
    head="There is no page behind this address.",
    lines=(
        "Open the link in your newest page again; nothing was changed.",
        "In Slack: press Acknowledge in Tocsin's message, or type /incident ack in the incident's channel.",
    ),
)
"""The same for a link that was never made and for one that somebody made up."""


def draw_link(seen: LinkSeen, *, now: datetime) -> LinkPage:
    """Return the page for a link; it is read outside Slack, so a private incident keeps its title."""
    if seen.picture is None or seen.standing is LinkStanding.UNKNOWN:
        return NO_SUCH_LINK
    scene = Scene(picture=seen.picture, words={}, handles={}, now=now)
    if seen.standing is LinkStanding.ASKED:
        return _called(scene, seen.person) if seen.is_call else _asked(scene, seen.person)
    head, *lines = _told(scene, seen)
    pen = scene.pen
    return LinkPage(head=pen.plain(*head), lines=tuple(pen.plain(*line) for line in lines if line))


def _told(scene: Scene, seen: LinkSeen) -> tuple[Line, ...]:
    """Return what a page without a button says, the point first."""
    match seen.standing:
        case LinkStanding.DONE if seen.is_call:
            return (f"You are on it: {scene.incident.ref}.",), _now(scene, seen.person), _where(scene)
        case LinkStanding.DONE:
            return (f"You acknowledged {scene.incident.ref}.",), _now(scene, seen.person), _where(scene)
        case LinkStanding.USED:
            used: Line = ("This link was used at ", When(seen.used_at or scene.now), " and works only once.")
            return used, *_stands(scene, seen.person)
        case LinkStanding.EXPIRED:
            return ("This link has expired, so nothing was changed.",), _in_slack(scene)
        case LinkStanding.REFUSED:
            return refused_because(seen.refusal), ("Nothing was changed.",)
        case _:
            return _stands(scene, seen.person)


def _asked(scene: Scene, person: str) -> LinkPage:
    seen = f"It says that {scene.pen.called(person)} has seen it and is on it."
    awaited = scene.pen.plain(*_awaited(scene))
    return LinkPage(head=scene.head, lines=(scene.title, awaited, seen), button=f"Acknowledge {scene.incident.ref}")


def _called(scene: Scene, person: str) -> LinkPage:
    stands = scene.pen.plain(*status_line(scene), ". ", *commands(scene))
    seen = f"Your help is asked for. It says that {scene.pen.called(person)} is on it."
    return LinkPage(head=scene.head, lines=(scene.title, stands, seen), button=f"I'm on it: {scene.incident.ref}")


def _awaited(scene: Scene) -> Line:
    done, clock = scene.incident.acknowledged, scene.clock(ClockKind.ACKNOWLEDGE)
    if done:
        return (Who(done.by), " acknowledged at ", When(done.at), ". You are named commander and have not answered.")
    if clock is None:
        return ("Nobody has acknowledged yet.",)
    due = "was due" if clock.due_at <= scene.now else "is due"
    return (f"Nobody has acknowledged yet; it {due} at ", When(clock.due_at), ".")


def _now(scene: Scene, person: str) -> Line:
    return ("You command it.",) if _leads(scene, person) else commands(scene)


def _leads(scene: Scene, person: str) -> bool:
    return scene.incident.commander == person and scene.incident.commander_answered


def _stands(scene: Scene, person: str) -> tuple[Line, ...]:
    """Return who acknowledged and who commands, as the reader of somebody's own page hears it."""
    done = scene.incident.acknowledged
    if ended(scene) or done is None:
        return _over(scene) if ended(scene) else (_in_slack(scene),)
    mine = done.by == person
    head: Line = ("You" if mine else Who(done.by), f" acknowledged {scene.incident.ref} at ", When(done.at), ".")
    rest: Line = () if mine or _leads(scene, person) else (NOBODY_ELSE,)
    return head, _now(scene, person), rest


def _over(scene: Scene) -> tuple[Line, ...]:
    return (f"{scene.incident.ref} is {ended(scene)}.",), (NOBODY_ELSE,)


def _where(scene: Scene) -> Line:
    return ("Go on in ", *scene.room, " in Slack.")


def _in_slack(scene: Scene) -> Line:
    number = scene.incident.number
    return (f"In Slack: press Acknowledge in Tocsin's message, or type /incident {number} ack.",)
