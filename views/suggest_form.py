"""The form that suggests a severity to those who may change it."""

from bot.words import Severity
from views import inputs
from views.form_frame import Form
from views.incident_forms import THIN, WHY
from views.inputs import Option
from views.reading import text
from views.scene import Scene
from views.turn_forms import GRADE


def suggest_form(scene: Scene) -> Form:
    """Return the form that asks which severity it should be, and why."""
    rules = scene.picture.policy.rules
    others = [one for one in Severity if one is not scene.incident.severity]
    wanted = text(scene.words, "severity")
    return Form(
        title=f"Severity of {scene.incident.ref}",
        submit="Suggest it",
        blocks=[
            inputs.chosen(
                GRADE,
                label="Which should it be?",
                hint=f"It is {scene.incident.severity.label} now, and stays so until somebody who may changes it.",
                options=[Option(value=one, label=f"{one.label} · {rules(one).name}") for one in others],
                initial=wanted if wanted in others else others[-1],
            ),
            inputs.typed(WHY, label="Why?", hint=THIN, initial=text(scene.words, "kept"), focus=True),
        ],
    )
