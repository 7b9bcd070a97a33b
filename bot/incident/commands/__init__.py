"""Commands: what people, the clock and Tocsin itself ask of an incident."""

from bot.incident.commands.housing import Host
from bot.incident.commands.people import GiveBackRole, GiveRole, Invite, Join, TakeRole
from bot.incident.commands.recording import RecordChannel, RecordNoChannel, RecordUndeliverable, RunTimers
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
from bot.incident.commands.times import SetTimes
from bot.incident.commands.turns import ChangeSeverity, Close, Merge, Reopen, Retitle, TakeIn
from bot.incident.commands.updates import AddNote, PostNoChange, PostUpdate, SnoozeUpdates, WithdrawNote

Command = (
    Declare
    | Acknowledge
    | TakeCommand
    | NameCommander
    | GiveBackCommand
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
    | SetTimes
    | RunTimers
    | RecordChannel
    | RecordNoChannel
    | RecordUndeliverable
)

__all__ = [
    "Acknowledge",
    "AddNote",
    "AnswerCall",
    "Cancel",
    "ChangeSeverity",
    "Close",
    "Command",
    "Declare",
    "Escalate",
    "GiveBackCommand",
    "GiveBackRole",
    "GiveRole",
    "Host",
    "Invite",
    "Join",
    "Merge",
    "Mitigate",
    "NameCommander",
    "PassOnPage",
    "PostNoChange",
    "PostUpdate",
    "RecordChannel",
    "RecordNoChannel",
    "RecordUndeliverable",
    "Reopen",
    "Resolve",
    "Retitle",
    "RunTimers",
    "SetTimes",
    "SnoozeUpdates",
    "TakeCommand",
    "TakeIn",
    "TakeRole",
    "WithdrawNote",
]
