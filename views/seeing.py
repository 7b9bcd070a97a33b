"""Who may see an incident: what is said when that changes, and about access for a time."""

from bot.incident.sentences import When, Who
from bot.words import Classification
from views import kit
from views.lines import line
from views.reading import moment, person, text
from views.scene import LOCK, Scene
from views.sentences import Code, Line, Room

KEEPS_READING = "People who have read this channel keep what they read, and notifications already sent keep the title."
REFER = "Write no secrets or personal data here; refer to the evidence number."


def restricted(scene: Scene) -> list[kit.Block]:
    """Return the line below everything that is RESTRICTED."""
    is_so = scene.incident.classification is Classification.RESTRICTED
    return [scene.pen.below(REFER)] if is_so and not scene.withheld else []


def draw_left_card(scene: Scene) -> kit.Message:
    """Return what is left of a card where the incident is no longer worked on: its number."""
    said = f"{LOCK} {scene.head.replace(' INC', ' · INC')} · private incident"
    spoken = f"{scene.head}, private incident. It goes on in private."
    return kit.Message(text=spoken, blocks=[kit.plain_section(said), scene.pen.says("It goes on in private.")])


def draw_classified(scene: Scene) -> kit.Message:
    """Return, in the incident's channel, who may see it from now on, and where what was said before stands."""
    to = Classification(text(scene.words, "to"))
    who: Line = (Who(person(scene.words, "by")), f" made {scene.incident.ref} {to.upper()}")
    why = scene.quoted(text(scene.words, "why"), before=": ") or (".",)
    room = scene.incident.room
    old: Line = (
        (" What was said before stands in ", Room(room.left, room.left_name), "; those in it can still read it.")
        if room.left and to.is_private and not Classification(text(scene.words, "was")).is_private
        else ()
    )
    return line(scene, who, why, old)


def draw_left_private(scene: Scene) -> kit.Message:
    """Return, in the channel it left, that it goes on elsewhere, and nothing of what it is about."""
    goes = f"{LOCK} {scene.incident.ref} goes on in private. Those who work on it are in its new channel. "
    said: Line = (goes, "Write no more about it here.")
    return kit.Message(text=scene.pen.text(*said).removeprefix(f"{LOCK} "), blocks=[scene.pen.says(*said)])


def draw_archive(scene: Scene) -> kit.Message:
    """Return, to the commander, what a person has to do about the channel it left, whose name may tell the title."""
    moved = f"{scene.incident.ref} goes on in a new private channel. What was said in its old one stays readable"
    if scene.words.get("is_host"):
        return line(scene, (f"{moved} to everyone in it: that channel was there before the incident.",))
    return line(scene, (f"{moved} until a person archives it: channel name, Settings, Archive. Tocsin does not.",))


def draw_access_granted(scene: Scene) -> kit.Message:
    """Return, to whoever is let in, until when; nothing once that is over."""
    until = moment(scene.words, "until") or scene.now
    by: Line = (", let in by ", Who(person(scene.words, "by")), ".")
    then = " You are added to its channel, and taken out of it then."
    return line(scene, (f"You may read {scene.incident.ref} until ", When(until)), by, (then,))


def draw_access_soon(scene: Scene) -> kit.Message:
    """Return that access ends soon, to whoever has it and to the commander."""
    who, until = person(scene.words, "person"), moment(scene.words, "until") or scene.now
    if who == text(scene.words, "to"):
        more = "If you need longer, ask the commander ("
        return line(
            scene,
            (f"Your access to {scene.incident.ref} ends at ", When(until), ". ", more),
            (Who(scene.incident.commander), ")."),
        )
    again = Code(f"/incident {scene.incident.number} access @name 1h why")
    ends: Line = (Who(who), f"'s access to {scene.incident.ref} ends at ", When(until), ". ")
    given: Line = ("It can be given again: ", again, ".")
    return line(scene, ends, given)


def draw_access_over(scene: Scene) -> kit.Message:
    """Return that access is over, to whoever had it and to the commander."""
    who, at = person(scene.words, "person"), moment(scene.words, "at") or scene.now
    mine = who == text(scene.words, "to")
    whose: Line = ("Your",) if mine else (Who(who), "'s")
    over: Line = (*whose, f" access to {scene.incident.ref} for a time ended at ", When(at), ". ")
    if scene.words.get("stays"):
        return line(scene, over, (f"{'You work' if mine else 'They work'} on it by now and stay in its channel.",))
    return line(scene, over, (f"{'You are' if mine else 'They are'} taken out of its channel.",))


def say_classified(scene: Scene) -> kit.Message:
    """Return, to whoever classified it, what follows."""
    incident = scene.incident
    now: Line = (f"{incident.ref} is {incident.classification.upper()} now. ",)
    if incident.is_private and incident.room.left:
        return line(scene, now, ("It goes on in a private channel; a person must archive the old one.",))
    if incident.is_private:
        return line(scene, now, ("Only people invited see more than its number.",))
    stays = " Its channel stays private." if incident.room.is_private else ""
    return line(scene, now, (f"Announcements show its title.{stays}",))


def say_granted(scene: Scene) -> kit.Message:
    """Return, to whoever let somebody in, until when."""
    who = person(scene.words, "person")
    grant = scene.incident.access.grant_of(who or "")
    until: Line = (" until ", When(grant.until)) if grant else ()
    ends = ". They are added to its channel, and taken out of it then by itself."
    return line(scene, (Who(who), f" may read {scene.incident.ref}"), until, (ends,))


def say_ended(scene: Scene) -> kit.Message:
    """Return, to whoever ended access, that it is over."""
    return line(
        scene,
        (
            Who(person(scene.words, "person")),
            f" may read {scene.incident.ref} no longer. They are told.",
        ),
    )
