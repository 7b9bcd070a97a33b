"""The verbs of /incident: one table from which help is printed and misspelt verbs are guessed."""

import re
from difflib import get_close_matches

from bot.incident.reading.verb import ANYONE, LEADERS, Verb, VerbGroup

SHORTEST_PREFIX = 3
ENDING = frozenset({"cancel", "close", "merge"})
"""Verbs that are offered only to who began to type them: `panel` is not meant to cancel."""
_SEVERITY = re.compile(r"sev-?[0-9]+")
"""A severity where a verb should be is an alarm whose verb was forgotten, not a misspelt `sev`."""

VERBS: tuple[Verb, ...] = (
    Verb(
        group=VerbGroup.START,
        name="declare",
        form="declare [test] [here] [private] [sev1] title",
        effect="Raises an alarm: pages on-call, opens a channel, starts clocks; private hides its title outside.",
        who=ANYONE,
        example="/incident declare sev1 Checkout returns 500s",
        undo="A false alarm costs two minutes: cancel it.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="ack",
        form="ack",
        effect='Says "I have seen it and I am on it", and stops the acknowledge clock.',
        who=ANYONE,
        example="/incident 42 ack",
        undo="Cannot be undone; somebody else can take command.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="command",
        form="command [@who]",
        effect="Takes the commander's seat, or names somebody to it; they are told at once.",
        who=f"{ANYONE} while the seat is free; {LEADERS} while it is held",
        example="/incident command @mia",
        undo="Name somebody else.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="handover",
        form="handover @who",
        effect="Opens the form that offers command, with a brief; or handover accept, decline why, withdraw.",
        who="commander; whoever is offered it answers",
        example="/incident handover @sam",
        undo="Withdraw it until it is accepted; then they can hand it back.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="update",
        form="update [text]",
        effect="Posts a status update; without text it opens a form.",
        who="commander, deputy, communications lead",
        example="/incident update Rolling back, errors falling",
        undo="Goes to the channel, the broadcast and leadership. Not undone; update correct 2 text corrects no. 2.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="sev",
        form="sev 1 why",
        effect="Changes the severity; clocks count from the start, what was missed stays missed; bare opens a form.",
        who=f"to raise it whoever declared it, {LEADERS}; to lower it, with a reason, {LEADERS}",
        example="/incident sev 1 Payments fail in the US too",
        undo="Change it back; both changes stay on the record.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="escalate",
        form="escalate [@who] why",
        effect="Calls in the next person policy names, or the one you name; without words it opens a form.",
        who=ANYONE,
        example="/incident escalate need database help",
        undo="Cannot be undone; tell whoever was called that it is over.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="role",
        form="role scribe [@who]",
        effect='Takes a role, gives it to somebody, or with "back" leaves it; whoever gets it hears what it asks.',
        who=f"{ANYONE} takes a free role; {LEADERS} give one, and take deputy or communications lead",
        example="/incident role scribe @sam",
        undo="Leave it with `role scribe back`, or give it to somebody else.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="join",
        form="join",
        effect="Adds you to the incident's channel.",
        who=ANYONE,
        example="/incident 42 join",
        undo="Leave the channel.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="invite",
        form="invite @who",
        effect="Adds somebody to the incident's channel.",
        who=ANYONE,
        example="/incident invite @mia",
        undo="They leave the channel, or are removed from it by hand.",
    ),
    Verb(
        group=VerbGroup.END,
        name="mitigate",
        form="mitigate text",
        effect="Says that the harm has stopped, and by what; without text it opens a form.",
        who=LEADERS,
        example="/incident mitigate Rolled back checkout to 2.41",
        undo="Cannot be undone; go on with updates until it is resolved.",
    ),
    Verb(
        group=VerbGroup.END,
        name="resolve",
        form="resolve text",
        effect="Says that it is over, and what fixed it; all clocks stop. Without text it opens a form.",
        who=LEADERS,
        example="/incident resolve Connection pool limit raised",
        undo="If it is back, reopen it.",
    ),
    Verb(
        group=VerbGroup.END,
        name="reopen",
        form="reopen why",
        effect="Opens it again; clocks start again, and the on-call is paged if nobody leads it. Without words a form.",
        who=ANYONE,
        example="/incident 42 reopen the errors are back",
        undo="Resolve or cancel it again.",
    ),
    Verb(
        group=VerbGroup.END,
        name="cancel",
        form="cancel why",
        effect="Says that it was none; all clocks stop and nobody is paged any more. Not once it is mitigated.",
        who=f"whoever declared it, {LEADERS}",
        example="/incident 42 cancel a test that alerted by mistake",
        undo="If it is real after all, reopen it.",
    ),
    Verb(
        group=VerbGroup.END,
        name="merge",
        form="merge 40",
        effect="Ends it and goes on as the other one: its people are added there. Asks first.",
        who=LEADERS,
        example="/incident 42 merge 40",
        undo="Cannot be undone; declare it again.",
    ),
    Verb(
        group=VerbGroup.START,
        name="list",
        form="list",
        effect="Lists incidents you can see: list open, closed, mine, sev1 or all.",
        who=ANYONE,
        example="/incident list mine",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.START,
        name="oncall",
        form="oncall [team]",
        effect="Shows who is on call and how they can be reached; oncall test pages yourself, marked TEST.",
        who=f"{ANYONE}; telephone numbers only inside an incident's channel",
        example="/incident oncall test",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="classify",
        form="classify confidential why",
        effect="Opens the form that says who may see it: public, internal, confidential, restricted.",
        who=LEADERS,
        example="/incident classify confidential Customer names in the logs",
        undo="Classify it again; what people have read and the channel it left stay as they are.",
    ),
    Verb(
        group=VerbGroup.LEAD,
        name="access",
        form="access @who [2h] why",
        effect="Lets somebody read a private incident for 1 h, or up to 4 h; they are taken out by itself then.",
        who=LEADERS,
        example="/incident access @tomas 2h legal review",
        undo="End it with `access end @who`; it ends by itself.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="follow",
        form="follow",
        effect="Sends you each status update, change of severity and end by direct message, until it is closed.",
        who=f"{ANYONE} who can see it",
        example="/incident 42 follow",
        undo="End it with `/incident 42 unfollow`.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="unfollow",
        form="unfollow",
        effect="Ends the direct messages that follow sends.",
        who="whoever follows it",
        example="/incident 42 unfollow",
        undo="Follow it again.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="timeline",
        form="timeline",
        effect="Shows what happened and who did it, also as a file: timeline, or timeline clocks, people or notes.",
        who=ANYONE,
        example="/incident timeline clocks",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="summary",
        form="summary",
        effect="Says in a few lines how it stands, from the record.",
        who=ANYONE,
        example="/incident 42 summary",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.END,
        name="close",
        form="close",
        effect="Says that nothing about it is left to do, and seals its record. Only once it is resolved.",
        who=LEADERS,
        example="/incident 42 close",
        undo="Reopen it.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="roles",
        form="roles [scribe]",
        effect="Shows who holds which role, or what one role answers for.",
        who=ANYONE,
        example="/incident 42 roles",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="help",
        form="help [verb]",
        effect="Shows every verb, or one of them.",
        who="anyone",
        example="/incident help update",
        undo="Nothing to undo.",
    ),
    Verb(
        group=VerbGroup.KEEP,
        name="retitle",
        form="retitle title",
        effect="Gives it a better title: card, announcement and topic follow, its channel keeps its name.",
        who=f"whoever declared it, {LEADERS}",
        example="/incident retitle Payments fail in the EU",
        undo="Retitle it again; every title stays on the record.",
    ),
    Verb(
        group=VerbGroup.READ,
        name="policy",
        form="policy [adopt | keep]",
        effect="Shows which policy is in force and what is proposed; the Board adopts it, or keeps the present one.",
        who="anyone may read; adopt and keep are for the Governance Board",
        example="/incident policy adopt 3f9a1c",
        undo="Put the earlier files back and adopt them.",
    ),
    Verb(
        group=VerbGroup.KEEP,
        name="times",
        form="times started 13:50",
        effect="Says when it started, was detected or alerted, in your zone or UTC; bare opens a form. Moves no clock.",
        who=ANYONE,
        example="/incident times started yesterday 23:10",
        undo="Give the right time; the earlier one stays on the timeline.",
    ),
    Verb(
        group=VerbGroup.KEEP,
        name="note",
        form="note [at 13:50] text",
        effect="Puts words on the timeline, with your name and the time, or an earlier time in your zone (or UTC).",
        who=ANYONE,
        example="/incident note at 13:50 p99 doubled",
        undo="Nothing is deleted: Undo marks it as withdrawn; note correct 3 text adds a correction of note 3.",
    ),
)

BY_NAME = {verb.name: verb for verb in VERBS}


def nearest(typed: str) -> str | None:
    """Return the verb that `typed` is most likely meant to be, or None when it is far from any."""
    word = typed.casefold()
    if _SEVERITY.fullmatch(word):
        return None
    for name in BY_NAME:
        if len(word) >= SHORTEST_PREFIX and (name.startswith(word) or word.startswith(name)):
            return name
    likely = next(iter(get_close_matches(word, BY_NAME, n=1, cutoff=0.7)), None)
    return likely if likely not in ENDING or word.startswith(likely[0]) else None
