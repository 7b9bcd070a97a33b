"""Stories that incidents go through, to be drawn at their turning points."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.model import CancelReason
from bot.words import Severity
from tests.views.pictures import ADA, NOOR, POLICY, SAM, Story, at, declare


def acknowledged(severity: Severity = Severity.SEV1, *, private: bool = False) -> Story:
    """Return a story whose primary acknowledged, and so commands."""
    return declare(severity, private=private).does(NOOR, 2.2, c.Acknowledge())


def mitigated(minutes: float = 26, *, private: bool = False) -> Story:
    """Return a story that was mitigated after `minutes`."""
    story = acknowledged(private=private).does(NOOR, 12, c.PostUpdate(now="Rolling back, errors falling."))
    return story.does(NOOR, minutes, c.Mitigate(words="Rolled back checkout to 2.41.", still="US is slow."))


def resolved(minutes: float = 72, *, private: bool = False) -> Story:
    """Return a story that was resolved after `minutes`."""
    fixed = c.Resolve(words="Connection pool limit raised.", affected="EU card payments.", facilitator=SAM)
    return mitigated(private=private).does(NOOR, minutes, fixed)


def cancelled(*, private: bool = False) -> Story:
    """Return a story that was a false alarm."""
    why = c.Cancel(why="the probe itself was broken", reason=CancelReason.FALSE_ALARM)
    return declare(private=private).does(ADA, 3, why)


def handed_round() -> Story:
    """Return a story acknowledged by the secondary, whose named commander is silent."""
    return declare().clock(2, 3).does(SAM, 4, c.Acknowledge())


def no_commander() -> Story:
    """Return a story that is acknowledged and that nobody commands."""
    return acknowledged().does(NOOR, 4, c.GiveBackCommand())


def changed(story: Story, **changes: object) -> Story:
    """Return the story with its incident changed in a way no command changes it yet."""
    story.incident = replace(story.incident, **changes)  # type: ignore[arg-type]
    return story


def snoozed(*, private: bool = False) -> Story:
    """Return a story whose nudges are silent."""
    why = "SECRET vendor call until half past"
    return acknowledged(private=private).does(NOOR, 12, c.SnoozeUpdates(until=at(30), why=why))


def undeliverable() -> Story:
    """Return a story whose first page reached nobody."""
    story = declare()
    ref = story.incident.pages[0].ref
    return story.does("tocsin", 0.5, c.RecordUndeliverable(ref=ref, error="account_inactive"))


def no_room() -> Story:
    """Return a story whose channel Slack refused."""
    return declare(channel=False).does("tocsin", 1, c.RecordNoChannel(error="restricted_action"))


def bridged() -> Story:
    """Return a story under a policy that names a bridge."""
    channels = replace(POLICY.channels, bridge="https://meet.example.com/{number}")
    return declare(policy=replace(POLICY, channels=channels))
