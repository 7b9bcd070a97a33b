"""The verbs of /incident: one table from which help is printed and misspelt verbs are guessed."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

SHORTEST_PREFIX = 3


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
        undo="Goes to the channel, the broadcast and leadership. Cannot be undone; correct it with another.",
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
        undo="Cannot be undone; if it is wrong again, declare a new incident.",
    ),
    Verb(
        group=VerbGroup.END,
        name="cancel",
        form="cancel why",
        effect="Says that it was none; all clocks stop and nobody is paged any more. Not once it is mitigated.",
        who=f"whoever declared it, {LEADERS}",
        example="/incident 42 cancel a test that alerted by mistake",
        undo="Cannot be undone; declare it again.",
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
        name="note",
        form="note text",
        effect="Puts words on the timeline, with your name and the time.",
        who=ANYONE,
        example="/incident note p99 doubled at 13:50",
        undo="Nothing is deleted; correct it with another note.",
    ),
)

BY_NAME = {verb.name: verb for verb in VERBS}


def nearest(typed: str) -> str | None:
    """Return the verb that `typed` is most likely meant to be, or None when it is far from any."""
    word = typed.casefold()
    for name in BY_NAME:
        if len(word) >= SHORTEST_PREFIX and (name.startswith(word) or word.startswith(name)):
            return name
    return next(iter(get_close_matches(word, BY_NAME, n=1, cutoff=0.6)), None)
