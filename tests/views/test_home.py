"""Somebody's own page looks as it was kept, Slack would accept it, and it gives nothing away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.incident import commands as c
from bot.incident.reading.governed import Figures
from bot.incident.reading.oncall import Duty
from bot.incident.reading.week import Week
from bot.usecases.asked import Home, Part
from bot.usecases.excepting import ANSWERS
from bot.words import Act, Severity
from sandbox.blocks.surfaces import faults_in_view
from tests.views.exception_cases import approved
from tests.views.exception_cases import asked as exception_asked
from tests.views.pictures import HANDLES, LENA, LONG, NOOR, SAM, Story, declare
from tests.views.slack_limits import buttons_in
from tests.views.snapshots import kept
from tests.views.stories import acknowledged, changed, mitigated, no_commander
from views.buttons import ACTION_IDS
from views.home import draw_home

NUMBER = "+49 30 23125 100"
OWN = {act: HANDLES[act] for act in (Act.DECLARE, Act.HELP)}
TESTING = OWN | {Act.TEST_PAGE: HANDLES[Act.TEST_PAGE]}
PRIMARY = Duty(team="ML Platform", turns=("primary",), until=datetime(2026, 11, 23, 8, tzinfo=UTC))
BOTH = Duty(team="Data Platform", turns=("primary", "secondary"), until=None)


def page(*stories: Story, count: int | None = None, **more) -> Home:
    """The page of a member who may know of these incidents."""
    return Home(
        person=NOOR,
        is_member=True,
        emergency_number=NUMBER,
        handles=OWN,
        open=tuple(story.picture for story in stories),
        open_count=len(stories) if count is None else count,
        **more,
    )


def part(story: Story, *acts: Act) -> Part:
    """Somebody's part in an incident."""
    return Part(picture=story.picture, acts=acts, handles={act: HANDLES[act] for act in acts})


LISTS = {act: HANDLES[act] for act in (Act.MISSED_CLOCKS, Act.EXCEPTIONS, Act.DENIED_ACTS)}
SINCE = datetime(2026, 11, 3, 9, tzinfo=UTC)
FIGURES = Figures(
    missed=2,
    exceptions=1,
    ends=datetime(2026, 11, 24, 11, tzinfo=UTC),
    denied=1000,
    version="2.0.0",
    since=SINCE,
    overdue=(("raci.yaml", 6), ("roles.yaml", 1)),
    entries=1204,
)
NOTHING = Figures(missed=0, exceptions=0, ends=None, denied=0, version="2.0.0", since=SINCE, overdue=(), entries=1)
LEADS = (Act.POST_UPDATE, Act.MITIGATE, Act.RESOLVE, Act.HAND_OVER)
OFFER = c.OfferCommand(person=SAM, brief="State: rollback running.")


def pages() -> Iterator[tuple[str, Home]]:
    """Every page that draws differently."""
    yield "outsider", Home(person="U0GUS", emergency_number=NUMBER)
    yield "empty", page()
    yield "on call", replace(page(duties=(PRIMARY, BOTH)), handles=TESTING)
    yield "responder", page(declare(), acknowledged(Severity.SEV3), no_commander(), declare(channel=False))
    yield "commander", page(acknowledged(), commands=(part(acknowledged(), *LEADS),), duties=(PRIMARY,))
    on_time = acknowledged().does(NOOR, 5, c.PostUpdate(now="Rolling back."))
    yield "commander, updates kept", page(on_time, commands=(part(on_time, *LEADS),))
    mitigating = (Act.RESOLVE, Act.POST_UPDATE, Act.HAND_OVER)
    yield "commander, mitigated", page(mitigated(), commands=(part(mitigated(), *mitigating),))
    yield "commander, test", page(_test(), commands=(part(_test(), *LEADS, Act.PANEL),))
    asked = (
        part(acknowledged().does(NOOR, 10, OFFER), Act.ANSWER_OFFER),
        part(declare(), Act.TAKE_COMMAND),
        part(declare(), Act.ACKNOWLEDGE, Act.ON_IT),
        part(declare(), Act.ON_IT),
    )
    figures = Week(declared=4, resolved=3, in_time=7, acknowledged=8, longest=timedelta(minutes=72))
    yield "leader", page(declare(), week=figures)
    yield "leader, nothing", page(week=Week(declared=0, resolved=0, in_time=0, acknowledged=0, longest=None))
    yield "asked", page(declare(), asked=asked)
    for name, story in (("", exception_asked()), (", private", exception_asked(private=True))):
        yield f"asked for an exception{name}", replace(page(asked=(part(story, *ANSWERS),)), person=LENA)
    yield "asked for an exception, answered meanwhile", page(asked=(part(approved(), *ANSWERS),))
    yield "governance", replace(page(declare(), governance=FIGURES), handles=OWN | LISTS)
    yield "governance, nothing", replace(page(governance=NOTHING), handles=OWN | LISTS)
    yield "private", page(declare(private=True), declare(private=True).clock(5), no_clock_missed())
    yield "asked to confirm", page(asked=(part(declare(awaiting=True), Act.CONFIRM_SEVERITY),))
    yield "private, asked", page(asked=(part(declare(private=True), Act.TAKE_COMMAND),), commands=_private())
    yield "no clock runs", page(changed(declare(), missed=()), *[_timeless()])
    full = [declare(title=LONG)] * 12
    yield "full", page(*full, count=43, commands=(part(full[0], *LEADS),) * 5, asked=(asked[1],) * 5)


def no_clock_missed() -> Story:
    """A private incident in its second minute."""
    return declare(private=True).clock(2)


def _test() -> Story:
    return changed(acknowledged(), is_test=True)


def _private() -> tuple[Part, ...]:
    return (part(acknowledged(private=True), *LEADS),)


def _timeless() -> Story:
    done = declare().incident.declared
    return changed(declare(Severity.SEV4), acknowledged=done, resolved=done)


PAGES = dict(pages())
ALL = [pytest.param(home, id=name) for name, home in PAGES.items()]


def drawn(home):
    """The page's view."""
    return draw_home(home, now=declare().now)


def test_pages_look_as_they_were_kept():
    """No page changes its looks unnoticed."""
    shown = {name: drawn(home) for name, home in PAGES.items()}

    assert kept("home", shown) == shown


@pytest.mark.parametrize("home", ALL)
def test_slack_would_accept_every_page(home):
    """Every page passes the strict Slack of the sandbox, with at most 90 blocks and one primary button a row."""
    view = drawn(home)

    assert [] == faults_in_view(view)
    assert 90 >= len(view["blocks"])
    assert all(1 >= sum("style" in button for button in buttons_in([block])) for block in view["blocks"])


def test_a_private_incident_gives_away_its_number_only():
    """Title, people and channel of a private incident are on nobody's page, not even its commander's."""

    for name in ("private", "private, asked"):
        shown = str(drawn(PAGES[name]))
        assert "INC-42" in shown
        assert [] == [word for word in ("Checkout", "Noor", "Ada", "C0INC42", "inc-42-private") if word in shown]


def test_who_is_no_member_sees_where_to_turn_and_nothing_else():
    """No incident, no button: a sentence and the emergency number."""
    shown = drawn(replace(PAGES["responder"], is_member=False))

    assert [] == buttons_in(shown["blocks"])
    assert "Checkout" not in str(shown)
    assert NUMBER in str(shown)


def test_a_long_list_says_how_many_more_there_are():
    """Twelve are drawn, the rest is counted."""

    assert "31 more: /incident list" in str(drawn(PAGES["full"]))


def test_every_button_of_a_page_is_one_somebody_listens_to():
    """Buttons carry known ids and opaque handles."""
    every = [button for home in PAGES.values() for button in buttons_in(drawn(home)["blocks"])]

    assert {button["action_id"] for button in every} <= set(ACTION_IDS)
    assert {button["value"] for button in every} <= set(HANDLES.values())
