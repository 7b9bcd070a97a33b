"""users.*, usergroups.* and dnd.info: who there is, and who may be disturbed."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.answers import person_answer
from sandbox.ids import TEAM_ID
from sandbox.methods.channels import MOST_LISTED, page
from sandbox.methods.registry import Call, web_method
from sandbox.records import Json, Person
from sandbox.refusals import Refusal

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

_NIGHT_S = 8 * 3600


@web_method("users.list", scopes=("users:read",))
def listing(workspace: "Workspace", call: Call) -> Json:
    """List everybody with an account here, deactivated people and bots included."""
    people = [person_answer(workspace, person) for person in workspace.people.values() if person.team_id == TEAM_ID]
    rows, following = page(people, call, default=MOST_LISTED, most=MOST_LISTED)
    return {"members": rows, "cache_ts": workspace.unix(), "response_metadata": {"next_cursor": following}}


@web_method("users.info", scopes=("users:read",))
def show(workspace: "Workspace", call: Call) -> Json:
    """Describe one person."""
    return {"user": person_answer(workspace, _person(workspace, call.required("user")))}


@web_method("users.lookupByEmail", scopes=("users:read.email",))
def by_email(workspace: "Workspace", call: Call) -> Json:
    """Find a person by address."""
    address = call.required("email")
    for person in workspace.people.values():
        if person.email == address and not person.deleted:
            return {"user": person_answer(workspace, person)}
    raise Refusal("users_not_found")


@web_method("usergroups.list", scopes=("usergroups:read",))
def groups(workspace: "Workspace", call: Call) -> Json:
    """List the user groups."""
    hidden = () if call.flag("include_users") else ("users",)
    rows = [
        {key: value for key, value in group.items() if key not in hidden} for group in workspace.user_groups.values()
    ]
    return {"usergroups": rows}


@web_method("usergroups.users.list", scopes=("usergroups:read",))
def group_users(workspace: "Workspace", call: Call) -> Json:
    """List the people in a user group."""
    group = workspace.user_groups.get(call.required("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam", rule="the user group exists")
    return {"users": list(group["users"])}


@web_method("dnd.info", scopes=("dnd:read",))
def dnd(workspace: "Workspace", call: Call) -> Json:
    """Say whether somebody has Do Not Disturb on."""
    person = _person(workspace, call.text("user") or workspace.bot.id)
    start, end = _span(person, now=workspace.unix())
    return {"dnd_enabled": end > start, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def _span(person: Person, *, now: int) -> tuple[int, int]:
    """The span of Do Not Disturb that is on or comes next, in Unix seconds; Slack writes 1 and 1 for none."""
    by_hand = person.dnd and (not person.dnd_until or now < person.dnd_until)
    if by_hand:
        return now - _NIGHT_S // 2, person.dnd_until or now + _NIGHT_S // 2
    if person.night is None:
        return 1, 1
    zone = ZoneInfo(person.tz)
    today = datetime.fromtimestamp(now, zone).date()
    nights = (_night(today + timedelta(days=days), person.night, zone) for days in (-1, 0, 1))
    return next((start, end) for start, end in nights if now < end)


def _night(day: date, hours: tuple[int, int], zone: ZoneInfo) -> tuple[int, int]:
    """The night that begins on `day`, in Unix seconds."""
    start, end = (time(hour) for hour in hours)
    morning = day + timedelta(days=1) if end <= start else day
    begins, is_over = datetime.combine(day, start, zone), datetime.combine(morning, end, zone)
    return int(begins.timestamp()), int(is_over.timestamp())


def _person(workspace: "Workspace", user_id: str) -> Person:
    person = workspace.people.get(user_id)
    if person is None:
        raise Refusal("user_not_found", rule=f"the user {user_id!r} exists")
    return person
