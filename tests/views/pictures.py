"""Pictures to draw: incidents made by deciding and folding, on the policy that ships."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial, wraps
from pathlib import Path
from typing import ParamSpec

from bot.incident import commands as c
from bot.incident.authority.confirmers import confirmers
from bot.incident.clocks import clocks
from bot.incident.context import CLOCK, TOCSIN, Actor, Context
from bot.incident.decide import decide
from bot.incident.history.events import Declared
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, Place
from bot.incident.reacting.reactions import react
from bot.incident.reading.controls import CONTROLS
from bot.incident.reading.picture import Picture
from bot.incident.refusing.refusals import Refused
from bot.policy.load import load
from bot.policy.model import Policy
from bot.policy.rota import Member, Rota, resolve
from bot.words import Act, ActorKind, Classification, Severity

POLICIES = Path(__file__).parents[2] / "policies"
POLICY: Policy = replace(load({path.name: path.read_bytes() for path in POLICIES.iterdir()}), hash=f"1b579a{0:058}")
"""The shipped policy under a hash that stays: pictures show what it asks for, not which bytes it was read from."""
PEOPLE = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")
ADA, NOOR, SAM, MIA, LENA, TOMAS, IRIS = (f"U0{name.upper()}" for name in PEOPLE)
MEMBERS = tuple(
    Member(
        id=f"U0{handle.upper()}",
        handle=handle,
        name=POLICY.people.persons[handle].name,
        zone="Europe/Berlin",
        is_bot=False,
        deleted=False,
        is_restricted=False,
        is_stranger=False,
        team_id="T0HOME",
    )
    for handle in PEOPLE
)
ROTA: Rota = resolve(people=POLICY.people, members=MEMBERS)
Asked = ParamSpec("Asked")
DECLARED = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
HANDLES = {act: f"h{index:021d}" for index, act in enumerate(Act)}
LONG = "The payment provider answers slowly in every region we sell to and the retry queue grows by the minute here"
TITLE, DESCRIPTION = "Checkout returns 500s", "Half of EU checkouts fail since the 13:50 deploy."


def at(minutes: float) -> datetime:
    """Return the moment `minutes` after the declaration."""
    return DECLARED + timedelta(minutes=minutes)


@dataclass(slots=True, kw_only=True)
class Story:
    """One incident as people and the clock act on it; `told` is everything that was to be said."""

    incident: Incident
    told: list[Effect] = field(default_factory=list)
    now: datetime = DECLARED
    policy: Policy = POLICY
    names: dict[str, str] = field(default_factory=dict)
    other: Incident | None = None

    def does(self, person: str, minutes: float, command: c.Command) -> "Story":
        """Let `person` (an id, "clock" or "tocsin") ask for `command`, `minutes` after the declaration."""
        self.now = at(minutes)
        decision = decide(self.incident, command, self.context(person))
        assert not isinstance(decision, Refused), decision
        if decision:
            self.incident, reactions = react(self.incident, decision, self.context(person))
            self.told.extend(reactions.effects)
        return self

    def clock(self, *minutes: float) -> "Story":
        """Let the clock act at each of these minutes."""
        for minute in minutes:
            self.does("clock", minute, c.RunTimers())
        return self

    def context(self, person: str) -> Context:
        """Return the context in which `person` asks."""
        return Context(
            policy=self.policy, rota=ROTA, now=self.now, actor=actor(person), number=42, other=self.other, here=True
        )

    @property
    def picture(self) -> Picture:
        """Return the picture of the incident as it stands."""
        return picture_of(self.incident, policy=self.policy, names=self.names)

    def effect(self, view: str, *, last: bool = True, place: Place | None = None) -> Effect:
        """Return the last (or first) thing told that is drawn by `view`, at `place` if that is given."""
        fitting = [effect for effect in self.told if effect.view == view and place in {None, effect.place}]
        assert fitting, f"nothing drawn by {view}: {[effect.view for effect in self.told]}"
        return fitting[-1] if last else fitting[0]


def told_once(tell: Callable[Asked, Story]) -> Callable[Asked, Story]:
    """Tell the same story once only, and give whoever asks for it a copy of their own to go on with."""
    told = cache(tell)

    @wraps(tell)
    def copy(*args: Asked.args, **kwargs: Asked.kwargs) -> Story:
        story = told(*args, **kwargs)  # type: ignore[arg-type]  # what stories are asked for by can be hashed
        return replace(story, told=list(story.told), names=dict(story.names))

    return copy


def actor(person: str) -> Actor:
    """Return who acts."""
    return {"clock": CLOCK, "tocsin": TOCSIN}.get(person) or Actor(kind=ActorKind.PERSON, id=person)


def picture_of(incident: Incident, *, policy: Policy = POLICY, names: dict[str, str] | None = None) -> Picture:
    """Return the picture of `incident`, names and telephones from the policy that ships."""
    known = {person: entry for person in ROTA.ids.values() if (entry := ROTA.person(person))}
    return Picture(
        incident=incident,
        clocks=clocks(incident, policy),
        policy=policy,
        names={person: entry.name for person, entry in known.items()} | (names or {}),
        described={person: ROTA.describe(person) for person in known},
        telephones={person: entry.telephone for person, entry in known.items()},
        channel_ids={"incidents": "C0INCIDENTS"},
        confirmers=confirmers(incident, policy=policy, rota=ROTA, now=DECLARED),
    )


def declare(
    severity: Severity = Severity.SEV1,
    *,
    title: str = TITLE,
    description: str = DESCRIPTION,
    private: bool = False,
    channel: bool = True,
    commander: str | None = None,
    by: str = ADA,
    policy: Policy = POLICY,
    awaiting: bool = False,
) -> Story:
    """Return a story that begins with a declaration, its channel made unless `channel` is False.

    Its severity awaits confirmation only if `awaiting` says so, whoever declared it.
    """
    command = c.Declare(title=title, description=description, severity=severity, commander=commander)
    begin = _begun_as_shipped if policy is POLICY else partial(_begun, policy=policy)
    return begin(command, by, private, channel, awaiting)


def _begun(  # noqa: PLR0917 - what is remembered is asked for in one order
    command: c.Declare, by: str, private: bool, channel: bool, awaiting: bool, policy: Policy
) -> Story:
    context = Context(policy=policy, rota=ROTA, now=DECLARED, actor=actor(by), number=42)
    decision = decide(None, command, context)
    assert not isinstance(decision, Refused), decision
    if private:
        decision = tuple(
            replace(event, classification=Classification.CONFIDENTIAL) if isinstance(event, Declared) else event
            for event in decision
        )
    if not awaiting:
        decision = tuple(
            replace(event, is_awaiting=False) if isinstance(event, Declared) else event for event in decision
        )
    incident, reactions = react(None, decision, context)
    story = Story(incident=incident, told=list(reactions.effects), policy=policy)
    if channel:
        name = "inc-42-private" if private else "inc-42-checkout-returns-500s"
        story.does("tocsin", 0, c.RecordChannel(channel="C0INC42", name=name))
    return story


@told_once
def _begun_as_shipped(command: c.Declare, by: str, private: bool, channel: bool, awaiting: bool) -> Story:
    return _begun(command, by, private, channel, awaiting, POLICY)


def handles_for(view: str) -> dict[Act, str]:
    """Return a handle for every act that the view may offer."""
    return {act: HANDLES[act] for act in CONTROLS.get(view, ())}
