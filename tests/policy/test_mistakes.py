"""A policy with a mistake in it is refused, in a sentence that names the file and the line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.errors import PolicyError, PolicyRejected
from bot.policy.load import FILES, examine, load
from bot.policy.reading import Reading
from bot.policy.source import LARGEST

BROKEN = Path(__file__).parent / "broken"
POLICIES = Path(__file__).parents[2] / "policies"


def mistakes(files) -> list[str]:
    """Return every sentence with which these files are refused."""
    with pytest.raises(PolicyRejected) as rejected:
        load(files)
    return [str(error) for error in rejected.value.errors]


def edited(shipped, file, **edits) -> dict[str, bytes]:
    """Return the shipped files with each edit (old=new) made once in `file`."""
    text = shipped[file].decode()
    for old, new in edits.items():
        assert old in text, f"{old!r} is not in {file}"
        text = text.replace(old, new, 1)
    return {**shipped, file: text.encode()}


def line_of(content: bytes, words: str) -> int:
    """Return the line on which `words` stand for the first time."""
    return content.decode().partition(words)[0].count("\n") + 1


@pytest.mark.parametrize("folder", sorted(BROKEN.iterdir()), ids=lambda folder: folder.name)
def test_planted_mistakes(shipped, folder):
    """Each planted mistake is found where it stands, and nothing else is blamed."""

    planted = {path.name: path.read_bytes() for path in folder.glob("*.yaml")}

    assert (folder / "expected.txt").read_text("utf-8").splitlines() == mistakes({**shipped, **planted})


# (file, edits, words on the line to blame, sentence)
SINGLE = [
    (
        "matrix.yaml",
        {"default: service ": "default: provider_outage "},
        "default: provider_outage",
        "`default: provider_outage` is not a type of every severity that everyone may see: nobody chose it",
    ),
    (
        "matrix.yaml",
        {"default: service ": "default: servce "},
        "default: servce",
        "`default: servce` is not a type: the nearest is `service`",
    ),
    (
        "matrix.yaml",
        {"phases_run: once_set": "phases_run: sometimes"},
        "phases_run: sometimes",
        "`phases_run: sometimes` is not one of these: allowed are `once_set`, `always`",
    ),
    (
        "people.yaml",
        {"handoff: Mon 09:00": "handoff: Monday at nine"},
        "handoff: Monday",
        "`handoff: Monday at nine` is not a day and a time (like Mon 09:00)",
    ),
    (
        "people.yaml",
        {"zone: Europe/Berlin\nhandoff": "handoff"},
        "handoff: Mon",
        "`handoff: Mon 09:00` is not complete without `zone`: the time would be nobody's",
    ),
    (
        "people.yaml",
        {"quiet: 22:00 to 07:00": "quiet: 22 to 7"},
        "quiet: 22",
        "`quiet: 22 to 7` is not two times (like 22:00 to 07:00)",
    ),
    (
        "people.yaml",
        {"person: ada}\n": "person: eve}\n"},
        "person: eve",
        "`person: eve` is not somebody under `persons`: allowed are `ada`, `n",
    ),
    (
        "severity.yaml",
        {"resolve: 4h": "resolve: 20m"},
        "resolve: 20m",
        "`resolve: 20m` is not at least `mitigate: 30m`",
    ),
    (
        "severity.yaml",
        {"    escalate_if_not_mitigated: [sre_lead]\n": ""},
        "mitigate: 8h",
        "`mitigate: 8h` is not complete without `escalate_if_not_mitigated`: nobody would be called",
    ),
    (
        "severity.yaml",
        {"    resolve: next_sprint": "    resolve: next_sprint\n    escalate_if_not_mitigated: [vp, vp]"},
        "[vp, vp]",
        "`escalate_if_not_mitigated` is not of use without `mitigate`: no clock would call them",
    ),
    (
        "severity.yaml",
        {"{after: 5m, contact: primary, way: 2}": "{after: 9m, contact: primary, way: 2}"},
        "{after: 8m,",
        "`after: 8m` is not after the step before it (`after: 9m`)",
    ),
    (
        "severity.yaml",
        {"nobody_after: 10m": "nobody_after: 5m"},
        "nobody_after: 5m",
        "`nobody_after: 5m` is not longer than `after: 5m`",
    ),
    (
        "severity.yaml",
        {"contact_after: 10m": "contact_after: 15m"},
        "every: 15m",
        "`every: 15m` is not longer than `contact_after: 15m`",
    ),
    (
        "severity.yaml",
        {"      every: 15m             #": "      every: 14m             #"},
        "every: 14m",
        "`every: 14m` is not at least SEV-1's 15m",
    ),
    (
        "severity.yaml",
        {"commander_after: 5m": "commander_after: 10m"},
        "contact_after: 10m",
        "`contact_after: 10m` is not longer than `commander_after: 10m`",
    ),
    (
        "severity.yaml",
        {"short_upto: 10m": "short_upto: 2m"},
        "short_upto: 2m",
        "`short_upto: 2m` is not longer than `short_before: 2m`",
    ),
    (
        "severity.yaml",
        {"- No user impact,": "- One more\n      - No user impact,"},
        "criteria:\n      - One more",
        "`criteria` is not short enough: 9 in all severities, at most 8",
    ),
    (
        "severity.yaml",
        {"resolve: 72h": "resolve: 15d"},
        "resolve: next_sprint",
        "`resolve: next_sprint` is not at least SEV-3's 15d",
    ),
    (
        "severity.yaml",
        {"- Confirmed loss of revenue": "- " + "x" * 76},
        "x" * 76,
        f"`criteria: {'x' * 69}…` is not one line of text (1 to 75 characters)",
    ),
    (
        "severity.yaml",
        {"default: sev2 ": "default: ~ "},
        "default: ~",
        "`default` is not one line of text (1 to 200 characters)",
    ),
    (
        "severity.yaml",
        {"\n  sev1:": "\n  sev0:"},
        "severities:",
        "`sev1` is not there, and `severities` needs it",
    ),
    (
        "matrix.yaml",
        {"\ndefault: service": "\ndefault: [service]"},
        "default: [service]",
        "`default` is not one line of text (1 to 200 characters)",
    ),
    ("severity.yaml", {"days: 14": "days: 61"}, "days: 61", "`days: 61` is not a whole number from 1 to 60"),
    (
        "severity.yaml",
        {"sprint: ": "print: "},
        "version: 2.0.0",
        "`sprint` is not there, and `severity.yaml` needs it",
    ),
    (
        "severity.yaml",
        {"backoff: [15m, 30m, 60m]": "backoff: []"},
        "backoff: []",
        "`backoff` is not a list of 1 to 20",
    ),
    (
        "severity.yaml",
        {"starts: 2026-11-09": "starts: 20261109"},
        "starts: 20261109",
        "`starts: 20261109` is not a day (like 2026-11-09)",
    ),
    (
        "people.yaml",
        {"name: Ada Obi": 'name: "Ada\\u202e`Obi"'},
        'name: "Ada',
        "`name: Ada??Obi` is not one line of text (1 to 80 characters)",
    ),
    (
        "people.yaml",
        {"zone: Europe/Madrid": "zone: ../../etc/passwd"},
        "zone: ../../etc/passwd",
        "`zone: ../../etc/passwd` is not a time zone (like Europe/Berlin)",
    ),
    (
        "people.yaml",
        {"email: ada@example.com": 'email: "ada@example.com?cc=eve@example.org"'},
        "eve@example.org",
        "`email: ada@example.com?cc=eve@example.org` is not an e-mail address",
    ),
    (
        "people.yaml",
        {"email: ada@example.com": 'apprise: {label: SMS, url: "not a url"}'},
        "not a url",
        "`url` is not an Apprise URL (like sns://…) without line breaks, encoded ones either",
    ),
    (
        "people.yaml",
        {"  vp: {label": "  VP!: {label: VP}\n  vp: {label"},
        "VP!",
        "`VP!` is not a good key: small letters, digits and _ only",
    ),
    (
        "roles.yaml",
        {"taken_by: leaders": "taken_by: friends"},
        "friends",
        "`taken_by: friends` is not anyone or leaders",
    ),
    ("roles.yaml", {"  deputy:": "  depty:"}, "roles:", "`deputy` is not there, and `roles` needs it"),
    (
        "roles.yaml",
        {"      - Times in the notes, as they happen\n": "      - one\n      - two\n      - three\n"},
        'answers_for:\n      - "Notes',
        "`answers_for` is not a list of 1 to 4",
    ),
    (
        "roles.yaml",
        {"    decides: What is worth a note\n": ""},
        "  scribe:",
        "`decides` is not there, and `scribe` needs it",
    ),
    (
        "classification.yaml",
        {"  restricted:": "  restrictd:"},
        "levels:",
        "`restricted` is not there, and `levels` needs it",
    ),
    (
        "people.yaml",
        {"members: [lena]}": "members: [lena], escalates_to: executives}"},
        "executives: {",
        "`escalates_to: executives` is not a way up: executives → executives goes in a circle",
    ),
    ("channels.yaml", {"  sev1: ml": "  sev0: ml"}, "sev0", "`sev0` is not a key here: the nearest is `sev4`"),
    ("channels.yaml", {"operators:": "~: ops\noperators:"}, "~: ops", "`~` is not a key here: allowed are `version`,"),
    ("channels.yaml", {"operators:": "[a, b]: ops\noperators:"}, "[a, b]", "`?` is not a key: a key is one word"),
]


@pytest.mark.parametrize(("file", "edits", "blamed", "sentence"), SINGLE, ids=[case[3][:60] for case in SINGLE])
def test_single_mistakes(shipped, file, edits, blamed, sentence):
    """A contradiction, or a value out of its bounds, is found at its line, before anything that follows from it."""

    files = edited(shipped, file, **edits)
    expected = f"{file} line {line_of(files[file], blamed)}: {sentence}"

    assert expected == mistakes(files)[0][: len(expected)]


def test_a_table_where_a_word_belongs(shipped):
    """Shapes are checked everywhere: a word for a table and a table for a word are both refused, all in one go."""

    files = {
        "severity.yaml": (
            b"severities: {sev1: bad, sev2: {paging: {steps: [bad], nobody_after: []}, criteria: bad}}\n"
            b"sprint: []\n"
            b"update_ladder: []\n"
        ),
        "people.yaml": b"persons: [noor]\ncontacts: {}\nteam: {a: b}",
        "channels.yaml": b"- incidents",
    }
    said = mistakes(files)

    assert {
        "channels.yaml line 1: `channels.yaml` is not a table with keys",
        "people.yaml line 1: `persons` is not a table with at least one key",
        "people.yaml line 2: `contacts` is not a table with at least one key",
        "people.yaml line 3: `team` is not one line of text (1 to 200 characters)",
        "severity.yaml line 1: `sev1: bad` is not a table with keys",
        "severity.yaml line 1: `steps: bad` is not a table with keys",
        "severity.yaml line 1: `criteria: bad` is not a list of 1 to 8",
        "severity.yaml line 2: `sprint` is not a table with keys",
        "severity.yaml line 3: `update_ladder` is not a table with keys",
    } - set(said) == set()


DOCUMENTS = [
    (b"", "line 1: `channels.yaml` is not allowed to be empty"),
    (b"# nothing\n", "line 1: `channels.yaml` is not allowed to be empty"),
    (b"a: 1\n---\nb: 2\n", "line 2: `channels.yaml` is not YAML: but found another document"),
    (b"a: b\nc: \xff\n", "line 2: `channels.yaml` is not UTF-8 text"),
    (b"a: b\nc: \x00\n", "line 2: `channels.yaml` is not YAML: it holds a character that YAML forbids"),
    (b'a: "\\UFFFFFFFF"\n', "line 1: `channels.yaml` is not YAML: "),
    (b"a: [b\n", "line 2: `channels.yaml` is not YAML: "),
    (b"a: " + b"[" * 100_000, "line 1: `channels.yaml` is not allowed: it is nested deeper than 20 levels"),
    (b"#" * (LARGEST + 1), "line 1: `channels.yaml` is not small enough: 262,145 bytes, at most 262,144"),
    (b"a: &b [x]\nc: *b\n", "line 1: `&b` is not allowed: write it out in plain YAML"),
    (b"a: !!int 5\n", "line 1: `tag tag:yaml.org,2002:int` is not allowed: write it out in plain YAML"),
]


@pytest.mark.parametrize(("content", "sentence"), DOCUMENTS, ids=[case[1][:60] for case in DOCUMENTS])
def test_documents(shipped, content, sentence):
    """What is no document, or could grow into a bomb, is refused before anything is built from it."""

    said = mistakes({**shipped, "channels.yaml": content})

    assert f"channels.yaml {sentence}" == said[0][: len(f"channels.yaml {sentence}")]


def test_no_ladder(shipped):
    """A severity file without its ladder is refused for that, and not for what the ladder would have said."""

    text = shipped["severity.yaml"].decode()
    ladder = text[text.index("update_ladder:") : text.index("severities:")]

    assert ["`update_ladder` is not there, and `severity.yaml` needs it"] == [
        said.partition(": ")[2] for said in mistakes({**shipped, "severity.yaml": text.replace(ladder, "").encode()})
    ]


def test_a_twin_without_an_account(shipped):
    """Two people who both lack an account are each told so, and are no twins."""

    said = mistakes(edited(shipped, "people.yaml", **{'    slack: "@ada"\n': "", '    slack: "@noor"\n': ""}))

    assert ["`slack` is not there, and `ada` needs it", "`slack` is not there, and `noor` needs it"] == [
        one.partition(": ")[2] for one in said
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize("file", FILES)
@given(text=st.text(alphabet="ab:-[]{}&*!|>'\"#,?\\ \n\t0Ux%\u2028é", max_size=60), at=st.integers(0, 50_000))
def test_nonsense_is_a_mistake_and_not_a_crash(file, text, at):
    """Whatever is typed into the middle of a file, loading answers with sentences (the other files are missing)."""

    content = (POLICIES / file).read_text("utf-8")
    at %= len(content)
    said = mistakes({file: (content[:at] + text + content[at:]).encode()})

    assert [] == [one for one in said if " is not " not in one]


def test_missing_files():
    """Every file that is not there is named."""

    assert [f"{name} line 1: `{name}` is not there, and a policy needs it" for name in sorted(FILES)] == mistakes({})


def test_words_that_yaml_would_guess_at(shipped):
    """Words stay as they were typed: `no` is a name, and no number is read as octal or as base 60."""

    files = edited(shipped, "people.yaml", **{"name: Ada Obi": "name: no", "team: ML Platform": "team: 12:30"})
    loaded = load(files)

    assert ("no", "12:30") == (loaded.people.persons["ada"].name, loaded.people.team)


def test_an_error_names_its_parts():
    """A mistake is a sentence for people and five fields for programs."""

    error = PolicyError(file="severity.yaml", line=14, key="ack", found="soon", allowed="a duration (like 5m, 2h)")

    assert "severity.yaml line 14: `ack: soon` is not a duration (like 5m, 2h)" == str(error)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "{label: secondary on call, person: sam}",
            "{label: secondary on call}",
            "`secondary` is not filled: nobody stands behind this contact",
        ),
        (
            "ways: [dm, email: lena@example.com]",
            "ways: [dm]",
            "`ways` is not enough: a DM does not break Do Not Disturb",
        ),
    ],
)
def test_what_works_and_wants_looking_at(shipped, old, new, sentence):
    """A gap in the rota, and somebody on call whom only a DM reaches, are no mistakes and are warned of."""

    files = edited(shipped, "people.yaml", **{old: new})
    found = examine(files, today=date(2026, 11, 21), runbooks=None)

    assert () == found.errors
    assert f"people.yaml line {line_of(files['people.yaml'], new)}: {sentence}" in map(str, found.warnings)


def test_a_warning_about_nothing():
    """Where there is no line to point at, nothing is noted."""

    reading = Reading()
    reading.warn(None, allowed="there")

    assert [] == reading.warnings
