"""Handles, members, places and policies read back as they were written."""

import re
from dataclasses import replace

import pytest

from bot.policy.rota import Member
from bot.ports import Handle, LostRaceError, Proposal, ProposalOutcome
from bot.words import Act
from tests.storage.samples import T0

ADA = Member(
    id="U0ADA",
    handle="ada",
    name="Ada Lovelace",
    zone="Europe/London",
    is_bot=False,
    deleted=False,
    is_restricted=False,
    is_stranger=True,
    team_id="T1",
)


def mint(database, message="incident:1/card", act=Act.ACKNOWLEDGE, *, incident=1, **more):
    """Mint in a transaction of its own."""
    with database.write() as unit:
        return unit.handles.mint(message, act, incident=incident, now=T0, **more)


def test_a_handle_is_opaque(database):
    """A handle is 22 characters that fit in a URL, and stands for what it was minted for."""

    token = mint(database, person="U0ADA", quoted="v7", words={"n": [1]})

    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    expected = Handle(
        token=token,
        message="incident:1/card",
        act=Act.ACKNOWLEDGE,
        incident=1,
        person="U0ADA",
        quoted="v7",
        words={"n": [1]},
        minted_at=T0,
    )
    with database.read() as unit:
        assert expected == unit.handles.get(token)
        assert unit.handles.get(token[::-1]) is None


def test_a_message_drawn_again_keeps_its_handles(database):
    """The same message and act have the same handle while it quotes the same; a new quotation gets a new one."""

    first = mint(database, quoted="v7")
    again = mint(database, quoted="v7")
    later = mint(database, quoted="v8")

    assert first == again
    assert first != later
    with database.read() as unit:
        assert ("v7", "v8") == (unit.handles.get(first).quoted, unit.handles.get(later).quoted)


def test_handles_differ_by_message_act_and_incident(database):
    """Another message, act or incident has another handle."""

    tokens = {
        mint(database),
        mint(database, "incident:1/page"),
        mint(database, act=Act.RESOLVE),
        mint(database, incident=2),
        mint(database, incident=None),
    }

    assert 5 == len(tokens)
    assert 5 == len(tokens | {mint(database, incident=None)})


def test_members_are_overwritten_by_what_is_heard_last(database):
    """A member is kept once, as heard last."""

    with database.write() as unit:
        unit.members.put([ADA, replace(ADA, id="U0BOB", handle="bob")], now=T0)
        unit.members.put([replace(ADA, deleted=True)], now=T0)
        unit.members.put([], now=T0)

    with database.read() as unit:
        assert replace(ADA, deleted=True) == unit.members.get("U0ADA")
        assert ["U0ADA", "U0BOB"] == [member.id for member in unit.members.all()]
        assert unit.members.get("U0EVE") is None


def test_places_are_overwritten_by_what_is_heard_last(database):
    """A place has one channel, the one heard last."""

    with database.write() as unit:
        unit.places.put("incidents", "C1", now=T0)
        unit.places.put("dm:U0ADA", "D1", now=T0)
        unit.places.put("incidents", "C2", now=T0)

    with database.read() as unit:
        assert "C2" == unit.places.get("incidents")
        assert unit.places.get("leadership") is None
        assert {"incidents": "C2", "dm:U0ADA": "D1"} == unit.places.all()


def test_the_policy_adopted_last_is_in_force(database):
    """Policies are kept byte for byte; an earlier one may come back into force."""

    old, new = {"severity.yaml": b"a: 1\r\n\xff"}, {"severity.yaml": b"a: 2", "people.yaml": b""}

    with database.read() as unit:
        assert unit.policies.in_force() is None
    with database.write() as unit:
        unit.policies.adopt("h1", old, version="1", approved_by="board", now=T0)
        unit.policies.adopt("h2", new, version="2", approved_by="board", now=T0)
        assert ("h2", new) == unit.policies.in_force()
        unit.policies.adopt("h1", old, version="1", approved_by="board", now=T0)

    with database.read() as unit:
        assert ("h1", old) == unit.policies.in_force()
        assert new == unit.policies.get("h2")
        assert unit.policies.get("h3") is None


def test_a_proposal_is_settled_once(database):
    """The last proposal is the one that counts; whoever settles it second has lost the race."""

    files = {"severity.yaml": b"a: 2"}
    with database.read() as unit:
        assert unit.policies.proposal() is None
    with database.write() as unit:
        unit.policies.propose("h1", files, version="1", now=T0)
        seq = unit.policies.propose("h2", files, version="2", now=T0)
        unit.policies.settle_proposal(seq, ProposalOutcome.ADOPTED, by="U0LENA", now=T0)

    with database.write() as unit, pytest.raises(LostRaceError):
        unit.policies.settle_proposal(seq, ProposalOutcome.KEPT, by="U0TOMAS", now=T0)
    expected = Proposal(
        seq=seq,
        hash="h2",
        files=files,
        version="2",
        outcome=ProposalOutcome.ADOPTED,
        settled_by="U0LENA",
        settled_at=T0,
    )
    with database.read() as unit:
        assert expected == unit.policies.proposal()


def test_a_key_is_made_once(database):
    """Whoever needs it first makes it; every later reader, in any process, gets the same one."""

    with database.write() as unit:
        first, other = unit.signing_keys.kept("page links", now=T0), unit.signing_keys.kept("else", now=T0)
    with database.write() as unit:
        again = unit.signing_keys.kept("page links", now=T0)

    assert first == again
    assert first != other
    assert 32 == len(first)


def test_when_a_request_was_answered(database):
    """The moment is kept with the answer; a new request has none."""

    with database.write() as unit:
        unit.requests.remember("link:incident:1/page/1", answer=b"{}", now=T0)

    with database.read() as unit:
        assert T0 == unit.requests.answered_at("link:incident:1/page/1")
        assert unit.requests.answered_at("link:incident:1/page/2") is None
