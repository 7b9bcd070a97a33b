"""Who may see an incident, in every state that draws differently."""

from bot.incident import commands as c
from bot.incident.reacting.effects import CHANNEL, INCIDENTS, LEFT, Words, dm
from bot.usecases.asked import Answer
from bot.words import Act, Classification, Severity
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import ADA, HANDLES, NOOR, TOMAS, Story
from tests.views.stories import acknowledged, hosted

WHY, REVIEW = "customer names are in the logs", "legal review"
CONFIDENTIAL, RESTRICTED, INTERNAL = Classification.CONFIDENTIAL, Classification.RESTRICTED, Classification.INTERNAL


def moved(to: Classification = CONFIDENTIAL) -> Story:
    """Return a story that was made private, its new channel there."""
    story = acknowledged().does(ADA, 5, c.Classify(to=to, why=WHY))
    return story.does("tocsin", 5, c.RecordChannel(channel="C0PRIV42", name="inc-42-private"))


def shown_again() -> Story:
    """Return a story that is private no more, in a private channel."""
    return acknowledged(private=True).does(ADA, 5, c.Classify(to=INTERNAL, why="no personal data in it"))


def let_in() -> Story:
    """Return a private story that Tomas may read for two hours."""
    story = acknowledged(private=True)
    return story.does(NOOR, 5, c.GrantAccess(person=TOMAS, why=REVIEW, span=c.GrantAccess(person="").span * 2))


def over(*, stays: bool = False) -> Story:
    """Return that story when his time is over."""
    story = let_in()
    if stays:
        story.does(NOOR, 6, c.Invite(person=TOMAS))
    return story.clock(115, 125)


def seeing_messages() -> Cases:
    """Return every message of it."""
    for to in (CONFIDENTIAL, RESTRICTED):
        yield f"card, {to}", fresh("card", moved(to))
    yield "card, left behind", fresh("card", moved(), place=LEFT)
    yield "card, private no more", fresh("card", shown_again())
    yield "announcement, made private", fresh("announcement", moved(), place=INCIDENTS)
    yield "announcement, private no more", fresh("announcement", shown_again(), place=INCIDENTS)
    yield "classified", told(moved(), "classified", place=CHANNEL)
    yield (
        "classified, no reason",
        told(acknowledged(private=True).does(ADA, 5, c.Classify(to=RESTRICTED)), "classified"),
    )
    yield "classified, private no more", told(shown_again(), "classified")
    yield "left", told(moved(), "left")
    yield "left, archive it", told(moved(), "left.archive")
    yield "left, it was there before", told(hosted().does(ADA, 5, c.Classify(to=CONFIDENTIAL)), "left.archive")
    yield "access granted", told(let_in(), "access.granted")
    for who, name in ((TOMAS, "theirs"), (NOOR, "the commander's")):
        yield f"access ends soon, {name}", told(over(), "access.soon", place=dm(who))
        yield f"access over, {name}", told(over(), "access.over", place=dm(who))
        yield f"access over, stays, {name}", told(over(stays=True), "access.over", place=dm(who))


def seeing_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"seeing": dict(seeing_messages())}


def seeing_answers() -> dict[str, Answer]:
    """Return every private answer of it."""

    def said(view: str, story: Story, **words: str) -> Answer:
        return Answer(view=view, words=words, picture=story.picture)

    return {
        "classified": said("classified", moved()),
        "classified, in its channel": said("classified", acknowledged(private=True)),
        "classified, private no more": said("classified", shown_again()),
        "classified, public": said("classified", acknowledged()),
        "access granted": said("access_granted", let_in(), person=TOMAS),
        "access granted, over by now": said("access_granted", acknowledged(private=True), person=TOMAS),
        "access ended": said("access_ended", over(), person=TOMAS),
    }


def seeing_forms() -> list[tuple[str, Answer]]:
    """Return the forms that ask who may see it, in states that no other case draws."""
    data: Words = {"severity": Severity.SEV1.value, "again": True, "promise": ["page Noor", "tell #incidents"]}
    private: Words = {
        **data,
        "seen": "confidential",
        "promise": ["open a channel anyone here can join", "tell #incidents"],
    }
    criteria: Words = {"criteria": [{"value": "sev1.1", "words": "Full outage", "severity": "sev1"}]}
    return [
        ("form.declare private", Answer(view="form.declare", words={**private, **criteria}, handles=HANDLES)),
        (
            "form.declare seen by hand",
            Answer(view="form.declare", words={**data, "seen_by_hand": True}, handles=HANDLES),
        ),
        (
            "form.classify restricted",
            Answer(
                view="form.classify",
                words={"to": "restricted", "why": WHY},
                picture=acknowledged().picture,
                handles={Act.CLASSIFY: HANDLES[Act.CLASSIFY]},
            ),
        ),
    ]
