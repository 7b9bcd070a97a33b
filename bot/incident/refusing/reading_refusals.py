"""Refusals of what was asked to be shown: there is no such list, and no such part of a timeline."""

from collections.abc import Iterable

from bot.incident.refusing.refusals import Refused, shown


def nothing_called(typed: str, *, what: str, allowed: Iterable[str]) -> Refused:
    """Return no. 107: `what` ("list", "part of a timeline") is asked for by a word that is none of the `allowed`."""
    return Refused(number=107, sentence=(f"There is no {what} `{shown(typed)}`. Say {', '.join(allowed)}.",))
