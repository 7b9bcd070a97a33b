"""Private answers: what the one who asked hears, and nobody else."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.incident.reacting.effects import CHANNEL
from bot.incident.sentences import When, Who, spell
from bot.usecases.asked import Answer
from bot.words import Act, ClockKind
from views import (
    buttons,
    confirming,
    exceptions,
    following,
    roles,
    seeing,
    sharing,
    suggestions,
    times,
    turn_answers,
    types,
)
from views.declared import draw_declared
from views.governed import draw_governed, draw_known
from views.handover import HANDOVER_ANSWERS
from views.help import draw_help, draw_verb
from views.kit import Message
from views.lines import archived_words, draw_slow
from views.listing import draw_list
from views.oncall import draw_on_call
from views.page_answer import person_paged
from views.page_test import say_reached, say_tested
from views.panel import draw_panel
from views.policy_news import draw_standing
from views.policy_told import draw_told
from views.reading import moment, number, person, text
from views.refusals import offer_row, pen_for, refusal, sentence
from views.scene import Scene
from views.sentences import Line, Pen
from views.spooled import say_away, say_spooled
from views.standing import cancel_reason, commands
from views.status import draw_status
from views.summary import draw_summary
from views.timeline import draw_timeline, say_filed
from views.told import channel_told
from views.unexpected import draw_unexpected


def answer(answer: Answer, *, now: datetime) -> Message:
    """Return the private answer; what the scrubber took out of the asker's words is said below it.

    Raises:
        KeyError: no answer has that name.
        ValueError: the answer is about an incident and carries no picture of it.
    """
    pen = pen_for(answer, now=now)
    alone = ALONE.get(answer.view)
    drawn = alone(answer, pen) if alone else ANSWERS[answer.view](_scene(answer, now=now))
    removed = text(answer.words, "removed")
    below = [*_archived(answer), *([removed] if removed else [])]
    return Message(text=drawn.text, blocks=[*drawn.blocks, *(pen.below(one) for one in below)])


_SAY_WHERE = frozenset({"updated", "no_changed", "taken_and_posted", "mitigated", "resolved", "severity_changed"})
"""Answers to what is told in the incident's channel, which may not be there to tell it in."""


def _archived(answer: Answer) -> list[str]:
    """Return no. 30's words, when the channel was archived by hand and what was done is told elsewhere."""
    if answer.picture is None or not answer.picture.is_archived or answer.view not in _SAY_WHERE:
        return []
    place = "the commander" if answer.picture.incident.is_private else f"#{answer.picture.policy.channels.incidents}"
    return [archived_words(answer.picture.incident.ref, place)]


def _scene(answer: Answer, *, now: datetime) -> Scene:
    if answer.picture is None:
        message = f"the answer {answer.view} needs a picture of its incident"
        raise ValueError(message)
    place = CHANNEL if answer.words.get("inside") else None
    return Scene(
        picture=answer.picture,
        words=answer.words,
        handles=answer.handles,
        now=now,
        place=place,
        is_private_answer=True,
    )


def _refused(answer: Answer, pen: Pen) -> Message:
    blocks = [*refusal(answer.words, pen), *offer_row(answer)]
    return Message(text=pen.text(*sentence(answer.words)), blocks=blocks)


ALONE: Mapping[str, Callable[[Answer, Pen], Message]] = {
    "refused": _refused,
    "unexpected": lambda answer, pen: draw_unexpected(answer.words, answer.picture, pen),
    "help": lambda _, pen: draw_help(pen),
    "help.verb": lambda answer, pen: draw_verb(text(answer.words, "verb"), pen),
    "list": draw_list,
    "types": types.draw_types,
    "governed": draw_governed,
    "status": draw_status,
    "policy.standing": lambda answer, pen: draw_standing(answer.words, pen),
    "policy.told": lambda answer, pen: draw_told(answer.words, pen),
    "oncall": draw_on_call,
    "page_tested": say_tested,
    "page_test_reached": say_reached,
    "spooled": say_spooled,
    "away": say_away,
}
"""Answers that need no picture of an incident."""


def _say(scene: Scene, *parts: Line, acts: tuple[Act, ...] = (), primary: bool = True) -> Message:
    whole: Line = tuple(part for line in parts for part in line)
    row = buttons.row(scene.picture, scene.handles, *acts, primary=primary)
    return Message(text=scene.pen.text(*whole), blocks=[scene.pen.says(*whole), *row])


def _acknowledged(scene: Scene) -> Message:
    done = f"You acknowledged {scene.incident.ref}"
    seat, by = scene.incident.seat, scene.incident.acknowledged
    if seat and by and seat.person == by.by and seat.answered_at:
        return _say(scene, (f"{done} and command it.",), _next_update(scene))
    if seat:
        return _say(scene, (f"{done}. ",), commands(scene), acts=() if seat.answered_at else (Act.TAKE_COMMAND,))
    clock = scene.clock(ClockKind.COMMANDER)
    due: Line = ("; due by ", When(clock.due_at), ".") if clock and clock.is_running else (".",)
    return _say(scene, (f"{done}. Nobody commands yet",), due, acts=(Act.TAKE_COMMAND,))


def _next_update(scene: Scene) -> Line:
    cadence = scene.incident.cadence
    return (" Next status update by ", When(cadence.due_at), ".") if cadence else ()


def _you_command(scene: Scene) -> Message:
    return _say(scene, (f"You command {scene.incident.ref}.",), _next_update(scene))


def _named(scene: Scene) -> Message:
    who = person(scene.words, "person") or scene.incident.commander
    return _say(scene, (Who(who), f" is commander of {scene.incident.ref} and is told now; no answer yet."))


def _updated(scene: Scene) -> Message:
    posted = f"Status update {number(scene.words, 'number') or scene.incident.updates} is posted in "
    return _say(scene, (posted, *scene.room, "."), _next_update(scene))


def _no_changed(scene: Scene) -> Message:
    return _say(scene, (f"Posted on {scene.incident.ref}: no change.",), _next_update(scene))


def _noted(scene: Scene) -> Message:
    return _say(scene, (f"On the timeline of {scene.incident.ref}.",), acts=(Act.UNDO_NOTE,), primary=False)


def _note_withdrawn(scene: Scene) -> Message:
    note = f"Note {number(scene.words, 'note')} is marked as withdrawn on the timeline of {scene.incident.ref}; "
    return _say(scene, (f"{note}nothing was deleted.",))


def _escalated(scene: Scene) -> Message:
    who = person(scene.words, "person") or scene.incident.calls[-1].person
    if scene.incident.is_test:
        return _say(scene, (f"{scene.incident.ref} is a test: ", *scene.described(who), " would be called; nobody is."))
    return _say(scene, (*scene.described(who), f" is called to {scene.incident.ref} and added to its channel."))


def _mitigated(scene: Scene) -> Message:
    clock = scene.clock(ClockKind.RESOLVE)
    due: Line = ("; resolve by ", When(clock.due_at)) if clock else ()
    return _say(scene, (f"{scene.incident.ref} is mitigated. It is watched until resolved", *due, "."))


def _resolved(scene: Scene) -> Message:
    resolved = scene.incident.resolved
    after = f" after {spell(scene.took(resolved.at))}" if resolved else ""
    return _say(scene, (f"{scene.incident.ref} is resolved{after}. All clocks stopped.",))


def _cancelled(scene: Scene) -> Message:
    stopped = "All clocks stopped." if scene.incident.is_test else "All clocks stopped, nobody is paged any more."
    return _say(scene, (f"{scene.incident.ref} is cancelled: {cancel_reason(scene)}. {stopped}",))


def _snoozed(scene: Scene) -> Message:
    cadence = scene.incident.cadence
    until = moment(scene.words, "until") or (cadence.snooze.until if cadence and cadence.snooze else scene.now)
    still: Line = (" The update is still due at ", When(cadence.due_at), ".") if cadence else ()
    return _say(scene, (f"Nudges for {scene.incident.ref} are silent until ", When(until), "."), still)


def _seat_given_back(scene: Scene) -> Message:
    seat = scene.incident.seat
    now: Line = (Who(seat.person), " does") if seat else ("nobody does",)
    return _say(scene, (f"You no longer command {scene.incident.ref}; ",), now, (f". {channel_told(scene)}",))


def _passed_on(scene: Scene) -> Message:
    following = person(scene.words, "next")
    if following is None:
        return _say(scene, (f"You passed {scene.incident.ref} on. Nobody else is left on the list to page.",))
    return _say(scene, (f"You passed {scene.incident.ref} on. ", Who(following), " is being paged."))


def _on_it(scene: Scene) -> Message:
    return _say(scene, (f"The card of {scene.incident.ref} shows that you are on it. ",), commands(scene))


ANSWERS: Mapping[str, Callable[[Scene], Message]] = {
    "declared": draw_declared,
    "acknowledged": _acknowledged,
    "you_command": _you_command,
    "named": _named,
    "updated": _updated,
    "no_changed": _no_changed,
    "noted": _noted,
    "escalated": _escalated,
    "person_paged": person_paged,
    "mitigated": _mitigated,
    "resolved": _resolved,
    "cancelled": _cancelled,
    "snoozed": _snoozed,
    "severity_changed": turn_answers.severity_changed,
    "reopened": turn_answers.reopened,
    "retitled": turn_answers.retitled,
    "closed": turn_answers.closed,
    "merged": turn_answers.merged,
    "seat_given_back": _seat_given_back,
    **HANDOVER_ANSWERS,
    "passed_on": _passed_on,
    "on_it": _on_it,
    "slow": draw_slow,
    "note_withdrawn": _note_withdrawn,
    "timeline": draw_timeline,
    "filed": say_filed,
    "summary": draw_summary,
    "panel": draw_panel,
    "sent_to_commander": suggestions.say_sent,
    "taken_and_posted": suggestions.say_taken_and_posted,
    "severity_suggested": suggestions.say_suggested,
    "severity_left": suggestions.say_left,
    "role_taken": roles.say_taken,
    "role_given": roles.say_given,
    "role_left": roles.say_left,
    "roles": roles.draw_roles,
    "roles.one": roles.draw_one_role,
    "joined": roles.say_joined,
    "invited": roles.say_invited,
    "follows": following.say_follows,
    "follows_no_more": following.say_follows_no_more,
    "times": times.say_times,
    "classified": seeing.say_classified,
    "access_granted": seeing.say_granted,
    "access_ended": seeing.say_ended,
    "confirmed": confirming.say_confirmed,
    "type": types.draw_type,
    "type_set": types.say_set,
    "phases": types.draw_phases,
    "phase_finished": types.say_finished,
    "private.known": draw_known,
    "exception_asked": exceptions.say_asked,
    "exception_approved": exceptions.say_answered,
    "exception_declined": exceptions.say_answered,
    "exception_ended": exceptions.say_ended,
    "moved_inside": sharing.say_moved_inside,
    "withholding_kept": sharing.say_withholding_kept,
}
