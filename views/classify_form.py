"""The form that says who may see an incident, and what that cannot undo."""

from bot.words import Classification
from views import inputs, kit
from views.form_frame import Form
from views.incident_forms import WHY
from views.inputs import Field, Option
from views.reading import text
from views.scene import Scene
from views.seeing import KEEPS_READING

TO = Field(block="classification", action="chosen")

_MOVES = "A new private channel is made; role holders are moved there. Ask a person to archive the old one."
_STAYS = (
    "Its channel stays private, for Slack turns no private channel public. Once it is INTERNAL or PUBLIC, "
    "announcements show its title and who commands."
)
_SEEN_BY = {
    Classification.PUBLIC: "Everyone here, and what is said outside",
    Classification.INTERNAL: "Everyone here",
    Classification.CONFIDENTIAL: "Only people invited",
    Classification.RESTRICTED: "Only people invited; no secrets or personal data at all",
}


def classify_form(scene: Scene) -> Form:
    """Return the form that says who may see it, and what that cannot undo."""
    incident = scene.incident
    chosen = text(scene.words, "to") or _other(incident.classification)
    warns = [kit.alert(KEEPS_READING), scene.pen.says(_MOVES)]
    return Form(
        title=f"Classify {incident.ref}",
        submit="Classify",
        blocks=[
            *([] if incident.room.is_private else warns),
            inputs.chosen(
                TO,
                label="Who may see it?",
                hint=f"It is {incident.classification.upper()} now.",
                options=[Option(value=one, label=one.upper(), description=_SEEN_BY[one]) for one in Classification],
                initial=chosen,
            ),
            inputs.typed(
                WHY,
                label="Why?",
                hint="Needed to show it to more people: at least 10 letters or digits.",
                optional=True,
                initial=text(scene.words, "why") or text(scene.words, "kept"),
                focus=True,
            ),
            *([scene.pen.below(_STAYS)] if incident.room.is_private else []),
        ],
    )


def _other(now: Classification) -> str:
    return (Classification.INTERNAL if now.is_private else Classification.CONFIDENTIAL).value
