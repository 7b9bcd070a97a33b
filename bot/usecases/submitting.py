"""Submitting a form: its handle says which incident it is about, and the world may have changed meanwhile."""

from dataclasses import replace

from bot.incident.reacting.drafting import tell
from bot.incident.reacting.effects import Words
from bot.incident.refusing.refusals import SOMEONE_ELSES_FORM, Refused
from bot.ports import Handle, UnitOfWork
from bot.usecases.asked import Answer, Asked
from bot.usecases.asking import ask
from bot.usecases.declare_places import in_its_channel
from bot.usecases.excepting import meant
from bot.usecases.form_opening import FORMS
from bot.usecases.form_states import asks_again, outlived_by
from bot.usecases.principals import admit
from bot.usecases.refusing import refuse
from bot.usecases.world import World
from bot.words import Lane


def submit(unit: UnitOfWork, asked: Asked, token: str, world: World) -> Answer:
    """Return the answer to a form: its handle says which incident, and whose form it was."""
    handle = unit.handles.get(token)
    if handle is None or handle.person != asked.who.id:
        return refuse(unit, SOMEONE_ELSES_FORM, key=asked.key, who=asked.who, asked="Submit", world=world)
    command = meant(in_its_channel(asked.command, handle.words), handle)
    answer = _submitted(unit, replace(asked, command=command, number=handle.incident), handle, world)
    _tell_removed(unit, answer, asked, world)
    return answer


def _submitted(unit: UnitOfWork, asked: Asked, handle: Handle, world: World) -> Answer:
    """Return the answer to a form that may have met a changed world; a repeat of one that was taken is answered so."""
    admitted = admit(unit, asked.who, world.policy(unit), world)
    if unit.requests.answered(asked.key) is None and not isinstance(admitted, Refused):
        incident = unit.incidents.get(handle.incident) if handle.incident else None
        late = outlived_by(asked, handle, incident)
        if late:
            name = type(asked.command).__name__
            return refuse(unit, late, key=asked.key, who=asked.who, asked=name, world=world, incident=incident)
        again = asks_again(unit, asked, handle, incident, form=FORMS.get(handle.act, ""), world=world)
        if again:
            return again
    return ask(unit, asked, world)


def _tell_removed(unit: UnitOfWork, answer: Answer, asked: Asked, world: World) -> None:
    """Tell the author by DM what the scrubber removed: a form that closes has no room for it (G6.2)."""
    removed = answer.words.get("removed")
    if not removed or answer.picture is None or answer.view == "declared":
        return
    incident = answer.picture.incident
    words: Words = {"removed": removed}
    effect_id = f"removed:{asked.key}"
    unit.outbox.add(
        [tell(incident, asked.who.id, "removed", words, effect_id=effect_id, lane=Lane.ANSWER)], now=world.now()
    )
