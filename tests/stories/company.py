"""What a story says in one line: who does what, and what can be seen afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.incident.history.apply import replay
from bot.incident.model import Incident
from bot.ops.company import Company
from bot.ports import Delivery, DeliveryState, TimerRow
from sandbox.records import CallRecord
from sandbox.shown import message_shown
from sandbox.sight import person_named, seen_messages
from storage.unit_of_work import Database
from storage.verify import verify

UNDONE = (DeliveryState.PENDING, DeliveryState.INTENT, DeliveryState.IN_DOUBT, DeliveryState.DEAD)
WRITES = frozenset(
    {
        "conversations.create",
        "conversations.invite",
        "conversations.setTopic",
        "chat.postMessage",
        "chat.update",
        "pins.add",
    }
)


PATIENCE_S = 60.0
"""Real seconds in which everything settles, however much else the machine has to do."""


class Cast(Company):
    """A company whose people act in one line each."""

    def __post_init__(self) -> None:
        """Seed the workspace, and be patient."""
        super().__post_init__()
        self.sandbox.time.patience_s = PATIENCE_S

    async def types(self, who: str, text: str, *, channel: str = "general", settle: bool = True) -> str:
        """Let `who` type a slash command; return the words of the private answer."""
        answer = await self.act(who, "command", channel=channel, text=text, settle=settle)
        return said(answer)

    async def act(self, who: str, do: str, **what: Any) -> Mapping[str, Any]:
        """Let `who` do something, as the control API takes it."""
        return await self.sandbox.act({"as": who, "do": do, **what})

    async def presses(self, who: str, label: str, **where: Any) -> Mapping[str, Any]:
        """Let `who` press the newest button of that label that they can see."""
        return await self.act(who, "click", label=label, **where)

    def messages(self, channel: str, *, seen_by: str = "ada") -> list[Mapping[str, Any]]:
        """Return what `seen_by` sees in the channel, oldest first."""
        workspace = self.sandbox.workspace
        person = person_named(workspace, seen_by)
        found = next(room for room in workspace.channels.values() if room.name == channel)
        return [message_shown(workspace, message) for message in seen_messages(found, person)]

    def texts(self, channel: str, *, seen_by: str = "ada") -> list[str]:
        """Return the `text` of Tocsin's messages in the channel."""
        said_there = self.messages(channel, seen_by=seen_by)
        return [str(one["text"]) for one in said_there if one["user"] == "tocsin" and not one["subtype"]]

    def direct(self, who: str) -> list[str]:
        """Return the `text` of every direct message Tocsin wrote to `who`."""
        workspace = self.sandbox.workspace
        person = person_named(workspace, who)
        rooms = [room for room in workspace.channels.values() if room.is_im and person.id in room.members]
        return [one.text for room in rooms for one in room.messages if one.user != person.id]

    def channel_of(self, number: int) -> str:
        """Return the name of the incident's channel."""
        return next(
            room.name for room in self.sandbox.workspace.channels.values() if room.name.startswith(f"inc-{number}")
        )

    def calls(self, *methods: str) -> list[CallRecord]:
        """Return the Web API calls of these methods that Slack took, in order."""
        return [call for call in self.sandbox.workspace.calls if call.ok and (not methods or call.method in methods)]

    @property
    def store(self) -> Database:
        """The bot's database."""
        if self.bot is None:
            message = "the bot is not running"
            raise RuntimeError(message)
        return self.bot.database

    def incident(self, number: int) -> Incident:
        """Return the incident as its row has it."""
        with self.store.read() as unit:
            found = unit.incidents.get(number)
        if found is None:
            raise LookupError(number)
        return found

    def replayed(self, number: int) -> Incident:
        """Return the incident as its audit entries make it."""
        with self.store.read() as unit:
            return replay(unit.audit.events(number))

    def undone(self) -> Sequence[Delivery]:
        """Return deliveries that were not carried out."""
        with self.store.read() as unit:
            return unit.outbox.listing(states=UNDONE)

    def timers(self) -> Sequence[TimerRow]:
        """Return every timer ever armed."""
        with self.store.read() as unit:
            return unit.timers.everything()

    def audit_is_whole(self) -> bool:
        """Return whether the audit log verifies."""
        return verify(self.database).ok


def said(answer: Mapping[str, Any]) -> str:
    """Return what the person was told privately, all of its words."""
    response = answer.get("response") or {}
    shown = [message for message in answer.get("messages", ()) if message.get("ephemeral")]
    texts = [str(response.get("text", "")), *(words(block) for block in response.get("blocks", ()))]
    for message in shown:
        texts += [str(message.get("text", "")), *(words(block) for block in message.get("blocks", ()))]
    return "\n".join(text for text in texts if text)


def words(block: object) -> str:
    """Return all words in a block, in the order they stand."""
    if isinstance(block, Mapping):
        own = block.get("text")
        if isinstance(own, str):
            return own
        if block.get("type") == "date":
            return str(block.get("fallback", ""))
        return " ".join(filter(None, (words(value) for value in block.values() if isinstance(value, Mapping | list))))
    if isinstance(block, list):
        return " ".join(filter(None, (words(item) for item in block)))
    return ""
