"""From the bytes of the policy's files to one policy, or to everything that is wrong with them."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.policy import channels, classification, governance, matrix, people, raci, roles, severity, slos
from bot.policy.agreeing import Said, check_all, known_names
from bot.policy.checks.holders import warn_of_gaps
from bot.policy.checks.names import check_names
from bot.policy.checks.reviews import warn_of_reviews
from bot.policy.checks.severities import check_severities
from bot.policy.errors import PolicyError, PolicyRejected
from bot.policy.model import Policy
from bot.policy.reading import Kind, Reading, nearest
from bot.policy.source import Spot, parse

FILES = (
    severity.FILE,
    people.FILE,
    channels.FILE,
    roles.FILE,
    raci.FILE,
    matrix.FILE,
    classification.FILE,
    slos.FILE,
    governance.FILE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What an examination found: the policy, None when there are `errors`, and what works but wants looking at."""

    policy: Policy | None
    errors: tuple[PolicyError, ...]
    warnings: tuple[PolicyError, ...]


def load(files: Mapping[str, bytes]) -> Policy:
    """Return the policy that these files (name without folder → content) write down.

    Its version is that of the severity file. Files that are not YAML enter the hash and are otherwise left alone.

    Raises:
        PolicyRejected: with every mistake found, each naming file, line and key.
    """
    return _loaded(tuple(sorted(files.items())))


@lru_cache(maxsize=8)
def _loaded(files: tuple[tuple[str, bytes], ...]) -> Policy:
    reading = Reading()
    policy, _ = read_all(reading=reading, files=dict(files))
    if policy is None:
        raise PolicyRejected(_sorted(reading.errors))
    return policy


def examine(files: Mapping[str, bytes], *, today: date, runbooks: AbstractSet[str] | None) -> Examined:
    """Return everything there is to say about these files on the day `today`.

    `runbooks` are the names (without `.md`) of those that exist; None when nobody can say.
    """
    reading = Reading()
    policy, roots = read_all(reading=reading, files=files)
    if runbooks is not None:
        check_names(reading=reading, known={Kind.RUNBOOK: runbooks})
    if policy:
        warn_of_reviews(reading=reading, roots=roots, files=policy.files.values(), today=today)
        warn_of_gaps(reading=reading, root=roots[people.FILE], people=policy.people)
    return Examined(policy=policy, errors=_sorted(reading.errors), warnings=_sorted(reading.warnings))


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256, hex, over every file's name, length and bytes, in the order of names."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def read_all(*, reading: Reading, files: Mapping[str, bytes]) -> tuple[Policy | None, Mapping[str, Spot]]:
    """Return the policy, None when `reading` has noted a mistake, and the documents that could be read."""
    roots = _roots(reading, files)
    said = _said(reading, roots)
    check_names(reading=reading, known=known_names(said))
    check_all(reading=reading, roots=roots, said=said)
    policy = said.policy(fingerprint(files))
    return None if reading.errors else policy, roots


def _roots(reading: Reading, files: Mapping[str, bytes]) -> Mapping[str, Spot]:
    """Return the documents that can be read; note files that cannot, are missing, or have a name nobody reads."""
    for name in files:
        if name.endswith((".yaml", ".yml")) and name not in FILES:
            _note(reading, name, f"a policy file: {nearest(word=name, known=FILES)}")
    for name in FILES:
        if name not in files:
            _note(reading, name, "there, and a policy needs it")
    read = {name: parse(file=name, content=files[name], errors=reading.errors) for name in FILES if name in files}
    return {name: root for name, root in read.items() if root}


def _note(reading: Reading, name: str, allowed: str) -> None:
    reading.errors.append(PolicyError(file=name, line=1, key=name, found="", allowed=allowed))


def _sorted(found: list[PolicyError]) -> tuple[PolicyError, ...]:
    return tuple(sorted(set(found), key=lambda error: (error.file, error.line, error.key, error.allowed)))


def _said(reading: Reading, roots: Mapping[str, Spot]) -> Said:
    """Return what each document says, None for those that could not be read."""

    def at(name: str) -> Spot | None:
        return roots.get(name)

    where = channels.read_channels(reading=reading, root=root) if (root := at(channels.FILE)) else None
    broadcasts = where.channels.broadcasts if where else {}
    if root := at(severity.FILE):
        check_severities(reading=reading, root=root)
    return Said(
        channels=where,
        people=people.read_people(reading=reading, root=root) if (root := at(people.FILE)) else None,
        roles=roles.read_roles(reading=reading, root=root) if (root := at(roles.FILE)) else None,
        severity=severity.read_severity(reading=reading, root=root, broadcasts=broadcasts)
        if (root := at(severity.FILE))
        else None,
        raci=raci.read_raci(reading=reading, root=root) if (root := at(raci.FILE)) else None,
        matrix=matrix.read_matrix(reading=reading, root=root) if (root := at(matrix.FILE)) else None,
        classification=classification.read_classification(reading=reading, root=root)
        if (root := at(classification.FILE))
        else None,
        slos=slos.read_slos(reading=reading, root=root) if (root := at(slos.FILE)) else None,
        governance=governance.read_governance(reading=reading, root=root) if (root := at(governance.FILE)) else None,
    )
