"""Verbs that end an incident, and bring it back."""

from bot.incident.reading.verb import ANYONE, LEADERS, Verb, VerbGroup

ENDING: tuple[Verb, ...] = (
    Verb(
        group=VerbGroup.END,
        name="mitigate",
        form="mitigate text",
        effect="Says that the harm has stopped, and by what; without text it opens a form.",
        who=f"{LEADERS}, deputy",
        example="/incident mitigate Rolled back checkout to 2.41",
        undo="Cannot be undone; go on with updates until it is resolved.",
    ),
    Verb(
        group=VerbGroup.END,
        name="resolve",
        form="resolve text",
        effect="Says that it is over, and what fixed it; all clocks stop. Without text it opens a form.",
        who=f"{LEADERS}, deputy",
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
        group=VerbGroup.END,
        name="close",
        form="close",
        effect="Says that nothing about it is left to do, and seals its record. Only once it is resolved.",
        who=LEADERS,
        example="/incident 42 close",
        undo="Reopen it.",
    ),
)
