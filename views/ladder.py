"""The update ladder: what commander, deputy and escalation contact are told about a missing update (U5)."""

from bot.incident.reacting.effects import Words
from bot.incident.reading.met import update_met
from bot.incident.sentences import When, Who, spell
from bot.words import Act
from views import buttons, kit
from views.lines import without_mark
from views.reading import moment, person
from views.scene import Scene
from views.sentences import Line
from views.standing import commands, ended, over

LATE_ACTS = (Act.POST_UPDATE, Act.TAKE_COMMAND)
NUDGE_ACTS = (Act.POST_UPDATE, Act.NO_CHANGE, Act.SNOOZE)


def met_line(scene: Scene) -> Line:
    """Return when the update was posted, and by whom."""
    last = scene.incident.last_update
    return ("✅ Update posted at ", When(last.at), " by ", Who(last.by), ".") if last else ("✅ Update posted.",)


def draw_update_soon(scene: Scene) -> kit.Message | None:
    """Return the heads-up to the commander; None when it is late or no longer needed."""
    due_at = moment(scene.words, "due_at") or scene.now
    if scene.first and due_at <= scene.now:
        return None
    cadence = scene.incident.cadence
    if cadence and cadence.snooze:
        silent: Line = (f"{scene.incident.ref}: nudges are silent until ", When(cadence.snooze.until), ". ")
        return _rung(scene, (*silent, "The update is still due at ", When(due_at), "."), Act.POST_UPDATE, Act.NO_CHANGE)
    left = f", in {spell(due_at - scene.now)}" if scene.first else ""
    line: Line = (f"{scene.incident.ref}: a status update is due at ", When(due_at), f"{left}.")
    return _rung(scene, line, *NUDGE_ACTS, spoken=f"{scene.incident.ref}: a status update is due{left or ' soon'}.")


def draw_update_late(scene: Scene) -> kit.Message | None:
    """Return that the update is late, to commander and deputy."""
    ladder = scene.picture.policy.ladder
    contact = scene.contact(scene.picture.rules.escalation_contact)
    contact = () if scene.incident.is_test else contact
    then: Line = (f" At {spell(ladder.contact_after)} ", *contact, " is told.") if contact else ()
    late = f"❗ {scene.incident.ref}: the status update is {spell(ladder.commander_after)} late and recorded as missed."
    mine = scene.place is not None and scene.place.key == scene.incident.commander
    return _rung(scene, (late, *then), Act.POST_UPDATE, Act.NO_CHANGE, *((Act.HAND_OVER,) if mine else ()))


def draw_update_contact(scene: Scene) -> kit.Message | None:
    """Return that the update is late, to the escalation contact."""
    label = scene.contact_label(scene.picture.rules.escalation_contact)
    late = spell(scene.picture.policy.ladder.contact_after)
    line: Line = (f"❗ {scene.head}: the status update is {late} late. You are told as {label}. ", *commands(scene))
    return _rung(scene, line, Act.TAKE_COMMAND, primary=False)


def draw_update_climbed(scene: Scene) -> kit.Message | None:
    """Return that the update is late and who is told, in the channel."""
    return _rung(scene, late_line(scene, scene.words), *LATE_ACTS)


def late_line(scene: Scene, said: Words) -> Line:
    """Return that the update is so late that the escalation contact is told."""
    who, late = person(said, "person"), spell(scene.picture.policy.ladder.contact_after)
    told: Line = (
        ("Somebody" if scene.is_hushed else scene.ping(who), " is told.")
        if who
        else ("Nobody stands behind the escalation contact.",)
    )
    if scene.incident.is_test and who:
        told = ("A test: ", Who(who), " would be told.")
    return (f"❗ The status update for {scene.incident.ref} is {late} late. ", *told)


def _rung(scene: Scene, line: Line, *acts: Act, primary: bool = True, spoken: str = "") -> kit.Message | None:
    """Return one rung, or its done state; None when it was never sent and nothing is due any more."""
    met, finished = update_met(scene.incident, moment(scene.words, "due_at")), ended(scene)
    if (met or finished) and scene.first:
        return None
    if met or finished:
        line, acts = met_line(scene) if met else over(scene, then="No status update is due any more."), ()
    last = scene.incident.last_update
    quoted = scene.quoted(last.now, before="Last: ") if last and acts and not scene.is_shared else ()
    pressed = () if scene.is_shared else acts
    return kit.Message(
        text=spoken if spoken and acts else without_mark(scene.pen, line),
        blocks=[
            scene.pen.says(*line),
            *([scene.pen.says(*quoted)] if quoted else []),
            *buttons.row(scene.picture, scene.handles, *pressed, primary=primary),
        ],
    )
