"""The ladders: who is told what and when, if people do everything right, and if nobody does anything."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.model import RoleHolding
from bot.incident.reacting.effects import PlaceKind, dm
from bot.incident.reacting.reactions import react
from bot.incident.rules.pages import named_page, page_ref
from bot.policy.model import PageStep
from bot.words import Role, Severity
from tests.incident.life import (
    ADA,
    HOUR,
    LENA,
    MIA,
    MINUTE,
    NOOR,
    PEOPLE,
    SAM,
    SECOND,
    START,
    ZOE,
    Life,
    person,
    rota_of,
)

SEV1, SEV2, SEV3, SEV4 = Severity


def outside(life: Life) -> list[tuple[float, object]]:
    """Return the pages that left Slack: the minute, and whom they call."""
    return [(life.minute(at), one.words["person"]) for at, one in life.said if one.place.kind is PlaceKind.OUTSIDE]


def early(told: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return what was said in minutes 0 to 15."""
    return [one for one in told if one[0] <= 15]


def test_nobody_does_anything_for_15_minutes(sev1):
    """A SEV-1 nobody answers posts five messages and tells each person three things at most (calm budget)."""

    sev1.wait(15 * MINUTE)

    assert [(0.0, "card"), (3.0, "clocks"), (5.0, "clocks"), (10.0, "nobody"), (15.0, "clocks")] == sev1.in_channel()
    assert [(0.0, "page"), (3.0, "soon"), (12.0, "update.soon")] == sev1.dms(NOOR)
    assert [(2.0, NOOR)] == outside(sev1)
    assert ([(3.0, "page")], [(5.0, "page")], []) == (sev1.dms(SAM), sev1.dms(MIA), sev1.dms(LENA))
    assert [(1.0, "headline"), (5.0, "clocks")] == sev1.told(PlaceKind.LEADERSHIP)


def test_people_do_everything_right(sev1):
    """Acknowledged, updated and mitigated in time, a SEV-1 posts four messages and reminds nobody (calm budget)."""

    sev1.wait(100 * SECOND)
    sev1.does(c.Acknowledge())
    sev1.wait_until(sev1.it.declared.at + 10 * MINUTE)
    sev1.does(c.PostUpdate(now="Rolling back."))
    sev1.wait(4 * MINUTE)
    sev1.does(c.Mitigate(words="Rolled back."))
    sev1.wait(MINUTE)

    assert ["card", "line.acknowledged", "update", "mitigated"] == [view for _, view in sev1.in_channel()]
    assert ["page", "duties"] == [view for _, view in sev1.dms(NOOR)]
    assert [] == [*sev1.dms(SAM), *sev1.dms(MIA), *outside(sev1)]
    assert [] == sev1.happened(e.ClockMissed)


CALM = [
    (SEV1, True, 4, 5),
    (SEV2, True, 4, 5),
    (SEV3, True, 2, 2),
    (SEV4, True, 2, 2),
    (SEV1, False, 5, 6),
    (SEV2, False, 5, 6),
    (SEV3, False, 1, 1),
    (SEV4, False, 1, 1),
]


@pytest.mark.parametrize(("severity", "people_act", "posts", "ceiling"), CALM)
def test_the_calm_budget(life, severity, people_act, posts, ceiling):
    """In minutes 0 to 15 no severity goes over its ceiling, whether people act or not."""

    life.declare(severity).wait(MINUTE)
    if people_act:
        life.does(c.Acknowledge())
        life.wait(9 * MINUTE)
    if people_act and severity in {SEV1, SEV2}:
        life.does(c.PostUpdate(now="Rolling back."))
        life.does(c.Mitigate(words="Rolled back."))
    life.wait_until(life.it.declared.at + 15 * MINUTE)

    assert posts == len(life.in_channel()) <= ceiling
    assert all(len(life.dms(who)) <= 3 for who in PEOPLE)
    assert all(len({minute for minute, _ in life.dms(who)}) == len(life.dms(who)) for who in PEOPLE)


def test_nobody_does_anything_for_a_day(sev1):
    """Chased up its ladder twice, a missing update backs off to one line an hour; the record goes on (U5)."""

    sev1.wait(24 * HOUR)
    posts = [(minute, view) for minute, view in sev1.in_channel() if minute > 15]

    assert [
        (24.0, "clocks"),
        (25.0, "update.climbed"),
        (30.0, "clocks"),
        (40.0, "update.climbed"),
        (40.0, "nobody_further"),
        (45.0, "clocks"),
        (75.0, "clocks"),
        (135.0, "clocks"),
        (192.0, "clocks"),
        (195.0, "clocks"),
        (240.0, "clocks"),
        (255.0, "clocks"),
    ] == posts[:12]
    assert [(315.0 + 60 * hour, "clocks") for hour in range(19)] == posts[12:]
    assert [15.0 * count for count in range(1, 97)] == sev1.happened(e.UpdateMissed)


def test_who_hears_in_a_day(sev1):
    """Over a day each person hears of their own duty only."""

    sev1.wait(24 * HOUR)

    late = [(20.0, "update.late"), (35.0, "update.late")]
    assert [*early(sev1.dms(NOOR)), late[0], (24.0, "soon"), late[1], (192.0, "soon")] == sev1.dms(NOOR)
    assert [(3.0, "page")] == sev1.dms(SAM)
    assert [(5.0, "page"), (25.0, "update.contact"), (30.0, "called"), (40.0, "update.contact")] == sev1.dms(MIA)
    assert [(30.0, "called")] == sev1.dms(LENA)
    assert [] == [*sev1.dms(ADA), *sev1.dms(ZOE)]


def test_a_day_is_replayed(sev1):
    """Replaying a day's events gives the incident."""

    assert sev1.wait(24 * HOUR).is_replayed()


LADDERS = [
    (SEV1, [(0.0, NOOR, 1), (2.0, NOOR, 2), (3.0, SAM, 1), (5.0, MIA, 1)], [10.0]),
    (SEV2, [(0.0, NOOR, 1), (5.0, NOOR, 2), (8.0, SAM, 1), (15.0, MIA, 1)], [30.0]),
    (SEV3, [(0.0, NOOR, 1)], []),
    (SEV4, [(0.0, NOOR, 1)], []),
]


@pytest.mark.parametrize(("severity", "paged", "nobody"), LADDERS)
def test_the_paging_ladder(life, severity, paged, nobody):
    """Each rung pages its person by their way at its minute; then it is said that nobody answered (P2)."""

    life.declare(severity).wait(HOUR)

    assert paged == [(life.minute(page.at), page.person, page.way) for page in life.it.pages]
    assert nobody == life.happened(e.NobodyAnswered)


def test_an_acknowledgement_stops_paging(sev1):
    """From the moment somebody acknowledged, nobody else is paged and nobody is said to be missing."""

    sev1.wait(4 * MINUTE)
    sev1.does(c.Acknowledge(), SAM)
    sev1.wait(HOUR)

    assert [NOOR, NOOR, SAM] == [page.person for page in sev1.it.pages]
    assert [] == sev1.effects("nobody")


def test_a_rung_nobody_stands_on(policy):
    """A rung without a person is passed by, and the next is climbed at its own minute."""

    life = Life(policy=policy, rota=rota_of(policy, without=(SAM,))).declare().wait(6 * MINUTE)

    assert [(0.0, NOOR), (2.0, NOOR), (5.0, MIA)] == [(life.minute(page.at), page.person) for page in life.it.pages]
    assert [3.0] == life.happened(e.LadderSkipped)


def test_a_way_a_person_does_not_have(policy, rota):
    """A rung that asks for a way its person does not have is passed by."""

    rules = replace(policy.rules(SEV1), pages=(PageStep(after=0 * MINUTE, contact="primary", way=3),))
    odd = replace(policy, severities={**policy.severities, SEV1: rules})
    life = Life(policy=odd, rota=rota).declare().wait(MINUTE)

    assert ((), [0.0]) == (life.it.pages, life.happened(e.LadderSkipped))


def test_what_a_page_says(sev1):
    """A page names who follows and from when, and who has not answered before; later ones amend the earlier."""

    sev1.wait(5 * MINUTE)
    pages = sev1.effects("page")

    assert [(0, NOOR, "primary", 1, 2, [], [SAM, "2026-11-21T14:03:00+00:00"])] == [
        (one["step"], one["person"], one["contact"], one["way"], one["ways"], one["before"], one["then"])
        for one in [pages[0].words]
    ]
    assert [[], [], [NOOR], [NOOR, SAM]] == [one.words["before"] for one in pages]
    assert [SAM, SAM, MIA] == [one.words["then"][0] for one in pages[:3]]
    assert pages[3].words["then"] is None
    assert "mailto:noor@example.com" == pages[1].words["url"]
    assert "incident:42/page/0" in sev1.redrawn


def test_what_left_slack_is_not_drawn_again(sev1):
    """An e-mail is sent once: no redraw sends it again."""

    sev1.wait(5 * MINUTE)
    sev1.does(c.PassOnPage())
    sev1.does(c.Acknowledge(), SAM)

    assert {"incident:42/page/0", "incident:42/page/2", "incident:42/page/3"} == {
        one for one in sev1.redrawn if "/page/" in one
    }


def test_an_e_mail_does_not_amend_an_e_mail(policy, rota):
    """When a second way follows a second way, what left Slack stays as it is."""

    steps = tuple(PageStep(after=after * MINUTE, contact="primary", way=2) for after in (0, 2))
    rules = replace(policy.rules(SEV1), pages=steps)
    odd = replace(policy, severities={**policy.severities, SEV1: rules})
    life = Life(policy=odd, rota=rota).declare().wait(3 * MINUTE)

    assert [(0.0, NOOR), (2.0, NOOR)] == outside(life)
    assert [] == [one for one in life.redrawn if "/page/" in one]


def test_a_page_to_somebody_policy_does_not_know(life):
    """A commander policy does not know is paged by DM, their one way."""

    life.declare()
    context = life.context(person(ADA))
    _, told = react(life.it, (named_page(life.it, ZOE, context),), context)
    [page] = [one for one in told.effects if one.view == "page"]

    assert (1, 1, "commander", -1) == (page.words["way"], page.words["ways"], page.words["contact"], page.words["step"])
    assert dm(ZOE) == page.place


def test_short_ids_do_not_collide():
    """The short ids on the pages of one incident are different, and each the same whenever it is asked."""

    ladders = [[page_ref(number, step) for step in range(-1, 12)] for number in range(1, 2000)]

    assert all(len(set(refs)) == len(refs) for refs in ladders)
    assert "p-AEFV" == page_ref(42, 0)


OUTAGES = [
    pytest.param(4 * MINUTE, [(0.0, "page"), (4.0, "soon")], [(4.0, SAM)], id="the secondary's rung"),
    pytest.param(6 * MINUTE, [(0.0, "page")], [(6.0, MIA)], id="the contact's rung"),
]


@pytest.mark.parametrize(("span", "noor", "paged"), OUTAGES)
def test_pages_after_an_outage(sev1, span, noor, paged):
    """After an outage only the latest rung is paged; stale pages are not replayed."""

    sev1.outage(span)

    assert noor == sev1.dms(NOOR)
    assert paged == [(sev1.minute(page.at), page.person) for page in sev1.it.pages[1:]]


UPDATE_OUTAGES = [
    pytest.param(16, ["clocks"], [], [], id="the nudge"),
    pytest.param(21, [], ["update.late"], [], id="the commander's rung"),
    pytest.param(26, ["update.climbed"], [], ["update.contact"], id="the contact's rung"),
    pytest.param(36, ["update.climbed"], [], ["update.contact"], id="a second ladder begun: still the highest rung"),
]


@pytest.mark.parametrize(("until", "channel", "commander", "contact"), UPDATE_OUTAGES)
def test_the_update_ladder_after_an_outage(sev1, until, channel, commander, contact):
    """After an outage only the highest rung of the update ladder speaks; every miss is on the record (U5)."""

    sev1.does(c.TakeCommand())
    sev1.does(c.Mitigate(words="Rolled back."))
    sev1.wait(11 * MINUTE)
    posted, told = len(sev1.in_channel()), len(sev1.dms(NOOR))
    sev1.outage((until - 11) * MINUTE)

    assert channel == [view for _, view in sev1.in_channel()[posted:]]
    assert commander == [view for _, view in sev1.dms(NOOR)[told:] if view != "roles.missing"]
    assert contact == [view for _, view in sev1.dms(MIA)]
    assert until // 15 == len(sev1.happened(e.UpdateMissed))


def test_a_warning_overtaken_by_the_miss(sev1):
    """After an outage a clock that was missed is not also due soon."""

    sev1.outage(6 * MINUTE)
    said = sev1.effects("clocks")[0]

    assert ([], 2) == (said.words["soon"], len(said.words["missed"]))
    assert [] == sev1.effects("soon")
    assert [6.0, 6.0] == sev1.happened(e.ClockDueSoon)


def test_nobody_to_chase(policy):
    """When neither commander nor contact is there, the channel alone hears that the update is late."""

    life = Life(policy=policy, rota=rota_of(policy, without=PEOPLE)).declare().wait(26 * MINUTE)

    assert [(25.0, "update.climbed")] == life.in_channel()[-1:]
    assert {0.0} == {minute for minute, view in life.told(PlaceKind.CHANNEL) if view == "card"}
    assert [] == [one for _, one in life.said if one.place.kind is PlaceKind.DM]


def test_the_acknowledger_is_chased_when_nobody_commands(sev1):
    """Without a commander, whoever acknowledged hears that clocks and the update are due soon."""

    sev1.does(c.Acknowledge(), SAM)
    sev1.does(c.GiveBackCommand())
    sev1.wait(13 * MINUTE)

    assert [(3.0, "soon"), (12.0, "update.soon")] == sev1.dms(SAM)


def test_the_deputy_hears_of_a_late_update(life):
    """Five minutes late, commander and deputy hear it, each in a message of their own."""

    life.declare().does(c.TakeCommand())
    deputy = RoleHolding(role=Role.DEPUTY, person=ZOE, since=START, named_by=NOOR)
    life.changed(roles=(deputy,)).wait(20 * MINUTE)

    assert [NOOR, ZOE] == [one.place.key for one in life.effects("update.late")]


def test_nobody_is_said_once(sev1):
    """That nobody answered is said once, and drawn again when somebody does."""

    sev1.wait(2 * HOUR)
    sev1.does(c.Acknowledge(), SAM)

    assert [(10.0, "nobody")] == [one for one in sev1.in_channel() if one[1] == "nobody"]
    assert "incident:42/nobody" in sev1.redrawn


def test_a_nudge_after_a_snooze_is_a_new_message(sev1):
    """The nudge that ends a snooze is not taken for the one sent before it, nor is the ladder that follows.

    The warning of a minute after waits for its turn.
    """

    sev1.does(c.TakeCommand())
    sev1.wait(20 * MINUTE + SECOND)
    sev1.does(c.SnoozeUpdates(until=sev1.now + 3 * MINUTE, why="waiting for the vendor"))
    sev1.wait(9 * MINUTE)

    assert [15.0, 23 + 1 / 60, 24 + 1 / 60] == pytest.approx(
        [minute for minute, view in sev1.in_channel() if view == "clocks"]
    )
    assert [20.0, 28 + 1 / 60] == pytest.approx([minute for minute, view in sev1.dms(NOOR) if view == "update.late"])


def test_a_later_rung_of_who_passed_on(policy, rota):
    """Somebody who cannot take it is passed by on every later rung that is theirs."""

    contacts = ("primary", "secondary", "primary")
    steps = tuple(PageStep(after=2 * at * MINUTE, contact=contact, way=1) for at, contact in enumerate(contacts))
    rules = replace(policy.rules(SEV1), pages=steps)
    life = Life(policy=replace(policy, severities={**policy.severities, SEV1: rules}), rota=rota).declare()
    life.does(c.PassOnPage())
    life.wait(5 * MINUTE)

    assert [NOOR, SAM] == [page.person for page in life.it.pages]
    assert [4.0] == life.happened(e.LadderSkipped)


def test_a_snooze_that_ends_after_nudges_backed_off(life):
    """After more than two misses in a row the end of a snooze speaks once and climbs no ladder."""

    life.declare(SEV2).does(c.TakeCommand())
    life.wait(46 * MINUTE)
    before = life.happened(e.UpdateLadderClimbed)
    life.does(c.SnoozeUpdates(until=life.now + 2 * MINUTE, why="waiting for the vendor"))
    life.wait(20 * MINUTE)

    assert [20.0, 25.0, 35.0, 40.0] == before == life.happened(e.UpdateLadderClimbed)
    assert (48.0, "clocks") in life.in_channel()
