"""The parts of `tocsin check` that no sandbox can stage: disks, versions, clocks, .env files, request URLs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.ops.check.asking import Reply
from bot.ops.check.database import SCARCE, SHORT, file_system, space_found, version_found
from bot.ops.check.finding import Verdict, fail, good, warn
from bot.ops.check.setup import Setup
from bot.ops.check.surroundings import look_at_clock, look_at_secrets, request_url, tried
from bot.ops.check.whole import is_good
from bot.ops.check_commands import in_lines
from bot.settings import Settings, secrets_in_dotenv
from storage.engine import sqlite_version

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOUNTS = """
22 1 0:20 / / rw - overlay overlay rw,lowerdir=/a
40 22 8:1 / /data rw,noatime shared:3 - ext4 /dev/sda1 rw
41 40 0:9 / /data/with\\040space rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/opt/tocsin", "overlay"), ("/data/deep", "ext4"), ("/data/with space/x", "tmpfs"), ("/database", "overlay")],
)
def test_the_file_system_under_a_folder(folder, kind):
    """The nearest mount above a folder counts, whichever line it stands in."""

    assert kind == file_system(Path(folder), MOUNTS)


def test_a_machine_that_does_not_say():
    """Where mounts cannot be read nothing is claimed."""

    assert "" == file_system(Path("/data"), "")


@pytest.mark.parametrize(
    ("version", "standing"),
    [
        ("3.40.1", Verdict.WARN),
        ("3.51.2", Verdict.WARN),
        ("3.51.3", Verdict.GOOD),
        ("3.53.4", Verdict.GOOD),
        ("4.0", Verdict.GOOD),
    ],
)
def test_the_sqlite_that_corrupts(version, standing):
    """A SQLite with the WAL-reset fault is named; the first mended one is 3.51.3."""

    assert standing is version_found(version).standing


def test_the_sqlite_in_use_can_be_judged():
    """What the library says of itself is a version."""

    assert sqlite_version() in version_found(sqlite_version()).found


@pytest.mark.parametrize(
    ("free", "standing"),
    [(SCARCE - 1, Verdict.FAIL), (SCARCE, Verdict.WARN), (SHORT - 1, Verdict.WARN), (SHORT, Verdict.GOOD)],
)
def test_room_on_the_disk(free, standing):
    """Little room is named before nothing can be written."""

    assert standing is space_found(free, Path("/data")).standing


@pytest.mark.parametrize(
    ("ahead", "standing", "said"),
    [
        (0, Verdict.GOOD, "agrees"),
        (5, Verdict.GOOD, "agrees"),
        (6, Verdict.WARN, "6 s ahead of Slack"),
        (-6, Verdict.WARN, "6 s behind Slack"),
        (60, Verdict.WARN, "60 s ahead"),
        (61, Verdict.FAIL, "61 s ahead"),
        (-3600, Verdict.FAIL, "3600 s behind"),
    ],
)
def test_a_clock_that_is_off(ahead, standing, said):
    """A difference from Slack's own time is named, and more than a minute falsifies the record."""

    answer = Reply(headers={"date": "Sat, 21 Nov 2026 12:00:00 GMT"})
    (found,) = look_at_clock(answer, now=NOON + timedelta(seconds=ahead))

    assert standing is found.standing
    assert said in found.found


@pytest.mark.parametrize("answer", [None, Reply(), Reply(headers={"date": "yesterday"})])
def test_no_time_to_compare_with(answer):
    """Where Slack says no time nothing is claimed."""

    assert () == look_at_clock(answer, now=NOON)


def setup_with(*, dotenv, api="https://slack.com/api/"):
    """A set-up in which only the .env file matters."""
    settings = Settings(_env_file=None, tocsin_slack_api_url=api)
    return Setup(settings=settings, policy=None, manifest={}, mounts="", dotenv=dotenv, now=lambda: NOON)


def test_secrets_in_a_dotenv_file(tmp_path, monkeypatch):
    """A secret in .env is named outside a sandbox, never shown, and other settings may stand there (G6)."""

    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-very-secret\nTOCSIN_LOG_LEVEL=DEBUG\nSLACK_APP_TOKEN=\n")
    monkeypatch.chdir(tmp_path)
    found = look_at_secrets(setup_with(dotenv=secrets_in_dotenv()))

    assert (Verdict.WARN, ".env holds SLACK_BOT_TOKEN.") == (found.standing, found.found)
    assert "NAME_FILE" in found.mend
    sandbox = look_at_secrets(setup_with(dotenv=secrets_in_dotenv(), api="http://127.0.0.1:8700/api/"))
    assert (Verdict.GOOD, True) == (sandbox.standing, sandbox.found.startswith(".env holds SLACK_BOT_TOKEN, as it may"))
    assert "none is in a .env file." == look_at_secrets(setup_with(dotenv=())).found


def test_no_dotenv_file(tmp_path, monkeypatch):
    """Without a .env file there is nothing to find."""

    monkeypatch.chdir(tmp_path)

    assert () == secrets_in_dotenv()


@pytest.mark.parametrize(
    ("status", "standing", "said"),
    [(401, Verdict.GOOD, "refuses what Slack did not sign"), (200, Verdict.FAIL, "is not Tocsin (it said 200")],
)
async def test_who_answers_at_the_request_url(status, standing, said):
    """Tocsin refuses what is not signed; whoever takes it is somebody else."""

    async def answer(_request):
        return web.Response(status=status)

    served = web.Application()
    served.add_routes([web.post("/slack/events", answer)])
    runner = web.AppRunner(served, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found = await tried(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    await runner.cleanup()

    assert standing is found.standing
    assert said in found.found


@pytest.mark.parametrize(
    ("address", "tried_at"),
    [
        ("https://tocsin.example.com", "https://tocsin.example.com/slack/events"),
        ("https://example.com/tocsin", "https://example.com/tocsin/slack/events"),
        ("http://tocsin.example.com", None),
        ("https://localhost:8443/tocsin", None),
    ],
)
def test_where_slack_would_come(address, tried_at):
    """Below a path, too, where a proxy hands that on: the setting takes one, and links in pages use it."""

    assert tried_at == request_url(address)


async def test_nobody_answers_at_the_request_url():
    """Where nobody listens the bot may simply not run yet: it is looked at, not mended."""

    found = await tried("http://127.0.0.1:1/slack/events")

    assert Verdict.WARN is found.standing
    assert "does not answer (ClientConnectorError)" in found.found


def test_what_an_operator_reads():
    """Each finding is a line with its mend below it; the last line counts; advice beside what is good is no warning."""

    findings = (
        fail("Bot token", "there is none.", "Install the app."),
        warn("Disk", "is short.", "Make room."),
        good("Way in", "HTTP."),
    )

    assert [
        "MEND  Bot token: there is none.",
        "      → Install the app.",
        "look  Disk: is short.",
        "      → Make room.",
        "ok    Way in: HTTP.",
        "1 to mend, 1 to look at, 1 good.",
    ] == in_lines(findings)
    assert (False, True) == (is_good(findings), is_good(findings[1:]))
    assert "All 1 are good." == in_lines(findings[2:])[-1]


def test_secrets_are_named_in_files(tmp_path, monkeypatch):
    """A file that NAME_FILE names comes before the environment, and its line's end is no part of the secret."""

    (tmp_path / "token").write_text("xoxb-from-file\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-from-environment")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "token"))

    assert SecretStr("xoxb-from-file") == Settings(_env_file=None).slack_bot_token
