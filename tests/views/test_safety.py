"""What people typed stays words, and what is private stays in its channel."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from bot.incident.reacting.effects import CHANNEL, INCIDENTS, LEADERSHIP, OPERATORS, broadcast, dm
from bot.words import Classification
from sandbox.blocks.surfaces import faults_in_blocks, faults_in_view
from tests.views.answer_cases import answer_cases, form_cases
from tests.views.cases import standing_cases
from tests.views.pictures import NOOR, at
from tests.views.reminder_cases import asking_cases
from tests.views.slack_limits import ALLOWED_TOKEN, TOKEN, mrkdwn_in, pinged
from views.answers import answer
from views.forms import form
from views.notices import notice

PEOPLES_WORDS = frozenset({"title", "description", "words", "more", "now", "affected", "next", "why", "still", "kept"})
CASES = {
    f"{file}: {name}": case
    for file, cases in {**standing_cases(), **asking_cases()}.items()
    for name, case in cases.items()
}
ANSWERS = {f"{file}: {name}": one for file, cases in answer_cases().items() for name, one in cases.items()}
FORMS = form_cases()
OUTSIDE = (INCIDENTS, LEADERSHIP, OPERATORS, broadcast("sev1"), dm(NOOR), None)
HOSTILE = {
    "broadcast": "TYPED <!channel> <!here> <!everyone> @here",
    "mention": "TYPED <@U0EVIL> <#C0EVIL> <!subteam^S0EVIL>",
    "link": "TYPED <https://evil.example|https://good.example>",
    "entities": "TYPED &lt;!channel&gt; &amp;lt;",
    "marks": "TYPED *bold* _it_ ~no~ `code` ```pre``` > quote",
    "lines": "TYPED\r\n\r\n*Tocsin*\n> all clear\u2028now",
    "turned": "TYPED \u202edetrever\u202c \u2066isolated\u2069",
    "emoji": "TYPED 🔥 :fire: 🟥 SEV-1",
    "long": "TYPED " + "x" * 10_000,
    "ampersands": "TYPED " + "&" * 400,
    "blank": "   ",
}
CONTROLS = ("\r", "\u2028", "\u202e", "\u202c", "\u2066", "\u2069")
NAME = "*Eve* <!channel>\n`x`"
FORGED = ("*Eve*", "`x`", "Eve\n")


def poisoned(value: Any, typed: str, *, key: str = "") -> Any:
    """Return `value` with everything people type in it replaced by `typed`."""
    if isinstance(value, str):
        return typed if key in PEOPLES_WORDS and value and not value.startswith("U0") else value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: poisoned(getattr(value, f.name), typed, key=f.name) for f in fields(value)})
    if isinstance(value, tuple | list):
        return type(value)(poisoned(one, typed, key=key) for one in value)
    if isinstance(value, dict):
        return {name: poisoned(one, typed, key=name) for name, one in value.items()}
    return value


def poison(picture, typed, *, name=None):
    """Return a picture whose incident holds `typed` wherever people type, and everybody is called `name`."""
    incident = poisoned(picture.incident, typed)
    names = dict.fromkeys(picture.names, name) if name else picture.names
    return replace(picture, incident=incident, names=names)


def texts(value: Any) -> Any:
    """Return every text in something drawn, whatever holds it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def harms(text, blocks) -> list[str]:
    """Return where something typed became markup, a token or a control character."""
    marked = mrkdwn_in(blocks)
    tokens = [token for one in marked for token in TOKEN.findall(one)]
    return [
        *[one for one in marked if "TYPED" in one],
        *[token for token in tokens if not ALLOWED_TOKEN.fullmatch(token)],
        *([text] if "<" in text or len(text) > 300 else []),
        *[one for one in texts(blocks) for control in CONTROLS if control in one],
    ]


def drawn_with(case, *, typed, name=None):
    """Return what a case draws when everybody types `typed` and is called `name`."""
    if case.picture is None:
        return case.draw()
    words = poisoned(dict(case.words), typed)
    return replace(case, picture=poison(case.picture, typed, name=name), words=words).draw()


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_people_type_never_becomes_markup(kind):
    """Titles, descriptions, updates, reasons and notes are words in every message, whatever they look like."""

    found = []
    for name, case in CASES.items():
        message, before = drawn_with(case, typed=HOSTILE[kind]), case.draw()
        if message and before:
            found += [(name, harm) for harm in harms(message.text, message.blocks)]
            found += [(name, fault) for fault in faults_in_blocks(message.blocks)]
            found += [(name, person) for person in pinged(message.blocks) ^ pinged(before.blocks)]
    assert [] == found


def test_a_name_never_becomes_markup():
    """Display names are people's own words as well."""

    found = []
    for name, case in CASES.items():
        message = drawn_with(case, typed="TYPED", name=NAME)
        if message:
            found += [(name, harm) for harm in harms(message.text, message.blocks)]
            found += [(name, text) for text in mrkdwn_in(message.blocks) for mark in FORGED if mark in text]
    assert [] == found


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_people_type_never_becomes_markup_in_answers(kind):
    """Words given back in an answer are words, and mention nobody."""

    found = []
    for name, one in ANSWERS.items():
        picture = poison(one.picture, HOSTILE[kind]) if one.picture else None
        message = answer(replace(one, picture=picture, words=poisoned(dict(one.words), HOSTILE[kind])), now=at(5))
        found += [(name, harm) for harm in harms(message.text, message.blocks)]
        found += [(name, fault) for fault in faults_in_blocks(message.blocks)]
        found += [(name, person) for person in pinged(message.blocks)]
    assert [] == found


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_people_type_never_becomes_markup_in_forms(kind):
    """Words kept in a form are words."""

    found = []
    for name, one in FORMS.items():
        picture = poison(one.picture, HOSTILE[kind]) if one.picture else None
        view = form(replace(one, picture=picture, words=poisoned(dict(one.words), HOSTILE[kind])), now=at(5))
        shown = [block for block in view["blocks"] if block["type"] != "input"]
        found += [(name, harm) for harm in harms("", shown)]
        found += [(name, fault) for fault in faults_in_view(view)]
    assert [] == found


def secret(picture):
    """Return the picture of a private incident whose every word is SECRET."""
    poisonous = poison(picture, "SECRET")
    return replace(poisonous, incident=replace(poisonous.incident, classification=Classification.CONFIDENTIAL))


def leaks(drawn) -> list[str]:
    """Return what of a private incident stands in something drawn."""
    shown = json.dumps(drawn)
    return [word for word in ("SECRET", "C0INC42", "inc-42") if word in shown]


@pytest.mark.parametrize("place", OUTSIDE, ids=str)
def test_nothing_private_leaves_its_channel(place):
    """Outside its channel a private incident shows neither title nor words nor channel, not even in the push."""

    found = []
    for name, case in CASES.items():
        if case.picture:
            words = poisoned(dict(case.words), "SECRET")
            message = replace(case, picture=secret(case.picture), words=words, place=place).draw()
            found += [(name, leak) for leak in leaks([message.text, message.blocks] if message else [])]
    assert [] == found


def test_nothing_private_is_in_an_answer():
    """Answers about a private incident carry its number and, for its declarer, a link that opens for members only."""

    found = []
    for name, one in ANSWERS.items():
        if one.picture:
            outside = {**one.words, "inside": False}
            message = answer(replace(one, picture=secret(one.picture), words=outside), now=at(5))
            shown = [leak for leak in leaks([message.text, message.blocks]) if leak != "C0INC42"]
            found += [(name, leak) for leak in shown]
    assert [] == found


def test_inside_its_channel_a_private_incident_is_shown_in_full():
    """Members see everything."""

    case = CASES["card: private-inside"]
    assert CHANNEL == case.place
    shown = case.draw()
    assert shown is not None
    assert "Checkout returns 500s" in json.dumps(shown.blocks)


CALLING = frozenset({"nobody", "nobody_further", "undeliverable"})
"""Views that say whom to telephone, where nobody could be reached."""


def test_telephone_numbers_stand_only_where_nobody_could_be_reached():
    """Nobody's telephone number is in a push, on a card, a page or an announcement."""

    found = []
    for name, case in CASES.items():
        message = case.draw()
        if case.picture is None or message is None:
            continue
        shown = message.text + ("" if case.view in CALLING else json.dumps(message.blocks))
        found += [(name, number) for number in case.picture.telephones.values() if number in shown]
    assert [] == found


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.view == "page"])
def test_a_notice_of_a_private_incident_has_no_title(name):
    """Mail and SMS leave the workspace: number and severity only."""

    case = CASES[name]
    assert [] == leaks(notice("page", secret(case.picture), case.words, case.now))
