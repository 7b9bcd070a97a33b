"""Who goes next among the deliveries at hand: the more urgent lane first, one channel's posts in order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.incident.reacting.effects import EffectKind, PlaceKind
from bot.usecases.asked import Job
from bot.words import Lane

AGEING = 30.0
"""Seconds of waiting that raise a delivery of the lower lanes by one lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claimed job, and since when (virtual) it is held."""

    job: Job
    since: datetime
    order: int

    @property
    def line(self) -> str:
        """Return what must not be overtaken: first posts to one place go one after the other."""
        effect = self.job.delivery.effect
        if effect.kind is not EffectKind.POST or self.job.delivery.sent is not None:
            return f"row {effect.id}"
        own = effect.incident if effect.place.kind is PlaceKind.CHANNEL else ""
        return f"place {effect.place} {own}"


def rank(lane: Lane, waited: float) -> float:
    """Return how soon a delivery goes, the lowest first, after `waited` seconds.

    Pages, declarations and answers keep strict order; what is below them ages, so that none of it starves.
    """
    if lane <= Lane.ANSWER:
        return float(lane)
    return max(float(Lane.UPDATE), lane - waited / AGEING)


class LineUp:
    """The jobs at hand that have not begun, and the lines that are busy."""

    def __init__(self) -> None:
        self._held: list[Held] = []
        self._busy: set[str] = set()
        self._count = 0

    def __len__(self) -> int:
        return len(self._held)

    def add(self, jobs: Iterable[Job], *, now: datetime) -> None:
        """Put `jobs` in line, in the order given."""
        for job in jobs:
            self._count += 1
            self._held.append(Held(job=job, since=now, order=self._count))

    def begin(self, *, now: datetime) -> Held | None:
        """Return the next job whose line is free, None if there is none; its line is busy until `end`."""
        free = [held for held in self._held if held.line not in self._busy]
        if not free:
            return None
        first = min(free, key=lambda held: (self._rank(held, now), held.order))
        self._held.remove(first)
        self._busy.add(first.line)
        return first

    def end(self, held: Held) -> None:
        """Free the line of a job that is done."""
        self._busy.discard(held.line)

    def give_back(self) -> list[Job]:
        """Return every job that has not begun, and hold it no longer."""
        given, self._held = [held.job for held in self._held], []
        return given

    def _rank(self, held: Held, now: datetime) -> float:
        return rank(held.job.delivery.effect.lane, (now - held.since).total_seconds())
