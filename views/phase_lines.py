"""Phases of the playbook as lines: where they are, what is due soon, what was missed, and who owes what (P6, S4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.incident.phases import PhaseClock, current, phases, type_of
from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, Who, spell, spell_allowed
from bot.policy.playbooks import role_label, role_of
from bot.policy.rulebook import Phase
from views.reading import moment, parts, person, text
from views.scene import Scene
from views.sentences import Line
from views.standing import ended, over


@dataclass(frozen=True, slots=True)
class _Named:
    """What a phase is called: while it `asks`, once it is `done`, what it `must` be, and what it `was_not`."""

    asks: str
    done: str
    must: str
    was_not: str


NAMES: Mapping[Phase, _Named] = {
    Phase.ASSESS: _Named("Assess", "assessed", "must be assessed", "was not assessed"),
    Phase.CONTAIN: _Named("Contain", "contained", "must be contained", "was not contained"),
    Phase.NOTIFY: _Named(
        "Notify", "notices settled", "must have its notices settled", "did not have its notices settled"
    ),
    Phase.ERADICATE: _Named("Eradicate", "cause removed", "must be rid of its cause", "was not rid of its cause"),
    Phase.RECOVER: _Named("Recover", "recovered", "must be recovered", "was not recovered"),
    Phase.REVIEW: _Named("Review", "reviewed", "must be reviewed", "was not reviewed"),
}


def phases_of(scene: Scene) -> tuple[PhaseClock, ...]:
    """Return the phases of the incident's playbook."""
    return phases(scene.incident, scene.picture.policy)


def phase_line(scene: Scene) -> Line:
    """Return where the playbook is, as one line of the card; nothing while none runs, or once it stopped."""
    clocks = phases_of(scene)
    now = current(clocks)
    if now is None:
        return (f"✅ All {len(clocks)} phases of the playbook are done",) if _all_done(clocks) else ()
    done = sum(one.done_at is not None for one in clocks)
    return (*_stands(now), *_owes(scene, now), f" · {done} of {len(clocks)} phases done")


def _all_done(clocks: tuple[PhaseClock, ...]) -> bool:
    return bool(clocks) and all(one.done_at for one in clocks)


def _stands(clock: PhaseClock) -> Line:
    asks = NAMES[clock.phase].asks
    if clock.missed_at:
        return (f"❗ {asks} missed at ", When(clock.due_at))
    if clock.warned_at:
        return (f"⚠️ {asks} by ", When(clock.due_at), ": due soon")
    return (f"⏳ {asks} by ", When(clock.due_at), f" ({spell_allowed(clock.allowed)} allowed)")


def _owes(scene: Scene, clock: PhaseClock) -> Line:
    """Return who owes what: the role, and who holds it; what a private one is about stays in its channel."""
    if scene.withheld:
        return ()
    return (", ", *owner_line(scene, clock), f" owes: {'; '.join(clock.artifacts)}")


def owner_line(scene: Scene, clock: PhaseClock) -> Line:
    """Return the role that owes a phase, with whoever holds it: "security lead (Iris Park)"."""
    role = role_of(clock.owner)
    holder = scene.incident.holder(role) if role else None
    who: Line = (" (", Who(holder), ")") if holder else ()
    return (role_label(scene.picture.policy, clock.owner), *who)


def all_lines(scene: Scene) -> Iterator[Line]:
    """Return every phase as a line: done, missed, running or stopped."""
    for clock in phases_of(scene):
        if clock.done_at:
            yield _done(clock, clock.done_at)
        elif clock.stopped and not clock.missed_at:
            yield (f"{NAMES[clock.phase].asks}: stopped, {scene.incident.status}",)
        else:
            yield (*_stands(clock), *_owes(scene, clock))


def _done(clock: PhaseClock, at: datetime) -> Line:
    late = f", {spell(at - clock.due_at)} late" if at > clock.due_at else ""
    mark = "❗" if late else "✅"
    return (f"{mark} {NAMES[clock.phase].asks}: done ", When(at), late)


def next_phase(scene: Scene) -> Line:
    """Return the phase they are in, in few words, for a summary: "contain by 16:00"; nothing while none runs."""
    now = current(phases_of(scene))
    if now is None:
        return ()
    missed = " (missed)" if now.missed_at else ""
    return (f"phase: {now.phase} by ", When(now.due_at), missed)


def phases_soon(scene: Scene) -> Iterator[Line]:
    """Return one line for each phase that the words call due soon, as it stands by now."""
    for said in parts(scene.words, "phases_soon"):
        clock = _clock(scene, said)
        if clock and clock.is_running:
            must = f"⚠️ {scene.incident.ref} {NAMES[clock.phase].must} by "
            yield (must, When(_due_at(said, scene)), ". ", *_owed(scene, clock))
        else:
            yield from _no_longer(scene, clock)


def phases_missed(scene: Scene) -> Iterator[Line]:
    """Return one line for each phase that the words call missed, as it stands by now; who owes it is asked."""
    for said in parts(scene.words, "phases_missed"):
        clock = _clock(scene, said)
        if clock and clock.is_running:
            head = f"❗ {scene.incident.ref} {NAMES[clock.phase].was_not} within {spell_allowed(clock.allowed)}. "
            is_same = text(said, "type") == type_of(scene.incident, scene.picture.policy)
            yield (head, *_asked(scene, clock, person(said, "owner") if is_same else None))
        else:
            yield from _no_longer(scene, clock)


def _no_longer(scene: Scene, clock: PhaseClock | None) -> Iterator[Line]:
    if scene.first:
        return
    if clock and clock.done_at:
        late = f", {spell(clock.done_at - clock.due_at)} late." if clock.done_at > clock.due_at else "."
        yield (f"✅ {scene.incident.ref}: {NAMES[clock.phase].done} at ", When(clock.done_at), late)
    elif ended(scene):
        yield over(scene, then="Nothing is due any more.")


def _clock(scene: Scene, said: Words) -> PhaseClock | None:
    return next((one for one in phases_of(scene) if one.phase == text(said, "phase")), None)


def _due_at(said: Words, scene: Scene) -> datetime:
    return moment(said, "due_at") or scene.now


def _owed(scene: Scene, clock: PhaseClock) -> Line:
    """Return who owes what; what a private incident is about could be read from it, so it stays inside."""
    if scene.withheld:
        return ()
    role, *who = owner_line(scene, clock)
    return (_capital(str(role)), *who, f" owes: {'; '.join(clock.artifacts)}.")


def _asked(scene: Scene, clock: PhaseClock, owner: str | None) -> Line:
    if scene.withheld or owner is None:
        return _owed(scene, clock)
    rings = Who(owner) if scene.incident.is_test else scene.ping(owner)
    label = role_label(scene.picture.policy, clock.owner)
    return (rings, f" ({label}) owes: {'; '.join(clock.artifacts)}.")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
