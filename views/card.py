"""The card: the one true picture of an incident, pinned in its channel."""

from collections.abc import Iterator
from typing import assert_never

from bot.incident.history.paged import Page, PageOutcome
from bot.incident.sentences import When, Who
from bot.words import GONE, Act, ClockKind, Status
from views import buttons, kit
from views.allowed import within
from views.bridge import bridge
from views.clock_lines import NAMES, clock_lines, next_due
from views.confirming import awaiting_line
from views.exceptions import exception_lines
from views.handover import card_lines
from views.phase_lines import phase_line
from views.scene import Scene
from views.seeing import restricted
from views.sentences import Line, strung
from views.standing import commander_line, do_not_disturb, ended, reopened, status_line
from views.times import time_fields
from views.types import type_line

MOST_PAGED, MOST_EXTRA = 6, 2


def draw_card(scene: Scene) -> kit.Message:
    """Return the card as the incident stands; at most 10 blocks."""
    incident, pen = scene.incident, scene.pen
    return kit.Message(
        text=_text(scene),
        blocks=[
            kit.header(scene.title_line()),
            pen.beside(
                ("Status", status_line(scene)),
                ("Commander", commander_line(scene)),
                ("Declared", (When(incident.declared.at), " by ", Who(incident.declared.by))),
                ("Seen by", (seen_by(scene),)),
                *time_fields(scene),
            ),
            *_their_words(scene),
            pen.lines((*clock_lines(scene), phase_line(scene))),
            *(pen.says(*line) for line in _at_most(list(_extra(scene)))),
            *buttons.row(
                scene.picture,
                scene.handles,
                *acts_now(scene),
                primary=scene.incident.status not in GONE,
                more=acts_more(scene),
            ),
            *restricted(scene),
            _small(scene),
        ],
    )


def _text(scene: Scene) -> str:
    first = f"{scene.head}, {scene.short_title}. "
    if not scene.incident.status.is_open:
        return scene.pen.text(first, *status_line(scene), ".")
    return scene.pen.text(first, _standing(scene), "Commander: ", *commander_line(scene, described=False), ".")


def _standing(scene: Scene) -> str:
    if scene.incident.status is Status.DECLARED:
        clock = scene.clock(ClockKind.ACKNOWLEDGE)
        due = f"; due{within(scene, clock) or ' now'}" if clock else ""
        return f"Declared, nobody has acknowledged{due}. "
    upcoming = next_due(scene)
    following = f", {NAMES[upcoming.kind].due} is due next" if upcoming else ""
    return f"{scene.incident.status.capitalize()}{following}. "


def seen_by(scene: Scene) -> str:
    """Return who may see the incident, with its classification (G6.1)."""
    who = "Only people invited" if scene.incident.is_private else "Everyone here"
    stays = "" if scene.incident.is_private or not scene.incident.room.is_private else "; its channel stays private"
    return f"{who} ({scene.incident.classification.upper()}){stays}"


def _their_words(scene: Scene) -> Iterator[kit.Block]:
    cancelled = scene.incident.cancelled
    again = reopened(scene)
    for words in (scene.incident.description, cancelled.words if cancelled else "", again.words if again else ""):
        line = scene.quoted(words)
        if line:
            yield scene.pen.says(*line)


def _extra(scene: Scene) -> Iterator[Line]:
    awaits = awaiting_line(scene)
    if awaits:
        yield awaits
    seat, declared = scene.incident.seat, scene.incident.declared
    if seat and seat.answered_at is None and seat.since > declared.at and not ended(scene):
        yield (Who(seat.person), " was named ", When(seat.since), " and has not answered.")
    if scene.incident.climb and scene.incident.climb.ended_at:
        yield ("❗ Nobody called has answered, and there is nobody further to call.",)
    yield from card_lines(scene)
    yield from exception_lines(scene)
    yield from _disturbed(scene)


def _at_most(lines: list[Line]) -> list[Line]:
    """Return two lines, the last of them naming how many more there are; a card keeps to three before its buttons."""
    more = len(lines) - MOST_EXTRA
    return [*lines[:MOST_EXTRA], *([(f"… and {more} more in the timeline",)] if more > 0 else [])]


def _disturbed(scene: Scene) -> Iterator[Line]:
    """Return who paged has Do Not Disturb on, while an answer is awaited."""
    if scene.incident.status is not Status.DECLARED:
        return
    for page in scene.incident.pages_now:
        if page.quiet_until and page.outcome is PageOutcome.SENT:
            yield do_not_disturb(scene, page)


def acts_now(scene: Scene) -> tuple[Act, ...]:
    """Return the acts the card offers, the next step first."""
    incident = scene.incident
    confirm = (Act.CONFIRM_SEVERITY,) if incident.awaiting else ()
    match incident.status:
        case Status.DECLARED:
            return (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, *confirm, Act.ESCALATE)
        case Status.ACKNOWLEDGED if not incident.commander_answered:
            return (Act.TAKE_COMMAND, Act.POST_UPDATE, *confirm, Act.ESCALATE)
        case Status.ACKNOWLEDGED:
            # Five to a row with the dots: while a confirmation is awaited, escalating is behind "Everything else".
            return (Act.POST_UPDATE, Act.MITIGATE, Act.RESOLVE, *(confirm or (Act.ESCALATE,)))
        case Status.MITIGATED:
            return (Act.RESOLVE, Act.POST_UPDATE, *confirm, Act.ESCALATE)
        case Status.RESOLVED:
            return (Act.CLOSE, Act.REOPEN)
        case Status.CLOSED | Status.CANCELLED:
            return (Act.REOPEN, Act.TIMELINE)
        case Status.MERGED:
            return (Act.TIMELINE,)
        case _ as never:
            assert_never(never)


def acts_more(scene: Scene) -> tuple[Act, ...]:
    """Return the acts behind the dots."""
    if scene.incident.status in GONE:
        return ()
    severity = (Act.CHANGE_SEVERITY,) if scene.incident.status.is_open else ()
    seat = (Act.HAND_OVER,) if scene.incident.status.is_open else ()
    return (*severity, *seat, Act.ROLES, Act.TIMELINE, Act.PANEL)


def _paged(scene: Scene) -> Line:
    latest = {page.person: page for page in scene.incident.pages}
    lines: list[Line] = [
        (Who(page.person), " ", When(page.at), _outcome(scene, page)) for page in list(latest.values())[:MOST_PAGED]
    ]
    more = len(latest) - MOST_PAGED
    if more > 0:
        lines.append((f"… and {more} more",))
    return ("Paged: ", *strung(lines, by=", ")) if lines else ("Paged: nobody",)


def _outcome(scene: Scene, page: Page) -> str:
    match page.outcome:
        case PageOutcome.PASSED_ON:
            return " (passed on)"
        case PageOutcome.UNDELIVERABLE:
            return " (could not be reached)"
        case PageOutcome.SENT:
            return " (no answer yet)" if scene.incident.status is Status.DECLARED else ""
        case _ as never:
            assert_never(never)


def _called(scene: Scene) -> Line:
    calls = {call.person: call for call in scene.incident.calls}
    lines: list[Line] = [
        (Who(call.person), " ", When(call.at), " (on it)" if call.answered_at else "")
        for call in list(calls.values())[-MOST_PAGED:]
    ]
    return ("Called: ", *strung(lines, by=", ")) if lines else ()


def _small(scene: Scene) -> kit.Block:
    """Return the small print: who was paged, and what is kept of all this (D2)."""
    below = scene.pen.below(*strung((_paged(scene), _called(scene), bridge(scene), type_line(scene), _policy(scene))))
    return {**below, "elements": [*below["elements"], *_test(scene), kit.mrkdwn(scene.pen.mrkdwn(*_recorded(scene)))]}


def _test(scene: Scene) -> list[kit.Block]:
    """Return what a test is, on the card of one."""
    return [kit.mrkdwn("🧪 A test: nobody is paged, and it counts nowhere.")] if scene.incident.is_test else []


def _recorded(scene: Scene) -> Line:
    """Return what Tocsin records, for how long, and who reads it."""
    heads = scene.picture.policy.files.values()
    owner = next((kit.clean_name(head.owner) for head in heads), "governance")
    return (
        "Tocsin records what is pressed or typed to it and messages people pin here, not the talk; ",
        f"kept for 90 days at least, read by this channel's members and {owner}.",
    )


def _policy(scene: Scene) -> Line:
    return (f"Policy {scene.picture.policy.version} ({scene.picture.policy.short_hash})",)
