"""Following an incident: who may, what they hear, and when it ends."""

import pytest

from bot.incident import commands as c
from bot.incident.context import CLOCK
from bot.incident.history.following import Unfollowed
from bot.incident.model import ChannelRef
from bot.incident.reacting.following import FOLLOWED
from bot.incident.rules.following import MOST_FOLLOWERS
from bot.incident.timers import wanted
from bot.words import Severity
from tests.incident.life import ADA, IRIS, NOOR, SAM, ZOE, Life, read

WHY = "the errors are back"


@pytest.fixture
def followed(sev1):
    """Return an incident that Noor commands and Zoe follows."""
    sev1.does(c.TakeCommand())
    sev1.does(c.Follow(), ZOE)
    sev1.said.clear()
    return sev1


def heard(life, who=ZOE):
    """Return what a follower heard, as words of their messages."""
    return [one.words["what"] for _, one in life.said if one.view == FOLLOWED and one.place.key == who]


@pytest.mark.parametrize(
    ("command", "by", "what"),
    [
        (c.PostUpdate(now="Rolling back."), NOOR, ["update"]),
        (c.PostNoChange(), NOOR, ["update"]),
        (c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it from people"), NOOR, ["severity"]),
        (c.Mitigate(words="Rolled back."), NOOR, ["mitigated"]),
        (c.Resolve(words="Pool limit raised."), NOOR, ["resolved"]),
        (c.Cancel(why="the test ran against production"), NOOR, ["cancelled"]),
        (c.AddNote(words="p99 doubled"), ADA, []),
        (c.Escalate(why="need database help"), ADA, []),
        (c.Join(), IRIS, []),
    ],
)
def test_what_a_follower_hears(followed, command, by, what):
    """Each turn is one message by direct message, and nothing else is."""

    followed.does(command, by)

    assert what == heard(followed)
    assert followed.is_replayed()


def test_a_way_back_is_heard_after_an_end(followed):
    """Somebody who follows hears that it is over, and that it is not."""

    followed.does(c.Resolve(words="Pool limit raised."))
    followed.does(c.Reopen(why=WHY), ADA)

    assert ["resolved", "reopened"] == heard(followed)


def test_following_ends_at_close(followed):
    """Closing is the last that is heard; a reopening is not."""

    followed.does(c.Resolve(words="Pool limit raised."))
    followed.does(c.Close())
    followed.does(c.Reopen(why=WHY), ADA)

    assert ["resolved", "closed"] == heard(followed)
    assert () == followed.it.followers


@pytest.mark.parametrize(("channel", "into"), [(ChannelRef(id="C1", name="inc-40"), 40), (None, None)])
def test_following_ends_at_a_merger(followed, channel, into, policy, rota):
    """The other incident is named where it can be, and nobody follows this one any more."""

    other = Life(policy=policy, rota=rota, number=40).declare()
    followed.other = other.changed(channel=channel).it
    followed.does(c.Merge(into=40, confirmed=True))

    assert ["merged"] == heard(followed)
    assert [into] == [one.words["into"] for one in followed.effects(FOLLOWED)]
    assert () == followed.it.followers


def test_nobody_hears_of_what_they_did(followed):
    """Whoever posts an update needs no message about it."""

    followed.does(c.Follow(), NOOR)
    followed.does(c.PostUpdate(now="Rolling back."))

    assert [] == heard(followed, NOOR)
    assert ["update"] == heard(followed)


def test_twice_and_never(followed):
    """Following twice, and ending what never began, are refused with the way on."""

    twice, never = followed.refused(c.Follow(), ZOE), followed.refused(c.Unfollow(), SAM)

    assert "You follow INC-42 already. To end it: `/incident 42 unfollow`." == read(twice.sentence)
    assert "You do not follow INC-42. Nothing was changed." == read(never.sentence)
    assert {17} == {twice.number, never.number}


def test_enough(followed):
    """After a while nobody hears of it any more who said so."""

    followed.does(c.Unfollow(), ZOE)
    followed.does(c.PostUpdate(now="Rolling back."))

    assert [] == heard(followed)
    assert followed.is_replayed()


def test_too_many(sev1):
    """Fifty people can follow; the fifty-first is shown the channel."""

    for number in range(MOST_FOLLOWERS):
        sev1.does(c.Follow(), f"UF{number}")
    refused = sev1.refused(c.Follow(), ZOE)

    assert 65 == refused.number
    assert "50 people follow INC-42, and that is the most. Its channel tells the same: `/incident 42 join`." == (
        read(refused.sentence)
    )


def test_who_left_is_dropped(followed):
    """A follower who is no member any more hears nothing and is let go, by Tocsin."""

    followed.gone = (ZOE,)
    events = followed.does(c.PostUpdate(now="Rolling back."))

    assert [("tocsin", ZOE)] == [(one.by, one.person) for one in events if isinstance(one, Unfollowed)]
    assert [] == heard(followed)
    assert () == followed.it.followers
    assert followed.is_replayed()


def test_the_clock_says_nothing_to_followers(followed):
    """What the clock does is no turn."""

    followed.now = max(wanted(followed.it, followed.policy).values())
    followed.ask_as(CLOCK, c.RunTimers())

    assert [] == heard(followed)
