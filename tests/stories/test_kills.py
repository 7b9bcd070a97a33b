"""A bot that is killed at every turn: nothing is lost, nothing is said twice, nothing stays half-made."""

import asyncio
from collections import Counter

import pytest

from tests.stories.bot_process import FORKING
from tests.stories.company import WRITES
from tests.stories.lives import Life
from tests.stories.mortal import Fatal, lived

pytestmark = pytest.mark.lasting


EVERY_MOMENT = [
    pytest.param(moment, marks=pytest.mark.long, id=moment.name.lower())
    for moment in (Fatal.AFTER_WRITE, Fatal.BEFORE_WRITE, Fatal.AFTER_ACK)
]
ACTS = 6


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """The same life with a bot that nobody kills and a network that loses nothing."""
    FORKING.set_forkserver_preload(["tests.stories.bot_process"])
    return asyncio.run(lived(tmp_path_factory.mktemp("unkilled")))


def test_the_life_nobody_disturbs_is_whole(unkilled: Life) -> None:
    """Channel, topic, one pinned card, three announcements, reminders; every row once and every timer at its end."""

    topic, pins, members = unkilled.remains.rooms["inc-1-checkout-returns-500s"]

    assert "RESOLVED · INC-1 · Checkout returns 500s" == topic
    assert 1 == pins
    assert {"U0ADA000000", "U0NOOR00000"} <= set(members)
    top = Counter(channel for channel, _, kind in unkilled.remains.said if not kind)
    assert (1, 1, 1) == (top["incidents"], top["ml-incidents-sev1"], top["leadership"])
    assert {1} == set(unkilled.remains.marks.values())
    assert set() == {state for _, _, state in unkilled.remains.timers} - {"fired", "stopped", "superseded"}
    assert ([], True, True) == (
        unkilled.remains.undone,
        unkilled.remains.row_is_replay,
        unkilled.remains.audit_is_whole,
    )
    assert ["noor@example.com"] == [address for letter in unkilled.letters for address in letter.to]


async def test_a_bot_killed_at_each_kind_of_write_says_what_an_unkilled_one_says(tmp_path, unkilled) -> None:
    """SIGKILL after the first of each kind of write, its reply lost: Slack and the record end up exactly the same."""

    killed = await lived(tmp_path, fatal=Fatal.AFTER_WRITE, is_spared=True)

    assert unkilled.remains == killed.remains
    assert len(WRITES) - 2 <= killed.kills  # where two are on their way at once, one kill ends both
    assert_letters_only_double(unkilled, killed)
    assert [] == killed.violations


@pytest.mark.parametrize("fatal", EVERY_MOMENT)
async def test_a_bot_killed_again_and_again_says_what_an_unkilled_one_says(tmp_path, unkilled, fatal) -> None:
    """SIGKILL at every such moment of a whole life: Slack and the record end up exactly the same."""

    killed = await lived(tmp_path, fatal=fatal)

    assert unkilled.remains == killed.remains
    assert least_kills(fatal) <= killed.kills
    assert_letters_only_double(unkilled, killed)
    assert [] == killed.violations


@pytest.mark.parametrize("fatal", EVERY_MOMENT)
async def test_kills_and_lost_replies_together_change_nothing(tmp_path, unkilled, fatal) -> None:
    """The same with three replies in ten lost besides, pages' aside: only how late a thing is may show."""

    killed = await lived(tmp_path, fatal=fatal, drop_reply=0.3)

    assert unkilled.remains.without_spans() == killed.remains.without_spans()
    assert least_kills(fatal) <= killed.kills
    assert_letters_only_double(unkilled, killed)
    assert [] == killed.violations


def least_kills(fatal: Fatal) -> int:
    """Return how many kills there must have been: one for each act, or for most of the writes."""
    return ACTS if fatal is Fatal.AFTER_ACK else 20


def assert_letters_only_double(unkilled: Life, killed: Life) -> None:
    """No letter is missing; one in doubt may come again, and then carries the same short id."""
    assert {(letter.to, letter.subject) for letter in unkilled.letters} == {
        (letter.to, letter.subject) for letter in killed.letters
    }
