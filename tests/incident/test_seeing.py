"""Who may see an incident: declared private, classified later, read for a time."""

from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident import timers as t
from bot.incident.context import TOCSIN, Actor
from bot.incident.history import access_events as a
from bot.incident.history.access import Room
from bot.incident.model import ChannelRef
from bot.incident.naming import channel_name, left_topic, topic
from bot.incident.reacting.effects import LEFT, EffectKind, PlaceKind
from bot.incident.reacting.fallback import next_place
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.access_refusals import no_such_classification
from bot.incident.rules.forms import refuse_form
from bot.incident.rules.suggesting import DATA, kept_private, suggested
from bot.incident.sight import may_see
from bot.words import Act, ActorKind, Classification, Severity
from tests.incident.life import ADA, HOUR, IRIS, MINUTE, NOOR, TOMAS, ZOE, Life, person, read

CONFIDENTIAL, RESTRICTED, INTERNAL = Classification.CONFIDENTIAL, Classification.RESTRICTED, Classification.INTERNAL
LEAK = "customer names are in the logs"
REVIEW = "legal review"


def private(life: Life) -> Life:
    """Return Ada's private SEV-1, Noor in command, its channel made."""
    life.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_private=True), ADA)
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-private"))
    life.does(c.TakeCommand())
    life.said.clear()
    return life


def opened(life: Life) -> Life:
    """Return Ada's public SEV-1, Noor in command, its channel made."""
    life.declare()
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.TakeCommand())
    life.said.clear()
    return life


def sees(life: Life, who: str) -> bool:
    """Return whether somebody may know that it exists."""
    return may_see(life.it, Actor(kind=ActorKind.PERSON, id=who))


@pytest.fixture
def hidden(life):
    """A private incident."""
    return private(life)


@pytest.fixture
def shown(life):
    """A public one."""
    return opened(life)


def test_declared_private(hidden):
    """Name and topic of its channel hold no title, and the channel is a private one."""

    assert CONFIDENTIAL is hidden.it.classification
    assert hidden.it.room.is_private
    assert "inc-42-private" == channel_name(hidden.it)
    assert "Checkout" not in topic(hidden.it)


def test_a_private_one_does_not_live_where_anyone_reads(life):
    """Declared `here private` in a channel anyone can join, it gets its own."""

    host = c.Host(id="C9", name="team", is_private=False, is_member=True, is_shared=False, is_general=False)
    life.ask(c.Declare(title="Checkout returns 500s", is_private=True, host=host), ADA)

    assert not life.it.is_hosted


@pytest.mark.parametrize(
    ("chosen", "drawn", "ticked", "is_private"),
    [
        ("", "", [], False),
        ("", "", [DATA], True),
        ("internal", "internal", [DATA], True),
        ("internal", "by_hand", [DATA], False),
        ("internal", "confidential", [DATA], False),
        ("confidential", "internal", [], True),
        ("confidential", "confidential", [], True),
        ("confidential", "", [], True),
    ],
)
def test_what_counts_when_a_form_is_sent(chosen, drawn, ticked, is_private):
    """A choice by hand counts, else the box about personal data, whatever the list had time to show."""

    assert is_private == kept_private(chosen=chosen, drawn=drawn, ticked=ticked)


def test_the_box_about_data_suggests_no_severity():
    """It says who may see it, not how bad it is."""

    assert suggested([DATA]) is None
    assert Severity.SEV2 is suggested([DATA, "sev2.1"])


@pytest.mark.parametrize(("who", "may"), [(ADA, True), (NOOR, True), (IRIS, False), (ZOE, False)])
def test_who_may_know_of_it(hidden, who, may):
    """Who declared, leads, or was paged; nobody else."""

    assert may == sees(hidden, who)


def test_whoever_is_invited_may_see_it(hidden):
    """An invitation by those who lead has no end."""

    hidden.does(c.Invite(person=IRIS))
    hidden.wait(5 * HOUR)

    assert sees(hidden, IRIS)
    assert hidden.is_replayed()


def test_made_private(shown):
    """It gets a new private channel, furnished, its people in it; the old one loses title and card."""

    shown.does(c.Follow(), ZOE)
    shown.does(c.Follow(), ADA)
    shown.does(c.Classify(to=CONFIDENTIAL, why=LEAK), ADA)
    made = [one for _, one in shown.said if one.kind is EffectKind.OPEN_CHANNEL]
    invited = {who for _, one in shown.said if one.kind is EffectKind.INVITE for who in one.people}
    topics = [one.place.kind for _, one in shown.said if one.kind is EffectKind.TOPIC]

    assert [("incident:42/channel/2", {"name": "inc-42-private", "private": True, "left": "C1"})] == [
        (one.id, one.words) for one in made
    ]
    assert {ADA, NOOR} <= invited
    assert ZOE not in invited
    assert {PlaceKind.CHANNEL, PlaceKind.LEFT} == set(topics)
    assert ["left"] == [one.view for _, one in shown.said if one.place.kind is PlaceKind.LEFT and one.view]
    assert {"incident:42/card", "incident:42/announcement", "incident:42/headline"} <= set(shown.redrawn)
    assert ["left.archive"] == [view for _, view in shown.dms(NOOR)]
    assert Room(number=2, is_private=True, left="C1", left_name="inc-42-checkout-returns-500s") == shown.it.room
    assert (None, (ADA,)) == (shown.it.channel, shown.it.followers)
    assert "Checkout" not in left_topic(shown.it)
    assert shown.is_replayed()


def test_a_channel_that_was_there_before_keeps_its_topic(shown):
    """Only the card is cut; the room belongs to others."""

    shown.changed(is_hosted=True)
    shown.does(c.Classify(to=RESTRICTED, why=LEAK), ADA)

    assert [PlaceKind.CHANNEL] == [one.place.kind for _, one in shown.said if one.kind is EffectKind.TOPIC]
    assert not shown.it.is_hosted


def test_made_private_where_nobody_leads_and_no_channel_was(life):
    """Slack refused a channel: a private one is tried; nobody commands, so nobody is asked to archive."""

    life.declare()
    life.ask_as(TOCSIN, c.RecordNoChannel(error="restricted_action"))
    life.changed(seat=None).does(c.Classify(to=CONFIDENTIAL), ADA)

    assert Room(number=2, is_private=True) == life.it.room
    assert "left" not in {one.view for _, one in life.said}


def test_left_by_nobody_in_command(shown):
    """The old channel is cut all the same."""

    shown.changed(seat=None).does(c.Classify(to=CONFIDENTIAL), ADA)

    assert "left.archive" not in {one.view for _, one in shown.said}
    assert next_place(LEFT, shown.it) is None


def test_made_less_private_it_keeps_its_channel(hidden):
    """Slack turns no private channel public; it takes a reason, and no channel is made."""

    thin = hidden.refused(c.Classify(to=INTERNAL, why="ok"), ADA)
    hidden.does(c.Classify(to=INTERNAL, why="no personal data was in it"), ADA)
    hidden.does(c.Classify(to=RESTRICTED, why=LEAK), ADA)

    assert 25 == thin.number
    assert [] == [one for _, one in hidden.said if one.kind is EffectKind.OPEN_CHANNEL]
    assert Room(is_private=True) == hidden.it.room
    assert ChannelRef(id="C1", name="inc-42-private") == hidden.it.channel
    assert hidden.is_replayed()


def test_what_classifying_refuses(life):
    """What it is already, a channel not made yet, and people who do not lead."""

    life.declare()
    unmade = life.refused(c.Classify(to=CONFIDENTIAL), ADA)
    opened_ = life.refused(c.Classify(to=INTERNAL), ADA)
    stranger = life.refused(c.Classify(to=CONFIDENTIAL), IRIS)

    assert [72, 17, 4] == [unmade.number, opened_.number, stranger.number]
    assert refuse_form(Act.CLASSIFY, life.it, life.context(person(ADA))) is None
    assert refuse_form(Act.CLASSIFY, life.it, life.context(person(IRIS))) is not None


def test_access_ends_by_itself(hidden):
    """Let in, told ten minutes before, taken out: the person and the commander hear of each."""

    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW, span=2 * HOUR))
    inside = sees(hidden, TOMAS)
    hidden.wait(1 * HOUR + 50 * MINUTE)
    soon = [view for _, view in hidden.dms(TOMAS)]
    hidden.wait(10 * MINUTE)
    removed = [one for _, one in hidden.said if one.kind is EffectKind.REMOVE]

    assert inside
    assert ["access.granted", "access.soon"] == soon
    assert ["access.granted", "access.soon", "access.over"] == [view for _, view in hidden.dms(TOMAS)]
    assert ["access.soon", "access.over"] == [view for _, view in hidden.dms(NOOR) if view.startswith("access")]
    assert [((TOMAS,), "incident:42/access/1/remove")] == [(one.people, one.id) for one in removed]
    assert not sees(hidden, TOMAS)
    assert hidden.is_replayed()


def test_access_outlives_the_incident(hidden):
    """Resolved or not, access ends when it was to end."""

    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW))
    hidden.does(c.Resolve(words="Pool limit raised."))
    running = set(t.wanted(hidden.it, hidden.policy))
    hidden.wait(HOUR)

    assert {t.ACCESS_SOON, t.ACCESS_END} == running
    assert not sees(hidden, TOMAS)


def test_several_at_once(hidden):
    """Each has their own end; given again, the later word counts."""

    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW, span=HOUR))
    hidden.does(c.GrantAccess(person=IRIS, why=REVIEW, span=5 * MINUTE))
    hidden.wait(5 * MINUTE)
    first = (sees(hidden, TOMAS), sees(hidden, IRIS))
    hidden.does(c.GrantAccess(person=ZOE, why=REVIEW, span=3 * HOUR))
    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW, span=4 * HOUR))
    hidden.wait(3 * HOUR)

    assert (True, False) == first
    assert (True, False) == (sees(hidden, TOMAS), sees(hidden, ZOE))
    assert ["access.granted", "access.over"] == [view for _, view in hidden.dms(IRIS)]
    assert hidden.is_replayed()


def test_whoever_works_on_it_by_then_stays(hidden):
    """Invited for good while access ran: they are told, and remain in the channel."""

    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW))
    hidden.does(c.Invite(person=TOMAS))
    hidden.wait(HOUR)

    assert [] == [one for _, one in hidden.said if one.kind is EffectKind.REMOVE]
    assert [True] == [event.stays for event in hidden.events if isinstance(event, a.AccessEnded)]
    assert sees(hidden, TOMAS)


def test_ended_by_hand(hidden):
    """By those who lead, or by whoever has it."""

    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW))
    hidden.does(c.EndAccess(person=TOMAS))
    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW))
    hidden.does(c.EndAccess(person=TOMAS), TOMAS)

    assert 2 == len([one for _, one in hidden.said if one.kind is EffectKind.REMOVE])
    assert not sees(hidden, TOMAS)


@pytest.mark.parametrize(
    ("command", "by", "number"),
    [
        (c.GrantAccess(person=TOMAS, why=REVIEW), IRIS, 4),
        (c.GrantAccess(person=TOMAS, why=REVIEW, span=timedelta(hours=5)), NOOR, 35),
        (c.GrantAccess(person=ADA, why=REVIEW), NOOR, 17),
        (c.GrantAccess(person=TOMAS), NOOR, 41),
        (c.EndAccess(person=TOMAS), NOOR, 71),
        (c.EndAccess(person=TOMAS), IRIS, 4),
    ],
)
def test_what_access_refuses(hidden, command, by, number):
    """Who does not lead, more than 4 h, people who are in it, no reason, nothing to end."""

    assert number == hidden.refused(command, by).number


def test_access_is_for_private_incidents(shown):
    """Where everybody may read nobody needs to be let in."""

    assert 70 == shown.refused(c.GrantAccess(person=TOMAS, why=REVIEW)).number


def test_nobody_commands_a_private_one(hidden):
    """Then only the person is told."""

    hidden.gives_back()
    hidden.does(c.GrantAccess(person=TOMAS, why=REVIEW), ADA)
    hidden.wait(HOUR)

    assert ["access.granted", "access.soon", "access.over"] == [view for _, view in hidden.dms(TOMAS)]


def test_the_timeline_tells_of_it(shown):
    """Who made it what, who was let in, and when that ended."""

    shown.does(c.Classify(to=CONFIDENTIAL), ADA)
    shown.does(c.Classify(to=RESTRICTED, why=LEAK), ADA)
    shown.does(c.GrantAccess(person=TOMAS, why=REVIEW))
    shown.wait(HOUR)
    told = [read(line_of(event, ())) for event in shown.events if event.action in a.ACCESSES]

    assert [
        "Made CONFIDENTIAL, was INTERNAL, goes on in a private channel · UADA",
        f"Made RESTRICTED, was CONFIDENTIAL: “{LEAK}” · UADA",
        f"UTOMAS may read it until 15:00: “{REVIEW}” · UNOOR",
        "UTOMAS told that access ends at 15:00",
        "Access of UTOMAS ended",
    ] == told


def test_a_classification_there_is_none_of():
    """It is said which there are; nothing typed is said back but letters and digits."""

    assert "There is no classification `secret`." in read(no_such_classification("secret").sentence)
    assert "`…`" in read(no_such_classification("").sentence)
