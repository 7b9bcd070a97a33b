"""What is pictured, in the order in which it is lived through: one line for each act, and one for each picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

GENERAL = "/as/ada/c/general"
INC = "inc-1-checkout-returns-500s"
ROOM = f"/as/noor/c/{INC}"
DM = "/as/noor/dm/tocsin"
LEADERSHIP = "/as/lena/c/leadership"

LAST = "#talk .note:not(.system)"
CARD = "#talk .note.pinned"
FORM = "#layer dialog"
TALK = "#talk"
HOME = "form.home"
ASIDE = "#aside"
PAGE = "body"
REPLIES = ".replies a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something somebody does, as the sandbox's control API takes it."""

    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Time that passes, such as "15m"."""

    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture: its file's name, what it shows, the page's address, the part of it, and how it is looked at.

    `how` is "desk", "tall", "night" or "telephone"; `press` is the selector of what is pressed first.
    """

    name: str
    says: str
    path: str
    part: str = LAST
    how: str = "desk"
    press: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Somebody edits a file of the policy folder, which is read again at once."""

    file: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """So many steps of a scenario that is played."""

    name: str
    count: int


Line = Act | Wait | Shot | Edit | Steps
Life = tuple[Line, ...]


def act(who: str, do: str, **more: object) -> Act:
    """An act of somebody."""
    return Act(request={"as": who, "do": do, **more})


def types(who: str, words: str, channel: str = INC) -> Act:
    """Somebody types `/incident` and these words."""
    return act(who, "command", channel=channel, text=f"/incident {words}".strip())


def shot(name: str, says: str, path: str, part: str = LAST, **how: str) -> Shot:
    """A picture."""
    return Shot(name=name, says=says, path=path, part=part, **how)


def form(who: str, words: str, name: str, says: str) -> tuple[Line, ...]:
    """The form a bare verb opens in the incident's channel, pictured and closed again."""
    return (types(who, words), shot(name, says, f"/as/{who}/c/{INC}", FORM), act(who, "close"))


def answer(who: str, words: str, name: str, says: str) -> tuple[Line, ...]:
    """What somebody is told privately when they type this in the incident's channel."""
    return (types(who, words), shot(name, says, f"/as/{who}/c/{INC}"))


BEGINNING: Life = (
    shot("page-first-visit", "The sandbox's page on the first visit", GENERAL, PAGE),
    act("ada", "open_home"),
    shot("home-empty", "Home while nothing is open", "/as/ada/home", HOME),
    types("ada", "", "general"),
    shot("declare", "The form that declares", GENERAL, FORM, how="tall"),
    act("ada", "select", view=True, field="What is true right now?", value=["Confirmed loss of revenue"]),
    shot("declare-ticked", "The form, once something was ticked: it suggests a severity", GENERAL, FORM, how="tall"),
    act("ada", "close"),
    types("ada", "declare sev1 Checkout returns 500s", "general"),
    shot("declared", "What the declarer is told", GENERAL),
    shot("announcement", "In the incidents channel", "/as/ada/c/incidents"),
    shot("broadcast", "In the SEV-1 channel", "/as/ada/c/ml-incidents-sev1"),
    shot("page-dm", "The page, in the on-call's direct messages", DM),
    shot("card-declared", "The card, declared", ROOM, CARD),
    shot("page-dm-telephone", "The page on a telephone", DM, PAGE, how="telephone"),
    Wait(span="3m"),
    shot("ladder-soon", "Two clocks are due soon", ROOM),
    shot("page-again", "The secondary is paged", "/as/sam/dm/tocsin"),
    Wait(span="3m"),
    shot("ladder-missed", "Both were missed", ROOM),
)

LEADING: Life = (
    act("noor", "click", label="Acknowledge"),
    shot("acknowledged", "The primary acknowledges and commands", ROOM, TALK),
    shot("page-dm-answered", "The page, once it was answered", DM, TALK),
    shot("page-answered-by-another", "The secondary's page, once the primary answered", "/as/sam/dm/tocsin", TALK),
    shot("card-acknowledged", "The card, acknowledged", ROOM, CARD),
    *form("noor", "update", "update-form", "The form of a status update"),
    Wait(span="1m"),
    types("noor", "update EU card payments fail; rolling back the 13:50 deploy"),
    shot("update", "A status update", ROOM),
    shot("page-mid-incident", "The page in the middle of an incident", ROOM, PAGE),
    shot("page-mid-incident-night", "The same by night", ROOM, PAGE, how="night"),
    shot("page-mid-incident-telephone", "The same on a telephone", ROOM, PAGE, how="telephone"),
    shot("page-time-telephone", "The time machine on a telephone", f"{ROOM}?pane=time", PAGE, how="telephone"),
    shot("inspector-timers", "The inspector: timers", f"{ROOM}?show=timers", ASIDE),
    shot("inspector-outbox", "The inspector: what is owed to Slack", f"{ROOM}?show=outbox", ASIDE),
    shot("inspector-audit", "The inspector: the record, verified", f"{ROOM}?show=audit&verify=yes", ASIDE),
    shot("inspector-faults", "The inspector: faults on purpose", f"{ROOM}?show=faults", ASIDE),
    *form("noor", "escalate", "escalate-form", "The form that calls somebody else"),
    *form("noor", "mitigate", "mitigate-form", "The form of mitigation"),
    *form("noor", "resolve", "resolve-form", "The form of resolution"),
    *form("noor", "sev", "severity-form", "The form that changes the severity"),
    *form("noor", "cancel", "cancel-form", "The form that cancels"),
    *answer("noor", "", "panel", "The control panel: a bare /incident in the channel"),
    *answer("noor", "roles", "roles", "Who does what"),
    *answer("noor", "help", "help", "Every verb"),
    *answer("noor", "list", "list", "What is open"),
    *answer("noor", "timeline", "timeline", "The timeline"),
    act("noor", "click", label="As a file", channel=INC),
    shot("timeline-file", "The timeline as a file, by direct message", DM),
    *answer("noor", "summary", "summary", "The summary, in plain words"),
    *answer("noor", "mitgate", "refused-misspelt", "A misspelt verb"),
    *answer("ada", "update all is well", "refused-not-allowed", "Somebody who may not post updates keeps their text"),
    types("sam", "1 command", "general"),
    shot("refused-seat-taken", "Somebody commands already", "/as/sam/c/general"),
    *answer("ada", "command", "refused-command", "Taking command is for the people of policy"),
)

LADDER: Life = (
    Wait(span="12m"),
    shot("update-soon", "The commander is told that an update is due", DM),
    Wait(span="3m"),
    shot("update-missed", "The channel is told that the update was missed", ROOM),
    Wait(span="10m"),
    shot("update-contact", "The escalation contact is told", "/as/mia/dm/tocsin"),
    act("noor", "open_home"),
    shot("home-commander", "Home of the commander", "/as/noor/home", HOME),
    act("ada", "open_home"),
    shot("home-responder", "Home of a responder", "/as/ada/home", HOME),
    act("lena", "open_home"),
    shot("home-leader", "Home of a leader", "/as/lena/home", HOME),
    act("gus", "open_home"),
    shot("home-guest", "Home of a guest", "/as/gus/home", HOME),
)

ENDING: Life = (
    types("noor", "sev 2 Only the EU is affected now"),
    shot("severity", "The severity was changed", ROOM),
    types("noor", "mitigate Deploy rolled back, error rate is falling"),
    shot("mitigated", "Mitigated", ROOM),
    shot("card-mitigated", "The card, mitigated", ROOM, CARD),
    types("noor", "resolve Deploy rolled back, 500s are gone"),
    shot("resolved", "Resolved", ROOM),
    shot("card-resolved", "The card, resolved", ROOM, CARD),
    shot("headline", "The headline for leadership", LEADERSHIP),
    shot("headline-thread", "The thread under it", LEADERSHIP, ASIDE, press=REPLIES),
    *answer("noor", "mitigate Again", "refused-too-late", "What is over cannot be mitigated"),
    *form("noor", "reopen", "reopen-form", "The form that reopens"),
)

FIRST: Life = (*BEGINNING, *LEADING, *LADDER, *ENDING)
