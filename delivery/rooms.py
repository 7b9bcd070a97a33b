"""Sets up an incident's channel: makes it, invites people, pins the card, writes the topic."""

from collections.abc import Sequence

from bot.incident import naming
from bot.incident.reacting.effects import Effect, PlaceKind
from bot.incident.sight import people_in
from bot.log import get_logger
from bot.usecases.asked import Job
from bot.usecases.outcomes import ChannelMade, Dead, Outcome, Sent, Skipped
from delivery.calls import SlackCalls
from delivery.outcomes import CallFailed
from delivery.places import Channels
from delivery.reconcile import Reconciler, names

MOST_INVITED = 100
"""How many people one call may invite (a Slack limit)."""

_MANY_TOPICS = 1_000
_NOT_THERE = frozenset({"not_in_channel", "user_not_found"})
"""What Slack says of somebody who left by themself."""

_FINE = frozenset({"already_in_channel", "cant_invite_self"})
_OF_PEOPLE = _FINE | {
    "cant_invite",
    "failed_for_some_users",
    "no_user",
    "org_user_not_in_team",
    "ura_max_channels",
    "user_disabled",
    "user_is_restricted",
    "user_is_ultra_restricted",
    "user_not_found",
    "user_team_not_in_channel",
    "users_not_found",
}

log = get_logger("delivery.rooms")


class Rooms:
    """Carries out what is done to an incident's channel itself."""

    def __init__(self, *, calls: SlackCalls, channels: Channels, reconciler: Reconciler) -> None:
        self._calls = calls
        self._channels = channels
        self._reconciler = reconciler
        self._topics: dict[str, str] = {}

    async def open(self, job: Job) -> Outcome:
        """Make the channel under its own name, or with -2, -3 … when somebody else has it.

        A name that an earlier try of ours took is the channel wanted. Raises Denied and CallFailed.
        """
        effect = job.delivery.effect
        if known := effect.words.get("known"):
            return ChannelMade(channel=str(known), name=str(effect.words["name"]))
        for name in names(str(effect.words["name"])):
            try:
                answer = await self._calls.call(
                    "conversations.create", row=effect, name=name, is_private=bool(effect.words.get("private"))
                )
            except CallFailed as failed:
                if failed.error != "name_taken":
                    raise
                made = await self._reconciler.channel_made(job.delivery)
                if made is not None:
                    return made
            else:
                channel = answer["channel"]
                return ChannelMade(channel=str(channel["id"]), name=str(channel["name"]))
        return Dead(error="name_taken")

    async def invite(self, job: Job) -> Outcome:
        """Invite everybody who can come; who cannot is logged, and it is dead only if nobody could.

        Raises Denied and CallFailed.
        """
        effect = job.delivery.effect
        channel = await self._channels.of(job)
        # Nobody's invitation waits for the question who we are; Slack only says that we cannot invite ourselves.
        people = [person for person in dict.fromkeys(effect.people) if person != self._calls.known_me]
        refused: dict[str, str] = {}
        for start in range(0, len(people), MOST_INVITED):
            refused |= await self._invite(channel, people[start : start + MOST_INVITED], effect)
        if refused and len(refused) == len(people):
            return Dead(error=next(iter(refused.values())))
        for person, error in refused.items():
            log.warning("delivery.not_invited", outbox_id=effect.id, person=person, error=error)
        return _done(job)

    async def _invite(self, channel: str, people: Sequence[str], effect: Effect) -> dict[str, str]:
        """Return who could not be invited, and why."""
        try:
            answer = await self._calls.call(
                "conversations.invite", row=effect, channel=channel, users=",".join(people), force=True
            )
        except CallFailed as failed:
            if failed.error not in _OF_PEOPLE:
                raise
            return await self._without(failed, channel, people, effect)
        return _unwelcome({one["user"]: one["error"] for one in answer.get("errors") or () if "user" in one})

    async def _without(self, failed: CallFailed, channel: str, people: Sequence[str], effect: Effect) -> dict[str, str]:
        """Invite the others of `people`, so that one bad id does not keep them out."""
        blamed = {person: error for person, error in failed.people.items() if person in people}
        if not blamed:
            blamed = {people[0]: failed.error} if len(people) == 1 else {}
        rest = [person for person in people if person not in blamed]
        halves = [rest] if blamed else [rest[: len(rest) // 2], rest[len(rest) // 2 :]]
        refused = _unwelcome(blamed)
        for half in halves:
            if half:
                refused |= await self._invite(channel, half, effect)
        return refused

    async def remove(self, job: Job) -> Outcome:
        """Take people out of the channel whose access is over, but nobody who is in the incident again by now.

        Raises Denied and CallFailed.
        """
        effect, picture = job.delivery.effect, job.picture
        channel = await self._channels.of(job)
        staying = people_in(picture.incident) if picture else frozenset()
        for person in effect.people:
            if person not in staying:
                await self._remove(person, channel, effect)
        return _done(job)

    async def _remove(self, person: str, channel: str, effect: Effect) -> None:
        try:
            await self._calls.call("conversations.kick", row=effect, channel=channel, user=person)
        except CallFailed as failed:
            if failed.error not in _NOT_THERE:
                raise
            log.info("delivery.not_there", outbox_id=effect.id, person=person, error=failed.error)

    async def pin(self, job: Job) -> Outcome:
        """Pin the message this effect belongs to, wherever it was said; raises Denied and CallFailed."""
        card = job.delivery.parent
        if card is None:
            return Skipped()
        try:
            await self._calls.call("pins.add", row=job.delivery.effect, channel=card.channel, timestamp=card.ts)
        except CallFailed as failed:
            if failed.error == "message_not_found":
                return Skipped()
            if failed.error != "already_pinned":
                raise
        return _done(job)

    async def topic(self, job: Job) -> Outcome:
        """Write the topic unless it stands already, for Slack adds a line each time; raises Denied and CallFailed."""
        if job.picture is None:
            return Skipped()
        channel = await self._channels.of(job)
        left = job.delivery.effect.place.kind is PlaceKind.LEFT
        topic = (naming.left_topic if left else naming.topic)(job.picture.incident)
        if self._topics.get(channel) != topic:
            await self._calls.call("conversations.setTopic", row=job.delivery.effect, channel=channel, topic=topic)
            if len(self._topics) >= _MANY_TOPICS:
                self._topics.clear()
            self._topics[channel] = topic
        return _done(job)


def _unwelcome(errors: dict[str, str]) -> dict[str, str]:
    return {person: error for person, error in errors.items() if error not in _FINE}


def _done(job: Job) -> Sent:
    return Sent(at=None, rev=job.delivery.wanted_rev)
