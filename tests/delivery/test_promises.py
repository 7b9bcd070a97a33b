"""Nothing is lost and nothing is doubled, whatever becomes of answers, limits, tokens and databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.incident.reacting.effects import EffectKind, dm
from bot.ports import DeliveryState
from bot.usecases.outcomes import ChannelMade, Dead, Elsewhere, Retry, Sent, Skipped, SystemDown
from bot.words import Lane
from tests.delivery.world import CHANNEL, INCIDENTS, NOOR, World, effect

POST = "chat.postMessage"


def fault(world: World, **faults: object) -> None:
    """Put faults in force."""
    world.sandbox.faults.set(faults, now=world.desk.now())


@pytest.mark.parametrize("place", ["incidents", str(dm(NOOR))])
async def test_a_cut_after_posting_is_not_doubled(world: World, place):
    """A message whose answer was lost is found by its metadata and not posted again."""

    fault(world, cut={"method": POST})
    await world.deliver(effect("update", place=place), wait="1m")

    assert 1 == len(world.calls(POST))
    assert 1 == len(world.calls("conversations.history"))
    assert DeliveryState.SENT is world.desk.state("incident:17/update")
    assert [] == world.violations()


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(world: World):
    """A reply in doubt is looked up among the replies, for the channel's history does not show it."""

    await world.deliver(effect("headline"))
    fault(world, cut={"method": POST})
    await world.deliver(effect("update", thread_of="incident:17/headline"), wait="1m")

    assert 2 == len(world.texts())
    assert 1 == len(world.calls("conversations.replies"))


async def test_a_reply_in_doubt_whose_thread_is_gone_is_looked_up_in_the_channel(world: World):
    """When the thread was deleted meanwhile, the reply may stand beside it, and is found there."""

    await world.deliver(effect("headline"))
    world.sandbox.workspace.channels[INCIDENTS].messages.clear()
    fault(world, cut={"method": POST})
    world.desk.add(effect("update", thread_of="incident:17/headline"))
    world.sandbox.faults.cuts[0].left = 2
    await world.deliver(wait="1m")

    assert 1 <= len(world.calls("conversations.history"))
    assert DeliveryState.SENT is world.desk.state("incident:17/update")
    assert ["card: "] == world.texts()


async def test_what_changed_while_in_doubt_is_drawn_again(world: World):
    """A message found after a lost answer may show an old picture, so a redraw asked for meanwhile still happens."""

    fault(world, cut={"method": POST})
    await world.deliver(effect("card"))
    row = world.desk.rows["incident:17/card"]
    world.desk.set("incident:17/card", wanted_rev=row.delivery.wanted_rev + 1)
    await world.sandbox.advance("1m")

    assert ["card:  (again)"] == world.texts()
    assert 1 == len(world.calls(POST))


async def test_an_edit_in_doubt_is_made_again(world: World):
    """A relay killed while it edited a message edits the same message again."""

    await world.deliver(effect("card"))
    world.desk.redraw("incident:17/card")
    world.desk.set("incident:17/card", state=DeliveryState.IN_DOUBT, intent_at=world.desk.now())
    await world.sandbox.settle()

    assert ["card:  (again)"] == world.texts()
    assert [1, 1] == [len(world.calls("conversations.history")), len(world.calls("chat.update"))]


async def test_a_message_that_never_arrived_is_posted_after_the_look_up(world: World):
    """An ambiguous refusal that did nothing is looked up, then posted."""

    fault(world, error={"method": POST, "error": "internal_error"})
    await world.deliver(effect("update"), wait="1m")

    assert ["card: "] == world.texts()
    assert [POST, "conversations.history", POST] == [
        call.method for call in world.sandbox.workspace.calls if call.method in {POST, "conversations.history"}
    ]


async def test_a_look_up_that_fails_leaves_the_doubt(world: World):
    """As long as Slack cannot be read, a message in doubt is not posted again."""

    fault(world, cut={"method": POST}, error={"method": "conversations.history", "status": 503, "times": 4})
    await world.deliver(effect("update"), wait="5m")

    assert 1 == len(world.calls(POST))
    assert 5 == len(world.calls("conversations.history"))
    assert DeliveryState.SENT is world.desk.state("incident:17/update")


async def test_a_channel_whose_answer_was_lost_is_found_again(world: World):
    """The incident's channel is made once, also when the answer to making it was lost."""

    fault(world, cut={"method": "conversations.create"})
    words = {"name": "inc-17-checkout", "private": False}
    await world.deliver(effect("channel", kind=EffectKind.OPEN_CHANNEL, place=CHANNEL, words=words), wait="1m")

    made = world.desk.outcome("incident:17/channel")
    assert isinstance(made, ChannelMade)
    assert "inc-17-checkout" == made.name
    assert 1 == len(world.calls("conversations.create"))


async def test_a_killed_relay_leaves_nothing_behind(world: World):
    """A relay killed between Slack's answer and its own note posts nothing twice."""

    kept = world.desk.settle

    posted = asyncio.Event()

    async def killed(row, outcome, /):
        posted.set()
        await asyncio.Event().wait()

    world.desk.settle = killed  # type: ignore[method-assign]
    world.desk.add(effect("update"))
    running = asyncio.create_task(world.relay.run())
    await posted.wait()
    running.cancel()
    world.desk.settle = kept  # type: ignore[method-assign]
    world.desk.crash()
    world.relay = world.new_relay()
    await world.deliver()

    assert ["card: "] == world.texts()
    assert DeliveryState.SENT is world.desk.state("incident:17/update")


@pytest.mark.parametrize("seed", range(4))
async def test_a_third_of_all_answers_lost_loses_and_doubles_nothing(world: World, seed):
    """With 30 % of Slack's answers lost, every message stands exactly once."""

    fault(world, drop_reply=0.3, seed=seed)
    channel = effect(
        "channel", kind=EffectKind.OPEN_CHANNEL, place=CHANNEL, words={"name": "inc-17-x", "private": False}
    )
    posts = [effect(f"say/{number}", view=f"say {number}", place=CHANNEL, needs=(channel.id,)) for number in range(8)]
    pages = [effect(f"page/{number}", view=f"page {number}", place=str(dm(NOOR))) for number in range(4)]
    await world.deliver(channel, *posts, *pages, wait="30m")

    rooms = [room for room in world.sandbox.workspace.channels.values() if room.name.startswith("inc-17-x")]
    assert 1 == len(rooms)
    assert sorted(f"say {number}: " for number in range(8)) == sorted(world.texts(rooms[0].id))
    assert sorted(f"page {number}: " for number in range(4)) == sorted(world.texts(world.desk.places[f"dm:{NOOR}"]))
    assert {DeliveryState.SENT} == {row.delivery.state for row in world.desk.rows.values()}
    assert [] == world.violations()


async def test_posts_to_one_channel_keep_to_one_a_second_and_to_their_order(world: World):
    """Twenty messages to one channel all arrive, in order, without one 429."""

    await world.deliver(*(effect(f"say/{number}", view=f"say {number}") for number in range(20)), wait="1m")

    assert [f"say {number}: " for number in range(20)] == world.texts()
    assert not [call for call in world.sandbox.workspace.calls if call.retry_after]
    assert 20 == len(world.calls(POST))


async def test_those_that_wait_are_not_woken_for_nothing(world: World):
    """Forty messages to one channel are each put off about once, not once a second all together."""

    await world.deliver(*(effect(f"say/{number}") for number in range(40)), wait="1m")

    assert 40 == len(world.texts())
    assert 90 > len(world.desk.outcomes)


async def test_a_later_message_does_not_overtake_those_that_wait(world: World):
    """What is committed while others wait for their turn goes after them."""

    await world.deliver(*(effect(f"say/{number}", view=f"say {number}") for number in range(8)))
    await world.sandbox.advance(1.5)
    await world.deliver(effect("say/late", view="late"), wait="1m")

    assert [*(f"say {number}: " for number in range(8)), "late: "] == world.texts()


async def test_a_429_is_obeyed(world: World):
    """After a 429 nothing calls that method until Retry-After has passed, in any channel."""

    await world.sandbox.fault({"rate_limits": {POST: 3}})
    await world.deliver(
        *(effect(f"page/{one}", place=place) for one in range(3) for place in ["incidents", "operators"])
    )
    await world.deliver(
        *(effect(f"{place}/{one}", place=place) for one in range(4) for place in ["incidents", "operators"]),
        wait="10m",
    )

    assert [call for call in world.sandbox.workspace.calls if call.retry_after]
    assert [] == world.violations()
    assert {DeliveryState.SENT} == {row.delivery.state for row in world.desk.rows.values()}


async def test_a_429_costs_no_try(world: World):
    """Being limited is no failed try: a message limited twelve times still goes."""

    fault(world, error={"method": POST, "error": "ratelimited", "times": 12, "retry_after": 30})
    await world.deliver(effect("update"), wait="15m")

    assert 13 == len(world.calls(POST))
    assert 1 == world.desk.rows["incident:17/update"].delivery.attempts


async def test_an_outage_of_two_hours_loses_nothing(world: World):
    """What was committed while Slack was down arrives when it is back, once."""

    fault(world, slack_down="2h")
    world.desk.places["incidents"] = INCIDENTS
    await world.deliver(effect("update"), effect("page/0", place=str(dm(NOOR)), lane=Lane.PAGE), wait="3h")

    assert {DeliveryState.SENT} == {row.delivery.state for row in world.desk.rows.values()}
    assert ["card: "] == world.texts()


async def test_an_error_nobody_knows_is_dead_at_once(world: World):
    """A refusal that is none of the known kinds is never retried blindly."""

    fault(world, error={"method": POST, "error": "metadata_too_large", "times": None})
    await world.deliver(effect("update"), wait="5m")

    assert Dead(error="metadata_too_large") == world.desk.outcome("incident:17/update")
    assert 1 == len(world.calls(POST))


async def test_a_doubt_where_we_may_no_longer_read_goes_elsewhere(world: World):
    """A message in doubt in a channel we were put out of goes on its way: better twice than not at all."""

    world.desk.places["incidents"] = INCIDENTS
    fault(world, error={"method": POST, "error": "internal_error"})
    await world.deliver(effect("update"))
    room = world.sandbox.workspace.channels[INCIDENTS]
    room.members.remove(world.sandbox.workspace.bot.id)
    await world.sandbox.advance("1m")

    assert Elsewhere(error="not_in_channel") == world.desk.outcome("incident:17/update")


async def test_lanes_keep_their_order(world: World):
    """What is urgent goes first: pages, declarations, answers, then the rest."""

    world.pace = type(world.pace)(workers=1, poll=30.0)
    world.relay = world.new_relay()
    order = [Lane.DIGEST, Lane.REMINDER, Lane.UPDATE, Lane.ANSWER, Lane.DECLARE, Lane.PAGE]
    places = ["incidents", "leadership", "operators", str(dm(NOOR))]
    rows = [
        effect(f"{lane}/{place}", view=f"{lane.value}", place=place, lane=lane) for lane in order for place in places
    ]
    await world.deliver(*rows)

    lanes = [call["text"].partition(":")[0] for call in world.calls(POST)]
    assert sorted(lanes) == lanes


async def test_a_row_that_waited_too_long_for_its_turn_is_given_back(world: World):
    """A row held nearly as long as its lease is claimed afresh, for another replica may have it by then."""

    world.pace = type(world.pace)(workers=1, poll=30.0)
    world.relay = world.new_relay()
    slow = timedelta(seconds=20)
    jumps = iter([slow])

    def dawdle(call, phase):
        if call.method == POST and phase == "after":
            world.sandbox.clock.jump_to(world.desk.now() + next(jumps, timedelta()))

    world.sandbox.on_call.append(dawdle)
    await world.deliver(effect("say/0", view="0"), effect("say/1", view="1"))

    assert ["0: ", "1: "] == world.texts()
    assert Retry(after=0.0, in_doubt=False, error="", counted=False) in [outcome for _, outcome in world.desk.outcomes]


async def test_a_private_answer_in_doubt_is_dropped(world: World):
    """A private answer that may have been shown is not shown again."""

    row = effect("answer", kind=EffectKind.RESPOND, place="asker", words={"url": "unused"})
    world.desk.add(row)
    world.desk.set(row.id, state=DeliveryState.IN_DOUBT)
    await world.deliver()

    assert Skipped() == world.desk.outcome(row.id)


async def test_a_revoked_token_stops_everything_but_the_pagers(world: World):
    """When Slack no longer knows us, one call a minute asks, and nothing is given up."""

    world.desk.places |= {"incidents": INCIDENTS}
    world.sandbox.workspace.revoked = True
    rows = [effect(f"say/{number}", view=f"say {number}") for number in range(3)]
    await world.deliver(*rows)
    tried = len(world.calls(POST))
    await world.deliver(effect("later"))

    assert "token_revoked" == world.relay.system_down
    assert isinstance(world.desk.outcome("incident:17/later"), SystemDown)
    assert tried == len(world.calls(POST))

    world.sandbox.workspace.revoked = False
    await world.sandbox.advance("3m")

    assert "" == world.relay.system_down
    assert {DeliveryState.SENT} == {row.delivery.state for row in world.desk.rows.values()}


async def test_a_doubt_survives_a_revoked_token(world: World):
    """A message in doubt when the token went is still looked up afterwards."""

    world.desk.places |= {"incidents": INCIDENTS}
    fault(world, cut={"method": POST})
    await world.deliver(effect("update"))
    world.sandbox.workspace.revoked = True
    await world.sandbox.advance("30s")
    world.sandbox.workspace.revoked = False
    await world.sandbox.advance("3m")

    assert ["card: "] == world.texts()
    assert DeliveryState.SENT is world.desk.state("incident:17/update")


async def test_a_database_that_is_away_does_not_end_the_relay(world: World):
    """A claim that fails is made again."""

    world.pace = type(world.pace)(poll=0.01)
    world.relay = world.new_relay()
    world.desk.broken = 3
    await world.deliver(effect("update"))

    assert ["card: "] == world.texts()


async def test_a_hanging_call_is_ambiguous(world: World):
    """A call Slack carried out and never answered ends after the relay's patience, and is looked up."""

    world.pace = type(world.pace)(poll=30.0, patience=0.2)
    world.relay = world.new_relay()
    fault(world, hang={"method": POST})
    await world.deliver(effect("update"), wait="1m")

    assert 1 == len(world.calls(POST))
    assert DeliveryState.SENT is world.desk.state("incident:17/update")


async def test_draining_gives_back_what_has_not_begun(world: World):
    """A relay that is told to stop finishes what it began and gives the rest back, uncounted."""

    world.pace = type(world.pace)(workers=1, poll=30.0)
    world.relay = world.new_relay()
    fault(world, latency_ms=50)
    rows = [effect(f"say/{number}", view=f"say {number}") for number in range(3)]
    world.desk.add(*rows)
    begun = asyncio.Event()
    world.sandbox.on_call.append(lambda *_: begun.set())
    running = asyncio.create_task(world.relay.run())
    await begun.wait()
    await world.relay.drain()
    await running

    assert 0 == world.relay.in_flight
    assert ["say 0: "] == world.texts()
    given = Retry(after=0.0, in_doubt=False, error="", counted=False)
    assert [given, given] == [world.desk.outcome(row.id) for row in rows[1:]]
    assert isinstance(world.desk.outcome(rows[0].id), Sent)
