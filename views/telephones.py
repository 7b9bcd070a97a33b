"""Telephone numbers: shown only where nobody could be reached, and only to those who may read them."""

from collections.abc import Iterable

from bot.incident.reacting.effects import dm
from views.scene import Scene
from views.sentences import Line, strung


def numbers(scene: Scene, people: Iterable[str]) -> Line:
    """Return the telephones of `people`, each once, for members of the channel and the declarer only."""
    if not (scene.in_channel or scene.place == dm(scene.incident.declared.by)):
        return ()
    known = scene.picture.telephones
    asked = dict.fromkeys(one for one in people if one in known)
    return strung((f"{scene.pen.called(who).split()[0]} {known[who]}",) for who in asked)
