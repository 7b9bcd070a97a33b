"""Every private answer and every form looks as it was kept, and Slack would accept it."""

from dataclasses import asdict, replace

import pytest

from bot.usecases.answering import _VIEWS
from sandbox.blocks.surfaces import faults_in_blocks, faults_in_view
from tests.views.answer_cases import answer_cases, form_cases, said
from tests.views.pictures import HANDLES, at, declare
from tests.views.slack_limits import faults_in_message, faults_in_modal
from tests.views.snapshots import kept
from views.answers import ANSWERS, answer
from views.forms import ACTS, form
from views.handover_forms import words_of

NOW = at(5)
KEPT = answer_cases()
FORMS = form_cases()
ALL = [pytest.param(one, id=f"{file}: {name}") for file, cases in KEPT.items() for name, one in cases.items()]
EVERY_FORM = [pytest.param(one, id=name) for name, one in FORMS.items()]


@pytest.mark.parametrize("file", KEPT)
def test_answers_look_as_they_were_kept(file):
    """No answer changes its looks unnoticed."""

    drawn = {name: asdict(answer(one, now=NOW)) for name, one in KEPT[file].items()}
    assert kept(file, drawn) == drawn


def test_forms_look_as_they_were_kept():
    """No form changes its looks unnoticed."""

    drawn = {name: form(one, now=NOW) for name, one in FORMS.items()}
    assert kept("forms", drawn) == drawn


@pytest.mark.parametrize("one", ALL)
def test_slack_would_accept_every_answer(one):
    """Every answer keeps Slack's limits, Tocsin's tighter ones, and passes the sandbox."""

    message = answer(one, now=NOW)
    assert [] == faults_in_message(message)
    assert [] == faults_in_blocks(message.blocks)


@pytest.mark.parametrize("one", EVERY_FORM)
def test_slack_would_accept_every_form(one):
    """Every form keeps Slack's limits, Tocsin's tighter ones, and passes the sandbox."""

    view = form(one, now=NOW)
    assert [] == faults_in_modal(view)
    assert [] == faults_in_view(view)


@pytest.mark.parametrize("view", sorted(_VIEWS.values()))
def test_everything_the_use_cases_answer_is_drawn(view):
    """Every answer a use-case names has a picture, and a case that draws it."""

    assert view in ANSWERS
    assert any(one.view == view for cases in KEPT.values() for one in cases.values())


@pytest.mark.parametrize(("view", "act"), ACTS.items())
def test_a_form_carries_the_handle_of_its_act_and_nothing_else(view, act):
    """The private metadata of a form is an opaque handle."""

    drawn = form(said(view, declare(), {}, act), now=NOW)
    assert HANDLES[act] == drawn["private_metadata"]
    assert view == drawn["callback_id"]


@pytest.mark.parametrize("name", [name for name, one in FORMS.items() if "refused" in name or "declared" in name])
def test_a_form_that_asks_nothing_carries_no_handle(name):
    """What cannot be submitted has nothing to submit."""

    drawn = form(FORMS[name], now=NOW)
    assert "" == drawn["private_metadata"]
    assert "submit" not in drawn


@pytest.mark.parametrize("view", ["acknowledged", "declared"])
def test_an_answer_about_an_incident_needs_its_picture(view):
    """What is unexpected rises."""

    with pytest.raises(ValueError, match=f"{view} needs a picture"):
        answer(said(view), now=NOW)


def test_a_form_about_an_incident_needs_its_picture():
    """What is unexpected rises."""

    with pytest.raises(ValueError, match="needs a picture"):
        form(said("form.update"), now=NOW)
    with pytest.raises(KeyError):
        form(said("form.nothing", declare()), now=NOW)
    with pytest.raises(KeyError):
        answer(said("nothing", declare()), now=NOW)


def test_what_was_scrubbed_is_said_below_every_answer():
    """People learn that something was taken out of their words."""

    sentence = "1 e-mail address was removed before posting."
    for cases in KEPT.values():
        for one in cases.values():
            drawn = answer(replace(one, words={**one.words, "removed": sentence}), now=NOW)
            assert sentence == drawn.blocks[-1]["elements"][0]["text"]


def test_a_form_drawn_again_keeps_what_was_filled_in():
    """What stood in the fields is what the form is drawn from."""

    filled = {"to_whom": "U0SAM", "span": "until", "brief": "Rolling back", "watch": "", "until_when": "1"}
    assert {"person": "U0SAM", "span": "until", "brief": "Rolling back", "watch": ""} == words_of(filled)
