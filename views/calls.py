"""Calls for help: somebody is called in, and nobody answered at all."""

from collections.abc import Iterable

from bot.incident.history.paged import Page
from bot.incident.sentences import When, Who, spell_allowed
from bot.words import Act, ClockKind, Status
from views import buttons, kit
from views.announcements import short_facts
from views.climbed import silent
from views.lines import without_mark
from views.reading import person, text, texts
from views.reminders import was_not
from views.scene import Scene
from views.sentences import Bold, Line, joined, strung
from views.standing import ended, over
from views.telephones import numbers
from views.types import why_called


def draw_called(scene: Scene) -> kit.Message | None:
    """Return the call to one person, and what became of it; None when it is over before it was sent."""
    me = person(scene.words, "person")
    if ended(scene):
        line = over(scene, then="Nothing is needed from you.")
        return None if scene.first else kit.Message(text=scene.pen.text(*line), blocks=[scene.pen.says(*line)])
    answered = [call.answered_at for call in scene.incident.calls if call.person == me and call.answered_at]
    why = _why(scene)
    on_it: Line = ("✅ You are on it since ", When(answered[-1]), ".") if answered else ()
    acts = () if answered else (Act.ON_IT, Act.SUMMARY, Act.TAKE_COMMAND)
    return kit.Message(
        text=without_mark(scene.pen, on_it) if on_it else scene.pen.text(*why),
        blocks=[
            scene.pen.says(*why),
            scene.pen.says(*(on_it or _asked(scene))),
            scene.pen.lines(short_facts(scene)),
            *buttons.row(scene.picture, scene.handles, *acts),
        ],
    )


def _why(scene: Scene) -> Line:
    if text(scene.words, "team"):
        return why_called(scene)
    clock, contact = text(scene.words, "clock"), text(scene.words, "contact")
    about = f"{scene.incident.ref} ({scene.incident.severity.label})"
    role = f" as {scene.contact_label(contact)}" if contact else ""
    if texts(scene.words, "unanswered"):
        return (f"{about}: ", *silent(scene, scene.words), f"; you are called{role}.")
    if clock:
        return (f"{about} {was_not(scene, ClockKind(clock))}; you are called{role}.",)
    why = scene.quoted(text(scene.words, "why"), before=": ") or (".",)
    return (Who(person(scene.words, "by")), f" calls you to {about}{role}", *why)


def _asked(scene: Scene) -> Line:
    who = scene.incident.commander
    if who is None:
        return ("Nobody commands it. Take command, or find somebody who does.",)
    return ("Decide with ", Who(who), ": more people, rollback, or failover.")


def draw_nobody(scene: Scene) -> kit.Message | None:
    """Return whom to telephone when everyone was tried and nobody answered; then who did."""
    incident, acknowledged = scene.incident, scene.incident.acknowledged
    if acknowledged or incident.status is not Status.DECLARED:
        return None if scene.first else _answered(scene)
    known = numbers(scene, (page.person for page in incident.pages))
    call = "Call by telephone: numbers are in the message." if known else "If you are able, take command."
    asked: Line = ("If you are here and able: take command.",)
    return kit.Message(
        text=scene.pen.text(f"Nobody has answered for {scene.head}{_for(scene, word='in')}. {call}"),
        blocks=[
            scene.pen.says("❗ ", Bold(f"Nobody has answered{_for(scene)}."), " Paged: ", *_tried(scene), "."),
            scene.pen.says(*((Bold("Call:"), " ", *known, ". ") if known else ()), *asked),
            *buttons.row(
                scene.picture,
                scene.handles,
                *(Act.TAKE_COMMAND, Act.PAGE_PERSON),
                labels={Act.PAGE_PERSON: "Page someone else"},
            ),
        ],
    )


def _for(scene: Scene, *, word: str = "for") -> str:
    within = scene.picture.rules.nobody_after
    return f" {word} {spell_allowed(within)}" if within else ""


def _answered(scene: Scene) -> kit.Message:
    done = scene.incident.acknowledged
    line: Line = over(scene, then="Nobody is called any more.")
    if done:
        line = ("✅ ", Who(done.by), f" acknowledged {scene.incident.ref} at ", When(done.at), ".")
    return kit.Message(text=without_mark(scene.pen, line), blocks=[scene.pen.says(*line)])


def _tried(scene: Scene) -> Line:
    by_person: dict[str, list[Page]] = {}
    for page in scene.incident.pages:
        by_person.setdefault(page.person, []).append(page)
    lines = ((Who(who), " ", *joined(_ways(pages), last=", ")) for who, pages in by_person.items())
    return strung(lines) or ("nobody, for nobody stands on the list",)


def _ways(pages: Iterable[Page]) -> Iterable[Line]:
    return ((When(page.at), f" {page.way_label}") for page in pages)
