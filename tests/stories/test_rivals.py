"""What other incident bots lose: storms, limits, a Slack that is slow, half there or gone."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.app import door_path
from bot.ops.door import knock
from sandbox.ids import TEAM_ID, seeded
from sandbox.records import Person
from tests.stories.company import Cast, said, words
from tests.stories.conftest import START
from tests.stories.lives import everything_said, marks, violations

STORM = 30
CREW = [f"crew{number:02}" for number in range(STORM)]
HEARD_WITHIN_MS = 3_000
"""How long an app may take to acknowledge (a Slack limit)."""


@pytest.fixture
async def unstarted(tmp_path: Path) -> AsyncIterator[Cast]:
    """A company of thirty more people, whose bot is not started yet."""
    cast = Cast(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START)
    workspace = cast.sandbox.workspace
    general = next(room for room in workspace.channels.values() if room.name == "general")
    for handle in CREW:
        hired = Person(id=seeded("U", f"{handle}x"), handle=handle, real_name=handle, tz="Etc/UTC", team_id=TEAM_ID)
        workspace.people[hired.id] = hired
        general.members.append(hired.id)
    await cast.mailbox.open()
    await cast.sandbox.start()
    yield cast
    await cast.close()
    assert [] == violations(cast)


@pytest.fixture
async def crowd(unstarted: Cast) -> Cast:
    """The same company with its bot running."""
    await unstarted.start_bot()
    return unstarted


async def declare_all(crowd: Cast, crew: list[str]) -> list[Mapping[str, Any]]:
    """Let each of `crew` declare something different, all at once; return what came of it."""
    return await asyncio.gather(
        *(
            crowd.act(who, "command", channel="general", text=f"/incident declare sev3 {who} is broken", settle=False)
            for who in crew
        )
    )


def privately(crowd: Cast, who: str) -> list[str]:
    """Return all words of the private answers that `who` sees in #general now."""
    shown = [one for one in crowd.messages("general", seen_by=who) if one["ephemeral"]]
    return [" ".join([str(one["text"]), *map(words, one["blocks"])]) for one in shown]


def pins(crowd: Cast) -> list[int]:
    """Return how many messages are pinned in each incident's channel."""
    return [len(room.pins) for room in crowd.sandbox.workspace.channels.values() if room.name.startswith("inc-")]


@pytest.mark.long
async def test_thirty_declarations_in_a_minute_all_get_their_channel(crowd: Cast) -> None:
    """Slack makes twenty channels a minute: everybody is told at once, told that it is slow, and told again."""

    await crowd.sandbox.fault({"rate_limits": {"conversations.create": 20}})
    answers = await declare_all(crowd, CREW)
    await crowd.sandbox.settle()
    delayed = {who for who in CREW if any("Slack is slow" in text for text in privately(crowd, who))}
    await crowd.sandbox.advance("5m")

    assert STORM == sum("declared as SEV-3" in said(answer) for answer in answers)
    assert [1] * STORM == pins(crowd)
    assert STORM == len(crowd.calls("conversations.create"))
    assert 9 == len(delayed)  # ten wait for their channel, and the first of them for less than five seconds
    assert [] == [who for who in CREW if "Channel: <#" not in privately(crowd, who)[0]]
    assert [] == crowd.undone()
    assert {1} == set(marks(crowd).values())


@pytest.mark.long
async def test_twenty_declarations_at_once_over_a_slow_network_are_all_heard_in_time(crowd: Cast) -> None:
    """Each call takes 150 real ms: every ack comes within Slack's 3 s, and every channel is complete."""

    await crowd.sandbox.fault({"latency_ms": 150})
    answers = await declare_all(crowd, CREW[:20])
    await crowd.sandbox.advance("2m")

    assert HEARD_WITHIN_MS > max(int(answer["ack_ms"]) for answer in answers)
    assert [1] * 20 == pins(crowd)
    assert [] == crowd.undone()
    assert {1} == set(marks(crowd).values())


@pytest.mark.parametrize("many", [12, pytest.param(40, marks=pytest.mark.long)])
async def test_many_updates_for_one_channel_arrive_in_order(crowd: Cast, many: int) -> None:
    """Slack takes one message a second there: none is lost and none overtakes another."""

    await crowd.sandbox.fault({"rate_limits": {"posts_per_second": 1}})
    await crowd.types("ada", "/incident declare sev1 Checkout returns 500s")
    await crowd.presses("noor", "Take command")
    channel = crowd.channel_of(1)
    for number in range(1, many + 1):
        await crowd.types("noor", f"/incident update Step {number} of {many}", channel=channel, settle=False)
    await crowd.sandbox.advance("3m")

    wanted = [f"Status update {number} " for number in range(1, many + 1)]
    assert wanted == [text[: text.index("on SEV-1")] for text in crowd.texts(channel) if text.startswith("Status upd")]
    assert [] == crowd.undone()
    assert {1} == set(marks(crowd).values())


AUTH_TEST_FAILS = [
    {"error": {"method": "auth.test", "times": None, "status": 500}},
    {"error": {"method": "auth.test", "times": None, "error": "ratelimited", "retry_after": 30}},
    {"hang": {"method": "auth.test", "times": None}},
]


@pytest.mark.parametrize("fault", AUTH_TEST_FAILS, ids=["500", "429", "hanging"])
async def test_a_restart_while_slack_does_not_say_who_we_are_holds_nothing_up(crowd: Cast, fault) -> None:
    """auth.test fails when the bot comes back: an alarm is answered, pages, and gets its channel all the same."""

    assert crowd.bot is not None
    await crowd.bot.stop()
    await crowd.sandbox.fault(fault)
    await crowd.start_bot()
    answer = await crowd.types("ada", "/incident declare sev1 Checkout returns 500s")
    await crowd.sandbox.advance("30s")
    crowd.sandbox.web_api.let_go()

    assert "INC-1 declared as SEV-1. Noor Haddad is being paged" in answer
    assert [1] == pins(crowd)
    assert ["Page: "] == [text[:6] for text in crowd.direct("noor")]
    assert [] == crowd.undone()


@pytest.mark.parametrize("fault", AUTH_TEST_FAILS, ids=["500", "429", "hanging"])
async def test_the_first_start_ever_takes_alarms_before_slack_says_who_we_are(unstarted: Cast, fault) -> None:
    """People are known without it: the very first alarm pages the primary, and everything is delivered."""

    await unstarted.sandbox.fault(fault)
    await unstarted.start_bot()
    answer = await unstarted.types("ada", "/incident declare sev1 Checkout returns 500s")
    await unstarted.sandbox.advance("30s")
    unstarted.sandbox.web_api.let_go()

    assert "INC-1 declared as SEV-1. Noor Haddad is being paged" in answer
    assert ["Page: "] == [text[:6] for text in unstarted.direct("noor")]
    assert [1] == pins(unstarted)
    assert [] == unstarted.undone()


@pytest.mark.long
async def test_two_hours_without_slack_are_recorded_but_not_replayed(crowd: Cast) -> None:
    """Pages go by e-mail, every miss is on the record, and only the latest step of each ladder is sent after."""

    await crowd.types("ada", "/incident declare sev1 Checkout returns 500s")
    channel = crowd.channel_of(1)
    before = everything_said(crowd)
    await crowd.sandbox.fault({"slack_down": "2h"})
    await crowd.sandbox.advance("119m")
    during = everything_said(crowd)
    await crowd.sandbox.advance("10m")
    after = list((everything_said(crowd) - before).elements())

    assert before == during
    mailed = [address.partition("@")[0] for letter in crowd.mailbox.letters for address in letter.to]
    assert ["noor", "sam", "mia"] == mailed
    assert 8 == events(crowd, 1).count("UpdateMissed")
    assert 3 == events(crowd, 1).count("ClockMissed")
    assert [] == [text for _, text, _ in after if "min late" in text or "must be" in text]
    assert ["@mia"] == [where for where, text, _ in after if text.startswith("Page: ")]
    assert 1 >= sum(where == channel and "is due now" in text for where, text, _ in after)
    assert [] == crowd.undone()
    assert crowd.incident(1) == crowd.replayed(1)


def events(crowd: Cast, number: int) -> list[str]:
    """Return the names of the incident's audited events."""
    with crowd.store.read() as unit:
        return [type(event).__name__ for event in unit.audit.events(number)]


@pytest.mark.long
async def test_an_operator_declares_through_the_door_while_slack_is_down(crowd: Cast) -> None:
    """declare, ack and status work beside Slack; the channel comes when Slack does, and the page went by e-mail."""
    door = door_path(crowd.database)
    assert door is not None

    await crowd.sandbox.fault({"slack_down": "20m"})
    declared = await knock(door, {"do": "declare", "severity": "sev1", "title": "Login is down", "as": "ada"})
    await crowd.sandbox.advance("5m")
    letters = [address for letter in crowd.mailbox.letters for address in letter.to]
    acked = await knock(door, {"do": "ack", "number": "1", "as": "noor"})
    stands = await knock(door, {"do": "status"})
    await crowd.sandbox.advance("25m")

    assert declared["text"].startswith("SEV-1 INC-1 Login is down: declared, commander Noor Haddad, not answered yet")
    assert ["noor@example.com", "sam@example.com"] == letters
    assert acked["text"].startswith("SEV-1 INC-1 Login is down: acknowledged, commander Noor Haddad")
    assert acked["text"] == stands["text"]
    assert [1] == pins(crowd)
    assert crowd.audit_is_whole()


async def tocsin(crowd: Cast, *words: str) -> tuple[int, str]:
    """Run the command as an operator does; return its exit code and everything it printed."""
    settings = {
        "DATABASE_URL": crowd.database,
        "SLACK_BOT_TOKEN": crowd.sandbox.bot_token,
        "TOCSIN_SLACK_API_URL": crowd.sandbox.api_url,
        "TOCSIN_SMTP_HOST": "127.0.0.1",
        "TOCSIN_SMTP_PORT": str(crowd.mailbox.port),
        "TOCSIN_SMTP_FROM": "tocsin@example.com",
        "TOCSIN_SMTP_TLS": "insecure",
    }
    begun = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        *words,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await begun.communicate()
    return begun.returncode or 0, printed.decode()


@pytest.mark.long
async def test_an_operator_declares_where_no_bot_runs(crowd: Cast) -> None:
    """With nobody running, the command pages and makes the channel itself, and says that no reminder will come."""

    assert crowd.bot is not None
    await crowd.bot.stop()
    crowd.bot = None
    code, printed = await tocsin(crowd, "declare", "sev1", "Login is down", "--as", "ada")
    told, stands = await tocsin(crowd, "status")

    assert (0, 0) == (code, told), printed
    assert "The bot is not running here: no reminder comes until it does" in printed
    assert "SEV-1 INC-1 Login is down: declared" in stands
    assert [1] == pins(crowd)
    assert ["Page: "] == [text[:6] for text in crowd.direct("noor")]
    assert {1} == set(marks(crowd).values())


async def test_an_operator_reaches_the_running_bot_by_the_same_command(crowd: Cast) -> None:
    """Where a bot runs, the command knocks at its door, and the bot delivers."""

    code, printed = await tocsin(crowd, "declare", "sev2", "Login is slow", "--as", "sam")
    await crowd.sandbox.settle()

    assert 0 == code
    assert printed.startswith("SEV-2 INC-1 Login is slow: declared, commander Noor Haddad, not answered yet")
    assert [1] == pins(crowd)
