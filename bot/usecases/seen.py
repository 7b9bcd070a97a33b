"""What looking gives: an answer whose buttons are still to be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.incident.reacting.effects import Words
from bot.usecases.asked import Answer
from bot.words import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is shown: the answer without its buttons, and the words each button's handle carries."""

    answer: Answer
    buttons: Mapping[Act, Words] = field(default_factory=dict)
