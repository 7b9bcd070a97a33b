"""What is said about a message that is given up: to the operators in codes, to who tested their page as it is."""

from bot.incident.reacting.effects import OPERATORS, Effect, EffectKind, Place, PlaceKind, Words, dm
from bot.incident.reacting.places import channel_name
from bot.policy.model import Policy
from bot.ports import Delivery
from bot.words import Lane

_PLACES = {
    PlaceKind.CHANNEL: "its channel",
    PlaceKind.LEFT: "the channel it left",
    PlaceKind.DM: "a direct message",
    PlaceKind.ASKER: "whoever asked",
    PlaceKind.OUTSIDE: "e-mail or SMS",
}

TEST, LOST = "page.test", "page.test_lost"


def alarm(delivery: Delivery, error: str, policy: Policy) -> Effect:
    """Return the alarm about `delivery`, whose last try met `error`."""
    effect = delivery.effect
    return Effect(
        id=f"dead:{effect.id}/{delivery.wanted_rev}",
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=effect.incident,
        place=OPERATORS,
        view="dead",
        words={
            "incident": effect.incident,
            "attempts": delivery.attempts,
            "what": _what(effect),
            "place": _where(effect.place, policy),
            "error": error,
        },
    )


def tell_tester(delivery: Delivery, error: str) -> Effect | None:
    """Return what tells a person by which way outside Slack the test of their page did not go; None for all else."""
    effect = delivery.effect
    if effect.view != TEST or effect.kind is not EffectKind.NOTIFY:
        return None
    words: Words = {**{name: effect.words[name] for name in ("ref", "ways", "way")}, "error": error}
    place = dm(str(effect.words["person"]))
    return Effect(
        id=f"{effect.id}/lost",
        kind=EffectKind.POST,
        lane=effect.lane,
        incident=None,
        place=place,
        view=LOST,
        words=words,
    )


def _what(effect: Effect) -> str:
    if effect.view == "update":
        return f"status update {effect.words.get('number')}"
    return effect.view or effect.kind.value


def _where(place: Place, policy: Policy) -> str:
    name = channel_name(place, policy)
    return f"#{name}" if name else _PLACES.get(place.kind, str(place.kind))
