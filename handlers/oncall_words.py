"""Who is on call and who follows, as people type it: "oncall", "oncall data platform", "oncall test", "42 follow"."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.incident import commands as c
from handlers.parsed import Do, OnCall, TestPage
from handlers.typed import plain_words, quotable


async def nobody_quiet(_: Sequence[str]) -> Mapping[str, datetime]:
    """Return that nothing is known of anybody's Do Not Disturb."""
    return {}


def read_oncall(rest: str) -> OnCall | TestPage:
    """Return whose turns are asked for, or that a page to oneself is."""
    typed = quotable(plain_words(rest))
    if typed.casefold() == "test":
        return TestPage(verb="oncall test")
    return OnCall(verb="oncall", team=typed)


def read_follow(_: str) -> Do:
    """Return that the one who types wants to hear of it."""
    return Do(verb="follow", command=c.Follow())


def read_unfollow(_: str) -> Do:
    """Return that they have heard enough."""
    return Do(verb="unfollow", command=c.Unfollow())
