"""Reminders in a channel and by direct message: a clock is due soon, was missed, or an update is due (G3.1, G3.3)."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.clocks import Clock
from bot.incident.history.climb import SEATED
from bot.incident.reacting.effects import Words
from bot.incident.reading.met import update_met
from bot.incident.sentences import When, spell, spell_allowed
from bot.words import Act, ClockKind, Status
from views import buttons, kit
from views.climbed import climbed_lines
from views.ladder import LATE_ACTS, NUDGE_ACTS, late_line, met_line
from views.lines import without_mark
from views.met import done_line, met_late
from views.phase_lines import phases_missed, phases_soon
from views.reading import moment, number, part, parts, person, text, texts
from views.scene import Scene
from views.sentences import Line, Ping, joined
from views.standing import commands, ended, over, people

SOON_ACTS = {
    ClockKind.ACKNOWLEDGE: (Act.ACKNOWLEDGE, Act.TAKE_COMMAND),
    ClockKind.COMMANDER: (Act.TAKE_COMMAND,),
    ClockKind.MITIGATE: (Act.MITIGATE,),
    ClockKind.RESOLVE: (Act.RESOLVE,),
    ClockKind.UPDATE: (Act.POST_UPDATE,),
}
MUST = {
    ClockKind.ACKNOWLEDGE: "must be acknowledged",
    ClockKind.COMMANDER: "must have a commander's answer",
    ClockKind.MITIGATE: "must be mitigated",
    ClockKind.RESOLVE: "must be resolved",
    ClockKind.UPDATE: "must have a status update",
}


def draw_clocks(scene: Scene) -> kit.Message | None:
    """Return everything that fell due in one message, worst first; None when nothing of it is left to say."""
    if scene.first and scene.incident.status is Status.CANCELLED:
        return None
    late, due = (_missed(scene), phases_missed(scene)), (_soon(scene), phases_soon(scene))
    said = (*late, climbed_lines(scene), _late(scene), *due, _update(scene))
    lines = list(dict.fromkeys(line for each in said for line in each))
    if not lines:
        return None
    return kit.Message(
        text=_spoken(scene, lines[0]),
        blocks=[
            *(scene.pen.says(*line) for line in lines),
            *([] if scene.is_shared else buttons.row(scene.picture, scene.handles, *_acts(scene))),
        ],
    )


def _spoken(scene: Scene, first: Line) -> str:
    head, *rest = first
    if isinstance(head, Ping):
        return scene.pen.text(scene.pen.called(head.person), ":", *rest)
    return without_mark(scene.pen, first)


def draw_soon(scene: Scene) -> kit.Message | None:
    """Return the direct message to whoever can meet the clocks; None when all were met before it was sent."""
    said = parts(scene.words, "soon")
    due = [(_kind(one), _due_at(one, scene)) for one in said if _is_awaited(scene, _kind(one), _due_at(one, scene))]
    phased = [*phases_missed(scene), *phases_soon(scene)]
    if phased and not due:
        text_line = without_mark(scene.pen, phased[0])
        return kit.Message(text=text_line, blocks=[scene.pen.says(*line) for line in phased])
    if not due:
        return None if scene.first or not said else _no_longer(scene, scene.clock(_kind(said[0])))
    kind, due_at = due[0]
    clock = scene.clock(kind)
    within = spell(due_at - (clock.warned_at or clock.warn_at)) if clock else "a short time"
    acts = dict.fromkeys(act for one, _ in due for act in SOON_ACTS[one])
    return kit.Message(
        text=scene.pen.text(f"{scene.incident.ref} {MUST[kind]} within {within}."),
        blocks=[
            *(scene.pen.says(*_soon_line(scene, one, at)) for one, at in due),
            *(scene.pen.says(*line) for line in phased),
            *buttons.row(scene.picture, scene.handles, *acts),
        ],
    )


def _no_longer(scene: Scene, clock: Clock | None) -> kit.Message:
    line: Line = (f"{scene.incident.ref} is {scene.incident.status}; nothing is due any more.",)
    if clock and clock.met_at:
        line = done_line(scene, clock, clock.met_at)
    return kit.Message(text=without_mark(scene.pen, line), blocks=[scene.pen.says(*line)])


def _kind(said: Words) -> ClockKind:
    return ClockKind(text(said, "kind"))


def _due_at(said: Words, scene: Scene) -> datetime:
    return moment(said, "due_at") or scene.now


def _is_awaited(scene: Scene, kind: ClockKind, due_at: datetime) -> bool:
    """Return whether this is still to be met; an update whose due time moved on has been."""
    clock = scene.clock(kind)
    return clock is not None and clock.is_running and (kind is not ClockKind.UPDATE or clock.due_at == due_at)


def _soon(scene: Scene) -> Iterator[Line]:
    for said in parts(scene.words, "soon"):
        kind, due_at = _kind(said), _due_at(said, scene)
        clock = scene.clock(kind)
        if _is_awaited(scene, kind, due_at):
            yield _soon_line(scene, kind, due_at)
        elif clock and clock.met_at and not scene.first:
            yield done_line(scene, clock, clock.met_at)
        elif ended(scene) and not scene.first:
            yield over(scene, then="Nothing is due any more.")


def _soon_line(scene: Scene, kind: ClockKind, due_at: datetime) -> Line:
    return (f"⚠️ {scene.incident.ref} {MUST[kind]} by ", When(due_at), ". ", *_else(scene, kind))


def _else(scene: Scene, kind: ClockKind) -> Line:
    rules = scene.picture.rules
    keys = {ClockKind.MITIGATE: rules.escalation, ClockKind.RESOLVE: ()}.get(kind, (rules.escalation_contact,))
    who = [line for key in keys if (line := scene.contact(key))]
    if not who or scene.incident.is_test:
        return ()
    called = "is paged" if kind in SEATED else "is called" if len(who) == 1 else "are called"
    unless = "If it is not" if MUST[kind].startswith("must be") else "If it has none"
    return (f"{unless}, ", *joined(who), f" {called}.")


def _missed(scene: Scene) -> Iterator[Line]:
    missed = {_kind(said) for said in parts(scene.words, "missed")}
    done = list(met_late(scene, missed))
    yield from (done_line(scene, clock, at) for clock, at in done)
    missed -= {clock.kind for clock, _ in done}
    for kind in sorted(missed - SEATED, key=list(ClockKind).index):
        yield _not_done(scene, kind)
    if missed & SEATED:
        yield _nobody(scene, missed & SEATED)


def _not_done(scene: Scene, kind: ClockKind) -> Line:
    return (
        f"❗ {scene.incident.ref} {was_not(scene, kind)}. ",
        *(_called(scene) if kind is ClockKind.MITIGATE else ()),
        *_still(scene),
    )


def was_not(scene: Scene, kind: ClockKind) -> str:
    """Return what did not happen in time: "was not mitigated within 30 min"."""
    done = {
        ClockKind.ACKNOWLEDGE: "was not acknowledged",
        ClockKind.COMMANDER: "had no commander's answer",
        ClockKind.MITIGATE: "was not mitigated",
        ClockKind.RESOLVE: "was not resolved",
        ClockKind.UPDATE: "had no status update",
    }[kind]
    clock = scene.clock(kind)
    return f"{done} within {spell_allowed(clock.allowed)}" if clock else f"{done} in time"


def _called(scene: Scene) -> Line:
    called = list(dict.fromkeys(texts(scene.words, "called")))
    if scene.incident.is_test:
        return _spared(scene)
    if not called:
        return ("Nobody could be called. ",)
    verb = "is" if len(called) == 1 else "are"
    if scene.is_hushed:
        return (f"{len(called)} {'person' if len(called) == 1 else 'people'} {verb} called. ",)
    return (*people(scene, called, pinged=True), f" {verb} called and added here. ")


def _spared(scene: Scene) -> Line:
    """Return whom a test would have called."""
    spared = texts(scene.words, "spared")
    return ("A test: ", *people(scene, spared), " would be called. ") if spared else ()


def _still(scene: Scene) -> Line:
    seat = scene.incident.seat
    if seat and seat.answered_at:
        return (scene.opens(seat.person), " still commands.")
    return commands(scene)


def _nobody(scene: Scene, kinds: set[ClockKind]) -> Line:
    clock = scene.clock(ClockKind.ACKNOWLEDGE if ClockKind.ACKNOWLEDGE in kinds else ClockKind.COMMANDER)
    within = f"within {spell_allowed(clock.allowed)}" if clock else "in time"
    ref = scene.incident.ref
    if kinds == SEATED:
        head = f"❗ Nobody has acknowledged {ref} {within}, and nobody commands it. "
    elif ClockKind.ACKNOWLEDGE in kinds:
        head = f"❗ Nobody has acknowledged {ref} {within}. "
    else:
        head = f"❗ No commander has answered for {ref} {within}. "
    paged = person(scene.words, "paged")
    if paged:
        return (head, *scene.described(paged), " is being paged.")
    called = texts(scene.words, "called")
    return (head, *_called(scene)) if called or texts(scene.words, "spared") else (head.rstrip(),)


def _update(scene: Scene) -> Iterator[Line]:
    nudge = part(scene.words, "update")
    if nudge is None:
        return
    if update_met(scene.incident, moment(nudge, "due_at")):
        if not scene.first:
            yield met_line(scene)
    elif ended(scene):
        if not scene.first:
            yield over(scene, then="No status update is due any more.")
    else:
        yield (*_due_now(scene, nudge), *_missed_in_row(scene, nudge))


def _late(scene: Scene) -> Iterator[Line]:
    """Return that an update is very late; what became of it once it was posted."""
    said = part(scene.words, "late")
    if said is None or ended(scene):
        return
    if not update_met(scene.incident, moment(said, "due_at")):
        yield late_line(scene, said)
    elif not scene.first:
        yield met_line(scene)


def _due_now(scene: Scene, nudge: Words) -> Line:
    ref, who, last = scene.incident.ref, scene.incident.commander, moment(nudge, "last_at")
    before: Line = (" The last one was at ", When(last), ".") if last else (" None was posted yet.",)
    if who is None:
        return (f"Nobody commands {ref}, and its status update is due now.", *before)
    return (scene.ping(who), f" the status update for {ref} is due now.", *before)


def _missed_in_row(scene: Scene, nudge: Words) -> Line:
    in_row, following = number(nudge, "in_row"), moment(nudge, "next_nudge_at")
    if in_row < scene.picture.policy.ladder.backoff_after_misses or following is None:
        return ()
    return (f" {in_row} in a row are missed; the next reminder comes at ", When(following), ".")


def _acts(scene: Scene) -> tuple[Act, ...]:
    missed = {_kind(said) for said in parts(scene.words, "missed")}
    missed -= {clock.kind for clock, _ in met_late(scene, missed)}
    wanted: list[Act] = []
    if missed & SEATED and scene.incident.status is Status.DECLARED:
        wanted.append(Act.ACKNOWLEDGE)
    if missed & SEATED and not scene.incident.commander_answered:
        wanted.append(Act.TAKE_COMMAND)
    late = part(scene.words, "late")
    if late and not update_met(scene.incident, moment(late, "due_at")):
        wanted.extend(LATE_ACTS)
    nudge = part(scene.words, "update")
    if nudge and not update_met(scene.incident, moment(nudge, "due_at")):
        wanted.extend(NUDGE_ACTS if scene.incident.seat else (Act.TAKE_COMMAND, Act.ESCALATE))
    return () if ended(scene) else tuple(dict.fromkeys(wanted))
