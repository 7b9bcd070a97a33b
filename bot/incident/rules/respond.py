"""Responding: acknowledging, commanding, calling for help, noting, and ending an incident."""

from bot.incident import commands as c
from bot.incident.authority.deciding import who_may
from bot.incident.authority.rights import Right
from bot.incident.context import Context
from bot.incident.decision import MIN_REASON, MIN_TITLE, Decision, word_count
from bot.incident.history import events as e
from bot.incident.history.paged import PageOutcome
from bot.incident.model import CancelReason, Incident
from bot.incident.refusing.refusals import (
    REASON_TOO_THIN,
    Refused,
    everyone_called,
    nothing_asked,
    say_what,
    unfit,
)
from bot.incident.refusing.seat_refusals import (
    already_commands,
    commands_already,
    no_seat,
    not_yours_to_hand_over,
    passed_on_already,
    stale_dialog,
)
from bot.incident.refusing.staffing_refusals import last_accountable
from bot.incident.rules.accountable import is_last_accountable
from bot.incident.rules.pages import next_page
from bot.incident.rules.steps import next_step
from bot.words import ActorKind, Role, Status


def acknowledge(command: c.Acknowledge, _: Incident, context: Context) -> Decision:
    """Return the acknowledgement; the lifecycle has refused a second one already."""
    return (e.Acknowledged(at=context.now, by=context.actor.id, by_link=command.by_link),)


def _acknowledged(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    if incident.status is not Status.DECLARED:
        return ()
    return (e.Acknowledged(at=context.now, by=context.actor.id),)


def take_command(command: c.TakeCommand, incident: Incident, context: Context) -> Decision:
    """Return the seat taken: at once when free or unanswered, after a confirm dialog when held (exactly one IC)."""
    me, seat = context.actor.id, incident.seat
    if seat and seat.person == me and seat.answered_at:
        return _acknowledged(incident, context) or already_commands(incident)
    relieved = seat.person if seat and seat.answered_at else None
    if relieved:
        refused = _refuse_takeover(command, incident, context)
        if refused:
            return refused
    return (*_acknowledged(incident, context), e.CommandTaken(at=context.now, by=me, over=relieved))


def _refuse_takeover(command: c.TakeCommand, incident: Incident, context: Context) -> Refused | None:
    if command.over == incident.commander:
        return None
    return stale_dialog(incident) if command.over else not_yours_to_hand_over(incident)


def name_commander(command: c.NameCommander, incident: Incident, context: Context) -> Decision:
    """Return somebody named to the seat; a seated commander who has answered hands over only themself."""
    if command.person == context.actor.id:
        return take_command(c.TakeCommand(), incident, context)
    if incident.commander == command.person:
        return commands_already(incident)
    held = incident.commander_answered and incident.commander != context.actor.id
    if held and context.actor.kind is ActorKind.PERSON:
        return not_yours_to_hand_over(incident)
    refused = refuse_unfit(command.person, incident, context)
    if refused:
        return refused
    return (e.CommanderNamed(at=context.now, by=context.actor.id, person=command.person),)


def refuse_unfit(person: str | None, incident: Incident | None, context: Context) -> Refused | None:
    """Return why `person` cannot be put in the seat, or None: only who is R or A of declaring can (G2)."""
    fit = who_may(Right.COMMAND, incident, context)
    return None if person is None or person in fit else unfit(person, choose=fit)


def give_back(_: c.GiveBackCommand, incident: Incident, context: Context) -> Decision:
    """Return the seat emptied by whoever sits in it, unless nobody else would answer for the incident (no. 20)."""
    if incident.seat is None or incident.seat.person != context.actor.id:
        return no_seat(incident)
    if is_last_accountable(incident, leaving=Role.COMMANDER):
        return last_accountable(incident, leaving=Role.COMMANDER)
    return (e.CommandGivenBack(at=context.now, by=context.actor.id, named_by=incident.seat.named_by),)


def pass_on(_: c.PassOnPage, incident: Incident, context: Context) -> Decision:
    """Return the page passed on and the next person paged at once (P2)."""
    me = context.actor.id
    mine = {page.outcome for page in incident.pages_now if page.person == me}
    if not mine:
        return nothing_asked(incident)
    if mine == {PageOutcome.PASSED_ON}:
        return passed_on_already(incident)
    passed = e.PagePassedOn(at=context.now, by=me)
    freed = give_back(c.GiveBackCommand(), incident, context)
    seat = () if isinstance(freed, Refused) else freed
    return (passed, *seat, *next_page(incident, context, instead_of=me))


def escalate(command: c.Escalate, incident: Incident, context: Context) -> Decision:
    """Return somebody called in: the person named, else the first contact of policy who was not called yet (P3)."""
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    contact, person = ("", command.person) if command.person else _next_step(incident, context)
    if person is None:
        return everyone_called(incident)
    return (e.Escalated(at=context.now, by=context.actor.id, person=person, contact=contact, why=command.why),)


def _next_step(incident: Incident, context: Context) -> tuple[str, str | None]:
    called = tuple(call.person for call in incident.calls)
    reached = (context.actor.id, incident.commander, *called)
    return next_step(incident, context, reached=reached, above=called) or ("", None)


def answer_call(_: c.AnswerCall, incident: Incident, context: Context) -> Decision:
    """Return the call answered."""
    waiting = {call.person for call in incident.calls if call.answered_at is None}
    if context.actor.id not in waiting:
        return nothing_asked(incident)
    return (e.CallAnswered(at=context.now, by=context.actor.id),)


def mitigate(command: c.Mitigate, incident: Incident, context: Context) -> Decision:
    """Return the harm stopped; an acknowledgement still missing is recorded at the same moment."""
    if word_count(command.words) < MIN_TITLE:
        return say_what(MIN_TITLE, what="what stopped the harm")
    done = e.Mitigated(at=context.now, by=context.actor.id, words=command.words, still=command.still)
    return (*_acknowledged(incident, context), done)


def resolve(command: c.Resolve, incident: Incident, context: Context) -> Decision:
    """Return the end; milestones still missing are recorded at the same moment."""
    if word_count(command.words) < MIN_TITLE:
        return say_what(MIN_TITLE, what="what fixed it")
    by, now = context.actor.id, context.now
    between: tuple[e.Event, ...] = ()
    if incident.mitigated is None:
        between = (e.Mitigated(at=now, by=by, words=command.words, still=""),)
    resolved = e.Resolved(
        at=now, by=by, words=command.words, affected=command.affected, facilitator=command.facilitator
    )
    return (*_acknowledged(incident, context), *between, resolved)


def cancel(command: c.Cancel, incident: Incident, context: Context) -> Decision:
    """Return the incident called off."""
    if word_count(command.why) < MIN_REASON:
        return REASON_TOO_THIN
    reason = CancelReason.TEST if incident.is_test else command.reason
    return (e.Cancelled(at=context.now, by=context.actor.id, reason=reason, words=command.why),)


def record_channel(command: c.RecordChannel, incident: Incident, context: Context) -> Decision:
    """Return the channel known; hearing of it twice changes nothing."""
    if incident.channel:
        return ()
    return (e.ChannelOpened(at=context.now, by=context.actor.id, channel=command.channel, name=command.name),)


def record_no_channel(command: c.RecordNoChannel, incident: Incident, context: Context) -> Decision:
    """Return the refusal of a channel known; hearing of it twice changes nothing."""
    if incident.channel_refused:
        return ()
    return (e.ChannelRefused(at=context.now, by=context.actor.id, error=command.error),)
