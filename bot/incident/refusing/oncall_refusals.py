"""Refusals about who is on call, and about testing one's own page."""

from collections.abc import Iterable
from datetime import timedelta

from bot.incident.refusing.refusals import LONGEST_SHOWN, Refused
from bot.incident.sentences import spell
from bot.policy.model import Team


def no_such_team(typed: str, teams: Iterable[Team]) -> Refused:
    """Return no. 62: there is no such team; of what was typed only letters and digits are said back."""
    shown = "".join(letter for letter in typed if letter.isalnum() or letter in " -")[:LONGEST_SHOWN] or "…"
    return Refused(number=62, sentence=(f"There is no team `{shown}`. Teams: {', '.join(one.name for one in teams)}.",))


def nobody_on_call(team: Team) -> Refused:
    """Return no. 34: every turn of the team is a gap."""
    instead = "Page a person: `/incident page @name why`. Governance is told of the gap."
    return Refused(number=34, sentence=(f"Team {team.name} has nobody on call now. {instead}",))


def no_ways(*, owner: str) -> Refused:
    """Return no. 63: policy does not know how to reach the one who asks; `owner` keeps the list."""
    return Refused(
        number=63, sentence=(f"You are not in `people.yaml`, so there is no way to test. {owner} keeps that list.",)
    )


def paged_lately(ago: timedelta, *, every: timedelta) -> Refused:
    """Return no. 64: a test went out `ago`; one is possible `every` so often."""
    wait = spell(every - ago)
    return Refused(
        number=64,
        sentence=(f"You tested your page {spell(ago)} ago. The next test is possible in {wait}; nothing was sent.",),
    )
