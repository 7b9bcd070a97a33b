"""What the bot answers an operator about policy: what a folder changes, that it is adopted, how the past would go."""

import json
from functools import lru_cache
from pathlib import Path

from bot.desk import Desk
from bot.ops.exits import FINDING, MISUSE
from bot.ops.policies import NoFolderError, files_in
from bot.policy.errors import PolicyRejected
from bot.policy.load import fingerprint, load
from bot.policy.model import Policy
from bot.usecases.operating_policy import Files, NotTheBoardError
from bot.usecases.world import UNREADABLE, NoPolicyError

CHANGES, ADOPT, PAST, REPLAY = "policy.changes", "policy.adopt", "policy.past", "policy.replay"
MOST_CHANGES = 200
"""How many changes one answer names: it is one line of a socket."""

_CHANGED = "The folder changed since you read what it changes. Nothing was adopted; look again."


async def serve_policy(desk: Desk, request: dict[str, str]) -> dict[str, str]:
    """Return the answer to one request about policy; its `folder` is read where the bot runs."""
    try:
        return {"text": await _served(desk, request)}
    except PolicyRejected as wrong:
        return {"error": f"There is no good policy in {request.get('folder')}:\n{wrong}", "code": str(FINDING)}
    except (NotTheBoardError, NoPolicyError, _ChangedError) as no:
        return {"error": str(no), "code": str(FINDING)}
    except NoFolderError as slip:
        return {"error": str(slip), "code": str(MISUSE)}


class _ChangedError(Exception):
    """The folder is not what was shown any more."""


async def _served(desk: Desk, request: dict[str, str]) -> str:
    match request.get("do"):
        case "policy.changes":
            found = await desk.changes_to(_files(request))
            changes = found["changes"]
            more = len(changes) - MOST_CHANGES if isinstance(changes, list) else 0
            shown = changes[:MOST_CHANGES] if isinstance(changes, list) else []
            return json.dumps({**found, "changes": shown, "more": max(0, more)})
        case "policy.adopt":
            return await _adopted(desk, request)
        case "policy.past":
            return json.dumps(list(await desk.past()))
        case _:
            return await _replayed(desk, request)


async def _adopted(desk: Desk, request: dict[str, str]) -> str:
    files = _files(request)
    if fingerprint(files) != request.get("hash"):
        raise _ChangedError(_CHANGED)
    version = await desk.adopt_by(files, approver=request.get("approved_by", ""))
    if version is None:
        return "That policy is in force already; nothing was changed."
    return f"Policy {version} is in force for every new incident; those that run stay on theirs."


async def _replayed(desk: Desk, request: dict[str, str]) -> str:
    number = int(request.get("number", "0"))
    candidate = _loaded(_Folder(_files(request)))
    try:
        return json.dumps(await desk.replay(candidate, number=number))
    except UNREADABLE as wrong:
        return json.dumps({"incident": number, "unreadable": type(wrong).__name__})


def _files(request: dict[str, str]) -> Files:
    return files_in(Path(request.get("folder", "")))


class _Folder:
    """A policy's files, known by their fingerprint: a thousand incidents are replayed under one reading of them."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._mark = fingerprint(files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Folder) and other._mark == self._mark

    def __hash__(self) -> int:
        return hash(self._mark)


@lru_cache(maxsize=2)
def _loaded(folder: _Folder) -> Policy:
    return load(folder.files)
