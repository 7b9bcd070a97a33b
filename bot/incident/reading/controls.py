"""Which acts each picture may offer as buttons; a handle is minted for every one of them."""

from bot.words import Act

_LADDER = (Act.POST_UPDATE, Act.NO_CHANGE, Act.SNOOZE, Act.TAKE_COMMAND, Act.ESCALATE)

CONTROLS: dict[str, tuple[Act, ...]] = {
    "card": (
        Act.ACKNOWLEDGE,
        Act.TAKE_COMMAND,
        Act.CONFIRM_SEVERITY,
        Act.ESCALATE,
        Act.POST_UPDATE,
        Act.MITIGATE,
        Act.RESOLVE,
        Act.REOPEN,
        Act.CLOSE,
        Act.CHANGE_SEVERITY,
        Act.HAND_OVER,
        Act.ROLES,
        Act.TIMELINE,
        Act.PANEL,
    ),
    "page": (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, Act.PASS_ON),
    "duties": (Act.TAKE_COMMAND, Act.POST_UPDATE, Act.HAND_OVER, Act.GIVE_BACK),
    "clocks": (Act.ACKNOWLEDGE, *_LADDER),
    "soon": (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, Act.MITIGATE, Act.RESOLVE, Act.POST_UPDATE),
    "called": (Act.ON_IT, Act.SUMMARY, Act.TAKE_COMMAND),
    "update.soon": (Act.POST_UPDATE, Act.NO_CHANGE, Act.SNOOZE),
    "update.late": (Act.POST_UPDATE, Act.NO_CHANGE, Act.HAND_OVER),
    "update.contact": (Act.TAKE_COMMAND,),
    "update.climbed": (Act.POST_UPDATE, Act.TAKE_COMMAND),
    "nobody": (Act.TAKE_COMMAND, Act.PAGE_PERSON),
    "page.called": (Act.ON_IT, Act.SUMMARY, Act.TAKE_COMMAND),
    "nobody_further": (Act.TAKE_COMMAND, Act.ESCALATE),
    "acknowledged": (Act.TAKE_COMMAND,),
    "noted": (Act.UNDO_NOTE,),
    "headline": (Act.SUMMARY,),
    "handover.offer": (Act.ACCEPT, Act.DECLINE),
    "handover.told": (Act.HAND_OVER,),
    "handover.back": (Act.POST_UPDATE, Act.HAND_OVER),
    "page.test": (Act.REACHED,),
    "resolved": (Act.REOPEN, Act.TIMELINE),
    "cancelled": (Act.TIMELINE,),
    "closed": (Act.TIMELINE,),
    "merged": (Act.TIMELINE,),
    "line.seat_empty": (Act.TAKE_COMMAND,),
    "line.left": (Act.TAKE_COMMAND,),
    "roles.missing": (Act.GIVE_ROLE,),
    "policy.proposed": (Act.ADOPT_POLICY, Act.KEEP_POLICY),
    "type.told": (Act.SUMMARY,),
    "suggested.update": (Act.POST_SUGGESTED, Act.POST_UPDATE),
    "sharing.asked": (Act.MOVE_INSIDE, Act.KEEP_WITHHOLDING),
    "suggested.severity": (Act.CHANGE_TO, Act.LEAVE_SEVERITY),
    "exception.asked": (Act.APPROVE_EXCEPTION, Act.DECLINE_EXCEPTION),
}


def acts_of(view: str) -> tuple[Act, ...]:
    """Return the acts that the picture called `view` may offer; none for most."""
    return CONTROLS.get(view, ())
