"""Turns: an incident becomes worse or less bad, is open again, is closed, or goes on as another one."""

from collections.abc import Iterator

from bot.incident.history.grades import Regrade
from bot.incident.sentences import Quote, When, Who, spell, spell_allowed
from bot.words import Act, Classification, ClockKind, Severity
from views import buttons, kit
from views.clock_lines import NAMES
from views.lines import line
from views.reading import moment, number, person, text
from views.scene import Scene
from views.sentences import Bold, Line, Room, joined
from views.standing import commands

SHOWN = (ClockKind.ACKNOWLEDGE, ClockKind.COMMANDER, ClockKind.MITIGATE, ClockKind.RESOLVE)
_ASKED = {ClockKind.UPDATE: "update"}
"""What a clock asks for, in few words."""


def draw_severity(scene: Scene) -> kit.Message:
    """Return the severity now and before, what it demands, and who is told; a change of mind draws it again."""
    first, last = _told(scene)
    head, by = _head(scene, first.was, last.to), Who(last.by)
    is_so = scene.incident.severity is last.to and scene.incident.status.is_open
    demands = _demands(scene) if is_so else ()
    said: Line = (Bold(head), " (", by, "). ", *demands, *_broadcast(scene, first.was, last.to))
    quoted = scene.quoted(last.why)
    return kit.Message(
        text=scene.pen.text(f"{head}. ", *(_next_due(scene) if is_so else ()), "Changed by ", by, "."),
        blocks=[
            scene.pen.says(*said),
            *([scene.pen.says(*quoted)] if quoted else []),
            scene.pen.below(_stays(scene, lowered=last.to.rank > first.was.rank)),
        ],
    )


def _told(scene: Scene) -> tuple[Regrade, Regrade]:
    """Return the first and the last change that this one message tells of."""
    told_at = moment(scene.words, "told_at")
    told = [one for one in scene.incident.regrades if one.told_at == told_at]
    return told[0], told[-1]


def _head(scene: Scene, was: Severity, now: Severity) -> str:
    if was is now:
        return f"{scene.incident.ref} is {now.label} after all"
    return f"{scene.incident.ref} is now {now.label}, was {was.label}"


def _demands(scene: Scene) -> Line:
    """Return what is still owed: "Counted from 14:00: mitigate by 14:30, resolve by 18:00, updates every 15 min."."""
    due: list[Line] = [
        (f"{NAMES[clock.kind].asks.lower()} by ", When(clock.due_at))
        for clock in scene.picture.clocks
        if clock.kind in SHOWN and clock.is_running and not clock.missed_at
    ]
    cadence = scene.incident.cadence
    updates: list[Line] = (
        [(f"updates every {spell_allowed(cadence.every)}",)] if cadence else [("no updates fall due",)]
    )
    return ("Counted from ", When(scene.incident.clocks_from), ": ", *joined([*due, *updates], last=", "), ". ")


def _broadcast(scene: Scene, was: Severity, now: Severity) -> Line:
    if scene.incident.is_test:
        return ()
    told = scene.picture.policy.rules(now).broadcast
    if told:
        return (f"#{told} is told.",)
    before = scene.picture.policy.rules(was).broadcast
    return (f"#{before} is told it is now {now.label}.",) if before else ()


def _next_due(scene: Scene) -> Line:
    waiting = [clock for clock in scene.picture.clocks if clock.is_running and clock.due_at > scene.now]
    following = min((one for one in waiting if one.kind in SHOWN), key=lambda one: one.due_at, default=None)
    if following is None:
        return ()
    return (f"{NAMES[following.kind].thing} is due within {spell(following.due_at - scene.now)}. ",)


def _stays(scene: Scene, *, lowered: bool) -> str:
    if lowered:
        return "A clock already missed stays missed."
    within = scene.picture.rules.postmortem_within
    also = f" A postmortem is due within {spell_allowed(within)} of resolution." if within else ""
    return f"What was already missed stays missed.{also}"


def draw_reopened(scene: Scene) -> kit.Message:
    """Return that it is open again: by whom, why, until when what is due, and who commands."""
    by = Who(person(scene.words, "by"))
    due: list[Line] = [
        (f"{_ASKED.get(clock.kind) or NAMES[clock.kind].asks.lower()} by ", When(clock.due_at))
        for clock in scene.picture.clocks
        if clock.is_running
    ]
    quoted = scene.quoted(text(scene.words, "words"), before=": ", after=". ")
    clocks = _sentence(joined(due, last=", ")) if due else ()
    return kit.Message(
        text=scene.pen.text(f"{scene.incident.ref} is open again (", by, "). ", *_led(scene)),
        blocks=[
            scene.pen.says(
                Bold(f"{scene.incident.ref} is open again"),
                " (",
                by,
                ")",
                *(quoted or (". ",)),
                *clocks,
                *_led(scene),
            )
        ],
    )


def _sentence(whole: Line) -> Line:
    head, *rest = whole
    first = head[0].upper() + head[1:] if isinstance(head, str) else head
    return (first, *rest, ". ")


def _led(scene: Scene) -> Line:
    seat = scene.incident.seat
    if seat and seat.answered_at and not scene.words.get("unled"):
        return (scene.opens(seat.person), " commands as before.")
    return commands(scene)


def draw_closed(scene: Scene) -> kit.Message:
    """Return that nothing is left to do, and how long the record is."""
    return _with_timeline(scene, line(scene, (closed_line(scene, number(scene.words, "entries")),)))


def _with_timeline(scene: Scene, said: kit.Message) -> kit.Message:
    row = [] if scene.is_shared else buttons.row(scene.picture, scene.handles, Act.TIMELINE, primary=False)
    return kit.Message(text=said.text, blocks=[*said.blocks, *row])


def closed_line(scene: Scene, entries: int) -> str:
    """Return the end for good in a sentence."""
    return f"{scene.incident.ref} is closed. The record is sealed: {entries} entries."


def draw_merged(scene: Scene) -> kit.Message:
    """Return where it goes on."""
    return _with_timeline(scene, line(scene, goes_on(scene)))


def goes_on(scene: Scene) -> Line:
    """Return where a merged incident goes on; a private one's channel is not named."""
    merged = scene.incident.merged
    if merged is None:
        return (f"{scene.incident.ref} goes on.",)
    where: Line = (" in ", Room(merged.channel, merged.channel_name)) if merged.channel else ()
    return (f"{scene.incident.ref} goes on as INC-{merged.into}", *where, "; this channel stays readable.")


def draw_merged_in(scene: Scene) -> kit.Message:
    """Return what was merged in, and what of it is stricter and so holds from now on."""
    what = f"INC-{number(scene.words, 'number')}"
    count = number(scene.words, "people")
    people = f"{count} {'person' if count == 1 else 'people'}"
    title = () if scene.withheld else (Quote(text(scene.words, "title")), ", ")
    since = moment(scene.words, "declared_at") or scene.now
    told: Line = (f"{what} (", *title, f"{people}, declared ", When(since), ") is merged in; its timeline is linked.")
    return line(scene, told, tuple(_stricter(scene, what)))


def _stricter(scene: Scene, what: str) -> Iterator[str]:
    theirs = Severity(text(scene.words, "severity"))
    if theirs is scene.incident.severity and any(one.to is theirs for one in scene.incident.regrades):
        yield f" {theirs.label} of {what} holds."
    classification = Classification(text(scene.words, "classification"))
    if scene.incident.is_private and not classification.is_private:
        yield f" It stays {scene.incident.classification.upper()}."
