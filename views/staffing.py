"""Roles nobody holds: asked of the commander, said in the channel, and told to whoever held one for a time."""

from bot.incident.history.staffing_events import RoleEnd
from bot.incident.reacting.effects import Words
from bot.incident.rules.wanted_roles import missing_roles
from bot.incident.sentences import When, Who
from bot.words import Act, Role
from views import buttons, kit
from views.lines import line, without_mark
from views.reading import moment, parts, person, text, texts
from views.scene import Scene
from views.sentences import Line, joined
from views.standing import ended, over

MOST_NAMED = 5


def draw_missing(scene: Scene) -> kit.Message | None:
    """Return, to who leads, which roles nobody holds and who could; once they are held, or it is over, that."""
    missing = [one for one in parts(scene.words, "roles") if scene.incident.holder(_role(one)) is None]
    if ended(scene) or not missing:
        said = over(scene, then="Nobody is asked for roles any more.") if ended(scene) else _held(scene)
        return None if scene.first else kit.Message(text=without_mark(scene.pen, said), blocks=[scene.pen.says(*said)])
    names = joined(((str(_role(one)),) for one in missing), last=" or ")
    return kit.Message(
        text=scene.pen.text(
            "Nobody is ", *names, f" of {scene.head}, and policy wants somebody by now. Give the role."
        ),
        blocks=[
            scene.pen.lines(_asked(scene, one) for one in missing),
            *buttons.row(scene.picture, scene.handles, Act.GIVE_ROLE),
        ],
    )


def _role(one: Words) -> Role:
    return Role(text(one, "role"))


def _asked(scene: Scene, one: Words) -> Line:
    role, due_at = _role(one), moment(one, "due_at") or scene.now
    nobody: Line = (f"❗ Nobody is {role} of {scene.incident.ref}; due by ", When(due_at), ". ")
    return (*nobody, *could(scene, role, texts(one, "could")))


def could(scene: Scene, role: Role, people: list[str]) -> Line:
    """Return who could hold the role now; where nobody can, whom policy asks first, and that any member will do."""
    if people:
        return (*joined(((Who(one),) for one in people[:MOST_NAMED]), last=" or "), " could now.")
    policy = scene.picture.policy
    groups = (policy.groups[key].label for key in policy.roles[role].filled_from if key in policy.groups)
    return (f"Nobody of {', '.join(groups)} can be asked now; any member of this workspace will do.",)


def _held(scene: Scene) -> Line:
    asked = [_role(one) for one in parts(scene.words, "roles")]
    return (
        "✅ ",
        *joined((Who(scene.incident.holder(role)), f" is {role}") for role in asked),
        f" of {scene.incident.ref}.",
    )


def draw_role_ended(scene: Scene) -> kit.Message:
    """Return, in the channel, that a role ended by itself, and who holds it now."""
    who, role = Who(person(scene.words, "person")), text(scene.words, "role")
    if text(scene.words, "why") == RoleEnd.COMMANDS:
        said: Line = (who, f" is commander of {scene.incident.ref} and so no longer {role}; ")
    else:
        said = (who, f" is no longer {role} of {scene.incident.ref}: the time agreed is over; ")
    return line(scene, said, _now(scene, Role(role)))


def _now(scene: Scene, role: Role) -> Line:
    holder = scene.incident.holder(role)
    if holder is None:
        return ("nobody is.",)
    return (Who(holder), " is again." if holder == person(scene.words, "back_to") else " is.")


def draw_over(scene: Scene) -> kit.Message:
    """Return, to one of those it concerns, that the time of a role is over, and whether it is theirs now."""
    me, role = person(scene.words, "reader"), Role(text(scene.words, "role"))
    who = person(scene.words, "person")
    if me == who:
        gone: Line = (f"You are no longer {role} of {scene.incident.ref}: the time agreed is over; ",)
        return line(scene, gone, _now(scene, role))
    if me == scene.incident.holder(role):
        return line(
            scene,
            (
                f"You are {role} of {scene.incident.ref} again: the time agreed with ",
                Who(who),
                " is over.",
            ),
        )
    told: Line = (Who(who), f" is no longer {role} of {scene.incident.ref}: the time agreed is over; ")
    return line(scene, told, _now(scene, role))


def draw_left(scene: Scene) -> kit.Message:
    """Return that somebody left the workspace, what nobody is now, and who is called for an empty seat."""
    roles = [Role(one) for one in texts(scene.words, "roles")]
    gone: Line = (Who(person(scene.words, "person")), " has left the workspace; ")
    called = person(scene.words, "called")
    calls: Line = (" ", scene.ping(called), " is called.") if called else ()
    acts = (Act.TAKE_COMMAND,) if Role.COMMANDER in roles and not (scene.incident.seat or ended(scene)) else ()
    return line(scene, gone, _empty(scene, roles), calls, acts=acts)


def _empty(scene: Scene, roles: list[Role]) -> Line:
    """Return "nobody commands INC-42 and nobody is scribe now.", or who does and is since."""
    what = {role: f" commands {scene.incident.ref}" if role is Role.COMMANDER else f" is {role}" for role in roles}
    return (*joined((Who(scene.incident.holder(role)), said) for role, said in what.items()), " now.")


def missing_line(scene: Scene) -> Line:
    """Return which roles of an open incident policy wants that nobody holds, and by when; nothing when none is."""
    missing = missing_roles(incident=scene.incident, policy=scene.picture.policy)
    return joined(((f"{one.role} by ", When(one.due_at)) for one in missing), last=", ") if missing else ()
