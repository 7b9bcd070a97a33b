"""What kind of incident it is: who says so, and all that the matrix asks for follows at once (P1, S1, G9.1)."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.history import access_events as a
from bot.incident.history.turns import SeverityChanged
from bot.incident.history.type_events import PhaseMissed, TeamsMobilised, TypeSet
from bot.incident.phases import floor_of, type_of
from bot.incident.reacting.effects import EffectKind
from bot.incident.rules.mobilising import mobilised_at
from bot.incident.sight import may_see, people_in
from bot.words import Act, Classification, Severity
from tests.incident.life import (
    ADA,
    HOUR,
    IRIS,
    LENA,
    MIA,
    MINUTE,
    NOOR,
    SAM,
    START,
    TOMAS,
    ZOE,
    Life,
    person,
    read,
    rota_of,
)

SEV1, SEV2, SEV3, SEV4 = Severity
CHANNEL = c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s")


def running(life: Life, severity: Severity = SEV2) -> Life:
    """Return an incident that Noor commands, in a channel of its own."""
    life.declare(severity).does(c.TakeCommand())
    life.ask_as(TOCSIN, CHANNEL)
    return life


def kinds_of(events) -> list[type]:
    """Return which events these are."""
    return [type(event) for event in events]


def test_a_type_brings_its_teams_in(life):
    """A SEV-2 model drift brings in who of its teams is not there; of a team that had nobody, the first is called."""

    running(life).does(c.SetType(type="Model-Drift"))
    mobilised = next(event for event in life.events if isinstance(event, TeamsMobilised))
    invited = [one.people for one in life.effects("") if one.kind is EffectKind.INVITE][-1]

    assert "model_drift" == life.it.playbook.type
    assert [("sre", (SAM,), None), ("ml_engineering", (MIA,), MIA), ("data_engineering", (), None)] == [
        (team.key, team.people, team.called) for team in mobilised.teams
    ]
    assert (SAM, MIA) == invited
    assert [(0.0, "called")] == life.dms(MIA)
    assert {SAM, MIA} <= people_in(life.it)
    assert life.is_replayed()


def test_a_type_keeps_which_policy_it_was_set_under(life, policy):
    """The record says which type it was before, and by which matrix (D8)."""

    told = running(life).does(c.SetType(type="model drift"))
    first = next(event for event in told if isinstance(event, TypeSet))

    assert ("service", "model_drift", policy.hash) == (first.was, first.type, first.policy_hash)


def test_contacts_are_told_and_not_brought_in(life):
    """Whom the row names as contact hears of it once, and does not come in by it."""

    life.declare(SEV1).does(c.TakeCommand(), SAM)
    life.does(c.SetType(type="service"), SAM)

    assert [(0.0, "called")] == life.dms(LENA)
    assert (0.0, "type.told") in life.dms(MIA)
    assert MIA not in people_in(life.it)


def test_nobody_is_told_twice_in_one_breath(policy):
    """One person behind two contacts hears once."""

    contacts = {**policy.people.contacts, "vp": replace(policy.people.contacts["vp"], person="mia")}
    both = replace(policy, people=replace(policy.people, contacts=contacts))
    life = Life(policy=both, rota=rota_of(both)).declare(SEV1)
    life.does(c.SetType(type="service"))

    assert [(0.0, "type.told")] == life.dms(MIA)


def test_a_floor_raises_the_severity_and_says_why(life):
    """A provider outage at SEV-3 becomes SEV-2 in the same decision, with the reason on the record (G9.1)."""

    told = running(life, SEV3).does(c.SetType(type="provider outage"))
    changed = next(event for event in told if isinstance(event, SeverityChanged))

    assert [TypeSet, TeamsMobilised, SeverityChanged] == kinds_of(told)[:3]
    assert (SEV3, SEV2) == (changed.was, life.it.severity)
    assert "Its type, provider outage, is SEV-2 or worse by policy." == changed.why
    assert 1 == len(life.effects("severity")) - len([one for one in life.effects("severity") if one.thread_of])


@pytest.mark.parametrize("command", [c.ChangeSeverity, c.SuggestSeverity])
def test_nobody_goes_below_the_floor(life, command):
    """A provider outage is not lowered below SEV-2, nor is that suggested; the sentence names the floor (no. 83)."""

    running(life).does(c.SetType(type="provider outage"))
    refused = life.refused(command(severity=SEV3, why="the retries hide it"))

    assert 83 == refused.number
    assert "provider outage, which is SEV-2 or worse by policy. It stays SEV-2" in read(refused.sentence)
    assert "the retries hide it" == refused.kept


def test_a_type_nobody_set_has_no_floor(life, policy):
    """Policy's default type holds nobody to anything."""

    running(life)

    assert ("service", SEV4) == (type_of(life.it, policy), floor_of(life.it, policy))
    assert mobilised_at(life.it, life.context(person(NOOR))) is None


def test_a_data_exposure_goes_on_in_private(life):
    """It is hidden before its type is said: a new private channel, the teams in it, and Legal called."""

    told = running(life, SEV3).does(c.SetType(type="data exposure"))
    classified = next(event for event in told if isinstance(event, a.Classified))
    line = life.effects("line.type")[0]

    assert [a.Classified, TypeSet, TeamsMobilised, SeverityChanged] == kinds_of(told)[:4]
    assert (Classification.RESTRICTED, True, "C1") == (classified.to, classified.is_moved, classified.left)
    assert ("incident:42/channel/2",) == line.needs
    assert (SEV2, True) == (life.it.severity, life.it.is_private)
    assert [(0.0, "called")] == life.dms(TOMAS)
    assert [True, False] == [may_see(life.it, person(who)) for who in (TOMAS, ZOE)]
    assert life.is_replayed()


def test_what_is_being_made_cannot_be_left(life):
    """A type that hides an incident waits for the channel it is to leave (no. 72); nothing was changed."""

    life.declare(SEV2)
    before = life.it

    assert 72 == life.refused(c.SetType(type="data exposure")).number
    assert before == life.it


def test_a_private_one_stays_where_it_is(life):
    """A type no stricter than the incident is changes nothing about who sees it."""

    running(life).does(c.Classify(to=Classification.RESTRICTED, why="customer names are in the logs"), TOMAS)
    told = life.does(c.SetType(type="harmful model output"))

    assert a.Classified not in kinds_of(told)
    assert Classification.RESTRICTED is life.it.classification


def test_nobody_shows_it_to_more_people_than_its_type_allows(life):
    """A data exposure is not made INTERNAL again (no. 84); more restricted is fine."""

    running(life).does(c.SetType(type="unusual access"))
    life.ask_as(TOCSIN, c.RecordChannel(channel="C2", name="inc-42-private"))
    refused = life.refused(c.Classify(to=Classification.INTERNAL, why="nothing in it after all"), TOMAS)

    assert 84 == refused.number
    assert "unusual access, which is CONFIDENTIAL at least by policy" in read(refused.sentence)
    life.does(c.Classify(to=Classification.RESTRICTED, why="customer names are in the logs"), TOMAS)


def test_another_severity_brings_more_teams_in(life):
    """Raised to SEV-1, a model drift brings governance in as well, and nobody a second time."""

    running(life).does(c.SetType(type="model drift"))
    more = [one for one in life.does(c.ChangeSeverity(severity=SEV1)) if isinstance(one, TeamsMobilised)]

    assert [["governance"]] == [[team.key for team in one.teams] for one in more]
    assert {"teams": [{"key": "governance", "people": [LENA, TOMAS]}], "is_set": False} == {
        key: life.effects("line.type")[-1].words[key] for key in ("teams", "is_set")
    }
    life.does(c.ChangeSeverity(severity=SEV2, why="the retries hide it"))
    assert TeamsMobilised not in kinds_of(life.does(c.ChangeSeverity(severity=SEV1)))


def test_another_type_brings_in_what_it_adds(life):
    """Setting another type adds its teams to those that are there."""

    running(life).does(c.SetType(type="model drift"))
    life.does(c.SetType(type="provider outage"))

    assert ["sre", "ml_engineering", "data_engineering"] == [team.key for team in life.it.playbook.teams]
    assert "provider_outage" == life.it.playbook.type


def test_a_test_brings_nobody_in(life):
    """A test has a type as well; nobody is invited, called or told for it."""

    life.ask(c.Declare(title="Checkout returns 500s", severity=SEV1, is_test=True), ADA)
    life.does(c.SetType(type="model drift"), ADA)

    assert () == life.it.playbook.people
    assert [] == [one for one in life.said if one[1].view in {"called", "type.told"}]


@pytest.mark.parametrize(
    ("typed", "number", "offers"),
    [("model drfit", 80, (Act.SHOW_TYPE,)), ("mod", 80, (Act.SHOW_TYPE,)), ("🔥", 80, ())],
)
def test_a_type_there_is_not(life, typed, number, offers):
    """A misspelt type is offered the nearest, which is shown before it is set (no. 80)."""

    refused = running(life).refused(c.SetType(type=typed))

    assert (number, offers) == (refused.number, refused.offers)
    assert not offers or refused.details[Act.SHOW_TYPE].carries == {"type": "model_drift"}


def test_who_may_set_a_type(life):
    """Leaders and the declarer may; others hear who (no. 4); the same type again is no. 17."""

    running(life)
    assert 4 == life.refused(c.SetType(type="model drift"), IRIS).number
    life.does(c.SetType(type="model drift"), ADA)

    assert 17 == life.refused(c.SetType(type="model_drift"), SAM).number


@pytest.mark.parametrize("severity", Severity)
def test_every_type_can_be_set_at_every_severity(policy, rota, severity):
    """All of the matrix: the severity is no milder than the floor, nor the level lower, and the row replays."""

    for key, kind in policy.types.items():
        life = running(Life(policy=policy, rota=rota), severity)
        life.does(c.SetType(type=kind.name))

        assert (key, min(severity.rank, kind.severity_floor.rank)) == (life.it.playbook.type, life.it.severity.rank)
        assert kind.classification.is_private == life.it.is_private
        assert life.is_replayed()


def test_what_is_overdue_is_missed_at_once(life):
    """Set an hour in, a SEV-1's first phases count from its declaration: they are missed in the same decision."""

    running(life, SEV1).wait(HOUR)
    missed = [one for one in life.does(c.SetType(type="model drift")) if isinstance(one, PhaseMissed)]

    assert ["assess", "contain"] == [one.phase for one in missed]
    assert [START + 15 * MINUTE, START + 30 * MINUTE] == [one.due_at for one in missed]
