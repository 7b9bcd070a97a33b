"""Pressing a button: the handle says which act on which incident, and only where its message stands."""

from dataclasses import replace
from datetime import timedelta

from bot.incident.decision import MIN_REASON, word_count
from bot.incident.model import Incident
from bot.incident.reacting.effects import PlaceKind, Words
from bot.incident.reading.readings import Reading, ReadPanel, reading_of
from bot.incident.refusing.refusals import COPIED_CARD, SOMEONE_ELSES_FORM, Refused, unknown_incident
from bot.incident.refusing.suggestion_refusals import EXPIRED, HOURS_KEPT
from bot.incident.rules.updates import may_say_no_change
from bot.ports import Delivery, Handle, UnitOfWork
from bot.usecases.asked import Answer, Asked, Early, Pressed
from bot.usecases.asking import ask
from bot.usecases.excepting import asked_for, may_answer
from bot.usecases.filing import ask_file
from bot.usecases.form_opening import FORMS, form
from bot.usecases.governing import govern
from bot.usecases.looking import as_dialog, see, show
from bot.usecases.page_testing import PAGE_TESTS, press_test
from bot.usecases.press_answers import send
from bot.usecases.pressed_commands import command_of
from bot.usecases.reading import roles
from bot.usecases.refusing import is_hidden, refuse
from bot.usecases.spending import spend
from bot.usecases.world import World
from bot.words import Act, PolicyDecision, Severity

_GOVERNING = frozenset({Act.ADOPT_POLICY, Act.KEEP_POLICY})
_TYPED = ("title", "severity", "seen", "use_here")
"""What a button that declares keeps of the alarm as it was typed."""

_DECLARING = frozenset({Act.DECLARE_AGAIN, Act.DECLARE_APART})
_TURNS = frozenset({Act.OLDER, Act.NEWER, Act.NEXT_LISTED, Act.PREVIOUS_LISTED})


def press(unit: UnitOfWork, pressed: Pressed, world: World) -> Answer:
    """Return what the presser hears, having done it; the answer also goes out through the outbox.

    Acts that need words answer with a form instead, and change nothing yet.
    """
    handle = unit.handles.get(pressed.token)
    incident = unit.incidents.get(handle.incident) if handle and handle.incident else None
    refused = _unusable(unit, handle, pressed, world)
    if handle is None or refused:
        return send(unit, _refused(unit, refused or COPIED_CARD, pressed, world), pressed, world)
    if _opens_form(handle) or _wants_words(unit, handle, incident, world):
        return form(unit, handle.act, incident, pressed, world, words=_for_form(handle))
    if handle.act is Act.HELP:
        return Answer(view="help")
    if handle.act is Act.PANEL:
        return as_dialog(_look(unit, handle, ReadPanel(), pressed, world))
    return send(unit, _carried_out(unit, handle, pressed, world), pressed, world)


def _unusable(unit: UnitOfWork, handle: Handle | None, pressed: Pressed, world: World) -> Refused | None:
    """Return why the button is not this person's to press, here and now."""
    if handle is None or not _hangs_here(unit, handle, pressed, world):
        return COPIED_CARD
    if handle.person and handle.person != pressed.who.id:
        return SOMEONE_ELSES_FORM
    if handle.incident and is_hidden(unit, handle.incident, pressed.who):
        answers = may_answer(unit.incidents.get(handle.incident), handle.act, pressed.who.id)
        return None if answers else unknown_incident(handle.incident)
    return EXPIRED if _is_expired(handle, world) else None


def _carried_out(unit: UnitOfWork, handle: Handle, pressed: Pressed, world: World) -> Answer:
    if handle.act in _GOVERNING:
        return _govern(unit, handle, pressed, world)
    if handle.act in PAGE_TESTS:
        return press_test(unit, handle, pressed, world)
    if handle.act is Act.AS_FILE:
        return ask_file(unit, _early(handle, pressed), world)
    if handle.act is Act.ROLES:
        return roles(unit, _early(handle, pressed), world, role=None)
    reading = reading_of(handle.act, handle.words)
    if reading:
        return _look(unit, handle, reading, pressed, world)
    answer = ask(unit, _as_asked(handle, pressed), world)
    spend(unit, handle, answer, world, person=pressed.who.id)
    return answer


def _is_expired(handle: Handle, world: World) -> bool:
    """Return whether a private answer's button is too old to carry anybody's words any more."""
    minted = handle.minted_at
    is_answer = handle.message.startswith("answer:")
    return is_answer and minted is not None and world.now() - minted > timedelta(hours=HOURS_KEPT)


def _opens_form(handle: Handle) -> bool:
    """Return whether the press asks for words first; a suggestion that has its reason needs none."""
    if handle.act is Act.SUGGEST_SEVERITY:
        return word_count(str(handle.words.get("why") or "")) < MIN_REASON
    return handle.act in FORMS


def _for_form(handle: Handle) -> Words:
    """Return the words a form opens with: those kept, the severity a suggestion is about, the alarm as it was typed."""
    kept = {"kept": str(handle.words.get("kept", "")), **asked_for(handle)}
    if handle.act is Act.DECLARE:
        typed = {name: handle.words[name] for name in _TYPED if handle.words.get(name)}
        return {**kept, **typed, **({"kept": typed["title"]} if "title" in typed else {})}
    named = handle.act is Act.SUGGEST_SEVERITY and handle.words.get("severity")
    return {**kept, "severity": named} if named else kept


def _look(unit: UnitOfWork, handle: Handle, reading: Reading, pressed: Pressed, world: World) -> Answer:
    """Return what the button shows; turning a page of a private answer puts the next one in its place."""
    early = _early(handle, pressed)
    answer = show(unit, early, see(unit, early, reading, world), world)
    turned = pressed.ephemeral and handle.act in _TURNS and answer.view != "refused"
    return replace(answer, words={**answer.words, "replace": True}) if turned else answer


def _early(handle: Handle, pressed: Pressed) -> Early:
    return Early(
        key=pressed.key,
        who=pressed.who,
        verb=handle.act.value,
        number=handle.incident,
        channel=pressed.at.channel if pressed.at else "",
    )


def _govern(unit: UnitOfWork, handle: Handle, pressed: Pressed, world: World) -> Answer:
    told = unit.outbox.get(handle.message)
    seq = int(str(told.effect.words.get("seq"))) if told else None
    decision = PolicyDecision.ADOPT if handle.act is Act.ADOPT_POLICY else PolicyDecision.KEEP
    early = Early(key=pressed.key, who=pressed.who, verb=handle.act.value)
    return govern(unit, early, decision, world, seq=seq)


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


def _as_asked(handle: Handle, pressed: Pressed) -> Asked:
    return Asked(
        key=pressed.key,
        who=pressed.who,
        command=command_of(handle),
        number=handle.incident,
        respond_url=pressed.respond_url if handle.act in _DECLARING else "",
        again=handle.act in _DECLARING,
        apart=handle.act is Act.DECLARE_APART,
    )


def _refused(unit: UnitOfWork, refused: Refused, pressed: Pressed, world: World) -> Answer:
    return refuse(unit, refused, key=pressed.key, who=pressed.who, asked="Press", world=world)
