"""Whether a policy is in force, whether the folder says the same, and whether it is overdue for review."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.ops.policies import NoFolderError, check
from bot.policy.errors import PolicyRejected
from bot.policy.load import Examined, load
from bot.policy.model import Policy
from storage.looking import Look

POLICY, REVIEWS = "Policy", "Reviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySeen:
    """The policy that counts, the one in force or else the folder's, and how it stands with both."""

    policy: Policy | None
    findings: tuple[Finding, ...]


def look_at_policy(folder: Path, database: Look | None, *, today: date) -> PolicySeen:
    """Return which policy counts, and what is to be said of it."""
    stored = database.in_force if database else None
    try:
        in_force = load(stored[1]) if stored else None
    except PolicyRejected:
        mend = "Put the folder in order (`tocsin policy check`) and let the Board adopt it."
        return PolicySeen(policy=None, findings=(fail(POLICY, "the one in force cannot be read any more.", mend),))
    try:
        offered = check(folder, today=today, runbooks=None)
    except (NoFolderError, OSError):
        return _without_folder(folder, in_force, today)
    policy = in_force or offered.policy
    return PolicySeen(policy=policy, findings=(_compared(folder, in_force, offered), *_reviews(policy, today)))


def _without_folder(folder: Path, in_force: Policy | None, today: date) -> PolicySeen:
    mend = "Copy `policies` there and fit it to your people, or set TOCSIN_POLICIES."
    if in_force is None:
        return PolicySeen(policy=None, findings=(fail(POLICY, f"none is in force, and none is in {folder}.", mend),))
    missing = warn(POLICY, f"{in_force.version} is in force; there is none in {folder}.", mend)
    return PolicySeen(policy=in_force, findings=(missing, *_reviews(in_force, today)))


def _compared(folder: Path, in_force: Policy | None, offered: Examined) -> Finding:
    if offered.policy is None:
        stands = f"{in_force.version} is in force, and {folder}" if in_force else f"none is in force, and {folder}"
        mistakes = f"{len(offered.errors)} mistake{'s' * (len(offered.errors) > 1)}"
        found = f"{stands} holds one with {mistakes}: {offered.errors[0]}"
        return (warn if in_force else fail)(POLICY, found, "Mend what `tocsin policy check` names.")
    if in_force is None:
        said = f"{folder} holds {offered.policy.version} ({offered.policy.short_hash}), which is put in force first."
        return good(POLICY, said)
    if in_force.hash != offered.policy.hash:
        found = f"{in_force.version} ({in_force.short_hash}) is in force; {folder} holds {offered.policy.version}."
        return warn(POLICY, found, "Let the Board adopt it (/incident policy adopt), or put the folder back.")
    return good(POLICY, f"{in_force.version} ({in_force.short_hash}) is in force, as the folder has it.")


def _reviews(policy: Policy | None, today: date) -> tuple[Finding, ...]:
    if policy is None:
        return ()
    late = [f"{head.name} (since {head.next_review:%d %b})" for head in policy.overdue(today)]
    if late:
        mend = "Review them, move `next_review` on and raise their versions."
        return (warn(REVIEWS, f"overdue: {listed(late)}.", mend),)
    return (good(REVIEWS, "no file is overdue."),)
