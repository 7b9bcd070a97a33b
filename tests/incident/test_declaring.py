"""Declaring: an alarm is never refused, only asked to say what is broken, or whether it is one more (U3, G2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.context import SHELL, Context, Recent
from bot.incident.history import events as e
from bot.incident.reacting.effects import EffectKind
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.declare import decide_declare, fit_title
from bot.words import Act, Classification, Severity, Status
from tests.incident.life import (
    ADA,
    MIA,
    MINUTE,
    NOOR,
    PEOPLE,
    SAM,
    SECOND,
    START,
    Life,
    person,
    read,
    rota_of,
)

LONG = "checkout " * 1111 + "x"

TITLES = [
    ("Checkout returns 500s", "Checkout returns 500s"),
    ("  Checkout \n returns\t500s ", "Checkout returns 500s"),
    ("503", "503"),
    ("הקופה לא עובדת", "הקופה לא עובדת"),
    ("決済不能", "決済不能"),
    ("🔥 api 🔥", "🔥 api 🔥"),
    ("x" * 100, "x" * 100),
    ("x" * 101, "x" * 99 + "…"),
    ("word " * 30, ("word " * 20).strip()[:99].rsplit(" ", 1)[0] + "…"),
]

THIN = ["", "   ", "🔥🔥🔥", "!?…", "ab", "a b", "<!>", "—" * 50]


@pytest.mark.parametrize(("typed", "title"), TITLES)
def test_titles(life, typed, title):
    """Anything with three letters or digits of any script is a title, on one line of at most 100 characters."""

    life.ask(c.Declare(title=typed), ADA)

    assert title == life.it.title
    assert len(life.it.title) <= 100


@pytest.mark.parametrize("typed", THIN)
def test_no_title(life, typed):
    """Fewer than three letters or digits are asked for words, with what was typed given back (no. 41)."""

    refused = life.refused(c.Declare(title=typed), ADA)

    assert (41, typed) == (refused.number, refused.kept)
    assert "Say in a few words what is broken: at least 3 letters or digits. Nothing was changed." == read(
        refused.sentence
    )


def test_a_long_title_loses_nothing(life):
    """10,000 characters make a title cut at a word, the full words joining the description."""

    life.ask(c.Declare(title=LONG, description="since the deploy"), ADA)

    assert 10_000 == len(LONG)
    assert life.it.title.endswith("checkout…")
    assert f"{LONG}\nsince the deploy" == life.it.description


def test_the_description_follows_a_title_too_long():
    """The title's full words come first in the description, then what was described."""

    title, description = fit_title("word " * 30, "since the deploy")

    assert title.endswith("…")
    assert f"{('word ' * 30).strip()}\nsince the deploy" == description


def test_the_severity_default(life, policy):
    """An alarm that names no severity takes the policy's default."""

    life.ask(c.Declare(title="Checkout returns 500s"), ADA)

    assert policy.default_severity is life.it.severity is Severity.SEV2


def test_what_is_recorded(life, policy):
    """The declaration keeps who, when, how bad, who may see it, and the policy in force."""

    life.ask(c.Declare(title="Checkout returns 500s", description="since 13:50", severity=Severity.SEV1), ADA)
    it = life.it

    assert (42, "INC-42", Status.DECLARED, Severity.SEV1) == (it.number, it.ref, it.status, it.severity)
    assert (START, ADA, "since 13:50") == (it.declared.at, it.declared.by, it.description)
    assert (Classification.INTERNAL, policy.hash, "ML Platform") == (it.classification, it.policy_hash, it.team)
    assert not it.is_private


COMMANDERS = [
    pytest.param(ADA, None, (), (NOOR, False), [NOOR], id="the primary on call"),
    pytest.param(ADA, MIA, (), (MIA, False), [NOOR, MIA], id="whom the declarer names"),
    pytest.param(ADA, NOOR, (), (NOOR, False), [NOOR], id="the primary, named: paged once"),
    pytest.param(SAM, SAM, (), (SAM, True), [NOOR], id="the declarer, who has answered by it"),
    pytest.param(NOOR, None, (), (NOOR, True), [NOOR], id="the primary declares"),
    pytest.param(ADA, None, (NOOR,), (None, False), [SAM], id="no primary: the next on the ladder is paged"),
    pytest.param(ADA, None, PEOPLE, (None, False), [], id="nobody on call"),
    pytest.param(ADA, SAM, (NOOR,), (SAM, False), [SAM], id="nobody on call, but somebody named"),
]


@pytest.mark.parametrize(("by", "named", "missing", "seat", "paged"), COMMANDERS)
def test_who_commands_and_who_is_paged(policy, by, named, missing, seat, paged):  # noqa: PLR0917 - a table's columns
    """Declaring names the primary, or whom the declarer names, unanswered unless it is the declarer (U3)."""

    life = Life(policy=policy, rota=rota_of(policy, without=missing)).declare(by=by, commander=named)

    assert seat == (life.it.commander, life.it.commander_answered)
    assert paged == [page.person for page in life.it.pages]


def test_naming_a_commander_does_not_page_the_primary_twice(life):
    """The page to a named commander stands beside the ladder, which goes on where it was."""

    life.declare(commander=MIA).tick()

    assert [(NOOR, 0), (MIA, -1)] == [(page.person, page.step) for page in life.it.pages]
    assert 1 == life.it.page_step


def test_the_declaration_alone_pages_at_once(life):
    """The page leaves with the declaration, before any tick, and does not wait for the channel."""

    life.declare()
    [page] = life.effects("page")

    assert (0, ()) == (page.lane, page.needs)


def test_the_shell_declares(life):
    """An operator at a shell raises an alarm too, and is invited nowhere."""

    life.ask_as(SHELL, c.Declare(title="Slack is down", severity=Severity.SEV1))
    [invitation] = [one for _, one in life.said if one.kind is EffectKind.INVITE]

    assert ("shell", NOOR) == (life.it.declared.by, life.it.commander)
    assert (NOOR,) == invitation.people


def moment(life: Life, *, title: str, ago: timedelta, again: bool = False) -> Context:
    """Return a moment at which Ada declared `title` as INC-41 some time ago."""
    recent = (
        Recent(number=40, title="Search is slow", severity=Severity.SEV1, at=START),
        Recent(number=41, title=title, severity=Severity.SEV1, at=START - ago),
    )
    return replace(life.context(person(ADA)), recent=recent, again=again)


TWINS = [
    ("Checkout returns 500s", 45 * SECOND, False, True),
    ("checkout  RETURNS 500s", 45 * SECOND, False, True),
    ("Checkout returns 500s", 2 * MINUTE - SECOND, False, True),
    ("Checkout returns 500s", 2 * MINUTE, False, False),
    ("Checkout is slow", 45 * SECOND, False, False),
    ("Checkout returns 500s", 45 * SECOND, True, False),
]


@pytest.mark.parametrize(("title", "ago", "again", "asked"), TWINS)
def test_one_more(life, title, ago, again, asked):
    """The same person declaring the same title within 2 minutes is asked, unless they have said yes."""

    decision = decide_declare(c.Declare(title="Checkout returns 500s"), moment(life, title=title, ago=ago, again=again))

    assert asked == isinstance(decision, Refused)
    assert asked or isinstance(decision, tuple)


def test_the_question_whether_it_is_one_more(life):
    """The question quotes the title as people's own words, and offers to declare it once more (no. 40)."""

    refused = decide_declare(
        c.Declare(title="Checkout returns 500s"), moment(life, title="Checkout <!here>", ago=45 * SECOND)
    )
    assert not isinstance(refused, Refused)

    refused = decide_declare(
        c.Declare(title="Checkout <!here>"), moment(life, title="Checkout <!here>", ago=45 * SECOND)
    )
    assert isinstance(refused, Refused)
    assert "You declared INC-41 (“Checkout <!here>”) 45 s ago. Is this another one?" == read(refused.sentence)
    assert (40, (Act.DECLARE_AGAIN,)) == (refused.number, refused.offers)


def test_the_first_events(life):
    """A declaration is three events: declared, commander named, person paged."""

    life.declare()

    assert [e.Declared, e.CommanderNamed, e.PersonPaged] == [type(event) for event in life.events]


WRITES = [
    (Severity.SEV1, 8, ["channel", "invite", "card", "pin", "topic", "announcement", "broadcast", "page/0"]),
    (Severity.SEV2, 7, ["channel", "invite", "card", "pin", "topic", "announcement", "page/0"]),
    (Severity.SEV3, 7, ["channel", "invite", "card", "pin", "topic", "announcement", "page/0"]),
    (Severity.SEV4, 7, ["channel", "invite", "card", "pin", "topic", "announcement", "page/0"]),
]


@pytest.mark.parametrize(("severity", "count", "names"), WRITES)
def test_the_writes_of_a_declaration(life, severity, count, names):
    """A declaration stays within 8 calls to Slack (calm budget)."""

    life.declare(severity)

    assert names == [one.id.removeprefix("incident:42/") for _, one in life.said]
    assert count == len(life.said)


def test_who_is_invited(life):
    """Declarer, commander and whoever was paged come into the channel, once each."""

    life.declare(commander=MIA)
    [invitation] = [one for _, one in life.said if one.kind is EffectKind.INVITE]

    assert (ADA, MIA, NOOR) == invitation.people
