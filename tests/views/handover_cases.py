"""Every message, form and answer of a handover, in every state that draws differently."""

from collections.abc import Iterator
from dataclasses import replace

from bot.incident import commands as c
from bot.incident.history.handover_events import LoanEnd, LoanEnded
from bot.incident.reacting.effects import Words, dm
from bot.incident.refusing import handover_refusals as r
from bot.incident.refusing.refusals import Refused
from bot.usecases.asked import Answer
from bot.words import Act, Role, Severity
from tests.views.cases import Cases, fresh, told
from tests.views.pictures import ADA, HANDLES, MIA, NOOR, SAM, Story, at, declare
from tests.views.stories import acknowledged, no_commander

BRIEF = "SECRET State: acknowledged 14:02 UTC, rollback running · Clocks: mitigate by 14:30 UTC"


def offered(*, to: str = SAM, until: float | None = None, private: bool = False, watch: str = "") -> Story:
    """Return a story whose commander offers the seat."""
    back = None if until is None else at(until)
    command = c.OfferCommand(person=to, brief=BRIEF, watch=watch, until=back)
    return acknowledged(private=private).does(NOOR, 10, command)


def handed_over(*, until: float | None = None, private: bool = False) -> Story:
    """Return a story whose seat Sam accepted."""
    story = offered(until=until, private=private, watch="SECRET EU queue length")
    return story.does(SAM, 12, c.AcceptCommand())


def handover_cases() -> Cases:
    """Return the offer and all it turns into, the line and the brief, and the way back."""
    yield from _offers()
    yield from _told()
    for name, story in {
        "for good": handed_over(),
        "for a time": handed_over(until=70),
    }.items():
        yield f"line.handed_over {name}", told(story, "line.handed_over")
        yield f"handover.brief {name}", told(story, "handover.brief")
    private = offered(private=True)
    yield "handover.room", told(private, "handover.room")
    yield "handover.brief private", told(private, "handover.brief")
    yield "handover.brief elsewhere", replace(told(private, "handover.brief"), place=dm(NOOR))
    yield from _back()
    yield "card offered", fresh("card", offered(until=70))
    yield "card lent", fresh("card", handed_over(until=70))
    yield "duties handed over", told(handed_over(), "duties", place=dm(SAM))
    yield "duties of the giver", told(acknowledged(), "duties", later=handed_over(), place=dm(NOOR))
    late = acknowledged().clock(15, 20)
    yield "update.late to the commander", told(late, "update.late", place=dm(NOOR))


def _offers() -> Cases:
    story = offered(until=70, watch="SECRET EU queue length")
    yield "handover.offer", told(story, "handover.offer")
    yield "handover.offer for good", told(offered(), "handover.offer")
    yield "handover.offer private", told(offered(private=True, watch="SECRET"), "handover.offer")
    for name, command, by in (
        ("declined", c.DeclineCommand(why="SECRET on a train"), SAM),
        ("accepted", c.AcceptCommand(), SAM),
        ("withdrawn", c.WithdrawOffer(), NOOR),
        ("overtaken", c.TakeCommand(over=NOOR), MIA),
        ("over", c.Resolve(words="Pool limit raised."), NOOR),
    ):
        yield f"handover.offer {name}", told(offered(), "handover.offer", later=offered().does(by, 12, command))
    expired = offered().clock(20)
    yield "handover.offer expired", told(offered(), "handover.offer", later=expired)
    yield "handover.offer expired before it was sent", told(expired, "handover.offer")
    unknown = replace(told(offered(), "handover.offer", later=acknowledged()), words={"number": 9})
    yield "handover.offer of which nothing is known", unknown


def _told() -> Cases:
    declined = offered().does(SAM, 12, c.DeclineCommand(why="SECRET on a train"))
    yield "handover.told declined", told(declined, "handover.told")
    yield "handover.told declined without words", told(offered().does(SAM, 12, c.DeclineCommand()), "handover.told")
    private = offered(private=True).does(SAM, 12, c.DeclineCommand(why="SECRET on a train"))
    yield "handover.told declined, private", told(private, "handover.told")
    yield "handover.told expired", told(offered().clock(20), "handover.told")
    yield "handover.told accepted", told(handed_over(), "handover.told")
    gone = offered().does(SAM, 12, c.DeclineCommand()).does(NOOR, 12, c.GiveRole(role=Role.DEPUTY, person=MIA))
    gone = gone.does(NOOR, 13, c.GiveBackCommand())
    yield "handover.told, seat left since", told(gone, "handover.told")
    over = offered().does(SAM, 12, c.DeclineCommand()).does(NOOR, 13, c.Resolve(words="Pool limit raised."))
    yield "handover.told, over since", told(over, "handover.told")


def _back() -> Cases:
    back = handed_over(until=70).clock(70)
    yield "line.command_back", told(back, "line.command_back")
    for name, who in (("giver", NOOR), ("heir", SAM)):
        yield f"handover.back to the {name}", told(back, "handover.back", place=dm(who))
    taken = handed_over(until=70).does(MIA, 20, c.TakeCommand(over=SAM))
    yield "handover.back comes no more", told(taken, "handover.back")
    gone = LoanEnded(at=at(70), by="clock", person=SAM, giver=NOOR, until=at(70), how=LoanEnd.GONE)
    stays: Words = {"person": gone.giver, "over": gone.person, "until": at(70).isoformat(), "stays": gone.how.value}
    yield "line.command_back stays", fresh("line.command_back", handed_over(), stays)
    yield "handover.back stays", fresh("handover.back", handed_over(), {**stays, "reader": SAM}, place=dm(SAM))


def handover_answers() -> Iterator[tuple[str, Answer]]:
    """Return what people hear who offer, answer or take back."""
    yield "offered", _said("offered", offered())
    yield "offered, answered since", _said("offered", handed_over())
    yield "declined", _said("declined", offered().does(SAM, 12, c.DeclineCommand()))
    yield "offer_withdrawn", _said("offer_withdrawn", offered().does(NOOR, 12, c.WithdrawOffer()))


def handover_forms() -> Iterator[tuple[str, Answer]]:
    """Return the form that hands over, the form that answers, and what the form that resolves says of an offer."""
    waiting: Words = {"person": MIA, "span": "until", "brief": "Rolling back", "watch": "the queue"}
    yield "form.handover waiting", _said("form.handover", offered(), waiting, Act.HAND_OVER, Act.WITHDRAW_OFFER)
    typed: Words = {"person": SAM, "said": "SECRET rolling back"}
    busy = acknowledged().does(NOOR, 5, _UPDATE).does(ADA, 6, c.Escalate(why="need database help"))
    yield "form.handover typed", _said("form.handover", busy, typed, Act.HAND_OVER)
    busy.does(MIA, 7, c.AnswerCall())
    yield "form.handover call answered", _said("form.handover", busy, {}, Act.HAND_OVER)
    yield "form.handover days later", _said("form.handover", acknowledged().clock(15, 30, 1500), {}, Act.HAND_OVER)
    yield "form.handover nothing due", _said("form.handover", _unclocked(), {}, Act.HAND_OVER)
    yield "form.handover early", _said("form.handover", declare(Severity.SEV1), {}, Act.HAND_OVER)
    yield "form.offer waiting", _said("form.offer", offered(until=70), {}, Act.ANSWER_OFFER)
    yield "form.offer private", _said("form.offer", offered(private=True), {}, Act.ANSWER_OFFER)
    yield "form.resolve, offered", _said("form.resolve", offered(), {}, Act.RESOLVE)


_UPDATE = c.PostUpdate(now="Rolling back, errors falling.", next="decide on EU failover.")


def _unclocked() -> Story:
    return no_commander().does(NOOR, 6, c.ChangeSeverity(severity=Severity.SEV3, why="one team only, by hand"))


def _said(view: str, story: Story, words: Words | None = None, *acts: Act) -> Answer:
    handles = {act: HANDLES[act] for act in acts}
    return Answer(view=view, words=words or {}, picture=story.picture, handles=handles)


def handover_refusals() -> Iterator[tuple[str, Refused, Story]]:
    """Return the refusals about handing over."""
    story = acknowledged()
    yield "offer-gone", r.offer_gone(story.incident, ended_at=at(20)), story
    yield "never-offered", r.offer_gone(story.incident, ended_at=None), story
    yield "nobody-commands", r.offer_gone(no_commander().incident, ended_at=at(20)), no_commander()
    yield "nothing-to-hand-over", r.nothing_to_hand_over(no_commander().incident), no_commander()
    yield "nothing-offered", r.nothing_offered(story.incident), story
    yield "to-yourself", r.offered_to_yourself(story.incident), story
    yield "time-past", r.time_past(), story
