"""Every refusal there is: on the record by number, short enough for a phone, the same for what may not be seen."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.incident.commands import Acknowledge
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Quote, Sentence, When, Who
from bot.usecases.asked import Asked, Early, Pressed, Principal
from bot.words import ActorKind
from tests.usecases.conftest import Office
from tests.usecases.every_refusal import every_refusal

ROOT = Path(__file__).parents[2]
LONGEST, LONGEST_NAME = 300, 40
ADA = Principal(kind=ActorKind.PERSON, id="U0ADA", team="T0HOME")


def numbers() -> Iterator[int]:
    """Yield the number of every refusal written in the code."""
    for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Refused", "replace"}:
                yield from (
                    one.value.value
                    for one in node.keywords
                    if one.arg == "number" and isinstance(one.value, ast.Constant) and isinstance(one.value.value, int)
                )


def longest(sentence: Sentence) -> int:
    """Return how many characters a sentence has at most, every name being as long as names get."""
    return sum(_most(part) for part in sentence)


def _most(part: str | Who | When | Quote) -> int:
    match part:
        case Who():
            return LONGEST_NAME
        case When():
            return len(f"{part.at:%b %d at %H:%M} UTC")
        case Quote():
            return len(part.words) + 2
        case _:
            return len(part)


EVERY = {one.number: one for one in every_refusal()}


def test_every_number_is_in_the_table():
    """No refusal is written in the code that this table does not try."""

    assert set(numbers()) == set(EVERY)


@pytest.mark.parametrize("refused", every_refusal(), ids=lambda one: str(one.number))
def test_every_sentence_fits_a_phone(refused: Refused):
    """At most 300 characters, however long people's names are."""

    assert LONGEST >= longest(refused.sentence)


async def test_every_refusal_is_in_the_record_with_its_number(office: Office):
    """Who asked, what, and the number: nothing is refused in silence."""

    for number, refused in EVERY.items():
        office.wait(61)  # of one person's refusals only so many an hour are written down one by one
        early = Early(key=f"slash:{number}", who=ADA, verb=f"try {number}")
        answer = await office.desk.refuse(early, refused)
        assert ("refused", number) == (answer.view, answer.words["number"])

    with office.database.read() as unit:
        denied = [one.entry for one in unit.audit.entries(limit=10_000) if one.entry.decision == "deny"]
    assert [(f"refused.try {number}", "U0ADA", number) for number in EVERY] == [
        (entry.action, entry.actor, json.loads(entry.payload)["refusal"]) for entry in denied
    ]


async def test_what_may_not_be_seen_sounds_like_what_does_not_exist(office: Office):
    """No. 8, 12 and 31 are word for word the same, whether or not the thing exists."""

    await office.declare("Checkout returns 500s")
    stranger = Principal(kind=ActorKind.PERSON, id="U0EVE", team="T0ELSEWHERE")
    outsider = [
        await office.desk.ask(Asked(key=f"slash:{number}", who=stranger, command=Acknowledge(), number=number))
        for number in (1, 77)
    ]
    copied = [
        await office.desk.press(Pressed(key=f"act:{token}", who=ADA, token=token)) for token in ("none", "x" * 22)
    ]

    assert 1 == len({str(one.words["parts"]) for one in outsider})
    assert {12} == {one.words["number"] for one in outsider}
    assert [31, 31] == [one.words["number"] for one in copied]
