"""The policy at the operator's hand: what a folder would change, who lets it take force, what it would have done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.incident.reacting.effects import Json
from bot.incident.replaying import Replay, Rules, compare
from bot.policy.comparing import differences
from bot.policy.load import load
from bot.policy.model import Policy
from bot.ports import ProposalOutcome, UnitOfWork
from bot.usecases.adopting import adopt
from bot.usecases.proposing import settle_proposal
from bot.usecases.world import World
from bot.words import ClockKind, Status

Files = Mapping[str, bytes]


class NotTheBoardError(ValueError):
    """Whoever is to have approved it is not of the Governance Board; the message says who is."""


def changes_to(unit: UnitOfWork, files: Files, world: World) -> Mapping[str, Json]:
    """Return the version and hash of the policy in `files`, what it would change, and which one is in force, "" before.

    Raises:
        PolicyRejected: it is nonsense.
    """
    candidate, held = load(files), unit.policies.in_force()
    current = world.policy(unit) if held else None
    changes = [str(one) for one in differences(old=current, new=candidate)] if current else []
    in_force = current.version if current else ""
    return {"version": candidate.version, "hash": candidate.hash, "in_force": in_force, "changes": list(changes)}


def adopt_by(unit: UnitOfWork, files: Files, world: World, *, approver: str) -> str | None:
    """Put the policy in `files` in force and return its version; None when it already is (G1.1, D8).

    `approver` is a key of people.yaml, of the Board that is in force; before the first policy anybody is taken at
    their word.

    Raises:
        NotTheBoardError: somebody else.
        PolicyRejected: it is nonsense.
    """
    current = world.policy(unit) if unit.policies.in_force() else None
    named = _of_the_board(unit, current, approver, world) if current else approver
    adopted = adopt(unit, files, approved_by=named, world=world)
    proposal = unit.policies.proposal()
    if adopted and proposal and proposal.outcome is ProposalOutcome.PENDING and proposal.hash == adopted.hash:
        settle_proposal(unit, proposal, ProposalOutcome.ADOPTED, by=named, world=world)
    return adopted.version if adopted else None


def _of_the_board(unit: UnitOfWork, current: Policy, approver: str, world: World) -> str:
    """Return the Slack user id of `approver`, or their key while the workspace does not know them."""
    key = approver.casefold()
    if key not in current.board:
        board = " or ".join(current.people.persons[one].name for one in current.board)
        message = f"`{approver}` is not of the Governance Board of policy {current.version}: {board or 'nobody is'}."
        raise NotTheBoardError(message)
    return world.rota(unit, current).ids.get(key, key)


def past(unit: UnitOfWork, _: World) -> Sequence[int]:
    """Return the numbers of every incident there was, tests aside, oldest first."""
    return [row.number for row in unit.incidents.listed(statuses=frozenset(Status)) if not row.is_test]


def replay(unit: UnitOfWork, world: World, candidate: Policy, *, number: int) -> Mapping[str, Json]:
    """Return how incident `number` would have gone under `candidate`: in words and in figures, without its title."""
    incident = unit.incidents.get(number)
    if incident is None:
        message = f"there is no incident {number}"
        raise LookupError(message)
    policy = world.policy(unit, incident.policy_hash)
    was = Rules(policy=policy, rota=world.rota(unit, policy), until=world.now())
    now = Rules(policy=candidate, rota=world.rota(unit, candidate), until=world.now())
    return _told(compare(unit.audit.events(number), was=was, now=now), was, now)


def _told(found: Replay, was: Rules, now: Rules) -> Mapping[str, Json]:
    more, less = _names(found.called_more, now), _names(found.called_less, was)
    lines = [
        *(f"{_CLOCKS[kind]} would be missed at {_at(due)}; it was met." for kind, due in found.missed_more),
        *(f"{_CLOCKS[kind]} would be met; it was missed at {_at(due)}." for kind, due in found.missed_less),
        *([_updates(found)] if found.now.updates != found.was.updates else []),
        *([f"Would be called: {', '.join(more)}."] if more else []),
        *([f"Would not be called: {', '.join(less)}."] if less else []),
    ]
    return {
        "incident": found.incident.number,
        "severity": found.incident.severity.value,
        "policy": was.policy.version,
        "is_worse": found.is_worse,
        "missed_more": [_clock(one) for one in found.missed_more],
        "missed_less": [_clock(one) for one in found.missed_less],
        "updates_missed": {"was": found.was.updates, "now": found.now.updates},
        "called_more": list(more),
        "called_less": list(less),
        "lines": list(lines),
    }


_CLOCKS = {
    ClockKind.ACKNOWLEDGE: "Acknowledge",
    ClockKind.COMMANDER: "The commander's answer",
    ClockKind.MITIGATE: "Mitigate",
    ClockKind.RESOLVE: "Resolve",
    ClockKind.UPDATE: "Status update",
}


def _updates(found: Replay) -> str:
    now, was = found.now.updates, found.was.updates
    return f"{now} status {'update' if now == 1 else 'updates'} would be missed; {was} {'was' if was == 1 else 'were'}."


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _clock(missed: tuple[ClockKind, datetime]) -> Mapping[str, Json]:
    return {"clock": missed[0].value, "due_at": missed[1].isoformat()}


def _names(people: Sequence[str], rules: Rules) -> list[str]:
    return [_name(person, rules) for person in people]


def _name(person: str, rules: Rules) -> str:
    known, label = rules.rota.person(person), rules.rota.describe(person)
    return f"{known.name} ({label})" if known else person
