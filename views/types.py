"""Kinds of incident: which there are, what one asks for before it is set, and what is said once it is (P1, S1)."""

from collections.abc import Iterator
from dataclasses import replace

from bot.incident.phases import PhaseClock, kind_of, phases
from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, Who
from bot.policy.playbooks import role_label, role_of, row_of, stricter, worse
from bot.policy.rulebook import IncidentType, Phase
from bot.usecases.asked import Answer
from bot.words import Act
from views import buttons, kit
from views.lines import line
from views.phase_lines import NAMES, all_lines, owner_line, phases_of
from views.reading import part, parts, text, texts
from views.scene import Scene
from views.seeing import KEEPS_READING
from views.sentences import Bold, Code, Line, Pen, joined, strung


def type_line(scene: Scene) -> Line:
    """Return type and runbook, for the small print of a card; of a private incident in its channel only."""
    if scene.withheld:
        return ()
    kind = kind_of(scene.incident, scene.picture.policy)
    return (f"Type: {kind.name} · Runbook: {kind.runbook or 'none yet'}",)


def draw_types(answer: Answer, pen: Pen) -> kit.Message:
    """Return the types by family, with the type of the incident they were asked in."""
    families = parts(answer.words, "families")
    lines: list[Line] = [
        (Bold(text(one, "family").capitalize()), ": ", ", ".join(texts(one, "names"))) for one in families
    ]
    mine = part(answer.words, "mine")
    return kit.Message(
        text=pen.text(f"Types of incident, {sum(len(texts(one, 'names')) for one in families)} in all.", *_mine(mine)),
        blocks=[
            pen.lines(lines),
            *([pen.says(*_mine(mine))] if mine else []),
            pen.below("What one adds is shown before it is set: ", Code("/incident type model-drift")),
        ],
    )


def _mine(mine: Words | None) -> Line:
    if mine is None:
        return ()
    chosen = "" if mine.get("is_set") else "; nobody has set it"
    return (f" {text(mine, 'ref')}: {text(mine, 'name')}{chosen}.",)


def draw_type(scene: Scene) -> kit.Message:
    """Return what a type adds to the incident, before anybody sets it."""
    policy, key = scene.picture.policy, text(scene.words, "type")
    kind = policy.types[key]
    severity = worse(scene.incident.severity, kind.severity_floor)
    assumed = replace(scene.incident, severity=severity, playbook=replace(scene.incident.playbook, type=key, done=()))
    head = f"{scene.incident.ref} as a kind of incident: {kind.name}, {severity.label}."
    return kit.Message(
        text=scene.pen.text(f"{head} What that adds is in the message; nothing was changed."),
        blocks=[
            scene.pen.says(Bold(f"{scene.incident.ref} as: {kind.name}"), f" ({severity.label})"),
            scene.pen.lines(_adds(scene, kind, phases(assumed, policy))),
            *(scene.pen.says(*each) for each in _consequences(scene, kind)),
            *buttons.row(scene.picture, scene.handles, Act.SET_TYPE),
            scene.pen.below("Nothing was changed yet."),
        ],
    )


def _adds(scene: Scene, kind: IncidentType, clocks: tuple[PhaseClock, ...]) -> Iterator[Line]:
    policy = scene.picture.policy
    row = row_of(kind, worse(scene.incident.severity, kind.severity_floor))
    told = [found for key in row.contacts if (found := scene.contact(key))]
    yield ("It is one when: ", "; ".join(kind.triggers))
    yield ("Brings in: ", ", ".join(policy.groups[team].label for team in row.teams))
    yield ("Tells: ", *joined(told)) if told else ("Tells: nobody",)
    yield ("Roles wanted: ", *strung((_role(scene, key) for key in row.roles), by=", "))
    yield ("Phases: ", *strung((_phase(scene, one) for one in clocks), by=", "))
    yield ("Write down: ", "; ".join(kind.collect))
    outside = ", ".join(role_label(policy, key) for key in kind.sign_off)
    vendors = "; vendors concerned must be told" if kind.tell_vendors else ""
    yield (f"Outside: only when signed off by {outside}{vendors}",)
    reviewed = ", ".join(policy.groups[one].label for one in kind.review_with)
    yield (f"Runbook: {kind.runbook or 'none yet'} · Reviewed with: {reviewed}",)


def _role(scene: Scene, key: str) -> Line:
    role = role_of(key)
    if role is None:
        return (role_label(scene.picture.policy, key),)
    return (role_label(scene.picture.policy, key), " (", Who(scene.incident.holder(role)), ")")


def _phase(scene: Scene, clock: PhaseClock) -> Line:
    return (f"{clock.phase} by ", When(clock.due_at), " (", role_label(scene.picture.policy, clock.owner), ")")


def _consequences(scene: Scene, kind: IncidentType) -> Iterator[Line]:
    """Return what the type's floor and level change at once, and what cannot be taken back."""
    incident = scene.incident
    if kind.severity_floor.rank < incident.severity.rank:
        label = kind.severity_floor.label
        yield (f"It becomes {label}: {kind.name} is {label} or worse by policy.",)
    level = stricter(incident.classification, kind.classification)
    if level is incident.classification:
        return
    moves = level.is_private and not incident.room.is_private
    if moves:
        yield (f"It becomes {level.upper()} and goes on in a new private channel. {KEEPS_READING}",)
    else:
        yield (f"It becomes {level.upper()}.",)


def draw_type_line(scene: Scene) -> kit.Message:
    """Return, in the channel, what kind it is, who was brought in for it, and what is due next.

    Anywhere else a private incident says no more than that it has a type.
    """
    if scene.withheld:
        return line(scene, (f"{scene.incident.ref}: its type is set. What that adds is in its channel.",))
    kind = scene.picture.policy.types[text(scene.words, "type")]
    teams = parts(scene.words, "teams")
    added = [found for team in teams if (found := _added(scene, team))]
    if not scene.words.get("is_set"):
        why = f": {kind.name} asks for it at {scene.incident.severity.label}."
        return line(scene, (f"{scene.incident.ref}: ",), *_brought(added), (why,))
    return line(
        scene,
        (f"{scene.incident.ref} is {_an(kind.name)} {kind.name}: ",),
        *(_brought(added) if added else (_nobody(scene),)),
        _next(scene),
        (".",),
    )


def _an(name: str) -> str:
    return "an" if name[0] in "aeiouAEIOUL" else "a"


def _nobody(scene: Scene) -> Line:
    return ("a test brings nobody in",) if scene.incident.is_test else ("everybody it asks for is in it",)


def _brought(added: list[Line]) -> tuple[Line, ...]:
    return (joined(added), (f" {'is' if len(added) == 1 else 'are'} added",))


def _added(scene: Scene, team: Words) -> Line:
    """Return a team as it is added: by its name, or by the one person it brings in; nothing where all were there."""
    people = texts(team, "people")
    label = scene.picture.policy.groups[text(team, "key")].label.partition(" (")[0]
    if not people:
        return ()
    return (Who(people[0]), f" ({label})") if len(people) == 1 else (label,)


def _next(scene: Scene) -> Line:
    """Return what is due next: to contain it, unless that is done or late; then the phase after."""
    ahead = [one for one in phases_of(scene) if one.is_running and not one.missed_at]
    first = next((one for one in ahead if one.phase is Phase.CONTAIN), next(iter(ahead), None))
    return (f"; {first.phase} by ", When(first.due_at)) if first else ()


def draw_told(scene: Scene) -> kit.Message:
    """Return, to a contact whom the matrix tells, what kind of incident it is; of a private one not even that."""
    incident = scene.incident
    role = scene.contact_label(text(scene.words, "contact"))
    what = "private incident" if scene.withheld else scene.picture.policy.types[text(scene.words, "type")].name
    said: Line = (f"{incident.ref} ({incident.severity.label}, {what}): you are told as {role}. ",)
    asked: Line = ("Nothing is asked of you now.",)
    return line(scene, said, asked, acts=() if incident.is_private else (Act.SUMMARY,))


def why_called(scene: Scene) -> Line:
    """Return why somebody of a team is called; of a private incident not what it is about."""
    incident, policy = scene.incident, scene.picture.policy
    label = policy.groups[text(scene.words, "team")].label
    about = f"{incident.ref} ({incident.severity.label})"
    if scene.withheld:
        return (f"{about} asks for {label}; you are called.",)
    kind = policy.types[text(scene.words, "type")]
    return (f"{about} is {_an(kind.name)} {kind.name}; you are called for {label}.",)


def say_set(scene: Scene) -> kit.Message:
    """Return, to whoever set the type, what it is now and which roles it wants that nobody holds."""
    incident, policy = scene.incident, scene.picture.policy
    kind = kind_of(incident, policy)
    if scene.withheld:
        return line(scene, (f"The type of {incident.ref} is set. {_told(scene)}",))
    wanted = (role_of(key) for key in row_of(kind, incident.severity).roles)
    vacant = [role for role in wanted if role and not incident.holder(role)]
    open_roles = f" It wants roles that nobody holds: {', '.join(vacant)}." if vacant else ""
    return line(scene, (f"The type of {incident.ref} is {kind.name}. {_told(scene)}{open_roles}",))


def _told(scene: Scene) -> str:
    where = scene.its_channel
    return f"{where[0].upper()}{where[1:]} is told."


def say_finished(scene: Scene) -> kit.Message:
    """Return, to whoever finished a phase, that it is on the record, and what comes next."""
    phase = Phase(text(scene.words, "phase"))
    ahead = next((one for one in phases_of(scene) if one.is_running), None)
    owed: Line = (*owner_line(scene, ahead), ".") if ahead else ()
    then: Line = (f" Next: {ahead.phase} by ", When(ahead.due_at), ", ", *owed) if ahead else ()
    return line(scene, (f"{NAMES[phase].asks} is done, on the timeline of {scene.incident.ref}.",), then)


def draw_phases(scene: Scene) -> kit.Message:
    """Return every phase of the incident's playbook, and who owes what until then."""
    lines = list(all_lines(scene))
    if not lines:
        how = Code(f"/incident {scene.incident.number} type")
        none = f"No playbook runs for {scene.incident.ref}: nobody has set its type. "
        return line(scene, (none, how, " lists the types."))
    done = Code(f"/incident {scene.incident.number} type contain done what was done")
    return kit.Message(
        text=scene.pen.text(f"Phases of {scene.incident.ref}, {len(lines)} in all, with who owes what by when."),
        blocks=[scene.pen.lines(lines), scene.pen.below("To mark one as done: ", done)],
    )
