"""Whatever two policies differ in is said in words."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from enum import IntEnum, StrEnum

import pytest

from bot.policy.comparing import differences, unraised
from bot.policy.durations import in_words
from bot.policy.facts import subjects
from bot.policy.load import load
from bot.policy.model import Policy, Way, WayKind
from bot.words import Severity

SPRINT = "the end of the next sprint ({} days each, counted from 2026-11-09)"
OTHER_PAIRS = "commander and communications_lead, primary and secondary"

# Each: a file, what stands in it, what will, and how that is said.
CHANGES = [
    ("severity.yaml", "mitigate: 30m", "mitigate: 25m", "SEV-1: mitigate was 30 min, is 25 min."),
    (
        "severity.yaml",
        "    mitigate: 8h\n    resolve: 72h\n    escalate_if_not_mitigated: [sre_lead]",
        "    resolve: 72h",
        "SEV-3: mitigate was 8 h, is nothing.",
    ),
    ("severity.yaml", "default: sev2", "default: sev1", "Policy: default severity was SEV-2, is SEV-1."),
    ("severity.yaml", "share: 0.2", "share: 0.25", "Due soon: share was 20 %, is 25 %."),
    ("severity.yaml", "short_before: 2m", "short_before: 90s", "Due soon: short before was 2 min, is 90 s."),
    (
        "severity.yaml",
        "days: 14",
        "days: 7",
        f"SEV-4: resolve was {SPRINT.format(14)}, is {SPRINT.format(7)}.",
    ),
    ("people.yaml", "vp: {label: VP Engineering", "vp: {label: VP", "Contact VP: label was VP Engineering, is VP."),
    (
        "people.yaml",
        "email: ada@example.com",
        "email: obi@example.com",
        "Person Ada Obi: way 2 was e-mail ada@example.com, is e-mail obi@example.com.",
    ),
    ("channels.yaml", "leadership: lead", "leadership: boss", "Channels: leadership was leadership, is bossership."),
    ("matrix.yaml", "tell_vendors: no", "tell_vendors: yes", "Type service: tell vendors was no, is yes."),
    (
        "matrix.yaml",
        "classification: restricted",
        "classification: confidential",
        "Type data exposure: classification was RESTRICTED, is CONFIDENTIAL.",
    ),
    ("matrix.yaml", "family: service", "family: model", "Type service: family was service, is model."),
    (
        "governance.yaml",
        "    severity: sev3\n",
        "    severity: sev2\n",
        "Governance: recurrence severity was SEV-3, is SEV-2.",
    ),
    (
        "slos.yaml",
        "goal: at least 92 %",
        "goal: at least 92.5 %",
        "Objective prediction accuracy: goal was at least 92 %, is at least 92.5 %.",
    ),
    ("slos.yaml", "  api_latency:", "  latency:", "Objective API latency is gone."),
    ("slos.yaml", "  api_latency:", "  latency:", "Objective API latency is new."),
    (
        "roles.yaml",
        "  - [commander, scribe]\n",
        "",
        f"Policy: must differ was commander and scribe, {OTHER_PAIRS}, is {OTHER_PAIRS}.",
    ),
    (
        "classification.yaml",
        "read_by: anyone",
        "read_by: members",
        "Classification PUBLIC: read by was anyone, is members.",
    ),
]


def changed(shipped, file, old, new) -> Policy:
    """Return the shipped policy with one edit."""
    text = shipped[file].decode()
    assert old in text
    return load({**shipped, file: text.replace(old, new, 1).encode()})


@pytest.mark.parametrize(("file", "old", "new", "sentence"), CHANGES, ids=[case[3][:50] for case in CHANGES])
def test_changes(shipped, file, old, new, sentence):
    """One edit is one sentence in the words of the policy."""

    said = [str(one) for one in differences(old=load(shipped), new=changed(shipped, file, old, new))]

    assert sentence in said


def test_nothing(policy):
    """A policy does not differ from itself."""

    assert () == differences(old=policy, new=policy)


def test_every_field_is_said(policy):
    """Every part of a policy but its hash leads to facts: nothing can change unsaid."""

    roots = {subject.key[0] for subject in subjects(policy)}
    loose = {"version", "hash", "default_severity", "headline_after", "must_differ", "default_type", "phases_run"}

    assert {one.name for one in fields(Policy)} - loose == roots - {"policy"}


SAID_ELSEWHERE = {
    ("Policy", "hash"),
    ("Policy", "version"),
    ("SeverityRules", "severity"),
    ("Person", "key"),
    ("Contact", "key"),
    ("PolicyFile", "name"),
}


def others(value, seen):
    """Return copies of `value`, each with one leaf changed; each field of each kind of value once."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            for other in others_of_field(value, one.name, seen):
                yield replace(value, **{one.name: other})
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from ({**value, key: other} for other in others(part, seen))
    elif isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from ((*value[:at], other, *value[at + 1 :]) for other in others(part, seen))
    else:
        yield from leaf(value)


def others_of_field(value, name, seen):
    """Return other values of one field, one only where it is plain, none where it was changed or is said elsewhere."""
    mark, part = (type(value).__name__, name), getattr(value, name)
    if mark in seen or mark in SAID_ELSEWHERE:
        return []
    found = list(others(part, seen))
    if found and is_plain(part):
        seen.add(mark)
        return found[:1]
    return found


def is_plain(value) -> bool:
    """Return whether a value holds no other with fields."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ()
    return not is_dataclass(value) and all(map(is_plain, parts))


def leaf(value):
    """Return another value of the same kind, if there is one."""
    match value:
        case None:
            return []
        case StrEnum() | IntEnum():
            return [one for one in type(value) if one is not value][:1]
        case bool():
            return [not value]
        case str():
            return [f"{value}x"]
        case time():
            return [value.replace(minute=(value.minute + 1) % 60)]
        case timedelta() | date():
            return [value + timedelta(days=1)]
        case _:
            return [value + 1]


@pytest.mark.no_cover
def test_no_change_goes_unsaid(policy):
    """Whatever single value of a policy changes, some sentence says so."""

    changed, said = list(others(policy, set())), subjects(policy)

    assert len(changed) > 100
    assert [] == [other for other in changed if subjects(other) == said]


def test_a_way_that_holds_a_key(policy):
    """An address that may hold a key is told by a mark: the change shows, the key does not."""

    ada = policy.people.persons["ada"]
    ways = [(Way(kind=WayKind.APPRISE, label="SMS", url=f"sns://{key}@host"),) for key in ("secret-1", "secret-2")]
    one, two = (replace(policy, people=replace(policy.people, persons={"ada": replace(ada, ways=way)})) for way in ways)
    (said,) = map(str, differences(old=one, new=two))

    assert said.startswith("Person Ada Obi: way 1 was SMS sns:… (")
    assert "secret" not in said


def test_versions(shipped, policy):
    """A file that changed needs a higher version; a lower one is as wrong as the same (S12)."""

    names = frozenset({"severity.yaml", "slos.yaml", "raci.yaml", "notes.yaml"})
    files = dict(policy.files)
    files["slos.yaml"] = replace(files["slos.yaml"], version="1.9.9")
    files["raci.yaml"] = replace(files["raci.yaml"], version="2.0.10")

    assert ("severity.yaml", "slos.yaml") == unraised(old=policy, new=replace(policy, files=files), changed=names)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=90), "90 s"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=72), "72 h"),
        (timedelta(hours=95), "95 h"),
        (timedelta(days=4), "4 d"),
        (timedelta(weeks=1), "7 d"),
    ],
)
def test_spans(span, said):
    """A span is said in its largest whole unit; hours stay hours up to three days."""

    assert said == in_words(span)


def test_a_severity_is_a_label(policy):
    """Severities are said as people read them."""

    titles = {subject.title for subject in subjects(policy)}

    assert {severity.label for severity in Severity} <= titles
