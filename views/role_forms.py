"""Forms about roles: taking one, and giving one to somebody."""

from collections.abc import Iterator

from bot.incident.rules.wanted_roles import missing_roles
from bot.incident.sentences import Who
from bot.policy.roles import key_of
from bot.words import Role
from views import inputs
from views.form_frame import Form
from views.inputs import Field, Option
from views.kit import Block
from views.reading import text
from views.scene import Scene

ROLE = Field(block="role", action="chosen")
HOLDER = Field(block="holder", action="chosen")


def take_role_form(scene: Scene) -> Form:
    """Return the form in which one takes a role oneself."""
    return Form(title=f"Take a role, {scene.incident.ref}", submit="Take role", blocks=[_role(scene, mine=True)])


def give_role_form(scene: Scene) -> Form:
    """Return the form in which a leader gives a role to somebody."""
    return Form(
        title=f"Give a role, {scene.incident.ref}",
        submit="Give role",
        blocks=[
            _role(scene, mine=False),
            inputs.person(
                HOLDER,
                label="To whom?",
                hint="Members of this workspace; they are told at once.",
                optional=False,
                initial=text(scene.words, "person"),
            ),
        ],
    )


def _role(scene: Scene, *, mine: bool) -> Block:
    return inputs.chosen(
        ROLE,
        label="Which role?",
        hint="What it asks is sent by direct message.",
        options=list(_roles(scene)),
        initial=text(scene.words, "role") or key_of(_first(scene, mine=mine)),
    )


def _first(scene: Scene, *, mine: bool) -> Role:
    """Return the role chosen at first: the one wanted soonest (`mine`: of those anybody takes), else the scribe."""
    policy = scene.picture.policy
    missing = (one.role for one in missing_roles(incident=scene.incident, policy=policy))
    return next((role for role in missing if not mine or policy.anyone_may_take(role)), Role.SCRIBE)


def _roles(scene: Scene) -> Iterator[Option]:
    for role in (role for role in Role if role is not Role.COMMANDER):
        held = scene.pen.plain(Who(scene.incident.holder(role)))
        yield Option(value=key_of(role), label=role.capitalize(), description=f"Held by {held}")
