"""The verbs of /incident: one table from which help is printed and misspelt verbs are guessed."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

SHORTEST_PREFIX = 3
_SEVERITY = re.compile(r"sev-?[0-9]+")
"""A severity where a verb should be is an alarm whose verb was forgotten, not a misspelt `sev`."""


class VerbGroup(StrEnum):
    """What a verb is for, in the order help prints it."""

    START = "Start"
    LEAD = "Lead"
    END = "End"
    READ = "Read"
    KEEP = "Keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb: its `form` as typed after /incident, what it does, who may, an example, and how it is undone."""

    group: VerbGroup
    name: str
    form: str
    effect: str
    who: str
    example: str
    undo: str


ANYONE = "any member of this workspace"
LEADERS = "commander, deputy, and everyone on call"

VERBS: tuple[Verb, ...] = (
    Verb(
        group=VerbGroup.START,
        name="declare",
        form="declare [sev1] title",
        effect="Raises an alarm: pages the on-call, opens a channel, starts clocks; without a title it opens a form.",
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
    return next(iter(get_close_matches(word, BY_NAME, n=1, cutoff=0.7)), None)
