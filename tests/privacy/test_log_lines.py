"""Log lines: scrubbed, one per event, whoever logs."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.log import configure, get_logger, scrub_event
from tests.logs import log_nowhere


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A stream that collects log lines; the process's logging is put back afterwards."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield io.StringIO()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    log_nowhere()


def only_line(stream: io.StringIO) -> dict[str, Any]:
    """Return the one line logged, parsed; it is an error if there are more."""
    (line,) = stream.getvalue().splitlines()
    parsed: dict[str, Any] = json.loads(line)
    return parsed


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("incident", "INC-42", "INC-42"),
        ("ts", "1763733900.123456", "1763733900.123456"),
        ("due_at", "+442079460958", "+442079460958"),
        ("message_id", "10.0.0.5", "10.0.0.5"),
        ("request_id", {"mail": "ada@example.com"}, {"mail": "[e-mail removed]"}),
        ("title", "mail ada@example.com", "mail [e-mail removed]"),
        ("nested", {"a": [("10.0.0.5",)]}, {"a": [["[IP address removed]"]]}),
        ("nested", {"bot_token": "x", "at": "14:05"}, {"bot_token": "[secret removed]", "at": "14:05"}),
        ("nested", {"ada@example.com": 1}, {"[e-mail removed]": 1}),
        ("X-Api-Key", "short", "[secret removed]"),
        ("secret_id", "abc", "[secret removed]"),
        ("Set-Cookie", ["a"], "[secret removed]"),
        ("password", None, None),
        ("body", b"ada@example.com \xff", "[e-mail removed] \ufffd"),
        ("when", datetime(2026, 11, 21, tzinfo=UTC), "2026-11-21T00:00:00+00:00"),
        ("error", ValueError("ada@example.com"), "ValueError('[e-mail removed]')"),
        ("numbers", [1, 2.5, True, None], [1, 2.5, True, None]),
    ],
)
def test_an_event_is_scrubbed_by_key(key: str, value: object, expected: object) -> None:
    """Ids and times stay, secrets go wholly, all other text is scrubbed however deep."""

    assert [expected] == list(scrub_event(None, "info", {key: value}).values())


def test_a_value_that_contains_itself_is_still_one_line() -> None:
    """Nesting without end stops at a depth; what is below is scrubbed as text."""
    loop: list[object] = ["ada@example.com"]
    loop.append(loop)

    assert "ada@" not in json.dumps(scrub_event(None, "info", {"loop": loop}))


def test_structlog_events_are_json_lines(stream: io.StringIO) -> None:
    """An event carries its name, level, logger and time, and no e-mail address (G6.2)."""
    configure(stream=stream)
    get_logger("bot.test").info("incident.declared", incident="INC-42", title="ada@example.com is locked out")

    line = only_line(stream)
    at = datetime.fromisoformat(line.pop("at"))
    assert at.utcoffset() == UTC.utcoffset(None)
    expected = {
        "event": "incident.declared",
        "incident": "INC-42",
        "level": "info",
        "logger": "bot.test",
        "title": "[e-mail removed] is locked out",
    }
    assert expected == line


def test_the_standard_library_takes_the_same_way(stream: io.StringIO) -> None:
    """A library's message, arguments and extras are scrubbed, even from a handler of its own."""
    library = logging.getLogger("slack_bolt.test")
    library.addHandler(logging.StreamHandler(stream))
    library.propagate = False
    configure(stream=stream)
    library.warning("sent to %s", "ada@example.com", extra={"peer": "10.0.0.5"})

    line = only_line(stream)
    assert ("sent to [e-mail removed]", "[IP address removed]") == (line["event"], line["peer"])


def test_a_traceback_is_scrubbed(stream: io.StringIO) -> None:
    """An exception's words go through the scrubber too, whoever logs it."""
    configure(stream=stream)
    try:
        int("ada@example.com")
    except ValueError:
        get_logger("a").exception("failed")
        logging.getLogger("b").exception("failed")

    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert ["ValueError: invalid literal for int() with base 10: '[e-mail removed]'"] * 2 == [
        line["exception"].splitlines()[-1] for line in lines
    ]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("forged", ["\nlevel=INFO user=admin", "\x1b[2Jgone", "a\r\nb", "a\u2028b", "a\x85b"])
def test_nobody_can_forge_a_line(stream: io.StringIO, forged: str, *, as_json: bool) -> None:
    """Newlines and escape sequences in an event, a value or a key stay inside their line."""
    configure(json=as_json, stream=stream)
    get_logger("a").info(forged, value=forged, nested={forged: forged}, **{forged: 1})
    logging.getLogger("b").info("%s", forged)

    written = stream.getvalue()
    assert 2 == len(written.splitlines())
    assert all(char.isprintable() for char in written.replace("\n", ""))


def test_levels_hold_for_both_ways(stream: io.StringIO) -> None:
    """Below the level nothing is written; an unknown level is refused."""
    configure(stream=stream, level="warning")
    get_logger("a").info("quiet")
    logging.getLogger("b").info("quiet")

    assert "" == stream.getvalue()
    with pytest.raises(ValueError, match="LOUD"):
        configure(stream=stream, level="loud")
