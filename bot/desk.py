"""The desk: what the edges hold; it runs each use-case in one transaction, in the writer's or a reader's thread."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.incident.reacting.effects import Effect, Words
from bot.incident.reading.picture import Picture
from bot.incident.reading.readings import Reading
from bot.incident.reading.timeline_file import TimelineFile
from bot.incident.refusing.refusals import Refused
from bot.policy.rota import Member
from bot.ports import Delivery, LostRaceError, OpenUnit, UnitOfWork
from bot.usecases import (
    adopting,
    archiving,
    asking,
    claiming,
    gauging,
    governing,
    looking,
    oncall,
    pressing,
    proposing,
    queries,
    reading,
    refusing,
    settling,
    submitting,
    ticking,
)
from bot.usecases.asked import Answer, Asked, Early, Job, Pressed, Principal
from bot.usecases.digesting import ask_digest, digest_wanted
from bot.usecases.filing import timeline_file
from bot.usecases.form_words import declare_words_now
from bot.usecases.homes import home_opened
from bot.usecases.outcomes import Outcome
from bot.usecases.page_testing import test_page
from bot.usecases.pinning import pin, refuse_pin
from bot.usecases.world import World
from bot.words import Act, PolicyDecision, Role

T = TypeVar("T")

TRIES = 5
"""How often a use-case that lost a race begins again before that is an error."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """Runs use-cases for handlers, relay and clock.

    `write` and `read` open units of work; `writer` and `readers` run them (None runs them at once, in the caller's
    thread, which simulations want). `woken` is set whenever something was committed that may be sendable.
    """

    world: World
    write: OpenUnit
    read: OpenUnit
    owner: str
    writer: Executor | None = None
    readers: Executor | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0

    def now(self) -> datetime:
        """Return the present moment of this world, aware UTC."""
        return self.world.now()

    async def ask(self, asked: Asked) -> Answer:
        """Decide and write one request; return what its author hears."""
        return await self._write(lambda unit: asking.ask(unit, asked, self.world))

    async def press(self, pressed: Pressed) -> Answer:
        """Do what a button stands for, or return the form it opens (views called "form.…")."""
        return await self._write(lambda unit: pressing.press(unit, pressed, self.world))

    async def submit(self, asked: Asked, *, token: str) -> Answer:
        """Decide and write what a form says; `token` is the handle in its private metadata."""
        return await self._write(lambda unit: submitting.submit(unit, asked, token, self.world))

    async def open_form(self, early: Early, *, act: Act, words: Words) -> Answer:
        """Return the form for `act`, for whoever asked; words typed so far are kept in it."""
        return await self._write(lambda unit: pressing.open_form(unit, early, act, words, self.world))

    async def form_again(self, who: Principal, *, token: str, words: Words) -> Answer:
        """Return a form that is open, drawn again with the `words` filled in so far; `token` is its handle."""
        return await self._read(lambda unit: pressing.form_again(unit, token, who, words, self.world))

    async def declare_words(self, typed: Words) -> Words:
        """Return what the declare form says beside the words `typed` so far."""
        return await self._read(lambda unit: declare_words_now(unit, typed, self.world))

    async def roles(self, early: Early, *, role: Role | None) -> Answer:
        """Return who holds which role in the incident meant, or what `role` answers for."""
        return await self._write(lambda unit: reading.roles(unit, early, self.world, role=role))

    async def on_duty(self, *, team: str) -> Sequence[str]:
        """Return the Slack user ids of everybody on call in the team meant."""
        return await self._read(lambda unit: oncall.on_duty(unit, self.world, team=team))

    async def on_call(self, early: Early, *, team: str, quiet: Mapping[str, datetime]) -> Answer:
        """Return who is on call in the team meant; `quiet` says who has Do Not Disturb on, until when."""
        return await self._write(lambda unit: oncall.on_call(unit, early, self.world, team=team, quiet=quiet))

    async def test_page(self, early: Early) -> Answer:
        """Page the one who asks by every way, as a test."""
        return await self._write(lambda unit: test_page(unit, early, self.world))

    async def learn_quiet(self, *, number: int, ref: str, until: datetime) -> None:
        """Write down that whoever page `ref` of an incident went to has Do Not Disturb on."""
        await self._write(lambda unit: settling.learn_quiet(unit, self.world, number=number, ref=ref, until=until))

    async def refuse(self, early: Early, refused: Refused) -> Answer:
        """Write down a refusal that the edge itself found (an unknown verb), and return it as an answer."""
        return await self._write(lambda unit: refusing.refuse_early(unit, early, refused, self.world))

    async def look(self, early: Early, reading: Reading) -> Answer:
        """Return what somebody wants to read, or why not; only its buttons, and a refusal, are written."""
        seen = await self._read(lambda unit: looking.see(unit, early, reading, self.world))
        return await self._write(lambda unit: looking.show(unit, early, seen, self.world))

    async def show(self, *, number: int) -> Picture | None:
        """Return the picture of an incident, or None."""
        return await self._read(lambda unit: queries.show(unit, self.world, number=number))

    async def standing(self) -> Sequence[Picture]:
        """Return pictures of everything open, the worst first."""
        return await self._read(lambda unit: queries.standing(unit, self.world))

    async def find_person(self, key: str) -> str | None:
        """Return the Slack user id of whom policy calls `key`, or None."""
        return await self._read(lambda unit: queries.find_person(unit, self.world, key=key))

    async def expected(self) -> queries.Expected:
        """Return the people and channels that policy speaks to, and what is known of them."""
        return await self._read(lambda unit: queries.expected(unit, self.world))

    async def undelivered(self) -> Sequence[Delivery]:
        """Return what was not delivered."""
        return await self._read(lambda unit: queries.undelivered(unit, self.world))

    async def backlog(self) -> queries.Backlog:
        """Return what waits now, and when something next falls due."""
        return await self._read(lambda unit: queries.backlog(unit, self.world))

    async def gauges(self) -> gauging.Gauges:
        """Return how much waits, in figures."""
        return await self._read(lambda unit: gauging.gauge(unit, self.world))

    async def claim(self, *, limit: int) -> list[Job]:
        """Return up to `limit` deliveries ready to go, their intent committed."""
        return await self._write(
            lambda unit: claiming.claim(unit, self.world, limit=limit, owner=self.owner), wake=False
        )

    async def settle(self, row: str, outcome: Outcome, /) -> None:
        """Write down what became of a delivery."""
        await self._write(lambda unit: settling.settle(unit, self.world, row=row, outcome=outcome, owner=self.owner))

    async def timeline_file(self, effect: Effect, /) -> TimelineFile | None:
        """Return what the file that `effect` asks for holds now, or None when its reader may no longer have it."""
        return await self._read(lambda unit: timeline_file(unit, effect, self.world))

    async def keep_file(self, row: str, file: str, /) -> None:
        """Keep Slack's id of the file that the outbox row `row` is about to share."""
        await self._write(lambda unit: unit.outbox.keep_file(row, file), wake=False)

    async def take_over(self) -> None:
        """Make deliveries begun by a process that is gone ours to look up and finish, where only one can run."""
        await self._write(lambda unit: unit.outbox.take_over(self.owner))

    async def learn_place(self, place: str, channel: str, /) -> None:
        """Remember the Slack channel id of a shared place or a direct message."""
        await self._write(lambda unit: unit.places.put(place, channel, now=self.now()), wake=False)

    async def meet(self, members: Sequence[Member]) -> None:
        """Remember people of the workspace as Slack describes them now."""
        await self._write(lambda unit: unit.members.put(members, now=self.now()), wake=False)
        self.world.forget_people()

    async def channel_archived(self, channel: str) -> None:
        """Tell those who can unarchive the Slack channel `channel`, if an open incident works in it."""
        await self._write(lambda unit: archiving.channel_archived(unit, self.world, channel=channel))

    async def page_otherwise(self) -> None:
        """Page by the next way whoever Slack could not carry a page to yet."""
        await self._write(lambda unit: settling.page_otherwise(unit, self.world))

    async def was_paged(self) -> bool:
        """Return whether any page of the newest incident left."""
        return await self._read(lambda unit: queries.was_paged(unit, self.world))

    async def knows_nobody(self) -> bool:
        """Return whether Slack has never said who the people of the workspace are."""
        return await self._read(lambda unit: not unit.members.all())

    async def emergency_number(self) -> str:
        """Return policy's telephone number for when nothing else works."""
        return await self._read(lambda unit: self.world.policy(unit).people.emergency_number)

    async def has_policy(self) -> bool:
        """Return whether a policy is in force."""
        return await self._read(lambda unit: unit.policies.in_force() is not None)

    async def home_opened(self, person: str) -> None:
        """Draw the page of `person`, who has opened it."""
        await self._write(lambda unit: home_opened(unit, self.world, person=person))

    async def number_of(self, *, channel: str) -> int | None:
        """Return the number of the incident whose channel has the Slack id `channel`, or None."""
        return await self._read(lambda unit: queries.number_of(unit, channel=channel))

    async def pin(self, asked: Asked) -> Answer:
        """Put a message on a timeline once; the answer also goes out privately."""
        return await self._write(lambda unit: pin(unit, asked, self.world))

    async def refuse_pin(self, early: Early, refused: Refused) -> Answer:
        """Write down why a message was not put on a timeline, and tell who pinned it privately."""
        return await self._write(lambda unit: refuse_pin(unit, early, refused, self.world))

    async def adopt(self, files: Mapping[str, bytes], *, approved_by: str) -> str | None:
        """Put a policy in force; return its version, or None when it already is."""
        adopted = await self._write(lambda unit: adopting.adopt(unit, files, approved_by=approved_by, world=self.world))
        return adopted.version if adopted else None

    async def consider(self, files: Mapping[str, bytes]) -> None:
        """Propose what the policy folder holds, if that is another policy than the one in force."""
        if await self._read(lambda unit: proposing.is_news(unit, files)):
            await self._write(lambda unit: proposing.consider(unit, files, self.world))

    async def chase_reviews(self) -> None:
        """Tell those who govern, once a week, which files of the policy are overdue for review."""
        if await self._read(lambda unit: proposing.reviews_overdue(unit, self.world)):
            await self._write(lambda unit: proposing.chase_reviews(unit, self.world))

    async def govern(self, early: Early, decision: PolicyDecision, *, meant: str = "") -> Answer:
        """Return how the policy stands, or what came of one of the Board adopting or keeping it out."""
        return await self._write(lambda unit: governing.govern(unit, early, decision, self.world, meant=meant))

    async def due(self, *, limit: int) -> Sequence[int]:
        """Return numbers of incidents with a timer due by now, the longest overdue first."""
        return await self._read(lambda unit: ticking.due(unit, self.world, limit=limit))

    async def run_timers(self, number: int) -> None:
        """Run what is due of one incident."""
        await self._write(lambda unit: ticking.run_timers(unit, self.world, number=number))

    async def digest(self) -> None:
        """Ask for the day's digest if it is due and was not asked for yet."""
        if await self._read(lambda unit: digest_wanted(unit, self.world)):
            await self._write(lambda unit: ask_digest(unit, self.world))

    async def open_numbers(self) -> Sequence[int]:
        """Return the numbers of everything open."""
        return await self._read(lambda unit: ticking.open_numbers(unit, self.world))

    async def sweep_incident(self, number: int) -> int:
        """Repair and report what was about to be forgotten of one incident; return how many gaps there were."""
        return await self._write(lambda unit: ticking.sweep_incident(unit, self.world, number=number))

    async def sweep_outbox(self) -> int:
        """Report deliveries that wait too long, and return how many there are."""
        return await self._write(lambda unit: ticking.sweep_outbox(unit, self.world))

    async def _write(self, work: Callable[[UnitOfWork], T], *, wake: bool = True) -> T:
        self.busy += 1
        try:
            return await _run(self.writer, lambda: _attempt(self.write, work))
        finally:
            self.busy -= 1
            if wake:
                self.woken.set()

    async def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        return await _run(self.readers, lambda: _once(self.read, work))


async def _run(executor: Executor | None, work: Callable[[], T]) -> T:
    if executor is None:
        return work()
    return await asyncio.get_running_loop().run_in_executor(executor, work)


def _once(open_unit: OpenUnit, work: Callable[[UnitOfWork], T]) -> T:
    with open_unit() as unit:
        return work(unit)


def _attempt(open_unit: OpenUnit, work: Callable[[UnitOfWork], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return _once(open_unit, work)
        except LostRaceError:
            continue
    return _once(open_unit, work)
