"""What Slack's flags say of channels is compared with what is known, for events are missed (abuse case 49)."""

from bot.incident.commands import RecordChannel
from bot.incident.context import TOCSIN, Context
from bot.incident.decide import decide
from bot.incident.refusing.refusals import Refused
from bot.incident.showing import shared_key, shared_with
from bot.usecases.recording import record
from bot.usecases.sharing import Seen
from tests.usecases.conftest import Office

ACME = ("T2", "Acme Ltd.")


async def housed(office: Office) -> None:
    """Have INC-1 declared, its channel made."""
    await office.declare("Checkout returns 500s")
    with office.database.write() as unit:
        incident = unit.incidents.get(1)
        assert incident
        policy = office.desk.world.policy(unit)
        rota = office.desk.world.rota(unit, policy)
        context = Context(policy=policy, rota=rota, now=office.desk.now(), actor=TOCSIN)
        made = decide(incident, RecordChannel(channel="C1", name="inc-1"), context)
        assert not isinstance(made, Refused)
        record(unit, incident, made, context, request_id="test")


def names(office: Office) -> str:
    """Return who shares the incident's channel."""
    with office.database.read() as unit:
        incident = unit.incidents.get(1)
        return incident.sharing.names if incident else ""


async def test_sharing_nobody_told_of_is_noticed(office: Office):
    """Shared while nobody listened, and unshared likewise; seen twice it is once."""

    await housed(office)
    for _ in range(2):
        await office.desk.channels_seen([Seen(id="C1", is_private=False, teams=(ACME, ("T3", "")))])
    shared = names(office)
    await office.desk.channels_seen([Seen(id="C1", is_private=False, teams=(ACME,))])
    one = names(office)
    await office.desk.channels_seen([Seen(id="C1", is_private=False)])

    assert ("Acme Ltd. and another organisation", "Acme Ltd.", "") == (shared, one, names(office))
    with office.database.read() as unit:
        assert 4 == sum("shared" in event.action for event in unit.audit.events(1))


async def test_the_new_id_may_be_heard_of_late(office: Office):
    """Slack may tell that the new id is shared before it tells that there is a new id."""

    await housed(office)
    await office.desk.channel_shared("C2", team="T2", name="Acme Ltd.")
    before = names(office)
    await office.desk.channel_renumbered("C1", now="C2")

    assert ("", "Acme Ltd.") == (before, names(office))


async def test_a_channel_policy_names_is_on_the_record(office: Office):
    """Who reads the incidents channel is written down, once, and follows it under another id."""

    await office.declare("Checkout returns 500s")
    await office.desk.learn_place("incidents", "C7")
    for _ in range(2):
        await office.desk.channel_shared("C7", team="T2", name="Acme Ltd.")
    await office.desk.channel_unshared("C7", team="T2", is_shared=False)
    await office.desk.channel_renumbered("C7", now="C8")
    with office.database.read() as unit:
        known = unit.places.all()
        actions = [one.entry.action for one in unit.audit.entries(limit=100)]

    assert ["channel.shared", "channel.unshared"] == [action for action in actions if action.startswith("channel.")]
    assert ("", "C8", "") == (known[shared_key("C7", "T2")], known["incidents"], shared_with("C7", known))


async def test_what_concerns_nobody_is_not_on_the_record(office: Office):
    """A channel in which no incident works, and that policy does not name, is known and nothing more."""

    before = await office.desk.is_answered("none")
    await office.desk.channel_shared("C9", team="T2", name="Acme Ltd.")
    await office.desk.channel_unshared("C9", team="T9", is_shared=True)

    with office.database.read() as unit:
        assert "Acme Ltd." == shared_with("C9", unit.places.all())
        assert 0 == sum(one.entry.action.startswith("channel.") for one in unit.audit.entries(limit=100))
    assert not before
    assert [] == list(await office.desk.private_channels())
