"""Rows become lines by rules: what is background, what declares, who types what, and where the play ends."""

import pytest

from bot.ops.scenarios.loading import load_scenario
from bot.ops.scenarios.model import Precision
from bot.ops.scenarios.script import LineKind, script

DECLARE = (10, "monitoring", "declare", "It is down.")
DECLARED = [("ada", "declare sev1 Checkout returns errors"), ("ada", "note It is down.")]


def spoken(played) -> list[tuple[str, str]]:
    """Return who says what, in order."""
    return [(line.who, line.words) for line in script(played).lines]


# (rows after the declaration, what comes of them)
RULES = [
    ([("on_call", "ack", "Seen.")], [("noor", "ack")]),
    ([("on_call", "ack", "Seen."), ("responder", "ack", "Too.")], [("noor", "ack"), ("sam", "note Too.")]),
    ([("responder", "command", "Mine.")], [("sam", "command")]),
    ([("responder", "command", "Mine."), ("on_call", "ack", "Late.")], [("sam", "command"), ("noor", "note Late.")]),
    ([("on_call", "command", "@mia leads.")], [("noor", "command @mia")]),
    ([("on_call", "command", "@noor leads.")], [("noor", "command")]),
    ([("responder", "command", "@noor leads.")], [("sam", "note @noor leads.")]),
    ([("on_call", "ack", "Seen."), ("on_call", "command", "Mine.")], [("noor", "ack"), ("noor", "note Mine.")]),
    ([("on_call", "ack", "Seen."), ("responder", "command", "Mine.")], [("noor", "ack"), ("noor", "command @sam")]),
    ([("responder", "ack", "Seen."), ("on_call", "command", "Mine.")], [("sam", "ack"), ("noor", "command")]),
    ([("comms", "comms", "We look.")], [("noor", "update We look.")]),
    ([("incident_lead", "update", "We look.")], [("noor", "update We look.")]),
    ([("customer_lead", "update", "80% gone.")], [("noor", "update From the customer lead: “80% gone.”")]),
    ([("monitoring", "update", "Back.")], [("noor", "update From monitoring: “Back.”")]),
    (
        [("on_call", "command", "@mia leads."), ("exec", "comms", "Sorry.")],
        [("noor", "command @mia"), ("mia", "update From the executive: “Sorry.”")],
    ),
    ([("responder", "mitigate", "[failed] Restart.")], [("sam", "note [failed] Restart.")]),
    ([("responder", "mitigate", "[partly] Restart.")], [("sam", "note [partly] Restart.")]),
    ([("responder", "mitigate", "[worked, slow] Copy.")], [("sam", "note [worked, slow] Copy.")]),
    ([("responder", "mitigate", "Bypass used.")], [("sam", "note Bypass used.")]),
    (
        [("responder", "mitigate", "[worked] Off."), ("responder", "mitigate", "[worked] Again.")],
        [("sam", "mitigate Off."), ("sam", "note [worked] Again.")],
    ),
    ([("service_owner", "mitigate", "[worked] Off.")], [("noor", "mitigate Off.")]),
    ([("responder", "mitigate", "[worked]")], [("sam", "mitigate [worked]")]),
    ([("incident_lead", "decision", "Switch off.")], [("noor", "note Switch off.")]),
    ([("ml_lead", "action_item", "Test it.")], [("ada", "note Test it.")]),
    ([("privacy_lead", "severity", "Scope grows.")], [("tomas", "note Scope grows.")]),
    (
        [("exec", "note", "I hear."), ("customer_lead", "alert", "Calls.")],
        [("lena", "note I hear."), ("iris", "note Calls.")],
    ),
    ([("incident_lead", "assign", "To another.")], [("noor", "note To another.")]),
    ([("incident_lead", "assign", "@tomas legal counsel.")], [("noor", "role legal counsel @tomas")]),
    ([("incident_lead", "assign", "@tomas looks too.")], [("noor", "escalate @tomas looks too.")]),
    ([("incident_lead", "escalate", "@sam find it.")], [("noor", "escalate @sam find it.")]),
    ([("incident_lead", "escalate", "To another.")], [("noor", "note To another.")]),
    ([("responder", "severity", "SEV-2 half is back.")], [("sam", "sev 2 half is back.")]),
    ([("monitoring", "declare", "Again.")], [("ada", "note Again.")]),
    ([("customer", "alert", "Broken.")], [("ada", "From the customer: Broken.")]),
    (
        [("upstream_maintainer", "mitigate", "[worked] Fixed.")],
        [("ada", "From the upstream maintainer: [worked] Fixed.")],
    ),
    ([("regulator", "resolve", "Fined.")], [("ada", "From the regulator: Fined.")]),
    ([("comms", "resolve", "Over.")], [("noor", "resolve Over.")]),
    (
        [("responder", "resolve", "Over."), ("comms", "comms", "Bye."), ("responder", "resolve", "Really.")],
        [("sam", "resolve Over."), ("noor", "note Bye."), ("sam", "note Really.")],
    ),
    (
        [("responder", "resolve", "Over."), ("on_call", "ack", "Ah."), ("responder", "mitigate", "[worked] Yes.")],
        [("sam", "resolve Over."), ("noor", "note Ah."), ("sam", "note [worked] Yes.")],
    ),
    (
        [("responder", "resolve", "Over."), ("on_call", "command", "@mia leads.")],
        [("sam", "resolve Over."), ("noor", "note @mia leads.")],
    ),
]


@pytest.mark.parametrize(("rows", "lines"), RULES, ids=["; ".join(" ".join(row) for row in rows) for rows, _ in RULES])
def test_rows_after_the_declaration(scenario, rows, lines):
    """After the declaration each kind of row is the command its rule says, typed by whoever may."""

    played = scenario(DECLARE, *((11, *row) for row in rows))

    assert [*DECLARED, *lines] == spoken(played)


def test_commands_and_background_are_told_apart(scenario):
    """What outsiders say is said to the room; what the response does is typed as a command."""

    played = scenario(DECLARE, (11, "customer", "alert", "Broken."), (12, "on_call", "ack", "Seen."))

    assert [LineKind.DECLARATION, LineKind.COMMAND, LineKind.SAID, LineKind.COMMAND] == [
        line.kind for line in script(played).lines
    ]


# (rows, place of the row that declares)
DECLARING = [
    ([("alert", "monitoring"), ("severity", "monitoring"), ("declare", "monitoring"), ("declare", "ml_lead")], 2),
    ([("alert", "monitoring"), ("note", "monitoring"), ("severity", "monitoring"), ("severity", "ml_lead")], 2),
    ([("note", "monitoring"), ("alert", "monitoring"), ("alert", "ml_lead")], 1),
    ([("ack", "on_call"), ("alert", "customer")], 1),
]


@pytest.mark.parametrize(("rows", "place"), DECLARING)
def test_which_row_declares(scenario, rows, place):
    """A `declare` row declares, else the first `severity`, else the first `alert`; all before it is background."""

    lines = script(scenario(*((at, role, kind, "Words.") for at, (kind, role) in enumerate(rows)))).lines

    assert [LineKind.SAID] * place == [line.kind for line in lines[:place]]
    assert (place, "ada", LineKind.DECLARATION) == (lines[place].at, lines[place].who, lines[place].kind)


def test_everything_before_the_declaration_is_said(scenario):
    """Before the declaration nobody types a command, whatever the row is."""

    rows = [(0, "on_call", "ack", "A."), (1, "comms", "update", "B."), (2, "responder", "mitigate", "[worked] C.")]

    lines = script(scenario(*rows, DECLARE)).lines[:3]

    assert [("noor", "A."), ("noor", "B."), ("sam", "[worked] C.")] == [(line.who, line.words) for line in lines]
    assert {LineKind.SAID} == {line.kind for line in lines}


def test_whom_a_scenario_casts_comes_first(scenario):
    """`personas` casts a role otherwise; updates stay with the commander, who alone may post them."""

    played = scenario(
        DECLARE,
        (11, "responder", "note", "A."),
        (12, "comms", "note", "B."),
        (13, "comms", "update", "C."),
        (14, "customer", "note", "D."),
        personas={"responder": "mia", "comms": "iris", "customer": "lena"},
    )

    assert [
        *DECLARED,
        ("mia", "note A."),
        ("iris", "note B."),
        ("noor", "update C."),
        ("lena", "From the customer: D."),
    ] == spoken(played)


# (rows, personas, who plays the incident lead)
LEADS = [
    ([], {}, "noor"),
    ([("on_call", "command", "@mia leads.")], {}, "mia"),
    ([("responder", "command", "Mine.")], {}, "sam"),
    ([("incident_lead", "command", "Mine.")], {}, "noor"),
    ([("responder", "command", "Mine.")], {"responder": "lena"}, "lena"),
    ([("on_call", "command", "@mia leads.")], {"incident_lead": "sam"}, "sam"),
]


@pytest.mark.parametrize(("rows", "personas", "who"), LEADS)
def test_the_incident_lead_is_who_commands(scenario, rows, personas, who):
    """The incident lead is whom the first `command` row seats, from the first row on; else the primary on call."""

    played = scenario((0, "incident_lead", "note", "Hm."), DECLARE, *((11, *row) for row in rows), personas=personas)

    assert (who, "Hm.") == spoken(played)[0]


# (rows after the declaration, minute of the end, rows not played)
ENDS = [
    ([(50, "responder", "resolve"), (110, "comms", "comms"), (111, "comms", "comms"), (9999, "ci", "note")], 110, 2),
    ([(50, "responder", "resolve"), (60, "responder", "resolve")], 110, 0),
    ([(50, "regulator", "resolve"), (70, "responder", "note")], 130, 0),
    ([(70, "responder", "note")], 130, 0),
]


@pytest.mark.parametrize(("rows", "ends_at", "left_out"), ENDS)
def test_where_the_play_ends(scenario, rows, ends_at, left_out):
    """A play ends an hour after the resolution, or after the last row without one; later rows are counted."""

    read = script(scenario(DECLARE, *((at, role, kind, "Words.") for at, role, kind in rows)))

    assert (ends_at, left_out) == (read.ends_at, read.not_played)
    assert len(rows) - left_out == len(read.lines) - 2


def test_lines_keep_minute_and_precision(scenario):
    """A line is spoken in its row's minute and keeps how that is known."""

    lines = script(scenario(DECLARE, (17, "on_call", "ack", "Seen."), precision="I")).lines

    assert [10, 10, 17] == [line.at for line in lines]
    assert {Precision.INVENTED} == {line.precision for line in lines}


def test_cloudflare_as_it_is_played():
    """The shipped scenario: mia declares, noor acknowledges and hands over, sam mitigates, mia resolves."""

    read = script(load_scenario("cloudflare-2019-waf"))
    verbs = [
        (line.at, line.who, line.words.split()[0])
        for line in read.lines
        if line.kind is not LineKind.SAID and not line.words.startswith("note ")
    ]

    assert [
        (17, "mia", "declare"),
        (18, "noor", "ack"),
        (19, "noor", "command"),
        (19, "mia", "update"),
        (21, "mia", "update"),
        (36, "sam", "mitigate"),
        (38, "mia", "update"),
        (44, "mia", "update"),
        (81, "mia", "resolve"),
    ] == verbs
    assert (141, 6) == (read.ends_at, read.not_played)


def test_the_exposure_as_it_is_played():
    """Declared private by noor, who calls sam and gives tomas his role; outsiders' words become notes there."""

    read = script(load_scenario("openai-2023-redis"))
    verbs = [(line.at, line.who, " ".join(line.words.split()[:2])) for line in read.lines if line.at > 529]

    assert [
        (530, "noor", "declare private"),
        (530, "noor", "note Treated"),
        (531, "noor", "escalate @sam"),
        (532, "noor", "role legal"),
    ] == verbs[:4]
    assert (790, "noor", "sev 3") in verbs
    assert (3375, "noor", "note From") in verbs
    assert {LineKind.COMMAND, LineKind.DECLARATION} == {line.kind for line in read.lines if line.at > 529}
    assert (3676, 10) == (read.ends_at, read.not_played)
