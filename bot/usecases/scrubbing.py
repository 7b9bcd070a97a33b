"""Scrubbing at the door of storage: what a command says is cleaned before anything is decided (G6.2)."""

from dataclasses import fields, replace

from bot.incident.commands import Command
from bot.privacy.scrub import Removal, removal_sentence, scrub

_WORDS = ("title", "description", "now", "affected", "next", "words", "still", "why", "brief", "watch")


def scrub_command(command: Command) -> tuple[Command, str]:
    """Return the command with nothing sensitive in its words, and the sentence its author is told, or ""."""
    removed: list[Removal] = []
    cleaned: dict[str, str] = {}
    for name in (field.name for field in fields(command) if field.name in _WORDS):
        found = scrub(getattr(command, name))
        if found.removed:
            cleaned[name] = found.text
            removed.extend(found.removed)
    if not cleaned:
        return command, ""
    return replace(command, **cleaned), removal_sentence(removed) or ""  # type: ignore[arg-type]
