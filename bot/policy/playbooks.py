"""What the matrix asks for, looked up: types by the names people write, and what one adds at a severity (P1, S1)."""

from difflib import get_close_matches

from bot.policy.model import Policy
from bot.policy.roles import key_of
from bot.policy.rulebook import IncidentType, MatrixRow
from bot.words import Classification, Role, Severity

_LEVELS = tuple(Classification)
_SHORTEST = 3


def find_type(policy: Policy, typed: str) -> str | None:
    """Return the key of the type that `typed` names, however its words are parted and cased; None where none is."""
    wanted = _plain(typed)
    names = ((key, _plain(name)) for key, kind in policy.types.items() for name in (key, kind.name))
    return next((key for key, name in names if name == wanted), None) if wanted else None


def nearest_type(policy: Policy, typed: str) -> str | None:
    """Return the key of the type that was most likely meant, or None where `typed` is far from any."""
    wanted = _plain(typed)
    known = {_plain(name): key for key, kind in policy.types.items() for name in (key, kind.name)}
    begins = [key for name, key in known.items() if len(wanted) >= _SHORTEST and name.startswith(wanted)]
    near = begins or [known[name] for name in get_close_matches(wanted, known, n=1, cutoff=0.6)]
    return near[0] if near else None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def row_of(kind: IncidentType, severity: Severity) -> MatrixRow:
    """Return what `kind` asks for at `severity`; milder than its floor it asks for what the floor does."""
    return kind.rows.get(severity, kind.rows[kind.severity_floor])


def role_of(key: str) -> Role | None:
    """Return the role that roles.yaml writes as `key`, or None for an office."""
    return next((role for role in Role if key_of(role) == key), None)


def role_label(policy: Policy, key: str) -> str:
    """Return how people say a role or an office of roles.yaml: "communications lead", "on-call engineer"."""
    office = policy.offices.get(key)
    return office.label if office else key.replace("_", " ")


def worse(one: Severity, other: Severity) -> Severity:
    """Return the worse of two severities."""
    return min(one, other, key=lambda severity: severity.rank)


def stricter(one: Classification, other: Classification) -> Classification:
    """Return the classification of the two that fewer people may see (G6.1)."""
    return max(one, other, key=_LEVELS.index)
