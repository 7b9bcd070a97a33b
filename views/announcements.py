"""Announcement, broadcast and headline: one message each that tells people outside the channel and then stays true."""

from collections.abc import Iterator

from bot.incident.model import Milestone
from bot.incident.sentences import When, Who, spell
from bot.words import Act, ClockKind, Status
from views import buttons, kit
from views.clock_lines import NAMES, lines_of, next_due
from views.scene import Scene
from views.sentences import Code, Line
from views.standing import cancel_reason, commander_line, commands, ended, status_line

LONGEST_TOLD = 300
"""Characters of a description that are told to one person."""


def draw_announcement(scene: Scene) -> kit.Message:
    """Return the company's one message about the incident."""
    return kit.Message(text=_text(scene), blocks=[*_top(scene), scene.pen.below("Kept up to date here.")])


def draw_broadcast(scene: Scene) -> kit.Message:
    """Return the announcement with the impact, whose thread carries every status update."""
    blocks = [*_top(scene), *_impact(scene), *_questions(scene), scene.pen.below("Kept up to date here.")]
    return kit.Message(text=_text(scene), blocks=blocks)


def draw_headline(scene: Scene) -> kit.Message:
    """Return leadership's one message: what it means, how it stands, and what comes next."""
    pen = scene.pen
    return kit.Message(
        text=_text(scene),
        blocks=[
            kit.plain_section(scene.title_line()),
            *_impact(scene),
            *([] if scene.withheld else [_facts(scene)]),
            pen.lines(lines_of(scene, (clock for clock in scene.picture.clocks if _is_told(scene, clock.kind)))),
            *([] if scene.withheld else buttons.row(scene.picture, scene.handles, Act.SUMMARY, primary=False)),
            pen.below("Details and every update are in the thread."),
        ],
    )


def _is_told(scene: Scene, kind: ClockKind) -> bool:
    return scene.withheld or kind is not ClockKind.UPDATE


def _text(scene: Scene) -> str:
    incident = scene.incident
    what = f"{incident.severity.label} {incident.status}: {incident.ref}, {scene.short_title}. "
    if scene.withheld:
        return scene.pen.text(what, "Its words stay in its channel.")
    if ended(scene):
        return scene.pen.text(what, *_end(scene), ".")
    if incident.status is Status.DECLARED:
        return scene.pen.text(what, "Nobody has acknowledged yet.")
    return scene.pen.text(what, *commands(scene))


def _top(scene: Scene) -> Iterator[kit.Block]:
    yield kit.plain_section(scene.title_line())
    yield scene.pen.says(*(_private(scene) if scene.withheld else _open(scene)))


def _private(scene: Scene) -> Line:
    stands = "open" if scene.incident.status.is_open else scene.incident.status.value
    files = scene.picture.policy.files.values()
    owner = next((file.owner for file in files), "Platform Governance")
    return ("Declared ", When(scene.incident.declared.at), f", {stands}. If you should be in it, ask {owner}.")


def _open(scene: Scene) -> Line:
    incident = scene.incident
    declared: Line = ("Declared by ", Who(incident.declared.by), " at ", When(incident.declared.at), ".")
    if ended(scene):
        mark = "✅ " if incident.status is Status.RESOLVED else ""
        return (mark, *_end(scene), ". ", *declared)
    return (*declared, " Status: ", *_lowered(status_line(scene)), ". ", *_how_to_join(scene))


def _lowered(line: Line) -> Line:
    head, *rest = line
    return (head[0].lower() + head[1:], *rest) if isinstance(head, str) else line


def _how_to_join(scene: Scene) -> Line:
    leads: Line = ("Commander: ", *commander_line(scene, described=False))
    if scene.incident.room.is_private:
        return (*leads, ". To help, type ", Code(f"/incident {scene.incident.number} join"), ".")
    return (*leads, ". To help, join ", *scene.room, ".")


def _end(scene: Scene) -> Line:
    resolved: Milestone | None = scene.incident.resolved
    if scene.incident.status is Status.RESOLVED and resolved:
        return (f"Resolved after {spell(scene.took(resolved.at))}",)
    if scene.incident.status is Status.CANCELLED:
        return (f"Cancelled: {cancel_reason(scene)}",)
    return (f"{ended(scene)[0].upper()}{ended(scene)[1:]}",)


def _impact(scene: Scene) -> Iterator[kit.Block]:
    last = scene.incident.last_update
    lines = (scene.quoted(scene.incident.description), scene.quoted(last.affected if last else "", before="Affected "))
    if any(lines):
        yield scene.pen.lines(lines)


def _questions(scene: Scene) -> Iterator[kit.Block]:
    cadence = scene.incident.cadence
    if scene.withheld or ended(scene):
        return
    if not scene.picture.rules.broadcast:
        yield scene.pen.says(f"Now {scene.incident.severity.label}: updates go on in ", *scene.room, ".")
        return
    due: Line = ("Next status update by ", When(cadence.due_at), ", in this thread. ") if cadence else ()
    yield scene.pen.says(*due, "Questions go here; helping goes in ", *scene.room, ".")


def _facts(scene: Scene) -> kit.Block:
    last, cadence = scene.incident.last_update, scene.incident.cadence
    due: Line = (When(cadence.due_at),) if cadence and not ended(scene) else ("None is due",)
    return scene.pen.beside(
        ("Status", status_line(scene)),
        ("Commander", commander_line(scene)),
        ("Last update", (When(last.at), " by ", Who(last.by)) if last else ("None yet",)),
        ("Next update", due),
    )


def short_facts(scene: Scene) -> Iterator[Line]:
    """Return the incident in five lines, for somebody who comes to it late."""
    incident, last = scene.incident, scene.incident.last_update
    if not scene.withheld:
        happens = kit.cut(kit.their_words(incident.description), limit=LONGEST_TOLD)
        yield ("What happens: ", *(scene.quoted(happens) or (scene.title,)))
        yield ("Who is affected: ", *(scene.quoted(last.affected if last else "") or ("Not stated yet.",)))
        yield ("What is done: ", *(scene.quoted(last.now if last else "") or ("Not stated yet.",)))
    yield ("Who leads: ", *commander_line(scene))
    missed = len(incident.missed)
    upcoming = next_due(scene)
    due: Line = (f"{NAMES[upcoming.kind].due} by ", When(upcoming.due_at)) if upcoming else ("none due",)
    yield ("Deadlines: ", *due, f" · {missed or 'none'} missed")
