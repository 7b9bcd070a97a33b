"""Every message Tocsin posts, by the name its effect gives it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.incident.reacting.effects import Place, Words
from bot.incident.reading.picture import Picture
from bot.incident.showing import Extent
from bot.words import Act
from views import (
    announcements,
    calls,
    card,
    confirming,
    duties,
    ends,
    exceptions,
    ladder,
    lines,
    page,
    policy_news,
    reminders,
    roles,
    seeing,
    sharing,
    suggestions,
    turns,
    types,
    updates,
)
from views.away import draw_away
from views.climbed import draw_nobody_further
from views.digest import draw_digest
from views.following import draw_followed
from views.handed_over import HANDOVER_MESSAGES
from views.kit import Message
from views.oncall import draw_rota_gap
from views.page_called import draw_called_page
from views.page_test import draw_lost, draw_test
from views.scene import Scene
from views.sentences import Pen
from views.sharing import draw_cut
from views.spooled import draw_degraded, draw_not_entered, draw_page
from views.staffing import draw_left, draw_missing, draw_over, draw_role_ended
from views.unrest import draw_back_and_forth

WITHOUT_PICTURE: Mapping[str, Callable[[Words, Pen], Message]] = {
    "dead": lines.draw_dead,
    "stuck": lines.draw_stuck,
    "digest": draw_digest,
    "rota_gap": draw_rota_gap,
    "record_broken": lines.draw_record_broken,
    "page.spooled": draw_page,
    "page.test_lost": draw_lost,
    "spool.not_entered": draw_not_entered,
}
"""Messages that no incident's picture belongs to: to the operators, who tests their page, and without the database."""

WITH_BUTTONS: Mapping[str, Callable[[Words, Mapping[Act, str], Pen], Message]] = {
    "page.test": draw_test,
    "policy.proposed": policy_news.draw_proposed,
    "policy.broken": policy_news.draw_broken,
    "policy.review": policy_news.draw_review,
}
"""Messages about no incident at all that can be pressed."""

MESSAGES: Mapping[str, Callable[[Scene], Message | None]] = {
    "card": card.draw_card,
    "announcement": announcements.draw_announcement,
    "broadcast": announcements.draw_broadcast,
    "headline": announcements.draw_headline,
    "page": page.draw_page,
    "page.called": draw_called_page,
    "line.acknowledged": lines.draw_acknowledged,
    "line.command": lines.draw_command,
    "line.seat_empty": lines.draw_seat_empty,
    "line.escalated": lines.draw_escalated,
    "line.paged": lines.draw_paged,
    "line.role": roles.draw_role,
    "line.role_empty": roles.draw_role_empty,
    "role.duties": roles.draw_role_duties,
    "roles.missing": draw_missing,
    "line.role_ended": draw_role_ended,
    "role.over": draw_over,
    "line.left": draw_left,
    **HANDOVER_MESSAGES,
    "duties": duties.draw_duties,
    "clocks": reminders.draw_clocks,
    "soon": reminders.draw_soon,
    "called": calls.draw_called,
    "nobody": calls.draw_nobody,
    "nobody_further": draw_nobody_further,
    "update": updates.draw_update,
    "update.soon": ladder.draw_update_soon,
    "update.late": ladder.draw_update_late,
    "update.contact": ladder.draw_update_contact,
    "update.climbed": ladder.draw_update_climbed,
    "snoozed": lines.draw_snoozed,
    "mitigated": ends.draw_mitigated,
    "resolved": ends.draw_resolved,
    "cancelled": ends.draw_cancelled,
    "severity": turns.draw_severity,
    "reopened": turns.draw_reopened,
    "closed": turns.draw_closed,
    "merged": turns.draw_merged,
    "merged_in": turns.draw_merged_in,
    "followed": draw_followed,
    "suggested.update": suggestions.draw_update,
    "suggested.severity": suggestions.draw_severity,
    "suggestion.left": suggestions.draw_left,
    "classified": seeing.draw_classified,
    "left": sharing.draw_left,
    "left.archive": seeing.draw_archive,
    "access.granted": seeing.draw_access_granted,
    "access.soon": seeing.draw_access_soon,
    "access.over": seeing.draw_access_over,
    "line.confirmed": confirming.draw_confirmed,
    "consulted": confirming.draw_consulted,
    "line.type": types.draw_type_line,
    "type.told": types.draw_told,
    "exception.asked": exceptions.draw_asked,
    "exception.approved": exceptions.draw_approved,
    "exception.answered": exceptions.draw_answered,
    "exception.governance": exceptions.draw_governance,
    "exception.ended": exceptions.draw_ended,
    "sharing.asked": sharing.draw_asked,
    "sharing.over": sharing.draw_over,
    "sharing.moved": sharing.draw_moved,
    "line.away": draw_away,
    "undeliverable": lines.draw_undeliverable,
    "no_channel": lines.draw_no_channel,
    "archived": lines.draw_archived,
    "slow": lines.draw_slow,
    "back_and_forth": draw_back_and_forth,
    "gap": lines.draw_gap,
    "removed": lines.draw_removed,
    "line.degraded": draw_degraded,
}


def draw(
    view: str,
    picture: Picture | None,
    words: Words,
    *,
    handles: Mapping[Act, str],
    now: datetime,
    first: bool,
    place: Place | None = None,
) -> Message | None:
    """Return the message called `view`, or None when nothing is to be said any more.

    `words` are what the effect carries beyond the latest row, `handles` the opaque tokens of its buttons, `now` aware
    UTC. `first` is False when a message already posted is drawn again: what was met, answered or ended is then drawn
    as done, while a message never posted is skipped. `place` is where it stands: a private incident shows its title
    and people's words in its own channel only, and nowhere when the place is not given (G6.1). Where others read,
    nothing but number, severity and status is shown.

    Raises:
        KeyError: no message has that name.
        ValueError: the message is about an incident and no picture was given.
    """
    if view in WITHOUT_PICTURE:
        return WITHOUT_PICTURE[view](words, Pen(name=str, now=now))
    if view in WITH_BUTTONS:
        return WITH_BUTTONS[view](words, handles, Pen(name=str, now=now))
    drawn = MESSAGES[view]
    if picture is None:
        message = f"the message {view} needs a picture of its incident"
        raise ValueError(message)
    scene = Scene(picture=picture, words=words, handles=handles, now=now, first=first, place=place)
    return draw_cut(view, scene) if scene.extent is Extent.NUMBER else drawn(scene)
