"""Ends: an incident is mitigated, resolved, or was none."""

from datetime import datetime

from bot.incident.sentences import When, Who, spell, spell_allowed
from bot.words import Act, ActorKind, ClockKind
from views import buttons, kit
from views.clock_lines import beside, record
from views.reading import moment, person, text
from views.scene import Scene
from views.sentences import Bold, Line
from views.standing import cancel_reason


def draw_mitigated(scene: Scene) -> kit.Message:
    """Return that the harm has stopped, how fast, and what is watched until when."""
    at = moment(scene.words, "at") or (scene.incident.mitigated or scene.incident.declared).at
    resolve = scene.clock(ClockKind.RESOLVE)
    due: Line = ("; resolve by ", When(resolve.due_at)) if resolve else ()
    still = scene.quoted(text(scene.words, "still"))
    said = [scene.quoted(text(scene.words, "words")), (Bold("Still degraded"), " ", *still) if still else ()]
    spoken = f"{scene.incident.ref} is mitigated after {spell(scene.took(at))}. It is watched until resolved."
    return kit.Message(
        text=scene.pen.text(spoken),
        blocks=[
            scene.pen.says(*_done(scene, ClockKind.MITIGATE, "is mitigated", at)),
            *_words(scene, said),
            scene.pen.below("Watched until resolved", *due, "."),
        ],
    )


def draw_resolved(scene: Scene) -> kit.Message:
    """Return that it is over: what fixed it, how the clocks were kept, and what comes next."""
    at = (scene.incident.resolved or scene.incident.declared).at
    fixed, affected = scene.quoted(text(scene.words, "words")), scene.quoted(text(scene.words, "affected"))
    said = [
        (Bold("Fixed by"), " ", *fixed) if fixed else (),
        (Bold("Affected"), " ", *affected) if affected else (),
    ]
    spoken = f"{scene.incident.ref} is resolved after {spell(scene.took(at))}."
    return kit.Message(
        text=scene.pen.text(spoken, *_postmortem_text(scene)),
        blocks=[
            scene.pen.says(*_done(scene, ClockKind.RESOLVE, "is resolved", at)),
            *_words(scene, said),
            scene.pen.says(*record(scene)),
            scene.pen.says(*_next(scene, at)),
            *_way_back(scene),
        ],
    )


def _way_back(scene: Scene) -> list[kit.Block]:
    acts = () if scene.is_shared else (Act.REOPEN, Act.TIMELINE)
    return buttons.row(scene.picture, scene.handles, *acts, primary=False)


def draw_cancelled(scene: Scene) -> kit.Message:
    """Return that it was none: why, by whom, and that everything stopped."""
    by = person(scene.words, "by")
    reason = text(scene.words, "reason") or cancel_reason(scene)
    head: Line = (f"{scene.incident.ref} is cancelled: {reason} (", Who(by), "). ")
    whole: Line = (*head, "All clocks stopped, nobody is paged any more.")
    if scene.incident.is_test:
        whole = test_ended(scene, by)
    said = _words(scene, [scene.quoted(text(scene.words, "words"))])
    blocks = [scene.pen.says(*whole), *said, *_look_back(scene)]
    return kit.Message(text=scene.pen.text(*whole), blocks=blocks)


def test_ended(scene: Scene, by: str | None) -> Line:
    """Return that a test is over, and that it cost nobody anything."""
    itself = by in {None, ActorKind.CLOCK.value}
    end: Line = (" ended by itself after 4 h. ",) if itself else (" is ended by ", Who(by), ". ")
    return (f"The test {scene.incident.ref}", *end, "Nobody was paged, and it counts nowhere.")


def _look_back(scene: Scene) -> list[kit.Block]:
    acts = () if scene.is_shared else (Act.TIMELINE,)
    return buttons.row(scene.picture, scene.handles, *acts, primary=False)


def _done(scene: Scene, kind: ClockKind, done: str, at: datetime) -> Line:
    clock, took = scene.clock(kind), scene.took(at)
    by: Line = (" · ", Who(person(scene.words, "by")))
    head = Bold(f"{scene.incident.ref} {done}")
    if clock is None:
        return ("✅ ", head, f" after {spell(took)}", *by)
    if took <= clock.allowed:
        return ("✅ ", head, f" after {spell(took)} ({beside(took, clock.allowed)} allowed)", *by)
    return ("❗ ", head, f" in {spell(took)}, {spell(took - clock.allowed)} late", *by)


def _words(scene: Scene, said: list[Line]) -> list[kit.Block]:
    return [scene.pen.lines(said)] if any(said) else []


def _postmortem_text(scene: Scene) -> Line:
    within, who = scene.picture.rules.postmortem_within, scene.incident.facilitator
    if within is None:
        return (" No more reminders.",)
    facilitates: Line = (", ", Who(who), " facilitates") if who else ()
    return (f" Postmortem due within {spell_allowed(within)}", *facilitates, ".")


def _next(scene: Scene, at: datetime) -> Line:
    within, who = scene.picture.rules.postmortem_within, scene.incident.facilitator
    silence = "No more reminders in this channel." if scene.in_channel else "No more reminders."
    if within is None:
        return (silence,)
    named: Line = (", ", Who(who), " facilitates") if who else (", nobody named to facilitate it yet",)
    return ("Next: postmortem by ", When(at + within), *named, f". {silence}")
