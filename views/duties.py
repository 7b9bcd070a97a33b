"""Duties: what a new commander answers for, and that it ended."""

from collections.abc import Iterator

from bot.incident.rules.accountable import is_last_accountable
from bot.incident.sentences import When, Who, spell, spell_allowed
from bot.words import Act, ClockKind, Role, Status
from views import buttons, kit
from views.clock_lines import updates_kept
from views.reading import person
from views.scene import Scene
from views.sentences import Bold, Line
from views.staffing import missing_line
from views.standing import commands, over


def draw_duties(scene: Scene) -> kit.Message | None:
    """Return what the commander decides and owes; None when it was never sent and is no longer theirs."""
    incident, me = scene.incident, person(scene.words, "person")
    if incident.status.is_open and incident.commander == me:
        return _yours(scene, named_by=person(scene.words, "named_by"), me=me)
    if scene.first:
        return None
    line = _ended(scene, me)
    return kit.Message(text=scene.pen.text(*line), blocks=[scene.pen.says(*line)])


def _ended(scene: Scene, me: str | None) -> Line:
    if scene.incident.commander == me:
        return (*over(scene, then=""), *_still(scene))
    gone = f"You no longer command {scene.incident.ref}. "
    return (gone, *commands(scene)) if scene.incident.seat else (gone, "Nobody does.")


def _still(scene: Scene) -> Line:
    """Return what a commander owes once it is over: the postmortem, where policy asks for one (G8.2)."""
    incident, within = scene.incident, scene.picture.rules.postmortem_within
    if incident.status is not Status.RESOLVED or incident.resolved is None or within is None:
        return ("Nothing more is due from you as commander.",)
    who: Line = (
        (Who(incident.facilitator), " facilitates.") if incident.facilitator else ("nobody facilitates it yet.",)
    )
    return ("Yours still: the postmortem, due by ", When(incident.resolved.at + within), "; ", *who)


def _yours(scene: Scene, *, named_by: str | None, me: str | None) -> kit.Message:
    named = named_by is not None and named_by != me
    silent = not scene.incident.commander_answered
    acts = (
        *((Act.TAKE_COMMAND,) if silent else ()),
        Act.POST_UPDATE,
        Act.HAND_OVER,
        *((Act.GIVE_BACK,) if named and not is_last_accountable(scene.incident, leaving=Role.COMMANDER) else ()),
    )
    blocks = [
        scene.pen.says(*_decides(scene)),
        *([scene.pen.says(*_unanswered(scene, named_by))] if silent else []),
        scene.pen.says(*_owes(scene)),
        *([scene.pen.says(*_to_give(scene))] if missing_line(scene) else []),
        *buttons.row(scene.picture, scene.handles, *acts, asks={Act.GIVE_BACK: _give_back(scene)}),
    ]
    return kit.Message(text=scene.pen.text(*_text(scene)), blocks=blocks)


def _text(scene: Scene) -> Line:
    cadence = scene.incident.cadence
    left = spell(cadence.due_at - scene.now) if cadence and cadence.due_at > scene.now else ""
    which = "The next" if scene.incident.updates else "First"
    return (f"You command {scene.head}. ", f"{which} status update is due within {left}." if left else "")


def _decides(scene: Scene) -> Line:
    decides = " You decide severity, roles, rollback (with the SRE), when it is mitigated and resolved."
    return (Bold(f"You command {scene.incident.ref}."), decides, " You need not fix it yourself.")


def _unanswered(scene: Scene, named_by: str | None) -> Line:
    clock = scene.clock(ClockKind.COMMANDER)
    due: Line = (" by ", When(clock.due_at)) if clock and clock.is_running else ()
    return ("You were named by ", Who(named_by), " and have not answered yet. Take command", *due, " to answer.")


def _owes(scene: Scene) -> Line:
    return ("Yours until you hand over: ", *(part for line in _owed(scene) for part in line))


def _owed(scene: Scene) -> Iterator[Line]:
    cadence, within = scene.incident.cadence, scene.picture.rules.postmortem_within
    yield ("the timeline (in order)",)
    if cadence:
        kept = updates_kept(scene).lower()
        every = f" · an update every {spell_allowed(cadence.every)}{f' ({kept})' if kept else ''}, next by "
        yield (every, When(cadence.due_at))
    if within:
        yield (f" · the postmortem, due {spell_allowed(within)} after it is resolved",)


def _to_give(scene: Scene) -> Line:
    return ("Roles nobody holds: ", *missing_line(scene), ".")


def _give_back(scene: Scene) -> buttons.Ask:
    return buttons.Ask(
        title=f"Leave the seat of {scene.incident.ref}?",
        text=f"Nobody commands {scene.incident.ref} then. Its channel and whoever named you are told. Go on?",
        yes="Leave the seat",
        no="Keep it",
    )
