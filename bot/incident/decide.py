"""Deciding: an incident, a command, a policy and a moment give events, or a refusal in a sentence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.incident import commands as c
from bot.incident.authority.denying import refuse_command
from bot.incident.context import Context
from bot.incident.decision import LONGEST_FIELD, LONGEST_NOTE, LONGEST_REASON, Decision
from bot.incident.history import events as e
from bot.incident.history.apply import applied
from bot.incident.kept import kept_words
from bot.incident.lifecycle import allows
from bot.incident.model import Incident
from bot.incident.refusing.refusals import Refused, cannot_cancel, milestone, too_long, wrong_status
from bot.incident.refusing.seat_refusals import acknowledged_already, lost_race
from bot.incident.refusing.turn_refusals import refuse_turn
from bot.incident.rules import (
    asking,
    classifying,
    closing,
    confirming,
    disturbing,
    excepting,
    following,
    granting,
    handover,
    merging,
    notes,
    paging_on,
    reopening,
    respond,
    retitling,
    roles,
    severity,
    sharing,
    staffing,
    suggestions,
    times,
    types,
    unrest,
    updates,
)
from bot.incident.rules.declare import decide_declare
from bot.incident.rules.ladder import overdue, run_timers
from bot.words import Status

RESPONSES: dict[type[c.Command], Callable[[Any, Incident, Context], Decision]] = {
    c.Acknowledge: respond.acknowledge,
    c.TakeCommand: respond.take_command,
    c.NameCommander: respond.name_commander,
    c.GiveBackCommand: respond.give_back,
    c.OfferCommand: handover.offer_command,
    c.AcceptCommand: handover.accept_command,
    c.DeclineCommand: handover.decline_command,
    c.WithdrawOffer: handover.withdraw_offer,
    c.PassOnPage: respond.pass_on,
    c.PostUpdate: updates.post_update,
    c.PostNoChange: updates.post_no_change,
    c.SnoozeUpdates: updates.snooze_updates,
    c.AddNote: notes.add_note,
    c.WithdrawNote: notes.withdraw_note,
    c.Escalate: respond.escalate,
    c.AnswerCall: respond.answer_call,
    c.Mitigate: respond.mitigate,
    c.Resolve: respond.resolve,
    c.Cancel: respond.cancel,
    c.ChangeSeverity: severity.change_severity,
    c.Reopen: reopening.reopen,
    c.Retitle: retitling.retitle,
    c.Close: closing.close,
    c.Merge: merging.merge,
    c.TakeIn: merging.take_in,
    c.TakeRole: roles.take_role,
    c.GiveRole: roles.give_role,
    c.GiveBackRole: roles.give_back_role,
    c.Join: roles.join,
    c.Invite: roles.invite,
    c.Follow: following.follow,
    c.Unfollow: following.unfollow,
    c.SendToCommander: suggestions.send_to_commander,
    c.PostSuggested: suggestions.post_suggested,
    c.TakeAndPost: suggestions.take_and_post,
    c.SuggestSeverity: suggestions.suggest_severity,
    c.LeaveSeverity: suggestions.leave_severity,
    c.Classify: classifying.classify,
    c.GrantAccess: granting.grant_access,
    c.EndAccess: granting.end_access,
    c.ConfirmSeverity: confirming.confirm_severity,
    c.PagePerson: asking.page_person,
    c.RecordPageFailing: paging_on.record_page_failing,
    c.AskException: excepting.ask_exception,
    c.ApproveException: excepting.approve_exception,
    c.DeclineException: excepting.decline_exception,
    c.EndException: excepting.end_exception,
    c.SetTimes: times.set_times,
    c.SetType: types.set_type,
    c.FinishPhase: types.finish_phase,
    c.RecordShared: sharing.record_shared,
    c.RecordUnshared: sharing.record_unshared,
    c.RecordReach: sharing.record_reach,
    c.RecordChannelId: sharing.record_channel_id,
    c.MoveInside: sharing.move_inside,
    c.KeepWithholding: sharing.keep_withholding,
    c.RunTimers: run_timers,
    c.RecordChannel: respond.record_channel,
    c.RecordNoChannel: respond.record_no_channel,
    c.RecordUndeliverable: paging_on.record_undeliverable,
    c.RecordDoNotDisturb: disturbing.record_do_not_disturb,
    c.RecordDeparture: staffing.record_departure,
}

_CANNOT_BE: dict[type[c.Command], str] = {
    c.TakeCommand: "commanded",
    c.NameCommander: "commanded",
    c.GiveBackCommand: "handed back",
    c.OfferCommand: "handed over",
    c.AcceptCommand: "handed over",
    c.DeclineCommand: "handed over",
    c.WithdrawOffer: "handed over",
    c.PostUpdate: "updated",
    c.PostNoChange: "updated",
    c.SnoozeUpdates: "snoozed",
    c.Escalate: "escalated",
    c.Mitigate: "mitigated",
    c.Resolve: "resolved",
    c.Cancel: "cancelled",
    c.ChangeSeverity: "given another severity",
    c.Retitle: "retitled",
    c.Merge: "merged",
    c.Classify: "classified",
    c.MoveInside: "moved",
    c.Follow: "followed",
    c.TakeRole: "given roles",
    c.GiveRole: "given roles",
    c.GiveBackRole: "given roles",
    c.SendToCommander: "updated",
    c.PostSuggested: "updated",
    c.TakeAndPost: "updated",
    c.SuggestSeverity: "given another severity",
    c.ConfirmSeverity: "confirmed",
    c.SetType: "given another type",
    c.PagePerson: "paged for",
    c.AskException: "given an exception",
    c.ApproveException: "given an exception",
}

_LONGEST = {"why": LONGEST_REASON} | dict.fromkeys(
    ("now", "affected", "next", "words", "still", "brief", "watch"), LONGEST_FIELD
)
"""The most characters each part of a command may have."""

_ANSWERS = (
    *(c.Acknowledge, c.PostUpdate, c.PostNoChange, c.PostSuggested, c.SnoozeUpdates),
    *(c.Escalate, c.Mitigate, c.Resolve, c.OfferCommand),
)
"""Commands by which a named commander shows that they are there (G8.1), besides taking command."""


def decide(incident: Incident | None, command: c.Command, context: Context) -> Decision:
    """Return what happens when `command` is asked of `incident` (None only for `Declare`)."""
    decision = _decide(incident, command, context)
    if isinstance(decision, Refused) and not decision.kept:
        return replace(decision, kept=kept_words(command))
    return decision


def meant(command: c.Command, incident: Incident, context: Context) -> c.Command:
    """Return what `command` comes to: who is awaited or was offered command takes it by being there."""
    if isinstance(command, c.Acknowledge) and _is_awaited(incident, context):
        command = c.TakeCommand()
    if isinstance(command, c.TakeCommand) and handover.is_offered(incident, context):
        return c.AcceptCommand()
    return command


def _decide(incident: Incident | None, command: c.Command, context: Context) -> Decision:
    if isinstance(command, c.Declare):
        return decide_declare(command, context)
    if incident is None:
        message = f"{type(command).__name__} needs an incident"
        raise ValueError(message)
    command = meant(command, incident, context)
    refused = _refuse(incident, command, context)
    if refused:
        return refused
    late = () if isinstance(command, c.RunTimers) else overdue(incident, context)
    found, incident = incident, applied(incident, late)
    decision = RESPONSES[type(command)](command, incident, context)
    if isinstance(decision, Refused) or not decision:
        return decision
    answers = (*_answer(incident, command, decision, context), *asking.answered(incident, command, context))
    happened = (*following.dropped(incident, context), *decision, *answers)
    after = applied(incident, happened)
    told = (*handover.overtaken(after, context), *staffing.yielded(found, after, context))
    return (*late, *happened, *told, *unrest.noticed(after, context))


def _refuse(incident: Incident, command: c.Command, context: Context) -> Refused | None:
    """Return why not, before anything is decided: who may comes first, then how the incident stands."""
    denied = refuse_command(command, incident, context)
    if denied:
        return denied
    if not allows(command, incident.status):
        return refuse_status(incident, command, context)
    return _too_long(command)


def _too_long(command: c.Command) -> Refused | None:
    """Return why the words of `command` cannot be taken whole, or None; a title is cut instead, for it is an alarm."""
    for name, usual in _LONGEST.items():
        most = LONGEST_NOTE if isinstance(command, c.AddNote) else usual
        words = getattr(command, name, "")
        if isinstance(words, str) and len(words) > most:
            return too_long(most, has=len(words))
    return None


def _is_awaited(incident: Incident, context: Context) -> bool:
    """Return whether the named commander answers after somebody else acknowledged: to be there is to command."""
    late = incident.status is not Status.DECLARED and not incident.commander_answered
    return late and incident.commander == context.actor.id


def refuse_status(incident: Incident, command: c.Command, context: Context) -> Refused:
    """Return why an incident in this status does not take `command`."""
    if isinstance(command, c.Acknowledge) and incident.status is Status.ACKNOWLEDGED:
        mine = milestone(incident)[0] == context.actor.id
        return acknowledged_already(incident) if mine else lost_race(incident, now=context.now)
    if isinstance(command, c.Cancel) and incident.status is Status.MITIGATED:
        return cannot_cancel(incident)
    turned = refuse_turn(incident, command, now=context.now)
    if turned:
        return turned
    return wrong_status(incident, done=_CANNOT_BE.get(type(command), ""), now=context.now, kept=kept_words(command))


def _answer(
    incident: Incident, command: c.Command, decision: tuple[e.Event, ...], context: Context
) -> tuple[e.Event, ...]:
    seat = applied(incident, decision).seat
    if seat is None or seat.answered_at or seat.person != context.actor.id or not isinstance(command, _ANSWERS):
        return ()
    return (e.CommandTaken(at=context.now, by=context.actor.id),)
