"""Rights: what somebody has to be allowed for each command, which for some depends on how the incident stands."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.model import Incident
from bot.incident.sight import people_in
from bot.words import Role


class Right(StrEnum):
    """What can be allowed or denied; `TAKE_PART` is what every member may, `OWN` what is theirs alone to do.

    `GO_ALONG` follows from something that was allowed, `KEEP` is the clock's and Tocsin's.
    """

    DECLARE = "declare"
    CONFIRM = "confirm"
    ACKNOWLEDGE = "acknowledge"
    TAKE_COMMAND = "take_command"
    TAKE_OVER = "take_over"
    NAME_COMMANDER = "name_commander"
    COMMAND = "command"
    UPDATE = "update"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"
    RAISE = "raise"
    LOWER = "lower"
    CANCEL = "cancel"
    MERGE = "merge"
    CLOSE = "close"
    RETITLE = "retitle"
    CLASSIFY = "classify"
    LET_IN = "let_in"
    END_ACCESS = "end_access"
    INVITE_INTO_PRIVATE = "invite_into_private"
    GIVE_ROLE = "give_role"
    TAKE_GUARDED_ROLE = "take_guarded_role"
    TAKE_HELD_ROLE = "take_held_role"
    ASK_EXCEPTION = "ask_exception"
    ANSWER_EXCEPTION = "answer_exception"
    END_EXCEPTION = "end_exception"
    MOVE_ROOM = "move_room"
    PAGE_INTO_PRIVATE = "page_into_private"
    SET_TYPE = "set_type"
    FINISH_PHASE = "finish_phase"
    TAKE_PART = "take_part"
    OWN = "own"
    GO_ALONG = "go_along"
    KEEP = "keep"


def right_of(command: c.Command, incident: Incident, context: Context) -> Right:
    """Return what `command` has to be allowed; one that has no entry is no person's to ask for."""
    depends = DEPENDS.get(type(command))
    return depends(command, incident, context) if depends else RIGHTS.get(type(command), Right.KEEP)


def _command(_: c.TakeCommand, incident: Incident, context: Context) -> Right:
    if incident.commander == context.actor.id:
        return Right.OWN
    return Right.TAKE_OVER if incident.commander_answered else Right.TAKE_COMMAND


def _named(command: c.NameCommander, incident: Incident, context: Context) -> Right:
    if command.person == context.actor.id:
        return _command(c.TakeCommand(), incident, context)
    return Right.OWN if incident.commander == context.actor.id else Right.NAME_COMMANDER


def _severity(command: c.ChangeSeverity, incident: Incident, _: Context) -> Right:
    return Right.RAISE if command.severity.rank < incident.severity.rank else Right.LOWER


def _take_role(command: c.TakeRole, incident: Incident, context: Context) -> Right:
    if command.role is Role.COMMANDER:
        return _command(c.TakeCommand(), incident, context)
    holder = incident.holder(command.role)
    if holder == context.actor.id:
        return Right.OWN
    if holder:
        return Right.TAKE_HELD_ROLE
    return Right.TAKE_PART if context.policy.anyone_may_take(command.role) else Right.TAKE_GUARDED_ROLE


def _give_role(command: c.GiveRole, incident: Incident, context: Context) -> Right:
    if command.role is Role.COMMANDER:
        return _named(c.NameCommander(person=command.person), incident, context)
    if command.person == context.actor.id:
        return _take_role(c.TakeRole(role=command.role), incident, context)
    return Right.GIVE_ROLE


def _take_and_post(_: c.TakeAndPost, incident: Incident, __: Context) -> Right:
    return Right.UPDATE if incident.commander else Right.TAKE_COMMAND


def _end_access(command: c.EndAccess, _: Incident, context: Context) -> Right:
    return Right.OWN if command.person == context.actor.id else Right.END_ACCESS


def _invite(_: c.Invite, incident: Incident, __: Context) -> Right:
    return Right.INVITE_INTO_PRIVATE if incident.is_private else Right.TAKE_PART


def _page(command: c.PagePerson, incident: Incident, _: Context) -> Right:
    is_new = incident.is_private and command.person not in people_in(incident)
    return Right.PAGE_INTO_PRIVATE if is_new else Right.TAKE_PART


DEPENDS: Mapping[type[c.Command], Callable[[Any, Incident, Context], Right]] = {
    c.TakeCommand: _command,
    c.NameCommander: _named,
    c.ChangeSeverity: _severity,
    c.TakeRole: _take_role,
    c.GiveRole: _give_role,
    c.TakeAndPost: _take_and_post,
    c.EndAccess: _end_access,
    c.Invite: _invite,
    c.PagePerson: _page,
}
"""Commands whose right depends on how the incident stands, or on who asks."""

RIGHTS: Mapping[type[c.Command], Right] = {
    c.Declare: Right.DECLARE,
    c.ConfirmSeverity: Right.CONFIRM,
    c.Acknowledge: Right.ACKNOWLEDGE,
    c.PostUpdate: Right.UPDATE,
    c.PostNoChange: Right.UPDATE,
    c.SnoozeUpdates: Right.UPDATE,
    c.PostSuggested: Right.UPDATE,
    c.Mitigate: Right.MITIGATE,
    c.Resolve: Right.RESOLVE,
    c.Cancel: Right.CANCEL,
    c.Merge: Right.MERGE,
    c.Close: Right.CLOSE,
    c.Retitle: Right.RETITLE,
    c.Classify: Right.CLASSIFY,
    c.GrantAccess: Right.LET_IN,
    c.LeaveSeverity: Right.LOWER,
    c.AskException: Right.ASK_EXCEPTION,
    c.ApproveException: Right.ANSWER_EXCEPTION,
    c.DeclineException: Right.ANSWER_EXCEPTION,
    c.EndException: Right.END_EXCEPTION,
    c.MoveInside: Right.MOVE_ROOM,
    c.KeepWithholding: Right.MOVE_ROOM,
    c.SetType: Right.SET_TYPE,
    c.FinishPhase: Right.FINISH_PHASE,
    **dict.fromkeys(
        (
            *(c.Escalate, c.AddNote, c.Reopen, c.SetTimes, c.Join, c.Follow),
            *(c.SendToCommander, c.SuggestSeverity),
        ),
        Right.TAKE_PART,
    ),
    **dict.fromkeys(
        (
            *(c.OfferCommand, c.AcceptCommand, c.DeclineCommand, c.WithdrawOffer, c.GiveBackCommand, c.GiveBackRole),
            *(c.PassOnPage, c.AnswerCall, c.WithdrawNote, c.Unfollow),
        ),
        Right.OWN,
    ),
    c.TakeIn: Right.GO_ALONG,
    **dict.fromkeys(
        (
            *(c.RunTimers, c.RecordChannel, c.RecordNoChannel, c.RecordUndeliverable, c.RecordDoNotDisturb),
            *(c.RecordDeparture, c.RecordPageFailing, c.RecordShared, c.RecordUnshared),
            *(c.RecordReach, c.RecordChannelId),
        ),
        Right.KEEP,
    ),
}
"""The right behind each command that needs the same one however the incident stands."""
