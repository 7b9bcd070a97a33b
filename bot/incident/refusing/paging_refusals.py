"""Refusals about paging one person."""

from bot.incident.refusing.refusals import Refused

YOURSELF = Refused(
    number=88,
    sentence=(
        "That is you, so nobody was paged. To see whether a page reaches you: `/incident oncall test`; to bring in ",
        "somebody else, name them.",
    ),
)
