"""Refusals about the policy itself: who may put it in force, and what is not proposed any more."""

from collections.abc import Iterable

from bot.incident.refusing.refusals import Refused, not_allowed
from bot.incident.sentences import Sentence


def not_the_board(board: Iterable[str]) -> Refused:
    """Return no. 4: the Governance Board puts a policy in force; `board` are its members' user ids (G1.1)."""
    return not_allowed(doing="Putting a policy in force", who=board)


def not_for_you(board: Iterable[str]) -> Refused:
    """Return no. 4: missed clocks, exceptions and denied acts of everybody are read by those who govern (G2.1)."""
    return not_allowed(doing="Reading what governance sees", who=board)


def policy_is_silent(said: str) -> Refused:
    """Return no. 99: policy knows nothing of that name; `said` is the sentence that names what it knows."""
    return Refused(number=99, sentence=(said,))


def nothing_proposed(*, in_force: str) -> Refused:
    """Return no. 56: no proposal waits; `in_force` is the version that holds."""
    sentence: Sentence = (f"No other policy is proposed. Policy {in_force} is in force.",)
    return Refused(number=56, sentence=sentence)


def proposal_gone(*, newest: str) -> Refused:
    """Return no. 57: the proposal meant was replaced; `newest` is the version that is proposed now."""
    sentence: Sentence = (f"Another policy has taken its place: {newest} is proposed now. Look at that one.",)
    return Refused(number=57, sentence=sentence)
