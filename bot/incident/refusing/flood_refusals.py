"""The refusals of one alarm too many: it is kept, and can be declared by itself after a moment."""

from datetime import timedelta

from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import spell
from bot.words import Act

TOO_MANY = 28


def too_many(number: int, *, declared: int, wait: timedelta) -> Refused:
    """Return no. 28: `declared` alarms by one person within a minute; this one is kept on INC-`number`'s timeline."""
    return Refused(
        number=28,
        sentence=(
            f"You declared {declared} in the last minute. This one is written on INC-{number}'s timeline. ",
            f"If it is something else, wait {spell(wait)} or ask a colleague to declare it.",
        ),
        offers=(Act.DECLARE_APART,),
    )


def too_soon(number: int, *, left: timedelta) -> Refused:
    """Return no. 28 for a press that came `left` too early; what it would declare is on INC-`number`'s timeline."""
    return Refused(
        number=28,
        sentence=(
            f"It is on INC-{number}'s timeline already. To declare it separately, wait {spell(left)} more ",
            "or ask a colleague to declare it.",
        ),
        offers=(Act.DECLARE_APART,),
    )
