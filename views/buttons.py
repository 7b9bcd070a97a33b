"""Buttons: one for each act, each carrying an opaque handle and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.incident.reading.picture import Picture
from bot.words import Act
from views import kit
from views.kit import Block

LABELS: Mapping[Act, str] = {
    Act.ACKNOWLEDGE: "Acknowledge",
    Act.TAKE_COMMAND: "Take command",
    Act.GIVE_BACK: "I can't",
    Act.PASS_ON: "I can't take it",
    Act.HAND_OVER: "Hand over",
    Act.ACCEPT: "Accept command",
    Act.DECLINE: "Decline",
    Act.WITHDRAW_OFFER: "Withdraw offer",
    Act.ANSWER_OFFER: "Answer",
    Act.POST_UPDATE: "Post update",
    Act.NO_CHANGE: "No change",
    Act.SNOOZE: "Snooze",
    Act.ESCALATE: "Escalate",
    Act.ON_IT: "I'm on it",
    Act.MITIGATE: "Mitigated",
    Act.RESOLVE: "Resolved",
    Act.CANCEL: "Cancel incident",
    Act.CHANGE_SEVERITY: "Change severity",
    Act.REOPEN: "Reopen",
    Act.CLOSE: "Close",
    Act.MERGE: "Merge",
    Act.DECLARE: "Declare an incident",
    Act.DECLARE_AGAIN: "Declare another one",
    Act.DECLARE_APART: "Declare it separately",
    Act.HELP: "Help",
    Act.TIMELINE: "Timeline",
    Act.OLDER: "Older",
    Act.NEWER: "Newer",
    Act.AS_FILE: "As a file",
    Act.SUMMARY: "Summary",
    Act.EARLIER_UPDATES: "Earlier updates",
    Act.NEXT_LISTED: "Next 6",
    Act.PREVIOUS_LISTED: "Previous 6",
    Act.NOTE: "Note",
    Act.UNDO_NOTE: "Undo",
    Act.TAKE_ROLE: "Take a role",
    Act.GIVE_ROLE: "Give a role",
    Act.ADOPT_POLICY: "Adopt",
    Act.KEEP_POLICY: "Keep the present one",
    Act.FOLLOW: "Follow",
    Act.UNFOLLOW: "Unfollow",
    Act.TEST_PAGE: "Test my page",
    Act.REACHED: "It reached me",
    Act.SEND_TO_COMMANDER: "Send to commander",
    Act.POST_SUGGESTED: "Post as update",
    Act.TAKE_AND_POST: "Take command and post",
    Act.SUGGEST_SEVERITY: "Suggest a severity",
    Act.CHANGE_TO: "Change to it",
    Act.LEAVE_SEVERITY: "Leave it",
    Act.ROLES: "Roles",
    Act.PANEL: "Everything else",
    Act.TIMES: "Times",
    Act.LIST: "All incidents",
    Act.CLASSIFY: "Classify",
    Act.CONFIRM_SEVERITY: "Confirm",
    Act.SHOW_TYPE: "Show it",
    Act.SET_TYPE: "Set type",
    Act.PAGE_PERSON: "Page someone",
    Act.EXCEPTION: "Ask for an exception",
    Act.APPROVE_EXCEPTION: "Approve",
    Act.DECLINE_EXCEPTION: "Decline, say why",
    Act.MISSED_CLOCKS: "Missed clocks",
    Act.EXCEPTIONS: "Exceptions",
    Act.DENIED_ACTS: "Denied acts",
    Act.MOVE_INSIDE: "Make internal channel",
    Act.KEEP_WITHHOLDING: "Keep withholding",
}
_IN_FULL = {Act.HAND_OVER: "Hand over command"}
"""Labels behind the three dots, where no row around them says what they are about."""
ENDING = frozenset({Act.CANCEL})
"""Acts whose button is red; a severity never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a confirm dialog says before a press counts: title ≤ 60, text ≤ 250, answers ≤ 24 characters."""

    title: str
    text: str
    yes: str
    no: str


def action_id(act: Act) -> str:
    """Return the id that Slack sends back when a button for `act` is pressed."""
    return f"act.{act}"


MORE = "act.more"
"""The id of the three dots; which act was chosen is in its option."""

ACTION_IDS: Mapping[str, Act] = {action_id(act): act for act in Act}


def button(
    act: Act,
    picture: Picture | None,
    handles: Mapping[Act, str],
    *,
    primary: bool = False,
    label: str = "",
    ask: Ask | None = None,
) -> Block | None:
    """Return the button for `act`, or None when no handle was minted for it.

    A press that would relieve a commander asks first.
    """
    if act not in handles:
        return None
    words = label or _label(act, picture)
    ref = f" {picture.incident.ref}" if picture and picture.incident.ref not in words else ""
    drawn: Block = {
        "type": "button",
        "action_id": action_id(act),
        "text": kit.plain(words),
        "value": handles[act],
        "accessibility_label": f"{words}{ref}",
    }
    asked = ask or _asks(act, picture)
    return {**drawn, **_style(act, primary=primary), **({"confirm": _dialog(asked)} if asked else {})}


def _label(act: Act, picture: Picture | None) -> str:
    """Return what the button says; what is confirmed is the severity as it stands."""
    if act is Act.CONFIRM_SEVERITY and picture:
        return f"Confirm {picture.incident.severity.label}"
    return LABELS[act]


def _style(act: Act, *, primary: bool) -> Block:
    if act in ENDING:
        return {"style": "danger"}
    return {"style": "primary"} if primary else {}


def _asks(act: Act, picture: Picture | None) -> Ask | None:
    if act is Act.CLOSE and picture:
        return Ask(
            title=f"Close {picture.incident.ref}?",
            text="Its record is sealed. If it is back, it can be reopened.",
            yes="Close it",
            no="Not yet",
        )
    if act is not Act.TAKE_COMMAND or picture is None or not picture.incident.commander_answered:
        return None
    name = kit.clean_name(picture.name(picture.incident.commander))
    return Ask(
        title=f"Take command of {picture.incident.ref}?",
        text=f"{name} commands. Take over now? {name.split()[0]} is told at once.",
        yes="Take over",
        no="Leave it",
    )


def _dialog(ask: Ask) -> Block:
    return {
        "title": kit.plain(ask.title),
        "text": kit.plain(ask.text),
        "confirm": kit.plain(ask.yes),
        "deny": kit.plain(ask.no),
    }


def row(
    picture: Picture | None,
    handles: Mapping[Act, str],
    *acts: Act,
    primary: bool = True,
    labels: Mapping[Act, str] | None = None,
    asks: Mapping[Act, Ask] | None = None,
    more: Iterable[Act] = (),
) -> list[Block]:
    """Return a row with the acts that have handles, the first of them primary; no block when there are none.

    Acts in `more` stand behind three dots at its end.
    """
    drawn = [
        button(
            act,
            picture,
            handles,
            primary=primary and act is acts[0],
            label=(labels or {}).get(act, ""),
            ask=(asks or {}).get(act),
        )
        for act in dict.fromkeys(acts)
    ]
    return kit.actions(one for one in (*drawn, overflow(handles, more)) if one)


def overflow(handles: Mapping[Act, str], acts: Iterable[Act]) -> Block | None:
    """Return the three dots with the acts that have handles, or None when none has; at most 5 (a Slack limit)."""
    options = [
        {"text": kit.plain(_IN_FULL.get(act, LABELS[act])), "value": handles[act]} for act in acts if act in handles
    ]
    return {"type": "overflow", "action_id": MORE, "options": options} if options else None
