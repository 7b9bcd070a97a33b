"""The control panel as a modal: the same as in a private answer, and drawn again by what is pressed on it."""

from views.form_frame import Form
from views.panel import draw_panel
from views.reading import text
from views.scene import Scene


def panel_form(scene: Scene) -> Form:
    """Return the panel as a modal; what was just done there stands above it."""
    done = text(scene.words, "done")
    above = [scene.pen.below("✅ ", done)] if done else []
    return Form(title=scene.incident.ref, blocks=[*above, *draw_panel(scene).blocks], close="Close")
