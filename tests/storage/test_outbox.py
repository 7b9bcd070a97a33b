"""The outbox: rows are claimed in order, once, with a lease, and redraws are never lost."""

from dataclasses import replace

import pytest

from bot.incident.reacting.effects import INCIDENTS, LEADERSHIP, EffectKind, dm
from bot.ports import Delivery, DeliveryState, Sent
from bot.words import Lane
from tests.storage.samples import MINUTE, SECOND, T0, effect

LEASE = 30.0
HERE = Sent(channel="C1", ts="1700000000.000100")


class _OopsError(Exception):
    pass


def claim(database, *, at=T0, limit=10, owner="one"):
    """Claim in a transaction of its own and return the deliveries."""
    with database.write() as unit:
        return list(unit.outbox.claim(now=at, lease=LEASE, limit=limit, owner=owner))


def claimed(database, **more):
    """Claim and return the ids alone."""
    return [delivery.effect.id for delivery in claim(database, **more)]


def add(database, *effects, at=T0):
    """Add `effects` in a transaction of its own."""
    with database.write() as unit:
        unit.outbox.add(effects, now=at)


def settle(database, outcome, *args, at=T0, **more):
    """Settle a row in a transaction of its own."""
    with database.write() as unit:
        return getattr(unit.outbox, outcome)(*args, now=at, **more)


def sent(database, name, *, to=HERE, rev=1, at=T0):
    """Settle a row as sent."""
    settle(database, "settle_sent", name, sent=to, rev=rev, at=at)


def get(database, name):
    """Return a row."""
    with database.read() as unit:
        return unit.outbox.get(name)


def test_an_effect_comes_back_as_it_went_in(database):
    """Every field of an effect survives the row."""

    whole = effect(
        "incident:1/card",
        kind=EffectKind.INVITE,
        lane=Lane.PAGE,
        place=dm("U0NOOR"),
        view="card",
        words={"text": "“quoted” <b>", "n": 3, "deep": [{"a": None}]},
        needs=("b", "a"),
        thread_of="c",
        people=("U2", "U1"),
        not_before=T0 + MINUTE,
    )

    add(database, whole, effect("bare", incident=None))

    assert Delivery(effect=whole, state=DeliveryState.PENDING, attempts=0) == get(database, "incident:1/card")
    assert effect("bare", incident=None) == get(database, "bare").effect


def test_a_known_id_is_left_as_it_is(database):
    """Adding the same id again changes nothing, neither in one call nor in two, nor brings back a dropped need."""

    add(database, effect("a", view="first", needs=("x",)), effect("a", view="second"))
    settle(database, "move", "a", place=INCIDENTS, drop_needs=True, drop_thread=False)
    add(database, effect("a", view="third", needs=("x",)))

    assert ("first", INCIDENTS, ()) == (
        get(database, "a").effect.view,
        get(database, "a").effect.place,
        get(database, "a").effect.needs,
    )
    assert ["a"] == claimed(database)


def test_rows_are_claimed_by_lane_and_then_by_age(database):
    """A page overtakes what is older, and within a lane the oldest goes first."""

    lanes = {"d": Lane.DIGEST, "u1": Lane.UPDATE, "p1": Lane.PAGE, "u2": Lane.UPDATE, "p2": Lane.PAGE, "a": Lane.ANSWER}
    add(database, *(effect(name, lane=lane) for name, lane in lanes.items()))

    assert ["p1", "p2", "a"] == claimed(database, limit=3)
    assert ["u1", "u2", "d"] == claimed(database)


def test_a_claim_writes_the_intent(database):
    """A claimed row is marked with its intent, and nobody else gets it while the lease runs."""

    add(database, effect("a"))

    first = claim(database, at=T0 + SECOND)

    expected = Delivery(effect=effect("a"), state=DeliveryState.INTENT, attempts=1, intent_at=T0 + SECOND, owner="one")
    assert [expected] == first
    assert expected == get(database, "a")
    assert [] == claimed(database, at=T0 + 2 * SECOND, owner="two")
    with database.read() as unit:
        assert (1, 0) == (unit.outbox.in_flight(), unit.outbox.sendable(now=T0 + 2 * SECOND))


def test_an_uncommitted_claim_never_happened(database):
    """A claim whose transaction fails leaves the row to be claimed."""

    add(database, effect("a"))

    def fail():
        with database.write() as unit:
            unit.outbox.claim(now=T0, lease=LEASE, limit=1, owner="one")
            raise _OopsError

    with pytest.raises(_OopsError):
        fail()

    assert ["a"] == claimed(database)


def test_a_lease_that_ran_out_leaves_doubt(database):
    """A dead process's row is taken over after the lease, in doubt since the first intent, however often."""

    add(database, effect("a"))
    claim(database, at=T0)

    assert [] == claimed(database, at=T0 + 29 * SECOND, owner="two")
    second = claim(database, at=T0 + 30 * SECOND, owner="two")
    third = claim(database, at=T0 + 60 * SECOND, owner="three")

    assert [(True, T0, 2)] == [(row.in_doubt, row.intent_at, row.attempts) for row in second]
    assert [(True, T0, 3)] == [(row.in_doubt, row.intent_at, row.attempts) for row in third]


def test_a_process_takes_over_what_others_left(database):
    """At the start on SQLite every other owner's intent is in doubt at once; one's own is not."""

    add(database, effect("a"), effect("b"))
    claim(database, limit=1, owner="dead")
    claim(database, limit=1, owner="me")

    with database.write() as unit:
        assert 1 == unit.outbox.take_over("me")

    assert [("a", True, T0)] == [
        (row.effect.id, row.in_doubt, row.intent_at) for row in claim(database, at=T0 + SECOND, owner="me")
    ]


def test_a_row_waits_for_its_retry(database):
    """A row put back comes again at its time, in doubt if the try may have succeeded; one held back is not counted."""

    add(database, effect("a"), effect("b"))
    claim(database)

    with database.write() as unit:
        unit.outbox.settle_retry("a", at=T0 + MINUTE, in_doubt=False, error="ratelimited", counted=False, now=T0)
        unit.outbox.settle_retry("b", at=T0 + 2 * MINUTE, in_doubt=True, error="timeout", counted=True, now=T0)

    with database.read() as unit:
        assert T0 + MINUTE == unit.outbox.next_due()
    assert [] == claimed(database, at=T0 + MINUTE - SECOND)
    first, second = claim(database, at=T0 + 2 * MINUTE)
    assert (False, 1, "ratelimited", T0 + 2 * MINUTE) == (first.in_doubt, first.attempts, first.error, first.intent_at)
    assert (True, 2, "timeout", T0) == (second.in_doubt, second.attempts, second.error, second.intent_at)


def retry_at(database, name, *, at, in_doubt):
    """Put a row back for later."""
    with database.write() as unit:
        unit.outbox.settle_retry(name, at=at, in_doubt=in_doubt, error="e", counted=True, now=T0)


def test_nothing_goes_before_its_time(database):
    """`not_before` holds a row back until then, and says when to wake."""

    add(database, effect("a", not_before=T0 + MINUTE))

    assert [] == claimed(database, at=T0 + MINUTE - SECOND)
    with database.read() as unit:
        assert T0 + MINUTE == unit.outbox.next_due()
    assert ["a"] == claimed(database, at=T0 + MINUTE)


def get_card(database):
    """Leave the card as it is."""
    return get(database, "card")


NEEDS_MET = {
    "pending": (get_card, False),
    "claimed": (lambda database: claim(database, limit=1), False),
    "sent": (lambda database: (claim(database, limit=1), sent(database, "card")), True),
    "skipped": (lambda database: (claim(database, limit=1), settle(database, "settle_skipped", "card")), True),
    "dead": (lambda database: settle(database, "settle_dead", "card", error="gone"), False),
}


@pytest.mark.parametrize("relation", ["needs", "thread_of"])
@pytest.mark.parametrize("state", NEEDS_MET)
def test_a_row_waits_for_what_it_needs(database, state, relation):
    """A row goes out once all it needs, and the message it replies to, was sent or skipped."""

    prepare, met = NEEDS_MET[state]
    waits = {"needs": ("card",)} if relation == "needs" else {"thread_of": "card"}
    add(database, effect("card", lane=Lane.DECLARE), effect("pin", **waits))
    prepare(database)

    assert met == ("pin" in claimed(database))


def test_a_row_waits_for_all_it_needs(database):
    """One need sent is not enough, and a need that nobody asked for is not met."""

    add(database, effect("a"), effect("both", needs=("a", "unheard of")))
    claim(database)
    sent(database, "a")

    assert [] == claimed(database)
    with database.read() as unit:
        assert unit.outbox.next_due() is None

    add(database, effect("unheard of"))
    assert ["unheard of"] == claimed(database)


def test_a_reply_knows_where_its_parent_stands(database):
    """A reply in a thread is claimed with the place of the message it replies to."""

    add(database, effect("card"), effect("reply", thread_of="card"))
    claim(database)
    sent(database, "card", to=HERE)

    assert [HERE] == [row.parent for row in claim(database)]


def test_a_redraw_of_what_was_sent_is_due(database):
    """A redraw raises what is wanted; the row comes again and knows where it stands, until that is sent."""

    add(database, effect("card"))
    claim(database)
    sent(database, "card")
    assert [] == claimed(database)

    settle(database, "redraw", ["card", "never asked for"], at=T0 + SECOND)

    (again,) = claim(database, at=T0 + SECOND)
    assert (DeliveryState.INTENT, 2, 1, HERE, False) == (
        again.state,
        again.wanted_rev,
        again.sent_rev,
        again.sent,
        again.in_doubt,
    )
    sent(database, "card", to=None, rev=2)
    assert [] == claimed(database, at=T0 + MINUTE)
    assert (HERE, 2) == (get(database, "card").sent, get(database, "card").sent_rev)


def test_a_redraw_asked_for_meanwhile_is_not_lost(database):
    """What is wanted while a row is being sent is sent after it, the newest once."""

    add(database, effect("card"))
    (first,) = claim(database)
    settle(database, "redraw", ["card"])
    settle(database, "redraw", ["card"])
    assert [] == claimed(database)

    sent(database, "card", rev=first.wanted_rev)
    (second,) = claim(database)
    sent(database, "card", to=None, rev=second.wanted_rev)

    assert (1, 3) == (first.wanted_rev, second.wanted_rev)
    assert [] == claimed(database)


def test_a_redraw_holds_nobody_up(database):
    """What needs a message that was sent once does not wait while that is drawn again."""

    add(database, effect("card"))
    claim(database)
    sent(database, "card")
    settle(database, "redraw", ["card"])
    claim(database)

    add(database, effect("pin", needs=("card",)))

    assert ["pin"] == claimed(database)


def test_a_late_answer_does_not_unsend(database):
    """A retry or a death reported for a row that was sent meanwhile changes nothing."""

    add(database, effect("a"))
    claim(database)
    sent(database, "a")
    retry_at(database, "a", at=T0, in_doubt=True)
    assert [] == list(settle(database, "settle_dead", "a", error="late"))
    settle(database, "settle_skipped", "a")

    assert DeliveryState.SENT == get(database, "a").state
    assert [] == claimed(database)


def test_an_older_revision_does_not_replace_a_newer(database):
    """Two settlements of the same row keep the newer revision."""

    add(database, effect("a"))
    settle(database, "redraw", ["a"])
    claim(database)
    sent(database, "a", rev=2)
    sent(database, "a", rev=1)

    assert 2 == get(database, "a").sent_rev


def test_a_death_names_who_waited(database):
    """The unsent rows that needed a dead one, or reply to it, are returned; the row is never claimed again."""

    add(
        database,
        effect("card"),
        effect("pin", needs=("card",)),
        effect("reply", thread_of="card"),
        effect("both", needs=("card",), thread_of="card"),
        effect("other"),
        effect("gone", needs=("card",)),
    )
    settle(database, "settle_dead", "gone", error="x")

    waiting = settle(database, "settle_dead", "card", error="is_archived")

    assert ["pin", "reply", "both"] == [row.effect.id for row in waiting]
    assert (DeliveryState.DEAD, "is_archived") == (get(database, "card").state, get(database, "card").error)
    assert ["other"] == claimed(database, at=T0 + MINUTE)


def test_nobody_waits_for_a_redraw_that_died(database):
    """A message that stands and only failed to be drawn again has no orphans."""

    add(database, effect("card"), effect("pin", needs=("card",)))
    claim(database)
    sent(database, "card")
    settle(database, "redraw", ["card"])
    claim(database, limit=1)

    assert [] == list(settle(database, "settle_dead", "card", error="edit_window_closed"))


@pytest.mark.parametrize("drop_needs", [False, True])
@pytest.mark.parametrize("drop_thread", [False, True])
def test_a_row_moves_to_its_next_place(database, drop_needs, drop_thread):
    """A moved row has its new place and fresh attempts, and waits only for what was not dropped."""

    add(database, effect("a", needs=("n",), thread_of="t"))

    settle(database, "move", "a", place=LEADERSHIP, drop_needs=drop_needs, drop_thread=drop_thread)

    needs, thread_of = (() if drop_needs else ("n",)), (None if drop_thread else "t")
    moved = replace(effect("a"), place=LEADERSHIP, needs=needs, thread_of=thread_of)
    assert Delivery(effect=moved, state=DeliveryState.PENDING, attempts=0, fallback=1) == get(database, "a")
    assert (drop_needs and drop_thread) == (["a"] == claimed(database))


def test_a_dead_row_can_be_brought_back(database):
    """An operator's retry makes a dead row sendable again."""

    add(database, effect("a"))
    settle(database, "settle_dead", "a", error="x")
    retry_at(database, "a", at=T0, in_doubt=False)

    assert ["a"] == claimed(database)


def test_a_message_is_found_where_it_stands(database):
    """A row is found by its channel and ts, and by its state."""

    add(database, effect("a"), effect("b"))
    claim(database, limit=1)
    sent(database, "a", to=HERE)

    with database.read() as unit:
        assert "a" == unit.outbox.at(HERE).effect.id
        assert unit.outbox.at(Sent(channel="C1", ts="1")) is None
        assert unit.outbox.get("c") is None
        assert ["a", "b"] == [
            row.effect.id for row in unit.outbox.listing(states=[DeliveryState.SENT, DeliveryState.PENDING])
        ]
        assert ["b"] == [row.effect.id for row in unit.outbox.listing(states=[DeliveryState.PENDING])]
        assert 1 == unit.outbox.sendable(now=T0)


def test_the_next_wake_is_the_end_of_a_lease(database):
    """While everything is in flight the next wake is when the first lease ends."""

    add(database, effect("a"))
    claim(database, at=T0)

    with database.read() as unit:
        assert T0 + LEASE * SECOND == unit.outbox.next_due()


def test_claims_at_the_same_time_share_the_rows(database, kind):
    """On PostgreSQL a claim passes over rows that another holds, and no row is claimed twice."""

    if kind == "sqlite":
        pytest.skip("SQLite has one writer")
    add(database, *(effect(f"e{n}") for n in range(4)))

    with database.write() as one:
        first = one.outbox.claim(now=T0, lease=LEASE, limit=2, owner="one")
        with database.write() as two:
            second = two.outbox.claim(now=T0, lease=LEASE, limit=9, owner="two")

    assert (["e0", "e1"], ["e2", "e3"]) == ([row.effect.id for row in first], [row.effect.id for row in second])
