"""Whether the people policy names have accounts it may name, and whether Slack lets their telephones ring."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.ops.check.asking import Asking, Reply
from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.policy.model import Person, Policy
from bot.policy.rota import Member, resolve
from delivery.quiet import quiet_until
from handlers.people import member

PEOPLE, QUIET, GROUPS = "People", "Do Not Disturb", "User groups"
_BY_ID = "Put the user id (their profile, ⋮, Copy member ID) of an account that may be named into people.yaml."
_READ = "usergroups:read"


async def look_at_people(policy: Policy, asking: Asking, who: Reply, *, now: datetime) -> tuple[Finding, ...]:
    """Return how it stands with everyone policy names, with those on call, and with Slack's user groups."""
    users = await asking.rows("users.list", "members")
    if users.error:
        return (warn(PEOPLE, f"cannot be read: {users.error}.", "Check again in a minute; users:read is needed."),)
    home = str(who.data.get("team_id") or "")
    members = [member(user, home_team=home) for user in users.rows]
    ids = resolve(people=policy.people, members=members).ids
    return (
        *_accounts(policy.people.persons, ids, members),
        *await _quiet(policy, ids, asking, now=now),
        *await _groups(policy, asking, who),
    )


def _accounts(persons: Mapping[str, Person], ids: Mapping[str, str], members: Sequence[Member]) -> tuple[Finding, ...]:
    missing = [person for key, person in persons.items() if key not in ids]
    found = tuple(fail(f"{PEOPLE}: {one.name}", f"{one.slack} {_why(one, members)}.", _BY_ID) for one in missing)
    return found or (good(PEOPLE, f"all {len(persons)} of people.yaml are members of this workspace."),)


def _why(person: Person, members: Sequence[Member]) -> str:
    """Return why no account may be named for `person`."""
    handle = person.slack.removeprefix("@").casefold() if person.slack.startswith("@") else None
    fitting = [one for one in members if person.slack == one.id or handle == one.handle.casefold()]
    if sum(one.is_eligible for one in fitting) > 1:
        return "fits several accounts"
    if not fitting:
        return "is nobody here"
    one = fitting[0]
    reasons = {
        "is deactivated": one.deleted,
        "is a bot": one.is_bot,
        "is a guest": one.is_restricted,
        "belongs to another organisation": one.is_stranger,
    }
    return next(reason for reason, holds in reasons.items() if holds)


async def _quiet(policy: Policy, ids: Mapping[str, str], asking: Asking, *, now: datetime) -> tuple[Finding, ...]:
    """Return who on call has Do Not Disturb on at this moment; an app cannot get through it."""
    turns = [one.person for one in policy.people.teams[0].turns if one.person and one.person in ids]
    asleep = []
    for key in dict.fromkeys(turns):
        reply = await asking.ask("dnd.info", user=ids[key])
        until = None if reply.error else quiet_until(reply.data, now=now)
        if until:
            asleep.append(f"{policy.people.persons[key].name} until {until:%H:%M} UTC")
    mend = "No app gets through it: let everyone on call type /incident oncall test and see that the second way rings."
    if asleep:
        return (warn(QUIET, f"on now for {listed(asleep)}: a direct message makes no sound.", mend),)
    return (good(QUIET, "off now for everyone on call.", mend),)


async def _groups(policy: Policy, asking: Asking, who: Reply) -> tuple[Finding, ...]:
    """Return how it stands with the user groups that policy names, none when it names none."""
    wanted = {group.user_group: group.label for group in policy.groups.values() if group.user_group}
    if not wanted:
        return ()
    if _READ not in who.headers.get("x-oauth-scopes", "").split(","):
        mend = f"Grant the app {_READ}, or take user_group out of people.yaml."
        return (warn(GROUPS, f"{listed(wanted)} cannot be read without the scope {_READ}.", mend),)
    reply = await asking.ask("usergroups.list", include_users="true")
    if reply.error:
        return (warn(GROUPS, f"cannot be read: {reply.error}.", "Check again in a minute."),)
    there = {name: row for row in reply.data.get("usergroups", ()) for name in (f"@{row['handle']}", row["id"])}
    mend = "Make it in Slack (People, User groups) and put people into it, or correct user_group in people.yaml."
    bad = [
        fail(f"{GROUPS}: {label}", f"{name} {'has nobody in it' if name in there else 'is not there'}.", mend)
        for name, label in wanted.items()
        if not (there.get(name) or {}).get("users")
    ]
    return tuple(bad) or (good(GROUPS, f"{listed(wanted)}: there, with people in them."),)
