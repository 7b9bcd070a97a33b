"""What changes from one policy to another, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.policy.facts import NOTHING, Subject, subjects
from bot.policy.model import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One change: `what` of `about` said `was` and says `now`; with no `what`, all of `about` is new or gone."""

    about: str
    what: str
    was: str
    now: str

    def __str__(self) -> str:
        """Return the change as a sentence, such as "SEV-1: acknowledge was 5 min, is 10 min."."""
        if self.what:
            return f"{self.about}: {self.what} was {self.was}, is {self.now}."
        return f"{self.about} is {'new' if self.was == NOTHING else 'gone'}."


def differences(*, old: Policy, new: Policy) -> tuple[Difference, ...]:
    """Return every change from `old` to `new`, in the order of the files."""
    before = {one.key: one for one in subjects(old)}
    after = {one.key: one for one in subjects(new)}
    keys = dict.fromkeys((*before, *after))
    return tuple(change for key in keys for change in _changes(before.get(key), after.get(key)))


def unraised(*, old: Policy, new: Policy, changed: frozenset[str]) -> tuple[str, ...]:
    """Return the files among `changed` (those whose bytes differ) whose version was not raised (G5.1, S12)."""
    return tuple(
        name
        for name in sorted(changed)
        if name in old.files and name in new.files and _parts(new, name) <= _parts(old, name)
    )


def _parts(policy: Policy, name: str) -> tuple[int, ...]:
    return tuple(map(int, policy.files[name].version.split(".")))


def _changes(before: Subject | None, after: Subject | None) -> Iterator[Difference]:
    if before and after:
        yield from _edits(before, after)
        return
    for one in filter(None, (before, after)):
        yield Difference(
            about=one.title, what="", was=one.title if before else NOTHING, now=one.title if after else NOTHING
        )


def _edits(before: Subject, after: Subject) -> Iterator[Difference]:
    for what in dict.fromkeys((*before.facts, *after.facts)):
        was, now = before.facts.get(what, NOTHING), after.facts.get(what, NOTHING)
        if was != now:
            yield Difference(about=after.title, what=what, was=was, now=now)
