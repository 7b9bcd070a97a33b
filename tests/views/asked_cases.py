"""Pages that somebody asked for, in every state that draws differently."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.decide import decide
from bot.incident.reacting.effects import CHANNEL, Words
from bot.incident.refusing.refusals import Refused
from bot.usecases.answering import _more
from bot.usecases.asked import Answer
from bot.words import Act
from tests.views.cases import Case, Cases, told
from tests.views.pictures import ADA, HANDLES, IRIS, MIA, NOOR, SAM, Story, declare
from tests.views.stories import acknowledged, played

WHY = "SECRET need *database* help"


def asked(story: Story, minutes: float = 3, *, who: str = MIA) -> Story:
    """Return a story in which Ada has somebody paged; Noor, where a private one lets nobody else."""
    return story.does(NOOR if story.incident.is_private else ADA, minutes, c.PagePerson(person=who, why=WHY))


def asked_messages() -> Cases:
    """Return every message of it."""
    for private in (False, True):
        name = "private" if private else "public"
        yield f"page, asked for, {name}", told(asked(declare(private=private), 1), "page")
        yield f"page.called, {name}", told(asked(acknowledged(private=private)), "page.called")
        yield f"line.paged, {name}", told(asked(acknowledged(private=private)), "line.paged", place=CHANNEL)
    yield "line.paged, test", told(asked(played()), "line.paged")
    waiting = asked(declare(), 1)
    yield "page, asked for, sent again", told(waiting, "page", later=asked(declare(), 1).clock(2, 3.5))
    yield "page, asked for, answered", told(waiting, "page", later=asked(declare(), 1).does(SAM, 2, c.Acknowledge()))
    called = asked(acknowledged())
    yield "page.called, sent again", told(called, "page.called", later=asked(acknowledged()).clock(5.5))
    answered = asked(acknowledged()).does(MIA, 4, c.AnswerCall())
    yield "page.called, answered", told(called, "page.called", later=answered)
    yield "page.called, answered before it was sent", replace(told(called, "page.called"), picture=answered.picture)
    over = asked(acknowledged()).does(NOOR, 20, c.Resolve(words="Pool limit raised."))
    yield "page.called, over", told(called, "page.called", later=over)


def asked_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"asked": dict(asked_messages())}


def asked_answers() -> dict[str, Answer]:
    """Return every private answer of it."""

    def said(story: Story, who: str = MIA) -> Answer:
        decision = decide(story.incident, c.PagePerson(person=who, why=WHY), story.context(ADA))
        assert not isinstance(decision, Refused)
        words: Words = {"person": who, **_more(c.PagePerson(person=who), decision)}
        return Answer(view="person_paged", words=words, picture=story.picture)

    return {
        "paged": said(acknowledged()),
        "paged, no other way": said(acknowledged(), "U0ZOE"),
        "paged, held": said(asked(asked(declare(), 1), 1.2)),
        "paged, a test": said(played()),
    }


def asked_forms() -> dict[str, Answer]:
    """Return every form of it."""
    handles = {Act.PAGE_PERSON: HANDLES[Act.PAGE_PERSON]}
    return {
        "form.page": Answer(view="form.page", picture=acknowledged().picture, handles=handles),
        "form.page kept": Answer(
            view="form.page",
            words={"person": IRIS, "why": "need words"},
            picture=acknowledged(private=True).picture,
            handles=handles,
        ),
    }
