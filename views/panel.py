"""The control panel: an incident as its card has it, and only what its reader may do now."""

from bot.incident.reading.panel import ALWAYS, roles_of
from bot.incident.sentences import When, Who
from bot.words import Act
from views import buttons, kit
from views.bridge import bridge
from views.card import seen_by
from views.clock_lines import clock_lines
from views.kit import Block
from views.phase_lines import phase_line
from views.reading import parts, person, text
from views.scene import Scene
from views.sentences import Line, strung
from views.standing import commander_line, ended, status_line
from views.times import time_fields
from views.types import type_line

IN_A_ROW = 5
_LEADING = (
    Act.ACKNOWLEDGE,
    Act.TAKE_COMMAND,
    Act.POST_UPDATE,
    Act.MITIGATE,
    Act.RESOLVE,
    Act.HAND_OVER,
    Act.ESCALATE,
    Act.PAGE_PERSON,
)
_BESIDE = (Act.CHANGE_SEVERITY, Act.ROLES, Act.NOTE, Act.TIMELINE, Act.SUMMARY)
_FOLLOWING = (Act.FOLLOW, Act.UNFOLLOW)
_FOR_ANYBODY = frozenset({Act.ESCALATE, Act.PAGE_PERSON, *ALWAYS, *_FOLLOWING})


def draw_panel(scene: Scene) -> kit.Message:
    """Return the panel; its rows hold what can be pressed now, the context line the rest with its reasons."""
    incident = scene.incident
    what = f"{scene.head}: {ended(scene) or incident.status.value}. What you can do now is in the buttons."
    return kit.Message(
        text=scene.pen.text(what),
        blocks=[
            kit.header(scene.title_line()),
            scene.pen.beside(
                ("Status", status_line(scene)),
                ("Commander", commander_line(scene)),
                ("Declared", (When(incident.declared.at), " by ", Who(incident.declared.by))),
                ("Seen by", (seen_by(scene),)),
                *time_fields(scene),
            ),
            scene.pen.lines((*clock_lines(scene), phase_line(scene))),
            *_rows(scene),
            scene.pen.below(*strung([(*_you(scene), *_hidden(scene)), _merging(scene), _type(scene), bridge(scene)])),
        ],
    )


def _rows(scene: Scene) -> list[Block]:
    leading = [act for act in _LEADING if act in scene.handles]
    last = (*leading[IN_A_ROW:], Act.TIMES, _follow(scene), Act.CANCEL)
    return [
        *buttons.row(scene.picture, scene.handles, *leading[:IN_A_ROW]),
        *buttons.row(scene.picture, scene.handles, *_BESIDE, primary=False, labels={Act.CHANGE_SEVERITY: "Severity"}),
        *buttons.row(scene.picture, scene.handles, *last[:IN_A_ROW], primary=False),
        *buttons.row(scene.picture, scene.handles, *last[IN_A_ROW:], primary=False),
    ]


def _follow(scene: Scene) -> Act:
    return Act.UNFOLLOW if Act.UNFOLLOW in scene.handles else Act.FOLLOW


def _you(scene: Scene) -> Line:
    roles = roles_of(scene.incident, person(scene.words, "reader") or "")
    if roles:
        return (f"You are {' and '.join(roles)}.",)
    if set(scene.handles) <= _FOR_ANYBODY:
        escalating = ", note, escalate and page" if Act.ESCALATE in scene.handles else " and note"
        return (f"You can read{escalating}.",)
    return ("You hold no role here.",)


def _merging(scene: Scene) -> Line:
    """Return how to merge, to whoever may: which incident it goes on as has to be typed."""
    if Act.CHANGE_SEVERITY not in scene.handles:
        return ()
    return (f"Same as another one, say INC-40: /incident {scene.incident.number} merge 40",)


def _type(scene: Scene) -> Line:
    """Return what kind it is, and how to say that it is another."""
    known = type_line(scene)
    return (*known, f" (/incident {scene.incident.number} type)") if known else ()


def _hidden(scene: Scene) -> Line:
    hidden = [f"{buttons.LABELS[Act(text(one, 'act'))]} ({text(one, 'stops')})" for one in parts(scene.words, "hidden")]
    return (f" Not shown: {', '.join(hidden)}.",) if hidden else ()
