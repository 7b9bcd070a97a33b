"""Roles as people type them: "scribe", "comms", "legal", and the verbs that speak of roles and of coming in."""

from bot.incident import commands as c
from bot.incident.refusing.refusals import not_a_person, say_what
from bot.incident.refusing.role_refusals import no_such_role
from bot.incident.refusing.staffing_refusals import lend_command, until_when
from bot.words import Act, Role
from handlers.parsed import Do, OpenForm, Roles, Unclear
from handlers.role_time import RoleTime, read_role_time
from handlers.typed import first_word, leading_person, quotable

_LEAVING = frozenset({"back", "off", "none", "nobody"})
_ALSO = {"ic": Role.COMMANDER, "comms": Role.COMMUNICATIONS_LEAD, "lawyer": Role.LEGAL_COUNSEL}
_LASTING = frozenset({"for", "until", "till", "to"})
_SHORTEST = 3


def leading_role(text: str) -> tuple[Role | None, str]:
    """Return the role `text` begins with, in full or by its first word, and what follows; None without one."""
    word, rest = first_word(text)
    typed = word.casefold().rstrip(".,:;!").replace("_", " ").replace("-", " ")
    role = _ALSO.get(typed) or next((one for one in Role if _is(typed, one)), None)
    if role is None:
        return None, text
    second, after = first_word(rest)
    return role, after if second.casefold() == role.value.partition(" ")[2] else rest


def _is(typed: str, role: Role) -> bool:
    return len(typed) >= _SHORTEST and role.value.startswith(typed)


def read_role(rest: str) -> Do | OpenForm | Unclear:
    """Return who takes, gets or leaves which role."""
    if not rest.strip():
        return OpenForm(verb="role", act=Act.TAKE_ROLE, words={})
    role, after = leading_role(rest)
    if role is None:
        return Unclear(verb="role", refused=no_such_role(quotable(first_word(rest)[0])))
    person, more = leading_person(after)
    word = first_word(more)[0].casefold()
    if word in _LEAVING and person is None:
        return Do(verb="role", command=_left(role))
    if word and person is None and word not in _LASTING:
        return Unclear(verb="role", refused=not_a_person(quotable(word)))
    lasts = read_role_time(more)
    if lasts is None or (role is Role.COMMANDER and lasts != RoleTime()):
        return Unclear(verb="role", refused=lend_command() if lasts else until_when(quotable(more)))
    return Do(verb="role", command=_given(role, person, lasts) if person else _taken(role, lasts))


def _given(role: Role, person: str, lasts: RoleTime) -> c.Command:
    if role is Role.COMMANDER:
        return c.NameCommander(person=person)
    return c.GiveRole(role=role, person=person, span=lasts.span, told=lasts.told)


def _left(role: Role) -> c.Command:
    return c.GiveBackCommand() if role is Role.COMMANDER else c.GiveBackRole(role=role)


def _taken(role: Role, lasts: RoleTime) -> c.Command:
    if role is Role.COMMANDER:
        return c.TakeCommand()
    return c.TakeRole(role=role, span=lasts.span, told=lasts.told)


def read_roles(rest: str) -> Roles | Unclear:
    """Return that all roles are asked for, or what one of them answers for."""
    role, _ = leading_role(rest)
    if rest.strip() and role is None:
        return Unclear(verb="roles", refused=no_such_role(quotable(first_word(rest)[0])))
    return Roles(verb="roles", role=role)


def read_join(_: str) -> Do:
    """Return that the one who types comes in."""
    return Do(verb="join", command=c.Join())


def read_invite(rest: str) -> Do | Unclear:
    """Return who is to be brought in."""
    person, after = leading_person(rest)
    if person:
        return Do(verb="invite", command=c.Invite(person=person))
    typed = quotable(first_word(after)[0])
    return Unclear(verb="invite", refused=not_a_person(typed) if typed else say_what(1, what="whom to invite"))
