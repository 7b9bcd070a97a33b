"""What a follower hears by direct message: one line for each turn, and where to read on."""

from collections.abc import Callable, Mapping

from bot.incident.sentences import Who, spell
from bot.words import Severity
from views import kit
from views.lines import line
from views.reading import number, person, text
from views.scene import Scene
from views.sentences import Code, Line

LONGEST_QUOTED = 300
_LAST = frozenset({"closed", "merged"})
"""The turns after which nothing more is heard."""


def draw_followed(scene: Scene) -> kit.Message:
    """Return one turn; of a private incident number and severity only, people's words nowhere (G6.1)."""
    what = text(scene.words, "what")
    told: Line = (f"{scene.head} ", *_TURNS[what](scene), *_by(scene), ".")
    quoted = scene.quoted(kit.cut(kit.their_words(text(scene.words, "words")), limit=LONGEST_QUOTED))
    return kit.Message(
        text=scene.pen.text(*told, *((" ", *quoted) if quoted else ())),
        blocks=[
            scene.pen.says(*told),
            *([scene.pen.says(*quoted)] if quoted else []),
            scene.pen.below(*scene.room, " · ", *_more(scene, what)),
        ],
    )


def _by(scene: Scene) -> Line:
    return () if scene.withheld else (" (", Who(person(scene.words, "by")), ")")


def _more(scene: Scene, what: str) -> Line:
    if what in _LAST:
        return ("This was the last you hear of it.",)
    return ("You follow it; to end that: ", Code(f"/incident {scene.incident.number} unfollow"))


def _updated(scene: Scene) -> Line:
    return (f"has its status update {number(scene.words, 'number')}",)


def _regraded(scene: Scene) -> Line:
    was, to = Severity(text(scene.words, "was")), Severity(text(scene.words, "to"))
    return (f"is {'worse' if to.rank < was.rank else 'less bad'}: now {to.label}, was {was.label}",)


def _mitigated(scene: Scene) -> Line:
    done = scene.incident.mitigated
    return (f"is mitigated after {spell(scene.took(done.at))}" if done else "is mitigated",)


def _resolved(scene: Scene) -> Line:
    done = scene.incident.resolved
    return (f"is resolved after {spell(scene.took(done.at))}" if done else "is resolved",)


def _merged(scene: Scene) -> Line:
    into = number(scene.words, "into")
    return (f"goes on as INC-{into}" if into else "goes on as another incident",)


_TURNS: Mapping[str, Callable[[Scene], Line]] = {
    "update": _updated,
    "severity": _regraded,
    "mitigated": _mitigated,
    "resolved": _resolved,
    "reopened": lambda _: ("is open again",),
    "cancelled": lambda _: ("is cancelled: it was none",),
    "closed": lambda _: ("is closed",),
    "merged": _merged,
}


def say_follows(scene: Scene) -> kit.Message:
    """Return, to whoever begins to follow, what they will hear."""
    hears = "Each status update, change of severity and end comes to you as a direct message, until it is closed."
    return line(scene, (f"You follow {scene.incident.ref}. {hears}",))


def say_follows_no_more(scene: Scene) -> kit.Message:
    """Return, to whoever ends it, that they hear no more."""
    return line(scene, (f"You no longer follow {scene.incident.ref}.",))
