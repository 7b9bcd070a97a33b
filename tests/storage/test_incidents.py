"""Incidents as rows: replaying the audit log gives the row, and look-ups find what they should."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import ascii_letters

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.incident.history.apply import apply, begin, replay
from bot.incident.history.cadence import StatusUpdate, UpdateKind
from bot.incident.history.codec import KINDS
from bot.incident.history.events import ChannelOpened, Declared
from bot.incident.model import ChannelRef, RoleHolding
from bot.ports import LostRaceError
from bot.words import Role, Status
from tests.storage.samples import MINUTE, T0, declared, entry, incident

TEXT = st.text(alphabet=ascii_letters + "äß–“”🔥\"'\\\n ", max_size=12)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone

st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(0, 999))
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(timedelta, st.integers(1, 10_000).map(lambda seconds: timedelta(seconds=seconds)))

LATER = st.one_of([st.from_type(kind) for kind in KINDS.values() if kind is not Declared])


def possible(first, events):
    """The events that can follow each other: those that need a cadence are left out where there is none."""
    now, kept = begin(first), []
    for event in events:
        try:
            now = apply(now, event)
        except ValueError:
            continue
        kept.append(event)
    return kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.from_type(Declared), later=st.lists(LATER, max_size=12))
@example(first=declared(), later=[ChannelOpened(at=T0, by="tocsin", channel="", name="")])
def test_replaying_the_entries_gives_the_row(database, first, later):
    """Whatever happens to an incident, its audit entries fold to exactly the row that was saved."""

    with database.write() as unit:
        number = unit.incidents.next_number()
        first = replace(first, number=number)
        now = begin(first)
        unit.incidents.add(now)
        unit.audit.append([entry(first, number=number)], now=T0)
    for event in possible(first, later):
        after = apply(now, event)
        with database.write() as unit:
            unit.incidents.save(after, was=now.version)
            unit.audit.append([entry(event, number=number)], now=T0)
        now = after

    with database.read() as unit:
        assert now == unit.incidents.get(number)
        assert now == replay(unit.audit.events(number))


def test_roles_keep_their_order_and_their_holders(database):
    """Roles read back as they were saved, and one given up is gone."""

    roles = tuple(
        RoleHolding(role=role, person=f"U{index}", since=T0, named_by="U0ADA")
        for index, role in enumerate([Role.SCRIBE, Role.DEPUTY, Role.LEGAL_COUNSEL])
    )
    with database.write() as unit:
        unit.incidents.add(replace(incident(), roles=roles))

    with database.read() as unit:
        assert roles == unit.incidents.get(1).roles

    with database.write() as unit:
        unit.incidents.save(replace(incident(), version=2, roles=roles[1:]), was=1)
    with database.read() as unit:
        assert roles[1:] == unit.incidents.get(1).roles


def test_roles_and_updates_are_stored_however_they_came_to_change(database):
    """What was read before in the same unit of work, or saved in it, leaves nothing out and nothing behind."""

    scribe = RoleHolding(role=Role.SCRIBE, person="U0MIA", since=T0, named_by="U0ADA")
    told = StatusUpdate(number=1, at=T0, by="U0ADA", kind=UpdateKind.WORDS, now="Down", affected="All", next="Soon")
    lives = [
        replace(incident(), version=2, roles=(scribe,)),
        replace(incident(), version=3, roles=(scribe,), updates=1, last_update=told),
        replace(incident(), version=4, roles=(), updates=1, last_update=replace(told, now="Up")),
        replace(incident(), version=5, roles=(scribe,), updates=1, last_update=replace(told, now="Up")),
    ]
    with database.write() as unit:
        unit.incidents.add(incident())

    with database.write() as unit:
        unit.incidents.get(1)
        for one in lives[:3]:
            unit.incidents.save(one, was=one.version - 1)
        assert lives[2] == unit.incidents.get(1)
    with database.write() as unit:
        unit.incidents.save(lives[3], was=4)

    with database.read() as unit:
        assert lives[3] == unit.incidents.get(1)


@pytest.mark.parametrize(("number", "was"), [(1, 2), (1, 0), (9, 1)])
def test_a_stale_version_is_not_saved(database, number, was):
    """Saving where the row has another version, or is missing, loses the race and changes nothing."""

    with database.write() as unit:
        unit.incidents.add(incident())

    with pytest.raises(LostRaceError), database.write() as unit:
        unit.incidents.save(replace(incident(number=number), version=was + 1, title="changed"), was=was)

    with database.read() as unit:
        assert incident() == unit.incidents.get(1)


def test_the_channel_names_its_latest_incident(database):
    """A channel leads to the incident it was opened for, the latest if there were several."""

    with database.write() as unit:
        for number in (1, 2, 3):
            channel = ChannelRef(id="C1" if number < 3 else "C3", name=f"inc-{number}")
            unit.incidents.add(replace(incident(number=number), channel=channel))

    with database.read() as unit:
        assert 2 == unit.incidents.by_channel("C1").number
        assert unit.incidents.by_channel("C9") is None


def test_open_incidents_are_those_whose_clocks_run(database):
    """Resolved, closed, cancelled and merged incidents are not open."""

    with database.write() as unit:
        for number, status in enumerate(Status, start=1):
            unit.incidents.add(replace(incident(number=number), status=status))

    with database.read() as unit:
        expected = [Status.DECLARED, Status.ACKNOWLEDGED, Status.MITIGATED]
        assert expected == [one.status for one in unit.incidents.open()]


def test_what_a_person_declared_recently(database):
    """Only that person's, only from then on, the newest first."""

    with database.write() as unit:
        for number, (by, minutes) in enumerate([("U1", 0), ("U1", 2), ("U2", 3), ("U1", 4)], start=1):
            first = declared(number=number, by=by, at=T0 + minutes * MINUTE)
            unit.incidents.add(begin(first))

    with database.read() as unit:
        found = unit.incidents.recent_of("U1", since=T0 + 2 * MINUTE)
    assert [4, 2] == [one.number for one in found]
