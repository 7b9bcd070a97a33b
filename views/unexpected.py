"""What people hear when something failed that nobody expected: an apology, the way on, and an id to quote."""

from bot.incident.reacting.effects import Words
from bot.incident.reading.picture import Picture
from views import kit
from views.reading import text
from views.sentences import Pen


def unexpected_sentence(words: Words, picture: Picture | None) -> str:
    """Return the sentence; that nothing was changed is said only when it is known."""
    known = words.get("known_unchanged") is True
    happened = ", and nothing was changed. Sorry." if known else ". Sorry."
    doubt = "" if known else " It may have been done: look at the card before pressing again."
    call = text(words, "emergency_number") or (picture.policy.people.emergency_number if picture else "")
    again = "Try again; if it is urgent call" if known else "If it is urgent call"
    way_on = f" {again} {call}." if call else " Try again." if known else ""
    return f"Something failed on Tocsin's side{happened}{doubt}{way_on} Error {text(words, 'id')}."


def draw_unexpected(words: Words, picture: Picture | None, pen: Pen) -> kit.Message:
    """Return the apology as a private answer."""
    said = unexpected_sentence(words, picture)
    return kit.Message(text=pen.text(said), blocks=[kit.plain_section(said)])
