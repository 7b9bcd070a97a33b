"""The desk: what the edges hold; it runs each use-case in one transaction, in the writer's or a reader's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.channels import ChannelDesk
from bot.desk.deliveries import DeliveryDesk
from bot.desk.links import LinkDesk
from bot.desk.policies import PolicyDesk
from bot.desk.spooling import SpoolDesk
from bot.desk.ticking import ClockDesk
from bot.incident.reacting.effects import Words
from bot.incident.reading.picture import Picture
from bot.incident.reading.readings import Reading
from bot.incident.refusing.refusals import Refused
from bot.policy.rota import Member
from bot.usecases import (
    archiving,
    asking,
    form_opening,
    looking,
    oncall,
    pressing,
    queries,
    reading,
    refusing,
    submitting,
)
from bot.usecases.asked import Answer, Asked, Early, Pressed, Principal
from bot.usecases.departing import departures, record_departure
from bot.usecases.form_words import declare_words_now
from bot.usecases.homes import home_opened
from bot.usecases.page_testing import test_page
from bot.usecases.pinning import pin, refuse_pin
from bot.words import Act, Role


@dataclass(slots=True, kw_only=True)
class Desk(DeliveryDesk, PolicyDesk, ClockDesk, LinkDesk, ChannelDesk, SpoolDesk):
    """Runs use-cases for handlers, relay and clock."""

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
        return await self._write(lambda unit: form_opening.open_form(unit, early, act, words, self.world))

    async def form_again(self, who: Principal, *, token: str, words: Words) -> Answer:
        """Return a form that is open, drawn again with the `words` filled in so far; `token` is its handle."""
        return await self._read(lambda unit: form_opening.form_again(unit, token, who, words, self.world))

    async def declare_words(self, typed: Words, *, who: str) -> Words:
        """Return what the declare form says to `who` beside the words `typed` so far."""
        return await self._read(lambda unit: declare_words_now(unit, typed, self.world, who=who))

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

    async def meet(self, members: Sequence[Member]) -> None:
        """Remember people of the workspace as Slack describes them now; who left it holds no role any more."""
        await self._write_behind(lambda unit: unit.members.put(members, now=self.now()), wake=False)
        self.world.forget_people()
        for number, person in await self._read(lambda unit: departures(unit, members)):
            await self._depart(number, person)

    async def _depart(self, number: int, person: str) -> None:
        await self._write_behind(lambda unit: record_departure(unit, self.world, number=number, person=person))

    async def channel_archived(self, channel: str) -> None:
        """Tell those who can unarchive the Slack channel `channel`, if an open incident works in it."""
        await self._write(lambda unit: archiving.channel_archived(unit, self.world, channel=channel))

    async def was_paged(self) -> bool:
        """Return whether any page of the newest incident left."""
        return await self._read(lambda unit: queries.was_paged(unit, self.world))

    async def knows_nobody(self) -> bool:
        """Return whether Slack has never said who the people of the workspace are."""
        return await self._read(lambda unit: not unit.members.all())

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
