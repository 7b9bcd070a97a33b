"""The summary: an incident in at most nine lines for somebody who is not in it, from the record and no model."""

from bot.incident.sentences import When, Who, spell
from bot.words import Act, ClockKind, Role
from views import buttons, kit
from views.clock_lines import NAMES, beside, next_due
from views.reading import number, person
from views.scene import Scene
from views.sentences import Line, strung
from views.standing import ended
from views.status import stands
from views.times import times_line

_UNKNOWN: Line = ("Not stated yet.",)


def draw_summary(scene: Scene) -> kit.Message:
    """Return the summary; of a private incident number, severity and clocks only."""
    lines = (_deadlines(scene), _asked(scene)) if scene.incident.is_private else _lines(scene)
    return kit.Message(
        text=scene.pen.text(f"{scene.incident.ref} in short: {scene.incident.severity.label}, ", *_stands(scene), "."),
        blocks=[
            kit.plain_section(_title(scene)),
            scene.pen.lines(lines),
            *buttons.row(scene.picture, scene.handles, Act.EARLIER_UPDATES, primary=False),
        ],
    )


def _stands(scene: Scene) -> Line:
    return (f"{scene.incident.status}, private",) if scene.incident.is_private else stands(scene)


def _title(scene: Scene) -> str:
    if not scene.incident.is_private:
        return scene.title_line()
    return f"🔒 {scene.incident.severity.label} · {scene.incident.ref} · private incident"


def _lines(scene: Scene) -> tuple[Line, ...]:
    incident, last = scene.incident, scene.incident.last_update
    affected = (incident.resolved.more if incident.resolved else "") or (last.affected if last else "")
    declared: Line = (" Declared ", When(incident.declared.at), ".")
    return (
        ("What happens: ", *(scene.quoted(incident.description) or _UNKNOWN), *declared),
        ("Who is affected: ", *(scene.quoted(affected) or _UNKNOWN)),
        ("Who leads: ", *_leads(scene)),
        ("What is done: ", *_done(scene)),
        _times(scene),
        _deadlines(scene),
        _roles_missing(scene),
        _asked(scene),
    )


def _roles_missing(scene: Scene) -> Line:
    """Return the roles nobody held when policy wanted them held, and who does since."""
    gaps = {gap.role: gap for gap in scene.incident.staffing.gaps}
    told = ((f"{gap.role}, due ", When(gap.due_at), *_since(scene, gap.role)) for gap in gaps.values())
    return ("Roles missing: ", *strung(told, by="; ")) if gaps else ()


def _since(scene: Scene, role: Role) -> Line:
    holder = scene.incident.holder(role)
    return (" (now ", Who(holder), ")") if holder else ()


def _times(scene: Scene) -> Line:
    told = times_line(scene)
    return ("When: ", *told, ".") if told else ()


def _leads(scene: Scene) -> Line:
    seat, people = scene.incident.seat, number(scene.words, "people")
    silent = ", not answered yet" if seat and seat.answered_at is None and not ended(scene) else ""
    on_it = "1 person works" if people == 1 else f"{people} people work"
    working = "" if ended(scene) else f"; {on_it} on it"
    return (Who(seat.person) if seat else "nobody", f"{silent}{working}.")


def _done(scene: Scene) -> Line:
    incident, last = scene.incident, scene.incident.last_update
    for step in (incident.resolved, incident.mitigated):
        said = scene.quoted(step.words) if step else ()
        if step and said:
            return (*said, " (", When(step.at), ")")
    now = scene.quoted(last.now) if last else ()
    return (*now, " (", When(last.at), ")") if last and now else _UNKNOWN


def _deadlines(scene: Scene) -> Line:
    met = [
        f"{NAMES[clock.kind].done.lower()} in {spell(clock.met_at - clock.starts_at)} "
        f"({beside(clock.met_at - clock.starts_at, clock.allowed)} allowed)"
        for clock in scene.picture.clocks
        if clock.met_at and clock.kind is not ClockKind.COMMANDER
    ]
    awaited = (one for one in scene.picture.clocks if one.is_running and one.missed_at is None)
    upcoming = next((one for one in awaited if one.kind is not ClockKind.UPDATE), None)
    due: Line = (f"{NAMES[upcoming.kind].asks.lower()} by ", When(upcoming.due_at)) if upcoming else ()
    missed = f"{len(scene.incident.missed) or 'none'} missed"
    return ("Deadlines: ", *strung([*((one,) for one in met), due, (missed,)]))


def _asked(scene: Scene) -> Line:
    cadence = scene.incident.cadence
    due: Line = (" Next update by ", When(cadence.due_at), ".") if cadence and not ended(scene) else ()
    return ("What is asked of you: ", _ask(scene), *due)


def _ask(scene: Scene) -> str:
    """Return the one open thing the reader is asked for: to answer as commander, or a call."""
    reader, seat = person(scene.words, "reader"), scene.incident.seat
    if ended(scene) or reader is None:
        return "nothing now."
    if seat and seat.person == reader and seat.answered_at is None:
        return "take command; you are named and have not answered."
    if seat and seat.person == reader and (upcoming := next_due(scene)):
        return f"you command; the {NAMES[upcoming.kind].due} is due next."
    called = any(call.person == reader and call.answered_at is None for call in scene.incident.calls)
    return "say that you are on it; you were called." if called else "nothing now."
