"""The vocabulary of scrubbing: what is taken out, and what stands in its place."""

from dataclasses import dataclass
from enum import StrEnum


class SensitiveKind(StrEnum):
    """What kind of thing was taken out (G6.2: nothing raw about a person, and no secret)."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    IP = "ip"
    SECRET = "secret"  # noqa: S105 - the name of a kind  # nosec B105


MARKERS = {
    SensitiveKind.EMAIL: "[e-mail removed]",
    SensitiveKind.PHONE: "[telephone number removed]",
    SensitiveKind.CARD: "[card number removed]",
    SensitiveKind.IP: "[IP address removed]",
    SensitiveKind.SECRET: "[secret removed]",
}

NOUNS = {
    SensitiveKind.EMAIL: ("e-mail address", "e-mail addresses"),
    SensitiveKind.PHONE: ("telephone number", "telephone numbers"),
    SensitiveKind.CARD: ("card number", "card numbers"),
    SensitiveKind.IP: ("IP address", "IP addresses"),
    SensitiveKind.SECRET: ("secret", "secrets"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """How many things of one kind were taken out of a text."""

    kind: SensitiveKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrubbed:
    """A text that may be kept and shown, with what was taken out of it, one entry per kind."""

    text: str
    removed: tuple[Removal, ...] = ()
