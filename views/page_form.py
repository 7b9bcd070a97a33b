"""The form that pages one person now."""

from bot.incident.rules.asking import NEXT_WAY_AFTER
from bot.incident.sentences import spell_allowed
from views import inputs
from views.form_frame import Form
from views.incident_forms import WHY
from views.inputs import Field
from views.reading import text
from views.scene import Scene

PAGED = Field(block="paged", action="chosen")


def page_form(scene: Scene) -> Form:
    """Return the form that asks whom to page, and why."""
    hint = f"By each of their ways in turn, {spell_allowed(NEXT_WAY_AFTER)} apart, until they answer."
    if scene.incident.is_private:
        hint = f"{hint} They are let in, and read what is written here."
    return Form(
        title=f"Page for {scene.incident.ref}",
        submit="Page",
        blocks=[
            inputs.person(PAGED, label="Whom?", hint=hint, optional=False, initial=text(scene.words, "person")),
            inputs.typed(
                WHY,
                label="Why?",
                hint="A few words: at least 3 letters or digits. They stand in the channel and on the record.",
                initial=text(scene.words, "why") or text(scene.words, "kept"),
                focus=True,
            ),
        ],
    )
