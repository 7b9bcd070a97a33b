"""Standing by: a slip is held until the last of its pages was tried, and what cannot be read stops nobody."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.incident.commands import Declare, Spooled
from bot.incident.reacting.effects import Effect, EffectKind, dm
from bot.ports import StoreAwayError
from bot.usecases import outcomes as o
from bot.usecases.asked import Principal
from bot.usecases.spooling import Slip
from bot.words import ActorKind, Lane
from delivery.spool import Spool
from delivery.standby import Standby

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def page(person):
    """One page of a slip, as a direct message."""
    return Effect(
        id=f"spool:1/{person}", kind=EffectKind.POST, lane=Lane.PAGE, incident=None, place=dm(person),
        view="page.spooled",
    )  # fmt: skip


SLIP = Slip(
    ref="D-3F7K",
    key="slash:1",
    at=START,
    who=Principal(kind=ActorKind.PERSON, id="U0ADA"),
    command=Declare(title="Checkout returns 500s", spooled=Spooled(ref="D-3F7K", at=START)),
    pages=(page("U0NOOR"), page("U0SAM")),
)


class AwayDesk:
    """A desk whose database does not answer."""

    is_away = True

    def now(self):
        """The present."""
        return START

    async def last_known(self):
        """Nothing."""
        raise StoreAwayError("gone")

    async def enter(self, _slip, _sent):
        """Nothing."""
        raise StoreAwayError("gone")

    async def try_it(self):
        """Nothing."""
        raise StoreAwayError("gone")


async def never(_):
    """Nothing is sent."""
    raise AssertionError


@pytest.fixture
def spool(tmp_path):
    """A spool with one slip."""
    spool = Spool(tmp_path / "spool")
    spool.keep(SLIP)
    return spool


async def test_a_page_that_fails_ends_no_other(spool):
    """Its slip is worked on, and held, until the other one was tried as well; what became of that is on the disk."""
    failed, ended, busy = asyncio.Event(), asyncio.Event(), []

    async def carry(job):
        if job.delivery.effect.id == SLIP.pages[0].id:
            failed.set()
            raise OSError
        await failed.wait()
        await asyncio.to_thread(int)
        busy.append(standby.in_flight)
        return o.Sent(at=None, rev=1)

    def jitter():
        ended.set()
        return 0.0

    standby = Standby(desk=AwayDesk(), spool=spool, carry=carry, jitter=jitter)
    await standby.turn()
    await ended.wait()
    (kept,) = spool.all()

    assert ([1], 0) == (busy, standby.in_flight)
    assert [False, True] == [kept.stand(one.id).is_sent for one in SLIP.pages]


def test_what_this_version_cannot_read_stops_no_start(spool):
    """Nobody is known then, and alarms are written down all the same."""
    spool.remember(b"{}")
    standby = Standby(desk=AwayDesk(), spool=spool, carry=never, jitter=float)
    standby.recall()

    assert (None, "") == (standby.known, standby.emergency_number)
