"""The table of verbs, from which help is printed and misspelt verbs are guessed."""

from dataclasses import asdict

import pytest

from bot.incident.reading.verb import VerbGroup
from bot.incident.reading.verbs import VERBS, nearest
from tests.views.answer_cases import said
from tests.views.pictures import at
from views.answers import answer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mitgate", "mitigate"),
        ("Resolv", "resolve"),
        ("acknowledge", "ack"),
        ("esc", "escalate"),
        ("comand", "command"),
        ("updaet", "update"),
        ("declair", "declare"),
        ("cancle", "cancel"),
        ("hlep", "help"),
        ("notes", "note"),
        ("frobnicate", None),
        ("sev1", None),
        ("here", None),
        ("reopn", "reopen"),
        ("severity", "sev"),
        ("x", None),
        ("", None),
    ],
)
def test_a_misspelt_verb_is_guessed(typed, meant):
    """The nearest verb is offered; far from any, none is."""

    assert meant == nearest(typed)


def test_every_verb_has_its_five_parts():
    """Form, effect, who, example and undo are all written, and the form begins with the verb."""

    assert [] == [verb.name for verb in VERBS if not all(asdict(verb).values())]
    assert [] == [verb.name for verb in VERBS if not verb.form.startswith(verb.name)]
    assert [] == [verb.name for verb in VERBS if f" {verb.name}" not in verb.example]
    assert set(VerbGroup) == {verb.group for verb in VERBS}


def shown(value):
    """Return every text in something drawn."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for one in value.values() for text in shown(one)]
    return [text for one in value for text in shown(one)] if isinstance(value, list) else []


def test_help_fits_on_a_phone():
    """Help is at most 1,500 characters."""

    drawn = answer(said("help"), now=at(0))
    assert sum(len(text) for text in shown(drawn.blocks)) <= 1500
