"""What a button asks for: its act, and the words kept for it in our own rows, become a command."""

from collections.abc import Callable, Mapping

from bot.incident import commands as c
from bot.ports import Handle
from bot.usecases.excepting import number_of
from bot.words import Act, Severity


def command_of(handle: Handle) -> c.Command:
    """Return the command that pressing `handle` asks for; KeyError for an act that opens or shows something."""
    return _COMMANDS[handle.act](handle)


def _word(handle: Handle, name: str) -> str:
    return str(handle.words.get(name) or "")


def _number(handle: Handle, name: str) -> int | None:
    found = handle.words.get(name)
    return int(str(found)) if found is not None else None


def _severity(handle: Handle, name: str = "severity") -> Severity:
    return Severity(_word(handle, name))


def _declare(handle: Handle) -> c.Command:
    return c.Declare(
        title=_word(handle, "title"),
        description=_word(handle, "description"),
        severity=_severity(handle) if _word(handle, "severity") else None,
        commander=_word(handle, "commander") or None,
        is_test=bool(handle.words.get("is_test")),
    )


def _merge(handle: Handle) -> c.Command:
    return c.Merge(into=_number(handle, "into") or 0, confirmed=True, people=_number(handle, "people"))


def _take_and_post(handle: Handle) -> c.Command:
    now = _word(handle, "now") or _word(handle, "kept")
    return c.TakeAndPost(now=now, affected=_word(handle, "affected"), next=_word(handle, "next"))


def _change_to(handle: Handle) -> c.Command:
    return c.ChangeSeverity(severity=_severity(handle), why=_word(handle, "why"), was=_severity(handle, "was"))


_COMMANDS: Mapping[Act, Callable[[Handle], c.Command]] = {
    Act.ACKNOWLEDGE: lambda _: c.Acknowledge(),
    Act.CONFIRM_SEVERITY: lambda _: c.ConfirmSeverity(),
    Act.TAKE_COMMAND: lambda handle: c.TakeCommand(over=handle.quoted or None),
    Act.GIVE_BACK: lambda _: c.GiveBackCommand(),
    Act.PASS_ON: lambda _: c.PassOnPage(),
    Act.NO_CHANGE: lambda _: c.PostNoChange(),
    Act.ON_IT: lambda _: c.AnswerCall(),
    Act.CLOSE: lambda _: c.Close(),
    Act.ACCEPT: lambda _: c.AcceptCommand(),
    Act.DECLINE: lambda _: c.DeclineCommand(),
    Act.WITHDRAW_OFFER: lambda _: c.WithdrawOffer(),
    Act.FOLLOW: lambda _: c.Follow(),
    Act.UNFOLLOW: lambda _: c.Unfollow(),
    Act.UNDO_NOTE: lambda handle: c.WithdrawNote(note=_number(handle, "note") or 0, author=handle.person),
    Act.MERGE: _merge,
    Act.DECLARE_AGAIN: _declare,
    Act.DECLARE_APART: _declare,
    Act.SEND_TO_COMMANDER: lambda handle: c.SendToCommander(words=_word(handle, "kept")),
    Act.POST_SUGGESTED: lambda handle: c.PostSuggested(now=_word(handle, "now")),
    Act.TAKE_AND_POST: _take_and_post,
    Act.SUGGEST_SEVERITY: lambda handle: c.SuggestSeverity(severity=_severity(handle), why=_word(handle, "why")),
    Act.CHANGE_TO: _change_to,
    Act.SET_TYPE: lambda handle: c.SetType(type=_word(handle, "type")),
    Act.APPROVE_EXCEPTION: lambda handle: c.ApproveException(number=number_of(handle)),
    Act.MOVE_INSIDE: lambda _: c.MoveInside(),
    Act.KEEP_WITHHOLDING: lambda _: c.KeepWithholding(),
    Act.LEAVE_SEVERITY: lambda handle: c.LeaveSeverity(person=_word(handle, "by")),
}
"""The command each act asks for; acts that open a form or show something are not among them."""
