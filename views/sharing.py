"""Where others read: what is left of a message there, and what people are asked and told about it."""

from bot.incident.reacting.effects import PlaceKind
from bot.incident.sentences import Who
from bot.incident.showing import CUT, why
from bot.words import Act
from views import buttons, kit
from views.lines import line
from views.reading import person, text
from views.scene import MARKS, Scene
from views.seeing import draw_left_card, draw_left_private
from views.sentences import Bold, Line


def draw_cut(view: str, scene: Scene) -> kit.Message | None:
    """Return number, severity and status, and why not more: all that is shown where others read.

    What was said there before keeps its number; None for what was not said yet and has no such short form.
    """
    if scene.place is not None and scene.place.kind is PlaceKind.LEFT and scene.incident.is_private:
        return {"card": draw_left_card}.get(view, draw_left)(scene)
    if view == "left":
        return draw_left(scene)
    if view in CUT:
        return _draw_number(scene)
    return None if scene.first else _stub(scene)


def _why(scene: Scene) -> str:
    """Return why details are withheld, as a sentence."""
    left = scene.incident.sharing.left
    if scene.place is not None and scene.place.kind is PlaceKind.LEFT:
        shared = f": this channel is shared with {left}" if left else ""
        return f"{_ended(f'Details are withheld{shared}')} {scene.incident.ref} goes on in another channel."
    return _ended(f"Details are withheld: {scene.others}")


def _ended(clause: str) -> str:
    """Return a clause as a sentence; a name at its end may bring its own full stop."""
    return f"{clause.removesuffix('.')}."


def _draw_number(scene: Scene) -> kit.Message:
    incident = scene.incident
    title = f"{MARKS[incident.severity]} {scene.kind}{incident.severity.label} · {incident.ref}"
    stands = f"{scene.head}, {incident.status}. "
    said: Line = (Bold("Status:"), f" {incident.status}. ", _why(scene))
    return kit.Message(
        text=scene.pen.text(stands, _why(scene)), blocks=[kit.plain_section(title), scene.pen.says(*said)]
    )


def _stub(scene: Scene) -> kit.Message:
    return line(scene, (f"{scene.incident.ref}. {_why(scene)}",))


def draw_left(scene: Scene) -> kit.Message:
    """Return, in the channel it left, that it goes on elsewhere, and nothing of what it is about."""
    if scene.incident.is_private:
        return draw_left_private(scene)
    goes = f"{scene.incident.ref} goes on in another channel. Those who work on it are in it. "
    return line(scene, (goes, "Write no more about it here."))


def draw_asked(scene: Scene) -> kit.Message:
    """Return the question to whoever leads: a new channel, or details withheld; then what was decided."""
    return _settled(scene) or _asked(scene)


def _asked(scene: Scene) -> kit.Message:
    channel = kit.one_line(text(scene.words, "channel"), limit=kit.LONGEST_TITLE)
    is_named = channel and not scene.incident.is_private
    where = f"#{channel}" if is_named else f"The channel of {scene.incident.ref}"
    names = scene.incident.sharing.names
    now = f"is now shared with {names}" if names else "is now public: everyone here can read it"
    undo = "unshare it" if names else "have it made private again"
    kind = "internal" if names else "private"
    said = f"{_ended(f'{where} {now}')} Tocsin posts no details there. "
    then = f"Work goes on in a new {kind} channel, or {undo}."
    acts = (Act.MOVE_INSIDE,) if scene.incident.sharing.kept else (Act.MOVE_INSIDE, Act.KEEP_WITHHOLDING)
    row = buttons.row(scene.picture, scene.handles, *acts, labels={Act.MOVE_INSIDE: f"Make {kind} channel"})
    return kit.Message(text=scene.pen.text(f"{scene.head}: {said}{then}"), blocks=[scene.pen.says(said, then), *row])


def _settled(scene: Scene) -> kit.Message | None:
    """Return what became of the question, None while it stands."""
    incident = scene.incident
    if not why(incident):
        inside = f"{incident.ref} goes on in its new channel." if incident.room.number > 1 else ""
        return line(scene, (inside or f"Nobody else reads the channel of {incident.ref} any more; details are back.",))
    return None


def draw_over(scene: Scene) -> kit.Message:
    """Return, in the channel, that nobody else reads it any more."""
    again = "is private again" if scene.words.get("was_public") else "is no longer shared outside"
    return line(scene, (f"This channel {again}: details of {scene.incident.ref} are shown here from now on.",))


def draw_moved(scene: Scene) -> kit.Message:
    """Return, in the new channel, why it is here and who moved it."""
    left = scene.incident.sharing.left
    because = f"the one before is shared with {left}" if left else "everyone here can read the one before"
    made = _ended(f" made this channel for {scene.incident.ref}: {because}")
    return line(scene, (Who(person(scene.words, "by")), made))


def say_moved_inside(scene: Scene) -> kit.Message:
    """Return, to whoever moved it, what follows."""
    said = f"{scene.incident.ref} goes on in a new channel; those who work on it are added there. "
    return line(scene, (said, "The card in the one before stays cut."))


def say_withholding_kept(scene: Scene) -> kit.Message:
    """Return, to whoever decided to stay, what that means."""
    said = f"{scene.incident.ref} stays in its channel, where only number, severity and status are shown. "
    return line(scene, (said, "Updates go to the other places as before, and what asks for an act to you."))
