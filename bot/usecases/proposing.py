"""A folder that changed: its policy is put to the Board, and nothing takes force by lying on a disk."""

from collections.abc import Mapping

from bot.incident.reacting.effects import GOVERNANCE, Effect, EffectKind, Words
from bot.log import get_logger
from bot.policy.comparing import differences
from bot.policy.errors import PolicyError, PolicyRejected
from bot.policy.load import fingerprint, load
from bot.policy.model import Policy
from bot.ports import Proposal, ProposalOutcome, UnitOfWork
from bot.usecases.adopting import note_policy
from bot.usecases.world import World
from bot.words import Lane

log = get_logger("tocsin.policy")
MOST_SHOWN = 8
"""How many changes, or mistakes, one message names."""


_STANDS = frozenset({ProposalOutcome.PENDING, ProposalOutcome.KEPT})
"""What became of a proposal that needs no second one of the same policy."""


def is_news(unit: UnitOfWork, files: Mapping[str, bytes]) -> bool:
    """Return whether `files` (name → content) hold what nobody was told of yet, or take a proposal back.

    A folder is known by its fingerprint, so that one already spoken of is not read again every minute.
    """
    in_force, last, found = unit.policies.in_force(), unit.policies.proposal(), fingerprint(files)
    if in_force is None:
        return False
    if found == in_force[0]:
        return last is not None and last.outcome is ProposalOutcome.PENDING
    if last and last.hash == found and last.outcome in _STANDS:
        return False
    return unit.outbox.get(_broken_id(found, in_force[0])) is None


def consider(unit: UnitOfWork, files: Mapping[str, bytes], world: World) -> None:
    """Propose the policy in `files` (name → content) if it is another than the one in force; say nonsense aloud.

    A folder that went back to the policy in force withdraws what it proposed. Each folder is spoken of once for each
    policy that is in force meanwhile, however often it is looked at and by however many processes.
    """
    if not is_news(unit, files):
        return
    current, last = world.policy(unit), unit.policies.proposal()
    if fingerprint(files) == current.hash:
        _settle(unit, last, ProposalOutcome.WITHDRAWN, world)
        return
    try:
        proposed = load(files)
    except PolicyRejected as wrong:
        _say_broken(unit, files, wrong.errors, current, world)
        return
    _settle(unit, last, ProposalOutcome.REPLACED, world)
    _propose(unit, files, proposed, current, world)


def _propose(unit: UnitOfWork, files: Mapping[str, bytes], proposed: Policy, current: Policy, world: World) -> None:
    seq = unit.policies.propose(proposed.hash, files, version=proposed.version, now=world.now())
    note_policy(unit, proposed, "policy.proposed", by="folder", world=world)
    words: Words = {
        "seq": seq,
        "version": proposed.version,
        "hash": proposed.short_hash,
        "in_force": current.version,
        **_changes(current, proposed),
    }
    log.info("policy.proposed", version=proposed.version, in_force=current.version)
    unit.outbox.add([_news(proposal_id(seq), "policy.proposed", words)], now=world.now())


def _changes(current: Policy, proposed: Policy) -> Words:
    """Return what the proposal would change, in sentences, and how many more there are than are shown."""
    changed = [str(difference) for difference in differences(old=current, new=proposed)]
    return {"changes": list(changed[:MOST_SHOWN]), "more": max(0, len(changed) - MOST_SHOWN)}


def _settle(unit: UnitOfWork, last: Proposal | None, outcome: ProposalOutcome, world: World) -> None:
    if last and last.outcome is ProposalOutcome.PENDING:
        settle_proposal(unit, last, outcome, by="folder", world=world)


def settle_proposal(unit: UnitOfWork, proposal: Proposal, outcome: ProposalOutcome, *, by: str, world: World) -> None:
    """Write down what became of a proposal, and draw its message again without its buttons."""
    now = world.now()
    unit.policies.settle_proposal(proposal.seq, outcome, by=by, now=now)
    told = unit.outbox.get(proposal_id(proposal.seq))
    if told:
        member = unit.members.get(by)
        name = member.name if member else by
        words: Words = {**told.effect.words, "outcome": outcome.value, "name": name, "at": now.isoformat()}
        unit.outbox.reword(proposal_id(proposal.seq), words, now=now)


def _say_broken(
    unit: UnitOfWork, files: Mapping[str, bytes], errors: tuple[PolicyError, ...], current: Policy, world: World
) -> None:
    log.error("policy.rejected", problem=str(errors[0]), mistakes=len(errors), in_force=current.version)
    words: Words = {
        "mistakes": [str(error) for error in errors[:MOST_SHOWN]],
        "more": max(0, len(errors) - MOST_SHOWN),
        "in_force": current.version,
    }
    effect_id = _broken_id(fingerprint(files), current.hash)
    unit.outbox.add([_news(effect_id, "policy.broken", words)], now=world.now())


def reviews_overdue(unit: UnitOfWork, world: World) -> bool:
    """Return whether files of the policy are overdue for review and nobody was told this week (S12)."""
    if unit.policies.hash_in_force() is None:
        return False
    return bool(world.policy(unit).overdue(world.now().date())) and unit.outbox.get(_review_id(world)) is None


def chase_reviews(unit: UnitOfWork, world: World) -> None:
    """Tell those who govern which files are overdue for review, how long, and who owns them."""
    today = world.now().date()
    files = [
        f"{head.name}: due {head.next_review}, {(today - head.next_review).days} days ago · {head.owner}"
        for head in world.policy(unit).overdue(today)
    ]
    if files:
        unit.outbox.add([_news(_review_id(world), "policy.review", {"files": list(files)})], now=world.now())


def _review_id(world: World) -> str:
    year, week, _ = world.now().isocalendar()
    return f"policy/review/{year}-{week:02}"


def _broken_id(folder: str, in_force: str) -> str:
    """Return the id of the message about a broken folder, by its fingerprint and the hash of what stays in force."""
    return f"policy/broken/{folder[:16]}/{in_force[:6]}"


def proposal_id(seq: int) -> str:
    """Return the id of the message that puts the proposal numbered `seq` to the Board."""
    return f"policy/proposed/{seq}"


def _news(effect_id: str, view: str, words: Words) -> Effect:
    return Effect(
        id=effect_id,
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=None,
        place=GOVERNANCE,
        view=view,
        words=words,
    )
