"""The links in pages over HTTP: what changes nothing, what anybody may try, and what is sent along."""

import os
import random
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases.page_links import LASTS
from bot.usecases.signing import PATH, LinkSigner
from handlers.people import member
from tests.web.conftest import Shopfront, ask
from web.answering import MOST_OF_A_LINK, MOST_OF_STRANGERS
from web.throttle import MOST_REMEMBERED, Throttle

KEY = b"k" * 32
ROUNDS = min(int(os.environ.get("TOCSIN_FUZZ", "400")), 5_000)


class Hours:
    """A clock that can be put on."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.ahead = timedelta(0)
        self._now = now

    def __call__(self) -> datetime:
        """The present moment."""
        return self._now() + self.ahead


@pytest.fixture
async def hours(front: Shopfront, client: AsyncWebClient) -> Hours:
    """The clock of this world, in which the people of the workspace are known."""
    users = await client.users_list()
    await front.desk.meet([member(user, home_team=front.desk.world.home_team) for user in users["members"]])
    hours = Hours(front.desk.world.now)
    front.desk.world.now = hours
    return hours


@pytest.fixture
def signer(front: Shopfront) -> LinkSigner:
    """What signs links in this world."""
    signer = LinkSigner(base="https://tocsin.example.com", key=KEY)
    front.desk.world.links = signer
    return signer


@pytest.fixture
async def link(front: Shopfront, signer: LinkSigner, hours: Hours) -> str:
    """The path of the link in Noor's page, which leaves by mail two minutes after the declaration."""
    await front.types("declare sev1 Checkout returns 500s")
    hours.ahead += timedelta(minutes=2)
    for number in await front.desk.due(limit=10):
        await front.desk.run_timers(number)
    jobs = await front.desk.claim(limit=100)
    return next(job.link for job in jobs if job.link).removeprefix("https://tocsin.example.com")


async def test_looking_changes_nothing(front, link):
    """Mail scanners open links; GET and HEAD do so as often as they like."""

    first = await front.get(link)
    again = await ask(front.site, "HEAD", link)

    assert (200, 200) == (first.status, again.status)
    assert b"Acknowledge INC-1" in first.body
    assert "declared" == (await front.desk.show(number=1)).incident.status


async def test_what_is_sent_along(front, link):
    """Nothing is stored, nobody is told where one came from, nothing is loaded or framed, no engine lists it."""

    headers = (await front.get(link)).headers

    assert "no-store" == headers["cache-control"]
    assert "no-referrer" == headers["referrer-policy"]
    assert "noindex" in headers["x-robots-tag"]
    assert "default-src 'none'; style-src 'sha256-" in headers["content-security-policy"]
    assert "form-action 'self'; frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["content-type"].startswith("text/html")


async def test_a_press_acknowledges_once(front, link):
    """The first press counts; the second says that it was used."""

    first, second = [await ask(front.site, "POST", link) for _ in range(2)]
    shown = await front.desk.show(number=1)

    assert (200, 410) == (first.status, second.status)
    assert b"You acknowledged INC-1." in first.body
    assert b"This link was used at" in second.body
    assert "acknowledged" == shown.incident.status


async def test_a_day_later_it_is_over(front, link, hours):
    """Whoever finds an old mail changes nothing."""

    hours.ahead += LASTS + timedelta(minutes=1)
    pressed = await ask(front.site, "POST", link)

    assert 410 == pressed.status
    assert b"This link has expired" in pressed.body
    assert "declared" == (await front.desk.show(number=1)).incident.status


async def test_unknown_and_forged_are_one(front, signer, link):
    """Signed for a handle nobody has, signed with another key, or no token at all: the same page, word for word."""

    nobody = signer.url("x" * 22).removeprefix(signer.base)
    forged = replace(signer, key=b"z" * 32).url(link.removeprefix(PATH)[:22]).removeprefix(signer.base)
    answers = [await ask(front.site, method, path) for path in (nobody, forged, PATH) for method in ("GET", "POST")]

    assert {404} == {one.status for one in answers}
    assert 1 == len({one.body for one in answers})
    assert "declared" == (await front.desk.show(number=1)).incident.status


async def test_the_handle_of_a_button_is_no_link(front, signer, link):
    """What a button in Slack carries opens nothing here, even signed."""

    with front.desk.write() as unit:
        token = unit.handles.of("incident:1/page/0")["acknowledge"]
    answered = await ask(front.site, "POST", signer.url(token).removeprefix(signer.base))

    assert 404 == answered.status


async def test_nothing_in_an_address_makes_it_fail(front, link, hours, logged):
    """Cut, doubled, in other letters, longer than anything: 4xx, and not one line of a failure in the log."""

    draw = random.Random(1729)
    letters = string.printable + "é\u202e\U0001f525"
    for _ in range(ROUNDS):
        token = list(link.removeprefix(PATH))
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(token) + 1)
            token[place : place + draw.randint(0, 3)] = [
                draw.choice(letters) for _ in range(draw.choice((0, 1, 2, 60)))
            ]
        path = f"{PATH}{''.join(token)}"
        if path == link:
            continue
        answered = await ask(front.site, draw.choice(("GET", "POST", "HEAD")), path)
        hours.ahead += timedelta(minutes=1)
        assert answered.status == 404, path

    assert [] == logged("request.failed")
    assert "declared" == (await front.desk.show(number=1)).incident.status


async def test_strangers_are_held_back_and_the_link_still_works(front, link):
    """Who tries addresses is told to wait; it costs the person who was paged nothing."""

    tries = [await front.get(f"{PATH}{'x' * 44}") for _ in range(MOST_OF_STRANGERS + 1)]
    mine = await front.get(link)

    assert [404] * MOST_OF_STRANGERS == [one.status for one in tries[:-1]]
    assert (429, "60") == (tries[-1].status, tries[-1].headers["retry-after"])
    assert 200 == mine.status


async def test_one_link_is_held_back_too(front, link, hours):
    """A loop on one link asks the database only so often; a minute later it works again."""

    statuses = [(await front.get(link)).status for _ in range(MOST_OF_A_LINK + 1)]
    hours.ahead += timedelta(minutes=1)

    assert [200] * MOST_OF_A_LINK + [429] == statuses
    assert 200 == (await front.get(link)).status


async def test_without_a_database_it_says_so(front, link):
    """Nothing is claimed to be done: 503, and when to try again."""

    def gone():
        raise OSError

    front.desk.write = gone
    pressed = await ask(front.site, "POST", link)

    assert (503, "60") == (pressed.status, pressed.headers["retry-after"])
    assert b"Nothing was changed." in pressed.body


async def test_without_a_public_address_there_are_no_links(front, hours):
    """Pages carry none, and what somebody makes up is answered as always."""

    front.desk.world.links = None
    await front.types("declare sev1 Checkout returns 500s")
    hours.ahead += timedelta(minutes=2)
    await front.desk.run_timers(1)
    jobs = await front.desk.claim(limit=100)

    assert {""} == {job.link for job in jobs}
    assert 404 == (await front.get(f"{PATH}{'x' * 44}")).status


def test_what_is_remembered_is_bounded(front):
    """However many ask, the first are forgotten first."""

    throttle = Throttle(most=1, within=LASTS, now=front.desk.now)
    for number in range(MOST_REMEMBERED + 1):
        throttle.wait(str(number))

    assert throttle.wait(str(MOST_REMEMBERED))
    assert not throttle.wait("0")
