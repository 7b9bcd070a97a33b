"""The timeline: what happened, newest last, to the second, people's words as quotations."""

from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import Filter
from bot.incident.sentences import Quote, When
from bot.words import Act
from views import buttons, kit
from views.reading import moment, number, parts, text
from views.refusals import sentence
from views.scene import Scene
from views.sentences import Day, Line, Second

_ONLY = {
    Filter.CLOCKS.value: "clocks only",
    Filter.PEOPLE.value: "people only",
    Filter.NOTES.value: "notes only",
    Filter.UPDATES.value: "status updates only",
}
_TURNING = (Act.OLDER, Act.NEWER, Act.AS_FILE)


def draw_timeline(scene: Scene) -> kit.Message:
    """Return one page of the timeline, and whether its record was checked."""
    entries = parts(scene.words, "entries")
    lines: list[Line] = []
    for place, entry in enumerate(entries):
        if place == 0 or _day(entry, scene) != _day(entries[place - 1], scene):
            lines.append((Day(moment(entry, "at") or scene.now),))
        lines.append(_entry(entry, scene))
    nothing: Line = (f"Nothing to show: {_ONLY.get(text(scene.words, 'which'), 'no entries')}.",)
    return kit.Message(
        text=scene.pen.text(*_head(scene)),
        blocks=[
            scene.pen.lines(lines or [nothing]),
            *buttons.row(scene.picture, scene.handles, *_TURNING, primary=False),
            scene.pen.below(*_record(scene)),
        ],
    )


def _day(entry: Words, scene: Scene) -> object:
    return (moment(entry, "at") or scene.now).date()


def _entry(entry: Words, scene: Scene) -> Line:
    told = tuple(part for part in sentence(entry) if not (scene.withheld and isinstance(part, Quote)))
    return (Second(moment(entry, "at") or scene.now), "  ", *told)


def _head(scene: Scene) -> Line:
    start, size = number(scene.words, "start"), number(scene.words, "size")
    only = _ONLY.get(text(scene.words, "which"))
    which = f" ({only})" if only else ""
    last = start + len(parts(scene.words, "entries"))
    if last == 0:
        return (f"Timeline of {scene.incident.ref}{which}: no entries.",)
    return (f"Timeline of {scene.incident.ref}{which}, entries {start + 1} to {last} of {size}.",)


def _record(scene: Scene) -> Line:
    bad, checked_at = number(scene.words, "first_bad"), moment(scene.words, "checked_at")
    if bad:
        return (f"❗ The record does not verify from entry {bad} on; the operators were told.",)
    entries = number(scene.words, "size")
    size = f"{entries} {'entry' if entries == 1 else 'entries'}"
    return (size, " · record checked at ", When(checked_at), ", unbroken") if checked_at else (size,)


def say_filed(scene: Scene) -> kit.Message:
    """Return that the timeline comes as a file, how much of it, and what stays out of it."""
    entries = number(scene.words, "upto")
    size = f"{entries} {'entry' if entries == 1 else 'entries'}"
    coming = f"The timeline of {scene.incident.ref} comes to you by direct message, as a file: {size}, times in UTC."
    kept = " Its title and people's words stay in its channel." if scene.withheld else ""
    return kit.Message(text=scene.pen.text(coming, kept), blocks=[scene.pen.says(coming, kept)])
