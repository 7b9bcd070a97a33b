"""A mention is a ping and asks for an act: who is mentioned and who gets a direct message, at every moment."""

from collections.abc import Callable

import pytest

from bot.incident import commands as c
from bot.incident.reacting.effects import Effect, PlaceKind
from bot.words import Role, Severity
from tests.views.pictures import ADA, IRIS, LENA, MIA, NOOR, SAM, Story, at, declare, handles_for
from tests.views.slack_limits import pinged
from tests.views.stories import acknowledged, mitigated, no_commander, resolved, took_in
from views.messages import draw

Told = tuple[Story, list[Effect]]


def does(story: Story, person: str, minutes: float, command: c.Command) -> Told:
    """Let somebody act, and return what was told because of it."""
    before = len(story.told)
    story.does(person, minutes, command)
    return story, story.told[before:]


def clock(story: Story, minutes: float) -> Told:
    """Let the clock act, and return what was told because of it."""
    return does(story, "clock", minutes, c.RunTimers())


def whole(story: Story) -> Told:
    """Return everything a story told."""
    return story, story.told


UPDATE = c.PostUpdate(now="Rolling back.", affected="EU cards", next="Verify")
LESS = c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it")
MOMENTS: dict[str, tuple[Callable[[], Told], set[str], set[str]]] = {
    "declared": (lambda: whole(declare()), set(), {NOOR}),
    "declared, a commander named": (lambda: whole(declare(commander=MIA)), set(), {NOOR, MIA}),
    "nobody answers the first page, the next way is no message": (lambda: clock(declare(), 2), set(), set()),
    "acknowledged": (lambda: does(declare(), NOOR, 2, c.Acknowledge()), set(), {NOOR}),
    "acknowledged by another": (lambda: does(declare(), SAM, 2, c.Acknowledge()), set(), set()),
    "commander assigned by another": (
        lambda: does(no_commander(), ADA, 6, c.NameCommander(person=MIA)),
        {MIA},
        {MIA},
    ),
    "command taken": (lambda: does(no_commander(), SAM, 6, c.TakeCommand()), set(), {SAM}),
    "acknowledge due soon": (lambda: clock(declare().clock(2), 3), set(), {NOOR, SAM}),
    "acknowledge missed": (lambda: clock(declare().clock(2, 3), 5), set(), {MIA}),
    "mitigate due soon": (lambda: clock(acknowledged().does(NOOR, 20, UPDATE), 24), set(), {NOOR}),
    "mitigate missed": (lambda: clock(_with_deputy().does(NOOR, 20, UPDATE).clock(24), 30), {MIA, LENA}, {MIA, LENA}),
    "update due soon": (lambda: clock(acknowledged(), 12), set(), {NOOR}),
    "update due": (lambda: clock(acknowledged().clock(12), 15), {NOOR}, set()),
    "update due, nobody commands": (lambda: clock(no_commander().clock(5, 12), 15), set(), set()),
    "update 5 min late": (lambda: clock(_with_deputy().clock(12, 15), 20), set(), {NOOR, SAM}),
    "update 10 min late": (lambda: clock(acknowledged().clock(12, 15, 20, 24), 25), {MIA}, {MIA}),
    "escalated": (
        lambda: does(acknowledged(), ADA, 5, c.Escalate(why="need database help", person=IRIS)),
        {IRIS},
        {IRIS},
    ),
    "a role given": (lambda: does(acknowledged(), NOOR, 5, c.GiveRole(role=Role.SCRIBE, person=SAM)), {SAM}, {SAM}),
    "a role taken": (lambda: does(acknowledged(), SAM, 5, c.TakeRole(role=Role.SCRIBE)), set(), {SAM}),
    "status update": (lambda: does(acknowledged(), NOOR, 5, UPDATE), set(), set()),
    "no change": (lambda: does(acknowledged(), NOOR, 5, c.PostNoChange()), set(), set()),
    "severity": (lambda: does(acknowledged(), NOOR, 5, LESS), set(), set()),
    "mitigated": (lambda: does(acknowledged(), NOOR, 5, c.Mitigate(words="Rolled back.")), set(), set()),
    "resolved": (lambda: does(mitigated(), NOOR, 72, c.Resolve(words="Limit raised.")), set(), set()),
    "merged in": (lambda: _last(took_in(), "merged_in"), set(), set()),
    "closed": (lambda: does(resolved(), NOOR, 3000, c.Close()), set(), set()),
    "cancelled": (lambda: does(declare(), ADA, 3, c.Cancel(why="the probe itself was broken")), set(), set()),
    "roles are missing": (lambda: clock(acknowledged().does(NOOR, 18, UPDATE), 20), set(), {NOOR}),
    "a role for a time ends": (lambda: clock(_scribe_until(8), 8), set(), {NOOR, SAM}),
    "the commander left the workspace": (
        lambda: does(acknowledged(), "tocsin", 5, c.RecordDeparture(person=NOOR)),
        {SAM},
        {SAM},
    ),
    "the scribe left the workspace": (
        lambda: does(_scribe_until(30), "tocsin", 6, c.RecordDeparture(person=SAM)),
        set(),
        set(),
    ),
    "nobody answered at all": (lambda: clock(declare().clock(2, 3, 5), 10), set(), set()),
}
"""Each moment, who is mentioned wherever it is told, and who gets a direct message of it."""


def _with_deputy() -> Story:
    return acknowledged().does(NOOR, 3, c.GiveRole(role=Role.DEPUTY, person=SAM))


def _scribe_until(minutes: float) -> Story:
    return acknowledged().does(NOOR, 5, c.GiveRole(role=Role.SCRIBE, person=SAM, until=at(minutes)))


def _last(story: Story, view: str) -> Told:
    return story, [story.effect(view)]


def mentioned(story: Story, told: list[Effect]) -> set[str]:
    """Return everybody whom a message of `told` mentions."""
    who: set[str] = set()
    for effect in told:
        if effect.view:
            message = draw(
                effect.view,
                story.picture,
                effect.words,
                handles=handles_for(effect.view),
                now=story.now,
                first=True,
                place=effect.place,
            )
            who |= pinged(message.blocks) if message else set()
    return who


def messaged(told: list[Effect]) -> set[str]:
    """Return everybody who gets a direct message."""
    return {effect.place.key for effect in told if effect.view and effect.place.kind is PlaceKind.DM}


@pytest.mark.parametrize(("make", "mentions", "messages"), MOMENTS.values(), ids=MOMENTS)
def test_who_is_pinged(make, mentions, messages):
    """Whoever is asked for an act is pinged, and nobody else."""

    story, told = make()
    assert (mentions, messages) == (mentioned(story, told), messaged(told))


@pytest.mark.parametrize(("make", "mentions", "messages"), MOMENTS.values(), ids=MOMENTS)
def test_a_mention_stands_in_the_incident_s_channel(make, mentions, messages):
    """Threads that leadership and the company read ring for nobody; whoever is mentioned is a direct message's too."""

    story, told = make()
    outside = [effect for effect in told if effect.place.kind not in {PlaceKind.CHANNEL, PlaceKind.DM}]
    assert set() == mentioned(story, outside)
    assert mentions <= messages | {story.incident.commander}
