"""Commands: what people, the clock and Tocsin itself ask of an incident."""

from bot.incident.commands.confirming import ConfirmSeverity
from bot.incident.commands.excepting import ApproveException, AskException, DeclineException, EndException
from bot.incident.commands.handover import AcceptCommand, DeclineCommand, OfferCommand, WithdrawOffer
from bot.incident.commands.housing import Host
from bot.incident.commands.paging import PagePerson, RecordPageFailing
from bot.incident.commands.people import Follow, GiveBackRole, GiveRole, Invite, Join, TakeRole, Unfollow
from bot.incident.commands.recording import (
    RecordChannel,
    RecordDoNotDisturb,
    RecordNoChannel,
    RecordUndeliverable,
    RunTimers,
)
from bot.incident.commands.responding import (
    Acknowledge,
    AnswerCall,
    Cancel,
    Declare,
    Escalate,
    GiveBackCommand,
    Mitigate,
    NameCommander,
    PassOnPage,
    Resolve,
    TakeCommand,
)
from bot.incident.commands.seeing import Classify, EndAccess, GrantAccess
from bot.incident.commands.sharing import (
    KeepWithholding,
    MoveInside,
    RecordChannelId,
    RecordReach,
    RecordShared,
    RecordUnshared,
)
from bot.incident.commands.spooling import Spooled
from bot.incident.commands.staffing import RecordDeparture
from bot.incident.commands.suggesting import (
    LeaveSeverity,
    PostSuggested,
    SendToCommander,
    SuggestSeverity,
    TakeAndPost,
)
from bot.incident.commands.times import SetTimes
from bot.incident.commands.turns import ChangeSeverity, Close, Merge, Reopen, Retitle, TakeIn
from bot.incident.commands.types import FinishPhase, SetType
from bot.incident.commands.updates import AddNote, PostNoChange, PostUpdate, SnoozeUpdates, WithdrawNote

Command = (
    Declare
    | Acknowledge
    | TakeCommand
    | NameCommander
    | GiveBackCommand
    | OfferCommand
    | AcceptCommand
    | DeclineCommand
    | WithdrawOffer
    | PassOnPage
    | PostUpdate
    | PostNoChange
    | SnoozeUpdates
    | AddNote
    | WithdrawNote
    | Escalate
    | AnswerCall
    | Mitigate
    | Resolve
    | Cancel
    | ChangeSeverity
    | Reopen
    | Retitle
    | Close
    | Merge
    | TakeIn
    | TakeRole
    | GiveRole
    | GiveBackRole
    | Join
    | Invite
    | Follow
    | Unfollow
    | SetTimes
    | RunTimers
    | RecordChannel
    | RecordNoChannel
    | RecordUndeliverable
    | RecordDoNotDisturb
    | SendToCommander
    | PostSuggested
    | TakeAndPost
    | SuggestSeverity
    | LeaveSeverity
    | Classify
    | GrantAccess
    | EndAccess
    | ConfirmSeverity
    | SetType
    | FinishPhase
    | RecordDeparture
    | PagePerson
    | RecordPageFailing
    | AskException
    | ApproveException
    | DeclineException
    | EndException
    | RecordShared
    | RecordUnshared
    | RecordReach
    | RecordChannelId
    | MoveInside
    | KeepWithholding
)

__all__ = [
    "AcceptCommand",
    "Acknowledge",
    "AddNote",
    "AnswerCall",
    "ApproveException",
    "AskException",
    "Cancel",
    "ChangeSeverity",
    "Classify",
    "Close",
    "Command",
    "ConfirmSeverity",
    "Declare",
    "DeclineCommand",
    "DeclineException",
    "EndAccess",
    "EndException",
    "Escalate",
    "FinishPhase",
    "Follow",
    "GiveBackCommand",
    "GiveBackRole",
    "GiveRole",
    "GrantAccess",
    "Host",
    "Invite",
    "Join",
    "KeepWithholding",
    "LeaveSeverity",
    "Merge",
    "Mitigate",
    "MoveInside",
    "NameCommander",
    "OfferCommand",
    "PagePerson",
    "PassOnPage",
    "PostNoChange",
    "PostSuggested",
    "PostUpdate",
    "RecordChannel",
    "RecordChannelId",
    "RecordDeparture",
    "RecordDoNotDisturb",
    "RecordNoChannel",
    "RecordPageFailing",
    "RecordReach",
    "RecordShared",
    "RecordUndeliverable",
    "RecordUnshared",
    "Reopen",
    "Resolve",
    "Retitle",
    "RunTimers",
    "SendToCommander",
    "SetTimes",
    "SetType",
    "SnoozeUpdates",
    "Spooled",
    "SuggestSeverity",
    "TakeAndPost",
    "TakeCommand",
    "TakeIn",
    "TakeRole",
    "Unfollow",
    "WithdrawNote",
    "WithdrawOffer",
]
