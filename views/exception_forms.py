"""The forms that ask for an exception, and why one is declined (G1.1)."""

from bot.incident.sentences import Quote
from views import inputs, kit
from views.exceptions import RECORD
from views.form_frame import Form
from views.incident_forms import THIN, UNTIL, WHY
from views.reading import number, text
from views.scene import Scene


def exception_form(scene: Scene) -> Form:
    """Return the form that asks the Board for an exception."""
    people = scene.picture.policy.people.persons
    board = " or ".join(kit.clean_name(people[key].name) for key in scene.picture.policy.board)
    return Form(
        title=f"Exception on {scene.incident.ref}",
        submit="Ask the Board",
        blocks=[
            inputs.typed(
                WHY,
                label="Which rule is set aside, and why?",
                hint="Such as: no broadcast, customer embargo. At least 10 letters or digits.",
                initial=text(scene.words, "kept"),
                focus=True,
            ),
            inputs.moment(UNTIL, label="Until when?", hint="Empty: until the incident is over."),
            scene.pen.below(f"{board} approves it in writing. {RECORD}"),
        ],
    )


def decline_form(scene: Scene) -> Form:
    """Return the form that asks one of the Board why they decline."""
    one = scene.incident.exceptions.of(number(scene.words, "number"))
    asked = [] if one is None or scene.withheld else [scene.pen.says(Quote(one.why))]
    return Form(
        title=f"Exception on {scene.incident.ref}",
        submit="Decline",
        blocks=[
            *asked,
            inputs.typed(WHY, label="Why not?", hint=THIN, initial=text(scene.words, "kept"), focus=True),
        ],
    )
