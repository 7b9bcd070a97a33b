"""A company's first evening: what `tocsin check` finds wrong with a set-up, and how it says to mend it."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.app import Bot
from bot.cli import main
from bot.ops.check.finding import Finding, Verdict
from bot.ops.check.whole import UNSEEN, examine, is_good
from bot.ops.check_commands import in_lines
from bot.ops.company import ROOT
from bot.ops.manifests import over_http, shipped
from bot.settings import Settings
from sandbox import people
from sandbox.ids import OTHER_APP_TOKEN
from sandbox.records import Channel
from sandbox.server import Sandbox
from sandbox.sight import person_named
from storage.unit_of_work import Database
from tests.stories.company import Cast

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
ROOMY = "36 35 98:0 / / rw,noatime - ext4 /dev/root rw\n"
OF_THE_MACHINE = ("Clock", "Disk")
"""What depends on where the tests run: the sandbox lives in another year, and a temporary folder forgets."""

Plant = Callable[["FirstEvening"], Awaitable[dict[str, Any]]]
Planted = tuple[Plant, str, Verdict, str, str]


class FirstEvening(Cast):
    """A company that sets Tocsin up; its settings are checked while the bot runs, nothing in it being broken yet."""

    async def check(self, *, mounts: str = ROOMY, late: timedelta = timedelta(0), **settings: Any) -> list[Finding]:
        """Return what a check finds: `late` is how far this machine's clock is ahead of Slack's."""
        beaten = {"tocsin_heartbeat_url": SecretStr("https://beats.example.com/secret-heartbeat")}
        found = await examine(
            self.bot_settings().model_copy(update=beaten | settings),
            now=lambda: self.sandbox.clock.now() + late,
            manifest=shipped(),
            mounts=mounts,
            dotenv=(),
            told=lambda _part: None,
        )
        return list(found)

    async def adopt(self, file: str, old: str, new: str) -> None:
        """Put a policy in force that differs in one place from the one that is shipped."""
        self.edit(file, old, new)
        await self.prepare()

    async def prepare(self) -> None:
        """Do what `tocsin migrate` does, and put what the folder holds in force."""
        bot = Bot(self.bot_settings(), now=self.sandbox.clock.now)
        await bot.prepare()
        await bot.adopt()
        bot.close()

    def edit(self, file: str, old: str, new: str) -> None:
        """Change the policy folder in one place."""
        path = Path(self.bot_settings().tocsin_policies, file)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def room(self, name: str) -> Channel:
        """Return a channel of the sandbox."""
        return next(room for room in self.sandbox.workspace.channels.values() if room.name == name)


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[FirstEvening]:
    """A company that is about to start Tocsin, whose policy folder is its own."""
    policies = shutil.copytree(ROOT / "policies", tmp_path / "policies")
    settings = {"tocsin_policies": policies}
    company = FirstEvening(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START, settings=settings)
    await company.mailbox.open()
    await company.sandbox.start()
    await company.prepare()
    yield company
    await company.close()


async def no_bot_token(_evening: FirstEvening) -> dict[str, Any]:
    """Forget the bot token."""
    return {"slack_bot_token": SecretStr("")}


async def swapped_tokens(evening: FirstEvening) -> dict[str, Any]:
    """Put each token where the other belongs."""
    bot, app = evening.sandbox.bot_token, evening.sandbox.app_token
    return {"slack_bot_token": SecretStr(app), "slack_app_token": SecretStr(bot)}


async def a_token_of_nobody(_evening: FirstEvening) -> dict[str, Any]:
    """Copy the bot token badly."""
    return {"slack_bot_token": SecretStr("xoxb-sandbox-bot-toke")}


async def another_apps_token(_evening: FirstEvening) -> dict[str, Any]:
    """Take the app token from another app."""
    return {"slack_app_token": SecretStr(OTHER_APP_TOKEN)}


async def a_revoked_token(evening: FirstEvening) -> dict[str, Any]:
    """Let an administrator take the app away."""
    evening.sandbox.workspace.revoked = True
    return {}


async def too_few_scopes(evening: FirstEvening) -> dict[str, Any]:
    """Install the app as it was before Do Not Disturb was looked at."""
    installed = evening.sandbox.workspace.manifest
    evening.sandbox.workspace.manifest = replace(installed, scopes=installed.scopes - {"dnd:read"})
    return {}


async def too_many_scopes(evening: FirstEvening) -> dict[str, Any]:
    """Grant more than is needed."""
    installed = evening.sandbox.workspace.manifest
    evening.sandbox.workspace.manifest = replace(installed, scopes=installed.scopes | {"users:read.email"})
    return {}


async def a_room_without_tocsin(evening: FirstEvening) -> dict[str, Any]:
    """Forget to invite Tocsin."""
    evening.room("ops").members.remove(evening.sandbox.workspace.bot.id)
    return {}


async def a_room_that_is_not_there(evening: FirstEvening) -> dict[str, Any]:
    """Name a channel that nobody made."""
    await evening.adopt("channels.yaml", "governance: governance ", "governance: policy-board ")
    return {}


async def an_archived_room(evening: FirstEvening) -> dict[str, Any]:
    """Archive a channel that policy speaks to."""
    evening.room("incidents").is_archived = True
    return {}


async def a_read_only_room(evening: FirstEvening) -> dict[str, Any]:
    """Let administrators only post."""
    evening.room("incidents").is_read_only = True
    return {}


async def a_shared_room(evening: FirstEvening) -> dict[str, Any]:
    """Share the leadership channel with a partner."""
    evening.room("leadership").is_ext_shared = True
    return {}


async def somebody_left(evening: FirstEvening) -> dict[str, Any]:
    """Let the primary on call leave the company."""
    person_named(evening.sandbox.workspace, "noor").deleted = True
    return {}


async def a_guest_on_call(evening: FirstEvening) -> dict[str, Any]:
    """Put a guest on call."""
    await evening.adopt("people.yaml", 'slack: "@sam"', 'slack: "@gus"')
    return {}


async def a_misspelt_handle(evening: FirstEvening) -> dict[str, Any]:
    """Misspell somebody's handle."""
    await evening.adopt("people.yaml", 'slack: "@iris"', 'slack: "@irish"')
    return {}


async def a_group_that_cannot_be_read(evening: FirstEvening) -> dict[str, Any]:
    """Name a user group without the scope to look at it."""
    await evening.adopt("people.yaml", "sre: {label: ML Platform SRE,", 'sre: {user_group: "@sre", label: SRE,')
    return {}


async def an_empty_group(evening: FirstEvening) -> dict[str, Any]:
    """Name a user group that has nobody in it."""
    await a_group_that_cannot_be_read(evening)
    workspace = evening.sandbox.workspace
    workspace.manifest = replace(workspace.manifest, scopes=workspace.manifest.scopes | {"usergroups:read"})
    group = people.user_group(group_id="S0SRE", handle="sre", name="SRE", users=[], created=workspace.unix())
    workspace.user_groups["S0SRE"] = group
    return {}


async def somebody_asleep(evening: FirstEvening) -> dict[str, Any]:
    """Let the secondary on call sleep."""
    person_named(evening.sandbox.workspace, "sam").dnd = True
    return {}


async def no_second_way(evening: FirstEvening) -> dict[str, Any]:
    """Let one of the escalation be reached in Slack only."""
    await evening.adopt("people.yaml", "ways: [dm, email: lena@example.com]", "ways: [dm]")
    return {}


async def no_mail_server(_evening: FirstEvening) -> dict[str, Any]:
    """Forget the mail server."""
    return {"tocsin_smtp_host": ""}


async def a_mail_server_that_is_down(evening: FirstEvening) -> dict[str, Any]:
    """Let the mail server be down."""
    await evening.mailbox.close()
    return {}


async def a_mail_server_in_the_clear(_evening: FirstEvening) -> dict[str, Any]:
    """Ask for STARTTLS where there is none."""
    return {"tocsin_smtp_tls": "starttls"}


async def an_address_without_a_port(_evening: FirstEvening) -> dict[str, Any]:
    """Name the public address and forget the port behind it."""
    return {"tocsin_public_url": "https://tocsin.example.com", "tocsin_http_port": None}


async def no_address_of_a_database(_evening: FirstEvening) -> dict[str, Any]:
    """Write the database's name where its address belongs."""
    return {"database_url": SecretStr("tocsin.db")}


async def a_heartbeat_to_nowhere(_evening: FirstEvening) -> dict[str, Any]:
    """Leave https:// away."""
    return {"tocsin_heartbeat_url": SecretStr("alive.example.com/ping")}


async def a_folder_for_a_database(evening: FirstEvening) -> dict[str, Any]:
    """Forget the file's name."""
    folder = Path(evening.database.removeprefix("sqlite:///")).parent
    return {"database_url": SecretStr(f"sqlite:///{folder}")}


async def a_file_of_another_kind(evening: FirstEvening) -> dict[str, Any]:
    """Name a file that SQLite did not write."""
    path = Path(f"{evening.database.removeprefix('sqlite:///')}.txt")
    path.touch(mode=0o600)  # noqa: ASYNC240 - nothing else happens meanwhile
    path.write_text("words, and nothing that SQLite wrote. " * 100)  # noqa: ASYNC240 - the same
    return {"database_url": SecretStr(f"sqlite:///{path}")}


async def no_database(_evening: FirstEvening) -> dict[str, Any]:
    """Name a PostgreSQL that nobody started."""
    return {"database_url": SecretStr("postgresql://tocsin:hunter2hunter2@127.0.0.1:1/tocsin")}


async def not_migrated(evening: FirstEvening) -> dict[str, Any]:
    """Take a new version and forget `tocsin migrate`."""
    database = Database(evening.database)
    database.migrate(to="base")
    database.close()
    return {}


async def a_disk_that_forgets(_evening: FirstEvening) -> dict[str, Any]:
    """Keep the database inside a container."""
    return {"mounts": "22 1 0:1 / / rw - overlay overlay rw,lowerdir=/a\n"}


async def on_heroku(_evening: FirstEvening) -> dict[str, Any]:
    """Keep the database on Heroku's disk."""
    return {"dyno": "worker.1"}


async def a_file_for_all(evening: FirstEvening) -> dict[str, Any]:
    """Let every account of the machine read the database."""
    os.chmod(evening.database.removeprefix("sqlite:///"), 0o644)  # noqa: PTH101 - nothing else happens meanwhile
    return {}


async def alarms_left(evening: FirstEvening) -> dict[str, Any]:
    """Leave an alarm in the spool that no bot has entered."""
    folder = Path(f"{evening.database.removeprefix('sqlite:///')}-spool")
    folder.mkdir(exist_ok=True)  # noqa: ASYNC240 - nothing else happens meanwhile
    (folder / "D-3F7K.jsonl").write_text("{}")
    return {}


async def a_clock_ahead(_evening: FirstEvening) -> dict[str, Any]:
    """Let the machine's clock run ahead."""
    return {"late": timedelta(minutes=10)}


async def a_folder_nobody_adopted(evening: FirstEvening) -> dict[str, Any]:
    """Change the folder, and have the Board decide nothing."""
    evening.edit("channels.yaml", "operators: ops ", "operators: general ")
    return {}


async def a_broken_folder(evening: FirstEvening) -> dict[str, Any]:
    """Break the folder."""
    evening.edit("channels.yaml", "operators: ops ", "operators: '#ops' ")
    return {}


async def a_broken_folder_at_first(evening: FirstEvening) -> dict[str, Any]:
    """Break the folder before any policy was ever in force."""
    evening.edit("channels.yaml", "operators: ops ", "operators: '#ops' ")
    return {"database_url": SecretStr(f"{evening.database}.not-there")}


async def nobody_outside(_evening: FirstEvening) -> dict[str, Any]:
    """Have nobody notice silence."""
    return {"tocsin_heartbeat_url": SecretStr("")}


async def http_without_a_secret(_evening: FirstEvening) -> dict[str, Any]:
    """Open a port and have no way to tell Slack's requests from others'."""
    ways = {"slack_app_token": SecretStr(""), "slack_signing_secret": SecretStr("")}
    return {**ways, "tocsin_http_port": 8080}


async def http_without_a_port(_evening: FirstEvening) -> dict[str, Any]:
    """Tell Slack's requests from others' and have nowhere for them to come."""
    ways = {"slack_app_token": SecretStr(""), "slack_signing_secret": SecretStr("0123456789abcdef")}
    return {**ways, "tocsin_http_port": None}


async def an_address_slack_cannot_reach(_evening: FirstEvening) -> dict[str, Any]:
    """Give Slack an address of this machine's own."""
    return {"tocsin_http_port": 8080, "tocsin_public_url": "http://localhost:8080"}


async def slack_down(evening: FirstEvening) -> dict[str, Any]:
    """Let Slack be down."""
    await evening.sandbox.fault({"slack_down": "2h"})
    return {}


PLANTED: list[Planted] = [
    (no_bot_token, "Bot token", Verdict.FAIL, "there is none", "OAuth & Permissions"),
    (swapped_tokens, "Bot token", Verdict.FAIL, "the two tokens are swapped", "begins with xoxb-"),
    (a_token_of_nobody, "Bot token", Verdict.FAIL, "does not take it (invalid_auth)", "OAuth & Permissions"),
    (another_apps_token, "One app", Verdict.FAIL, "of app A0SANDBOX00, the app token of app A0OTHERAPP0", "one app"),
    (a_revoked_token, "Bot token", Verdict.FAIL, "does not take it (token_revoked)", "OAuth & Permissions"),
    (too_few_scopes, "Scopes", Verdict.FAIL, "not granted: dnd:read.", "reinstall"),
    (too_many_scopes, "Scopes", Verdict.WARN, "granted and not needed: users:read.email.", "reinstall"),
    (a_room_without_tocsin, "Channel #ops (operators)", Verdict.FAIL, "is not in it", "/invite @Tocsin in #ops"),
    (a_room_that_is_not_there, "Channel #policy-board (governance)", Verdict.FAIL, "not there", "channels.yaml"),
    (an_archived_room, "Channel #incidents (incidents)", Verdict.FAIL, "is archived", "Unarchive"),
    (a_read_only_room, "Channel #incidents (incidents)", Verdict.FAIL, "may not post", "Posting permissions"),
    (a_shared_room, "Channel #leadership (leadership)", Verdict.FAIL, "another organisation", "not shared"),
    (somebody_left, "People: Noor Haddad", Verdict.FAIL, "@noor is deactivated.", "Copy member ID"),
    (a_guest_on_call, "People: Sam Reyes", Verdict.FAIL, "@gus is a guest.", "people.yaml"),
    (a_misspelt_handle, "People: Iris Park", Verdict.FAIL, "@irish is nobody here.", "people.yaml"),
    (a_group_that_cannot_be_read, "User groups", Verdict.WARN, "without the scope", "usergroups:read"),
    (an_empty_group, "User groups: SRE", Verdict.FAIL, "@sre has nobody in it.", "put people into it"),
    (somebody_asleep, "Do Not Disturb", Verdict.WARN, "on now for Sam Reyes until 18:00 UTC", "oncall test"),
    (no_second_way, "Second way", Verdict.FAIL, "Lena Brandt can only be paged in Slack", "people.yaml"),
    (no_mail_server, "Mail server", Verdict.FAIL, "are paged by e-mail", "TOCSIN_SMTP_HOST"),
    (a_mail_server_that_is_down, "Mail server", Verdict.FAIL, "does not answer", "TOCSIN_SMTP_HOST"),
    (a_mail_server_in_the_clear, "Mail server", Verdict.FAIL, "offers no STARTTLS", "TOCSIN_SMTP_TLS"),
    (no_database, "Database", Verdict.FAIL, "does not answer (OperationalError)", "database is up"),
    (no_address_of_a_database, "Database", Verdict.FAIL, "DATABASE_URL names no database", "sqlite:///path"),
    (a_folder_for_a_database, "Database", Verdict.FAIL, "which is a folder.", "sqlite:///path/tocsin.db"),
    (a_file_of_another_kind, "Database", Verdict.FAIL, "is no SQLite database, or is damaged.", "tocsin restore"),
    (not_migrated, "Database", Verdict.FAIL, "without tables; this Tocsin needs 0001", "tocsin migrate"),
    (a_disk_that_forgets, "Disk", Verdict.FAIL, "on overlay: every incident is gone", "volume that stays"),
    (on_heroku, "Disk", Verdict.FAIL, "on Heroku's disk", "PostgreSQL"),
    (a_file_for_all, "Database file", Verdict.WARN, "other accounts of this machine may open", "chmod 600"),
    (a_clock_ahead, "Clock", Verdict.FAIL, "600 s ahead of Slack", "NTP"),
    (a_folder_nobody_adopted, "Policy", Verdict.WARN, "is in force;", "/incident policy adopt"),
    (a_broken_folder, "Policy", Verdict.WARN, "with 1 mistake: channels.yaml", "tocsin policy check"),
    (a_broken_folder_at_first, "Policy", Verdict.FAIL, "none is in force, and", "tocsin policy check"),
    (nobody_outside, "Heartbeat", Verdict.WARN, "nobody outside notices", "TOCSIN_HEARTBEAT_URL"),
    (a_heartbeat_to_nowhere, "Heartbeat", Verdict.FAIL, "is no address", "https://alive.example.com"),
    (http_without_a_secret, "Way in", Verdict.FAIL, "and SLACK_SIGNING_SECRET for HTTP mode", "Basic Information"),
    (http_without_a_port, "Way in", Verdict.FAIL, "and TOCSIN_HTTP_PORT for HTTP mode", "App-Level Tokens"),
    (an_address_slack_cannot_reach, "Public URL", Verdict.FAIL, "Slack cannot reach it", "TOCSIN_PUBLIC_URL"),
    (an_address_without_a_port, "Public URL", Verdict.WARN, "nobody listens behind it", "TOCSIN_HTTP_PORT"),
    (slack_down, "Bot token", Verdict.FAIL, "Slack does not answer.", "port 443"),
    (alarms_left, "Spool", Verdict.WARN, "1 written down in", "spool.not_entered"),
]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted[0].__name__)
async def test_a_broken_set_up_is_found(evening: FirstEvening, planted: Planted) -> None:
    """What is wrong is named, with one sentence that mends it, and nothing else is blamed for it."""

    plant, looked_at, standing, found, mend = planted
    findings = await evening.check(**await plant(evening))

    named = [one for one in findings if one.looked_at == looked_at]
    assert [standing] == [one.standing for one in named], "\n".join(in_lines(findings))
    assert found in named[0].found
    assert mend in named[0].mend
    blamed = [one for one in findings if one.standing is not Verdict.GOOD and one != UNSEEN]
    assert 2 >= len(blamed), "\n".join(in_lines(findings))


@pytest.mark.parametrize("plant", [http_without_a_secret, http_without_a_port])
async def test_half_of_http_mode_is_one_cause(evening: FirstEvening, plant: Plant) -> None:
    """What is missing is said once, of the way in: nobody is told to mend the token of a mode they do not use."""

    findings = await evening.check(**await plant(evening))

    assert ["Way in"] == [one.looked_at for one in findings if one.standing is Verdict.FAIL]


async def test_what_could_not_be_looked_at_is_said(evening: FirstEvening) -> None:
    """Without a token that works the check does not pass over scopes, channels, people and the clock in silence."""

    findings = await evening.check(slack_bot_token=SecretStr(""))

    assert UNSEEN in findings


async def test_a_good_set_up_is_said_to_be_good(evening: FirstEvening) -> None:
    """With everything in order the check says so while the bot runs, changes nothing, and breaks no rule of Slack's."""

    await evening.start_bot()
    asked = len(evening.sandbox.workspace.calls)
    findings = await evening.check()
    made = {call.method for call in evening.sandbox.workspace.calls[asked:]}

    assert f"All {len(findings)} are good." == in_lines(findings)[-1], "\n".join(in_lines(findings))
    assert is_good(tuple(findings))
    assert set() == {name for name in made if name.startswith(("chat.", "pins.", "conversations.create"))}
    assert [] == evening.sandbox.workspace.violations


async def test_a_postgresql_before_and_after_migrating(evening: FirstEvening, bare_postgres: str) -> None:
    """An empty PostgreSQL wants `tocsin migrate`; afterwards it is good, and no disk of this machine matters."""

    evening.database = bare_postgres
    before = await evening.check()
    await evening.prepare()
    after = await evening.check()

    bare = next(one for one in before if one.looked_at == "Database")
    assert (Verdict.FAIL, "Run `tocsin migrate`.") == (bare.standing, bare.mend)
    assert "without tables; this Tocsin needs 0001." in bare.found
    assert f"All {len(after)} are good." == in_lines(after)[-1], "\n".join(in_lines(after))
    assert {"Disk", "SQLite"}.isdisjoint({one.looked_at for one in after})


async def test_the_manifest_over_http_is_one_an_app_lives_by(tmp_path: Path) -> None:
    """An app made from `tocsin manifest --http` declares over the request URL alone, without Socket Mode."""

    company = Cast(database=f"sqlite:///{tmp_path}/tocsin.db", started_at=START, over_http=True)
    made = over_http(shipped(), address="https://tocsin.example.com")
    company.sandbox = Sandbox(manifest=made, started_at=START)
    await company.open()
    answer = await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Acknowledge")
    sockets, broken = company.calls("apps.connections.open"), company.sandbox.workspace.violations
    await company.close()

    assert "INC-1 declared as SEV-1." in answer
    assert ([], []) == (sockets, broken)


async def test_reviews_fall_due(evening: FirstEvening) -> None:
    """A year later every policy file is named as overdue (S12)."""

    findings = await evening.check(late=timedelta(days=365))

    overdue = next(one for one in findings if one.looked_at == "Reviews")
    assert (Verdict.WARN, 9) == (overdue.standing, overdue.found.count(".yaml (since "))


async def tocsin(*words: str, **settings: str) -> tuple[int, str, str]:
    """Type a command as an operator does; return its exit code, what it said and what it complained of."""
    unset: dict[str, str | None] = {name: None for name in os.environ if name.startswith(("SLACK_", "TOCSIN_"))}
    ran = await asyncio.to_thread(CliRunner().invoke, main, words, env=unset | settings)
    return ran.exit_code, ran.stdout, ran.stderr


def in_environment(settings: Settings) -> dict[str, str]:
    """Return settings as an operator sets them."""
    values = {name.upper(): getattr(settings, name) for name in Settings.model_fields}
    said = {name: one.get_secret_value() if isinstance(one, SecretStr) else one for name, one in values.items()}
    return {name: str(value) for name, value in said.items() if value not in (None, "")}


async def test_the_command_says_it_all_and_no_secret(evening: FirstEvening) -> None:
    """Exit code 1 over something to mend, the same findings as JSON, and not one secret in either."""

    await a_room_without_tocsin(evening)
    environment = in_environment(evening.bot_settings()) | {
        "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
        "TOCSIN_HEARTBEAT_URL": "https://beats.example.com/secret-heartbeat",
        "TOCSIN_SMTP_PASSWORD": "correct-horse-battery",
    }
    code, said, errors = await tocsin("check", **environment)
    as_json = await tocsin("check", "--json", **environment)
    found = json.loads(as_json[1])

    assert (1, 1, "", "") == (code, as_json[0], errors, as_json[2])
    assert "MEND  Channel #ops (operators): Tocsin is not in it.\n      → Type /invite @Tocsin in #ops.\n" in said
    assert not found["ok"]
    assert {"looked_at", "standing", "found", "mend"} == set(found["findings"][0])
    assert ["Channel #ops (operators)"] == [
        one["looked_at"]
        for one in found["findings"]
        if one["standing"] == "fail" and one["looked_at"] not in OF_THE_MACHINE
    ]
    for name, secret in environment.items():
        if name.endswith(("TOKEN", "SECRET", "PASSWORD", "HEARTBEAT_URL")):
            assert secret not in said + as_json[1], name


async def test_misuse_is_said_to_be_misuse() -> None:
    """A setting that makes no sense ends the check with 2 and a sentence, before anything is looked at."""

    code, said, complaint = await tocsin("check", TOCSIN_HTTP_PORT="many")

    assert (2, "") == (code, said)
    assert "TOCSIN_HTTP_PORT" in complaint
