"""Going back and forth, as governance hears of it: the number, and nothing of what the incident is about."""

from datetime import timedelta

from bot.incident.sentences import spell_allowed
from views import kit
from views.reading import number
from views.scene import Scene
from views.sentences import Code


def draw_back_and_forth(scene: Scene) -> kit.Message:
    """Return how often it turned within which span, and where who did it and why can be read."""
    ref = scene.incident.ref
    span = spell_allowed(timedelta(seconds=number(scene.words, "seconds")))
    head = f"❗ {ref}: severity, command or status turned {number(scene.words, 'turns')} times within {span}."
    stays = "Missed clocks stay missed; no due time was won."
    return kit.Message(
        text=scene.pen.text(f"{head.removeprefix('❗ ')} {stays}"),
        blocks=[
            scene.pen.says(head, f" {stays}"),
            scene.pen.below("Who did it, and why: ", Code(f"/incident {scene.incident.number} timeline")),
        ],
    )
