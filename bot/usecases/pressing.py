"""Pressing a button: the handle says which act on which incident, and only where its message stands."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.context import TOCSIN
from bot.incident.model import Incident
from bot.incident.reacting.drafting import tell
from bot.incident.reacting.effects import ASKER, Effect, EffectKind, PlaceKind, Words
from bot.incident.reading.readings import Reading, reading_of
from bot.incident.refusing.refusals import COPIED_CARD, SOMEONE_ELSES_FORM, Refused
from bot.incident.rules.updates import may_say_no_change
from bot.ports import Delivery, Handle, UnitOfWork
from bot.usecases.answering import mint
from bot.usecases.asked import Answer, Asked, Early, Pressed
from bot.usecases.asking import ask
from bot.usecases.filing import ask_file
from bot.usecases.form_words import declare_words
from bot.usecases.looking import see, show
from bot.usecases.pictures import picture
from bot.usecases.refusing import context_of, refuse, refuse_early, refuse_opening, target
from bot.usecases.world import World
from bot.words import Act, Lane, Severity

_TURNS = frozenset({Act.OLDER, Act.NEWER, Act.NEXT_LISTED, Act.PREVIOUS_LISTED})

FORMS: dict[Act, str] = {
    Act.POST_UPDATE: "form.update",
    Act.SNOOZE: "form.snooze",
    Act.ESCALATE: "form.escalate",
    Act.MITIGATE: "form.mitigate",
    Act.RESOLVE: "form.resolve",
    Act.CANCEL: "form.cancel",
    Act.DECLARE: "form.declare",
    Act.NOTE: "form.note",
    Act.CHANGE_SEVERITY: "form.severity",
    Act.REOPEN: "form.reopen",
    Act.TAKE_ROLE: "form.take_role",
    Act.GIVE_ROLE: "form.give_role",
}


def press(unit: UnitOfWork, pressed: Pressed, world: World) -> Answer:
    """Return what the presser hears, having done it; the answer also goes out through the outbox.

    Acts that need words answer with a form instead, and change nothing yet.
    """
    handle = unit.handles.get(pressed.token)
    if handle is None or not _hangs_here(unit, handle, pressed, world):
        return _send(unit, _refused(unit, COPIED_CARD, pressed, world), pressed, world)
    if handle.person and handle.person != pressed.who.id:
        return _send(unit, _refused(unit, SOMEONE_ELSES_FORM, pressed, world), pressed, world)
    incident = unit.incidents.get(handle.incident) if handle.incident else None
    if handle.act in FORMS or _wants_words(unit, handle, incident, world):
        return form(unit, handle.act, incident, pressed, world, kept=str(handle.words.get("kept", "")))
    if handle.act is Act.HELP:
        return Answer(view="help")
    if handle.act is Act.AS_FILE:
        return _send(unit, ask_file(unit, _as_early(handle, pressed), world), pressed, world)
    reading = reading_of(handle.act, handle.words)
    if reading:
        return _send(unit, _look(unit, handle, reading, pressed, world), pressed, world)
    return _send(unit, ask(unit, _as_asked(handle, pressed), world), pressed, world)


def _look(unit: UnitOfWork, handle: Handle, reading: Reading, pressed: Pressed, world: World) -> Answer:
    """Return what the button shows; turning a page of a private answer puts the next one in its place."""
    early = _as_early(handle, pressed)
    answer = show(unit, early, see(unit, early, reading, world), world)
    turned = pressed.ephemeral and handle.act in _TURNS and answer.view != "refused"
    return replace(answer, words={**answer.words, "replace": True}) if turned else answer


def _as_early(handle: Handle, pressed: Pressed) -> Early:
    return Early(
        key=pressed.key,
        who=pressed.who,
        verb=handle.act.value,
        number=handle.incident,
        channel=pressed.at.channel if pressed.at else "",
    )


def _hangs_here(unit: UnitOfWork, handle: Handle, pressed: Pressed, world: World) -> bool:
    """Return whether the press came from the message the handle was minted for.

    While that message's `ts` is not known yet, a message of ours in its channel will do, and the press settles the
    delivery as sent. Answers only their own reader ever sees need no such check.
    """
    delivery = unit.outbox.get(handle.message)
    if delivery is None or pressed.ephemeral or pressed.at is None:
        return handle.message.startswith("answer:") == (delivery is None or pressed.ephemeral)
    if delivery.sent:
        return delivery.sent == pressed.at
    if _channel_of(unit, delivery) not in {None, pressed.at.channel}:
        return False
    unit.outbox.settle_sent(handle.message, sent=pressed.at, rev=delivery.wanted_rev, now=world.now())
    return True


def _channel_of(unit: UnitOfWork, delivery: Delivery) -> str | None:
    place, number = delivery.effect.place, delivery.effect.incident
    if place.kind is PlaceKind.CHANNEL:
        incident = unit.incidents.get(number) if number else None
        return incident.channel.id if incident and incident.channel else None
    return unit.places.get(str(place))


def _wants_words(unit: UnitOfWork, handle: Handle, incident: Incident | None, world: World) -> bool:
    """Return whether "no change" was said too often in a row, so that the form opens instead."""
    if handle.act is not Act.NO_CHANGE or incident is None:
        return False
    rules = world.policy(unit, incident.policy_hash).rules(Severity(incident.severity))
    return not may_say_no_change(incident, rules)


def form(
    unit: UnitOfWork, act: Act, incident: Incident | None, pressed: Pressed, world: World, *, kept: str = ""
) -> Answer:
    """Return the form for `act`, its handle bound to the one who opened it (abuse: a form somebody else opened)."""
    act = Act.POST_UPDATE if act is Act.NO_CHANGE else act
    refused = refuse_opening(unit, act, incident, pressed.who, world)
    if refused:
        answer = refuse(
            unit, refused, key=pressed.key, who=pressed.who, asked=act.value, world=world, incident=incident
        )
        return _send(unit, answer, pressed, world)
    return _form(unit, act, incident, key=pressed.key, who=pressed.who.id, words={"kept": kept}, world=world)


def _form(
    unit: UnitOfWork, act: Act, incident: Incident | None, *, key: str, who: str, words: Words, world: World
) -> Answer:
    number = incident.number if incident else None
    if act is Act.DECLARE:
        policy = world.policy(unit)
        words = declare_words(unit, context_of(unit, policy, TOCSIN, world), words)
    handles = mint(unit, key, (act,), number=number, person=who, world=world)
    shown = picture(unit, incident, world) if incident else None
    return Answer(view=FORMS[act], words=words, picture=shown, handles=handles)


def open_form(unit: UnitOfWork, early: Early, act: Act, words: Words, world: World) -> Answer:
    """Return the form a bare verb opens, or why it is not opened."""
    found = None if act is Act.DECLARE else target(unit, early)
    incident = None if isinstance(found, Refused) else found
    refused = found if isinstance(found, Refused) else refuse_opening(unit, act, incident, early.who, world)
    if refused:
        return refuse_early(unit, early, refused, world)
    return _form(unit, act, incident, key=early.key, who=early.who.id, words=words, world=world)


def _as_asked(handle: Handle, pressed: Pressed) -> Asked:
    return Asked(
        key=pressed.key,
        who=pressed.who,
        command=_command(handle),
        number=handle.incident,
        respond_url=pressed.respond_url if handle.act is Act.DECLARE_AGAIN else "",
        again=handle.act is Act.DECLARE_AGAIN,
    )


def _command(handle: Handle) -> c.Command:
    direct: dict[Act, c.Command] = {
        Act.ACKNOWLEDGE: c.Acknowledge(),
        Act.TAKE_COMMAND: c.TakeCommand(over=handle.quoted or None),
        Act.GIVE_BACK: c.GiveBackCommand(),
        Act.PASS_ON: c.PassOnPage(),
        Act.NO_CHANGE: c.PostNoChange(),
        Act.ON_IT: c.AnswerCall(),
        Act.CLOSE: c.Close(),
    }
    if handle.act is Act.UNDO_NOTE:
        return c.WithdrawNote(note=int(str(handle.words.get("note") or 0)), author=handle.person)
    if handle.act is Act.MERGE:
        return c.Merge(into=int(str(handle.words.get("into"))), confirmed=True)
    if handle.act is Act.DECLARE_AGAIN:
        severity = handle.words.get("severity")
        return c.Declare(
            title=str(handle.words.get("title", "")),
            description=str(handle.words.get("description", "")),
            severity=Severity(str(severity)) if severity else None,
        )
    return direct[handle.act]


def _refused(unit: UnitOfWork, refused: Refused, pressed: Pressed, world: World) -> Answer:
    return refuse(unit, refused, key=pressed.key, who=pressed.who, asked="Press", world=world)


def _send(unit: UnitOfWork, answer: Answer, pressed: Pressed, world: World) -> Answer:
    """Put the private answer to a press in the outbox: an ack has no room for it."""
    if pressed.respond_url and answer.view != "declared":
        incident = answer.picture.incident.number if answer.picture else None
        effect = Effect(
            id=f"answer:{pressed.key}",
            kind=EffectKind.RESPOND,
            lane=Lane.ANSWER,
            incident=incident,
            place=ASKER,
            view=answer.view,
            words={**answer.words, "url": pressed.respond_url},
        )
        unit.outbox.add([effect], now=world.now())
    return answer


def submit(unit: UnitOfWork, asked: Asked, token: str, world: World) -> Answer:
    """Return the answer to a form: its handle says which incident, and whose form it was."""
    handle = unit.handles.get(token)
    if handle is None or handle.person != asked.who.id:
        return refuse(unit, SOMEONE_ELSES_FORM, key=asked.key, who=asked.who, asked="Submit", world=world)
    answer = ask(unit, replace(asked, number=handle.incident), world)
    _tell_removed(unit, answer, asked, world)
    return answer


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
