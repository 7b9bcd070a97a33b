"""The form for a note on the timeline."""

from views import inputs
from views.form_frame import Form
from views.inputs import Field
from views.reading import text
from views.scene import Scene

NOTE = Field(block="note")


def note_form(scene: Scene) -> Form:
    """Return the form that puts words on the timeline."""
    return Form(
        title=f"Note on {scene.incident.ref}",
        submit="Put on timeline",
        blocks=[
            inputs.typed(
                NOTE,
                label="What should be on the timeline?",
                hint="Your name and the time go with it; 2,000 characters at most.",
                initial=text(scene.words, "note") or text(scene.words, "kept"),
                focus=True,
            )
        ],
    )
