"""Where others read, in every state that draws differently."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.reacting.effects import CHANNEL, INCIDENTS, LEADERSHIP, LEFT, broadcast
from bot.incident.showing import shared_key
from bot.usecases.asked import Answer
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import NOOR, Story, declare
from tests.views.stories import acknowledged, changed, merged, no_commander, resolved

CHANNEL_ID = "C0SHARED1"


def _opened(story: Story) -> Story:
    return story.does("tocsin", 3, c.RecordChannel(channel=CHANNEL_ID, name="inc-42-checkout-returns-500s"))


def shared(story: Story | None = None) -> Story:
    """Return a story whose channel another organisation reads."""
    known = _opened(story or acknowledged())
    channel = known.incident.channel.id if known.incident.channel else ""
    return known.does("tocsin", 4, c.RecordShared(channel=channel, team="T2", name="Acme Ltd."))


def public(story: Story | None = None) -> Story:
    """Return a private story whose channel everybody here reads."""
    known = _opened(story or acknowledged(private=True))
    channel = known.incident.channel.id if known.incident.channel else ""
    return known.does("tocsin", 4, c.RecordReach(channel=channel, is_public=True))


def moved(story: Story) -> Story:
    """Return a story that went on in a new channel."""
    story.does(NOOR, 5, c.MoveInside())
    return story.does("tocsin", 5, c.RecordChannel(channel="C0NEW42", name="inc-42-checkout-returns-500s-2"))


def over() -> Story:
    """Return a story whose channel is shared no longer."""
    story = shared()
    channel = story.incident.channel.id if story.incident.channel else ""
    return story.does("tocsin", 5, c.RecordUnshared(channel=channel, team="T2"))


def closed_again() -> Story:
    """Return a private story whose channel was public for a while."""
    story = public()
    channel = story.incident.channel.id if story.incident.channel else ""
    return story.does("tocsin", 5, c.RecordReach(channel=channel, is_public=False))


def kept() -> Story:
    """Return a story whose details stay withheld."""
    return shared().does(NOOR, 5, c.KeepWithholding())


def known(case: Case) -> Case:
    """Return a message of a place that another organisation reads too."""
    if case.picture is None:
        return case
    place = str(case.place)
    channels = {place: "C0PLACE", shared_key("C0PLACE", "T2"): "Acme Ltd."}
    return replace(case, picture=replace(case.picture, channel_ids=channels))


def sharing_messages() -> Cases:
    """Return every message of it."""
    yield "card, shared", fresh("card", shared())
    yield "card, shared, resolved", fresh("card", shared(resolved()))
    yield "card, made public", fresh("card", public())
    yield "card, left for it", fresh("card", moved(shared()), place=LEFT)
    yield "card, private one left", fresh("card", moved(shared(acknowledged(private=True))), place=LEFT)
    yield "left for it", fresh("left", moved(shared()), place=LEFT)
    yield "private one left", fresh("left", moved(public()), place=LEFT)
    yield "nobody, drawn again", replace(fresh("nobody", shared(declare().clock(11))), first=False)
    yield "nobody, not said", fresh("nobody", shared(declare().clock(11)))
    yield "clocks, in the channel left", replace(fresh("clocks", moved(public()), place=LEFT), first=False)
    yield "announcement, shared", known(fresh("announcement", acknowledged(), place=INCIDENTS))
    yield "broadcast, shared", known(fresh("broadcast", acknowledged(), place=broadcast("sev1")))
    yield "headline, shared, private", known(fresh("headline", acknowledged(private=True), place=LEADERSHIP))
    yield "asked", told(shared(), "sharing.asked")
    yield "asked, kept", told(shared(), "sharing.asked", later=kept())
    yield "asked, moved", told(shared(), "sharing.asked", later=moved(shared()))
    yield "asked, over", told(shared(), "sharing.asked", later=over())
    yield "asked, public", told(public(), "sharing.asked")
    yield "asked, no name", replace(told(shared(), "sharing.asked"), words={})
    yield "over", told(over(), "sharing.over", place=CHANNEL)
    yield "over, was public", told(closed_again(), "sharing.over", place=CHANNEL)
    yield "moved", told(moved(shared()), "sharing.moved", place=CHANNEL)
    yield "moved, was public", told(moved(public()), "sharing.moved", place=CHANNEL)


def sharing_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"sharing": dict(sharing_messages())}


def sharing_answers() -> dict[str, Answer]:
    """Return every private answer of it."""
    gone = changed(merged(), sharing=shared().incident.sharing)
    return {
        "moved inside": Answer(view="moved_inside", picture=moved(shared()).picture),
        "withholding kept": Answer(view="withholding_kept", picture=kept().picture),
        "retitled": Answer(view="retitled", picture=shared().picture),
        "severity, its channel is not told": Answer(view="severity_changed", picture=shared().picture),
        "its channel is not told": Answer(view="seat_given_back", picture=shared(no_commander()).picture),
        "its channel is not told, merged": Answer(view="merged", picture=gone.picture),
    }
