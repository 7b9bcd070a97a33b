"""What goes onto a slip while the database does not answer: who is paged, under which id, and what is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.incident.commands import AddNote, Declare
from bot.incident.history.codec import plain
from bot.incident.reacting.effects import EffectKind
from bot.incident.refusing.refusals import Refused
from bot.policy.load import load
from bot.policy.rota import Member
from bot.usecases.asked import Asked, Principal
from bot.usecases.spooling import LastKnown, earlier, read_slip, ref_of, slip_for, told
from bot.words import ActorKind, Severity
from delivery.last_known import read_known, write_known

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
FILES = {path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "policies").glob("*.yaml")}
HANDLES = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")


def member(handle, **changes):
    """A member of the workspace."""
    standing = {"is_bot": False, "deleted": False, "is_restricted": False, "is_stranger": False, **changes}
    return Member(
        id=f"U0{handle.upper()}", handle=handle, name=handle.title(), zone="Etc/UTC", team_id="T0HOME", **standing
    )


KNOWN = LastKnown(
    files=FILES,
    policy=load(FILES),
    members={f"U0{handle.upper()}": member(handle) for handle in HANDLES},
    places={"dm:U0NOOR": "D0NOOR"},
    home_team="T0HOME",
)


def asked(who="U0ADA", *, key="slash:1", team="T0HOME", **said):
    """A declaration that somebody typed."""
    command = Declare(**{"title": "Checkout returns 500s", "severity": Severity.SEV1, **said})
    return Asked(key=key, who=Principal(kind=ActorKind.PERSON, id=who, team=team), command=command)


def slip(request=None, known=KNOWN, *, now=NOW):
    """What it is written down as."""
    return slip_for(request or asked(), known, ref=ref_of((request or asked()).key), token="", now=now)


def test_the_id_is_made_from_the_request():
    """The same request has the same id for ever, another one another; it holds nothing one could misread."""

    assert ref_of("slash:1") == ref_of("slash:1") != ref_of("slash:2")
    assert set(ref_of("slash:1")[2:]) <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    assert ref_of("slash:1", length=6).startswith(ref_of("slash:1"))


def test_the_on_call_is_paged_by_both_ways():
    """As the ladder of policy begins, and by the second way at once; to the conversation that was opened before."""

    pages = slip().pages

    assert [EffectKind.POST, EffectKind.NOTIFY] == [page.kind for page in pages]
    assert ["D0NOOR", "D0NOOR"] == [page.words["channel"] for page in pages]
    assert "mailto:noor@example.com" == pages[1].words["url"]
    assert "url" not in pages[0].words
    assert 2 == len({page.id for page in pages})


def test_a_test_pages_nobody():
    """It says so, too."""

    tried = slip(asked(is_test=True))

    assert ((), True) == (tried.pages, told(tried, KNOWN).words["is_test"])


def test_a_private_one_keeps_its_title():
    """Nothing of it is in what leaves."""

    assert not any("Checkout" in str(page.words) for page in slip(asked(is_private=True)).pages)


def test_who_cannot_command_is_no_reason_to_lose_an_alarm():
    """It goes to whom policy names instead."""

    known = replace(KNOWN, members={**KNOWN.members, "U0SAM": member("sam", deleted=True)})

    assert ("Noor Haddad",) == slip(asked(commander="U0SAM"), known).paged
    assert ("Noor Haddad", "Mia Chen") == slip(asked(commander="U0MIA")).paged


@pytest.mark.parametrize(
    ("request_", "known", "number"),
    [
        (asked("U0GUEST"), replace(KNOWN, members={"U0GUEST": member("guest", is_restricted=True)}), 13),
        (asked(team="T0OTHER"), KNOWN, 12),
        (asked(title="!!"), KNOWN, 41),
    ],
)
def test_what_is_refused_with_a_database_is_refused_without(request_, known, number):
    """Guests, outsiders, and a title that says nothing."""

    refused = slip(request_, known)

    assert isinstance(refused, Refused)
    assert number == refused.number


def test_nobody_is_paged_where_nothing_is_known():
    """It is written down all the same, and its declarer is not told otherwise."""

    written = slip(known=None)

    assert () == written.pages
    assert {"paged": [], "emergency_number": ""}.items() <= told(written, None).words.items()


def test_only_declarations_are_written_down():
    """Anything else is a mistake of whoever calls."""

    with pytest.raises(TypeError, match="AddNote is not spooled"):
        slip(replace(asked(), command=AddNote(words="x")))


@pytest.mark.parametrize(
    ("request_", "after_s", "found"),
    [
        (asked(), 600, True),
        (asked(key="slash:2", title=" checkout  returns 500s"), 60, True),
        (asked(key="slash:2"), 121, False),
        (asked(key="slash:2", title="Login fails"), 1, False),
        (asked("U0MIA", key="slash:2"), 1, False),
    ],
)
def test_what_was_written_down_already(request_, after_s, found):
    """The same request at any time, the same title by the same person within two minutes."""

    assert (slip() if found else None) == earlier([slip()], request_, now=NOW + timedelta(seconds=after_s))


def test_a_slip_is_read_back():
    """What the file has is what was meant."""

    for written in (slip(), slip(asked(commander="U0MIA", is_test=True)), slip(known=None)):
        assert written == read_slip(json.loads(json.dumps(plain(written))))


def test_what_is_remembered_is_read_back():
    """A bot that starts without its database knows what the one before it knew."""

    assert KNOWN == read_known(write_known(KNOWN))


def test_secrets_stay_out():
    """What the scrubber takes out of an alarm is not on the slip either, and its declarer is told."""

    secret = "xoxb-" + "123456789012-123456789012-" + "abcdefghijklmnopqrstuvwx"
    written = slip(asked(title=f"Checkout fails {secret}"))

    assert secret not in json.dumps(plain(written))
    assert told(written, KNOWN).words["removed"]
