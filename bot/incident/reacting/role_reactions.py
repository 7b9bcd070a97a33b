"""What follows when roles change hands: a line in the channel, an invitation, and the duties by direct message."""

from collections.abc import Iterator

from bot.incident.context import Context
from bot.incident.history import role_events as people
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.drafting import Reaction, invite, iso, say, tell
from bot.incident.reacting.effects import Words
from bot.words import Lane


def role_given(event: people.RoleGiven, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return who holds the role now, said in the channel, to them, and to whoever held it."""
    words: Words = {
        "role": event.role.value,
        "person": event.person,
        "by": event.by,
        "until": iso(event.until),
        "beside": event.beside.value if event.beside else None,
    }
    yield from invite(incident, (event.person,))
    yield say(incident, "line.role", words)
    duties = ids.at_version(incident, "role.duties")
    yield tell(incident, event.person, "role.duties", words, effect_id=duties, lane=Lane.ANSWER)
    if event.over and event.over != event.by:
        yield tell(
            incident,
            event.over,
            "line.role",
            words,
            effect_id=ids.at_version(incident, "role.relieved"),
            lane=Lane.ANSWER,
        )


def role_given_back(event: people.RoleGivenBack, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return, in the channel, that nobody holds the role."""
    yield say(incident, "line.role_empty", {"role": event.role.value, "person": event.by})


def responder_added(event: people.ResponderAdded, incident: Incident, _: set[type], __: Context) -> Iterator[Reaction]:
    """Return the invitation; Slack itself says in the channel who came."""
    yield from invite(incident, (event.person,))
