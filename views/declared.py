"""The answer to a quick declare: it runs, who is paged, and what to do if it was a slip."""

from collections.abc import Iterator

from bot.incident.reacting.effects import Words
from bot.incident.sentences import Quote, Who
from bot.words import ClockKind, Severity
from views import kit
from views.allowed import within
from views.confirming import not_on_the_list
from views.reading import number, part, text
from views.scene import Scene
from views.sentences import Bold, Code, Line, Room
from views.standing import do_not_disturb

A_TEST = "A test: nobody is paged, and it counts nowhere."
WAKES = frozenset({Severity.SEV1, Severity.SEV2})


def draw_declared(scene: Scene) -> kit.Message:
    """Return the answer of 2 or 3 lines, and one more for each thing that is true beside it."""
    pen, incident = scene.pen, scene.incident
    if incident.is_test:
        return _test(scene)
    return kit.Message(
        text=pen.text(f"{incident.ref} declared as {incident.severity.label}. ", *_paged(scene), _due(scene)),
        blocks=[
            pen.says(Bold(f"{incident.ref} is declared as {incident.severity.label}."), " ", *_first(scene)),
            pen.says("Channel: ", *_channel(scene)),
            *(pen.says(*line) for line in _also(scene)),
            pen.below(*wrong(scene)),
        ],
    )


def _test(scene: Scene) -> kit.Message:
    pen, declared = scene.pen, f"{scene.incident.ref} is declared as a test of {scene.incident.severity.label}."
    real = Code("/incident declare sev1 what is broken")
    return kit.Message(
        text=pen.text(f"{declared} {A_TEST}"),
        blocks=[
            pen.says(Bold(declared), f" {A_TEST}"),
            pen.says("Channel: ", *_channel(scene)),
            *(pen.says(*line) for line in not_here(scene)),
            pen.below("Is it real? ", real, " pages at once. This test ends with ", _ending(scene), ", or after 4 h."),
        ],
    )


def _ending(scene: Scene) -> Code:
    return Code(f"/incident {scene.incident.number} cancel why")


def not_here(scene: Scene) -> Iterator[Line]:
    """Return why it did not stay in the channel it was declared in, if that was asked for."""
    why = text(scene.words, "not_here")
    if why:
        yield (f"It gets a channel of its own: {why}.",)


def _paged(scene: Scene) -> Line:
    pages = scene.incident.pages
    return (Who(pages[0].person), f" {is_called(scene)}; ") if pages else ("Nobody is on call, so nobody is paged; ",)


def is_called(scene: Scene) -> str:
    """Return whether whoever is first asked is woken or only told."""
    return "is being paged" if scene.incident.severity in WAKES else "is told"


def _due(scene: Scene) -> str:
    clock = scene.clock(ClockKind.ACKNOWLEDGE)
    left = within(scene, clock) if clock else ""
    return f"acknowledge is due{left}." if left else "acknowledge it at once."


def _first(scene: Scene) -> Line:
    pages, clock = scene.incident.pages, scene.clock(ClockKind.ACKNOWLEDGE)
    must = f"; somebody must acknowledge{within(scene, clock) if clock else ''}."
    if not pages:
        return ("Nobody is on call, so nobody is paged", must)
    return (*scene.described(pages[0].person), f" {is_called(scene)}", must)


def _channel(scene: Scene) -> Line:
    known = scene.incident.channel
    if known:
        return (Room(known.id, known.name),)
    if scene.incident.channel_refused:
        return ("Slack refused to make one; work goes on in #", scene.picture.policy.channels.incidents, ".")
    return ("being made, you will be added.",)


def _also(scene: Scene) -> Iterator[Line]:
    severity = scene.incident.severity
    if scene.words.get("severity_given") is False:
        yield (f"You gave no severity, so it is {severity.label}.",)
    if scene.words.get("long_title"):
        yield ("Your title was long: the first part is the title, all of it is in the description.",)
    other = part(scene.words, "other")
    if other:
        yield _other(scene, other)
    yield from unlisted(scene)
    yield from not_here(scene)
    if severity not in WAKES and scene.incident.pages:
        yield (Who(scene.incident.pages[0].person), " is told by DM only; nobody is woken.")
    quiet = next((page for page in scene.incident.pages_now if page.quiet_until), None)
    if quiet:
        yield do_not_disturb(scene, quiet)
    if scene.words.get("slow"):
        yield ("Slack is slow; the page went first, the channel may take a minute.",)


def unlisted(scene: Scene) -> Iterator[Line]:
    """Return that its severity awaits somebody else's word, and that nothing waits for that."""
    if scene.incident.awaiting:
        names = [scene.pen.called(one) for one in scene.picture.confirmers]
        yield (not_on_the_list(scene.incident.severity, names),)


def _other(scene: Scene, other: Words) -> Line:
    ref, severity = f"INC-{number(other, 'number')}", Severity(text(other, "severity")).label
    same = f"/incident {scene.incident.number} merge {number(other, 'number')}"
    opened = f") opened {number(other, 'minutes')} min ago. Same thing? "
    return (
        f"{ref} ({severity}, ",
        Quote(kit.one_line(text(other, "title"), limit=kit.LONGEST_TITLE)),
        opened,
        Code(same),
        ".",
    )


def wrong(scene: Scene, *, by: str = " · ") -> Line:
    """Return what to type when it was a slip, the two ways parted by `by`."""
    other = 2 if scene.incident.severity is Severity.SEV1 else 1
    wrong_severity: Line = ("Wrong severity? ", Code(f"/incident {scene.incident.number} sev {other} why"), by)
    return (*wrong_severity, "False alarm? ", Code(f"/incident {scene.incident.number} cancel why"), by.rstrip(" ·"))
