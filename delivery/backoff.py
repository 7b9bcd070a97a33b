"""How long to wait before a delivery is tried again, and when to give up."""

from bot.incident.reacting.effects import Effect, EffectKind
from bot.words import Lane

LONGEST = 300.0
DEFINITE_TRIES = 9
DAY_OF_TRIES = 295
"""With waits of 1, 2, 4 … 256 and then 300 s, this many tries last 24 hours."""

_DOUBLINGS = 9


def wait(attempts: int, *, jitter: float) -> float:
    """Return the seconds to wait after try number `attempts` (from 1): 1, 2, 4 … 300, stretched by up to a quarter.

    `jitter` is drawn by the caller, from 0 up to 1.
    """
    doubled = float(2 ** min(max(attempts, 1) - 1, _DOUBLINGS))
    return min(doubled, LONGEST) * (1 + jitter / 4)


def tries(effect: Effect, *, outage: bool) -> int:
    """Return how many tries `effect` is given.

    `outage` says that Slack did not answer or could not be reached: nothing is lost in 24 hours of that. What was
    definitely refused is given nine tries, except pages and the channel everything else needs. A private answer
    has nobody waiting for it after half an hour (a Slack limit), so it never gets more than nine.
    """
    if effect.kind in {EffectKind.RESPOND, EffectKind.WHISPER}:
        return DEFINITE_TRIES
    vital = effect.lane is Lane.PAGE or effect.kind in {EffectKind.OPEN_CHANNEL, EffectKind.NOTIFY}
    return DAY_OF_TRIES if outage or vital else DEFINITE_TRIES
