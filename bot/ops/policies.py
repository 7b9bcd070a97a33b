"""`tocsin policy …`: what a folder of policy says, whether it is right, and what another one changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.policy.comparing import Difference, differences, unraised
from bot.policy.errors import PolicyError, PolicyRejected
from bot.policy.load import Examined, examine, load
from bot.policy.model import Policy
from bot.policy.source import LARGEST
from bot.policy.telling import Told, tell

RUNBOOKS = "runbooks"


class NoFolderError(ValueError):
    """There is no policy at the path given; the message is a sentence for the operator."""


class NoPolicyThereError(Exception):
    """What stands at the path given is no good policy; the message holds every mistake, one a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changes from one policy to another, and the files that changed without a higher version."""

    changes: tuple[Difference, ...]
    unraised: tuple[str, ...]


def files_in(folder: Path) -> Mapping[str, bytes]:
    """Return the policy files in `folder` by name; NoFolderError when it is no folder or holds none."""
    if not folder.is_dir():
        message = f"{folder} is no folder."
        raise NoFolderError(message)
    paths = (path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"} and path.is_file())
    files = {path.name: _start(path) for path in sorted(paths)}
    if not files:
        message = f"There is no policy in {folder}: it holds no .yaml file."
        raise NoFolderError(message)
    return files


def _start(path: Path) -> bytes:
    """Return a file's bytes, of a file too large for a policy only as many as show that it is."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def moment(text: str) -> date:
    """Return the day that `text` (ISO 8601) falls on in UTC, today's without it; ValueError when it is no moment."""
    if not text:
        return datetime.now(UTC).date()
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        message = f"--now {text} is no moment: write 2027-02-01, or 2027-02-01T09:00+01:00."
        raise ValueError(message) from None
    return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC).date()


def check(folder: Path, *, today: date, runbooks: Path | None) -> Examined:
    """Return what is wrong with the policy in `folder`; runbooks are looked for beside it unless said where."""
    where = runbooks or folder.resolve().parent / RUNBOOKS
    names = frozenset(path.stem for path in where.glob("*.md")) if where.is_dir() else None
    if runbooks and names is None:
        message = f"{runbooks} is no folder."
        raise NoFolderError(message)
    return examine(files_in(folder), today=today, runbooks=names)


def show(folder: Path, what: str) -> Told | str:
    """Return what the policy in `folder` says about `what`, or the sentence that it says nothing."""
    return tell(_load(files_in(folder), folder), what)


def compare(old: Path, new: Path) -> Comparison:
    """Return what changes from `old` to `new`: two folders, or two files of one name's content in `old`'s folder."""
    before, after = _sides(old, new)
    one, other = _load(before, old), _load(after, new)
    changed = frozenset(name for name in before.keys() & after.keys() if before[name] != after[name])
    return Comparison(changes=differences(old=one, new=other), unraised=unraised(old=one, new=other, changed=changed))


def _load(files: Mapping[str, bytes], path: Path) -> Policy:
    try:
        return load(files)
    except PolicyRejected as wrong:
        message = f"There is no good policy in {path}:\n{wrong}"
        raise NoPolicyThereError(message) from wrong


def _sides(old: Path, new: Path) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    if old.is_file() != new.is_file():
        message = "Compare two folders or two files, not one of each."
        raise NoFolderError(message)
    if not old.is_file():
        return files_in(old), files_in(new)
    around = files_in(old.resolve().parent)
    return around, {**around, old.name: new.read_bytes()}


def as_json(found: Examined) -> dict[str, Any]:
    """Return an examination as programs read it."""
    policy = found.policy
    return {
        "ok": not found.errors,
        "version": policy.version if policy else None,
        "hash": policy.hash if policy else None,
        "errors": [_row(error) for error in found.errors],
        "warnings": [_row(warning) for warning in found.warnings],
        "without_runbook": [key for key, kind in policy.types.items() if kind.runbook is None] if policy else [],
    }


def _row(error: PolicyError) -> dict[str, Any]:
    return {
        "file": error.file,
        "line": error.line,
        "key": error.key,
        "found": error.found,
        "allowed": error.allowed,
        "sentence": str(error),
    }


def in_lines(found: Examined) -> list[str]:
    """Return an examination as people read it: every mistake, every warning, and how it stands."""
    policy = found.policy
    lines = [str(error) for error in found.errors]
    lines += [f"Warning: {warning}" for warning in found.warnings]
    if policy is None:
        count = len(found.errors)
        return [*lines, f"{count} {'mistake' if count == 1 else 'mistakes'}. This policy cannot be put in force."]
    bare = sum(kind.runbook is None for kind in policy.types.values())
    warned = f", {len(found.warnings)} to look at" if found.warnings else ""
    types = f"{len(policy.types)} types of incident, {bare} without a runbook yet"
    return [*lines, f"Policy {policy.version} ({policy.short_hash}) is good{warned}: {types}."]
