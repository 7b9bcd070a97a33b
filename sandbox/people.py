"""The seeded company: who works here, and which channels they sit in."""

from dataclasses import dataclass

from sandbox.ids import OTHER_TEAM_ID, TEAM_ID, seeded
from sandbox.records import Channel, Json, Person

MEMBERS = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seeded channel and the handles in it; the app is in all of them."""

    name: str
    handles: tuple[str, ...]
    is_private: bool = False
    is_general: bool = False
    is_ext_shared: bool = False


CHANNELS = (
    Seat(name="general", handles=(*MEMBERS, "gus", "buildbot"), is_general=True),
    Seat(name="incidents", handles=MEMBERS),
    Seat(name="leadership", handles=("lena", "mia"), is_private=True),
    Seat(name="ml-incidents-sev1", handles=MEMBERS),
    Seat(name="governance", handles=("lena", "tomas")),
    Seat(name="ops", handles=("sam", "mia")),
    Seat(name="partners", handles=("ada", "noor", "gus", "oona"), is_ext_shared=True),
)


def company() -> list[Person]:
    """Seven members, a guest, an outsider over Slack Connect, another app's bot, and Slackbot."""
    return [
        _member("ada", "Ada Obi", "Europe/Berlin", "Data Engineer", is_admin=True),
        _member("noor", "Noor Haddad", "Europe/Berlin", "ML Platform SRE"),
        _member("sam", "Sam Reyes", "Europe/London", "SRE Lead"),
        _member("mia", "Mia Chen", "America/Los_Angeles", "ML Platform Lead", night=(22, 6)),
        _member("lena", "Lena Brandt", "Europe/Berlin", "VP Engineering"),
        _member("tomas", "Tomas Vidal", "Europe/Madrid", "Legal Counsel"),
        _member("iris", "Iris Park", "Europe/Berlin", "Communications Lead"),
        _person("gus", "Gus Ode", "Europe/Berlin", "Contractor", is_restricted=True),
        _person("oona", "Oona Lund", "Europe/Helsinki", "Partner", team_id=OTHER_TEAM_ID, is_stranger=True),
        _person("buildbot", "Build Bot", "Etc/UTC", "", is_bot=True, bot_id=seeded("B", "buildbot")),
        Person(id="USLACKBOT", handle="slackbot", real_name="Slackbot", tz="America/Los_Angeles", team_id=TEAM_ID),
    ]


def app_user(bot_name: str) -> Person:
    """The bot user the installed app speaks as."""
    handle = "".join(letter for letter in bot_name.lower() if letter.isalnum())
    return Person(
        id=seeded("U", handle),
        handle=handle,
        real_name=bot_name,
        tz="America/Los_Angeles",
        team_id=TEAM_ID,
        is_bot=True,
        bot_id=seeded("B", handle),
    )


def channels(*, bot: str, created: int) -> list[Channel]:
    """The seeded channels at `created` (Unix seconds), with `bot` (a user id) a member of each."""
    return [
        Channel(
            id=seeded("C", seat.name),
            name=seat.name,
            creator=seeded("U", "ada"),
            created=created,
            is_private=seat.is_private,
            is_general=seat.is_general,
            is_ext_shared=seat.is_ext_shared,
            other_teams=[OTHER_TEAM_ID] if seat.is_ext_shared else [],
            members=[*(seeded("U", handle) for handle in seat.handles), bot],
        )
        for seat in CHANNELS
    ]


def user_group(*, group_id: str, handle: str, name: str, users: list[str], created: int) -> Json:
    """A user group as usergroups.list gives it; `users` are ids, `created` is in Unix seconds."""
    return {
        "id": group_id,
        "team_id": TEAM_ID,
        "is_usergroup": True,
        "is_subteam": True,
        "name": name,
        "description": "",
        "handle": handle,
        "is_external": False,
        "date_create": created,
        "date_update": created,
        "date_delete": 0,
        "created_by": seeded("U", "ada"),
        "updated_by": seeded("U", "ada"),
        "prefs": {"channels": [], "groups": []},
        "users": list(users),
        "user_count": len(users),
    }


def _member(
    handle: str, real_name: str, tz: str, title: str, *, is_admin: bool = False, night: tuple[int, int] | None = None
) -> Person:
    return _person(handle, real_name, tz, title, is_admin=is_admin, night=night)


def _person(handle: str, real_name: str, tz: str, title: str, **flags: object) -> Person:
    values: dict[str, object] = {"team_id": TEAM_ID, **flags}
    return Person(id=seeded("U", handle), handle=handle, real_name=real_name, tz=tz, title=title, **values)  # type: ignore[arg-type]
