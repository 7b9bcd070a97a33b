"""What is last known of the database, as bytes: for a bot that is started while the database does not answer."""

import json
from base64 import b64decode, b64encode

from bot.incident.history.codec import build, plain
from bot.policy.load import load
from bot.policy.rota import Member
from bot.usecases.spooling import LastKnown


def write_known(known: LastKnown) -> bytes:
    """Return `known` as JSON, the policy as the bytes it was adopted as."""
    written = {
        "files": {name: b64encode(content).decode() for name, content in known.files.items()},
        "members": [plain(member) for member in known.members.values()],
        "places": dict(known.places),
        "home_team": known.home_team,
    }
    return json.dumps(written, ensure_ascii=False, sort_keys=True).encode()


def read_known(written: bytes) -> LastKnown:
    """Return what `write_known` wrote; ValueError or PolicyRejected when this version cannot read it."""
    kept = json.loads(written)
    files = {name: b64decode(content) for name, content in kept["files"].items()}
    members = [build(Member, member) for member in kept["members"]]
    return LastKnown(
        files=files,
        policy=load(files),
        members={member.id: member for member in members},
        places=kept["places"],
        home_team=kept["home_team"],
    )
