"""A shell while the database does not answer: it never says that something is written down which is not."""

from bot.ops.shell import serve
from bot.ports import StoreAwayError
from delivery.spool import Spool
from delivery.standby import Standby
from tests.usecases.conftest import Office


def gone():
    """No unit of work is opened."""
    raise StoreAwayError("gone")


async def never(_):
    """Nothing is sent."""
    raise AssertionError


async def test_nothing_is_promised_where_nobody_stands_by(office: Office, tmp_path):
    """Beside no bot that runs an alarm is lost, and says where to raise it; beside one it would be taken."""
    office.desk.write = office.desk.read = gone
    standby = Standby(desk=office.desk, spool=Spool(tmp_path), carry=never, jitter=float)
    alone = await serve(office.desk, {"do": "declare", "severity": "sev1", "title": "Checkout is down"})
    beside = await serve(office.desk, {"do": "ack", "number": "1"}, standby=standby)

    assert ("1", "1") == (alone["code"], beside["code"])
    assert "so nothing was done. Only a Tocsin that runs writes alarms down" in alone["error"]
    assert "Without --as, `tocsin declare` is written down all the same." in beside["error"]
