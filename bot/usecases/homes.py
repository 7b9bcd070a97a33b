"""Somebody's own page: drawn when they open it, and again when something on it changes."""

from collections.abc import Mapping
from datetime import timedelta

from bot.incident.authority.confirmers import confirmers
from bot.incident.clocks import clocks
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, EffectKind, dm
from bot.incident.reading import home
from bot.incident.reading.oncall import duties
from bot.incident.reading.picture import Picture
from bot.incident.reading.week import WEEK, Week, week_of
from bot.policy.rota import Rota, board_of
from bot.ports import DeliveryState, UnitOfWork
from bot.usecases.answering import quoted
from bot.usecases.asked import Home, Part
from bot.usecases.excepting import ANSWERS
from bot.usecases.governed import figures
from bot.usecases.pictures import pictures
from bot.usecases.world import World
from bot.words import Act, Lane, Status

REST = timedelta(seconds=10)
"""At least so long between two drawings of one page."""

MOST_OPEN, MOST_PARTS = 12, 5

_LEADING = {
    Status.DECLARED: (Act.POST_UPDATE, Act.MITIGATE, Act.RESOLVE, Act.HAND_OVER, Act.PANEL),
    Status.ACKNOWLEDGED: (Act.POST_UPDATE, Act.MITIGATE, Act.RESOLVE, Act.HAND_OVER, Act.PANEL),
    Status.MITIGATED: (Act.RESOLVE, Act.POST_UPDATE, Act.HAND_OVER, Act.PANEL),
}


def home_id(person: str) -> str:
    """Return the id of the outbox row that draws the page of `person`."""
    return f"home/{person}"


def home_opened(unit: UnitOfWork, world: World, *, person: str) -> None:
    """Draw the page of `person`, a Slack user id, who has opened it; one row per person, however often they do."""
    row, now = unit.outbox.get(home_id(person)), world.now()
    if row is None:
        place = dm(person)
        effect = Effect(id=home_id(person), kind=EffectKind.HOME, lane=Lane.DIGEST, incident=None, place=place)
        unit.outbox.add([effect], now=now)
    elif row.state is DeliveryState.DEAD:
        unit.outbox.settle_retry(home_id(person), at=now, in_doubt=False, error="", counted=True, now=now)
    else:
        unit.outbox.redraw([home_id(person)], now=now)


def read_home(unit: UnitOfWork, world: World, *, person: str) -> Home:
    """Return what the page of `person` shows now, the handles of its buttons minted for them alone."""
    policy = world.policy(unit)
    member = unit.members.get(person)
    if member is None or not member.is_eligible:
        return Home(person=person, emergency_number=policy.people.emergency_number)
    rota = world.rota(unit, policy)
    leads, governs = person in home.leaders(policy, rota), person in board_of(policy=policy, rota=rota)
    every = sorted(unit.incidents.open(), key=lambda one: (one.severity.rank, one.number))
    known = [one for one in every if home.may_know(one, person, leads=leads or governs)]
    leading = [one for one in known if home.commands_now(one, person)][:MOST_PARTS]
    asks = {one.number: _asked(unit, world, one, person) for one in known}
    waiting = [one for one in known if asks[one.number]][:MOST_PARTS]
    put_to = [one for one in known if one.exceptions.put_to(person)][:MOST_PARTS]
    shown = {one.number: one for one in (*leading, *waiting, *put_to, *known[:MOST_OPEN])}
    drawn = pictures(unit, list(shown.values()), world)
    return Home(
        person=person,
        is_member=True,
        emergency_number=policy.people.emergency_number,
        duties=duties(rota, person, now=world.now()),
        handles=_mint(unit, world, person, None, _always(rota, person, governs=governs)),
        commands=tuple(_part(unit, world, person, drawn[one.number], _LEADING[one.status]) for one in leading),
        asked=(
            *(_part(unit, world, person, drawn[one.number], asks[one.number]) for one in waiting),
            *(_part(unit, world, person, drawn[one.number], ANSWERS) for one in put_to),
        ),
        open=tuple(drawn[one.number] for one in known[:MOST_OPEN]),
        open_count=len(known),
        week=_week(unit, world) if leads else None,
        governance=figures(unit, world) if governs else None,
    )


def _asked(unit: UnitOfWork, world: World, incident: Incident, person: str) -> tuple[Act, ...]:
    """Return what the incident waits for from `person`, a confirmation of its severity last: nothing waits for that."""
    policy = world.policy(unit, incident.policy_hash)
    mine = confirmers(incident, policy=policy, rota=world.rota(unit, policy), now=world.now())
    return (*home.asked_of(incident, person), *((Act.CONFIRM_SEVERITY,) if person in mine else ()))


def _always(rota: Rota, person: str, *, governs: bool) -> tuple[Act, ...]:
    """Return what everybody can press, the test of their page for whom policy reaches, and the Board's lists."""
    lists = (Act.MISSED_CLOCKS, Act.EXCEPTIONS, Act.DENIED_ACTS) if governs else ()
    return (Act.DECLARE, Act.LIST, Act.HELP, *((Act.TEST_PAGE,) if rota.person(person) else ()), *lists)


def _week(unit: UnitOfWork, world: World) -> Week:
    now = world.now()
    lately = unit.incidents.lately(since=now - WEEK)
    return week_of(((one, clocks(one, world.policy(unit, one.policy_hash))) for one in lately), now=now)


def _part(unit: UnitOfWork, world: World, person: str, drawn: Picture, acts: tuple[Act, ...]) -> Part:
    return Part(picture=drawn, acts=acts, handles=_mint(unit, world, person, drawn.incident, acts))


def _mint(
    unit: UnitOfWork, world: World, person: str, incident: Incident | None, acts: tuple[Act, ...]
) -> Mapping[Act, str]:
    number = incident.number if incident else None
    return {
        act: unit.handles.mint(
            home_id(person), act, incident=number, person=person, quoted=_quoted(act, incident, person), now=world.now()
        )
        for act in acts
    }


def _quoted(act: Act, incident: Incident | None, person: str) -> str:
    """Return the state a button quotes; one that answers an exception means the one its reader saw beside it."""
    one = incident.exceptions.put_to(person) if incident and act in ANSWERS else None
    return str(one.number) if one else quoted(act, incident)
