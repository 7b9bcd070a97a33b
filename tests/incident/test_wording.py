"""Small wording: names in Slack, spans of time, promises of the form, verbs, and where else a thing may be said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident import commands as c
from bot.incident.clocks import clocks
from bot.incident.naming import channel_name, topic
from bot.incident.reacting.effects import CHANNEL, INCIDENTS, LEADERSHIP, OPERATORS, OUTSIDE, Place, broadcast, dm
from bot.incident.reacting.fallback import next_place
from bot.incident.reading.picture import Picture
from bot.incident.reading.promises import promised
from bot.incident.reading.verbs import VERBS, nearest
from bot.incident.rules.suggesting import criteria, suggested, weighed
from bot.incident.sentences import spell, spell_allowed
from bot.words import Classification, Severity, Status
from tests.incident.life import NOOR, PEOPLE, rota_of

PRIVATE = Classification.CONFIDENTIAL

CHANNELS = [
    ("Checkout returns 500s", "inc-42-checkout-returns-500s"),
    ("Éléphant: ça marche pas!", "inc-42-elephant-ca-marche-pas"),
    ("🔥 api 🔥", "inc-42-api"),
    ("🔥🔥🔥", "inc-42"),
    ("503", "inc-42"),
    ("決済不能", "inc-42"),
    ("a" * 100, "inc-42-" + "a" * 53),
    ("word " * 20, "inc-42-word-word-word-word-word-word-word-word-word-word-wor"),
    ("abcd " * 20, "inc-42-abcd-abcd-abcd-abcd-abcd-abcd-abcd-abcd-abcd-abcd-abc"),
    ("x" * 52 + " y", "inc-42-" + "x" * 52),
]


@pytest.mark.parametrize(("title", "name"), CHANNELS)
def test_channel_names(sev1, title, name):
    """A channel is named by number and title in plain letters, 60 characters at most."""

    assert name == channel_name(sev1.changed(title=title).it)
    assert len(name) <= 60


def test_a_private_name(sev1):
    """A private incident's channel and topic show no title."""

    it = sev1.changed(classification=PRIVATE).it

    assert it.is_private
    assert "inc-42-private" == channel_name(it)
    assert "SEV-1 · INC-42 · commander and clocks: pinned card · /incident for everything" == topic(it)


def test_topics(sev1):
    """The topic names severity and title, and afterwards how it ended, in 200 characters at most."""

    running = topic(sev1.it)
    longest = topic(sev1.changed(title="x" * 300).it)
    sev1.changed(title="Checkout returns 500s").does(c.Resolve(words="Pool limit raised."))

    assert (
        "SEV-1 · INC-42 · Checkout returns 500s · commander and clocks: pinned card · /incident for everything"
        == running
    )
    assert 200 == len(longest)
    assert longest.endswith("/incident for everything")
    assert "RESOLVED · INC-42 · Checkout returns 500s" == topic(sev1.it)


SPANS = [
    (0, "0 s"),
    (-5, "0 s"),
    (45, "45 s"),
    (60, "1 min"),
    (130, "2 min 10 s"),
    (3600, "1 h"),
    (3900, "1 h 05 min"),
    (86400, "1 d"),
    (273600, "3 d 4 h"),
]


@pytest.mark.parametrize(("seconds", "words"), SPANS)
def test_spans(seconds, words):
    """Spans are exact and short."""

    assert words == spell(timedelta(seconds=seconds))


ALLOWED = [(5, "5 min"), (60, "1 h"), (1440, "24 h"), (4320, "72 h"), (10080, "7 d"), (90, "1 h 30 min")]


@pytest.mark.parametrize(("minutes", "words"), ALLOWED)
def test_allowances(minutes, words):
    """Allowances are said as policy says them: 24 h is not a day."""

    assert words == spell_allowed(timedelta(minutes=minutes))


PLACES = [
    (CHANNEL, INCIDENTS, dm(NOOR)),
    (broadcast("sev1"), INCIDENTS, dm(NOOR)),
    (INCIDENTS, dm(NOOR), dm(NOOR)),
    (LEADERSHIP, dm(NOOR), dm(NOOR)),
    (dm(NOOR), None, None),
    (OUTSIDE, None, None),
    (OPERATORS, None, None),
]


@pytest.mark.parametrize(("place", "public", "private"), PLACES)
def test_the_next_place(sev1, place: Place, public, private):
    """When a place is closed, the next one is asked whose audience may see the incident."""

    hidden = replace(sev1.it, classification=PRIVATE)

    assert (public, private) == (next_place(place, sev1.it), next_place(place, hidden))


def test_the_next_place_when_nobody_commands(sev1):
    """Without a commander the chain ends one place earlier."""

    free = replace(sev1.it, seat=None)

    assert next_place(INCIDENTS, free) is None


def test_a_picture(sev1):
    """A picture knows the severity's rules, people's names, and what policy calls them."""

    picture = Picture(
        incident=sev1.it,
        clocks=clocks(sev1.it, sev1.policy),
        policy=sev1.policy,
        names={NOOR: "Noor Haddad"},
        described={NOOR: "primary on call"},
    )

    assert sev1.policy.rules(Severity.SEV1) is picture.rules
    assert ["Noor Haddad", "nobody", "the clock", "Tocsin", "the operator", "UZOE"] == [
        picture.name(one) for one in (NOOR, None, "clock", "tocsin", "shell", "UZOE")
    ]
    assert ("primary on call", "") == (picture.describe(NOOR), picture.describe("UZOE"))


PROMISES = [
    (
        Severity.SEV1,
        [
            "page Noor Haddad (ML Platform, primary)",
            "open a channel anyone here can join",
            "tell #incidents and #ml-incidents-sev1",
            "start the clocks: acknowledge 5 min, commander 5 min, mitigate 30 min, resolve 4 h",
            "ask for a status update every 15 min",
        ],
    ),
    (
        Severity.SEV4,
        [
            "page Noor Haddad (ML Platform, primary)",
            "open a channel anyone here can join",
            "tell #incidents",
            "start the clocks: acknowledge 4 h, resolve by the end of the next sprint",
        ],
    ),
]


@pytest.mark.parametrize(("severity", "promise"), PROMISES)
def test_what_the_form_promises(policy, rota, severity, promise):
    """The declare form says what declaring will do, from policy."""

    assert promise == promised(policy=policy, rota=rota, severity=severity)["promise"]


def test_what_the_form_promises_by_default(policy):
    """Without a choice the form shows the default severity, and says when nobody is on call."""

    words = promised(policy=policy, rota=rota_of(policy, without=PEOPLE))

    assert ("sev2", "") == (words["severity"], words["on_call"])
    assert "page nobody, for nobody is on call" in words["promise"]  # type: ignore[operator]


TICKED: list[tuple[list[str], Severity | None]] = [
    ([], None),
    (["sev3.1"], Severity.SEV3),
    (["sev4.1", "sev1.2", "sev2.1"], Severity.SEV1),
]


@pytest.mark.parametrize(("values", "severity"), TICKED)
def test_the_worst_of_what_is_ticked_is_suggested(values, severity):
    """Ticking more never suggests a milder severity."""

    assert severity == suggested(values)


def test_every_criterion_of_policy_can_be_ticked(policy):
    """The form asks what policy asks, the worst first, and each box speaks for its own severity."""

    asked = criteria(policy)

    assert [one.words for one in asked] == [words for each in Severity for words in policy.rules(each).criteria]
    assert [one.severity for one in asked] == [suggested([one.value]) for one in asked]


SUBMITTED = [
    ("nothing ticked", Severity.SEV2, "sev2", [], Severity.SEV2),
    ("the form followed", Severity.SEV1, "sev1", ["sev1.1"], Severity.SEV1),
    ("the form had no time to follow", Severity.SEV2, "sev2", ["sev1.1"], Severity.SEV1),
    ("chosen by hand before it followed", Severity.SEV3, "sev2", ["sev1.1"], Severity.SEV3),
    ("chosen by hand", Severity.SEV3, "by_hand", ["sev1.1"], Severity.SEV3),
    ("no list of severities", None, "", [], None),
    ("ticked, no list of severities", None, "", ["sev4.1"], Severity.SEV4),
]


@pytest.mark.parametrize(("chosen", "drawn", "ticked", "counts"), [row[1:] for row in SUBMITTED])
def test_the_severity_that_counts(chosen, drawn, ticked, counts):
    """A choice made by hand counts; else what is ticked, whether or not the form had time to show it."""

    assert counts == weighed(chosen=chosen, drawn=drawn, ticked=ticked)


VERB = [
    ("mitgate", "mitigate"),
    ("MITIGATE", "mitigate"),
    ("res", "resolve"),
    ("akc", "ack"),
    ("frobnicate", None),
    ("x", None),
    ("sev5", None),
]


@pytest.mark.parametrize(("typed", "verb"), VERB)
def test_the_nearest_verb(typed, verb):
    """A misspelt verb is offered the nearest one, and what is far from any is offered none."""

    assert verb == nearest(typed)
    assert verb is None or verb in {one.name for one in VERBS}


def test_severities_and_statuses_speak():
    """Severities rank from the worst, and an open status runs clocks."""

    assert [(1, "SEV-1"), (4, "SEV-4")] == [(one.rank, one.label) for one in (Severity.SEV1, Severity.SEV4)]
    assert [True, True, True, False, False, False, False] == [status.is_open for status in Status]


def test_a_topic_mentions_nobody(sev1):
    """A title cannot put a mention, a link or half of an escape into the topic, nor turn its line round."""

    hostile = topic(sev1.changed(title="<!channel> \u202e & <https://evil|x>").it)
    cut = topic(sev1.changed(title="x" * 109 + "<<<<<<").it)

    assert "SEV-1 · INC-42 · &lt;!channel&gt;  &amp; &lt;https://evil|x&gt; · commander" in hostile
    assert not set("<>\u202e") & set(hostile)
    assert "&" not in cut.replace("&lt;", "")
