"""Names in Slack: an incident's channel and its topic."""

import html
import re
import unicodedata

from bot.incident.model import Incident
from bot.incident.showing import why
from bot.words import Status

LONGEST_NAME, LONGEST_TOPIC = 60, 200


def channel_name(incident: Incident) -> str:
    """Return the channel's name: number and title in plain letters, at most 60 characters (Slack allows 80)."""
    base = f"{'test' if incident.is_test else 'inc'}-{incident.number}"
    if incident.is_private:
        return f"{base}-private"
    plain = unicodedata.normalize("NFKD", incident.title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    name = f"{base}-{slug}" if re.search(r"[a-z]", slug) else base
    return name[:LONGEST_NAME].rstrip("-")


def topic(incident: Incident) -> str:
    """Return the channel's topic, which names neither commander nor clock so that it cannot be stale."""
    reason = why(incident)
    if reason:
        head = f"{incident.severity.label} · {incident.ref}"
        return _cut(f"{head} · details are withheld: {_inert(reason)}", LONGEST_TOPIC)
    title = "" if incident.is_private else f" · {_inert(incident.title)}"
    test = "TEST · " if incident.is_test else ""
    if incident.status.is_open:
        tail = " · commander and clocks: pinned card · /incident for everything"
        head = f"{test}{incident.severity.label} · {incident.ref}{title}"
        return f"{_cut(head, LONGEST_TOPIC - len(tail))}{tail}"
    return _cut(f"{test}{_ended(incident.status)} · {incident.ref}{title}", LONGEST_TOPIC)


def left_topic(incident: Incident) -> str:
    """Return the topic of the channel an incident left for another: number, and nothing of what it is about."""
    where = "private" if incident.is_private else "another channel"
    return f"{incident.severity.label} · {incident.ref} · goes on in {where}; write no more here"


def _inert(title: str) -> str:
    """Return people's words so that Slack reads no mention or link in them, nor anything that turns the line round."""
    seen = "".join(letter for letter in title if letter.isprintable())
    return html.escape(seen, quote=False)


def _cut(line: str, limit: int) -> str:
    """Return at most `limit` characters of an escaped line, never half of an entity."""
    return line if len(line) <= limit else re.sub(r"&[a-z]*$", "", line[:limit])


def _ended(status: Status) -> str:
    return status.value.upper()
