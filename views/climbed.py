"""Calls that were not answered: in the channel, who is called instead, or that there is nobody further to call."""

from collections.abc import Iterator

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When, Who, spell_allowed
from bot.words import Act
from views import buttons, kit
from views.lines import without_mark
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
    if _is_waiting(scene):
        yield _step(scene, said)
    elif not scene.first:
        yield _done(scene)


def silent(scene: Scene, said: Words) -> Line:
    """Return who did not answer a call, and for how long."""
    who = texts(said, "unanswered")
    verb = "has" if len(who) == 1 else "have"
    within = spell_allowed(scene.picture.policy.calls.unanswered_after)
    return (*joined((Who(one),) for one in who), f" {verb} not answered the call within {within}")


def draw_nobody_further(scene: Scene) -> kit.Message | None:
    """Return who was called in vain and whom to telephone; then who is on it, or that it is over."""
    head = f"Nobody called for {scene.incident.ref} has answered, and there is nobody further to call."
    if not _is_waiting(scene):
        done = _done(scene)
        return None if scene.first else kit.Message(text=without_mark(scene.pen, done), blocks=[scene.pen.says(*done)])
    known = numbers(scene, texts(scene.words, "unanswered"))
    call = "Call by telephone: numbers are in the message." if known else "Find somebody who can be reached."
    telephone: Line = (Bold("Call:"), " ", *known, ". ") if known else ()
    return kit.Message(
        text=scene.pen.text(f"{head} {call}"),
        blocks=[
            scene.pen.says("❗ ", Bold(head), " ", *_called(scene)),
            scene.pen.says(*telephone, _asked(scene)),
            *buttons.row(scene.picture, scene.handles, *_acts(scene), labels={Act.ESCALATE: "Call someone else"}),
        ],
    )


def _is_waiting(scene: Scene) -> bool:
    return scene.incident.climb is not None and not ended(scene)


def _step(scene: Scene, said: Words) -> Line:
    who = person(said, "person")
    label = scene.picture.describe(who) if who else ""
    called: Line = (scene.ping(who), f" ({label})" if label else "", " is called and added here.")
    return (f"❗ {scene.incident.ref}: ", *silent(scene, said), ". ", *called)


def _called(scene: Scene) -> Line:
    latest = {call.person: call for call in scene.incident.calls if call.answered_at is None}
    return ("Called: ", *strung((Who(call.person), " ", When(call.at)) for call in latest.values()), ".")


def _asked(scene: Scene) -> str:
    if scene.incident.commander_answered:
        return "If you know somebody who can help: call them."
    return "If you are here and able: take command."


def _acts(scene: Scene) -> tuple[Act, ...]:
    return (Act.ESCALATE,) if scene.incident.commander_answered else (Act.TAKE_COMMAND, Act.ESCALATE)


def _done(scene: Scene) -> Line:
    if ended(scene):
        return over(scene, then="Nobody is called any more.")
    answered = [call for call in scene.incident.calls if call.answered_at]
    if not answered:
        return (f"✅ {scene.incident.ref}: no call is waiting for an answer any more.",)
    last = max(answered, key=lambda call: call.answered_at or call.at)
    return ("✅ ", Who(last.person), " is on it since ", When(last.answered_at or last.at), ".")
