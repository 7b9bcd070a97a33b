"""The form for an incident's times."""

from bot.incident.history.timing import time_of
from bot.incident.history.told_times import Moment
from views import inputs
from views.form_frame import Form
from views.inputs import Field
from views.scene import Scene

STARTED = Field(block="started", action="chosen")
DETECTED = Field(block="detected", action="chosen")
ALERTED = Field(block="alerted", action="chosen")
ALL = (STARTED, DETECTED, ALERTED)

_ASKED = (
    (STARTED, Moment.STARTED, "When did the impact start?", "It may lie before the declaration."),
    (DETECTED, Moment.DETECTED, "When did somebody see it?", "The first person who knew."),
    (ALERTED, Moment.ALERTED, "When did an alert say so?", "Monitoring, or a customer."),
)


def time_form(scene: Scene) -> Form:
    """Return the form, filled with what is known; Slack shows its pickers in the reader's own zone."""
    return Form(
        title=f"Times of {scene.incident.ref}",
        submit="Keep the times",
        blocks=[
            *(
                inputs.moment(field, label=label, hint=hint, initial=time_of(scene.incident, which))
                for field, which, label, hint in _ASKED
            ),
            scene.pen.below("A time given before stays on the timeline, with who gave it. Clocks are not moved."),
        ],
    )
