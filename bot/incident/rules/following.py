"""Following: any member who may see an incident hears of its turns by direct message, until they have enough."""

from bot.incident import commands as c
from bot.incident.context import TOCSIN, Context
from bot.incident.decision import Decision
from bot.incident.history.following import Followed, Unfollowed
from bot.incident.model import Incident
from bot.incident.refusing.following_refusals import follows_already, follows_not, too_many_follow

MOST_FOLLOWERS = 50
"""So many direct messages at most are one turn of an incident."""


def follow(_: c.Follow, incident: Incident, context: Context) -> Decision:
    """Return the one who asks among the followers."""
    me = context.actor.id
    if me in incident.followers:
        return follows_already(incident)
    if len(incident.followers) >= MOST_FOLLOWERS:
        return too_many_follow(incident, most=MOST_FOLLOWERS)
    return (Followed(at=context.now, by=me, person=me),)


def unfollow(_: c.Unfollow, incident: Incident, context: Context) -> Decision:
    """Return the one who asks no longer among the followers."""
    me = context.actor.id
    if me not in incident.followers:
        return follows_not(incident)
    return (Unfollowed(at=context.now, by=me, person=me),)


def dropped(incident: Incident, context: Context) -> tuple[Unfollowed, ...]:
    """Return followers who are no members any more let go, whatever else is decided."""
    gone = (person for person in incident.followers if person in context.gone)
    return tuple(Unfollowed(at=context.now, by=TOCSIN.id, person=person) for person in gone)
