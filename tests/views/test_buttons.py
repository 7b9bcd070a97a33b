"""Which buttons hang where: the next step first, one primary at most, each an opaque handle."""

import pytest

from bot.incident import commands as c
from bot.incident.reacting.effects import Words
from bot.incident.reading.controls import CONTROLS
from bot.words import Act, Status
from tests.views.cases import fresh
from tests.views.pictures import HANDLES, MIA, NOOR, declare, handles_for
from tests.views.slack_limits import buttons_in
from tests.views.stories import acknowledged, cancelled, changed, handed_round, mitigated, no_commander, resolved
from views.buttons import ACTION_IDS, LABELS, action_id, button, row
from views.card import draw_card
from views.messages import draw
from views.scene import Scene

A, T, E, U, M, R = (
    Act.ACKNOWLEDGE,
    Act.TAKE_COMMAND,
    Act.ESCALATE,
    Act.POST_UPDATE,
    Act.MITIGATE,
    Act.RESOLVE,
)
ON_CARD = {
    "declared": (declare, (A, T, E)),
    "acknowledged, nobody commands": (no_commander, (T, U, E)),
    "acknowledged, commander silent": (handed_round, (T, U, E)),
    "acknowledged": (acknowledged, (U, M, R, E)),
    "mitigated": (mitigated, (R, U, E)),
    "resolved": (resolved, (Act.CLOSE, Act.REOPEN)),
    "cancelled": (cancelled, (Act.REOPEN, Act.TIMELINE)),
    "closed": (lambda: changed(resolved(), status=Status.CLOSED), (Act.REOPEN, Act.TIMELINE)),
    "merged": (lambda: changed(acknowledged(), status=Status.MERGED), (Act.TIMELINE,)),
}


def acts_on(blocks):
    """Return the acts of the buttons drawn, in order."""
    return tuple(ACTION_IDS[one["action_id"]] for one in buttons_in(blocks))


@pytest.mark.parametrize(("make", "acts"), ON_CARD.values(), ids=ON_CARD)
def test_the_card_offers_the_next_step_first(make, acts):
    """The card's buttons follow its status; the first is primary, but for the way back from an end."""

    message = fresh("card", make()).draw()
    assert message
    assert acts == acts_on(message.blocks)
    primary = acts[0] not in {Act.REOPEN, Act.TIMELINE}
    assert ["primary"] * primary == [b["style"] for b in buttons_in(message.blocks) if "style" in b]


def test_every_act_has_a_label_and_an_id():
    """No act is without a button, and no two share one."""

    assert set(Act) == set(LABELS)
    assert len(Act) == len({action_id(act) for act in Act}) == len(set(LABELS.values()))
    assert [] == [label for label in LABELS.values() if len(label) > 24]


def test_a_button_says_whose_it_is_to_those_who_cannot_see_it():
    """Screen readers hear the label with the number."""

    drawn = button(Act.ACKNOWLEDGE, declare().picture, HANDLES)
    assert drawn
    assert "Acknowledge INC-42" == drawn["accessibility_label"]
    assert HANDLES[Act.ACKNOWLEDGE] == drawn["value"]


def test_a_button_without_a_handle_is_not_drawn():
    """Nothing that cannot be pressed is shown."""

    assert None is button(Act.ACKNOWLEDGE, declare().picture, {})
    assert [] == row(declare().picture, {}, *Act)


def test_a_severity_is_never_red():
    """Red is for what ends something."""

    styles = {act: (button(act, None, HANDLES, primary=True) or {}).get("style") for act in Act}
    assert {Act.CANCEL} == {act for act, style in styles.items() if style == "danger"}


@pytest.mark.parametrize("view", sorted({"card", "page", "clocks", "called", "nobody", "duties"}))
def test_only_acts_that_were_minted_are_drawn(view):
    """A view offers nothing beyond what handles are minted for."""

    for story in (declare(), acknowledged(), no_commander(), handed_round(), mitigated()):
        words: Words = {"person": NOOR, "contact": "primary", "missed": [], "named_by": MIA}
        everything = draw(view, story.picture, words, handles=HANDLES, now=story.now, first=False)
        minted = draw(view, story.picture, words, handles=handles_for(view), now=story.now, first=False)
        assert everything == minted
        assert set(acts_on(minted.blocks if minted else [])) <= set(CONTROLS[view])


@pytest.mark.parametrize(
    ("make", "asks"),
    [(declare, False), (handed_round, False), (no_commander, False), (acknowledged, True)],
)
def test_taking_a_held_seat_asks_first(make, asks):
    """A commander who answered is relieved only after a dialog that names them."""

    drawn = button(Act.TAKE_COMMAND, make().picture, HANDLES) or {}
    assert asks == ("confirm" in drawn)
    if asks:
        said = "Noor Haddad commands. Take over now? Noor is told at once."
        assert said == drawn["confirm"]["text"]["text"]


def test_passing_a_page_on_names_who_is_paged_instead():
    """The dialog says what happens next, also when the page was sent again."""

    story = declare()
    words = story.effect("page").words
    for later, first in ((story, True), (declare().clock(2), False)):
        message = draw("page", later.picture, words, handles=handles_for("page"), now=later.now, first=first)
        assert message
        dialogs = [one["confirm"]["text"]["text"] for one in buttons_in(message.blocks) if "confirm" in one]
        assert ["Sam Reyes is paged at once instead. Go on?"] == dialogs


def test_no_buttons_hang_in_threads_that_everybody_reads():
    """Leadership and broadcast read; what they may press, under the headline, only shows them more."""

    late = acknowledged().clock(15, 20, 25).does(NOOR, 26, c.PostNoChange())
    for effect in late.told:
        if effect.view and effect.place.kind in {"leadership", "incidents", "broadcast"}:
            message = draw(
                effect.view, late.picture, effect.words, handles=HANDLES, now=late.now, first=False, place=effect.place
            )
            shows = (Act.SUMMARY,) if effect.view == "headline" else ()
            assert shows == acts_on(message.blocks if message else [])


def test_the_card_is_drawn_within_ten_blocks():
    """The one true picture fits on a phone."""

    for make, _ in ON_CARD.values():
        story = make()
        scene = Scene(picture=story.picture, words={}, handles=HANDLES, now=story.now)
        assert len(draw_card(scene).blocks) <= 10
