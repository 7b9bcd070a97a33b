"""Calls that were not answered: in the channel, who is called instead, or that policy names nobody further."""

from collections.abc import Iterator

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, Who, spell_allowed
from bot.words import Act
from views.reading import part, person, texts
from views.scene import Scene
from views.sentences import Bold, Line, joined, strung
from views.standing import ended, over
from views.telephones import numbers


def climbed_lines(scene: Scene) -> Iterator[Line]:
    """Return the last step of a call nobody answered, as said in the channel; once somebody did, who is on it."""
    said = part(scene.words, "climb")
    if said is None:
        return
    if ended(scene) or scene.incident.climb is None:
        if not scene.first:
            yield _done(scene)
    elif person(said, "person"):
        yield _step(scene, said)
    else:
        yield _top(scene)
        yield _whom_to_telephone(scene, said)


def climbed_acts(scene: Scene) -> tuple[Act, ...]:
    """Return what the channel can do once policy names nobody further to call."""
    said = part(scene.words, "climb")
    if said is None or person(said, "person") or scene.incident.climb is None:
        return ()
    return (Act.ESCALATE,) if scene.incident.commander_answered else (Act.TAKE_COMMAND, Act.ESCALATE)


def silent(scene: Scene, said: Words) -> Line:
    """Return who did not answer a call, for which incident, and for how long."""
    who = texts(said, "unanswered")
    verb = "has" if len(who) == 1 else "have"
    within = spell_allowed(scene.picture.policy.calls.unanswered_after)
    return (*joined((Who(one),) for one in who), f" {verb} not answered the call within {within}")


def _step(scene: Scene, said: Words) -> Line:
    who = person(said, "person")
    label = scene.picture.describe(who) if who else ""
    return (
        f"❗ {scene.incident.ref}: ",
        *silent(scene, said),
        ". ",
        scene.ping(who),
        f" ({label})" if label else "",
        " is called and added here.",
    )


def _top(scene: Scene) -> Line:
    latest = {call.person: call for call in scene.incident.calls if call.answered_at is None}
    called: Line = strung((Who(call.person), " ", When(call.at)) for call in latest.values())
    head = f"❗ Nobody called for {scene.incident.ref} has answered, and there is nobody further to call. Called: "
    return (head, *called, ".")


def _whom_to_telephone(scene: Scene, said: Words) -> Line:
    known = numbers(scene, texts(said, "unanswered"))
    asked = "Call someone else, or find somebody who can."
    if not scene.incident.commander_answered:
        asked = "If you are here and able: take command."
    return (*((Bold("Call:"), " ", *known, ". ") if known else ()), asked)


def _done(scene: Scene) -> Line:
    if ended(scene):
        return over(scene, then="Nobody is called any more.")
    answered = [call for call in scene.incident.calls if call.answered_at]
    if not answered:
        return (f"✅ {scene.incident.ref}: no call is waiting for an answer any more.",)
    last = max(answered, key=lambda call: call.answered_at or call.at)
    return ("✅ ", Who(last.person), " is on it since ", When(last.answered_at or last.at), ".")
