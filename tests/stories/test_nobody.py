"""Nobody does anything: who hears what, where and when, to the top of every ladder, until it is quiet (G3, P2, P3)."""

from itertools import pairwise

import pytest

from sandbox.workspace import Workspace
from tests.stories.company import Cast
from tests.stories.conftest import START

WORDS = 46
ROOM, LEADERS = "inc-1-search-is-slow", "leadership"
NUDGE = "Noor Haddad: the status update for INC-1 is du"

SEV1 = [
    (0, ROOM, "SEV-1 INC-1, Search is slow. Declared, nobody "),
    (0, "incidents", "SEV-1 declared: INC-1, Search is slow. Nobody "),
    (0, "ml-incidents-sev1", "SEV-1 declared: INC-1, Search is slow. Nobody "),
    (0, "noor", "Page: SEV-1 INC-1, Search is slow. You are pri"),
    (1, LEADERS, "SEV-1 declared: INC-1, Search is slow. Nobody "),
    (3, ROOM, "INC-1 must be acknowledged by 14:05 UTC. If it"),
    (3, "noor", "INC-1 must be acknowledged within 2 min."),
    (3, "sam", "Page: SEV-1 INC-1, Search is slow. You are sec"),
    (5, ROOM, "Nobody has acknowledged INC-1 within 5 min, an"),
    (5, LEADERS, "Nobody has acknowledged INC-1 within 5 min, an"),
    (5, "mia", "Page: SEV-1 INC-1, Search is slow. You are ML "),
    (10, ROOM, "Nobody has answered for SEV-1 INC-1 in 10 min."),
    (12, "noor", "INC-1: a status update is due, in 3 min."),
    (20, "noor", "INC-1: the status update is 5 min late and rec"),
    (24, ROOM, "INC-1 must be mitigated by 14:30 UTC. If it is"),
    (24, "noor", "INC-1 must be mitigated within 6 min."),
    (25, ROOM, "The status update for INC-1 is 10 min late. Mi"),
    (25, LEADERS, "The status update for INC-1 is 10 min late. Mi"),
    (25, "mia", "SEV-1 INC-1: the status update is 10 min late."),
    (30, ROOM, "INC-1 was not mitigated within 30 min. Mia Che"),
    (30, LEADERS, "INC-1 was not mitigated within 30 min. Mia Che"),
    (30, "lena", "INC-1 (SEV-1) was not mitigated within 30 min;"),
    (30, "mia", "INC-1 (SEV-1) was not mitigated within 30 min;"),
    (35, "noor", "INC-1: the status update is 5 min late and rec"),
    (40, ROOM, "Nobody called for INC-1 has answered, and ther"),
    (40, LEADERS, "The status update for INC-1 is 10 min late. Mi"),
    (40, "mia", "SEV-1 INC-1: the status update is 10 min late."),
    (41, ROOM, "The status update for INC-1 is 10 min late. Mi"),
    (192, ROOM, "INC-1 must be resolved by 18:00 UTC."),
    (192, "noor", "INC-1 must be resolved within 48 min."),
    (240, ROOM, "INC-1 was not resolved within 4 h. Noor Haddad"),
    (240, LEADERS, "INC-1 was not resolved within 4 h. Noor Haddad"),
]
SEV2 = [
    (0, ROOM, "SEV-2 INC-1, Search is slow. Declared, nobody "),
    (0, "incidents", "SEV-2 declared: INC-1, Search is slow. Nobody "),
    (0, "noor", "Page: SEV-2 INC-1, Search is slow. You are pri"),
    (1, LEADERS, "SEV-2 declared: INC-1, Search is slow. Nobody "),
    (3, ROOM, "INC-1 must have a commander's answer by 14:05 "),
    (3, "noor", "INC-1 must have a commander's answer within 2 "),
    (5, ROOM, "No commander has answered for INC-1 within 5 m"),
    (5, LEADERS, "No commander has answered for INC-1 within 5 m"),
    (5, "mia", "INC-1 (SEV-2) had no commander's answer within"),
    (8, "sam", "Page: SEV-2 INC-1, Search is slow. You are sec"),
    (12, ROOM, "INC-1 must be acknowledged by 14:15 UTC. If it"),
    (12, "noor", "INC-1 must be acknowledged within 3 min."),
    (15, ROOM, "Nobody has acknowledged INC-1 within 15 min. M"),
    (15, LEADERS, "Nobody has acknowledged INC-1 within 15 min. M"),
    (15, "lena", "INC-1 (SEV-2): Mia Chen has not answered the c"),
    (15, "mia", "Page: SEV-2 INC-1, Search is slow. You are ML "),
    (20, "noor", "INC-1: the status update is 5 min late and rec"),
    (25, ROOM, "Nobody called for INC-1 has answered, and ther"),
    (25, LEADERS, "The status update for INC-1 is 10 min late. Mi"),
    (25, "mia", "SEV-2 INC-1: the status update is 10 min late."),
    (26, ROOM, "The status update for INC-1 is 10 min late. Mi"),
    (30, ROOM, "Nobody has answered for SEV-2 INC-1 in 30 min."),
    (35, "noor", "INC-1: the status update is 5 min late and rec"),
    (40, ROOM, "The status update for INC-1 is 10 min late. Mi"),
    (40, LEADERS, "The status update for INC-1 is 10 min late. Mi"),
    (40, "mia", "SEV-2 INC-1: the status update is 10 min late."),
    (96, ROOM, "INC-1 must be mitigated by 16:00 UTC. If it is"),
    (96, "noor", "INC-1 must be mitigated within 24 min."),
    (120, ROOM, "INC-1 was not mitigated within 2 h. Mia Chen i"),
    (120, LEADERS, "INC-1 was not mitigated within 2 h. Mia Chen i"),
    (120, "mia", "INC-1 (SEV-2) was not mitigated within 2 h; yo"),
    (130, ROOM, "INC-1: Mia Chen has not answered the call with"),
    (130, "lena", "INC-1 (SEV-2): Mia Chen has not answered the c"),
    (140, ROOM, "Nobody called for INC-1 has answered, and ther"),
    (1380, ROOM, "INC-1 must be resolved by 14:00 UTC."),
    (1380, "noor", "INC-1 must be resolved within 1 h."),
    (1440, ROOM, "INC-1 was not resolved within 24 h. Noor Hadda"),
    (1440, LEADERS, "INC-1 was not resolved within 24 h. Noor Hadda"),
]
SEV3 = [
    (0, ROOM, "SEV-3 INC-1, Search is slow. Declared, nobody "),
    (0, "incidents", "SEV-3 declared: INC-1, Search is slow. Nobody "),
    (0, "noor", "Page: SEV-3 INC-1, Search is slow. You are pri"),
    (1, LEADERS, "SEV-3 declared: INC-1, Search is slow. Nobody "),
    (48, ROOM, "INC-1 must be acknowledged by 15:00 UTC. If it"),
    (48, "noor", "INC-1 must be acknowledged within 12 min."),
    (60, ROOM, "Nobody has acknowledged INC-1 within 1 h. Sam "),
    (60, LEADERS, "Nobody has acknowledged INC-1 within 1 h. Sam "),
    (60, "sam", "INC-1 (SEV-3) was not acknowledged within 1 h;"),
    (70, ROOM, "INC-1: Sam Reyes has not answered the call wit"),
    (70, "mia", "INC-1 (SEV-3): Sam Reyes has not answered the "),
    (80, ROOM, "INC-1: Mia Chen has not answered the call with"),
    (80, "lena", "INC-1 (SEV-3): Mia Chen has not answered the c"),
    (90, ROOM, "Nobody called for INC-1 has answered, and ther"),
    (420, ROOM, "INC-1 must be mitigated by 22:00 UTC. If it is"),
    (420, "noor", "INC-1 must be mitigated within 1 h."),
    (480, ROOM, "INC-1 was not mitigated within 8 h. Sam Reyes "),
    (480, LEADERS, "INC-1 was not mitigated within 8 h. Sam Reyes "),
    (480, "sam", "INC-1 (SEV-3) was not mitigated within 8 h; yo"),
    (490, ROOM, "INC-1: Sam Reyes has not answered the call wit"),
    (490, "mia", "INC-1 (SEV-3): Sam Reyes has not answered the "),
    (500, ROOM, "INC-1: Mia Chen has not answered the call with"),
    (500, "lena", "INC-1 (SEV-3): Mia Chen has not answered the c"),
    (510, ROOM, "Nobody called for INC-1 has answered, and ther"),
    (4260, ROOM, "INC-1 must be resolved by 14:00 UTC."),
    (4260, "noor", "INC-1 must be resolved within 1 h."),
    (4320, ROOM, "INC-1 was not resolved within 72 h. Noor Hadda"),
    (4320, LEADERS, "INC-1 was not resolved within 72 h. Noor Hadda"),
]
SEV4 = [
    (0, ROOM, "SEV-4 INC-1, Search is slow. Declared, nobody "),
    (0, "incidents", "SEV-4 declared: INC-1, Search is slow. Nobody "),
    (0, "noor", "Page: SEV-4 INC-1, Search is slow. You are pri"),
    (1, LEADERS, "SEV-4 declared: INC-1, Search is slow. Nobody "),
    (192, ROOM, "INC-1 must be acknowledged by 18:00 UTC. If it"),
    (192, "noor", "INC-1 must be acknowledged within 48 min."),
    (240, ROOM, "Nobody has acknowledged INC-1 within 4 h."),
    (240, LEADERS, "Nobody has acknowledged INC-1 within 4 h."),
    (23580, ROOM, "INC-1 must be resolved by 00:00 UTC."),
    (23580, "noor", "INC-1 must be resolved within 1 h."),
    (23640, ROOM, "INC-1 was not resolved within 16 d 10 h. Noor "),
    (23640, LEADERS, "INC-1 was not resolved within 16 d 10 h. Noor "),
]

NUDGED = {
    "sev1": [15, 45, *range(75, 720, 60)],
    "sev2": [31, 45, *range(75, 1516, 60)],
    "sev3": [],
    "sev4": [],
}
"""When the channel is asked for an update: half an hour after the ladder began to back off, then once an hour."""

TO_THE_TOP = 150
"""Minutes after which everybody was called for a SEV-2."""

LADDERS = [
    pytest.param("sev1", "5h", SEV1, id="SEV-1 for five hours"),
    pytest.param("sev2", "150m", [one for one in SEV2 if one[0] <= TO_THE_TOP], id="SEV-2 to the top"),
    pytest.param("sev1", "12h", SEV1, id="SEV-1 for half a day", marks=pytest.mark.long),
    pytest.param("sev2", "26h", SEV2, id="SEV-2 for a day", marks=pytest.mark.long),
    pytest.param("sev3", "74h", SEV3, id="SEV-3 for three days"),
    pytest.param("sev4", "17d", SEV4, id="SEV-4 into the next sprint"),
]


def heard(company: Cast) -> list[tuple[float, str, str]]:
    """Return all that Tocsin posted about it: minutes after the start, the channel or the person, the first words."""
    workspace = company.sandbox.workspace
    posts = [
        ((call.at - START).total_seconds() / 60, _place(workspace, call.args["channel"]), call.args["text"][:WORDS])
        for call in company.calls("chat.postMessage")
    ]
    told = [one for one in posts if not one[2].startswith("Incidents, ")]
    return sorted(told, key=lambda one: (one[0], one[1] != ROOM, one[1], one[2]))


def _place(workspace: Workspace, channel: str) -> str:
    room = workspace.channels[channel]
    if not room.is_im:
        return room.name
    return next(workspace.people[one].handle for one in room.members if one != workspace.bot.id)


@pytest.mark.parametrize(("severity", "span", "ladder"), LADDERS)
async def test_who_hears_what(company: Cast, severity: str, span: str, ladder: list[tuple[float, str, str]]) -> None:
    """Ada declares and goes: each person and place hears each step once, in its minute, and then it is quiet."""

    await company.types("ada", f"/incident declare {severity} Search is slow")
    await company.sandbox.advance(span)
    told = heard(company)

    assert ladder == [one for one in told if one[2] != NUDGE]
    lived = (company.sandbox.clock.now() - START).total_seconds() / 60
    assert [at for at in NUDGED[severity] if at <= lived] == [at for at, _, words in told if words == NUDGE]
    assert [] == _in_one_minute(told)
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


def _in_one_minute(told: list[tuple[float, str, str]]) -> list[tuple[float, str]]:
    """Return what the clock said in the channel less than a minute after the message before it."""
    room = [(at, words) for at, place, words in told if place == ROOM and at > 0]
    return [after for before, after in pairwise(room) if after[0] - before[0] < 1]
