"""The outermost boundary: ack after commit, no failure unanswered, one id for the person and the log."""

import asyncio
import re
from contextlib import contextmanager

import pytest

from bot.usecases.asked import Answer
from handlers.boundary import Boundary, Request, error_id
from tests.handlers.conftest import said

REQUEST = Request(key="slash:1", actor="U0ADA", verb="ack")
TOKEN = "xoxb-" + "123456789012-123456789012-" + "abcdefghijklmnopqrstuvwx"
ID = re.compile(r"E-[2-9A-HJ-NP-Z]{5}")


class Lost(Exception):
    """A connection that went while it was used."""

    connection_invalidated = True


def broken():
    """A unit of work that cannot be opened."""
    message = f"disk is full, token {TOKEN}"
    raise OSError(message)


async def refuse_to_commit(office):
    """Make every transaction fail at its very end."""
    real = office.desk.write

    @contextmanager
    def failing():
        with real() as unit:
            yield unit
            message = "cannot commit"
            raise OSError(message)

    office.desk.write = failing


async def test_slack_hears_ok_only_after_the_commit(office):
    """When the commit fails the answer is not the promised one, and nothing was changed."""
    await refuse_to_commit(office)

    answer = await office.types("ada", "declare sev1 Checkout returns 500s")

    assert "INC-1" not in said(answer)
    assert "nothing was changed" in said(answer)
    assert [] == office.incidents()


async def test_an_unexpected_failure_has_an_id_that_is_in_the_log(office, logged):
    """Abuse case 53: the sentence names the error by an id, and nothing of the failure itself; the log has both."""
    office.desk.write = broken

    answer = await office.types("ada", "declare sev1 Checkout returns 500s")

    (line,) = logged("request.failed")
    assert line["error_id"] in ID.findall(said(answer))
    assert "disk is full" in line["exception"]
    assert "xoxb" not in line["exception"]
    assert "disk" not in said(answer)


async def test_what_failed_names_the_telephone_of_policy(office):
    """The way on is in the same message, although the database that holds the policy does not answer."""
    await office.types("ada", "list")
    office.desk.write = office.desk.read = broken

    answer = said(await office.types("ada", "declare sev1 Checkout returns 500s"))

    assert "nothing was changed. Sorry. Try again; if it is urgent call +49 30 23125 100. Error E-" in answer


@pytest.mark.parametrize(
    "told",
    [
        "(sqlite3.OperationalError) no such column [SQL: SELECT title FROM incident WHERE number = ?]",
        'Traceback (most recent call last):\n  File "/srv/tocsin/bot/desk/whole.py", line 3, in ask',
        f"postgresql://tocsin:hunter2@db.internal:5432/tocsin refused, token {TOKEN}",
    ],
)
async def test_abuse_53_a_failure_shows_nothing_of_itself(office, told):
    """Abuse case 53: a query, a stack, an address or a token in a failure's text is in no answer; an id is."""

    def fails():
        raise RuntimeError(told)

    office.desk.write = fails
    answer = said(await office.types("ada", "declare sev1 Checkout returns 500s"))

    assert ID.search(answer)
    assert [] == [word for word in ("SELECT", "Traceback", "/srv", "postgresql", "hunter2", "xoxb") if word in answer]


async def test_a_form_that_fails_keeps_the_text(office):
    """A submission that fails shows the error in the form's place, with what was typed."""
    await office.types("ada", "")
    office.desk.write = broken

    answer = await office.submits("ada", title="Checkout returns 500s")

    assert "Something failed" == answer["view"]["title"]["text"]
    assert "if it is urgent call +49 30 23125 100." in str(answer["view"]["blocks"])
    assert ID.search(str(answer["view"]["blocks"]))
    assert "Checkout returns 500s" in str(answer["view"]["blocks"])


async def test_a_press_that_fails_is_told_privately(office):
    """A press has no room in its ack: the failure is told through the address Slack gave with it."""
    await office.types("ada", "declare sev1 Checkout returns 500s")
    await office.types("sam", "1 ack")
    office.desk.write = broken

    answer = await office.presses("sam", "act.take_command")

    assert answer["acked"]
    assert ID.search(said(answer))


@pytest.mark.parametrize(
    ("failure", "known"), [(OSError("full"), True), (ValueError("odd"), True), (Lost("gone"), False)]
)
async def test_that_nothing_changed_is_said_only_when_it_is_known(failure, known):
    """A rolled back transaction changed nothing; one whose connection went may have."""

    async def ask():
        raise failure

    answer = await Boundary().answered(REQUEST, ask=ask, draw=lambda drawn: drawn)

    assert ("unexpected", known) == (answer.view, answer.words["known_unchanged"])


async def test_a_picture_that_cannot_be_drawn_may_have_changed_something():
    """What fails after the desk answered is no reason to say that nothing was changed."""

    async def ask():
        return Answer(view="declared")

    def draw(answer):
        if answer.view == "declared":
            raise KeyError(answer.view)
        return answer

    answer = await Boundary().answered(REQUEST, ask=ask, draw=draw)

    assert answer.words["known_unchanged"] is False


async def test_only_so_many_are_answered_at_once():
    """A request waits for its turn instead of piling onto the rest."""
    boundary = Boundary(gate=asyncio.Semaphore(2))
    inside, most = 0, 0

    async def ask():
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        return Answer(view="help")

    await asyncio.gather(*(boundary.answered(REQUEST, ask=ask, draw=lambda answer: answer) for _ in range(20)))

    assert 2 == most


def test_an_error_id_is_easy_to_read_aloud():
    """An id is "E-" and five characters, none of which looks like another."""

    assert all(ID.fullmatch(error_id()) for _ in range(200))


async def test_a_failing_auth_test_stops_no_command(office):
    """Who Tocsin is may be unknown and auth.test may fail: a command is carried out and asks nobody (a Bolt trap)."""
    office.identity.bot_user_id = office.identity.bot_id = office.identity.team_id = None
    asked = [call.method for call in office.slack.workspace.calls].count("auth.test")
    await office.slack.fault({"error": {"method": "auth.test", "status": 500, "times": None}})

    answer = await office.types("ada", "declare sev1 Checkout returns 500s")

    assert "INC-1 is declared" in said(answer)
    assert asked == [call.method for call in office.slack.workspace.calls].count("auth.test")
