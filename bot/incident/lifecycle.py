"""The lifecycle as one table: which command an incident takes in which status."""

from collections.abc import Mapping

from bot.incident import commands as c
from bot.words import OPEN, Status

EVERY = frozenset(Status)
DECLARED_OR_ACKNOWLEDGED = frozenset({Status.DECLARED, Status.ACKNOWLEDGED})

ALLOWED_IN: Mapping[type[c.Command], frozenset[Status]] = {
    c.Acknowledge: frozenset({Status.DECLARED}),
    c.TakeCommand: OPEN,
    c.NameCommander: OPEN,
    c.GiveBackCommand: OPEN,
    c.OfferCommand: OPEN,
    c.AcceptCommand: OPEN,
    c.DeclineCommand: OPEN,
    c.WithdrawOffer: OPEN,
    c.PassOnPage: frozenset({Status.DECLARED}),
    c.PostUpdate: OPEN,
    c.PostNoChange: OPEN,
    c.SnoozeUpdates: OPEN,
    c.AddNote: EVERY,
    c.WithdrawNote: EVERY,
    c.Escalate: OPEN,
    c.AnswerCall: OPEN,
    c.Mitigate: DECLARED_OR_ACKNOWLEDGED,
    c.Resolve: OPEN,
    c.Cancel: DECLARED_OR_ACKNOWLEDGED,
    c.ChangeSeverity: OPEN,
    c.Reopen: frozenset({Status.RESOLVED, Status.CLOSED, Status.CANCELLED}),
    c.Retitle: OPEN | {Status.RESOLVED},
    c.Close: frozenset({Status.RESOLVED}),
    c.Merge: OPEN,
    c.TakeIn: OPEN,
    c.TakeRole: OPEN,
    c.GiveRole: OPEN,
    c.GiveBackRole: OPEN,
    c.Join: EVERY,
    c.Invite: EVERY,
    c.Follow: EVERY - {Status.CLOSED, Status.MERGED},
    c.Unfollow: EVERY,
    c.SendToCommander: OPEN,
    c.PostSuggested: OPEN,
    c.TakeAndPost: OPEN,
    c.SuggestSeverity: OPEN,
    c.LeaveSeverity: OPEN,
    c.SetTimes: EVERY,
    c.Classify: EVERY - {Status.MERGED},
    c.GrantAccess: EVERY,
    c.EndAccess: EVERY,
    c.ConfirmSeverity: OPEN,
    c.SetType: OPEN,
    c.FinishPhase: OPEN | {Status.RESOLVED},
    c.PagePerson: OPEN,
    c.RecordPageFailing: EVERY,
    c.AskException: OPEN | {Status.RESOLVED},
    c.ApproveException: OPEN | {Status.RESOLVED},
    c.DeclineException: EVERY,
    c.EndException: EVERY,
    c.MoveInside: EVERY - {Status.MERGED},
    c.KeepWithholding: EVERY,
    c.RecordShared: EVERY,
    c.RecordUnshared: EVERY,
    c.RecordReach: EVERY,
    c.RecordChannelId: EVERY,
    c.RunTimers: EVERY,
    c.RecordChannel: EVERY,
    c.RecordNoChannel: EVERY,
    c.RecordUndeliverable: EVERY,
    c.RecordDoNotDisturb: EVERY,
    c.RecordDeparture: EVERY,
}
"""`Declare` is not in it: it begins an incident. Mitigating or resolving straight from declared or acknowledged
records the milestones in between at the same moment."""


def allows(command: c.Command, status: Status) -> bool:
    """Return whether an incident in `status` takes `command`."""
    return status in ALLOWED_IN[type(command)]
