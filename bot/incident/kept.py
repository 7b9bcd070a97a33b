"""A person's own words in what they asked, so that a refusal can give them back."""

from bot.incident import commands as c


def kept_words(command: c.Command) -> str:
    """Return the person's own words in `command`, to be given back with a refusal."""
    for name in ("now", "words", "why", "title", "brief"):
        words = getattr(command, name, "")
        if words and isinstance(words, str):
            return words
    return ""
