"""Limits that are tighter than Slack's, held by what is drawn when everything is there and everything is long."""

from dataclasses import replace

import pytest

from tests.views.answer_cases import answer_cases, form_cases
from tests.views.cases import fresh, standing_cases
from tests.views.pictures import HANDLES, LONG, at, declare
from tests.views.reminder_cases import asking_cases
from tests.views.slack_limits import buttons_in
from views.answers import answer
from views.buttons import LABELS
from views.forms import form
from views.kit import LONGEST_HEADER, LONGEST_TITLE, cut

FORMS = form_cases()
LAST = 99999
CASES = {
    f"{file}: {name}": case
    for file, cases in {**standing_cases(), **asking_cases()}.items()
    for name, case in cases.items()
}


def numbered(picture):
    """Return the picture of the incident with the longest number there is to be."""
    return replace(picture, incident=replace(picture.incident, number=LAST))


@pytest.mark.parametrize("name", [name for name in FORMS if name.startswith("form.declare")])
def test_the_form_that_declares_stays_short(name):
    """At most 14 blocks of 100, and 9 boxes of 10: it is filled in under 20 seconds."""

    view = form(FORMS[name], now=at(5))
    boxes = [len(b["element"]["options"]) for b in view["blocks"] if b.get("element", {}).get("type") == "checkboxes"]
    assert len(view["blocks"]) <= 14
    assert max(boxes, default=0) <= 9


def test_titles_and_buttons_of_a_form_fit_the_longest_number():
    """Title, submit and close have 24 characters, also for INC-99999."""

    found = []
    for name, one in FORMS.items():
        if one.picture:
            view = form(replace(one, picture=numbered(one.picture)), now=at(5))
            words = [view[key]["text"] for key in ("title", "submit", "close") if key in view]
            found += [(name, said) for said in words if len(said) > 24]
    assert [] == found


def test_every_input_has_a_label_and_a_hint():
    """Whoever cannot see the form hears what a field is for."""

    inputs = [
        (name, block) for name, one in FORMS.items() for block in form(one, now=at(5))["blocks"] if "element" in block
    ]
    assert inputs
    assert [] == [(name, block) for name, block in inputs if not (block["label"]["text"] and block["hint"]["text"])]


def test_every_button_is_told_apart_by_its_label():
    """Within a message no two buttons are read out alike, and each is known by its incident's number."""

    found = []
    for name, case in CASES.items():
        message = case.draw()
        labels = [one["accessibility_label"] for one in buttons_in(message.blocks)] if message else []
        found += [(name, labels)] if len(labels) != len(set(labels)) else []
        found += [(name, label) for label in labels if case.picture and "INC-" not in label]
    assert [] == found


def test_the_words_of_a_button_are_short():
    """24 characters, so that two stand side by side on a phone."""

    assert [] == [label for label in LABELS.values() if len(label) > 24]
    drawn = [answer(one, now=at(5)) for cases in answer_cases().values() for one in dict(cases).values()]
    assert [] == [one for message in drawn for one in buttons_in(message.blocks) if len(one["text"]["text"]) > 24]


def test_a_long_title_is_cut_at_a_word():
    """A title has 100 characters, a header 150 with its marks, and what was cut ends in an ellipsis."""

    title = cut(LONG, limit=LONGEST_TITLE)
    drawn = fresh("card", declare(title=LONG)).draw()
    assert drawn
    header = drawn.blocks[0]["text"]["text"]
    assert title.endswith("…")
    assert title[:-1] in LONG
    assert LONG[len(title) - 1] == " "
    assert len(title) <= LONGEST_TITLE
    assert header.endswith(title)
    assert len(header) <= LONGEST_HEADER


def test_a_handle_says_nothing():
    """What a button carries is 22 characters that mean nothing to anybody but Tocsin."""

    assert {22} == {len(handle) for handle in HANDLES.values()}
