"""Forms by which command is handed over: the offer with its brief, and the answer to it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta

from bot.incident.reacting.effects import Words
from bot.words import Act
from views import buttons, inputs, kit
from views.brief import brief
from views.form_frame import Form
from views.handover import offer_blocks
from views.incident_forms import WHY
from views.inputs import Field, Option
from views.kit import Block
from views.reading import text
from views.scene import Scene

TO_WHOM = Field(block="to_whom", action="chosen")
SPAN = Field(block="span", action="tick.span")
UNTIL = Field(block="until_when", action="chosen")
BRIEF = Field(block="brief")
WATCH = Field(block="watch")
ANSWER = Field(block="answer", action="chosen")

OPEN_END, UNTIL_A_TIME = "open", "until"
ACCEPTS, DECLINES = "accept", "decline"
FIRST_UNTIL = timedelta(hours=1)
"""What the time begins at: an hour from now, to the quarter."""


def handover_form(scene: Scene) -> Form:
    """Return the form in which the commander offers the seat, the brief written from the record."""
    words = scene.words
    span = text(words, "span") or OPEN_END
    return Form(
        title=f"Hand over {scene.incident.ref}",
        submit="Offer",
        blocks=[
            *_waiting(scene),
            inputs.person(
                TO_WHOM, label="To whom?", hint=_may_command(scene), optional=False, initial=text(words, "person")
            ),
            inputs.chosen(
                SPAN,
                label="For how long?",
                hint="Until a time: then command comes back to you, and both of you are told.",
                options=[
                    Option(value=OPEN_END, label="Until I or they change it"),
                    Option(value=UNTIL_A_TIME, label="Until a time…"),
                ],
                initial=span,
                tells=True,
            ),
            *([_until(scene)] if span == UNTIL_A_TIME else []),
            inputs.typed(
                BRIEF,
                label="Brief",
                hint="Written for you; change what is wrong. 1,500 characters at most.",
                initial=text(words, "brief") or brief(scene),
            ),
            inputs.typed(
                WATCH,
                label="What should they watch?",
                hint="Such as: EU queue length",
                optional=True,
                initial=text(words, "watch"),
            ),
        ],
    )


def words_of(values: Mapping[str, str]) -> Words:
    """Return what the form is drawn again from: the values filled in so far, by block id."""
    names = {"person": TO_WHOM, "span": SPAN, "brief": BRIEF, "watch": WATCH}
    return {name: values.get(field.block, "") for name, field in names.items()}


def _waiting(scene: Scene) -> Iterator[Block]:
    offer = scene.incident.handing.offer
    if offer:
        who, ends = scene.pen.called(offer.person), f"{offer.ends_at.astimezone(UTC):%H:%M} UTC"
        yield kit.alert(f"Command is offered to {who}, waiting until {ends}. Offering again withdraws that.")
        yield from buttons.row(scene.picture, scene.handles, Act.WITHDRAW_OFFER, primary=False)


def _may_command(scene: Scene) -> str:
    people = (scene.picture.policy.people.contacts[key].person for key in scene.picture.policy.people.contacts)
    known = scene.picture.policy.people.persons
    mine = scene.pen.called(scene.incident.commander)
    names = dict.fromkeys(kit.clean_name(known[one].name) for one in people if one)
    return f"Members who may command: {', '.join(name for name in names if name != mine)}."


def _until(scene: Scene) -> Block:
    at = scene.now + FIRST_UNTIL
    quarter = at - timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return inputs.moment(UNTIL, label="Until when?", hint="In your own time zone.", initial=quarter, optional=False)


def offer_form(scene: Scene) -> Form:
    """Return the form in which whoever is offered command answers."""
    return Form(
        title=f"Command of {scene.incident.ref}",
        submit="Answer",
        blocks=[
            *offer_blocks(scene),
            inputs.chosen(
                ANSWER,
                label="Your answer",
                hint="Accepted, command is yours at once.",
                options=[
                    Option(value=ACCEPTS, label="Accept command"),
                    Option(value=DECLINES, label="Decline"),
                ],
                initial=ACCEPTS,
            ),
            inputs.typed(
                WHY,
                label="If you decline, why?",
                hint="Told to whoever offers it; goes on the record.",
                optional=True,
                multiline=False,
                initial=text(scene.words, "why"),
            ),
        ],
    )
