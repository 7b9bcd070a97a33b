"""Two processes on one database: one was held up past its lease, and the other took its work over."""

from dataclasses import replace

import pytest

from bot.ports import DeliveryState
from bot.ports import Sent as At
from bot.usecases.outcomes import Dead, Outcome, Retry, Sent
from tests.usecases.conftest import Office


@pytest.mark.parametrize(
    ("outcome", "state", "owner"),
    [
        (Retry(after=5, in_doubt=False, error="timeout", counted=True), DeliveryState.INTENT, "two"),
        (Dead(error="invalid_blocks"), DeliveryState.INTENT, "two"),
        (Sent(at=At(channel="D1", ts="1.1"), rev=1), DeliveryState.SENT, ""),
    ],
)
async def test_late_news(office: Office, outcome: Outcome, state: DeliveryState, owner: str) -> None:
    """What the late one failed at changes nothing, for the other is at it; what it did send is written down."""

    await office.declare("Checkout down")
    page = next(row for row in office.outbox() if "/page/" in row)
    await office.desk.claim(limit=100)
    office.wait(1)
    other = replace(office.desk, owner="two")
    await other.claim(limit=100)
    await office.desk.settle(page, outcome)

    with office.database.read() as unit:
        row = unit.outbox.get(page)
    assert row is not None
    assert (state, owner) == (row.state, row.owner)
