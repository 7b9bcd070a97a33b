"""How things stand, as plain words for a terminal."""

from bot.incident.sentences import When, Who
from bot.usecases.asked import Answer
from bot.words import ClockKind, Severity
from views import kit
from views.clock_lines import clock_lines
from views.reading import number, parts, text
from views.scene import Scene
from views.sentences import Line, Pen
from views.standing import ended

MOST_LISTED = 5


def draw_status(answer: Answer, pen: Pen) -> kit.Message:
    """Return one incident in short where a picture is given, else the open ones that `words` lists under "open"."""
    if answer.picture is None:
        return _open(answer, pen)
    scene = Scene(picture=answer.picture, words=answer.words, handles={}, now=pen.now)
    head: Line = (f"{scene.incident.ref} in short: {scene.incident.severity.label}, ", *stands(scene), ".")
    told = [scene.title_line(), *(pen.plain(*line) for line in clock_lines(scene))]
    return kit.Message(text=pen.text(*head), blocks=[kit.plain_section("\n".join(told))])


def stands(scene: Scene) -> Line:
    """Return status, commander and the next update in a few words."""
    seat, update = scene.incident.seat, scene.clock(ClockKind.UPDATE)
    if ended(scene):
        return (ended(scene),)
    who: Line = (Who(seat.person), " commands") if seat else ("nobody commands",)
    silent = ", not answered yet" if seat and seat.answered_at is None else ""
    due: Line = (", next update by ", When(update.due_at)) if update else ()
    return (f"{scene.incident.status}, ", *who, silent, *due)


def _open(answer: Answer, pen: Pen) -> kit.Message:
    listed = parts(answer.words, "open")
    refs = [f"INC-{number(one, 'number')} {Severity(text(one, 'severity')).label}" for one in listed]
    if not refs:
        return kit.Message(text=pen.text("Nothing is open."), blocks=[kit.plain_section("Nothing is open.")])
    verb = "incident is" if len(refs) == 1 else "incidents are"
    more = f" and {len(refs) - MOST_LISTED} more" if len(refs) > MOST_LISTED else ""
    head = f"{len(refs)} {verb} open: {', '.join(refs[:MOST_LISTED])}{more}."
    lines = [f"{ref} · {kit.one_line(text(one, 'title'), limit=100)}" for ref, one in zip(refs, listed, strict=True)]
    return kit.Message(text=pen.text(head), blocks=[kit.plain_section(kit.cut("\n".join(lines), limit=1500))])
