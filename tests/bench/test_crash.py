"""The crash bench: a fault that was planted is found, and a failpoint nobody armed does nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from bench.crash import Loss, compared, measure
from bench.crashing import Plant
from bot.failpoints import Failpoints
from sandbox.mailbox import Letter
from tests.stories.lives import Life, Remains

WHOLE = Life(
    remains=Remains(
        said=Counter({("incidents", "SEV-1 declared.", ""): 1}),
        marks=Counter({"incident:1/card": 1}),
        rooms={},
        timers=[("mitigate.due", "2026-11-20T14:30:00+00:00", "fired")],
        record=["Declared"],
        undone=[],
        row_is_replay=True,
        audit_is_whole=True,
    ),
    letters=[],
)


def test_a_failpoint_nobody_armed_does_nothing():
    """Reaching one is free, until a bench says what happens there."""
    points = Failpoints()
    reached: list[str] = []

    points.reach("ask, before its commit")
    points.strike = reached.append
    points.reach("ask, after its commit")

    assert ["ask, after its commit"] == reached


@pytest.mark.parametrize(
    ("change", "loss"),
    [
        ({}, Loss(lost=0, doubled=0, again=0)),
        ({"marks": Counter({"incident:1/card": 2})}, Loss(lost=0, doubled=1, again=0)),
        ({"marks": Counter({"incident:1/v3/card": 1})}, Loss(lost=0, doubled=0, again=0)),
        ({"said": Counter()}, Loss(lost=1, doubled=0, again=0)),
        ({"record": []}, Loss(lost=1, doubled=0, again=0)),
        ({"record": ["Declared", "Declared"]}, Loss(lost=0, doubled=1, again=0)),
        ({"record": ["LadderSkipped", "Declared"]}, Loss(lost=0, doubled=0, again=0)),
        ({"undone": ["incident:1/topic"]}, Loss(lost=0, doubled=1, again=0)),
        ({"row_is_replay": False}, Loss(lost=1, doubled=1, again=0)),
    ],
    ids=[
        "nothing",
        "said twice",
        "said after another event",
        "not said",
        "not recorded",
        "recorded twice",
        "a step brought forward",
        "left undone",
        "row and record differ",
    ],
)
def test_what_differs_is_counted(change, loss):
    """What is missing is lost, what is there besides is doubled."""

    assert loss == compared(WHOLE, replace(WHOLE, remains=replace(WHOLE.remains, **change)))


@pytest.mark.parametrize(("let_go", "lost"), [(0, 1), (1, 0)])
def test_a_page_that_was_answered_before_it_left_is_not_lost(let_go, lost):
    """A letter that is missing counts, unless its row was settled as not needed any more."""
    letter = Letter(sender="tocsin@example.com", to=("noor@example.com",), subject="Page: SEV-1 INC-1", text="")
    paged = replace(WHOLE, letters=[letter])

    assert lost == compared(paged, replace(WHOLE, remains=replace(WHOLE.remains, let_go=let_go))).lost


@pytest.mark.long
@pytest.mark.parametrize("plant", list(Plant))
async def test_a_planted_fault_is_found(plant):
    """A bot that marks before it sends, or goes by the wall's clock, fails the bench."""

    figures = await measure(True, plant)

    assert figures["ok"] is False
