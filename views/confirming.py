"""A severity that awaits confirmation: said on the card, to whoever raised it, and to those who are asked (G2)."""

from collections.abc import Iterable

from bot.incident.sentences import Who
from bot.words import Severity
from views import kit
from views.lines import line
from views.reading import person, text, texts
from views.scene import Scene
from views.sentences import Bold, Line, joined
from views.standing import ended
from views.told import channel_told

UNLISTED = "unlisted"
"""The id of the line of the declare form that says so, which is drawn anew as the severity changes."""

MOST_NAMED = 4


def awaiting_line(scene: Scene) -> Line:
    """Return, for the card, that its severity awaits a yes and who can give it; nothing while it does not."""
    awaiting = scene.incident.awaiting
    if awaiting is None or ended(scene):
        return ()
    unlisted = f" is not on the {scene.incident.severity.label} list; everything runs meanwhile. "
    can = f"{first_names(scene.pen.called(one) for one in scene.picture.confirmers)} can confirm"
    return (Bold("Awaiting confirmation."), " ", Who(awaiting.raised_by), f"{unlisted}{can}, or change the severity.")


def not_on_the_list(severity: Severity, names: Iterable[str]) -> str:
    """Return, to whoever declares, that it starts all the same, and whose word it then waits for."""
    return (
        f"You are not on the list for {severity.label}: it starts now all the same, "
        f'and shows "awaiting confirmation" until {first_names(names)} confirms.'
    )


def first_names(names: Iterable[str]) -> str:
    """Return people by their first names, the last after "or"; more than four are counted."""
    firsts = list(dict.fromkeys(kit.clean_name(name).split(" ")[0] for name in names))
    more = len(firsts) - MOST_NAMED
    said = [*firsts[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return "".join(str(part) for part in joined(((one,) for one in said), last=" or ")) or "nobody policy names"


def draw_confirmed(scene: Scene) -> kit.Message:
    """Return, in the channel, who confirmed which severity."""
    severity = Severity(text(scene.words, "severity"))
    return line(scene, (Who(person(scene.words, "by")), f" confirmed {severity.label}."))


def say_confirmed(scene: Scene) -> kit.Message:
    """Return, to who confirmed it, that it is done."""
    done = f"You confirmed {scene.incident.severity.label} of {scene.incident.ref}. "
    return line(scene, (done, channel_told(scene)))


def draw_consulted(scene: Scene) -> kit.Message:
    """Return, to whom policy has asked about it, what was decided and who could decide otherwise; never its title."""
    to, was = text(scene.words, "to"), text(scene.words, "was")
    by, role = Who(person(scene.words, "by")), text(scene.words, "as")
    said: Line = (by, f" made {scene.incident.ref} {_level(to)}, was {_level(was)}. ")
    asked = f"Policy asks you as {role} about that; it is done already. If it is wrong, tell "
    who = joined([(Who(one),) for one in texts(scene.words, "who")], last=" or ") or ("Platform Governance",)
    return line(scene, said, (asked,), who, (".",))


def _level(word: str) -> str:
    return Severity(word).label if word in set(Severity) else word.upper()
