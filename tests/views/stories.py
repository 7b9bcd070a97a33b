"""Stories that incidents go through, to be drawn at their turning points."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.model import CancelReason, ChannelRef
from bot.words import Classification, Role, Severity
from tests.views.pictures import ADA, LENA, NOOR, POLICY, SAM, Story, at, declare, told_once


@told_once
def acknowledged(severity: Severity = Severity.SEV1, *, private: bool = False) -> Story:
    """Return a story whose primary acknowledged, and so commands."""
    return declare(severity, private=private).does(NOOR, 2.2, c.Acknowledge())


@told_once
def mitigated(minutes: float = 26, *, private: bool = False) -> Story:
    """Return a story that was mitigated after `minutes`."""
    story = acknowledged(private=private).does(NOOR, 12, c.PostUpdate(now="Rolling back, errors falling."))
    return story.does(NOOR, minutes, c.Mitigate(words="Rolled back checkout to 2.41.", still="US is slow."))


@told_once
def resolved(minutes: float = 72, *, private: bool = False) -> Story:
    """Return a story that was resolved after `minutes`."""
    fixed = c.Resolve(words="Connection pool limit raised.", affected="EU card payments.", facilitator=SAM)
    return mitigated(private=private).does(NOOR, minutes, fixed)


@told_once
def cancelled(*, private: bool = False) -> Story:
    """Return a story that was a false alarm."""
    why = c.Cancel(why="the probe itself was broken", reason=CancelReason.FALSE_ALARM)
    return declare(private=private).does(ADA, 3, why)


@told_once
def handed_round() -> Story:
    """Return a story acknowledged by the secondary, whose named commander is silent."""
    return declare().clock(2, 3).does(SAM, 4, c.Acknowledge())


@told_once
def no_commander() -> Story:
    """Return a story that is acknowledged and that nobody commands; there is a deputy, so the seat could be left."""
    return acknowledged().does(NOOR, 3, c.GiveRole(role=Role.DEPUTY, person=LENA)).does(NOOR, 4, c.GiveBackCommand())


@told_once
def raised(severity: Severity = Severity.SEV1, *, private: bool = False) -> Story:
    """Return a SEV-2 story that turned out worse."""
    worse = c.ChangeSeverity(severity=severity, why="SECRET Payments fail in the US too.")
    return acknowledged(Severity.SEV2, private=private).does(NOOR, 12, worse)


@told_once
def lowered(severity: Severity = Severity.SEV2, *, private: bool = False) -> Story:
    """Return a SEV-1 story that turned out less bad."""
    less = c.ChangeSeverity(severity=severity, why="SECRET the retries hide it")
    return acknowledged(private=private).does(NOOR, 12, less)


@told_once
def reopened(*, private: bool = False) -> Story:
    """Return a story that was resolved and is open again."""
    return resolved(private=private).does(ADA, 125, c.Reopen(why="SECRET the errors are back"))


@told_once
def closed() -> Story:
    """Return a story that was closed two days after."""
    return resolved().does(NOOR, 3000, c.Close())


def merged(*, into_private: bool = False) -> Story:
    """Return a story that goes on as INC-40."""
    other = replace(declare(private=into_private).incident, number=40, channel=ChannelRef(id="C0INC40", name="inc-40"))
    story = acknowledged()
    story.other = other
    return story.does(NOOR, 20, c.Merge(into=40, confirmed=True))


def took_in(severity: Severity = Severity.SEV2, *, private: bool = False, people: int = 2) -> Story:
    """Return a SEV-2 story into which INC-43 of this severity was merged."""
    taken = c.TakeIn(
        number=43,
        title="SECRET Search is slow",
        severity=severity,
        classification=Classification.INTERNAL,
        declared_at=at(3),
        people=(ADA, SAM)[:people],
    )
    return acknowledged(Severity.SEV2, private=private).does(NOOR, 20, taken)


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


def played(*minutes: float) -> Story:
    """Return a test of SEV-1, the clock having acted at each of these minutes."""
    story = declare()
    story.incident = replace(story.incident, is_test=True, seat=None, pages=(), page_step=0)
    return story.clock(*minutes) if minutes else story


def hosted() -> Story:
    """Return a story that lives in a channel that was there before."""
    return changed(declare(), is_hosted=True, channel=ChannelRef(id="C0TEAM", name="team-checkout"))


def bridged_page(*, private: bool = False) -> Story:
    """Return a story whose policy names a bridge, as it pages."""
    channels = replace(POLICY.channels, bridge="https://meet.example.com/{number}")
    return declare(policy=replace(POLICY, channels=channels), private=private)


def timed() -> Story:
    """Return a story whose three times people have told."""
    told = c.SetTimes(started_at=at(-20), detected_at=at(-15), alerted_at=at(-10))
    return acknowledged().does(ADA, 20, told)
