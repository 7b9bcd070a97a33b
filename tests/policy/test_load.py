"""What loading makes of files without mistakes."""

from datetime import timedelta

import pytest

from bot.policy.load import fingerprint, load
from bot.policy.model import Way, WayKind
from bot.words import Severity


def changed(shipped, file, old, new):
    """Return the policy of the shipped files with one edit."""
    assert old in shipped[file].decode()
    return load({**shipped, file: shipped[file].decode().replace(old, new, 1).encode()})


def test_the_hash_is_of_the_files(shipped, policy):
    """The policy carries the hash of its files, whatever the order they come in."""

    assert fingerprint(shipped) == policy.hash
    assert fingerprint(shipped) == fingerprint(dict(reversed(shipped.items())))


@pytest.mark.parametrize(
    "other",
    [
        {"a": b"1", "b": b"23"},
        {"a": b"12", "c": b"3"},
        {"a": b"12"},
        {"a": b"12", "b": b"3", "c": b""},
        {"a": b"13", "b": b"3"},
    ],
)
def test_the_hash_tells_files_apart(other):
    """No byte can move from one file to another, and no name change, without another hash."""

    assert fingerprint({"a": b"12", "b": b"3"}) != fingerprint(other)


def test_the_hash_never_changes_its_recipe():
    """Hashes in the audit log stay comparable: the recipe is SHA-256 over each name, length and content."""

    expected = "d04f3ae1b68a674891f896a0525f81f3"

    assert expected == fingerprint({"b": b"3", "a": b"12"})[:32]


def test_other_files_count_and_are_left_alone(shipped, policy):
    """A file that is not YAML changes the hash and nothing else."""

    other = load({**shipped, "notes.md": b"# \xff"})

    assert policy.hash != other.hash
    assert policy.severities == other.severities


def test_ways(shipped):
    """A way may be any Apprise URL with the word people read for it."""

    policy = changed(
        shipped, "people.yaml", "email: noor@example.com", 'apprise: {label: SMS, url: "sns://key@host/topic"}'
    )

    assert (
        Way(kind=WayKind.DM, label="DM"),
        Way(kind=WayKind.APPRISE, label="SMS", url="sns://key@host/topic"),
    ) == policy.people.persons["noor"].ways


def test_a_gap_in_the_rota(shipped):
    """A contact that only gets pages may be empty: a gap is shown, not refused."""

    policy = changed(shipped, "people.yaml", "{label: secondary on call, person: sam}", "{label: secondary on call}")

    assert policy.people.contacts["secondary"].person is None


def test_two_pages_at_once(shipped):
    """Two steps of the paging ladder may stand at the same time."""

    policy = changed(shipped, "severity.yaml", "{after: 3m, contact: secondary", "{after: 2m, contact: secondary")

    assert [0, 2, 2, 5] == [step.after.total_seconds() / 60 for step in policy.rules(Severity.SEV1).pages]


def test_a_bridge(shipped):
    """A bridge is an address that takes the incident's number."""

    policy = changed(shipped, "channels.yaml", 'bridge: ""', "bridge: https://meet.example.com/{number}")

    assert "https://meet.example.com/{number}" == policy.channels.bridge


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("45s", timedelta(seconds=45)),
        ("5m", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
        ("2w", timedelta(weeks=2)),
        ("366d", timedelta(days=366)),
    ],
)
def test_durations(shipped, text, span):
    """Spans are written with a number and one letter, up to 366 days."""

    policy = changed(shipped, "severity.yaml", "headline_after: 60s", f"headline_after: {text}")

    assert span == policy.headline_after


def test_the_default_severity(shipped):
    """The default severity is policy's to choose."""

    assert Severity.SEV1 is changed(shipped, "severity.yaml", "default: sev2", "default: sev1").default_severity
