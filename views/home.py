"""Somebody's own page: what they lead, what waits for them, and what is open."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.reading.oncall import Duty
from bot.incident.reading.picture import Picture
from bot.incident.reading.week import Week
from bot.incident.sentences import When, Who, spell
from bot.usecases.asked import Home, Part
from bot.words import Act, ClockKind
from views import buttons, kit
from views.clock_lines import clock_line, next_due, updates_kept
from views.exceptions import asked_line
from views.governed import governance_section
from views.kit import Block
from views.scene import Scene
from views.sentences import Bold, Code, Line, Pen, Room, strung

NOTHING_OPEN = "Nothing is open. Declare when something might be wrong: a false alarm costs two minutes."
FOR_MEMBERS = "Incidents are handled by members of this workspace."

_ASKED = {
    Act.ANSWER_OFFER: "Accept command of",
    Act.TAKE_COMMAND: "You are named commander of",
    Act.ACKNOWLEDGE: "You are paged for",
    Act.ON_IT: "You are called to",
}
_SHORT = {
    ClockKind.UPDATE: "next update",
    ClockKind.ACKNOWLEDGE: "acknowledge",
    ClockKind.COMMANDER: "commander answers",
}


def draw_home(home: Home, *, now: datetime) -> Block:
    """Return the page as a view of at most 90 blocks; who is no member is told where to turn in an emergency."""
    pen = Pen(name=str, now=now)
    blocks = [kit.header("Incidents"), *(_pages(home, pen) if home.is_member else _outside(home, pen))]
    return {"type": "home", "blocks": blocks}


def _outside(home: Home, pen: Pen) -> Iterator[Block]:
    yield pen.says(f"{FOR_MEMBERS} If it is urgent, call {home.emergency_number}.")


def _pages(home: Home, pen: Pen) -> Iterator[Block]:
    yield from buttons.row(None, home.handles, Act.DECLARE, Act.LIST, Act.HELP, Act.TEST_PAGE)
    for duty in home.duties:
        yield pen.says(
            Bold("You are on call"), f" for {duty.team}, {' and '.join(duty.turns)}", *_until(duty), *_test(home)
        )
    for part in home.commands:
        yield from _commanded(_scene(part.picture, pen), part)
    if home.asked:
        yield kit.header("Asked of you")
        for part in home.asked:
            yield from _asked(_scene(part.picture, pen), part, home.person)
    yield from _open(home, pen)
    if home.week:
        yield kit.header("This week")
        yield pen.says(*_figures(home.week))
    yield from governance_section(home, pen)


def _until(duty: Duty) -> Line:
    return (", until ", When(duty.until), ".") if duty.until else (".",)


def _test(home: Home) -> Line:
    return (" Test your page: ", Code("/incident oncall test"), ".") if Act.TEST_PAGE in home.handles else ()


def _figures(week: Week) -> Line:
    in_time = f"acknowledged in time {week.in_time} of {week.acknowledged}" if week.acknowledged else ""
    longest = f"longest SEV-1: {spell(week.longest)}" if week.longest else ""
    counted = f"{week.declared} declared, {week.resolved} resolved"
    return strung((said,) if said else () for said in (counted, in_time, longest))


def _scene(picture: Picture, pen: Pen) -> Scene:
    return Scene(picture=picture, words={}, handles={}, now=pen.now)


def _commanded(scene: Scene, part: Part) -> Iterator[Block]:
    yield kit.header(f"You command {scene.incident.ref}")
    test = "TEST · " if scene.incident.is_test else ""
    yield kit.plain_section(f"{scene.mark} {test}{scene.incident.severity.label} · {scene.title}")
    running = (clock_line(scene, clock) for clock in scene.picture.clocks if clock.is_running)
    yield scene.pen.lines(
        [*running, strung((said,) if said else () for said in (updates_kept(scene), _postmortem(scene)))]
    )
    yield from buttons.row(part.picture, part.handles, *part.acts, labels={Act.PANEL: "Open the panel"})


def _postmortem(scene: Scene) -> str:
    """Return what the commander still owes once it is over; nothing where policy asks for none."""
    return "postmortem after resolution" if scene.picture.rules.postmortem_within else ""


def _asked(scene: Scene, part: Part, person: str) -> Iterator[Block]:
    if part.acts[0] is Act.APPROVE_EXCEPTION:
        yield kit.plain_section(asked_line(scene, person))
        yield from buttons.row(part.picture, part.handles, *part.acts, primary=False)
        return
    why, offer = _why(scene, part.acts[0]), scene.incident.handing.offer
    by = f" (offered by {scene.pen.called(offer.by)})" if offer and part.acts[0] is Act.ANSWER_OFFER else ""
    yield kit.plain_section(f"{scene.mark} {why} {scene.incident.ref}{by} · {scene.title}")
    yield from buttons.row(part.picture, part.handles, *part.acts, primary=False)


def _why(scene: Scene, act: Act) -> str:
    return f"Confirm {scene.incident.severity.label} of" if act is Act.CONFIRM_SEVERITY else _ASKED[act]


def _open(home: Home, pen: Pen) -> Iterator[Block]:
    if not home.open_count:
        yield pen.says(NOTHING_OPEN)
        return
    yield kit.header(f"Open now ({home.open_count})")
    for picture in home.open:
        scene = _scene(picture, pen)
        yield kit.plain_section(scene.title_line())
        yield scene.pen.below(*_stands(scene))
    more = home.open_count - len(home.open)
    if more:
        yield pen.below(f"{more} more: /incident list")


def _stands(scene: Scene) -> Line:
    """Return how an incident stands in one line; of a private one no more than that it is open."""
    missed = len(scene.incident.missed)
    if scene.withheld:
        return (f"Open · {missed or 'no'} clock{'s' if missed > 1 else ''} missed",)
    due = next_due(scene)
    by: Line = (f"{_SHORT.get(due.kind, due.kind)} by ", When(due.due_at)) if due else ()
    return strung([(scene.incident.status.capitalize(),), _who(scene), by, _where(scene)])


def _who(scene: Scene) -> Line:
    seat = scene.incident.seat
    if seat is None:
        return ("nobody commands",)
    return (Who(seat.person), " commands" if seat.answered_at else " named, not answered yet")


def _where(scene: Scene) -> Line:
    channel = scene.incident.channel
    return (Room(channel.id, channel.name),) if channel else ()
