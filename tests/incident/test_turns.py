"""Turns: what another severity, another title, a reopening, a merger and an end for good do to an incident."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.incident import commands as c
from bot.incident.clocks import Clock, clocks
from bot.incident.history import events as e
from bot.incident.history import turns as t
from bot.incident.model import ChannelRef, Incident, Seat
from bot.incident.naming import topic
from bot.incident.reacting.effects import PlaceKind
from bot.incident.rules.forms import refuse_form
from bot.incident.rules.merging import taking_in
from bot.incident.rules.pages import page_ref
from bot.words import Act, Classification, ClockKind, Severity, Status
from tests.incident.life import ADA, HOUR, IRIS, MIA, MINUTE, NOOR, SAM, SECOND, START, ZOE, Life, person, read

SEV1, SEV2, SEV3, SEV4 = Severity
WHY = "the retries hide it"
BACK = c.Reopen(why="the errors are back")
FIXED = c.Resolve(words="Pool limit raised.")


def clock(life: Life, kind: ClockKind) -> Clock:
    """Return the incident's clock of this kind."""
    return next(one for one in clocks(life.it, life.policy) if one.kind is kind)


def led(life: Life, severity: Severity = SEV2) -> Life:
    """Return an incident that Noor commands since minute 1."""
    life.declare(severity).wait(MINUTE).does(c.TakeCommand())
    return life


def to(severity: Severity, why: str = WHY) -> c.ChangeSeverity:
    """Return a change of severity."""
    return c.ChangeSeverity(severity=severity, why=why)


def due(life: Life) -> dict[str, datetime]:
    """Return when the clocks that still run fall due."""
    return {one.kind: one.due_at for one in clocks(life.it, life.policy) if one.is_running}


# Severity


def test_raised_clocks_count_from_the_start(life):
    """A SEV-2 that becomes SEV-1 after 12 min owes what a SEV-1 owed from the start, its updates from now on."""

    led(life).wait(11 * MINUTE).does(to(SEV1))

    expected = {"mitigate": START + 30 * MINUTE, "resolve": START + 4 * HOUR, "update": START + 15 * MINUTE}
    assert expected == due(life)
    assert START + 30 * MINUTE == life.armed["mitigate.due"]
    assert life.is_replayed()


def test_what_is_overdue_under_the_new_severity_is_missed_at_once(life):
    """After an hour a SEV-1 should have been mitigated: recorded and told in the same moment, both contacts called."""

    led(life).wait(59 * MINUTE)
    life.does(to(SEV1))

    assert [60.0] == life.happened(e.ClockMissed)
    assert START + 30 * MINUTE == life.it.missed[-1].due_at
    assert {MIA, "ULENA"} == {call.person for call in life.it.calls if call.clock is ClockKind.MITIGATE}
    assert not [kind for kind, at in life.armed.items() if at <= life.now]


def test_a_raised_alarm_pages_further_up_at_once(life):
    """Nobody acknowledged a SEV-3 for 6 min: as SEV-1 the ladder stands at its fourth rung, and speaks there."""

    life.declare(SEV3).wait(6 * MINUTE)
    life.does(c.ChangeSeverity(severity=SEV1), ADA)

    assert [NOOR, MIA] == [page.person for page in life.it.pages]


def test_lowering_forgives_nothing(life):
    """A mitigation missed as SEV-1 stays missed as SEV-2, at the time it was due."""

    led(life, SEV1).wait(39 * MINUTE)
    life.does(to(SEV2))
    mitigate = clock(life, ClockKind.MITIGATE)

    assert (START + 30 * MINUTE, START + 30 * MINUTE) == (mitigate.due_at, mitigate.missed_at)
    assert "mitigate.due" not in life.armed
    life.wait(2 * HOUR)
    assert 1 == len([mark for mark in life.it.missed if mark.kind is ClockKind.MITIGATE])


def test_a_clock_that_was_met_follows_no_change(life):
    """Acknowledged in 40 min as SEV-3 was in time, and stays so when it becomes SEV-1."""

    life.declare(SEV3).wait(40 * MINUTE).does(c.TakeCommand())
    life.does(to(SEV1))
    acknowledged = clock(life, ClockKind.ACKNOWLEDGE)

    assert (START + HOUR, None) == (acknowledged.due_at, acknowledged.missed_at)
    assert ClockKind.COMMANDER not in {one.kind for one in clocks(life.it, life.policy)}


def test_cadence_begins_and_ends_with_the_severity(life):
    """SEV-3 asks for no updates; SEV-1 does from now on; what was missed before still counts."""

    led(life, SEV1).wait(19 * MINUTE)
    missed = life.it.chased.missed
    life.does(to(SEV3))
    assert not [kind for kind in life.armed if kind.startswith("update")]

    life.now += 10 * MINUTE
    life.does(to(SEV1))
    assert (life.now + 15 * MINUTE, missed) == (life.it.chased.due_at, life.it.chased.missed)
    assert 1 == missed


def test_a_cadence_that_goes_on_keeps_its_promise(life):
    """From SEV-1 to SEV-2 the update that was promised is still due then."""

    led(life, SEV1).wait(5 * MINUTE)
    promised = life.it.chased.due_at
    life.does(to(SEV2))

    assert promised == life.it.chased.due_at


def test_four_changes_within_a_minute_are_one_message(life):
    """Changes of mind redraw the message; a minute later there is a new one."""

    led(life)
    for severity in (SEV1, SEV2, SEV3, SEV1):
        life.does(to(severity))
        life.now += 10 * SECOND
    told = [one for one in life.effects("severity") if one.place.kind is PlaceKind.CHANNEL]
    assert 1 == len(told)
    assert told[0].id in life.redrawn
    assert 4 == len(life.it.regrades)

    life.now += 30 * SECOND
    life.does(to(SEV2))
    assert 2 == len([one for one in life.effects("severity") if one.place.kind is PlaceKind.CHANNEL])


def test_the_broadcast_hears_when_it_becomes_and_when_it_stops_being_sev1(life):
    """Raised: a broadcast. Lowered: one reply under it, and the broadcast drawn again. Raised again: another reply."""

    led(life)
    heard = []
    for severity in (SEV1, SEV2, SEV1):
        life.now += 2 * MINUTE
        before = len(life.told(PlaceKind.BROADCAST, "sev1"))
        life.does(to(severity))
        heard.append([view for _, view in life.told(PlaceKind.BROADCAST, "sev1")[before:]])

    assert [["broadcast"], ["severity"], ["severity"]] == heard
    assert life.redrawn.count("incident:42/broadcast") >= 2
    assert {"incident:42/broadcast"} == {
        one.thread_of for one in life.effects("severity") if one.place.kind is PlaceKind.BROADCAST
    }


def test_leadership_hears_of_it_only_once_it_knows_the_incident(life):
    """Within the first minute a slip reaches nobody; later the change stands in its thread."""

    life.declare(SEV2).does(c.ChangeSeverity(severity=SEV1), ADA)
    assert [] == life.told(PlaceKind.LEADERSHIP)

    life.wait(2 * MINUTE).does(to(SEV2))
    assert "severity" in [view for _, view in life.told(PlaceKind.LEADERSHIP)]


def test_the_topic_is_rewritten(life):
    """The topic names the severity, so it is drawn again."""

    led(life).redrawn.clear()
    life.does(to(SEV1))

    assert "incident:42/topic" in life.redrawn
    assert topic(life.it).startswith("SEV-1 · INC-42")


WHO_MAY = [
    (SEV1, "", NOOR, None),
    (SEV1, "", ADA, None),
    (SEV1, "", ZOE, 4),
    (SEV3, WHY, NOOR, None),
    (SEV3, WHY, ADA, 6),
    (SEV3, "too loud", SAM, 25),
    (SEV2, WHY, NOOR, 17),
]


@pytest.mark.parametrize(("severity", "why", "by", "number"), WHO_MAY)
def test_who_may_change_it(life, severity, why, by, number):
    """Raising is for leaders and the declarer, lowering for leaders with a reason (no. 4, 6, 17, 25)."""

    decision = led(life).ask(to(severity, why), by)

    assert number == getattr(decision, "number", None)


def test_refusals_of_a_severity_word_for_word(life):
    """They say who can, and give the reason back."""

    led(life)
    lowering = life.refused(to(SEV3), IRIS)
    raising = life.refused(to(SEV1), IRIS)

    assert "Lowering a SEV-2 is for UNOOR or USAM. Say why you would, and it is put to them." == read(lowering.sentence)
    assert "Raising the severity of INC-42 is for UADA, UNOOR, USAM or UMIA." == read(raising.sentence)
    assert [WHY, WHY] == [lowering.kept, raising.kept]
    assert "INC-42 is SEV-2 already." == read(life.refused(to(SEV2)).sentence)


@pytest.mark.parametrize(("by", "number"), [(NOOR, None), (ADA, None), (ZOE, 4)])
def test_who_is_shown_the_form(life, by, number):
    """Better told before one has written than after."""

    refused = refuse_form(Act.CHANGE_SEVERITY, led(life).it, life.context(person(by)))

    assert number == (refused.number if refused else None)


# Reopening


def test_reopening_starts_the_clocks_again(life):
    """Two hours after, mitigation and resolution are due from the reopening; the commander commands as before."""

    led(life, SEV1).wait(10 * MINUTE).does(FIXED)
    life.now += 2 * HOUR
    life.does(BACK, ADA)

    now = life.now
    expected = {"mitigate": now + 30 * MINUTE, "resolve": now + 4 * HOUR, "update": now + 15 * MINUTE}
    assert expected == due(life)
    assert (Status.ACKNOWLEDGED, NOOR) == (life.it.status, life.it.commander)
    assert START + 5 * MINUTE == clock(life, ClockKind.ACKNOWLEDGE).due_at
    assert life.is_replayed()


def test_a_miss_of_before_is_no_miss_of_now(life):
    """What was missed the first time stays on the record, and the clock runs again all the same."""

    led(life, SEV1).wait(35 * MINUTE).does(FIXED)
    life.now += HOUR
    life.does(BACK)

    assert None is clock(life, ClockKind.MITIGATE).missed_at
    life.wait(31 * MINUTE)
    assert 2 == len([mark for mark in life.it.missed if mark.kind is ClockKind.MITIGATE])


def test_a_cancelled_alarm_that_was_real_pages_again(life):
    """Nobody had acknowledged it: it stands as declared, and the whole ladder runs anew under new ids."""

    life.declare(SEV1).wait(4 * MINUTE).does(c.Cancel(why="the test ran against production"), ADA)
    life.now += 10 * MINUTE
    again = life.now
    life.does(BACK, ADA)
    life.wait(11 * MINUTE)

    assert Status.DECLARED is life.it.status
    assert again + 5 * MINUTE == clock(life, ClockKind.ACKNOWLEDGE).due_at
    fresh = life.it.pages_now
    assert [NOOR, NOOR, SAM, MIA] == [page.person for page in fresh]
    assert [0, 2, 3, 5] == [(page.at - again) / MINUTE for page in fresh]
    assert len({page.ref for page in life.it.pages}) == len(life.it.pages)
    assert "incident:42/page/0/1" in {one.id for _, one in life.said}
    assert again + 10 * MINUTE == life.it.nobody_answered_at
    assert "incident:42/nobody/1" in {one.id for _, one in life.said}


def test_who_passed_the_first_page_on_is_asked_again(life):
    """A page of before says nothing about now."""

    life.declare(SEV1).does(c.PassOnPage())
    life.does(c.Cancel(why="the test ran against production"), ADA)
    life.now += HOUR
    life.does(BACK, ADA)

    assert NOOR == life.it.pages_now[0].person
    life.does(c.PassOnPage())
    assert "incident:42/page/0/1" in life.redrawn
    assert page_ref(42, 0) != page_ref(42, 0, again=1)


@pytest.mark.parametrize("leaves", [True, False])
def test_without_a_commander_somebody_is_called(life, leaves):
    """A commander who left the company, or a seat given back: the seat is empty and the on-call is paged."""

    led(life, SEV1).does(to(SEV2))
    if not leaves:
        life.gives_back()
    life.does(FIXED)
    life.gone = (NOOR,) if leaves else ()
    life.does(BACK, ADA)

    assert (None, Status.DECLARED, None) == (life.it.commander, life.it.status, life.it.acknowledged)
    assert [NOOR] == [page.person for page in life.it.pages_now]
    assert {"acknowledge", "commander"} <= set(due(life))


def test_what_asks_for_no_updates_asks_for_none_again(life):
    """A SEV-3 has no cadence after its reopening either."""

    led(life, SEV3).does(FIXED)
    life.does(BACK, ADA)

    assert None is life.it.cadence


def test_reopening_needs_words_and_something_to_reopen(life):
    """Any member may, with a reason (no. 25); what is open is open already (no. 17)."""

    led(life)
    assert "INC-42 is open already. Nothing was changed." == read(life.refused(BACK, ZOE).sentence)
    life.does(FIXED)
    assert 25 == life.refused(c.Reopen(why="oops"), ZOE).number
    assert life.does(BACK, ZOE)


def test_a_reopening_is_told_where_the_end_was_told(life):
    """Channel, broadcast and leadership hear it; pages, topic and calls are drawn again."""

    led(life, SEV1).does(FIXED)
    life.redrawn.clear()
    life.does(BACK, ADA)

    kinds = {one.place.kind for one in life.effects("reopened")}
    assert {PlaceKind.CHANNEL, PlaceKind.BROADCAST, PlaceKind.LEADERSHIP} == kinds
    assert {"incident:42/topic", "incident:42/card", "incident:42/page/0"} <= set(life.redrawn)


def test_leadership_does_not_hear_of_a_slip(life):
    """Cancelled and reopened within the first minute: leadership hears at its own time."""

    life.declare(SEV3).does(c.Cancel(why="the test ran against production"), ADA)
    life.does(BACK, ADA)

    assert [] == life.told(PlaceKind.LEADERSHIP)


# Retitling


@pytest.mark.parametrize(("by", "number"), [(NOOR, None), (ADA, None), (ZOE, 4)])
def test_who_may_retitle(life, by, number):
    """Leaders and the declarer give it a better name."""

    decision = led(life).ask(c.Retitle(title="Payments fail"), by)

    assert number == getattr(decision, "number", None)


def test_a_new_title_keeps_the_old_one_on_the_record(life):
    """Card, announcement and topic follow; the old title is in the event."""

    led(life).redrawn.clear()
    events = life.does(c.Retitle(title="  Payments \n fail "))

    assert [("Checkout returns 500s", "Payments fail")] == [
        (event.was, event.title) for event in events if isinstance(event, t.Retitled)
    ]
    assert "Payments fail" == life.it.title
    assert {"incident:42/card", "incident:42/announcement", "incident:42/topic"} <= set(life.redrawn)
    assert 17 == life.refused(c.Retitle(title="Payments fail")).number
    assert 41 == life.refused(c.Retitle(title="…")).number


# Closing


def test_closing_seals_the_record(life):
    """A leader closes what is resolved; the number of entries is said, this one included."""

    led(life).does(FIXED)
    assert 4 == life.refused(c.Close(), ZOE).number
    life.does(c.Close())

    assert (Status.CLOSED, NOOR) == (life.it.status, life.it.closed.by)
    assert len(life.events) == life.effects("closed")[0].words["entries"]
    assert life.does(BACK, ADA)
    assert None is life.it.closed


def test_what_is_not_resolved_cannot_close(life):
    """The refusal names what is missing, and offers it (no. 21)."""

    refused = led(life).refused(c.Close())

    assert (21, (Act.RESOLVE,)) == (refused.number, refused.offers)
    assert "INC-42 cannot close yet. Missing: its resolution." == read(refused.sentence)


def test_closed_already(life):
    """What is closed says by whom, and how it is opened again (no. 1)."""

    led(life).does(FIXED)
    life.does(c.Close())
    life.now += 2 * MINUTE

    refused = life.refused(c.Close())
    assert "INC-42 is already closed (UNOOR, 2 min ago). If it is back, reopen it." == read(refused.sentence)
    assert (Act.REOPEN,) == refused.offers


# Merging


def other(life: Life, **values: object) -> Incident:
    """Return INC-40, open, with a channel of its own."""
    room = ChannelRef(id="C40", name="inc-40-search-is-slow")
    return replace(life.it, number=40, channel=room, **values)  # type: ignore[arg-type]


def merging(life: Life, **values: object) -> Life:
    """Return an incident that Noor commands, about to be merged into INC-40."""
    led(life)
    life.other = other(life, **values)
    return life


def test_merging_asks_first(life):
    """Before people are moved it is asked; the answer does it (no. 59)."""

    asked = merging(life).refused(c.Merge(into=40))

    assert (59, (Act.MERGE,)) == (asked.number, asked.offers)
    assert "INC-42 ends and goes on as INC-40. Its 2 people are added there. Nothing was changed yet." == (
        read(asked.sentence)
    )
    alone = replace(life.it, pages=(), seat=None, acknowledged=None)
    life.incident = alone
    assert "Its 1 person is added there." in read(life.refused(c.Merge(into=40), SAM).sentence)


def test_a_merged_incident_is_over(life):
    """Its timers stop, its pages are drawn again, and it says where it goes on."""

    merging(life).wait(MINUTE)
    life.other = other(life)
    life.does(c.Merge(into=40, confirmed=True))

    assert {} == life.armed
    assert (Status.MERGED, 40, "C40") == (life.it.status, life.it.merged.into, life.it.merged.channel)
    assert "incident:42/page/0" in life.redrawn
    assert life.is_replayed()
    told = life.refused(c.PostUpdate(now="Rolling back."))
    assert "INC-42 was merged into INC-40 (UNOOR, 0 s ago). Go on there." == read(told.sentence)
    assert 1 == life.refused(BACK).number


@pytest.mark.parametrize("severity", [SEV1, SEV3])
def test_a_merger_is_told_where_the_incident_was_told(life, severity):
    """SEV-1 in its broadcast too; leadership only when it has heard of it; what had no cadence had none to end."""

    life.declare(severity).does(c.Acknowledge() if severity is SEV1 else c.AddNote(words="seen"))
    life.other = other(life)
    life.does(c.Merge(into=40, confirmed=True))

    places = {one.place.kind for one in life.effects("merged")}
    everywhere = {PlaceKind.CHANNEL, PlaceKind.BROADCAST, PlaceKind.LEADERSHIP}
    assert (everywhere if severity is SEV1 else {PlaceKind.CHANNEL}) == places


def test_a_private_incidents_channel_is_not_named(life):
    """Who reads this channel may not see that one's."""

    merging(life, classification=Classification.CONFIDENTIAL).does(c.Merge(into=40, confirmed=True))

    assert "" == life.it.merged.channel


MERGE_REFUSALS = [
    ({}, 42, NOOR, (23, "INC-42 cannot be merged into itself.")),
    ({"status": Status.CLOSED}, 40, NOOR, (23, "INC-40 is closed, so nothing can be merged into it. Reopen it first.")),
    ({"status": Status.MERGED}, 40, NOOR, (23, "INC-40 is merged, so nothing can be merged into it.")),
    ({}, 40, ZOE, (4, "Merging INC-42 is for UNOOR or USAM.")),
]


@pytest.mark.parametrize(("values", "into", "by", "refusal"), MERGE_REFUSALS)
def test_what_cannot_be_merged(life, values, into, by, refusal):
    """Into itself, into what has ended, or by anybody (no. 4, 23)."""

    refused = merging(life, **values).refused(c.Merge(into=into), by)

    assert refusal == (refused.number, read(refused.sentence))


def test_a_private_incident_is_not_merged_into_an_open_one(life):
    """Merging would show its title; the other way round works (no. 24)."""

    merging(life).changed(classification=Classification.CONFIDENTIAL)
    life.other = replace(other(life), classification=Classification.INTERNAL)

    refused = life.refused(c.Merge(into=40))
    assert 24 == refused.number
    assert "Merge INC-40 into INC-42 instead." in read(refused.sentence)


def test_what_may_not_be_seen_is_not_there(life):
    """An unknown number and a private incident one does not lead give the same answer (no. 8)."""

    merging(life, classification=Classification.CONFIDENTIAL, seat=None)
    life.changed(seat=Seat(person=ZOE, since=START, named_by=NOOR, answered_at=START))
    hidden = life.refused(c.Merge(into=40), ZOE)
    life.other = None

    assert hidden == life.refused(c.Merge(into=40), ZOE)
    assert 8 == hidden.number


def test_the_one_merged_into_takes_people_and_the_higher_severity(life, policy, rota):
    """Its people are invited, the line names where they come from, and the stricter severity holds."""

    gone = Life(policy=policy, rota=rota, number=43).declare(SEV1).it
    led(life).does(taking_in(gone))

    assert (SEV1, (43,)) == (life.it.severity, life.it.absorbed)
    assert ["merged_in", "severity"] == [view for _, view in life.in_channel()[-2:]]
    invited = [one.people for _, one in life.said if one.people]
    assert (ADA, NOOR) in invited
    assert life.is_replayed()


def test_a_milder_incident_changes_no_severity(life, policy, rota):
    """Merging a SEV-3 in leaves a SEV-2 as it is."""

    gone = Life(policy=policy, rota=rota, number=43).declare(SEV3).it
    led(life).does(taking_in(gone))

    assert SEV2 is life.it.severity
