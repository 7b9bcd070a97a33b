"""Private answer to who asked for somebody to be paged."""

from datetime import datetime

from bot.incident.sentences import When
from views.kit import Message
from views.lines import line
from views.reading import moment, person, text
from views.scene import Scene
from views.sentences import Line


def person_paged(scene: Scene) -> Message:
    """Return by which way the page goes and when the next follows, or why none went."""
    who = scene.described(person(scene.words, "person"))
    ref = scene.incident.ref
    if scene.words.get("held"):
        often = f" was paged for {ref} twice within the last minute, so no third page was sent. "
        return line(scene, who, (often, "Your words are on the timeline; page somebody else, or call them."))
    way, next_at = text(scene.words, "way"), moment(scene.words, "next_at")
    if not way:
        return line(scene, (f"{ref} is a test: ",), who, (" would be paged; nobody is.",))
    return line(scene, who, (f" is paged for {ref} by {way}", *_then(next_at)))


def _then(next_at: datetime | None) -> Line:
    if next_at:
        return ("; without an answer the next way follows at ", When(next_at), ".")
    return (". No other way of theirs is known.",)
