"""Being back: from when to when Tocsin was away, what was not sent meanwhile, and which due times passed."""

from collections.abc import Iterator, Mapping

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When
from bot.words import ClockKind
from views import kit
from views.lines import line
from views.reading import moment, number, parts, text
from views.scene import Scene
from views.sentences import Line, joined

_NAMES: Mapping[str, str] = {
    ClockKind.ACKNOWLEDGE: "acknowledgement",
    ClockKind.COMMANDER: "commander's answer",
    ClockKind.MITIGATE: "mitigation",
    ClockKind.RESOLVE: "resolution",
    ClockKind.UPDATE: "update",
}
"""What is due by a clock; a phase goes by its own name."""


def draw_away(scene: Scene) -> kit.Message:
    """Return that Tocsin was away, once it is back."""
    since, until = moment(scene.words, "since") or scene.now, moment(scene.words, "until") or scene.now
    return line(scene, ("Tocsin was away from ", When(since), " to ", When(until), "."), _unsent(scene), _missed(scene))


def _unsent(scene: Scene) -> Line:
    counted = ((number(scene.words, "pages"), "page"), (number(scene.words, "reminders"), "reminder"))
    said = [f"{many} {what}{'' if many == 1 else 's'}" for many, what in counted if many]
    if not said:
        return ()
    one = sum(many for many, _ in counted) == 1
    not_sent = "was not sent and is not sent late" if one else "were not sent and are not sent late"
    return (f" Clocks kept running; {' and '.join(said)} {not_sent}.",)


def _missed(scene: Scene) -> Line:
    missed = [tuple(_due(scene, one)) for one in parts(scene.words, "missed")]
    if not missed:
        return ()
    more = number(scene.words, "more")
    return (" Missed meanwhile: ", *joined(missed, last=", "), f", and {more} more." if more else ".")


def _due(scene: Scene, one: Words) -> Iterator[str | When]:
    what = text(one, "what")
    yield f"{_NAMES.get(what, what)} due "
    yield When(moment(one, "due_at") or scene.now)
