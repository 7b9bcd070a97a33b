"""Suggestions: what somebody who may not decide puts to those who may, and what became of it."""

from bot.incident.sentences import Who
from bot.words import Act, Severity
from views import buttons, kit
from views.lines import line
from views.reading import number, person, text, texts
from views.scene import Scene
from views.sentences import Line, joined
from views.standing import ended, over


def draw_update(scene: Scene) -> kit.Message | None:
    """Return words for a status update, which the commander posts or not; None when it is over before it was sent."""
    if ended(scene):
        return None if scene.first else line(scene, over(scene, then="Nothing is needed from you."))
    words, last = text(scene.words, "now"), scene.incident.last_update
    if last and last.now == words and not scene.first:
        return line(scene, (f"✅ Posted as status update {last.number} of {scene.incident.ref}.",))
    by = Who(person(scene.words, "by"))
    said: Line = (by, f" suggests a status update for {scene.incident.ref}. Nothing is posted until you do.")
    return _with_words(
        scene, said, words, Act.POST_SUGGESTED, Act.POST_UPDATE, labels={Act.POST_UPDATE: "Write another"}
    )


def draw_severity(scene: Scene) -> kit.Message | None:
    """Return the severity somebody suggests, and why; None when it is over before it was sent."""
    if ended(scene):
        return None if scene.first else line(scene, over(scene, then="Nothing is needed from you."))
    to, was = Severity(text(scene.words, "severity")), Severity(text(scene.words, "was"))
    if scene.incident.severity is not was:
        return line(scene, (f"✅ {scene.incident.ref} is now {scene.incident.severity.label}.",))
    left = person(scene.words, "left_by")
    if left:
        return line(scene, ("✅ ", Who(left), f" left {scene.incident.ref} at {was.label}."))
    by = Who(person(scene.words, "by"))
    said: Line = (by, f" suggests {to.label} for {scene.incident.ref}, which is {was.label}. You decide.")
    labels = {Act.CHANGE_TO: f"Change to {to.label}"}
    return _with_words(scene, said, text(scene.words, "why"), Act.CHANGE_TO, Act.LEAVE_SEVERITY, labels=labels)


def _with_words(scene: Scene, said: Line, words: str, *acts: Act, labels: dict[Act, str] | None = None) -> kit.Message:
    quoted = [] if scene.withheld or not words.strip() else [kit.rich_quote(words)]
    row = buttons.row(scene.picture, scene.handles, *acts, labels=labels)
    return kit.Message(text=scene.pen.text(*said), blocks=[scene.pen.says(*said), *quoted, *row])


def draw_left(scene: Scene) -> kit.Message:
    """Return, to who suggested it, that the severity stays."""
    stays = Severity(text(scene.words, "severity")).label
    return line(scene, (Who(person(scene.words, "by")), f" leaves {scene.incident.ref} at {stays}."))


def say_sent(scene: Scene) -> kit.Message:
    """Return, to who wrote it, that the commander has it."""
    commander = Who(scene.incident.commander)
    return line(scene, (commander, f" has your text and may post it. {scene.incident.ref}: nothing is posted yet."))


def say_taken_and_posted(scene: Scene) -> kit.Message:
    """Return, to who took command and posted, both."""
    posted = f"You command {scene.incident.ref}. Status update {number(scene.words, 'number')} is posted in "
    return line(scene, (posted, *scene.room, "."))


def say_suggested(scene: Scene) -> kit.Message:
    """Return, to who suggests a severity, who decides, and that nothing changed."""
    asked = joined([(Who(one),) for one in texts(scene.words, "people")], last=" and ")
    stays = f" decide. {scene.incident.ref} stays {scene.incident.severity.label} until they change it."
    return line(scene, ("Put to ", *asked, "; they"), (stays,))


def say_left(scene: Scene) -> kit.Message:
    """Return, to who left a severity, that whoever suggested another is told."""
    left = f"{scene.incident.ref} stays {scene.incident.severity.label}. "
    return line(scene, (left, Who(person(scene.words, "person")), " is told."))
