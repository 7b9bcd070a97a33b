"""Testing one's own page: every way in policy is tried, marked TEST, and whether it arrived is on the record."""

from datetime import datetime, timedelta
from hashlib import sha256

from bot.incident.reacting.effects import OUTSIDE, Effect, EffectKind, Words, dm
from bot.incident.refusing.oncall_refusals import no_ways, paged_lately
from bot.incident.refusing.refusals import SOMEONE_ELSES_FORM, Refused
from bot.incident.rules.pages import READABLE
from bot.policy.model import Person, Policy, Way
from bot.policy.people import FILE
from bot.ports import Handle, UnitOfWork
from bot.usecases.answering import freeze, thaw
from bot.usecases.asked import Answer, Early, Pressed, Principal
from bot.usecases.noting import note
from bot.usecases.principals import admit
from bot.usecases.refusing import refuse
from bot.usecases.world import World
from bot.words import Act, Lane

EVERY = timedelta(minutes=10)
"""At least so long between two tests of one person."""

PAGE_TESTS = frozenset({Act.TEST_PAGE, Act.REACHED})
"""What buttons ask of a test."""


def test_page(unit: UnitOfWork, early: Early, world: World) -> Answer:
    """Return which ways a test went to the one who asks; no incident is touched and no clock runs.

    A repeated delivery hears the first answer again.
    """
    earlier = unit.requests.answered(early.key)
    if earlier is not None:
        return thaw(unit, earlier, world)
    policy = world.policy(unit)
    found = _whom(unit, early, policy, world)
    if isinstance(found, Refused):
        return refuse(unit, found, key=early.key, who=early.who, asked="TestPage", world=world)
    words: Words = {"ref": _ref(early.key), "person": early.who.id, "ways": [way.label for way in found.ways]}
    effects = [_effect(way, place, words) for place, way in enumerate(found.ways, start=1)]
    unit.outbox.add(effects, now=world.now())
    _keep(unit, "person.page_tested", words, policy, key=early.key, who=early.who, world=world)
    answer = Answer(view="page_tested", words=words)
    unit.requests.remember(_slot(early.who.id, world.now()), answer=world.now().isoformat().encode(), now=world.now())
    unit.requests.remember(early.key, answer=freeze(answer), now=world.now())
    return answer


def _whom(unit: UnitOfWork, early: Early, policy: Policy, world: World) -> Person | Refused:
    """Return who is paged, or why not: outsiders, people policy does not know, and those who just tested."""
    admitted = admit(unit, early.who, policy, world)
    if isinstance(admitted, Refused):
        return admitted
    known = world.rota(unit, policy).person(early.who.id)
    if known is None:
        return no_ways(owner=policy.files[FILE].owner)
    last = _last(unit, early.who.id, now=world.now())
    return paged_lately(world.now() - last, every=EVERY) if last else known


def _last(unit: UnitOfWork, person: str, *, now: datetime) -> datetime | None:
    """Return when `person` tested their page within `EVERY`, or None."""
    kept = (unit.requests.answered(_slot(person, at)) for at in (now, now - EVERY))
    moments = (datetime.fromisoformat(at.decode()) for at in kept if at)
    return next((at for at in moments if now - at < EVERY), None)


def _slot(person: str, at: datetime) -> str:
    """Return the key under which a test at `at` is remembered: one for each span of `EVERY`, which allows one."""
    return f"page-test:{person}:{int(at.timestamp() // EVERY.total_seconds())}"


def _effect(way: Way, place: int, words: Words) -> Effect:
    outside = way.is_outside
    return Effect(
        id=f"page-test/{words['ref']}/{place}",
        kind=EffectKind.NOTIFY if outside else EffectKind.POST,
        lane=Lane.ANSWER,
        incident=None,
        place=OUTSIDE if outside else dm(str(words["person"])),
        view="page.test",
        words={**words, "way": place, "url": way.url} if outside else {**words, "way": place},
    )


def _ref(key: str) -> str:
    """Return the short id of a test, the same for the same request."""
    return "t-" + "".join(READABLE[byte % len(READABLE)] for byte in sha256(key.encode()).digest()[:4])


def press_test(unit: UnitOfWork, handle: Handle, pressed: Pressed, world: World) -> Answer:
    """Return the test that a button asks for, or that the one on its message arrived, which takes its place."""
    if handle.act is Act.TEST_PAGE:
        return test_page(unit, Early(key=pressed.key, who=pressed.who, verb="oncall test"), world)
    delivery = unit.outbox.get(handle.message)
    if delivery is None or delivery.effect.words.get("person") != pressed.who.id:
        return refuse(unit, SOMEONE_ELSES_FORM, key=pressed.key, who=pressed.who, asked="Reached", world=world)
    words: Words = {"ref": delivery.effect.words["ref"], "at": world.now().isoformat(), "replace": True}
    kept = f"page-test-reached:{words['ref']}"
    if unit.requests.answered(kept) is None:
        _keep(
            unit, "person.page_test_reached", words, world.policy(unit), key=pressed.key, world=world, who=pressed.who
        )
        unit.requests.remember(kept, answer=b"reached", now=world.now())
    return Answer(view="page_test_reached", words=words)


def _keep(
    unit: UnitOfWork, action: str, words: Words, policy: Policy, *, key: str, who: Principal, world: World
) -> None:
    """Put a test on the record of the person, which is no incident's."""
    note(
        unit,
        action,
        by=who.id,
        kind=who.kind,
        resource=f"person:{who.id}",
        policy_hash=policy.hash,
        request_id=key,
        payload={name: words[name] for name in ("ref", "ways") if name in words},
        world=world,
        subject=who.id,
    )
