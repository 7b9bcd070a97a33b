"""How an incident stands, in the few words that card, announcement and headline share."""

from typing import Literal, assert_never

from bot.incident.history.paged import Page
from bot.incident.model import Milestone
from bot.incident.sentences import When, Who, spell
from bot.words import Status
from views.scene import Scene
from views.sentences import Line, Room, joined


def status_line(scene: Scene) -> Line:
    """Return the card's status: what is so, since when, and by whom."""
    incident, again = scene.incident, reopened(scene)
    if again:
        return ("Reopened ", When(again.at), " by ", Who(again.by))
    done = {Status.ACKNOWLEDGED: incident.acknowledged, Status.MITIGATED: incident.mitigated}.get(incident.status)
    at = done or incident.declared
    match incident.status:
        case Status.DECLARED:
            return ("Declared, nobody has acknowledged",)
        case Status.ACKNOWLEDGED:
            return ("Acknowledged by ", Who(at.by), " ", When(at.at))
        case Status.MITIGATED:
            return ("Mitigated ", When(at.at), ", being watched")
        case Status.RESOLVED | Status.CLOSED | Status.CANCELLED | Status.MERGED as status:
            return _end_line(scene, status)
        case _ as never:
            assert_never(never)


def _end_line(scene: Scene, status: Literal[Status.RESOLVED, Status.CLOSED, Status.CANCELLED, Status.MERGED]) -> Line:
    incident = scene.incident
    match status:
        case Status.RESOLVED:
            at = (incident.resolved or incident.declared).at
            return ("Resolved ", When(at), f" after {spell(scene.took(at))}", *postmortem(scene))
        case Status.CLOSED:
            done = incident.closed or incident.declared
            return ("Closed ", When(done.at), " by ", Who(done.by))
        case Status.CANCELLED:
            done = incident.cancelled or incident.declared
            return ("Cancelled ", When(done.at), " by ", Who(done.by), f": {cancel_reason(scene)}")
        case Status.MERGED:
            return _merged(scene)
        case _ as never:
            assert_never(never)


def _merged(scene: Scene) -> Line:
    merged = scene.incident.merged
    if merged is None:
        return ("Merged",)
    where: Line = ("; go on in ", Room(merged.channel, merged.channel_name)) if merged.channel else ()
    return (f"Merged into INC-{merged.into} ", When(merged.at), *where)


def reopened(scene: Scene) -> Milestone | None:
    """Return the reopening while nothing has followed it: it is how the incident stands."""
    incident, again = scene.incident, scene.incident.reopened
    if again is None or incident.status not in {Status.DECLARED, Status.ACKNOWLEDGED}:
        return None
    return None if incident.acknowledged and incident.acknowledged.at > again.at else again


def postmortem(scene: Scene) -> Line:
    """Return when the postmortem is due and who facilitates it; nothing where policy asks for none."""
    incident, within = scene.incident, scene.picture.rules.postmortem_within
    if within is None or incident.resolved is None:
        return ()
    who: Line = (", ", Who(incident.facilitator)) if incident.facilitator else ()
    return ("; postmortem due ", When(incident.resolved.at + within), *who)


def cancel_reason(scene: Scene) -> str:
    """Return why it was none: "false alarm"."""
    return scene.incident.cancel_reason or "no incident"


def commander_line(scene: Scene, *, described: bool = True) -> Line:
    """Return who commands (and what policy calls them), and whether they have answered (G8.1)."""
    seat = scene.incident.seat
    if seat is None:
        return ("Nobody",)
    silent = () if seat.answered_at or ended(scene) else (", not answered yet",)
    return (*(scene.described(seat.person) if described else (Who(seat.person),)), *silent)


def commands(scene: Scene) -> Line:
    """Return who commands as a sentence: "Mia Chen commands.", "Nobody commands yet."."""
    seat = scene.incident.seat
    if seat is None:
        return ("Nobody commands yet.",)
    if seat.answered_at is None:
        return (scene.opens(seat.person), " is named commander and has not answered yet.")
    return (scene.opens(seat.person), " commands.")


def ended(scene: Scene) -> str:
    """Return what an incident that is over is: "resolved", "cancelled: false alarm"; "" while it is open."""
    status = scene.incident.status
    if status.is_open:
        return ""
    if scene.incident.merged and status is Status.MERGED:
        return f"merged into INC-{scene.incident.merged.into}"
    return f"cancelled: {cancel_reason(scene)}" if status is Status.CANCELLED else status.value


def over(scene: Scene, *, then: str) -> Line:
    """Return that it is over, and what follows for the reader (`then`)."""
    return (f"{scene.incident.ref} is {ended(scene)}. {then}",)


def people(scene: Scene, who: list[str], *, pinged: bool = False) -> Line:
    """Return several people as one enumeration, with what policy calls them unless they are pinged."""
    return joined((scene.ping(person),) if pinged else scene.described(person) for person in who)


def do_not_disturb(scene: Scene, page: Page) -> Line:
    """Return that whoever `page` went to hears no sound of it in Slack, and whether it goes by another way."""
    others = (one for one in scene.incident.pages_now if one.person == page.person and one.outside)
    other = next(others, None)
    also = f"; the page also goes by {other.way_label}." if other else "; the page is a direct message only."
    return (Who(page.person), " has Do Not Disturb on until ", When(page.quiet_until or page.at), also)
