"""Status updates as they are posted: what we tell people, in the words of who tells them."""

from datetime import timedelta

from bot.incident.history.cadence import UpdateKind
from bot.incident.sentences import When, Who, spell
from bot.words import Role, Severity
from views import kit
from views.reading import moment, number, person, text
from views.scene import Scene
from views.sentences import Bold, Line, strung

_ENDINGS = ("!", "?", "…", ".”", "!”", "?”", "…”")
"""What ends a sentence already, besides a full stop."""


def draw_update(scene: Scene) -> kit.Message:
    """Return the update; it carries its own words, so drawing it later changes nothing."""
    if text(scene.words, "kind") == UpdateKind.NO_CHANGE:
        return _no_change(scene)
    head: Line = (Bold(f"Status update {number(scene.words, 'number')}"), *_about(scene), *_corrects(scene))
    said = [*_said(scene)]
    return kit.Message(
        text=scene.pen.text(*_text(scene)),
        blocks=[
            scene.pen.says("📣 ", *head),
            *([scene.pen.lines(said)] if said else []),
            *([scene.pen.below(*_on_time(scene))] if _on_time(scene) else []),
        ],
    )


def _corrects(scene: Scene) -> Line:
    corrected = number(scene.words, "corrects")
    return (f" · Correction of update {corrected}",) if corrected else ()


def _no_change(scene: Scene) -> kit.Message:
    since = moment(scene.words, "since")
    line = strung((("📣 No change", *((" since ", When(since)) if since else ())), _next(scene)))
    last = scene.quoted(text(scene.words, "now"), before="Last: ")
    about: Line = (f"Status update {number(scene.words, 'number')}", *_about(scene))
    return kit.Message(
        text=scene.pen.text(f"No change on {scene.head}, says ", *_author(scene), ".", *_within(scene)),
        blocks=[
            scene.pen.says(*line),
            *([scene.pen.says(*last)] if last else []),
            scene.pen.below(*strung((_late(scene), about))),
        ],
    )


def _about(scene: Scene) -> Line:
    severity = text(scene.words, "severity") or scene.incident.severity
    status = text(scene.words, "status") or scene.incident.status
    author: Line = () if scene.withheld and scene.is_shared else (" · ", *_author(scene))
    return (f" · {scene.incident.ref} · {Severity(severity).label} · {status}", *author)


def _author(scene: Scene) -> Line:
    by, commander = person(scene.words, "by"), scene.incident.commander
    stands_in = commander is not None and commander != by and scene.incident.holder(Role.COMMUNICATIONS_LEAD) == by
    return (Who(by), " for ", Who(commander)) if stands_in else (Who(by),)


def _said(scene: Scene) -> list[Line]:
    labelled = (("Now", "now"), ("Affected", "affected"), ("Next", "next"))
    lines = ((label, scene.quoted(text(scene.words, key))) for label, key in labelled)
    return [(Bold(label), " ", *quoted) for label, quoted in lines if quoted]


def _text(scene: Scene) -> Line:
    about = f"Status update {number(scene.words, 'number')} on {scene.head}"
    now = kit.cut_escaped(kit.one_line(text(scene.words, "now"), limit=160), limit=160).rstrip(".")
    stop = "" if now.endswith(_ENDINGS) else "."
    said: Line = (".",) if scene.withheld else (" from ", *_author(scene), f": {now}{stop}")
    return (about, *said, *_within(scene))


def _within(scene: Scene) -> Line:
    at, following = moment(scene.words, "at"), moment(scene.words, "next_due_at")
    return (f" Next update within {spell(following - at)}.",) if at and following else ()


def _on_time(scene: Scene) -> Line:
    at, due_at = moment(scene.words, "at"), moment(scene.words, "due_at")
    kept: Line = _late(scene) or (("On time",) if at and due_at else ())
    return strung((kept, _next(scene)))


def _late(scene: Scene) -> Line:
    at, due_at = moment(scene.words, "at"), moment(scene.words, "due_at")
    late = at - due_at if at and due_at else timedelta()
    return (f"❗ {spell(late)} late",) if late > timedelta() else ()


def _next(scene: Scene) -> Line:
    following = moment(scene.words, "next_due_at")
    return ("next update by ", When(following)) if following else ()
