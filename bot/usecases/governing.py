"""Governing: one of the Board adopts the policy that is proposed, or keeps the one in force (G1.1, D8)."""

from dataclasses import dataclass

from bot.incident.context import Actor
from bot.incident.reacting.effects import Words
from bot.incident.refusing.policy_refusals import not_the_board, nothing_proposed, proposal_gone
from bot.incident.refusing.refusals import Refused
from bot.policy.load import load
from bot.policy.rota import board_of
from bot.ports import Proposal, ProposalOutcome, UnitOfWork
from bot.usecases.adopting import adopt, note_policy
from bot.usecases.asked import Answer, Early
from bot.usecases.principals import admit
from bot.usecases.proposing import settle_proposal
from bot.usecases.refusing import refuse
from bot.usecases.world import World
from bot.words import PolicyDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """The proposal that is meant: the beginning of its hash as typed, or the number its button carried."""

    hash: str = ""
    seq: int | None = None

    def fits(self, proposal: Proposal) -> bool:
        return proposal.hash.startswith(self.hash.casefold()) and self.seq in {None, proposal.seq}


def govern(
    unit: UnitOfWork, early: Early, decision: PolicyDecision, world: World, *, meant: str = "", seq: int | None = None
) -> Answer:
    """Return how the policy stands; for ADOPT and KEEP, what one of the Board hears once it is settled.

    `meant` is the beginning of the hash they typed, `seq` the proposal whose button they pressed: what they read is
    what takes force, never what has taken its place meanwhile. Others are told who can.
    """
    settled = _settle(unit, early, decision, world, _Meant(hash=meant, seq=seq))
    if isinstance(settled, Refused):
        return refuse(unit, settled, key=early.key, who=early.who, asked=f"policy {decision}", world=world)
    return Answer(view="policy.standing", words={**_standing(unit, world), "decision": decision.value})


def _settle(unit: UnitOfWork, early: Early, decision: PolicyDecision, world: World, meant: _Meant) -> Refused | None:
    policy = world.policy(unit)
    actor = admit(unit, early.who, policy, world)
    if isinstance(actor, Refused):
        return actor
    if decision is PolicyDecision.SHOW:
        return None
    board = board_of(policy=policy, rota=world.rota(unit, policy))
    if actor.id not in board:
        return not_the_board(board)
    proposal = _pending(unit)
    if proposal is None:
        return nothing_proposed(in_force=policy.version)
    if not meant.fits(proposal):
        return proposal_gone(newest=_named(proposal))
    _carry_out(unit, proposal, actor, world, key=early.key, adopts=decision is PolicyDecision.ADOPT)
    return None


def _pending(unit: UnitOfWork) -> Proposal | None:
    proposal = unit.policies.proposal()
    return proposal if proposal and proposal.outcome is ProposalOutcome.PENDING else None


def _named(proposal: Proposal) -> str:
    return f"{proposal.version} ({proposal.hash[:6]})"


def _carry_out(unit: UnitOfWork, proposal: Proposal, actor: Actor, world: World, *, key: str, adopts: bool) -> None:
    outcome = ProposalOutcome.ADOPTED if adopts else ProposalOutcome.KEPT
    settle_proposal(unit, proposal, outcome, by=actor.id, world=world)
    if adopts:
        adopt(unit, proposal.files, approved_by=actor.id, world=world, kind=actor.kind)
    else:
        kept_out = load(proposal.files)
        note_policy(unit, kept_out, "policy.kept_out", by=actor.id, world=world, kind=actor.kind, request_id=key)


def _standing(unit: UnitOfWork, world: World) -> Words:
    policy, proposal = world.policy(unit), _pending(unit)
    today = world.now().date()
    return {
        "version": policy.version,
        "hash": policy.short_hash,
        "proposed": _named(proposal) if proposal else "",
        "overdue": [f"{head.name}, since {head.next_review}" for head in policy.overdue(today)],
    }
