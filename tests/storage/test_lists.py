"""Lists of incidents, and the handles of one message."""

from dataclasses import replace
from datetime import timedelta

from bot.incident.history.exceptions import Exceptions, ExceptionStanding, PolicyException
from bot.incident.model import RoleHolding, Seat
from bot.words import Act, Classification, Role, Severity, Status
from tests.storage.samples import T0, incident


def numbers(found):
    """Return which incidents were found."""
    return [one.number for one in found]


def test_incidents_are_listed_by_status_severity_and_person(database):
    """What a person declared, commands or has a role in is theirs."""

    seat = Seat(person="U0NOOR", since=T0, named_by="U0ADA")
    held = (RoleHolding(role=Role.SCRIBE, person="U0NOOR", since=T0, named_by="U0ADA"),)
    with database.write() as unit:
        unit.incidents.add(incident(number=1))
        unit.incidents.add(replace(incident(number=2, severity=Severity.SEV2), seat=seat))
        unit.incidents.add(replace(incident(number=3), roles=held, classification=Classification.RESTRICTED))
        unit.incidents.add(replace(incident(number=4, by="U0NOOR"), status=Status.RESOLVED))
    with database.read() as unit:
        listed = unit.incidents.listed

        assert [1, 2, 3] == numbers(listed(statuses=[Status.DECLARED]))
        assert [2] == numbers(listed(statuses=[Status.DECLARED], severity=Severity.SEV2))
        assert [2, 3, 4] == numbers(listed(statuses=Status, person="U0NOOR"))
        assert [] == listed(statuses=Status, person="U0%")
        assert (Severity.SEV1, Status.DECLARED, Classification.RESTRICTED) == (
            (third := listed(statuses=[Status.DECLARED])[2]).severity,
            third.status,
            third.classification,
        )


def excepted(number, standing, **more):
    """An incident with one exception that stands so."""
    one = PolicyException(number=1, asked_by="U0NOOR", why="no broadcast", until=None, asked=(), standing=standing)
    return replace(incident(number=number), exceptions=Exceptions(every=(one,)), **more)


def test_incidents_with_exceptions_that_stand(database):
    """Those that hold or wait, whatever the incident's status; none that was declined or has ended."""

    with database.write() as unit:
        for number, standing in enumerate(ExceptionStanding, start=1):
            unit.incidents.add(excepted(number, standing))
        unit.incidents.add(excepted(5, ExceptionStanding.APPROVED, status=Status.RESOLVED))
        unit.incidents.add(incident(number=6))
    with database.read() as unit:
        assert [1, 2, 5] == numbers(unit.incidents.excepted())
        assert excepted(2, ExceptionStanding.APPROVED) == unit.incidents.get(2)


def test_since_when_the_policy_is_in_force(database):
    """The adoption that counts is the last one."""

    with database.write() as unit:
        before = unit.policies.since()
        for days in (0, 2):
            at = T0 + timedelta(days=days)
            unit.policies.adopt(f"h{days}", {"a.yaml": b"x"}, version="2.0.0", approved_by="U0LENA", now=at)
    with database.read() as unit:
        assert (None, T0 + timedelta(days=2)) == (before, unit.policies.since())


def test_the_handles_of_a_message_are_known_by_act(database):
    """What was minted for an answer is found again when it goes out."""

    with database.write() as unit:
        older = unit.handles.mint("answer:1", Act.OLDER, incident=1, words={"start": 0}, now=T0)
        unit.handles.mint("answer:2", Act.OLDER, incident=1, now=T0)

        assert {Act.OLDER: older} == unit.handles.of("answer:1")
        assert {} == unit.handles.of("answer:3")
