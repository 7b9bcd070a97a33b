"""Every message looks as it was kept, and Slack would accept it."""

from dataclasses import asdict

import pytest

from bot.incident.reacting.effects import CHANNEL
from sandbox.blocks.surfaces import faults_in_blocks
from tests.views.asked_cases import asked_cases
from tests.views.authority_cases import authority_cases
from tests.views.cases import Case, standing_cases
from tests.views.exception_cases import exception_cases
from tests.views.handover_cases import handover_cases
from tests.views.people_cases import people_cases
from tests.views.pictures import at, declare
from tests.views.reminder_cases import asking_cases
from tests.views.seeing_cases import seeing_cases
from tests.views.sharing_cases import sharing_cases
from tests.views.slack_limits import faults_in_message
from tests.views.snapshots import kept
from tests.views.spool_cases import spool_cases
from tests.views.staffing_cases import staffing_cases
from tests.views.type_cases import type_cases
from views.messages import MESSAGES, WITH_BUTTONS, WITHOUT_PICTURE, draw

KEPT: dict[str, dict[str, Case]] = {
    **standing_cases(),
    **asking_cases(),
    **people_cases(),
    **seeing_cases(),
    **authority_cases(),
    **type_cases(),
    **asked_cases(),
    **exception_cases(),
    **sharing_cases(),
    **spool_cases(),
    "handover": dict(handover_cases()),
    "staffing": dict(staffing_cases()),
}
ALL = [pytest.param(case, id=f"{file}: {name}") for file, cases in KEPT.items() for name, case in cases.items()]


def picture_of_all(cases):
    """Return what each case draws, as it is kept."""
    drawn = {name: case.draw() for name, case in cases.items()}
    return {name: asdict(message) if message else None for name, message in drawn.items()}


@pytest.mark.parametrize("file", KEPT)
def test_messages_look_as_they_were_kept(file):
    """No message changes its looks unnoticed."""

    drawn = picture_of_all(KEPT[file])
    assert kept(file, drawn) == drawn


@pytest.mark.parametrize("case", ALL)
def test_slack_would_accept(case):
    """Every message keeps Slack's limits and Tocsin's tighter ones."""

    message = case.draw()
    assert [] == (faults_in_message(message) if message else [])


@pytest.mark.parametrize("case", ALL)
def test_the_sandbox_would_accept(case):
    """Every message passes the strict Slack of the sandbox, which shares no code with these limits."""

    message = case.draw()
    assert [] == (faults_in_blocks(message.blocks) if message else [])


def test_every_message_is_drawn_by_some_case():
    """No view is left without a snapshot."""

    assert {*MESSAGES, *WITHOUT_PICTURE, *WITH_BUTTONS} == {
        case.view for cases in KEPT.values() for case in cases.values()
    }


def test_a_message_about_an_incident_needs_its_picture():
    """What is unexpected rises."""

    with pytest.raises(ValueError, match="card needs a picture"):
        draw("card", None, {}, handles={}, now=at(0), first=True)
    with pytest.raises(KeyError):
        draw("nothing", declare().picture, {}, handles={}, now=at(0), first=True, place=CHANNEL)
