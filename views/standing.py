"""How an incident stands, in the few words that card, announcement and headline share."""

from typing import assert_never

from bot.incident.sentences import When, Who, spell
from bot.words import Status
from views.scene import Scene
from views.sentences import Line, joined


def status_line(scene: Scene) -> Line:
    """Return the card's status: what is so, since when, and by whom."""
    incident = scene.incident
    done = {
        Status.ACKNOWLEDGED: incident.acknowledged,
        Status.MITIGATED: incident.mitigated,
        Status.RESOLVED: incident.resolved,
        Status.CANCELLED: incident.cancelled,
    }.get(incident.status) or incident.declared
    match incident.status:
        case Status.DECLARED:
            return ("Declared, nobody has acknowledged",)
        case Status.ACKNOWLEDGED:
            return ("Acknowledged by ", Who(done.by), " ", When(done.at))
        case Status.MITIGATED:
            return ("Mitigated ", When(done.at), ", being watched")
        case Status.RESOLVED:
            return ("Resolved ", When(done.at), f" after {spell(scene.took(done.at))}", *postmortem(scene))
        case Status.CANCELLED:
            return ("Cancelled ", When(done.at), " by ", Who(done.by), f": {cancel_reason(scene)}")
        case Status.CLOSED | Status.MERGED:
            return (incident.status.capitalize(),)
        case _ as never:
            assert_never(never)


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
        return (Who(seat.person), " is named commander and has not answered yet.")
    return (Who(seat.person), " commands.")


def ended(scene: Scene) -> str:
    """Return what an incident that is over is: "resolved", "cancelled: false alarm"; "" while it is open."""
    status = scene.incident.status
    if status.is_open:
        return ""
    return f"cancelled: {cancel_reason(scene)}" if status is Status.CANCELLED else status.value


def over(scene: Scene, *, then: str) -> Line:
    """Return that it is over, and what follows for the reader (`then`)."""
    return (f"{scene.incident.ref} is {ended(scene)}. {then}",)


def people(scene: Scene, who: list[str], *, pinged: bool = False) -> Line:
    """Return several people as one enumeration, with what policy calls them unless they are pinged."""
    return joined((scene.ping(person),) if pinged else scene.described(person) for person in who)
