"""Reading the words an effect or an answer carries: JSON in, typed values out."""

from collections.abc import Mapping
from datetime import datetime

from bot.incident.reacting.effects import Json, Words


def text(words: Words, key: str) -> str:
    """Return the text under `key`, or ""."""
    value = words.get(key)
    return value if isinstance(value, str) else ""


def person(words: Words, key: str) -> str | None:
    """Return the Slack user id under `key`, or None."""
    return text(words, key) or None


def number(words: Words, key: str) -> int:
    """Return the whole number under `key`, or 0."""
    value = words.get(key)
    return value if isinstance(value, int) else 0


def moment(words: Words, key: str) -> datetime | None:
    """Return the moment under `key`, ISO 8601, or None."""
    value = text(words, key)
    return datetime.fromisoformat(value) if value else None


def part(words: Words, key: str) -> Words | None:
    """Return the words nested under `key`, or None."""
    value = words.get(key)
    return value if isinstance(value, Mapping) else None


def parts(words: Words, key: str) -> list[Words]:
    """Return the list of nested words under `key`."""
    return [value for value in _list(words, key) if isinstance(value, Mapping)]


def texts(words: Words, key: str) -> list[str]:
    """Return the list of texts under `key`."""
    return [value for value in _list(words, key) if isinstance(value, str)]


def _list(words: Words, key: str) -> list[Json]:
    value = words.get(key)
    return value if isinstance(value, list) else []
