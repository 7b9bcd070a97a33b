"""Roles: who holds which, that they changed hands, and what each answers for."""

from collections.abc import Iterator

from bot.incident.sentences import When, Who
from bot.words import Act, Role
from views import buttons, kit
from views.lines import line
from views.reading import person, text
from views.scene import Scene
from views.sentences import Bold, Line
from views.told import channel_told


def role_in(scene: Scene) -> Role:
    """Return the role that the words speak of."""
    return Role(text(scene.words, "role"))


def draw_role(scene: Scene) -> kit.Message:
    """Return who holds a role; somebody given it by another is mentioned."""
    who, by = person(scene.words, "person"), person(scene.words, "by")
    named: Line = () if who == by else (", named by ", Who(by))
    rings = Who(who) if who == by else scene.ping(who)
    return line(scene, (rings, f" is {role_in(scene)} of {scene.incident.ref}", *named, "."))


def draw_role_empty(scene: Scene) -> kit.Message:
    """Return that somebody left a role, and who holds it if it was taken since."""
    holder = scene.incident.holder(role_in(scene))
    since: Line = (Who(holder), " is.") if holder else ("nobody is.",)
    return line(scene, (Who(person(scene.words, "person")), f" is no longer {role_in(scene)}; "), since)


def draw_role_duties(scene: Scene) -> kit.Message:
    """Return, to whoever got a role, what it answers for and decides; at most five lines."""
    role, by = role_in(scene), person(scene.words, "by")
    mine: Line = (f"You are {role} of {scene.incident.ref}", *_from(scene, by), ".")
    back = f"To give it back: /incident {scene.incident.number} role {role} back"
    return kit.Message(
        text=scene.pen.text(f"You are {role} of {scene.head}. What it asks of you is in the message."),
        blocks=[scene.pen.says(*mine), scene.pen.lines(_duties(scene, role)), scene.pen.below(back)],
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
    for role in (role for role in Role if role is not Role.COMMANDER):
        held = next((one for one in scene.incident.roles if one.role is role), None)
        holder: Line = (Who(held.person), " since ", When(held.since)) if held else ("nobody",)
        yield (Bold(role.capitalize()), ": ", *holder)


def draw_one_role(scene: Scene) -> kit.Message:
    """Return what one role answers for, and who holds it."""
    role = role_in(scene)
    head: Line = (Bold(role.capitalize()), f" of {scene.incident.ref}: ", Who(scene.incident.holder(role)), ".")
    return kit.Message(text=scene.pen.text(*head), blocks=[scene.pen.lines([head, *_duties(scene, role)])])


def say_taken(scene: Scene) -> kit.Message:
    """Return, to whoever took a role, that they hold it."""
    told = "What it asks of you is in a direct message."
    return line(scene, (f"You are {role_in(scene)} of {scene.incident.ref}. {told}",))


def say_given(scene: Scene) -> kit.Message:
    """Return, to whoever gave a role, who holds it now."""
    who = person(scene.words, "person")
    return line(scene, (Who(who), f" is {role_in(scene)} of {scene.incident.ref} and is told now."))


def say_left(scene: Scene) -> kit.Message:
    """Return, to whoever left a role, that nobody holds it."""
    return line(scene, (f"You are no longer {role_in(scene)} of {scene.incident.ref}. {channel_told(scene)}",))


def say_joined(scene: Scene) -> kit.Message:
    """Return, to whoever joins, where they are being added."""
    return line(scene, ("You are being added to ", *scene.room, "."))


def say_invited(scene: Scene) -> kit.Message:
    """Return, to whoever invited somebody, that they are being added."""
    return line(scene, (Who(person(scene.words, "person")), " is being added to ", *scene.room, "."))
