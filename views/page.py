"""The page: what gets one named person to answer, and what it turns into once that is settled."""

from datetime import datetime

from bot.incident.history.paged import Page as Paged
from bot.incident.history.paged import PageOutcome
from bot.incident.model import Incident
from bot.incident.sentences import When, Who, spell
from bot.words import Act, ClockKind, Status
from views import buttons, kit
from views.bridge import bridge
from views.declared import WAKES
from views.lines import without_mark
from views.reading import moment, number, person, text, texts
from views.scene import Scene
from views.sentences import Bold, Line, strung
from views.standing import commands, ended, over

ORDINALS = ("first", "second", "third", "fourth", "fifth")
LONGEST_DESCRIPTION = 300
_REST = "Nothing is needed from you."
_PRESSES = (Act.ACKNOWLEDGE, Act.TAKE_COMMAND, Act.PASS_ON)


def draw_page(scene: Scene) -> kit.Message | None:
    """Return the page, or what became of it; None when it was never sent and is no longer needed."""
    settled = _settled(scene)
    if settled is None:
        return _asking(scene)
    line, acts = settled
    if scene.first and Act.TAKE_COMMAND not in acts:
        return None
    return kit.Message(
        text=spoken(scene, line),
        blocks=[
            kit.plain_section(page_title(scene)),
            scene.pen.says(*line),
            *buttons.row(scene.picture, scene.handles, *acts, asks={Act.PASS_ON: _pass_on(scene)}),
        ],
    )


def spoken(scene: Scene, line: Line) -> str:
    """Return what became of a page for phones and screen readers, with its number said once."""
    said = without_mark(scene.pen, line)
    return said if said.startswith(scene.incident.ref) else f"{scene.head}: {said}"


def _asking(scene: Scene) -> kit.Message:
    words = text(scene.words, "why") or scene.incident.description
    quoted = scene.quoted(kit.cut(kit.their_words(words), limit=LONGEST_DESCRIPTION))
    return kit.Message(
        text=scene.pen.text(*page_line(scene)),
        blocks=[
            kit.plain_section(page_title(scene)),
            scene.pen.says(*_why(scene), *_due(scene), *_from(scene)),
            *([scene.pen.says(*quoted)] if quoted else []),
            *buttons.row(scene.picture, scene.handles, *_PRESSES, asks={Act.PASS_ON: _pass_on(scene)}),
            scene.pen.below(*strung([(which_page(scene),), _bridge(scene)])),
        ],
    )


def _bridge(scene: Scene) -> Line:
    """Return where to talk, for what wakes people and whoever is asked may see."""
    return bridge(scene) if scene.incident.severity in WAKES and not scene.withheld else ()


def page_title(scene: Scene) -> str:
    """Return the title line; a page is read outside the channel, so a private incident keeps its title."""
    return scene.title_line("Page: ")


def page_line(scene: Scene) -> Line:
    """Return the one sentence a phone shows: what is asked of whom, and how long there is."""
    return (f"Page: {scene.head}, {scene.short_title}. ", *_as_what(scene), _within(scene))


def which_page(scene: Scene) -> str:
    """Return the page's short id and which of the person's ways it is."""
    way, ways = number(scene.words, "way"), number(scene.words, "ways")
    place = ORDINALS[way - 1] if 0 < way <= len(ORDINALS) else "one"
    of = f", {place} of {ways} ways" if ways > 1 else ""
    return f"Page {text(scene.words, 'ref')}{of}. The same id twice is the same page sent twice."


def _as_what(scene: Scene) -> Line:
    """Return why it is this person: somebody asked for them, or policy calls them."""
    by = person(scene.words, "by")
    return (Who(by), " pages you. ") if by else (f"You are {_called(scene)}. ",)


def _called(scene: Scene) -> str:
    contact = text(scene.words, "contact")
    return "named commander" if contact == "commander" else scene.contact_label(contact)


def _within(scene: Scene) -> str:
    clock, at = scene.clock(ClockKind.ACKNOWLEDGE), moment(scene.words, "at") or scene.now
    if clock is None:
        return "Acknowledge now."
    left = clock.due_at - at
    return f"Acknowledge within {spell(left)}." if left.total_seconds() > 0 else "Acknowledge now: it is overdue."


def _why(scene: Scene) -> Line:
    if person(scene.words, "by"):
        return _as_what(scene)
    role: Line = ("You are ", Bold(_called(scene)), f" for {scene.incident.team or 'this incident'}. ")
    before = texts(scene.words, "before")
    return (*_silent(scene, before[-1]), *role) if before else role


def _silent(scene: Scene, who: str) -> Line:
    pages = [page for page in scene.incident.pages if page.person == who]
    name = scene.described(who)
    if not pages:
        return (*name, " has not answered. ")
    return (*name, " has not answered since ", When(pages[0].at), ". ")


def _due(scene: Scene) -> Line:
    clock, then = scene.clock(ClockKind.ACKNOWLEDGE), texts(scene.words, "then")
    following: Line = ()
    if len(then) > 1:
        who, since = then[0], datetime.fromisoformat(then[1])
        following = ("; from ", When(since), " ", Who(who), " is paged too")
    if clock is None:
        return ("Acknowledge now", *following, ". ")
    overdue = clock.due_at <= (moment(scene.words, "at") or scene.now)
    return ("Acknowledge now; it was due " if overdue else "Acknowledge by ", When(clock.due_at), *following, ". ")


def _from(scene: Scene) -> Line:
    if scene.withheld:
        return ("What is wrong stands in its channel only.",)
    by: Line = ("Declared by ", Who(scene.incident.declared.by))
    if scene.incident.channel is None:
        return (*by, "; you are added to its channel at once.")
    return (*by, " in ", *scene.room, ".")


def _pass_on(scene: Scene) -> buttons.Ask:
    then = texts(scene.words, "then")
    who = scene.pen.called(then[0]) if then else "The next person"
    return buttons.Ask(
        title="Pass this page on?", text=f"{who} is paged at once instead. Go on?", yes="Pass it on", no="Keep it"
    )


def _settled(scene: Scene) -> tuple[Line, tuple[Act, ...]] | None:
    """Return what became of the page and what can still be pressed, or None while it is asked."""
    incident, me = scene.incident, person(scene.words, "person")
    asked_in = number(scene.words, "round")
    mine = [page for page in incident.pages if page.person == me and page.round == asked_in]
    if incident.status is Status.CANCELLED:
        return _cancelled(scene), ()
    if incident.acknowledged:
        return _acknowledged(scene, me)
    if ended(scene):
        return over(scene, then=_REST), ()
    if asked_in < incident.reopenings:
        return (f"{incident.ref} was reopened since; this page is of before.",), ()
    if any(page.outcome is PageOutcome.PASSED_ON for page in mine):
        return _passed_on(incident, mine[-1]), ()
    again = sent_again(scene)
    return (again, _PRESSES) if again and not scene.first else None


def sent_again(scene: Scene) -> Line:
    """Return that the same person was paged again since, and by which way; nothing while this page is their last.

    While the database was down a page goes by two ways at once: that is no "again".
    """
    me, step = person(scene.words, "person"), number(scene.words, "step")
    mine = [page for page in scene.incident.pages if page.person == me and page.round == number(scene.words, "round")]
    this = next((place for place, page in enumerate(mine) if page.step == step), len(mine) - 1)
    later = [page for page in mine[this + 1 :] if page.at > mine[this].at or not scene.incident.spooled_as]
    return _sent_again(mine[this], later[-1]) if later else ()


def _cancelled(scene: Scene) -> Line:
    at = (scene.incident.cancelled or scene.incident.declared).at
    return (f"{scene.incident.ref} was cancelled at ", When(at), f": {scene.incident.cancel_reason}. ", _REST)


def _acknowledged(scene: Scene, me: str | None) -> tuple[Line, tuple[Act, ...]]:
    incident = scene.incident
    done = incident.acknowledged or incident.declared
    seat = incident.seat
    who: Line = ("✅ You",) if done.by == me else ("✅ ", Who(done.by))
    head: Line = (*who, " acknowledged at ", When(done.at), ". ")
    if ended(scene):
        return (*head, *over(scene, then=_REST)), ()
    if seat and seat.person == me and seat.answered_at is None:
        return (*head, "You are named commander and have not answered yet", *_commander_due(scene)), (Act.TAKE_COMMAND,)
    if done.by != me:
        return (*head, "Nothing is needed from you; you can rest."), ()
    if seat and seat.person == me:
        return (*head, "You command."), ()
    if incident.commander_answered:
        return (*head, *commands(scene)), ()
    if seat:
        return (*head, *commands(scene)), (Act.TAKE_COMMAND,)
    return (*head, "Nobody commands yet", *_commander_due(scene)), (Act.TAKE_COMMAND,)


def _commander_due(scene: Scene) -> Line:
    clock = scene.clock(ClockKind.COMMANDER)
    return (": due by ", When(clock.due_at), ".") if clock and clock.is_running else (".",)


def _passed_on(incident: Incident, mine: Paged) -> Line:
    following = [page for page in incident.pages if page.at >= mine.at and page.person != mine.person]
    if not following:
        return ("You passed this on. Nobody else is left on the list.",)
    return ("You passed this on at ", When(following[-1].at), ". ", Who(following[-1].person), " is being paged.")


def _sent_again(earlier: Paged, later: Paged) -> Line:
    if earlier.quiet_until and later.outside:
        silent = "You have Do Not Disturb on, so it was sent at "
        return (silent, When(later.at), f" by {later.way_label} too.")
    return ("Not answered; sent again at ", When(later.at), f" by {later.way_label}.")
