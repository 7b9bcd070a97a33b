"""Verbs that begin: raising an alarm, and finding who and what there is."""

from bot.incident.reading.verb import ANYONE, Verb, VerbGroup

BEGINNING: tuple[Verb, ...] = (
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
)
