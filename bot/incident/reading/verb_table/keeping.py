"""Verbs for the record, and for who may see it."""

from bot.incident.reading.verb import ANYONE, LEADERS, Verb, VerbGroup

KEEPING: tuple[Verb, ...] = (
    Verb(
        group=VerbGroup.KEEP,
        name="retitle",
        form="retitle title",
        effect="Gives it a better title: card, announcement and topic follow, its channel keeps its name.",
        who=f"whoever declared it, {LEADERS}, deputy",
        example="/incident retitle Payments fail in the EU",
        undo="Retitle it again; every title stays on the record.",
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
        name="confirm",
        form="confirm",
        effect="Agrees with a SEV-1 or SEV-2 that somebody raised who is not on its list. Nothing waits for it.",
        who="R and A of declaring, and the commander on call; not who raised it",
        example="/incident 42 confirm",
        undo="Change the severity instead; both stay on the record.",
    ),
    Verb(
        group=VerbGroup.KEEP,
        name="exception",
        form="exception what and why [until 16:00]",
        effect="Asks the Governance Board for a deviation from policy. It is a record: it switches nothing off itself.",
        who=f"to ask, {LEADERS}; to approve, the Governance Board, which writes its own; to end one, both",
        example="/incident exception no broadcast, customer embargo for 2d",
        undo="It ends at its time or with the incident; sooner with `exception end`. It stays on the record.",
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
    Verb(
        group=VerbGroup.KEEP,
        name="type",
        form="type [model-drift]",
        effect="Shows what a kind of incident adds (teams, phases, a floor), and sets it; bare lists them. "
        "`type contain done what was done` ends a phase, `type phases` shows all.",
        who=f"whoever declared it, {LEADERS}; phases: whoever works on it",
        example="/incident type model-drift",
        undo="Set another type; what was missed stays missed, and an incident made private stays in its channel.",
    ),
)
