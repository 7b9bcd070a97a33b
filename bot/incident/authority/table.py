"""The one table of rights: which activity of the duties (G2) decides each, and who may besides.

R and A of the activity may act. What GOV-001 has no row for is product default, and stands under `also`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.incident.authority.rights import Right
from bot.policy.rulebook import Activity


class Part(StrEnum):
    """Who may act besides the parties of an activity: what somebody is to the incident, or to the rota."""

    DECLARER = "declarer"
    COMMANDER = "commander"
    DEPUTY = "deputy"
    COMMUNICATIONS_LEAD = "communications lead"
    ON_CALL = "on call"
    CALLED = "called to it"
    MOBILISED = "team of the matrix"
    ON_CALL_ELSEWHERE = "on call elsewhere"
    ASKED = "whoever was asked"
    BOARD = "Governance Board"
    WORKING = "works on it"
    MEMBER = "member"
    THEIRS = "their own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who has a right: R and A of `activity`, and whoever is one of `also`.

    `doing` says in a refusal what was asked, {} where the incident's number goes. With `on_call` the commander on call
    counts as the party whose role is commander: who could command may also say that there is something to command.
    """

    doing: str
    activity: Activity | None = None
    also: tuple[Part, ...] = ()
    on_call: bool = False


_ANSWERING = (Part.COMMANDER, Part.ON_CALL, Part.CALLED, Part.MOBILISED, Part.ON_CALL_ELSEWHERE)
_DECLARE, _ROLLBACK = Activity.DECLARE, Activity.ROLLBACK
_TELLING, _CLASSIFYING = Activity.STAKEHOLDER_COMMUNICATIONS, Activity.CLASSIFICATION

RULES: Mapping[Right, Rule] = {
    Right.DECLARE: Rule(doing="Declaring", activity=_DECLARE, on_call=True, also=(Part.MEMBER,)),
    Right.CONFIRM: Rule(doing="Confirming {}", activity=_DECLARE, on_call=True),
    Right.RAISE: Rule(doing="Raising the severity of {}", activity=_DECLARE, on_call=True, also=(Part.DECLARER,)),
    Right.LOWER: Rule(doing="Deciding the severity of {}", activity=_DECLARE),
    Right.COMMAND: Rule(doing="Commanding {}", activity=_DECLARE, on_call=True),
    Right.ACKNOWLEDGE: Rule(doing="Acknowledging {}", also=_ANSWERING),
    Right.TAKE_COMMAND: Rule(doing="Taking command of {}", also=_ANSWERING),
    Right.TAKE_OVER: Rule(doing="Taking command of {}", activity=_DECLARE, on_call=True),
    Right.NAME_COMMANDER: Rule(
        doing="Naming a commander of {}", activity=_DECLARE, on_call=True, also=(Part.DECLARER, *_ANSWERING)
    ),
    Right.UPDATE: Rule(
        doing="Posting a status update of {}", activity=_TELLING, also=(Part.DEPUTY, Part.COMMUNICATIONS_LEAD)
    ),
    Right.MITIGATE: Rule(doing="Mitigating {}", activity=_ROLLBACK, also=(Part.DEPUTY,)),
    Right.RESOLVE: Rule(doing="Resolving {}", activity=_DECLARE, also=(Part.DEPUTY,)),
    Right.CANCEL: Rule(doing="Cancelling {}", activity=_DECLARE, also=(Part.DECLARER,)),
    Right.MERGE: Rule(doing="Merging {}", activity=_DECLARE, also=(Part.COMMANDER,)),
    Right.CLOSE: Rule(doing="Closing {}", activity=_DECLARE),
    Right.RETITLE: Rule(doing="Retitling {}", activity=_DECLARE, also=(Part.DECLARER, Part.DEPUTY)),
    Right.CLASSIFY: Rule(doing="Classifying {}", activity=_CLASSIFYING),
    Right.LET_IN: Rule(doing="Giving access to {}", activity=_CLASSIFYING, also=(Part.COMMANDER, Part.DEPUTY)),
    Right.END_ACCESS: Rule(doing="Ending access to {}", activity=_CLASSIFYING, also=(Part.COMMANDER, Part.DEPUTY)),
    Right.INVITE_INTO_PRIVATE: Rule(doing="Inviting to {}", activity=_DECLARE, also=(Part.COMMANDER, Part.DEPUTY)),
    Right.GIVE_ROLE: Rule(doing="Giving roles on {}", activity=_DECLARE, also=(Part.DEPUTY, Part.ON_CALL)),
    Right.TAKE_GUARDED_ROLE: Rule(doing="Taking that role on {}", activity=_DECLARE, also=(Part.DEPUTY, Part.ON_CALL)),
    Right.TAKE_HELD_ROLE: Rule(doing="Taking that role on {}", activity=_DECLARE, also=(Part.DEPUTY, Part.ON_CALL)),
    Right.ASK_EXCEPTION: Rule(
        doing="Asking for an exception on {}",
        activity=_DECLARE,
        also=(Part.COMMANDER, Part.DEPUTY, Part.ON_CALL, Part.BOARD),
    ),
    Right.ANSWER_EXCEPTION: Rule(doing="Answering an exception on {}", also=(Part.BOARD,)),
    Right.END_EXCEPTION: Rule(
        doing="Ending an exception on {}",
        activity=_DECLARE,
        also=(Part.COMMANDER, Part.DEPUTY, Part.ON_CALL, Part.BOARD),
    ),
    Right.MOVE_ROOM: Rule(
        doing="Moving {}",
        activity=_DECLARE,
        also=(Part.COMMANDER, Part.DEPUTY, Part.ON_CALL, Part.ASKED),
    ),
    Right.PAGE_INTO_PRIVATE: Rule(
        doing="Paging more people into {}", activity=_DECLARE, also=(Part.COMMANDER, Part.DEPUTY, Part.ON_CALL)
    ),
    Right.SET_TYPE: Rule(
        doing="Setting the type of {}", activity=_DECLARE, on_call=True, also=(Part.DECLARER, Part.DEPUTY, Part.ON_CALL)
    ),
    Right.FINISH_PHASE: Rule(
        doing="Marking a phase of {} as done", activity=_DECLARE, on_call=True, also=(Part.DEPUTY, Part.WORKING)
    ),
    Right.TAKE_PART: Rule(doing="Taking part in {}", also=(Part.MEMBER,)),
    Right.OWN: Rule(doing="Doing that on {}", also=(Part.THEIRS,)),
    Right.GO_ALONG: Rule(doing="Doing that on {}", also=(Part.MEMBER,)),
    Right.KEEP: Rule(doing="Keeping the record of {}"),
}
"""Every right. One without an entry, or with an entry nobody fits, is denied."""
