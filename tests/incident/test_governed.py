"""What those who govern see: the Board, open exceptions, and which list a press opens."""

from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.reading.governed import Governed, ReadGoverned, next_end, open_exceptions
from bot.incident.reading.readings import Listing, ReadList, reading_of
from bot.policy.rota import board_of
from bot.words import Act, Status
from tests.incident.life import HOUR, LENA, NOOR, START, TOMAS

WHY = "no broadcast, customer embargo"


def test_the_board_governs(policy, rota):
    """Whom policy names to approve exceptions, as they are found in the workspace."""

    assert (LENA, TOMAS) == board_of(policy=policy, rota=rota)


def test_open_exceptions(sev1):
    """Those that hold, then those that wait; none of an incident that is over, or a test's."""

    sev1.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42"))
    sev1.does(c.TakeCommand())
    sev1.does(c.AskException(why=WHY, span=2 * HOUR))
    sev1.does(c.AskException(why=WHY, span=HOUR), LENA)
    sev1.does(c.AskException(why=WHY))
    found = open_exceptions([sev1.it])
    sev1.does(c.Cancel(why="the test ran against production"))

    assert [2, 1, 3] == [one.number for _, one in found]
    assert START + HOUR == next_end(found)
    assert [] == open_exceptions([sev1.it])
    assert [] == open_exceptions([sev1.changed(is_test=True, status=Status.DECLARED).it])


def test_no_end_to_come(sev1):
    """What waits ends nothing yet."""

    sev1.does(c.AskException(why=WHY, span=timedelta(hours=1)), NOOR)

    assert next_end(open_exceptions([sev1.it])) is None


@pytest.mark.parametrize(
    ("act", "words", "reading"),
    [
        (Act.MISSED_CLOCKS, {}, ReadGoverned(which=Governed.MISSED)),
        (Act.EXCEPTIONS, {}, ReadGoverned(which=Governed.EXCEPTIONS)),
        (Act.DENIED_ACTS, {}, ReadGoverned(which=Governed.DENIED)),
        (Act.NEXT_LISTED, {"governed": "denied_acts", "start": 6}, ReadGoverned(which=Governed.DENIED, start=6)),
        (Act.PREVIOUS_LISTED, {"governed": "exceptions", "start": 0}, ReadGoverned(which=Governed.EXCEPTIONS)),
        (Act.NEXT_LISTED, {"start": 6}, ReadList(which=Listing.OPEN, start=6)),
    ],
)
def test_which_list_a_press_opens(act, words, reading):
    """Each button of the section its own; turning a page stays in the list."""

    assert reading == reading_of(act, words)
