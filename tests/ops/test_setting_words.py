"""A wrong setting is answered with a sentence: which one, what it may be, and never what was given."""

import pytest
from typer.testing import CliRunner

from bot.cli import main
from bot.ops.exits import MISUSE
from bot.settings import SLACK_API, Settings

_ADDRESS = "an address like https://tocsin.example.com, without a question mark, a # or a password"

_API = "an address like https://slack.com/api/; leave it out for Slack itself"


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("TOCSIN_HTTP_PORT", "hunter2", "TOCSIN_HTTP_PORT must be a whole number."),
        ("TOCSIN_HTTP_PORT", "99999", "TOCSIN_HTTP_PORT must be 65535 or less."),
        ("LOG_RETENTION_DAYS", "30", "LOG_RETENTION_DAYS must be 90 or more."),
        ("TOCSIN_SMTP_TLS", "hunter2", "TOCSIN_SMTP_TLS must be starttls, ssl or insecure."),
        (
            *("TOCSIN_PUBLIC_URL", "https://me:hunter2@tocsin.example.com"),
            f"TOCSIN_PUBLIC_URL must be {_ADDRESS}.",
        ),
        ("TOCSIN_SLACK_API_URL", "hunter2", f"TOCSIN_SLACK_API_URL must be {_API}."),
        ("TOCSIN_SLACK_API_URL", "", f"TOCSIN_SLACK_API_URL must be {_API}."),
        ("TOCSIN_SLACK_API_URL", "https://hunter2:8o/api/", f"TOCSIN_SLACK_API_URL must be {_API}."),
        ("TOCSIN_SLACK_API_URL", "https://me:hunter2@slack.com/api/", f"TOCSIN_SLACK_API_URL must be {_API}."),
        (
            *("TOCSIN_LINK_SECRET", "hunter2"),
            "TOCSIN_LINK_SECRET must have at least 32 characters; leave it out and one is made.",
        ),
    ],
)
def test_a_wrong_setting(name, given, sentence, tmp_path, monkeypatch):
    """Every command stops at it before it does anything, and names what is allowed."""

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, given)
    answer = CliRunner().invoke(main, ["status"])

    assert (MISUSE, f"{sentence}\n") == (answer.exit_code, answer.stderr)


def test_the_web_api_with_or_without_its_slash():
    """Slack's own address is Slack's, however it ends."""

    assert SLACK_API == Settings(_env_file=None, tocsin_slack_api_url="https://slack.com/api").tocsin_slack_api_url
