"""The policy itself: who may put it in force, and what is refused about it."""

from dataclasses import replace
from datetime import date, timedelta

from bot.incident.refusing import policy_refusals as r
from bot.incident.sentences import Who


def test_only_the_board():
    """Somebody else is told who can, by name."""

    refused = r.not_the_board(["U0LENA", "U0TOMAS"])

    named = [part.person for part in refused.sentence if isinstance(part, Who)]
    assert (4, ["U0LENA", "U0TOMAS"]) == (refused.number, named)


def test_what_governance_sees_is_for_the_board():
    """Somebody else is told whose it is; policy that is silent says what can be asked."""

    refused, silent = r.not_for_you(["U0LENA"]), r.policy_is_silent("Policy says nothing about `nonsense`.")

    assert (4, "Reading what governance sees is for ") == (refused.number, refused.sentence[0])
    assert (99, ("Policy says nothing about `nonsense`.",)) == (silent.number, silent.sentence)


def test_nothing_to_decide():
    """What is not proposed any more is not adopted, and which policy holds is said."""

    holds, gone = r.nothing_proposed(in_force="2.0.0"), r.proposal_gone(newest="2.1.0 (a1b2c3)")

    assert (56, ("No other policy is proposed. Policy 2.0.0 is in force.",)) == (holds.number, holds.sentence)
    said = "Another policy has taken its place: 2.1.0 (a1b2c3) is proposed now. Look at that one."
    assert (57, (said,)) == (gone.number, gone.sentence)


def test_the_board_is_the_group_that_approves_exceptions(policy, rota):
    """The Board's people are those of the group governance.yaml names; a group nobody wrote down has none (G1.1)."""

    nobody = replace(policy, groups={})

    assert ("lena", "tomas") == policy.board
    assert () == nobody.board
    assert tuple(rota.ids[key] for key in policy.board if key in rota.ids) == rota.of((*policy.board, "nobody"))


def test_reviews_fall_due(policy):
    """A file is overdue the day after its review was due, the longest overdue first (S12)."""

    due = max(head.next_review for head in policy.files.values())

    assert () == policy.overdue(date(2026, 11, 1))
    assert set(policy.files) == {head.name for head in policy.overdue(due + timedelta(days=1))}
    assert sorted(policy.files) == sorted(head.name for head in policy.overdue(due + timedelta(days=1)))
