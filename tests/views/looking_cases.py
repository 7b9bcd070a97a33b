"""What people read: timelines, summaries, lists and the control panel, in every state that draws differently."""

from collections.abc import Iterator
from dataclasses import replace

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.history.codec import plain
from bot.incident.history.note_events import NoteAdded
from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.panel import ALWAYS, offers
from bot.incident.reading.timeline import line_of
from bot.incident.sentences import Sentence
from bot.usecases.answering import sentence_words
from bot.usecases.asked import Answer
from bot.words import Act, Severity
from tests.views.pictures import ADA, HANDLES, IRIS, MIA, NOOR, SAM, Story, at, declare
from tests.views.staffing_cases import staffed, unstaffed
from tests.views.stories import acknowledged, changed, handed_round, mitigated, no_commander, resolved, timed

TURNS = (Act.OLDER, Act.NEWER, Act.AS_FILE)
Answers = Iterator[tuple[str, Answer]]


def shown(view: str, story: Story | None, words: Words, *acts: Act) -> Answer:
    """Return an answer with handles for `acts`."""
    picture = story.picture if story else None
    return Answer(view=view, words=words, picture=picture, handles={act: HANDLES[act] for act in acts})


def entry(minutes: float, line: Sentence) -> Json:
    """Return one entry as the use-case words it."""
    return {"at": at(minutes).isoformat(), "parts": sentence_words(line)}


def page(*entries: Json, start: int = 0, size: int = 0, more: Words | None = None) -> Words:
    """Return the words of one page of a timeline."""
    return {"entries": list(entries), "start": start, "size": size or len(entries), "which": "all", **(more or {})}


def _timelines() -> Answers:
    story, clocks = acknowledged(), acknowledged().picture.clocks
    told = [
        entry(0, ("Declared as SEV-1 · ", *line_of(e.Acknowledged(at=at(2.2), by=NOOR), clocks))),
        entry(12, line_of(NoteAdded(at=at(12), by=ADA, words="p99 <!channel> doubled", number=1), clocks)),
        entry(24 * 60, ("Channel opened",)),
    ]
    checked: Words = {"checked_at": at(4).isoformat()}
    yield "timeline", shown("timeline", story, page(*told, more=checked))
    yield "timeline, middle", shown("timeline", story, page(*told, start=15, size=40), Act.OLDER, Act.NEWER)
    yield "timeline, broken", shown("timeline", story, page(*told, more={**checked, "first_bad": 9}))
    yield "timeline, one entry", shown("timeline", story, page(told[0], more=checked))
    yield "timeline, notes, none", shown("timeline", story, {**page(), "which": "notes"})
    yield "timeline, none", shown("timeline", story, page())
    yield "timeline, as a file", shown("timeline", story, page(*told, start=15, size=40), *TURNS)
    yield "filed", shown("filed", story, {"upto": 17})
    yield "filed, one entry", shown("filed", story, {"upto": 1})
    private = acknowledged(private=True)
    yield "filed, private, outside", shown("filed", private, {"upto": 17})
    yield "filed, private, inside", shown("filed", private, {"upto": 17, "inside": True})
    yield "timeline, private, outside", shown("timeline", private, page(*told))
    yield "timeline, private, inside", shown("timeline", private, page(*told, more={"inside": True}))


def _summaries() -> Answers:
    late = declare().clock(2, 3, 5)
    stories = {
        "declared": declare(),
        "commanded": mitigated(),
        "updated": acknowledged().does(NOOR, 12, c.PostUpdate(now="Rolling back.", affected="EU, 12 %.")),
        "resolved": resolved(),
        "nobody": no_commander(),
        "late": late,
        "silent words": changed(mitigated(), description=""),
        "private": acknowledged(private=True),
        "sev4": declare(Severity.SEV4),
    }
    for name, story in stories.items():
        yield f"summary {name}", shown("summary", story, {"reader": IRIS, "people": 7})
    yield "summary one person", shown("summary", declare(), {"people": 1})
    yield "summary for the named", shown("summary", handed_round(), {"reader": NOOR, "people": 2})
    yield "summary for the commander", shown("summary", acknowledged(), {"reader": NOOR, "people": 2})
    stopped = acknowledged()
    unclocked = shown("summary", stopped, {"reader": NOOR, "people": 2})
    assert unclocked.picture
    yield "summary without clocks", replace(unclocked, picture=replace(unclocked.picture, clocks=()))
    called = acknowledged().does(ADA, 5, c.Escalate(why="need database help", person=MIA))
    yield "summary for the called", shown("summary", called, {"reader": MIA, "people": 3})
    yield "summary, roles missing", shown("summary", staffed(), {"people": 4})
    yield "summary, roles missing still", shown("summary", unstaffed(), {"people": 2})
    yield "summary with times", shown("summary", timed(), {"people": 2})
    yield "summary, earlier", shown("summary", mitigated(), {"people": 2}, Act.EARLIER_UPDATES)


def _row(number: int, **more: Json) -> Json:
    return {
        "number": number,
        "severity": "sev1",
        "title": "Checkout returns 500s",
        "is_private": False,
        "status": "acknowledged",
        "commander": NOOR,
        "has_answered": True,
        "due": "mitigate",
        "due_at": plain(at(30)),
        "channel": {"id": "C0INC42", "name": "inc-42"},
        **more,
    }


def _lists() -> Answers:
    silent = _row(41, severity="sev2", has_answered=False, is_missed=True)
    private = _row(40, is_private=True, title="", channel=None, commander=None, due=None, due_at=None)
    rows: list[Json] = [_row(42, is_test=True), silent, private]
    first: list[Json] = [{"number": number, "severity": "sev1"} for number in (42, 41, 40)]
    names: Words = {NOOR: "Noor Haddad"}
    for which in ("open", "closed", "mine", "all"):
        yield (
            f"list {which}",
            shown("list", None, {"which": which, "size": 3, "first": first, "rows": rows, "names": names}),
        )
        yield f"list {which}, none", shown("list", None, {"which": which, "size": 0})
    sev1: Words = {"which": "open", "severity": "sev1", "names": names}
    yield "list sev1, none", shown("list", None, {**sev1, "size": 0})
    yield "list sev1, one", shown("list", None, {**sev1, "size": 1, "first": first[:1], "rows": rows[:1]})
    many: Words = {"which": "open", "size": 200, "first": first, "rows": [_row(n) for n in range(6)], "names": names}
    standing: Words = {"version": "2.0.0", "hash": "3f9a1c", "decision": "show", "proposed": "", "overdue": []}
    yield "policy", shown("policy.standing", None, standing)
    waits: Words = {**standing, "proposed": "2.1.0 (a1b2c3)", "overdue": ["roles.yaml, since 2026-11-01"]}
    yield "policy, proposed and overdue", shown("policy.standing", None, waits)
    for decision in ("adopt", "keep"):
        yield f"policy, {decision}", shown("policy.standing", None, {**standing, "decision": decision})
    yield "list, many", shown("list", None, many, Act.NEXT_LISTED)
    yield "list, middle", shown("list", None, many, Act.PREVIOUS_LISTED, Act.NEXT_LISTED)


def _panels() -> Answers:
    for name, story, reader in (
        ("declared, leader", declare(), SAM),
        ("declared, anybody", declare(), IRIS),
        ("commander", acknowledged(), NOOR),
        ("anybody", acknowledged(), IRIS),
        ("mitigated", mitigated(), NOOR),
        ("resolved", resolved(), IRIS),
        ("nobody commands", no_commander(), IRIS),
        ("private", acknowledged(private=True), NOOR),
    ):
        found = offers(story.incident, story.context(reader))
        hidden: list[Json] = [{"act": one.act.value, "stops": one.why_not} for one in found if one.why_not]
        acts = [*(one.act for one in found if not one.why_not), *ALWAYS]
        yield f"panel {name}", shown("panel", story, {"reader": reader, "hidden": hidden, "inside": True}, *acts)
    yield "panel, nothing hidden", shown("panel", acknowledged(), {"reader": IRIS}, *HANDLES)


def looking_cases() -> Answers:
    """Return everything people read, by name."""
    yield from _timelines()
    yield from _summaries()
    yield from _lists()
    yield from _panels()
