"""Commands about paging one person: somebody asks for it, or a way to somebody fails."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePerson:
    """Page one person now, by their ways, until they answer (P2)."""

    person: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPageFailing:
    """A page does not get through by now, after so many `tries`: `ref` is its short id; it goes on being tried."""

    ref: str
    error: str
    tries: int = 1
