"""Roles: who holds which, that they changed hands, and what each answers for."""

from collections.abc import Iterator

from bot.incident.authority.rights import Right
from bot.incident.authority.wording import holders
from bot.incident.rules.apart import clash
from bot.incident.rules.wanted_roles import missing_roles
from bot.incident.sentences import When, Who
from bot.words import Act, Role
from views import buttons, kit
from views.lines import line
from views.reading import moment, person, text, texts
from views.scene import Scene
from views.sentences import Bold, Line
from views.staffing import could
from views.standing import ended
from views.told import channel_told


def role_in(scene: Scene) -> Role:
    """Return the role that the words speak of."""
    return Role(text(scene.words, "role"))


def draw_role(scene: Scene) -> kit.Message:
    """Return who holds a role; somebody given it by another is mentioned."""
    who, by = person(scene.words, "person"), person(scene.words, "by")
    named: Line = () if who == by else (", named by ", Who(by))
    rings = Who(who) if who == by else scene.ping(who)
    return line(
        scene, (rings, f" is {role_in(scene)} of {scene.incident.ref}", *named, *_until(scene), "."), _beside(scene)
    )


def _until(scene: Scene) -> Line:
    until = moment(scene.words, "until")
    return (", until ", When(until)) if until else ()


def _beside(scene: Scene) -> Line:
    """Return that somebody holds two roles that must differ, because nobody else of policy could."""
    beside = text(scene.words, "beside")
    return (f" They are {beside} too: nobody else policy names can be asked now.",) if beside else ()


def draw_role_empty(scene: Scene) -> kit.Message:
    """Return that somebody left a role, and who holds it if it was taken since."""
    holder = scene.incident.holder(role_in(scene))
    since: Line = (Who(holder), " is.") if holder else ("nobody is.",)
    return line(scene, (Who(person(scene.words, "person")), f" is no longer {role_in(scene)}; "), since)


def draw_role_duties(scene: Scene) -> kit.Message:
    """Return, to whoever got a role, what it answers for, decides and does first; at most five lines."""
    role, by = role_in(scene), person(scene.words, "by")
    duties, number = scene.picture.policy.roles[role], scene.incident.number
    mine: Line = (f"You are {role} of {scene.incident.ref}", *_from(scene, by), *_until(scene), ".")
    asked: list[Line] = [
        (Bold("Yours: "), " · ".join(duties.answers_for)),
        (Bold("You decide: "), duties.decides),
        (Bold("First: "), " · ".join(duties.instructions)),
    ]
    more = f"All of it: /incident {number} roles {role} · to give it back: /incident {number} role {role} back"
    return kit.Message(
        text=scene.pen.text(f"You are {role} of {scene.head}. What it asks of you is in the message."),
        blocks=[scene.pen.says(*mine), scene.pen.lines(asked), scene.pen.below(more)],
    )


def _from(scene: Scene, by: str | None) -> Line:
    return () if by == person(scene.words, "person") else (", named by ", Who(by))


def _duties(scene: Scene, role: Role) -> Iterator[Line]:
    duties = scene.picture.policy.roles[role]
    yield from ((f"• {duty}",) for duty in duties.answers_for)
    yield ("Decides: ", duties.decides)


def draw_roles(scene: Scene) -> kit.Message:
    """Return who holds which role, for one reader."""
    lines = list(_held(scene))
    row = buttons.row(scene.picture, scene.handles, Act.TAKE_ROLE, Act.GIVE_ROLE, primary=False)
    spoken: Line = (f"Roles of {scene.incident.ref}. Commander: ", Who(scene.incident.commander), ".")
    return kit.Message(text=scene.pen.text(*spoken), blocks=[scene.pen.lines(lines), *row])


def _held(scene: Scene) -> Iterator[Line]:
    seat = scene.incident.seat
    silent = ", not answered yet" if seat and seat.answered_at is None else ""
    since: Line = (" since ", When(seat.since), silent) if seat else ()
    yield (Bold("Commander"), ": ", Who(scene.incident.commander), *since)
    wanted = () if ended(scene) else missing_roles(incident=scene.incident, policy=scene.picture.policy)
    for missing in wanted:
        yield ("❗ ", Bold(missing.role.capitalize()), ": nobody; due by ", When(missing.due_at))
    shown = {Role.COMMANDER, *(missing.role for missing in wanted)}
    for role in (role for role in Role if role not in shown):
        yield (Bold(role.capitalize()), ": ", *_holder(scene, role))


def _holder(scene: Scene, role: Role) -> Line:
    held = next((one for one in scene.incident.roles if one.role is role), None)
    if held is None:
        return ("nobody",)
    until: Line = (" until ", When(held.until)) if held.until else ()
    return (Who(held.person), " since ", When(held.since), *until)


def draw_one_role(scene: Scene) -> kit.Message:
    """Return what one role answers for and does first, who holds it, who may take it, and who could now."""
    role = role_in(scene)
    duties = scene.picture.policy.roles[role]
    head: Line = (Bold(role.capitalize()), f" of {scene.incident.ref}: ", Who(scene.incident.holder(role)), ".")
    first: list[Line] = [(f"{place}. {step}",) for place, step in enumerate(duties.instructions, start=1)]
    right, while_free = (Right.TAKE_PART, " while it is free") if duties.anyone else (Right.TAKE_GUARDED_ROLE, "")
    who_may = holders(right, scene.picture.policy)
    free = f"{who_may[0].upper()}{who_may[1:]} takes it{while_free}. "
    who: Line = (free, *could(scene, role, texts(scene.words, "could")))
    return kit.Message(
        text=scene.pen.text(*head),
        blocks=[
            scene.pen.lines([head, *_duties(scene, role)]),
            scene.pen.lines([(Bold("First"),), *first]),
            scene.pen.lines([who]),
        ],
    )


def say_taken(scene: Scene) -> kit.Message:
    """Return, to whoever took a role, that they hold it."""
    told = ". What it asks of you is in a direct message."
    return line(
        scene, (f"You are {role_in(scene)} of {scene.incident.ref}", *_lasts(scene), told), _twice(scene, "You are")
    )


def say_given(scene: Scene) -> kit.Message:
    """Return, to whoever gave a role, who holds it now."""
    who = person(scene.words, "person")
    given: Line = (Who(who), f" is {role_in(scene)} of {scene.incident.ref}", *_lasts(scene), " and is told now.")
    return line(scene, given, _twice(scene, "They are"))


def _lasts(scene: Scene) -> Line:
    held = next((one for one in scene.incident.roles if one.role is role_in(scene)), None)
    return (" until ", When(held.until)) if held and held.until else ()


def _twice(scene: Scene, they: str) -> Line:
    """Return, to whoever gave or took it, that one person holds two roles that must differ: it goes on the record."""
    role = role_in(scene)
    beside = clash(scene.incident.holder(role) or "", role, scene.incident, scene.picture.policy)
    alone = f" {they} {beside} too, which policy allows only while nobody else can be asked; it is on the record."
    return (alone,) if beside else ()


def say_left(scene: Scene) -> kit.Message:
    """Return, to whoever left a role, that nobody holds it."""
    return line(scene, (f"You are no longer {role_in(scene)} of {scene.incident.ref}. {channel_told(scene)}",))


def say_joined(scene: Scene) -> kit.Message:
    """Return, to whoever joins, where they are being added."""
    return line(scene, ("You are being added to ", *scene.room, "."))


def say_invited(scene: Scene) -> kit.Message:
    """Return, to whoever invited somebody, that they are being added."""
    return line(scene, (Who(person(scene.words, "person")), " is being added to ", *scene.room, "."))
