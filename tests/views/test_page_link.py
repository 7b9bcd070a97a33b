"""What stands behind the link in a page: the point first, one button at most, and no title of a private incident."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.usecases.page_links import LinkSeen, LinkStanding
from tests.views.asked_cases import asked
from tests.views.pictures import ADA, MIA, NOOR, SAM, Story, at, declare
from tests.views.stories import acknowledged, cancelled, changed
from views.page_link import NO_SUCH_LINK, LinkPage, draw_link

ROOM = "#inc-42-checkout-returns-500s"
REST = "Nothing is needed from you; you can rest."
TO_SLACK = "In Slack: press Acknowledge in Tocsin's message, or type /incident 42 ack."


def drawn(standing: LinkStanding, story: Story, who: str = NOOR, **more) -> LinkPage:
    """Return the page for a link to `who` into `story`."""
    return draw_link(LinkSeen(standing=standing, picture=story.picture, person=who, **more), now=story.now)


def test_what_is_asked():
    """Number, severity, title, what is due, and as whom the press counts."""

    assert LinkPage(
        head="SEV-1 INC-42",
        lines=(
            "Checkout returns 500s",
            "Nobody has acknowledged yet; it is due at 14:05 UTC.",
            "It says that Noor Haddad has seen it and is on it.",
        ),
        button="Acknowledge INC-42",
    ) == drawn(LinkStanding.ASKED, declare())


def test_a_private_incident_keeps_its_title():
    """Number, severity and clocks; no title, no channel."""

    asks = drawn(LinkStanding.ASKED, declare(private=True))
    done = drawn(LinkStanding.DONE, acknowledged(private=True))

    assert "private incident" == asks.lines[0]
    assert ("You acknowledged INC-42.", ("You command it.", "Go on in its channel in Slack.")) == (
        done.head,
        done.lines,
    )


def test_what_is_overdue_or_has_no_clock():
    """The same sentence in the past; without a clock no time is named."""

    late = declare().clock(2, 3, 5)
    bare = replace(declare().picture, clocks=())

    assert "Nobody has acknowledged yet; it was due at 14:05 UTC." == drawn(LinkStanding.ASKED, late).lines[1]
    seen = LinkSeen(standing=LinkStanding.ASKED, picture=bare, person=NOOR)
    assert "Nobody has acknowledged yet." == draw_link(seen, now=at(1)).lines[1]


def test_the_named_commander_is_still_awaited():
    """Sam acknowledged; Noor is named and has not answered, so the button is there."""

    page = drawn(LinkStanding.ASKED, declare().does(SAM, 2, c.Acknowledge()))

    sentence = "Sam Reyes acknowledged at 14:02 UTC. You are named commander and have not answered."
    assert sentence == page.lines[1]
    assert "Acknowledge INC-42" == page.button


@pytest.mark.parametrize(
    ("who", "lines"),
    [(NOOR, ("You command it.",)), (MIA, ("Noor Haddad commands.", REST))],
)
def test_somebody_acknowledged_already(who, lines):
    """Who did, who commands, and that the reader can rest."""

    page = drawn(LinkStanding.ANSWERED, acknowledged(), who)

    assert ("You" if who == NOOR else "Noor Haddad", lines) == (page.head.split(" ack")[0], page.lines)
    assert "" == page.button


def test_a_link_that_was_used():
    """When, and how it stands now."""

    page = drawn(LinkStanding.USED, acknowledged(), used_at=at(2))
    ended = drawn(LinkStanding.USED, cancelled(), used_at=at(2))
    before = drawn(LinkStanding.USED, declare())

    assert "This link was used at 14:02 UTC and works only once." == page.head
    assert ("You acknowledged INC-42 at 14:02 UTC.", "You command it.") == page.lines
    assert ("INC-42 is cancelled: false alarm.", REST) == ended.lines
    assert (TO_SLACK,) == before.lines


def test_what_is_over_and_what_has_expired():
    """Neither has a button; what expired says how else."""

    over, expired = drawn(LinkStanding.OVER, cancelled()), drawn(LinkStanding.EXPIRED, declare())

    assert LinkPage(head="INC-42 is cancelled: false alarm.", lines=(REST,)) == over
    assert LinkPage(head="This link has expired, so nothing was changed.", lines=(TO_SLACK,)) == expired


def test_a_press_that_was_refused():
    """The refusal's own sentence, nothing beside it, and no button."""

    guest = "Guests cannot act on incidents. If it is urgent, ask any member to type /incident."
    page = drawn(LinkStanding.REFUSED, declare(), refusal={"parts": [guest]})

    assert LinkPage(head=guest, lines=("Nothing was changed.",)) == page


def test_a_call_for_help():
    """How it stands, and the one press that says that somebody is on it."""

    story = asked(acknowledged())
    asks, done = drawn(LinkStanding.ASKED, story, MIA, is_call=True), drawn(LinkStanding.DONE, story, MIA, is_call=True)

    assert "Acknowledged by Noor Haddad 14:02 UTC. Noor Haddad commands." == asks.lines[1]
    assert "Your help is asked for. It says that Mia Chen is on it." == asks.lines[2]
    assert "I'm on it: INC-42" == asks.button
    assert ("You are on it: INC-42.", f"Go on in {ROOM} in Slack.") == (done.head, done.lines[-1])


def test_unknown_and_forged_sound_the_same():
    """No number is in it, whatever is known."""

    unknown = draw_link(LinkSeen(standing=LinkStanding.UNKNOWN), now=at(0))
    known = drawn(LinkStanding.UNKNOWN, declare())

    assert NO_SUCH_LINK == unknown == known
    assert "42" not in str(unknown)


def test_nobody_commands():
    """After the press: who is needed next."""

    story = changed(acknowledged(), seat=None)

    assert "Nobody commands yet." == drawn(LinkStanding.DONE, story, ADA).lines[0]
