"""What policy says about everything of a kind, a line for each: who does what, the roles, the types of incident."""

from collections.abc import Callable, Iterator, Mapping

from bot.policy.model import Policy
from bot.policy.rulebook import Activity
from bot.words import Role


def _raci(policy: Policy) -> Iterator[str]:
    """Return, for each activity, who may act, who is asked before and who is told after (G2)."""
    for activity, row in policy.raci.activities.items():
        yield f"{row.label[0].upper()}{row.label[1:]}: {_duties(policy, activity)}."


def _duties(policy: Policy, activity: Activity) -> str:
    raci = policy.raci
    row = raci.activities[activity]
    may = [raci.parties[party].label for party in raci.parties if raci.may_act(activity=activity, party=party)]
    said = [f"{' and '.join(may)} may"]
    for letter, words in _LATER.items():
        people = [raci.parties[party].label for party, duties in row.duties.items() if letter in map(str, duties)]
        said += [f"{words}: {', '.join(people)}"] if people else []
    return "; ".join(said)


_LATER = {"C": "asked before", "I": "told after"}


def _roles(policy: Policy) -> Iterator[str]:
    """Return, for each role, what it answers for."""
    for role in Role:
        yield f"{role.capitalize()}: {'; '.join(policy.roles[role].answers_for)}."


def _types(policy: Policy) -> Iterator[str]:
    """Return, for each type of incident, its family and the mildest it may be."""
    for kind in policy.types.values():
        least = f"{kind.severity_floor.label} or worse, {kind.classification.upper()} or stricter"
        yield f"{kind.name} ({kind.family}): {least}."


WHOLE: Mapping[str, tuple[str, str, Callable[[Policy], Iterator[str]]]] = {
    "raci": ("Who does what", "raci.yaml", _raci),
    "roles": ("Roles", "roles.yaml", _roles),
    "types": ("Types of incident", "matrix.yaml", _types),
}
"""What can be told whole: its title, its file, its lines."""
