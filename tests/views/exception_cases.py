"""Exceptions, in every state that draws differently."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.reacting.effects import CHANNEL, GOVERNANCE, Words, dm
from bot.usecases.asked import Answer
from bot.words import Act
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import HANDLES, LENA, LONG, NOOR, TOMAS, Story
from tests.views.stories import acknowledged

WHY, NO = "no *broadcast*, customer embargo until noon", "the customer has to hear of it"
HOURS = timedelta(hours=2)


def asked(*, private: bool = False, why: str = WHY) -> Story:
    """Return a story whose commander asked for an exception of two hours."""
    return acknowledged(private=private).does(NOOR, 5, c.AskException(why=why, span=HOURS))


def approved(*, private: bool = False, why: str = WHY) -> Story:
    """Return that story, approved."""
    return asked(private=private, why=why).does(LENA, 8, c.ApproveException())


def declined(*, private: bool = False) -> Story:
    """Return that story, declined."""
    return asked(private=private).does(LENA, 8, c.DeclineException(why=NO))


def over(*, private: bool = False) -> Story:
    """Return that story when its time is over."""
    return approved(private=private).clock(125)


def granted() -> Story:
    """Return a story in which one of the Board wrote an exception without an end."""
    return acknowledged().does(TOMAS, 5, c.AskException(why=WHY))


def gone() -> Story:
    """Return a story that was cancelled while the Board was asked."""
    return asked().does(NOOR, 9, c.Cancel(why="the probe itself was broken"))


def exception_messages() -> Cases:
    """Return every message of it."""
    mine = dm(TOMAS)
    yield "asked", told(asked(), "exception.asked", place=mine)
    yield "asked, private", told(asked(private=True), "exception.asked", place=mine)
    yield (
        "asked, without an end",
        told(acknowledged().does(NOOR, 5, c.AskException(why=WHY)), "exception.asked", place=mine),
    )
    for name, later in (("approved", approved()), ("declined", declined()), ("over", over()), ("gone", gone())):
        yield f"asked, {name}", told(later, "exception.asked", place=mine, later=later)
    yield "asked, answered before it left", told(approved(), "exception.asked", place=mine)
    yield "asked, none of that number", fresh("exception.asked", acknowledged(), {"number": 7}, place=mine)
    for private in (False, True):
        kind = ", private" if private else ""
        yield f"approved{kind}", told(approved(private=private), "exception.approved")
        yield f"governance{kind}", told(approved(private=private), "exception.governance", place=GOVERNANCE)
        yield f"governance, over{kind}", told(over(private=private), "exception.governance", later=over())
        yield f"answered, approved{kind}", told(approved(private=private), "exception.answered")
        yield f"answered, declined{kind}", told(declined(private=private), "exception.answered")
        yield f"ended{kind}", told(over(private=private), "exception.ended")
    yield "approved, without an end", told(granted(), "exception.approved")
    yield "governance, none of that number", fresh("exception.governance", acknowledged(), {"number": 7})
    yield "card", fresh("card", approved(), place=CHANNEL)
    yield "card, long words", fresh("card", approved(why=f"{LONG}, {LONG}"))
    yield "card, without an end", fresh("card", granted())
    yield "card, over", fresh("card", over())
    yield "card, cancelled", fresh("card", approved().does(NOOR, 9, c.Cancel(why="the probe itself was broken")))


def exception_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"exceptions": dict(exception_messages())}


def exception_answers() -> dict[str, Answer]:
    """Return every private answer of it."""

    def said(view: str, story: Story) -> Answer:
        return Answer(view=view, picture=story.picture)

    return {
        "exception asked": said("exception_asked", asked()),
        "exception asked, approved at once": said("exception_asked", granted()),
        "exception approved": said("exception_approved", approved()),
        "exception declined": said("exception_declined", declined()),
        "exception ended": said("exception_ended", over()),
    }


def exception_forms() -> list[tuple[str, Answer]]:
    """Return the forms of it, in states that no other case draws."""

    def opened(name: str, act: Act, story: Story, words: Words) -> tuple[str, Answer]:
        view = name.partition(" ")[0]
        return name, Answer(view=view, words=words, picture=story.picture, handles={act: HANDLES[act]})

    return [
        opened("form.exception kept", Act.EXCEPTION, acknowledged(), {"kept": WHY}),
        opened("form.exception_decline one", Act.DECLINE_EXCEPTION, asked(), {"number": 1}),
        opened("form.exception_decline private", Act.DECLINE_EXCEPTION, asked(private=True), {"number": 1}),
    ]
