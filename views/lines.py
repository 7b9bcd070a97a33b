"""Lines Tocsin posts beside the card: one sentence each about what somebody did, or what Slack refused."""

import re
from datetime import timedelta

from bot.incident.reacting.effects import PlaceKind, Words
from bot.incident.sentences import When, Who, spell
from bot.words import Act
from views import buttons, kit
from views.reading import moment, number, person, text
from views.scene import Scene
from views.sentences import Code, Line, Pen
from views.standing import ended

_ERROR = re.compile(r"[a-z][a-z0-9_]{1,60}")


def line(scene: Scene, *parts: Line, acts: tuple[Act, ...] = ()) -> kit.Message:
    """Return a message of one sentence, with the buttons that go with it."""
    whole: Line = tuple(part for each in parts for part in each)
    return kit.Message(
        text=without_mark(scene.pen, whole),
        blocks=[scene.pen.says(*whole), *buttons.row(scene.picture, scene.handles, *acts)],
    )


def without_mark(pen: Pen, whole: Line) -> str:
    """Return a sentence for phones and screen readers, which are spared its mark."""
    return re.sub(r"^[✅❗⏳📣⚠️]+ ", "", pen.text(*whole))


def draw_acknowledged(scene: Scene) -> kit.Message:
    """Return who acknowledged, how fast, and whether they command."""
    too = " and commands it" if scene.words.get("commands") else ""
    fast = spell(timedelta(seconds=number(scene.words, "seconds")))
    who = Who(person(scene.words, "by"))
    return line(scene, (who, f" acknowledged {scene.incident.ref}{too}, {fast} after it was declared."))


def draw_command(scene: Scene) -> kit.Message:
    """Return who commands; a commander named by somebody else is mentioned."""
    who, by = person(scene.words, "person"), person(scene.words, "by")
    if who == by:
        return line(scene, (Who(who), f" commands {scene.incident.ref}."))
    return line(scene, (scene.ping(who), f" is commander of {scene.incident.ref}, named by ", Who(by), "."))


def draw_seat_empty(scene: Scene) -> kit.Message:
    """Return that nobody commands any more, until somebody does."""
    gone: Line = (Who(person(scene.words, "by")), f" is no longer commander of {scene.incident.ref}; ")
    if scene.incident.seat:
        return line(scene, gone, (Who(scene.incident.seat.person), " is."))
    return line(scene, gone, ("nobody is.",), acts=() if ended(scene) else (Act.TAKE_COMMAND,))


def draw_escalated(scene: Scene) -> kit.Message:
    """Return who called whom, and why."""
    by, who = person(scene.words, "by"), person(scene.words, "person")
    why = scene.quoted(text(scene.words, "why"), before=": ") or (".",)
    if scene.incident.is_test:
        return line(scene, (Who(by), f" escalated the test {scene.incident.ref}: ", Who(who), " would be called"), why)
    return line(scene, (Who(by), f" escalated {scene.incident.ref} to ", scene.ping(who)), why)


def draw_paged(scene: Scene) -> kit.Message:
    """Return who paged whom, and why."""
    by, who = person(scene.words, "by"), person(scene.words, "person")
    why = scene.quoted(text(scene.words, "why"), before=": ") or (".",)
    if scene.incident.is_test:
        return line(scene, (f"{scene.incident.ref} is a test: ", Who(who), " would be paged by ", Who(by)), why)
    return line(scene, (Who(by), " paged ", scene.ping(who), f" for {scene.incident.ref}"), why)


def draw_snoozed(scene: Scene) -> kit.Message:
    """Return until when nudges are silent, and that the due time stays."""
    until, due_at = moment(scene.words, "until") or scene.now, moment(scene.words, "due_at")
    silent: Line = (f"Nudges for {scene.incident.ref} are silent until ", When(until))
    by: Line = (" by ", Who(person(scene.words, "by")))
    why = scene.quoted(text(scene.words, "why"), before=": ", after=". ") or (". ",)
    still: Line = ("The update is still due at ", When(due_at), ".") if due_at else ()
    return line(scene, silent, by, why, still)


def draw_undeliverable(scene: Scene) -> kit.Message:
    """Return that a page reached nobody, who is paged instead, and the number to call."""
    who, following = person(scene.words, "person"), person(scene.words, "next")
    way = text(scene.words, "way") or "DM"
    how = f" could not be reached by {way}{' (Slack error)' if way == 'DM' else ''}. "
    said: Line = ("❗ ", Who(who), how, *_instead(who, following))
    blocks = [scene.pen.says(*said, *(_telephone(scene, who) or (".",)))]
    return kit.Message(text=without_mark(scene.pen, (*said, ".")), blocks=blocks)


def _instead(who: str | None, following: str | None) -> Line:
    if following is None:
        return ("Nobody else was paged for it",)
    return ("Paging again by the next way",) if following == who else ("Paging ", Who(following))


def _telephone(scene: Scene, who: str | None) -> Line:
    known = scene.picture.telephones.get(who or "")
    if not known or not scene.in_channel:
        return ()
    return (f"; {scene.pen.called(who).split()[0]}'s telephone: {known}.",)


def draw_no_channel(scene: Scene) -> kit.Message:
    """Return that Slack refused a channel, and where to work meanwhile."""
    refused: Line = (f"{scene.incident.ref} has no channel: Slack refused (", *error_code(scene.words), "). ")
    in_dm = scene.place is not None and scene.place.kind is PlaceKind.DM
    use = f"Use the thread in #{scene.picture.policy.channels.incidents}" if in_dm else "Use this thread"
    return line(scene, refused, (f"{use}; an administrator must allow Tocsin to create channels.",))


def draw_archived(scene: Scene) -> kit.Message:
    """Return, to those who can mend it, that the channel was archived by hand and where updates go meanwhile."""
    public = f"#{scene.picture.policy.channels.incidents}"
    return line(scene, (archived_words(scene.incident.ref, "the commander" if scene.incident.is_private else public),))


def archived_words(ref: str, place: str) -> str:
    """Return how a channel archived by hand is mended, and that updates go to `place` meanwhile (7.1, no. 30)."""
    by_hand = f"The channel of {ref} was archived by hand, and Slack lets no bot unarchive. "
    return f"{by_hand}Someone must: channel name, Settings, Unarchive. Until then updates go to {place}."


def draw_slow(scene: Scene) -> kit.Message:
    """Return, to the declarer, that the page went first and the rest follows."""
    pages = scene.incident.pages
    paged: Line = (Who(pages[0].person), " is paged. ") if pages else ("nobody is on call to be paged. ",)
    follows = "Slack is slow: channel and card follow, most likely within a minute."
    return line(scene, (f"{scene.incident.ref} is declared and ", *paged, follows))


def draw_gap(scene: Scene) -> kit.Message:
    """Return, for the operators, that a timer was missing and runs again: numbers only."""
    due_at = moment(scene.words, "due_at") or scene.now
    kind = kit.one_line(text(scene.words, "kind"), limit=40)
    missing: Line = (f"❗ {scene.incident.ref} had no timer ", Code(kind), " due ", When(due_at))
    return line(scene, missing, ("; it runs again.",))


def draw_dead(words: Words, pen: Pen) -> kit.Message:
    """Return what could not be delivered, for the operators: numbers and codes only."""
    attempts, incident = number(words, "attempts"), number(words, "incident")
    tries = f"{attempts} {'try' if attempts == 1 else 'tries'}"
    about = f"INC-{incident}, " if incident else ""
    what = kit.one_line(f"{about}{text(words, 'what')} to {text(words, 'place')}", limit=120)
    whole: Line = (f"❗ 1 message could not be delivered after {tries}: {what} (", *error_code(words), "). ")
    spoken = without_mark(pen, (*whole, "List it with tocsin outbox list."))
    return kit.Message(text=spoken, blocks=[pen.says(*whole, Code("tocsin outbox list"))])


def draw_record_broken(words: Words, pen: Pen) -> kit.Message:
    """Return, for the operators, whose record does not verify and from where on: numbers only (G7.2)."""
    whole: Line = (f"❗ The record of INC-{number(words, 'incident')} does not verify ",)
    since: Line = (f"from entry {number(words, 'first_bad')} on. Check it with ", Code("tocsin audit verify"), ".")
    return kit.Message(text=without_mark(pen, (*whole, *since)), blocks=[pen.says(*whole, *since)])


def error_code(words: Words) -> Line:
    """Return Slack's code for an error; anything else (an address, a stack) is not for people."""
    error = text(words, "error")
    return (error,) if _ERROR.fullmatch(error) else ("an error",)


def draw_stuck(words: Words, pen: Pen) -> kit.Message:
    """Return, for the operators, how many deliveries have waited too long."""
    count, minutes = number(words, "count"), number(words, "minutes")
    wait = "delivery waits" if count == 1 else "deliveries wait"
    whole: Line = (f"❗ {count} {wait} for more than {minutes} min. ",)
    spoken = without_mark(pen, (*whole, "List them with tocsin outbox list."))
    return kit.Message(text=spoken, blocks=[pen.says(*whole, Code("tocsin outbox list"))])


def draw_removed(scene: Scene) -> kit.Message:
    """Return, for the author alone, what the scrubber took out of their words."""
    removed = kit.one_line(text(scene.words, "removed"), limit=200)
    return line(scene, (f"{scene.incident.ref}: {removed}",))
