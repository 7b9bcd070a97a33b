"""What policy may leave out: how long a call waits, and what counts as going back and forth."""

from datetime import timedelta

from bot.policy.load import load
from bot.policy.model import CallRules
from bot.policy.rulebook import BackAndForth


def without(shipped, file, key):
    """Return the policy loaded with the lines of `key`, the last one of `file`, left out."""
    text = shipped[file].decode()
    return load({**shipped, file: text[: text.index(f"\n{key}:")].encode() + b"\n"})


def test_a_call_waits_ten_minutes(shipped):
    """A severity file that says nothing of calls lets ten minutes go by before the next step."""

    assert CallRules(unanswered_after=timedelta(minutes=10)) == without(shipped, "severity.yaml", "calls").calls


def test_six_turns_within_an_hour_are_a_pattern(shipped):
    """A governance file that says nothing of going back and forth looks for six turns within an hour."""

    policy = without(shipped, "governance.yaml", "back_and_forth")

    assert BackAndForth(turns=6, within=timedelta(hours=1)) == policy.governance.back_and_forth
