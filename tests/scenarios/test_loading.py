"""A scenario is read as it is written, or refused in sentences that name file, line, key and what is allowed."""

from datetime import UTC, datetime

import pytest

from bot.ops.scenarios.loading import MOST_ROWS, ScenarioRejected, load_scenario, read_scenario, shipped
from bot.ops.scenarios.model import DrillRole, Precision, Row, RowKind
from bot.policy.source import LARGEST

GOOD = """id: small
title: Checkout returns errors
sources:
  - https://example.com/postmortem
t0: 2019-07-02T13:31Z
personas:
  responder: iris
rows:
  - at: 0
    precision: E
    role: monitoring
    kind: alert
    text: First page.
  - at: 5
    precision: A
    role: incident_lead
    kind: declare
    text: It is an incident.
"""


def mistakes(content: str | bytes) -> list[str]:
    """Return every sentence with which this content is refused."""
    with pytest.raises(ScenarioRejected) as rejected:
        read_scenario(file="x.yaml", content=content if isinstance(content, bytes) else content.encode())
    return [str(error) for error in rejected.value.errors]


def test_a_good_file_is_read():
    """Every value of a good file arrives as it was written."""

    read = read_scenario(file="x.yaml", content=GOOD.encode())

    assert ("small", "Checkout returns errors") == (read.id, read.title)
    assert ("https://example.com/postmortem",) == read.sources
    assert datetime(2019, 7, 2, 13, 31, tzinfo=UTC) == read.t0
    assert {DrillRole.RESPONDER: "iris"} == read.personas
    assert (
        Row(at=0, precision=Precision.MINUTE, role=DrillRole.MONITORING, kind=RowKind.ALERT, text="First page."),
        Row(
            at=5,
            precision=Precision.APPROXIMATE,
            role=DrillRole.INCIDENT_LEAD,
            kind=RowKind.DECLARE,
            text="It is an incident.",
        ),
    ) == read.rows


WORDS = "allowed are `E`, `X`, `A`, `D`, `I`"

# (what stands in the good file, what is put there instead, every sentence)
BROKEN = [
    ("at: 0", "at: -3", ["x.yaml line 9: `at: -3` is not whole minutes from T0 (0 to 999999)"]),
    ("at: 0", "at: 1.5", ["x.yaml line 9: `at: 1.5` is not whole minutes from T0 (0 to 999999)"]),
    ("at: 0", "at: 1234567", ["x.yaml line 9: `at: 1234567` is not whole minutes from T0 (0 to 999999)"]),
    ("at: 0", "at: [0]", ["x.yaml line 9: `at` is not whole minutes from T0 (0 to 999999)"]),
    ("at: 0", "at: 6", ["x.yaml line 14: `at: 5` is not in order: the row before it has `at: 6`"]),
    ("precision: E", "precision: Q", [f"x.yaml line 10: `precision: Q` is not a known precision: {WORDS}"]),
    ("precision: E", "precision: {}", [f"x.yaml line 10: `precision` is not a known precision: {WORDS}"]),
    (
        "role: monitoring",
        "role: monitorin",
        ["x.yaml line 11: `role: monitorin` is not a known role: the nearest is `monitoring`"],
    ),
    ("kind: alert", "kind: alerted", ["x.yaml line 12: `kind: alerted` is not a known kind: the nearest is `alert`"]),
    ("    kind: alert\n", "", ["x.yaml line 9: `kind` is not there, and `rows` needs it"]),
    ("    kind: alert", "    kin: alert", None),
    ("text: First page.", "text:", ["x.yaml line 13: `text` is not one line of text (1 to 500 characters)"]),
    ("text: First page.", "text: [a]", ["x.yaml line 13: `text` is not one line of text (1 to 500 characters)"]),
    (
        "text: First page.",
        'text: "a\\nb"',
        ["x.yaml line 13: `text: a?b` is not one line of text (1 to 500 characters)"],
    ),
    ("id: small", "id: Not Small", ["x.yaml line 1: `id: Not Small` is not a name of small letters, digits and -"]),
    ("id: small\n", "", ["x.yaml line 1: `id` is not there, and `x.yaml` needs it"]),
    ("title: Checkout", f"title: {'long ' * 20}Checkout", None),
    (
        "https://example.com/postmortem",
        "ftp://example.com",
        ["x.yaml line 4: `sources: ftp://example.com` is not an address (like https://example.com/postmortem)"],
    ),
    (
        "sources:\n  - https://example.com/postmortem",
        "sources: []",
        ["x.yaml line 3: `sources` is not a list of 1 to 30"],
    ),
    (
        "2019-07-02T13:31Z",
        "yesterday",
        ["x.yaml line 5: `t0: yesterday` is not a minute in UTC (like 2019-07-02T13:31Z)"],
    ),
    (
        "2019-07-02T13:31Z",
        "2019-02-30T13:31Z",
        ["x.yaml line 5: `t0: 2019-02-30T13:31Z` is not a minute in UTC (like 2019-07-02T13:31Z)"],
    ),
    (
        "responder: iris",
        "responder: irs",
        ["x.yaml line 7: `responder: irs` is not a person of the sandbox: the nearest is `iris`"],
    ),
    ("responder: iris", "responder: gus", None),
    (
        "responder: iris",
        "respnder: iris",
        ["x.yaml line 7: `respnder` is not a key here: the nearest is `responder`"],
    ),
    (
        "kind: alert\n    text: First page.",
        "kind: command\n    text: '@nor commands'",
        ["x.yaml line 13: `text: @nor commands` is not for anybody here: the nearest is `noor`"],
    ),
    (
        "id: small",
        "id: !!python/name:os.system",
        ["x.yaml line 1: `tag tag:yaml.org,2002:python/name:os.system` is not allowed: write it out in plain YAML"],
    ),
    ("id: small", "id: &a small", ["x.yaml line 1: `&a` is not allowed: write it out in plain YAML"]),
    (
        "title: Checkout",
        "id: other\ntitle: Checkout",
        ["x.yaml line 2: `id` is not allowed twice: it stands on line 1 already"],
    ),
]


@pytest.mark.parametrize(("old", "new", "sentences"), BROKEN, ids=[f"{old[:20]}→{new[:20]}" for old, new, _ in BROKEN])
def test_a_mistake_is_named_where_it_stands(old, new, sentences):
    """One mistake gives its sentence or sentences, and nothing else is blamed."""

    assert old in GOOD

    found = mistakes(GOOD.replace(old, new, 1))

    assert found if sentences is None else sentences == found


def test_all_mistakes_come_at_once():
    """Three mistakes in three places are told together, in the order of lines."""

    found = mistakes(GOOD.replace("13:31Z", "?").replace("precision: E", "precision: Z").replace("at: 5", "at: x"))

    assert [5, 10, 14] == [int(sentence.split()[2].rstrip(":")) for sentence in found]


def test_a_play_needs_a_declaration():
    """Rows of which none declares are refused, with the kinds that would."""

    without = GOOD.replace("kind: alert", "kind: note").replace("kind: declare", "kind: note")

    kinds = "(kinds that can: `declare`, `severity`, `alert`)"
    assert [f"x.yaml line 8: `rows` is not complete: no row declares the incident {kinds}"] == mistakes(without)


# content, and how a sentence about it begins
NO_SCENARIO = [
    ("", "x.yaml line 1: `x.yaml` is not allowed to be empty"),
    ("- a\n", "x.yaml line 1: `x.yaml` is not a table with keys"),
    ("{", "x.yaml line 1: `x.yaml` is not YAML: expected the node content, but found '<stream end>'"),
    (b"\xff\xfe\x00", "x.yaml line 1: `x.yaml` is not UTF-8 text"),
    (b"#" * (LARGEST + 1), "x.yaml line 1: `x.yaml` is not small enough: it is over 262,144 bytes"),
    (GOOD.partition("rows:")[0] + "rows: []\n", "x.yaml line 8: `rows` is not a list of 1 to 500"),
    (GOOD.partition("rows:")[0] + "rows: [a]\n", "x.yaml line 8: `rows: a` is not a table with keys"),
    (GOOD.partition("rows:")[0] + "rows: []\nwho: me\n", "x.yaml line 9: `who` is not a key here: allowed are"),
]


@pytest.mark.parametrize(("content", "sentence"), NO_SCENARIO, ids=[sentence for _, sentence in NO_SCENARIO])
def test_what_is_no_scenario_at_all(content, sentence):
    """Content that is something else altogether is refused in a sentence too."""

    assert any(found.startswith(sentence) for found in mistakes(content))


def test_too_many_rows():
    """A file with more rows than a play can have is refused."""

    row = "  - {at: 0, precision: E, role: ci, kind: alert, text: x}\n"

    found = mistakes(GOOD.partition("  - at: 0")[0] + row * (MOST_ROWS + 1))

    assert ["x.yaml line 8: `rows` is not a list of 1 to 500"] == found


# (name or path, sentence); {} is a folder that exists
NOWHERE = [
    (
        "cloudflare-2019",
        "`cloudflare-2019` is not a scenario: the nearest is `cloudflare-2019-waf`; a path may be given",
    ),
    ("", "`` is not a scenario: allowed are `"),
    ("../secrets", "is not readable: No such file or directory"),
    ("missing.yaml", "is not readable: No such file or directory"),
    ("{}/", "is not readable: Is a directory"),
]


@pytest.mark.parametrize(("name", "sentence"), NOWHERE)
def test_a_name_or_path_that_leads_nowhere(tmp_path, name, sentence):
    """A wrong name is offered the nearest, a wrong path says why it cannot be read."""

    with pytest.raises(ScenarioRejected) as rejected:
        load_scenario(name.format(tmp_path))

    assert sentence in str(rejected.value)


def test_a_path_of_ones_own(tmp_path):
    """A file anywhere is read by its path, and mistakes in it are blamed on its name."""

    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)

    assert "small" == load_scenario(str(path)).id

    path.write_text(GOOD.replace("at: 0", "at: x"))
    with pytest.raises(ScenarioRejected, match=r"^mine\.yaml line 9: `at: x` is not whole minutes"):
        load_scenario(str(path))


def test_what_tocsin_brings():
    """Every shipped scenario is sound, is called what its file is called, and names its sources."""

    read = {name: load_scenario(name) for name in shipped()}

    assert "cloudflare-2019-waf" in read
    assert {name: name for name in read} == {name: one.id for name, one in read.items()}
    assert all(one.sources for one in read.values())


def test_nothing_invented_is_taken_for_history():
    """In the Cloudflare scenario exactly the acknowledgement and the change of command are marked as invented."""

    rows = load_scenario("cloudflare-2019-waf").rows

    assert [(18, RowKind.ACK), (19, RowKind.COMMAND)] == [
        (row.at, row.kind) for row in rows if row.precision is Precision.INVENTED
    ]


def test_who_was_called_is_in_no_source():
    """In the scenario of exposed data, what no source tells is marked so: detection, declaration, who was called."""

    read = load_scenario("openai-2023-redis")

    assert read.is_private
    assert {RowKind.DECLARE, RowKind.ESCALATE, RowKind.ASSIGN} <= {
        row.kind for row in read.rows if row.precision is Precision.INVENTED
    }
    assert [3616, 3616] == [row.at for row in read.rows if row.precision is Precision.EXACT]


@pytest.mark.parametrize(("word", "is_private"), [("true", True), ("false", False)])
def test_private_is_true_or_false(word, is_private):
    """Whether only people invited see it is said in one word."""

    read = read_scenario(file="x.yaml", content=GOOD.replace("t0:", f"private: {word}\nt0:").encode())

    assert is_private is read.is_private
    assert ["x.yaml line 5: `private: maybe` is not true or false"] == mistakes(
        GOOD.replace("t0:", "private: maybe\nt0:")
    )
