"""From the bytes of the policy's files to one policy, or to everything that is wrong with them."""

import hashlib
from collections.abc import Mapping

from bot.policy import channels, people, roles, severity
from bot.policy.channels import ChannelsFile, read_channels
from bot.policy.checks import check_mentions, check_severities
from bot.policy.errors import PolicyError, PolicyRejected
from bot.policy.model import Policy
from bot.policy.people import PeopleFile, read_people
from bot.policy.reading import Reading, nearest
from bot.policy.roles import RolesFile, read_roles
from bot.policy.severity import SeverityFile, read_severity
from bot.policy.source import Spot, parse

FILES = (severity.FILE, people.FILE, channels.FILE, roles.FILE)


def load(files: Mapping[str, bytes]) -> Policy:
    """Return the policy that these files (name without folder → content) write down.

    Its version is that of the severity file. Files that are not YAML enter the hash and are otherwise left alone.

    Raises:
        PolicyRejected: with every mistake found, each naming file, line and key.
    """
    reading = Reading()
    roots = _roots(reading, files)
    said_channels = read_channels(reading=reading, root=roots[channels.FILE]) if channels.FILE in roots else None
    said_people = read_people(reading=reading, root=roots[people.FILE]) if people.FILE in roots else None
    said_roles = read_roles(reading=reading, root=roots[roles.FILE]) if roles.FILE in roots else None
    said_severity = _severity(reading, roots.get(severity.FILE), said_channels)
    if said_people:
        check_mentions(reading=reading, people=said_people.people)
    if reading.errors or not (said_severity and said_people and said_channels and said_roles):
        raise PolicyRejected(tuple(sorted(set(reading.errors), key=lambda error: (error.file, error.line, error.key))))
    return _policy(fingerprint(files), said_severity, said_people, said_channels, said_roles)


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256, hex, over every file's name, length and bytes, in the order of names."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


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


def _severity(reading: Reading, root: Spot | None, said: ChannelsFile | None) -> SeverityFile | None:
    if root is None:
        return None
    check_severities(reading=reading, root=root)
    return read_severity(reading=reading, root=root, broadcasts=said.channels.broadcasts if said else {})


def _policy(digest: str, by_severity: SeverityFile, who: PeopleFile, where: ChannelsFile, duties: RolesFile) -> Policy:
    return Policy(
        version=by_severity.head.version,
        hash=digest,
        default_severity=by_severity.default,
        severities=by_severity.severities,
        warn=by_severity.warn,
        ladder=by_severity.ladder,
        headline_after=by_severity.headline_after,
        people=who.people,
        channels=where.channels,
        files={head.name: head for head in (by_severity.head, who.head, where.head, duties.head)},
        roles=duties.roles,
    )
