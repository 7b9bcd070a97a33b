"""The shipped policy is GOV-001, cell by cell, with product defaults where GOV-001 is silent."""

from datetime import date, timedelta

import pytest

from bot.policy.load import FILES
from bot.policy.model import PageStep, Sprint, UpdateLadder, WarnRule
from bot.words import ClockKind, Severity

SEV1, SEV2, SEV3, SEV4 = Severity
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEXT_SPRINT = Sprint(starts=date(2026, 11, 9), days=14)

CLOCKS = [
    (SEV1, ClockKind.ACKNOWLEDGE, 5 * MINUTE),
    (SEV1, ClockKind.COMMANDER, 5 * MINUTE),
    (SEV1, ClockKind.MITIGATE, 30 * MINUTE),
    (SEV1, ClockKind.RESOLVE, 4 * HOUR),
    (SEV1, ClockKind.UPDATE, None),
    (SEV2, ClockKind.ACKNOWLEDGE, 15 * MINUTE),
    (SEV2, ClockKind.COMMANDER, 5 * MINUTE),
    (SEV2, ClockKind.MITIGATE, 2 * HOUR),
    (SEV2, ClockKind.RESOLVE, 24 * HOUR),
    (SEV2, ClockKind.UPDATE, None),
    (SEV3, ClockKind.ACKNOWLEDGE, 1 * HOUR),
    (SEV3, ClockKind.COMMANDER, None),
    (SEV3, ClockKind.MITIGATE, 8 * HOUR),
    (SEV3, ClockKind.RESOLVE, 72 * HOUR),
    (SEV3, ClockKind.UPDATE, None),
    (SEV4, ClockKind.ACKNOWLEDGE, 4 * HOUR),
    (SEV4, ClockKind.COMMANDER, None),
    (SEV4, ClockKind.MITIGATE, None),
    (SEV4, ClockKind.RESOLVE, NEXT_SPRINT),
    (SEV4, ClockKind.UPDATE, None),
]

WORDS = [
    (
        SEV1,
        "production crisis",
        (
            "Full outage: nobody can use it",
            "More than 10 % of users are affected",
            "An SLO has been breached for more than 30 minutes",
            "Confirmed loss of revenue",
        ),
    ),
    (
        SEV2,
        "major degradation",
        ("Part of it is down, or a provider outage users notice", "An SLO is degraded but not fully breached"),
    ),
    (SEV3, "limited impact", ("One team or system only, with a workaround",)),
    (SEV4, "low impact", ("No user impact, caught by monitoring",)),
]

DEFINITIONS = [
    (SEV1, ("full outage", "more than 10 % of users", "more than 30 min", "confirmed revenue impact")),
    (SEV2, ("partial outage", "degraded, not fully breached", "workaround exists")),
    (SEV3, ("one team or system", "no slo breach", "workaround exists")),
    (SEV4, ("no user impact", "minor", "caught by monitoring")),
]

COMMUNICATION = [
    (SEV1, "ml-incidents-sev1", 15 * MINUTE),
    (SEV2, None, 15 * MINUTE),
    (SEV3, None, None),
    (SEV4, None, None),
]

POSTMORTEMS = [
    (SEV1, 48 * HOUR, "within 48 h, blameless"),
    (SEV2, 7 * DAY, "within 1 week"),
    (SEV3, None, "recommended when it recurs"),
    (SEV4, None, "not required"),
]

CALLED = [
    (SEV1, ["ML Platform Lead", "VP Engineering"], "ML Platform Lead"),
    (SEV2, ["ML Platform Lead"], "ML Platform Lead"),
    (SEV3, ["SRE Lead"], "SRE Lead"),
    (SEV4, [], "primary on call"),
]

PAGES = [
    (SEV1, [(0, "primary", 1), (2, "primary", 2), (3, "secondary", 1), (5, "escalation", 1)], 10 * MINUTE),
    (SEV2, [(0, "primary", 1), (5, "primary", 2), (8, "secondary", 1), (15, "escalation", 1)], 30 * MINUTE),
    (SEV3, [(0, "primary", 1)], None),
    (SEV4, [(0, "primary", 1)], None),
]

NUDGES = [
    (SEV1, (2, 30 * MINUTE, 1)),
    (SEV2, (3, 60 * MINUTE, 2)),
    (SEV3, (3, 60 * MINUTE, 2)),
    (SEV4, (3, 60 * MINUTE, 2)),
]


@pytest.mark.parametrize(("severity", "kind", "allowed"), CLOCKS)
def test_clocks(policy, severity, kind, allowed):
    """Each clock of the table allows what GOV-001 allows, and no other clock runs (G3, G8.1)."""

    assert allowed == policy.rules(severity).clocks.get(kind)


@pytest.mark.parametrize(("severity", "name", "criteria"), WORDS)
def test_criteria(policy, severity, name, criteria):
    """Each severity has its name and the criteria a declarer can tick (G3)."""

    rules = policy.rules(severity)

    assert (severity, name, criteria) == (rules.severity, rules.name, rules.criteria)


@pytest.mark.parametrize(("severity", "parts"), DEFINITIONS)
def test_definitions(policy, severity, parts):
    """Each severity's definition holds every criterion of GOV-001, also those nobody ticks (G3)."""

    said = policy.rules(severity).definition.lower()

    assert parts == tuple(part for part in parts if part in said)


@pytest.mark.parametrize(("severity", "broadcast", "every"), COMMUNICATION)
def test_communication(policy, severity, broadcast, every):
    """SEV-1 has its channel and its cadence; SEV-2 the same cadence by default (G3.3, U5)."""

    rules = policy.rules(severity)

    assert (broadcast, every) == (rules.broadcast, rules.update_every)


@pytest.mark.parametrize(("severity", "within", "text"), POSTMORTEMS)
def test_postmortems(policy, severity, within, text):
    """Postmortems are due as GOV-001 says (G3)."""

    rules = policy.rules(severity)

    assert (within, text) == (rules.postmortem_within, rules.postmortem)


@pytest.mark.parametrize(("severity", "called", "otherwise"), CALLED)
def test_who_is_called(policy, severity, called, otherwise):
    """A missed mitigation calls the offices GOV-001 names, other misses the escalation contact (G3.2)."""

    rules, contacts = policy.rules(severity), policy.people.contacts

    assert called == [contacts[key].label for key in rules.escalation]
    assert otherwise == contacts[rules.escalation_contact].label


@pytest.mark.parametrize(("severity", "steps", "nobody_after"), PAGES)
def test_paging(policy, severity, steps, nobody_after):
    """The paging ladder climbs from the primary's first way to the escalation contact."""

    rules = policy.rules(severity)
    expected = tuple(PageStep(after=after * MINUTE, contact=contact, way=way) for after, contact, way in steps)

    assert (expected, nobody_after) == (rules.pages, rules.nobody_after)


@pytest.mark.parametrize(("severity", "expected"), NUDGES)
def test_how_long_nudges_can_be_put_off(policy, severity, expected):
    """No change and snooze have their bounds, tightest for SEV-1."""

    rules = policy.rules(severity)

    assert expected == (rules.no_change_in_row, rules.snooze_at_most, rules.snoozes_in_row)


def test_defaults(policy):
    """What no severity owns: the default severity, the update ladder, the warning, the headline."""

    ladder = UpdateLadder(
        heads_up_before=3 * MINUTE,
        commander_after=5 * MINUTE,
        contact_after=10 * MINUTE,
        backoff_after_misses=2,
        backoff=(15 * MINUTE, 30 * MINUTE, 60 * MINUTE),
    )
    warn = WarnRule(short_upto=10 * MINUTE, short_before=2 * MINUTE, share=0.2, at_most=HOUR)

    assert (SEV2, ladder, warn) == (policy.default_severity, policy.ladder, policy.warn)
    assert MINUTE == policy.headline_after


def test_people(policy):
    """Everybody has a name, a title, a zone, a telephone number, and two ways: a DM, then e-mail."""

    expected = {
        "ada": ("Ada Obi", "Europe/Berlin", "+49 30 23125 107"),
        "noor": ("Noor Haddad", "Europe/Berlin", "+49 30 23125 101"),
        "sam": ("Sam Reyes", "Europe/London", "+44 20 7946 0102"),
        "mia": ("Mia Chen", "America/Los_Angeles", "+1 415 555 0103"),
        "lena": ("Lena Brandt", "Europe/Berlin", "+49 30 23125 104"),
        "tomas": ("Tomas Vidal", "Europe/Madrid", "+49 30 23125 105"),
        "iris": ("Iris Park", "Europe/Berlin", "+49 30 23125 106"),
    }
    persons = policy.people.persons

    assert expected == {key: (person.name, person.zone, person.telephone) for key, person in persons.items()}
    assert {key: [("DM", ""), ("e-mail", f"mailto:{key}@example.com")] for key in expected} == {
        key: [(way.label, way.url) for way in person.ways] for key, person in persons.items()
    }


def test_contacts(policy):
    """The rota names whom the offices of GOV-001 belong to."""

    expected = {
        "primary": ("primary on call", "noor"),
        "secondary": ("secondary on call", "sam"),
        "escalation": ("ML Platform Lead", "mia"),
        "vp": ("VP Engineering", "lena"),
        "sre_lead": ("SRE Lead", "sam"),
        "commander": ("commander on call", "mia"),
    }
    people = policy.people

    assert expected == {key: (contact.label, contact.person) for key, contact in people.contacts.items()}
    assert ("ML Platform", "+49 30 23125 100") == (people.team, people.emergency_number)


def test_channels(policy):
    """Policy speaks in five channels and has no bridge."""

    where = policy.channels

    assert ("incidents", "leadership", "governance", "ops", {"sev1": "ml-incidents-sev1"}, "") == (
        where.incidents,
        where.leadership,
        where.governance,
        where.operators,
        where.broadcasts,
        where.bridge,
    )


def test_heads(policy):
    """Every file carries GOV-001's version, an owner, and a day for its next review (S12)."""

    heads = {name: (head.version, head.owner, head.next_review) for name, head in policy.files.items()}
    expected = ("2.0.0", "Platform Governance", date(2027, 2, 1))

    assert "2.0.0" == policy.version
    assert dict.fromkeys(FILES, expected) == heads
