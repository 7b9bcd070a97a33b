"""The codec: every event becomes canonical bytes and comes back the same."""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incident import commands as c
from bot.incident.history.codec import KINDS, build, canonical, plain, restore
from bot.incident.history.events import Acknowledged, Event
from bot.incident.model import Incident
from tests.incident.life import NOOR, SAM, START

MOMENTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds carry no zone
SPANS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))
WORDS = st.text(st.characters(exclude_categories=["Cs"]))

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    datetime: MOMENTS,
    timedelta: SPANS,
    str: WORDS,
    int: st.integers(),
    bool: st.booleans(),
    types.NoneType: st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return any value of this type: what the annotations of events and incidents are made of."""
    origin, args = get_origin(kind), get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin in {Union, types.UnionType}:
        return st.one_of([values(one) for one in args])
    if origin is tuple:
        return st.lists(values(args[0]), max_size=3).map(tuple) if args[-1] is ... else st.tuples(*map(values, args))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{one.name: values(hints[one.name]) for one in fields(kind)})
    assert issubclass(kind, Enum), kind
    return st.sampled_from(kind)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_event_comes_back(kind):
    """Whatever an event says, its bytes say the same."""

    @given(values(kind))
    def check(event: Event) -> None:
        assert event == restore(event.action, canonical(event))
        assert canonical(event) == canonical(restore(event.action, canonical(event)))

    check()


@given(values(Incident))
def test_an_incident_comes_back(incident):
    """An incident's row holds all of it."""

    assert incident == build(Incident, plain(incident))


def test_canonical_bytes():
    """The bytes have sorted keys, no spaces, UTF-8 and times in UTC; a change here breaks every audit leaf."""

    event = KINDS["incident.note_added"](at=START, by=NOOR, words="naïve <&> “ok”")  # type: ignore[call-arg]

    written = (
        '{"at":"2026-11-21T14:00:00+00:00","author":null,"by":"UNOOR","corrects":null,"number":0,"pin":"","told_at":null,'
        '"words":"naïve <&> “ok”"}'
    )
    assert written.encode() == canonical(event)


def test_times_in_any_zone():
    """The same moment in another zone has the same bytes."""

    there = START.astimezone(timezone(timedelta(hours=9)))

    assert canonical(Acknowledged(at=START, by=NOOR)) == canonical(Acknowledged(at=there, by=NOOR))


def test_other_values():
    """Mappings, lists and commands become JSON too."""

    assert {"1": [1, "sev1"], "x": None} == plain({1: [1, "sev1"], "x": None})
    assert {"over": SAM} == plain(c.TakeCommand(over=SAM))


def test_an_unknown_action():
    """An action that is none of ours is an error, not a guess."""

    with pytest.raises(KeyError):
        restore("incident.exploded", b"{}")


def test_a_field_added_later_takes_its_default():
    """Bytes written before a field existed still come back."""

    old = b'{"at":"2026-11-21T14:00:00+00:00","by":"UNOOR"}'
    restored: Callable[[], Event] = lambda: restore("incident.command_taken", old)  # noqa: E731 - the call is the claim

    assert getattr(restored(), "over", "missing") is None
