"""Files whose review is overdue are warned of (S12)."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.policy.model import PolicyFile
from bot.policy.reading import Reading
from bot.policy.source import Spot


def warn_of_reviews(*, reading: Reading, roots: Mapping[str, Spot], files: Iterable[PolicyFile], today: date) -> None:
    """Warn of every file, by its document in `roots`, whose next review fell due before `today`."""
    for file in files:
        late = (today - file.next_review).days
        if late > 0:
            days = "1 day" if late == 1 else f"{late} days"
            reading.warn(roots[file.name].at("next_review"), allowed=f"ahead: the review is {days} overdue")
