"""Forms about one incident: update, mitigate, resolve, escalate, snooze, cancel."""

from collections.abc import Iterator
from datetime import timedelta

from bot.incident.model import CancelReason
from bot.incident.sentences import When, spell, spell_allowed
from bot.words import Severity
from views import inputs, kit
from views.form_frame import Form
from views.inputs import Field, Option
from views.kit import Block
from views.reading import text
from views.scene import Scene
from views.sentences import Line, joined

NOW = Field(block="now")
AFFECTED = Field(block="affected")
NEXT = Field(block="next")
WORDS = Field(block="words")
STILL = Field(block="still")
WHY = Field(block="why")
FACILITATOR = Field(block="facilitator", action="chosen")
WHOM = Field(block="whom", action="chosen")
UNTIL = Field(block="until", action="chosen")
REASON = Field(block="reason", action="chosen")

SNOOZES = (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
THIN = "At least 10 letters or digits."


def _kept(scene: Scene, key: str) -> str:
    """Return what was typed before the form opened."""
    return text(scene.words, key) or text(scene.words, "kept")


def update_form(scene: Scene) -> Form:
    """Return the form for a status update, filled with who was affected last."""
    last = scene.incident.last_update
    affected = text(scene.words, "affected") or (last.affected if last else "")
    return Form(
        title=f"Update {scene.incident.ref}",
        submit="Post update",
        blocks=[
            inputs.typed(
                NOW,
                label="What is happening now?",
                hint="One sentence will do; 1,500 characters at most.",
                initial=_kept(scene, "now"),
                focus=True,
            ),
            inputs.typed(
                AFFECTED,
                label="Who is affected, and how?",
                hint="Kept from the last update; change what is wrong.",
                optional=True,
                initial=affected,
            ),
            inputs.typed(
                NEXT,
                label="What happens next?",
                hint="What is being tried, and when you will know.",
                optional=True,
                initial=text(scene.words, "next"),
            ),
            scene.pen.below(*_goes_to(scene)),
        ],
    )


def _goes_to(scene: Scene) -> Line:
    broadcast, cadence = scene.picture.rules.broadcast, scene.incident.cadence
    due: Line = (" Next update by ", When(scene.now + cadence.every), ".") if cadence else ()
    if scene.incident.is_private:
        return ("Goes to its channel; leadership sees that there was one, not its words.", *due)
    places: list[Line] = [scene.room]
    if broadcast:
        places.append((f"#{broadcast}",))
    places.append(("leadership",))
    return ("Goes to ", *joined(places), ".", *due, " Nothing goes outside the company.")


def mitigate_form(scene: Scene) -> Form:
    """Return the form that says the harm has stopped."""
    return Form(
        title=f"Mitigate {scene.incident.ref}",
        submit="Mitigated",
        blocks=[
            inputs.typed(
                WORDS,
                label="What stopped the harm?",
                hint="Such as: Rolled back checkout to 2.41",
                initial=_kept(scene, "words"),
                focus=True,
            ),
            inputs.typed(
                STILL,
                label="What is still degraded?",
                hint="Leave it empty when nothing is.",
                optional=True,
                initial=text(scene.words, "still"),
            ),
        ],
    )


def resolve_form(scene: Scene) -> Form:
    """Return the form that says it is over; a postmortem asks who facilitates it."""
    return Form(
        title=f"Resolve {scene.incident.ref}",
        submit="Resolved",
        blocks=[
            inputs.typed(
                WORDS,
                label="What fixed it?",
                hint="Such as: Connection pool limit raised",
                initial=_kept(scene, "words"),
                focus=True,
            ),
            inputs.typed(
                AFFECTED,
                label="Who was affected, from when to when?",
                hint="As far as you know.",
                optional=True,
                initial=text(scene.words, "affected"),
            ),
            *_facilitator(scene),
            *_still_open(scene),
        ],
    )


def _facilitator(scene: Scene) -> Iterator[Block]:
    within = scene.picture.rules.postmortem_within
    if within:
        yield inputs.person(
            FACILITATOR,
            label="Who facilitates the postmortem?",
            hint=f"Due {spell_allowed(within)} after this.",
            optional=scene.incident.severity is not Severity.SEV1,
        )


def _still_open(scene: Scene) -> Iterator[Block]:
    waiting = [call for call in scene.incident.calls if call.answered_at is None]
    cadence = scene.incident.cadence
    open_: list[str] = ["1 handover offered"] if scene.incident.handing.offer else []
    if waiting:
        open_.append(f"{len(waiting)} unanswered {'call' if len(waiting) == 1 else 'calls'}")
    if cadence and cadence.in_row:
        open_.append("a missed status update")
    if open_:
        several = len(open_) - bool(waiting) + len(waiting)
        end = {1: "It ends", 2: "Both end"}.get(several, "They end")
        yield kit.alert(f"Still open: {', '.join(open_)}. {end} when you resolve.")


def escalate_form(scene: Scene) -> Form:
    """Return the form that calls somebody in."""
    contact = scene.contact(scene.picture.rules.escalation_contact)
    begins = f", which begins with {scene.pen.plain(*contact)}" if contact else ""
    return Form(
        title=f"Escalate {scene.incident.ref}",
        submit="Escalate",
        blocks=[
            inputs.person(
                WHOM,
                label="Whom?",
                hint=f"Empty: the next step of policy{begins}.",
                optional=True,
                initial=text(scene.words, "person"),
            ),
            inputs.typed(WHY, label="Why?", hint=THIN, initial=_kept(scene, "why"), focus=True),
        ],
    )


def snooze_form(scene: Scene) -> Form:
    """Return the form that silences nudges for a while; its values are whole minutes."""
    longest = scene.picture.rules.snooze_at_most
    options = [
        Option(value=str(int(span.total_seconds() // 60)), label=f"{int(span.total_seconds() // 60)} min")
        for span in SNOOZES
        if span <= longest
    ] or [Option(value=str(int(longest.total_seconds() // 60)), label=spell(longest))]
    return Form(
        title="Snooze updates",
        submit="Snooze",
        blocks=[
            inputs.chosen(
                UNTIL,
                label="Until",
                hint="Nudges are silent so long; the due time stays.",
                options=options,
                initial=options[0].value,
            ),
            inputs.typed(
                WHY,
                label="Why?",
                hint="At least 10 letters or digits. Shown on the card and to leadership.",
                initial=_kept(scene, "why"),
                focus=True,
            ),
        ],
    )


def cancel_form(scene: Scene) -> Form:
    """Return the form that calls an incident off."""
    return Form(
        title=f"Cancel {scene.incident.ref}",
        submit="Cancel incident",
        close="Keep it",
        blocks=[
            inputs.chosen(
                REASON,
                label="It was",
                hint="Goes on the record.",
                options=[Option(value=reason.value, label=reason.capitalize()) for reason in CancelReason],
                initial=CancelReason.FALSE_ALARM,
            ),
            inputs.typed(WHY, label="Why?", hint=THIN, initial=_kept(scene, "why"), focus=True),
        ],
    )
