"""Roles nobody holds, in every state that draws differently: missing, ended by themselves, left with the workspace."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Json, dm
from bot.words import Role, Severity
from tests.views.cases import Cases, told
from tests.views.pictures import ADA, IRIS, LENA, MIA, NOOR, SAM, Story, at
from tests.views.stories import acknowledged

SCRIBE, COMMS = Role.SCRIBE, Role.COMMUNICATIONS_LEAD
_FIXED = c.Resolve(words="Pool limit raised.")


def unstaffed(*, private: bool = False) -> Story:
    """Return a SEV-1 in which nobody was made scribe or communications lead within 20 minutes."""
    return acknowledged(private=private).clock(20)


def staffed() -> Story:
    """Return the same, both roles given since."""
    given = unstaffed().does(NOOR, 21, c.GiveRole(role=SCRIBE, person=ADA))
    return given.does(NOOR, 22, c.GiveRole(role=COMMS, person=IRIS))


def scribe_for_an_hour(*, over: bool = False) -> Story:
    """Return a story in which Sam is scribe until an hour is over; `over` Ada, who was it before."""
    story = acknowledged().does(ADA, 4, c.TakeRole(role=SCRIBE)) if over else acknowledged()
    return story.does(NOOR, 5, c.GiveRole(role=SCRIBE, person=SAM, until=at(65)))


def left(*roles: Role, person: str = SAM) -> Story:
    """Return a story in which `person` held `roles` and left the workspace."""
    story = acknowledged()
    for minute, role in enumerate(roles, start=5):
        story.does(NOOR, minute, c.GiveRole(role=role, person=person))
    return story.does("tocsin", 10, c.RecordDeparture(person=person))


def staffing_cases() -> Cases:
    """Return everything said about roles nobody holds."""
    yield "roles.missing two", told(unstaffed(), "roles.missing")
    yield "roles.missing private", told(unstaffed(private=True), "roles.missing")
    one = unstaffed().does(NOOR, 21, c.GiveRole(role=SCRIBE, person=ADA))
    yield "roles.missing one given since", told(unstaffed(), "roles.missing", later=one)
    yield "roles.missing both given since", told(unstaffed(), "roles.missing", later=staffed())
    yield "roles.missing over since", told(unstaffed(), "roles.missing", later=staffed().does(NOOR, 30, _FIXED))
    yield (
        "roles.missing given before it was sent",
        replace(told(unstaffed(), "roles.missing"), picture=staffed().picture),
    )
    yield "roles.missing nobody can", told(_at_night(), "roles.missing")
    yield from _times()
    yield from _leaving()


def _at_night() -> Story:
    story = unstaffed()
    due: list[Json] = [{"role": role.value, "due_at": plain(at(20)), "could": []} for role in (COMMS, SCRIBE)]
    story.told.append(replace(story.effect("roles.missing"), words={"person": NOOR, "roles": due}))
    return story


def _times() -> Cases:
    yield "line.role until", told(scribe_for_an_hour(), "line.role")
    yield "role.duties until", told(scribe_for_an_hour(), "role.duties")
    ended = scribe_for_an_hour().clock(65)
    yield "line.role_ended nobody", told(ended, "line.role_ended")
    yield "role.over to the holder", told(ended, "role.over", place=dm(SAM))
    yield "role.over to the giver", told(ended, "role.over", place=dm(NOOR))
    back = scribe_for_an_hour(over=True).clock(65)
    yield "line.role_ended again", told(back, "line.role_ended")
    yield "role.over to who holds it again", told(back, "role.over", place=dm(ADA))
    taken = scribe_for_an_hour().clock(65).does(NOOR, 66, c.GiveRole(role=SCRIBE, person=MIA))
    yield "line.role_ended taken since", told(ended, "line.role_ended", later=taken)
    commands = acknowledged().does(SAM, 5, c.TakeRole(role=SCRIBE)).does(SAM, 6, c.TakeCommand(over=NOOR))
    yield "line.role_ended commands", told(commands, "line.role_ended")
    alone = acknowledged().does(NOOR, 5, c.GiveRole(role=Role.DEPUTY, person=LENA))
    beside = replace(
        alone.effect("line.role"), words={"role": "scribe", "person": NOOR, "by": NOOR, "beside": "commander"}
    )
    alone.told.append(beside)
    yield "line.role beside", told(alone, "line.role")


def _leaving() -> Cases:
    yield "line.left scribe", told(left(SCRIBE), "line.left")
    yield "line.left several", told(left(SCRIBE, Role.DEPUTY), "line.left")
    commander = acknowledged().does("tocsin", 10, c.RecordDeparture(person=NOOR))
    yield "line.left commander", told(commander, "line.left")
    yield "called, nobody commands", told(commander, "called")
    led = acknowledged().does("tocsin", 10, c.RecordDeparture(person=NOOR)).does(SAM, 11, c.TakeCommand())
    yield "line.left commanded since", told(commander, "line.left", later=led)
    alone = acknowledged(Severity.SEV4).does(NOOR, 5, c.GiveRole(role=SCRIBE, person=SAM))
    yield "line.left, lent", told(_lent(), "line.left")
    yield "line.left, nobody called", told(alone.does("tocsin", 6, c.RecordDeparture(person=SAM)), "line.left")


def _lent() -> Story:
    offered = acknowledged().does(NOOR, 5, c.OfferCommand(person=SAM, brief="Rolling back.", until=at(65)))
    return offered.does(SAM, 6, c.AcceptCommand()).does("tocsin", 10, c.RecordDeparture(person=SAM))
