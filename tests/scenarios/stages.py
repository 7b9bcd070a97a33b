"""A stage that records what is asked of it and answers as the test says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.ports import TimerRow
from sandbox.records import CallRecord, Violation
from sandbox.refusals import ActRefused

START = datetime(2019, 7, 2, 13, 31, tzinfo=UTC)
DECLARED = "INC-7 declared as SEV-1. Noor Haddad is being paged; acknowledge is due within 5 min."

# (method, channel, text): what a declaration does, the page first
WRITES = [
    ("chat.postMessage", "D0NOOR", "Page: SEV-1 INC-7, Checkout returns errors."),
    ("conversations.create", "", ""),
    ("conversations.invite", "C0INC", ""),
    ("chat.postMessage", "C0INC", "SEV-1 INC-7"),
    ("pins.add", "C0INC", ""),
    ("conversations.setTopic", "C0INC", ""),
    ("chat.postMessage", "C0INCIDENTS", "SEV-1 declared"),
    ("chat.postMessage", "C0SEV1", "SEV-1 declared"),
]


def after(seconds: float) -> datetime:
    """Return the moment that many seconds from the start."""
    return START + timedelta(seconds=seconds)


@dataclass
class FakeStage:
    """Records acts and where the clock stopped; timers are (kind, due, late, armed), in seconds, and fire when late."""

    timetable: Sequence[tuple[str, float, float, float]] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    turned_away: tuple[str, ...] = ()
    writes: list[tuple[str, str, str]] = field(default_factory=lambda: list(WRITES))
    later: list[tuple[float, str, str, str]] = field(default_factory=list)
    odd_calls: Sequence[dict[str, Any]] = ()
    found: list[Violation] = field(default_factory=list)
    verified: bool = True
    started_at: datetime = START
    at_s: float = 0.0
    acts: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    record: list[CallRecord] = field(default_factory=list)
    denied: int = 0

    def now(self) -> datetime:
        """Return where the clock stands."""
        return after(self.at_s)

    async def act(self, request):
        """Answer by the verb typed, and write what a declaration writes."""
        self.acts.append((self.at_s, dict(request)))
        if request["do"] == "message":
            return {"acked": False, "response": None, "view": None, "messages": []}
        verb = next(word for word in request["text"].split()[1:] if not word.isdigit())
        if verb in self.turned_away:
            message = "Slack says no."
            raise ActRefused(message)
        self.denied += verb in self.refused
        if verb == "declare":
            for write in self.writes:
                self.call(*write)
            for odd in self.odd_calls:
                self.call(**odd)
        text = DECLARED if verb == "declare" else f"{verb}: done."
        return {"acked": True, "response": {"text": text}, "view": None, "messages": []} | self.answers.get(verb, {})

    async def advance_to(self, seconds):
        """Move the clock, and make the calls due on the way."""
        assert seconds > self.at_s
        self.at_s = seconds
        self.stops.append(seconds)
        for write in [write for write in self.later if write[0] <= seconds]:
            self.later.remove(write)
            self.call(*write[1:])

    def call(self, method, channel="", text="", **more):
        """Record a Web API call that Slack answers with yes, unless `more` says otherwise."""
        seq = len(self.record) + 1
        args = {"channel": channel, "text": text}
        said = {"seq": seq, "method": method, "args": args, "answer": {"ok": True}, "at": self.now()}
        self.record.append(CallRecord(**{**said, **more}))

    def calls(self):
        """Return the calls recorded."""
        return self.record

    def violations(self):
        """Return the violations planted."""
        return self.found

    def timers(self):
        """Return the timetable as far as it is armed."""
        return [self._timer(place, *entry) for place, entry in enumerate(self.timetable) if entry[3] <= self.at_s]

    def _timer(self, place, kind, due, late, armed):
        fired = due + late <= self.at_s
        return TimerRow(
            incident=7,
            kind=kind,
            generation=place,
            due_at=after(due),
            state="fired" if fired else "pending",
            armed_at=after(armed),
            ended_at=after(due + late) if fired else None,
        )

    def refusals(self):
        """Return how many commands were refused."""
        return self.denied

    def audit(self):
        """Return a log of 12 entries."""
        return {"entries": 12, "verified": self.verified, "head": "not for the report"}

    def channels(self):
        """Return one channel with one message."""
        return {"incidents": [{"text": "SEV-1 declared"}]}
