"""The alarm about what is given up says what it was and where it was to go, and nothing that only members may read."""

import pytest

from bot.incident.reacting.effects import (
    CHANNEL,
    INCIDENTS,
    OPERATORS,
    OUTSIDE,
    Effect,
    EffectKind,
    Place,
    broadcast,
    dm,
)
from bot.policy.load import load
from bot.ports import Delivery, DeliveryState
from bot.usecases.given_up import alarm
from bot.words import Lane
from tests.usecases.conftest import POLICIES

PLACES = [
    (broadcast("sev1"), "#ml-incidents-sev1"),
    (INCIDENTS, "#incidents"),
    (CHANNEL, "its channel"),
    (dm("U0NOOR"), "a direct message"),
    (OUTSIDE, "e-mail or SMS"),
]


@pytest.mark.parametrize(("place", "named"), PLACES)
def test_what_and_where(place: Place, named: str) -> None:
    """Status update 3, and the channel by its name; no person, and no incident's channel."""

    policy = load({path.name: path.read_bytes() for path in POLICIES.glob("*.yaml")})
    update = Effect(
        id="incident:42/9/update",
        kind=EffectKind.POST,
        lane=Lane.UPDATE,
        incident=42,
        place=place,
        view="update",
        words={"number": 3, "now": "SECRET"},
    )
    told = alarm(Delivery(effect=update, state=DeliveryState.PENDING, attempts=9), "is_archived", policy)

    assert OPERATORS == told.place
    words = {"incident": 42, "attempts": 9, "what": "status update 3", "place": named, "error": "is_archived"}
    assert words == told.words
