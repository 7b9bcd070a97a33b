"""A play does every line in its minute, stops at every timer, and its report says whether all promises were kept."""

import io

import pytest
from rich.console import Console

from bot.ops.scenarios.narration import Narrator
from bot.ops.scenarios.playing import play
from sandbox.records import Violation
from tests.scenarios.stages import DECLARED, START, WRITES, FakeStage, after

ROWS = [
    (0, "monitoring", "alert", "Page."),
    (10, "monitoring", "declare", "It is down."),
    (12, "on_call", "ack", "Seen."),
    (20, "responder", "resolve", "Over."),
    (90, "comms", "comms", "Too late."),
]


@pytest.fixture
def short(scenario):
    """Return a scenario of five rows, the last of which comes after the end."""
    return scenario(*ROWS)


async def test_every_line_is_acted_in_its_minute(short):
    """The sandbox is asked for each line, in the right channel, with the incident's number once there is one."""

    stage = FakeStage()

    await play(short, stage)

    assert [
        (0, {"as": "ada", "do": "message", "channel": "general", "text": "Page."}),
        (600, {"as": "ada", "do": "command", "channel": "incidents", "text": f"/incident declare sev1 {short.title}"}),
        (600, {"as": "ada", "do": "command", "channel": "incidents", "text": "/incident 7 note It is down."}),
        (720, {"as": "noor", "do": "command", "channel": "incidents", "text": "/incident 7 ack"}),
        (1200, {"as": "sam", "do": "command", "channel": "incidents", "text": "/incident 7 resolve Over."}),
    ] == stage.acts


async def test_no_timer_is_skipped(short):
    """The clock stops at each timer due between two rows, at those armed on the way too, and at the end."""

    timetable = [("a.due", 700.5, 0, 600), ("b.due", 650, 0, 600), ("c.due", 660, 0, 650), ("d.due", 4000, 0, 1200)]

    stage = FakeStage(timetable=timetable)
    await play(short, stage)

    assert [600, 650, 660, 700.5, 720, 1200, 4000, 4800] == stage.stops


async def test_the_report_is_the_object_promised(short):
    """The report holds exactly what `--json` promises, in seconds from the start."""

    stage = FakeStage(timetable=[("update.due", 1000, 0.25, 600), ("resolve.due", 9000, 0, 600)])

    report = (await play(short, stage)).as_json()

    assert {
        "scenario": "test",
        "ok": True,
        "timers": [
            {"incident": 7, "kind": "update.due", "due_s": 1000, "state": "fired", "fired_s": 1000.25, "late_s": 0.25},
            {"incident": 7, "kind": "resolve.due", "due_s": 9000, "state": "pending", "fired_s": None, "late_s": None},
        ],
        "declares": [{"incident": 7, "writes": 7, "pages": 1, "card_s": 0}],
        "calls": {
            "chat.postMessage": 4,
            "conversations.create": 1,
            "conversations.invite": 1,
            "conversations.setTopic": 1,
            "pins.add": 1,
        },
        "violations": [],
        "audit": {"entries": 12, "verified": True},
        "channels": {"incidents": [{"text": "SEV-1 declared"}]},
        "not_played": 1,
    } == {key: value for key, value in report.items() if key != "steps"}
    assert {
        "at_s": 600,
        "as": "ada",
        "do": "command",
        "text": f"/incident declare sev1 {short.title}",
        "ok": True,
        "answer": DECLARED,
        "precision": "E",
    } == report["steps"][1]
    assert [0, 600, 600, 720, 1200] == [step["at_s"] for step in report["steps"]]


FORM = {"view": {"title": {"text": "Acknowledge"}}, "response": None}
SLACKBOT = {"acked": False, "response": None, "messages": [{"ephemeral": True, "text": "is not a valid command."}]}
# (what the stage does with `ack`, what the person hears)
UNSERVED = [
    ({"refused": ("ack",)}, "ack: done."),
    ({"turned_away": ("ack",)}, "Slack says no."),
    ({"answers": {"ack": {"acked": False, "failure": "operation_timeout", "response": None}}}, "operation_timeout"),
    ({"answers": {"ack": FORM}}, "Acknowledge"),
    ({"answers": {"ack": SLACKBOT}}, "is not a valid command."),
    ({"answers": {"ack": {"response": {"text": "It failed: E-7K3Q9."}}}}, "It failed: E-7K3Q9."),
    ({"answers": {"ack": {"response": {"text": "There is no verb `ack`."}}}}, "There is no verb `ack`."),
]


@pytest.mark.parametrize(("stage", "heard"), UNSERVED, ids=[heard for _, heard in UNSERVED])
async def test_a_step_that_did_not_take_effect(short, stage, heard):
    """A command refused, not acknowledged, answered by a form or by an error is a step that is not ok."""

    report = await play(short, FakeStage(**stage))

    assert [True, True, True, False, True] == [step.ok for step in report.steps]
    assert heard == report.steps[3].answer
    assert not report.ok
    assert (f"+0:12 noor was not served: /incident 7 ack ({heard})",) == report.problems


async def test_a_declaration_without_a_number(short):
    """When the declaration gives no incident, that step fails and nothing counts as declared."""

    report = await play(short, FakeStage(answers={"declare": {"response": {"text": "Not now."}}}))

    assert not report.steps[1].ok
    assert [] == list(report.declares)
    assert "Nothing was declared." in report.problems


# (timer as kind, due, late, armed; the problem or None)
TIMERS = [
    (("x.due", 700, 0, 600), None),
    (("x.due", 700, 60, 600), None),
    (("x.due", 700, 60.5, 600), "INC-7 x.due, due +0:11:40, fired 60.5 s late."),
    (("x.due", 700, -1, 600), "INC-7 x.due, due +0:11:40, fired 1 s early."),
    (("x.due", 4800, 1, 600), "INC-7 x.due, due +1:20, never fired (pending)."),
    (("x.due", 4801, 0, 600), None),
]


@pytest.mark.parametrize(("timer", "problem"), TIMERS)
async def test_due_timers_fire_in_time(short, timer, problem):
    """A timer due by the end has fired, never early and at most a minute late."""

    report = await play(short, FakeStage(timetable=[timer]))

    assert ((problem,) if problem else ()) == report.problems
    assert (problem is None) == report.ok


PIN = ("pins.add", "C0INC", "")
# (calls of the declaration, calls later with their second, writes, pages, seconds to the card)
COSTS = [
    (WRITES, [], 7, 1, 0),
    ([*WRITES, ("users.info", "", ""), ("conversations.open", "", ""), ("chat.getPermalink", "", "")], [], 7, 1, 0),
    ([*WRITES, ("views.open", "", ""), ("views.update", "", ""), ("auth.test", "", "")], [], 7, 1, 0),
    ([*WRITES, ("chat.update", "C0INC", "again"), ("bookmarks.add", "C0INC", "")], [], 9, 1, 0),
    ([*WRITES, ("chat.postMessage", "D0MIA", "You command INC-7.")], [], 8, 1, 0),
    ([*WRITES, ("chat.postMessage", "D0SAM", "🧪 DRILL · Page: SEV-1 INC-7, …")], [], 7, 2, 0),
    ([*WRITES, ("views.publish", "", "")], [], 8, 1, 0),
    ([write for write in WRITES if write != PIN], [(604, *PIN)], 7, 1, 4),
    ([write for write in WRITES if write != PIN], [(604, *PIN), (604, "chat.update", "C0INC", "x")], 7, 1, 4),
    (WRITES, [(660, "chat.postMessage", "C0LEADERSHIP", "SEV-1"), (660, "chat.update", "C0INC", "x")], 7, 1, 0),
    (WRITES[:-1], [(603, *WRITES[-1])], 7, 1, 0),
    (WRITES, [(610, "conversations.invite", "C0INC", ""), (611, "chat.update", "C0INC", "x")], 8, 1, 0),
]


@pytest.mark.parametrize(("writes", "later", "expected"), [(case[0], case[1], case[2:]) for case in COSTS])
async def test_what_a_declaration_costs(scenario, writes, later, expected):
    """Writes run from the commit until card, invitations, pin, topic and announcements stand; pages count apart."""

    timetable = [(f"at.{at}", at, 0, 600) for at, *_ in later]
    stage = FakeStage(writes=list(writes), later=list(later), timetable=timetable)
    played = scenario((10, "monitoring", "alert", "It is down."), (20, "responder", "resolve", "Over."))

    (declared,) = (await play(played, stage)).declares

    assert expected == (declared.writes, declared.pages, declared.card_s)


async def test_a_turned_away_call_writes_nothing(short):
    """A call answered with 429 is not among the writes; one refused for another reason is."""

    held = {"method": "chat.postMessage", "answer": {"ok": False, "error": "ratelimited"}, "retry_after": 1}
    taken = {"method": "conversations.create", "answer": {"ok": False, "error": "name_taken"}}
    stage = FakeStage(writes=[], odd_calls=[held, taken])

    (declared,) = (await play(short, stage)).declares

    assert (1, None) == (declared.writes, declared.card_s)


# (stage, the problem)
PROBLEMS = [
    ({"verified": False}, "The audit log does not verify."),
    (
        {"found": [Violation(rule="unsettled", where="settle", at=START)]},
        "Slack would have refused: unsettled (settle)",
    ),
    ({"writes": [*WRITES, ("chat.update", "C", "x")] * 2}, "INC-7 took 16 writes to declare, 8 at most."),
    ({"writes": WRITES[:4]}, "INC-7 never got a pinned card."),
]


@pytest.mark.parametrize(("stage", "problem"), PROBLEMS, ids=[problem for _, problem in PROBLEMS])
async def test_a_report_that_is_not_good(short, stage, problem):
    """A violation, too many writes, a missing card or a log that does not verify each spoil the report."""

    report = await play(short, FakeStage(**stage))

    assert (problem,) == report.problems
    assert not report.as_json()["ok"]


async def test_violations_are_told_in_words(short):
    """A violation stands in the report with its rule, its place and its moment."""

    found = [Violation(rule="no ack within 3 s", where="slash", at=after(5), detail="late")]

    report = await play(short, FakeStage(found=found))

    assert [
        {"rule": "no ack within 3 s", "where": "slash", "at": after(5).isoformat(), "detail": "late"}
    ] == report.as_json()["violations"]


async def test_the_story_is_told(short):
    """The narration tells each step, its precision, each timer that fired in between, and how it ended."""

    heard = io.StringIO()
    console = Console(file=heard, width=200)
    stage = FakeStage(timetable=[("update.due", 700, 0, 600), ("acknowledge.warn", 710, 0, 600), ("odd", 715, 0, 600)])

    with Narrator(console=console) as narrator:
        narrator.closed(await play(short, stage, audience=narrator))
    told = heard.getvalue().splitlines()

    assert "Checkout returns errors" == told[0]
    assert "  https://example.com/postmortem" in told
    assert "   +0:00  ada    Page." in told
    assert "+0:11:40  clock  a status update was due (INC-7)" in told
    assert "+0:11:50  clock  acknowledge is due soon (INC-7)" in told
    assert "+0:11:55  clock  odd (INC-7)" in told
    assert "INC-7: 7 Slack writes to declare it, 1 person paged at once." in told
    assert "3 timers armed, 3 fired, none late or skipped." in told
    assert "Left out, being after the end: 1 row of the source." in told
    assert "All as promised." == told[-1]


async def test_the_story_hides_nothing(scenario):
    """What was invented, what was not done and what broke are said; markup in people's words stays words."""

    heard = io.StringIO()
    console = Console(file=heard, width=200, force_terminal=True, color_system=None)
    stage = FakeStage(refused=("resolve",), verified=False, timetable=[("update.due", 100, 90, 60)])
    played = scenario((0, "monitoring", "alert", "[red]x"), (1, "responder", "resolve", "Over."), precision="I")

    with Narrator(console=console) as narrator:
        narrator.closed(await play(played, stage, audience=narrator))
    told = heard.getvalue()

    assert "/incident 7 note [red]x  (in no source, placed for the drill)" in told
    assert "NOT DONE → resolve: done." in told
    assert "1 timer armed, 1 fired, 1 late or skipped." in told
    assert "12 audit entries, which do NOT verify." in told
    assert "✗ The audit log does not verify." in told
    assert "Not all as promised." in told
