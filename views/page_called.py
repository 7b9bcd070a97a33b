"""A page to somebody whose help is asked for: the incident is acknowledged, and only they can answer it."""

from bot.incident.sentences import When, Who
from bot.words import Act
from views import buttons, kit
from views.page import page_title, sent_again, spoken, which_page
from views.reading import person, text
from views.scene import Scene
from views.sentences import Line
from views.standing import commands, ended, over, status_line

_PRESSES = (Act.ON_IT, Act.SUMMARY, Act.TAKE_COMMAND)


def draw_called_page(scene: Scene) -> kit.Message | None:
    """Return the page, or what became of it; None when it was never sent and is no longer needed."""
    if is_settled(scene) and scene.first:
        return None
    now, acts = _now(scene)
    is_asked = acts and not sent_again(scene)
    return kit.Message(
        text=scene.pen.text(*called_line(scene)) if is_asked else spoken(scene, now),
        blocks=[
            kit.plain_section(page_title(scene)),
            scene.pen.says(*_by(scene)),
            scene.pen.says(*now),
            *buttons.row(scene.picture, scene.handles, *acts),
            *([scene.pen.below(which_page(scene))] if acts else []),
        ],
    )


def called_line(scene: Scene) -> Line:
    """Return the one sentence a phone shows: who asks for whom, and how to answer."""
    head = f"Page: {scene.head}, {scene.short_title}. "
    return (head, Who(person(scene.words, "by")), " pages you. Say that you are on it.")


def is_settled(scene: Scene) -> bool:
    """Return whether nobody waits for an answer to it any more."""
    return bool(ended(scene)) or _answered(scene) is not None


def _answered(scene: Scene) -> When | None:
    me = person(scene.words, "person")
    done = (call.answered_at for call in scene.incident.calls if call.person == me)
    return next((When(at) for at in reversed(list(done)) if at), None)


def _by(scene: Scene) -> Line:
    why = scene.quoted(kit.cut(kit.their_words(text(scene.words, "why")), limit=300), before=": ")
    return (Who(person(scene.words, "by")), " pages you", *(why or (".",)))


def _now(scene: Scene) -> tuple[Line, tuple[Act, ...]]:
    """Return how it stands, and what can be pressed."""
    answered = _answered(scene)
    if ended(scene):
        return over(scene, then="Nothing is needed from you."), ()
    if answered:
        return ("✅ You are on it since ", answered, "."), ()
    again = sent_again(scene)
    return again or (*status_line(scene), ". ", *commands(scene)), _PRESSES
