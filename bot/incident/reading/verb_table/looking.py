"""Verbs that only read."""

from bot.incident.reading.verb import ANYONE, Verb, VerbGroup

LOOKING: tuple[Verb, ...] = (
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
        group=VerbGroup.READ,
        name="policy",
        form="policy [sev1 | raci | roles | types | adopt | keep]",
        effect="Says what policy asks of a severity, type or role; bare, which is in force or proposed to the Board.",
        who="anyone may read; adopt and keep are for the Governance Board",
        example="/incident policy sev1",
        undo="Put the earlier files back and adopt them.",
    ),
)
