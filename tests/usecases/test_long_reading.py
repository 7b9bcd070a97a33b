"""Long timelines and long lists: a page costs what it shows, and a list of two hundred what a list of five does."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.incident.commands import AddNote, Declare
from bot.incident.context import Actor
from bot.incident.reacting.effects import Words
from bot.incident.reading.readings import Filter, Listing, ReadList, ReadSummary, ReadTimeline
from bot.usecases.asked import Answer, Asked, Early, Principal
from bot.usecases.asking import ask
from bot.usecases.digesting import ask_digest
from bot.usecases.form_words import declare_words_now
from bot.usecases.homes import MOST_OPEN, read_home
from bot.usecases.listing import see_list
from bot.usecases.timelines import see_timeline
from bot.words import Act, ActorKind, Classification, Severity
from tests.usecases.conftest import Office
from views.answers import answer
from views.home import draw_home
from views.reading import number, parts

pytestmark = pytest.mark.lasting

ADA = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")
ACTOR = Actor(kind=ActorKind.PERSON, id="U0ADA")
LIMIT_S = 1.0
BOTH = pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
"""What is counted is what Tocsin asks, which is the same of either; in `make test-long` the other is asked, too."""
AT_LENGTH = pytest.mark.parametrize("many", [40, pytest.param(200, marks=pytest.mark.long)])
"""So many are open; in `make test-long` two hundred."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement sent to any database meanwhile."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def note(office: Office, *numbers: int) -> None:
    """Let Ada put notes on the timeline of INC-1, all in one transaction."""
    with office.database.write() as unit:
        for each in numbers:
            command = AddNote(words=f"reading {each}")
            ask(unit, Asked(key=f"note:{each}", who=ADA, command=command, number=1), office.desk.world)


async def look(office: Office, reading: ReadTimeline | ReadList | ReadSummary, key: str = "k") -> Answer:
    """Return what Ada reads."""
    number = None if isinstance(reading, ReadList) else 1
    return await office.desk.look(Early(key=key, who=ADA, verb="timeline", number=number), reading)


def hide(office: Office, which: int) -> None:
    """Let an incident of somebody else's be private."""
    with office.database.write() as unit:
        (found,) = unit.incidents.several([which])
        declared = replace(found.declared, by="U0OTHER")
        hidden = replace(found, classification=Classification.RESTRICTED, declared=declared)
        unit.incidents.save(hidden, was=found.version)


def opened(office: Office, count: int, *, begin: int = 0) -> None:
    """Let Ada declare so many incidents, half an hour apart, all in one transaction."""
    with office.database.write() as unit:
        for each in range(begin, begin + count):
            office.wait(31)
            command = Declare(title=f"Service {each} is down", severity=list(Severity)[each % 4])
            ask(unit, Asked(key=f"declare:{each}", who=ADA, command=command), office.desk.world)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("many", [200, pytest.param(2000, marks=pytest.mark.long)])
async def test_a_timeline_of_many_notes(office: Office, many: int) -> None:
    """Turned to either end and through a filter, each page at once, and the record checked as it says."""

    await office.declare("Checkout returns 500s")
    note(office, *range(many))
    office.wait(2)
    began = time.perf_counter()
    newest = await look(office, ReadTimeline())
    took = time.perf_counter() - began
    oldest = await look(office, ReadTimeline(start=0), "o")
    middle = await look(office, ReadTimeline(which=Filter.NOTES, start=many // 2), "m")
    people = await look(office, ReadTimeline(which=Filter.PEOPLE), "p")

    assert took < LIMIT_S
    size = newest.words["size"]
    assert isinstance(size, int)
    assert (size - 15, 15) == (newest.words["start"], len(parts(newest.words, "entries")))
    assert {Act.OLDER, Act.AS_FILE} == set(newest.handles)
    assert {Act.NEWER, Act.AS_FILE} == set(oldest.handles)
    assert {Act.OLDER, Act.NEWER, Act.AS_FILE} == set(middle.handles)
    assert (f"reading {many // 2}", f"reading {many // 2 + 14}") == _ends(middle)
    assert {Act.AS_FILE} == set(people.handles)
    assert newest.words["checked_at"]
    assert newest.words["first_bad"] is None


def _ends(shown: Answer) -> tuple[str, str]:
    """Return the first and the last quotation on a page."""
    quotes = re.findall(r"reading \d+", json.dumps(shown.words["entries"]))
    return quotes[0], quotes[-1]


@BOTH
async def test_a_page_reads_only_what_it_shows(office: Office) -> None:
    """A long timeline asks the database as often as a short one."""

    await office.declare("Checkout returns 500s")
    asked = []
    for start in (0, 60):
        note(office, *range(start, start + 60))
        office.wait(2)
        with office.database.read() as unit:
            (incident,) = unit.incidents.several([1])
            with counted() as said:
                see_timeline(unit, incident, ReadTimeline(), office.desk.world)
        asked.append(len(said))

    assert asked[0] == asked[1] <= 5


@BOTH
async def test_a_list_costs_the_same_however_long(office: Office) -> None:
    """Five incidents or fifty, private ones among them: as many statements, whatever is listed."""

    asked: list[dict[Listing, int]] = []
    for begin, count in ((0, 7), (7, 43)):
        opened(office, count, begin=begin)
        hide(office, begin + 1)
        hide(office, begin + 2)
        asked.append({which: statements(office, which) for which in Listing})

    assert asked[0] == asked[1]
    assert max(asked[0].values()) <= 8


def statements(office: Office, which: Listing) -> int:
    """Return how many statements it takes to see that list, in a unit of work that has seen one."""
    with office.database.read() as unit:
        see_list(unit, ReadList(), ACTOR, office.desk.world)
        with counted() as said:
            see_list(unit, ReadList(which=which), ACTOR, office.desk.world)
    return len(said)


@BOTH
async def test_a_page_of_ones_own_costs_the_same_however_much_is_open(office: Office) -> None:
    """A full page or four times as many open: as many statements, for a member and for whoever leads or commands."""

    asked = []
    for begin, count in ((0, MOST_OPEN), (MOST_OPEN, 3 * MOST_OPEN)):
        opened(office, count, begin=begin)
        with office.database.write() as unit:
            for person in ("U0TOMAS", "U0MIA", "U0NOOR"):
                read_home(unit, office.desk.world, person=person)
                with counted() as said:
                    read_home(unit, office.desk.world, person=person)
                asked.append(len(said))

    assert asked[:3] == asked[3:]
    assert max(asked) <= 20


def _numbers(words: Words, key: str) -> list[int]:
    """Return the numbers of the incidents under `key`."""
    return [number(one, "number") for one in parts(words, key)]


@BOTH
@AT_LENGTH
async def test_many_open_incidents(office: Office, many: int) -> None:
    """The list is turned through, the page names twelve, the form three, a refusal five, the digest five."""

    opened(office, many)
    for which in (3, 7, many):
        hide(office, which)
    seen: list[int] = []
    start = 0
    while True:
        page = await look(office, ReadList(start=start), f"list:{start}")
        seen += _numbers(page.words, "rows")
        drawn = answer(page, now=office.at[0])
        assert len(drawn.blocks) <= 14
        if Act.NEXT_LISTED not in page.handles:
            break
        start += 6
    with office.database.write() as unit:
        home = draw_home(read_home(unit, office.desk.world, person="U0NOOR"), now=office.at[0])
        hers = read_home(unit, office.desk.world, person="U0ADA")
        form = declare_words_now(unit, {}, office.desk.world, who="U0ADA000000")
    refused = await office.desk.look(Early(key="w", who=ADA, verb="timeline"), ReadTimeline())
    told = answer(refused, now=office.at[0])

    left = many - 3
    assert left == len(seen) == len(set(seen))
    assert not {3, 7, many} & set(seen)
    assert [left, left - 4, left - 8] == seen[:3]
    assert Act.PREVIOUS_LISTED in page.handles
    assert len(home["blocks"]) <= 90
    assert (12, left) == (len(hers.open), hers.open_count)
    assert f"{left - 12} more: /incident list" in str(draw_home(hers, now=office.at[0]))
    assert [left, left - 4, left - 8] == _numbers(form, "open")
    named = ", ".join(f"INC-{left - 4 * each}" for each in range(5))
    assert f"Open now: {named} and {left - 5} more." in told.text


@BOTH
@AT_LENGTH
async def test_the_digest_of_many(office: Office, many: int) -> None:
    """Drawn up with as many statements as one of ten, and five of each named."""

    asked = []
    for begin, count in ((0, 10), (10, many - 10)):
        opened(office, count, begin=begin)
        office.at[0] = (office.at[0] + timedelta(days=1)).replace(hour=9, minute=0)
        with office.database.write() as unit, counted() as said:
            ask_digest(unit, office.desk.world)
        asked.append(len(said))

    assert asked[0] == asked[1]
