"""Forms for the turns of an incident: another severity, and the way back."""

from datetime import timedelta

from bot.incident.sentences import spell_allowed
from bot.policy.model import SeverityRules
from bot.words import ClockKind, Severity
from views import inputs
from views.form_frame import Form
from views.incident_forms import THIN, WHY
from views.inputs import Field, Option
from views.reading import text
from views.scene import Scene

GRADE = Field(block="grade", action="chosen")


def severity_form(scene: Scene) -> Form:
    """Return the form that changes the severity; what each demands stands beside it."""
    rules = scene.picture.policy.rules
    return Form(
        title=f"Severity of {scene.incident.ref}",
        submit="Change severity",
        blocks=[
            inputs.chosen(
                GRADE,
                label="How bad is it?",
                hint=f"It is {scene.incident.severity.label} now. Not sure? Take the higher one.",
                options=[
                    Option(value=one, label=f"{one.label} · {rules(one).name}", description=_demands(rules(one)))
                    for one in Severity
                ],
                initial=scene.incident.severity,
            ),
            inputs.typed(
                WHY,
                label="Why?",
                hint="Needed when it is lowered: at least 10 letters or digits.",
                optional=True,
                initial=text(scene.words, "why") or text(scene.words, "kept"),
                focus=True,
            ),
            scene.pen.says(
                "Clocks count from the start, whatever the severity was. What was already missed stays missed."
            ),
        ],
    )


def _demands(rules: SeverityRules) -> str:
    """Return what a severity demands, in short: "Mitigate 30 min · resolve 4 h · updates every 15 min"."""
    spans = {kind: rules.clocks.get(kind) for kind in (ClockKind.MITIGATE, ClockKind.RESOLVE)}
    parts = [f"{kind} {spell_allowed(span)}" for kind, span in spans.items() if isinstance(span, timedelta)]
    parts.append(f"updates every {spell_allowed(rules.update_every)}" if rules.update_every else "no updates due")
    told = " · ".join(parts)
    return told[0].upper() + told[1:]


def reopen_form(scene: Scene) -> Form:
    """Return the form that says it is not over."""
    return Form(
        title=f"Reopen {scene.incident.ref}",
        submit="Reopen",
        blocks=[
            inputs.typed(
                WHY,
                label="What is wrong again?",
                hint=THIN,
                initial=text(scene.words, "why") or text(scene.words, "kept"),
                focus=True,
            ),
            scene.pen.below("Clocks start again. Whoever commanded commands as before."),
        ],
    )
