"""Each kind of effect reaches the workspace as it should."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.incident.model import Incident, Milestone
from bot.incident.reacting.effects import EffectKind, dm
from bot.incident.reading.picture import Picture
from bot.policy.load import load
from bot.ports import DeliveryState
from bot.ports import Sent as At
from bot.usecases.outcomes import ChannelMade, Dead, Elsewhere, Sent, Skipped
from bot.words import Classification, Severity, Status
from delivery.reconcile import EVENT_TYPE, opaque
from sandbox import places
from tests.delivery.world import CHANNEL, INCIDENTS, NOOR, SAM, World, effect

OPEN = EffectKind.OPEN_CHANNEL
CHANNEL_ROW = "incident:17/channel"
POLICIES = Path(__file__).resolve().parent.parent.parent / "policies"


def picture(*, private: bool = False, status: Status = Status.DECLARED) -> Picture:
    """The picture of an incident."""
    policy = load({path.name: path.read_bytes() for path in POLICIES.glob("*.yaml")})
    incident = Incident(
        number=17,
        version=1,
        title="Checkout returns 500s",
        description="",
        severity=Severity.SEV1,
        status=status,
        classification=Classification.CONFIDENTIAL if private else Classification.INTERNAL,
        policy_hash=policy.hash,
        declared=Milestone(at=datetime(2026, 3, 2, 14, 0, tzinfo=UTC), by=NOOR),
    )
    return Picture(incident=incident, clocks=(), policy=policy)


def room(name: str = "inc-17-checkout", *, private: bool = False):
    """The effect that makes the incident's channel."""
    return effect("channel", kind=OPEN, place=CHANNEL, words={"name": name, "private": private})


async def test_a_message_carries_an_opaque_id_and_unfurls_nothing(world: World):
    """A post names its outbox row by a hash, and asks Slack not to unfurl links."""

    await world.deliver(effect("announcement", words={"text": "hello"}))

    (call,) = world.calls("chat.postMessage")
    assert {"event_type": EVENT_TYPE, "event_payload": {"id": opaque("incident:17/announcement")}} == call["metadata"]
    assert (False, False) == (call["unfurl_links"], call["unfurl_media"])
    assert "incident" not in opaque("incident:17/announcement")
    assert ["card: hello"] == world.texts()
    assert [] == world.violations()


async def test_a_named_place_is_found_once_and_remembered(world: World):
    """The Slack id of a channel policy names is looked up by name, once for all that ask."""

    await world.deliver(*(effect(f"one/{number}", place="incidents") for number in range(3)))

    assert {"incidents": INCIDENTS} == world.desk.places
    assert 1 == len(world.calls("users.conversations"))


async def test_a_channel_that_does_not_exist_sends_the_message_elsewhere(world: World):
    """A place policy names and Slack does not have is permanent here."""

    world.desk.names = {}
    await world.deliver(effect("announcement"))

    assert Elsewhere(error="channel_not_found") == world.desk.outcome("incident:17/announcement")


async def test_a_direct_message_is_opened_once(world: World):
    """A DM channel is opened when it is not known, and kept."""

    await world.deliver(effect("page/0", place=str(dm(NOOR))))
    await world.deliver(effect("page/1", place=str(dm(NOOR))))

    assert 1 == len(world.calls("conversations.open"))
    assert 2 == len(world.texts(world.desk.places[f"dm:{NOOR}"]))


async def test_a_message_drawn_again_is_edited_in_place(world: World):
    """A redraw edits the message that stands."""

    await world.deliver(effect("card", words={"text": "x"}))
    world.desk.redraw("incident:17/card")
    await world.sandbox.settle()

    assert ["card: x (again)"] == world.texts()
    assert 1 == len(world.calls("chat.update"))
    assert isinstance(world.desk.outcome("incident:17/card"), Sent)


async def test_a_message_somebody_deleted_is_posted_anew(world: World):
    """A redraw of a message that is gone posts it again, once."""

    await world.deliver(effect("card", words={"text": "x"}))
    world.sandbox.workspace.channels[INCIDENTS].messages.clear()
    world.desk.redraw("incident:17/card")
    await world.sandbox.settle()

    assert ["card: x (again)"] == world.texts()
    assert DeliveryState.SENT is world.desk.state("incident:17/card")


async def test_a_redraw_in_an_archived_channel_stays_where_it_is(world: World):
    """What was said in a channel that is archived now is neither moved nor called dead."""

    await world.deliver(effect("card"))
    world.sandbox.workspace.channels[INCIDENTS].is_archived = True
    world.desk.redraw("incident:17/card")
    await world.sandbox.settle()

    assert DeliveryState.SENT is world.desk.state("incident:17/card")
    assert 1 == len(world.calls("chat.postMessage"))


async def test_an_archived_channel_sends_a_new_message_elsewhere(world: World):
    """A first message into an archived channel is permanent here."""

    world.desk.places["incidents"] = INCIDENTS
    world.sandbox.workspace.channels[INCIDENTS].is_archived = True
    await world.deliver(effect("update"))

    assert Elsewhere(error="is_archived") == world.desk.outcome("incident:17/update")


async def test_nothing_to_say_is_skipped_without_a_call(world: World):
    """A view that draws nothing costs no call."""

    await world.deliver(effect("nudge", view="nothing"))

    assert Skipped() == world.desk.outcome("incident:17/nudge")
    assert [] == world.sandbox.workspace.calls


async def test_a_reply_stands_in_its_thread(world: World):
    """A reply is posted under the message it belongs to."""

    await world.deliver(effect("headline"), effect("update", thread_of="incident:17/headline"))

    first, second = world.calls("chat.postMessage")
    parent = world.desk.rows["incident:17/headline"].delivery.sent
    assert "thread_ts" not in first
    assert parent is not None
    assert parent.ts == second["thread_ts"]


async def test_a_reply_whose_thread_is_gone_is_said_beside_it(world: World):
    """A thread somebody deleted does not swallow the reply."""

    await world.deliver(effect("headline"))
    world.sandbox.workspace.channels[INCIDENTS].messages.clear()
    await world.deliver(effect("update", view="update", thread_of="incident:17/headline"))

    assert ["update: "] == world.texts()


async def test_a_channel_is_made_under_its_own_name(world: World):
    """The incident's channel gets the name asked for; a private one is private."""

    await world.deliver(room("inc-17-private", private=True))

    made = world.desk.outcome("incident:17/channel")
    assert isinstance(made, ChannelMade)
    assert "inc-17-private" == made.name
    assert world.sandbox.workspace.channels[made.channel].is_private


async def test_a_name_somebody_else_took_gets_a_number(world: World):
    """When people hold the name, the channel is called -2, and theirs is left alone."""

    workspace = world.sandbox.workspace
    places.create(workspace, name="inc-17-checkout", creator=workspace.people[SAM], is_private=False)
    await world.deliver(room())

    made = world.desk.outcome("incident:17/channel")
    assert isinstance(made, ChannelMade)
    assert "inc-17-checkout-2" == made.name
    assert [] == world.violations()


async def test_an_old_channel_of_ours_is_not_taken_for_the_new_one(world: World):
    """A channel of the same name that we made before the intent belongs to another incident."""

    workspace = world.sandbox.workspace
    places.create(workspace, name="inc-17-checkout", creator=workspace.bot, is_private=False)
    await world.sandbox.advance("1h")
    await world.deliver(room())

    made = world.desk.outcome("incident:17/channel")
    assert isinstance(made, ChannelMade)
    assert "inc-17-checkout-2" == made.name


async def test_one_bad_id_does_not_lose_the_others(world: World):
    """An invitation with an id Slack does not know still brings everybody else in."""

    await world.deliver(room())
    people = ("U0NOBODY000", NOOR, world.sandbox.workspace.bot.id, SAM)
    await world.deliver(effect("invite", kind=EffectKind.INVITE, place=CHANNEL, people=people))

    assert world.desk.channel is not None
    members = world.sandbox.workspace.channels[world.desk.channel].members
    assert {NOOR, SAM} <= set(members)
    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/invite")


@pytest.mark.parametrize(
    ("error", "rest"),
    [("user_not_found", {NOOR, SAM}), ("cant_invite", {NOOR, SAM}), ("failed_for_some_users", {NOOR, SAM})],
)
async def test_a_refused_invitation_is_tried_without_whoever_is_to_blame(world: World, error, rest):
    """When Slack refuses an invitation whole and names nobody, it is split until the others are in."""

    await world.deliver(room())
    world.sandbox.faults.set({"error": {"method": "conversations.invite", "error": error}}, now=world.desk.now())
    await world.deliver(effect("invite", kind=EffectKind.INVITE, place=CHANNEL, people=(NOOR, SAM)))

    assert rest <= set(world.sandbox.workspace.channels[world.desk.channel or ""].members)


async def test_whoever_is_in_already_is_fine(world: World):
    """Inviting people who sit in the channel already is done, not refused."""

    await world.deliver(room())
    await world.deliver(effect("invite", kind=EffectKind.INVITE, place=CHANNEL, people=(NOOR,)))
    await world.deliver(effect("invite/2", kind=EffectKind.INVITE, place=CHANNEL, people=(NOOR,)))

    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/invite/2")


async def test_an_invitation_nobody_can_follow_is_dead(world: World):
    """When none of those invited exists, somebody is told."""

    await world.deliver(room())
    await world.deliver(effect("invite", kind=EffectKind.INVITE, place=CHANNEL, people=("U0NOBODY000",)))

    assert Dead(error="user_not_found") == world.desk.outcome("incident:17/invite")


async def test_the_card_is_pinned_once(world: World):
    """Pinning what is pinned already is fine."""

    pins = [effect(f"pin/{number}", kind=EffectKind.PIN, thread_of="incident:17/card") for number in range(2)]
    await world.deliver(effect("card"), *pins)

    assert 1 == len(world.sandbox.workspace.channels[INCIDENTS].pins)
    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/pin/1")


async def test_a_pin_without_its_message_is_skipped(world: World):
    """When the card was never said, there is nothing to pin."""

    await world.deliver(effect("card", view="nothing"), effect("pin", kind=EffectKind.PIN, needs=("incident:17/card",)))

    assert Skipped() == world.desk.outcome("incident:17/pin")


async def test_a_view_that_breaks_is_dead_after_nine_tries(world: World):
    """A mistake in a view is no endless loop: it is tried nine times, then somebody is told."""

    await world.deliver(effect("card", view="broken"), wait="1h")

    assert Dead(error="KeyError") == world.desk.outcome("incident:17/card")
    assert 9 == len(world.desk.outcomes)


async def test_a_press_may_settle_where_a_message_stands(world: World):
    """A row that learnt its place meanwhile is edited, not posted again."""

    await world.deliver(effect("other"))
    standing = world.desk.rows["incident:17/other"].delivery.sent
    world.desk.add(effect("card"))
    world.desk.set("incident:17/card", sent=standing)
    await world.sandbox.settle()

    assert isinstance(standing, At)
    assert 1 == len(world.calls("chat.update"))


async def test_an_invitation_is_one_call(world: World):
    """Slack is asked to go on past an id it does not know, so everybody is invited at once."""

    await world.deliver(room())
    people = ("U0NOBODY000", NOOR, SAM)
    await world.deliver(effect("invite", kind=EffectKind.INVITE, place=CHANNEL, people=people))

    assert [",".join(people)] == [call["users"] for call in world.calls("conversations.invite")]


async def test_one_listing_finds_every_named_place(world: World):
    """Rows for several places that ask at the same moment share one look-up."""

    await world.deliver(*(effect(place, place=place) for place in ("incidents", "leadership", "operators")))

    assert 1 == len(world.calls("users.conversations"))
    assert {"incidents", "leadership", "operators"} == set(world.desk.places)


@pytest.mark.parametrize("private", [False, True])
async def test_the_topic_is_written_when_it_changed(world: World, private):
    """The topic is the incident's; written once however often it is drawn, for Slack adds a line each time."""

    world.desk.picture = picture(private=private)
    await world.deliver(
        room(private=private), effect("topic", kind=EffectKind.TOPIC, place=CHANNEL, needs=(CHANNEL_ROW,))
    )
    world.desk.redraw("incident:17/topic")
    await world.sandbox.settle()

    (call,) = world.calls("conversations.setTopic")
    assert call["topic"].startswith("SEV-1 · INC-17 · ")
    assert private is ("Checkout" not in call["topic"])

    world.desk.picture = picture(private=private, status=Status.RESOLVED)
    world.desk.redraw("incident:17/topic")
    await world.sandbox.settle()

    assert 2 == len(world.calls("conversations.setTopic"))
