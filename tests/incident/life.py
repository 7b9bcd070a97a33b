"""One incident's life as a story: commands, the passing of time, and what people were told meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from bot.incident import commands as c
from bot.incident.context import CLOCK, Actor, Context
from bot.incident.decide import decide
from bot.incident.decision import Decision
from bot.incident.history.apply import replay
from bot.incident.history.events import Event
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, PlaceKind, TimerChange, TimerOp
from bot.incident.reacting.reactions import react
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Quote, Sentence, When, Who
from bot.incident.timers import wanted
from bot.policy.model import Policy
from bot.policy.rota import Member, Rota, resolve
from bot.words import ActorKind, Role, Severity

START = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
ADA, NOOR, SAM, MIA, LENA, TOMAS, IRIS = PEOPLE = ("UADA", "UNOOR", "USAM", "UMIA", "ULENA", "UTOMAS", "UIRIS")
ZOE = "UZOE"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def rota_of(policy: Policy, *, without: tuple[str, ...] = ()) -> Rota:
    """Return the shipped rota, its people found in the workspace except those in `without`."""
    members = [
        Member(
            id=user,
            handle=user[1:].lower(),
            name=user,
            zone="UTC",
            is_bot=False,
            deleted=False,
            is_restricted=False,
            is_stranger=False,
            team_id="T1",
        )
        for user in PEOPLE
        if user not in without
    ]
    return resolve(people=policy.people, members=members)


def person(user: str) -> Actor:
    """Return somebody acting for themself."""
    return Actor(kind=ActorKind.PERSON, id=user)


def read(sentence: Sentence) -> str:
    """Return a sentence as plain text, people by their ids."""
    return "".join(_part(part) for part in sentence)


def _part(part: str | Who | When | Quote) -> str:
    match part:
        case Who():
            return part.person or "nobody"
        case When():
            return f"{part.at:%H:%M}"
        case Quote():
            return f"“{part.words}”"
        case str():
            return part
        case never:
            assert_never(never)


@dataclass(kw_only=True)
class Life:
    """An incident under `policy`; every step checks that rows, timers and ids stay in order."""

    policy: Policy
    rota: Rota
    now: datetime = START
    number: int = 42
    incident: Incident | None = None
    events: list[Event] = field(default_factory=list)
    said: list[tuple[datetime, Effect]] = field(default_factory=list)
    repeated: set[str] = field(default_factory=set)
    redrawn: list[str] = field(default_factory=list)
    changes: list[TimerChange] = field(default_factory=list)
    armed: dict[str, datetime] = field(default_factory=dict)
    other: Incident | None = None
    gone: tuple[str, ...] = ()
    here: bool = True

    @property
    def it(self) -> Incident:
        """Return the incident, which has begun."""
        assert self.incident is not None
        return self.incident

    def context(self, actor: Actor) -> Context:
        """Return this moment as `actor` sees it."""
        return Context(
            policy=self.policy,
            rota=self.rota,
            now=self.now,
            actor=actor,
            number=self.number,
            other=self.other,
            gone=self.gone,
            here=self.here,
        )

    def ask(self, command: c.Command, by: str = NOOR) -> Decision:
        """Ask `command` as the person `by`, and record what follows."""
        return self.ask_as(person(by), command)

    def ask_as(self, actor: Actor, command: c.Command) -> Decision:
        """Ask `command` as `actor`, and record what follows."""
        context = self.context(actor)
        decision = decide(self.incident, command, context)
        if not isinstance(decision, Refused) and decision:
            self._record(decision, context)
        return decision

    def declare(self, severity: Severity = Severity.SEV1, *, by: str = ADA, commander: str | None = None) -> "Life":
        """Declare it; return this life, so that a story reads on."""
        self.ask(c.Declare(title="Checkout returns 500s", severity=severity, commander=commander), by)
        return self

    def does(self, command: c.Command, by: str = NOOR) -> tuple[Event, ...]:
        """Ask `command`, which must not be refused, and return its events."""
        decision = self.ask(command, by)
        assert not isinstance(decision, Refused), read(decision.sentence)
        return decision

    def gives_back(self, by: str = NOOR) -> tuple[Event, ...]:
        """Let a commander who has answered leave the seat empty, which only a deputy in place allows."""
        if self.it.holder(Role.DEPUTY) is None:
            self.does(c.GiveRole(role=Role.DEPUTY, person=LENA), by)
        return self.does(c.GiveBackCommand(), by)

    def refused(self, command: c.Command, by: str = NOOR) -> Refused:
        """Ask `command`, which must be refused, and return the refusal."""
        decision = self.ask(command, by)
        assert isinstance(decision, Refused), decision
        return decision

    def wait(self, span: timedelta) -> "Life":
        """Let `span` go by, the clock ticking at every due time."""
        return self.wait_until(self.now + span)

    def wait_until(self, until: datetime) -> "Life":
        """Let time go by until then, the clock ticking at every due time."""
        while self.armed and min(self.armed.values()) <= until:
            self.now = max(self.now, min(self.armed.values()))
            self.tick()
        self.now = until
        return self

    def outage(self, span: timedelta) -> "Life":
        """Let `span` go by while nothing ticks, then tick."""
        self.now += span
        return self.tick()

    def tick(self) -> "Life":
        """Let the clock run what is due by now."""
        before = self.it
        self.ask_as(CLOCK, c.RunTimers())
        late = {kind: due for kind, due in self.armed.items() if due <= self.now}
        assert {} == late, f"{late} stay due after {before.ref} was asked at {self.now}"
        return self

    def minute(self, at: datetime) -> float:
        """Return a moment as minutes since the story's start."""
        return (at - START) / MINUTE

    def told(self, kind: PlaceKind, key: str = "") -> list[tuple[float, str]]:
        """Return what was said at a place: the minute, and the view."""
        return [(self.minute(at), one.view) for at, one in self.said if (one.place.kind, one.place.key) == (kind, key)]

    def in_channel(self) -> list[tuple[float, str]]:
        """Return what was posted in the incident's channel: the minute, and the view."""
        return [(minute, view) for minute, view in self.told(PlaceKind.CHANNEL) if view]

    def dms(self, user: str) -> list[tuple[float, str]]:
        """Return the direct messages to `user`: the minute, and the view."""
        return self.told(PlaceKind.DM, user)

    def effects(self, view: str) -> list[Effect]:
        """Return what was said with the picture `view`."""
        return [one for _, one in self.said if one.view == view]

    def happened(self, kind: type[Event]) -> list[float]:
        """Return the minutes at which events of this kind happened."""
        return [self.minute(event.at) for event in self.events if isinstance(event, kind)]

    def changed(self, **values: object) -> "Life":
        """Put values into the incident that no command gives it yet (roles, classification)."""
        self.incident = replace(self.it, **values)  # type: ignore[arg-type]
        self.armed = wanted(self.incident, self.policy)
        return self

    def _record(self, events: tuple[Event, ...], context: Context) -> None:
        self.incident, reactions = react(self.incident, events, context)
        self.events.extend(events)
        known = {one.id for _, one in self.said}
        self.repeated |= {one.id for one in reactions.effects} & known
        self.said.extend((self.now, one) for one in reactions.effects if one.id not in known)
        self.redrawn.extend(one.id for one in reactions.redraws)
        for change in reactions.timers:
            self._change(change)
        assert wanted(self.incident, self.policy) == self.armed

    def _change(self, change: TimerChange) -> None:
        self.changes.append(change)
        if change.op is TimerOp.ARM:
            assert change.kind not in self.armed, f"{change.kind} is armed twice"
            self.armed[change.kind] = change.due_at
            return
        assert self.armed.pop(change.kind) == change.due_at
        assert change.op is not TimerOp.FIRE or change.due_at <= self.now, f"{change.kind} fired early"

    def is_replayed(self) -> bool:
        """Return whether replaying all events gives the incident."""
        return replay(self.events) == self.it
