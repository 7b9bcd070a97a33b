"""Exceptions: what the Board is asked, what the channel, Governance and the asker hear (G1.1)."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.history.exceptions import ExceptionStanding, PolicyException
from bot.incident.sentences import When, Who
from bot.words import GONE, Act
from views import buttons, kit
from views.lines import line
from views.reading import number, person, text
from views.scene import Scene
from views.sentences import Code, Line, joined

RECORD = "It is a record of a deviation: it switches nothing off by itself."
LONGEST_ON_CARD = 100


def draw_asked(scene: Scene) -> kit.Message | None:
    """Return, to one of the Board, what is asked; once answered, what became of it. None if that was before it left."""
    one = _meant(scene)
    if one is None or (scene.first and one.standing is not ExceptionStanding.ASKED):
        return None
    if one.standing is not ExceptionStanding.ASKED:
        return line(scene, _became(scene, one))
    if scene.incident.status in GONE:
        return line(scene, (f"{scene.incident.ref} is {scene.incident.status}. Nothing is needed from you.",))
    asks: Line = (Who(one.asked_by), f" asks the Governance Board for an exception on {scene.incident.ref}")
    until: Line = (", until ", When(one.until)) if one.until else ()
    said: Line = (*asks, *until, ". Every rule holds until one of you approves.")
    row = buttons.row(scene.picture, scene.handles, Act.APPROVE_EXCEPTION, Act.DECLINE_EXCEPTION)
    return kit.Message(
        text=scene.pen.text(*said),
        blocks=[
            kit.plain_section(scene.title_line()),
            scene.pen.says(*said),
            *_words(scene, one),
            *row,
            scene.pen.below(RECORD),
        ],
    )


def _words(scene: Scene, one: PolicyException) -> list[kit.Block]:
    """Return what is asked; of a private incident, where it can be read: people's words stay in its channel (G6.1)."""
    if not scene.withheld:
        return [kit.rich_quote(one.why)]
    access = Code(f"/incident {scene.incident.number} access @name 1h why")
    return [scene.pen.says("What is asked is on its timeline, in its channel. Who leads it can let you in: ", access)]


def _meant(scene: Scene) -> PolicyException | None:
    return scene.incident.exceptions.of(number(scene.words, "number"))


def _became(scene: Scene, one: PolicyException) -> Line:
    did = "declined" if one.standing is ExceptionStanding.DECLINED else "approved"
    mark = "" if one.standing is ExceptionStanding.DECLINED else "✅ "
    at: Line = (" at ", When(one.answered_at)) if one.answered_at else ()
    return (mark, Who(one.answered_by), f" {did} exception {one.number} of {scene.incident.ref}", *at, ".")


def draw_approved(scene: Scene) -> kit.Message:
    """Return, in the incident's channel, what was approved, by whom, until when."""
    why = scene.quoted(text(scene.words, "why"), before=": ")
    until = text(scene.words, "until")
    ends: Line = (", until ", When(datetime.fromisoformat(until))) if until else ()
    return line(scene, ("Exception approved by ", scene.opens(person(scene.words, "by"))), why, ends, (".",))


def draw_answered(scene: Scene) -> kit.Message:
    """Return, to who asked, what the Board said."""
    one = f"exception {number(scene.words, 'number')} of {scene.incident.ref}"
    by = Who(person(scene.words, "by"))
    why = text(scene.words, "why")
    if why:
        return line(scene, (by, f" declined {one}"), scene.quoted(why, before=": "), (". The rule holds.",))
    return line(scene, (by, f" approved {one}. {RECORD}"))


def draw_governance(scene: Scene) -> kit.Message:
    """Return, in the Governance channel, the number and the approver, and nothing of what it is about."""
    one = _meant(scene)
    by = Who(one.answered_by if one else None)
    said: Line = (f"{scene.incident.ref}: exception {number(scene.words, 'number')} approved by ", by, ".")
    ended: Line = (" It ended at ", When(one.ended_at), ".") if one and one.ended_at else ()
    return line(scene, said, ended)


def draw_ended(scene: Scene) -> kit.Message:
    """Return, in the incident's channel, that the rule holds again."""
    what = f"Exception {number(scene.words, 'number')} of {scene.incident.ref} ended"
    why = scene.quoted(text(scene.words, "why"), before=": ")
    return line(scene, (what,), why, (". The rule holds again.",))


def exception_lines(scene: Scene) -> Iterator[Line]:
    """Return what the card says of exceptions that hold."""
    for one in scene.incident.exceptions.holding if scene.incident.status not in GONE else ():
        why = scene.quoted(kit.one_line(one.why, limit=LONGEST_ON_CARD), before=": ")
        until: Line = (", until ", When(one.until)) if one.until else ()
        yield ("Exception approved by ", Who(one.answered_by), *why, *until)


def asked_line(scene: Scene, asked_of: str) -> str:
    """Return, for their own page, the exception one of the Board is asked about, in plain text."""
    one = scene.incident.exceptions.put_to(asked_of)
    by = f" by {scene.pen.called(one.asked_by)}" if one else ""
    why = f": “{kit.one_line(one.why, limit=LONGEST_ON_CARD)}”" if one and not scene.withheld else ""
    return f"{scene.mark} An exception on {scene.incident.ref} is asked for{by}{why}"


def say_asked(scene: Scene) -> kit.Message:
    """Return, to who asked, who answers; to one of the Board, that it holds."""
    one = scene.incident.exceptions.every[-1]
    if one.standing is not ExceptionStanding.ASKED:
        return line(scene, (f"Exception {one.number} of {scene.incident.ref} is approved and on the record. {RECORD}",))
    board = joined([(Who(who),) for who in one.asked], last=" or ")
    asks = f"Exception {one.number} of {scene.incident.ref} is asked for. Every rule holds until "
    return line(scene, (asks, *board, " approves it."))


def say_answered(scene: Scene) -> kit.Message:
    """Return, to one of the Board, that it is answered, and who hears of it."""
    answered = [one for one in scene.incident.exceptions.every if one.answered_at]
    one = max(answered, key=lambda each: str(each.answered_at))
    return line(scene, _became(scene, one), (" ", Who(one.asked_by), " is told."))


def say_ended(scene: Scene) -> kit.Message:
    """Return, to who ended it, that the rule holds again."""
    ended = [one for one in scene.incident.exceptions.every if one.ended_at]
    one = max(ended, key=lambda each: str(each.ended_at))
    return line(scene, (f"Exception {one.number} of {scene.incident.ref} ended. The rule holds again.",))
