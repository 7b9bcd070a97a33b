"""Who may see it: the question of the declare form, and the box that answers it with "only people invited" (G6.1)."""

from bot.incident.reacting.effects import Words
from bot.incident.rules.suggesting import DATA
from bot.words import Classification
from views import inputs
from views.inputs import Field, Option
from views.kit import Block
from views.reading import text

SEEN = Field(block="seen", action="tick.seen")
SEEN_BY_HAND = "seen_by_hand"
"""Whether somebody chose who may see it, so that the box about data no longer switches it."""

INTERNAL, CONFIDENTIAL = Classification.INTERNAL.value, Classification.CONFIDENTIAL.value
DATA_BOX = Option(
    value=DATA, label="Personal or confidential data may be exposed", description="Suggests a private incident"
)
_BY_HAND = "by_hand"


def who_sees(words: Words) -> Block:
    """Return the list; its ids move with what the box suggests, for Slack keeps an old choice with an old id."""
    seen = text(words, "seen") or INTERNAL
    drawn = _BY_HAND if words.get(SEEN_BY_HAND) else seen
    block = f"{SEEN.block}.{drawn}" if words.get("again") else SEEN.block
    return inputs.chosen(
        Field(block=block, action=f"{SEEN.action}.{drawn}"),
        label="Who may see it?",
        hint="Private: its title and words stay in a private channel. It can be changed later.",
        options=[
            Option(value=INTERNAL, label="Everyone here (INTERNAL)"),
            Option(value=CONFIDENTIAL, label="Only people invited (CONFIDENTIAL)"),
        ],
        initial=seen,
        tells=True,
    )


def is_seen_by_few(words: Words) -> bool:
    """Return whether the form as it stands declares a private incident."""
    return text(words, "seen") == CONFIDENTIAL
