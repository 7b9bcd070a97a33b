"""The card by status: what it says, which buttons it has in which order, and what stands behind the dots."""

import pytest

from bot.incident import commands as c
from tests.views.cases import fresh
from tests.views.pictures import ADA, NOOR, declare
from tests.views.slack_limits import buttons_in
from tests.views.stories import (
    acknowledged,
    cancelled,
    closed,
    handed_round,
    merged,
    mitigated,
    no_commander,
    reopened,
    resolved,
)

OPEN = "Change severity | Hand over command | Roles | Timeline | Everything else"
OVER = "Roles | Timeline | Everything else"
ROWS = {
    "declared": (declare, "Declared, nobody has acknowledged", "Acknowledge* Take_command Escalate", OPEN),
    "acknowledged, no commander": (
        no_commander,
        "Acknowledged by Noor Haddad 14:02 UTC",
        "Take_command* Post_update Escalate",
        OPEN,
    ),
    "acknowledged, commander silent": (
        handed_round,
        "Acknowledged by Sam Reyes 14:04 UTC",
        "Take_command* Post_update Escalate",
        OPEN,
    ),
    "acknowledged": (
        acknowledged,
        "Acknowledged by Noor Haddad 14:02 UTC",
        "Post_update* Mitigated Resolved Escalate",
        OPEN,
    ),
    "mitigated": (mitigated, "Mitigated 14:26 UTC, being watched", "Resolved* Post_update Escalate", OPEN),
    "resolved": (
        resolved,
        "Resolved 15:12 UTC after 1 h 12 min; postmortem due Nov 23 at 15:12 UTC, Sam Reyes",
        "Close* Reopen",
        OVER,
    ),
    "closed": (closed, "Closed 16:00 UTC by Noor Haddad", "Reopen Timeline", ""),
    "cancelled": (cancelled, "Cancelled 14:03 UTC by Ada Obi: false alarm", "Reopen Timeline", ""),
    "merged": (merged, "Merged into INC-40 14:20 UTC; go on in <#C0INC40>", "Timeline", ""),
    "reopened": (reopened, "Reopened 16:05 UTC by Ada Obi", "Post_update* Mitigated Resolved Escalate", OPEN),
    "reopened, never acknowledged": (
        lambda: cancelled().does(NOOR, 9, c.Reopen(why="the errors are real")),
        "Reopened 14:09 UTC by Noor Haddad",
        "Acknowledge* Take_command Escalate",
        OPEN,
    ),
}
"""Each status as the surface's table has it: the *Status* field, `*` for the primary button, the dots' entries."""


def blocks_of(story):
    """Return the blocks of a story's card."""
    message = fresh("card", story).draw()
    assert message
    return message.blocks


def status_of(blocks):
    """Return the *Status* field as somebody without date tokens reads it."""
    fields = next(block["fields"] for block in blocks if "fields" in block)
    return plainly(fields[0]["text"]).removeprefix("*Status*\n")


def plainly(text):
    """Return mrkdwn with its date tokens as their fallbacks."""
    while "<!date^" in text:
        head, _, rest = text.partition("<!date^")
        token, _, tail = rest.partition(">")
        text = f"{head}{token.partition('|')[2]}{tail}"
    return text


def labelled(blocks):
    """Return the buttons as the table has them."""
    drawn = buttons_in(blocks)
    assert {one.get("style", "primary") for one in drawn} <= {"primary"}
    return " ".join(f"{one['text']['text'].replace(' ', '_')}{'*' * ('style' in one)}" for one in drawn)


def dots(blocks):
    """Return what stands behind the dots."""
    menus = [e for b in blocks if b["type"] == "actions" for e in b["elements"] if e["type"] == "overflow"]
    return " | ".join(option["text"]["text"] for menu in menus for option in menu["options"])


@pytest.mark.parametrize(("make", "status", "buttons", "behind"), ROWS.values(), ids=ROWS)
def test_the_card_of_a_status(make, status, buttons, behind):
    """Each status has its words, its buttons in order with one next step at most, and its entries behind the dots."""

    blocks = blocks_of(make())
    assert (status, buttons, behind) == (status_of(blocks), labelled(blocks), dots(blocks))


def test_the_order_of_the_card():
    """Title, fields, the declarer's words, clocks, what is true besides, buttons, small print."""

    named = declare().does(ADA, 1, c.NameCommander(person="U0MIA"))
    kinds = [block["type"] for block in blocks_of(named)]
    assert ["header", "section", "rich_text", "rich_text", "section", "actions", "context"] == kinds


@pytest.mark.parametrize(
    ("make", "theirs"),
    [(cancelled, "“the probe itself was broken”"), (reopened, "“SECRET the errors are back”")],
    ids=["cancelled", "reopened"],
)
def test_the_words_of_an_end_and_of_a_way_back_stand_below(make, theirs):
    """Why it was cancelled or reopened is quoted, as people's own words."""

    quoted = [str(block) for block in blocks_of(make()) if block["type"] == "rich_text"]
    assert 1 == sum(theirs in one for one in quoted)


def test_a_card_shows_who_holds_the_seat_of_nobody():
    """Given back, the seat is nobody's, and the card says so."""

    fields = next(block["fields"] for block in blocks_of(no_commander()) if "fields" in block)
    assert "*Commander*\nNobody" == fields[1]["text"]
