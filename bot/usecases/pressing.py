"""Pressing a button: the handle says which act on which incident, and only where its message stands."""

from dataclasses import replace
from datetime import timedelta

from bot.incident.context import TOCSIN
from bot.incident.decision import MIN_REASON, word_count
from bot.incident.model import Incident
from bot.incident.reacting.effects import ASKER, Effect, EffectKind, PlaceKind, Words
from bot.incident.reading.readings import Reading, ReadPanel, reading_of
from bot.incident.refusing.refusals import COPIED_CARD, SOMEONE_ELSES_FORM, Refused, unknown_incident
from bot.incident.refusing.suggestion_refusals import EXPIRED, HOURS_KEPT
from bot.incident.rules.updates import may_say_no_change
from bot.ports import Delivery, Handle, UnitOfWork
from bot.usecases.answering import message_of, mint
from bot.usecases.asked import Answer, Asked, Early, Pressed, Principal
from bot.usecases.asking import ask
from bot.usecases.declare_places import mint_shows, offer_here
from bot.usecases.filing import ask_file
from bot.usecases.form_states import state_of
from bot.usecases.form_words import declare_words
from bot.usecases.governing import govern
from bot.usecases.looking import as_dialog, see, show
from bot.usecases.page_testing import PAGE_TESTS, press_test
from bot.usecases.pictures import picture
from bot.usecases.pressed_commands import command_of
from bot.usecases.reading import roles
from bot.usecases.refusing import context_of, is_hidden, refuse, refuse_early, refuse_opening, target
from bot.usecases.spending import spend
from bot.usecases.world import World
from bot.words import Act, Lane, PolicyDecision, Severity

_GOVERNING = frozenset({Act.ADOPT_POLICY, Act.KEEP_POLICY})
_DECLARING = frozenset({Act.DECLARE_AGAIN, Act.DECLARE_APART})
_TURNS = frozenset({Act.OLDER, Act.NEWER, Act.NEXT_LISTED, Act.PREVIOUS_LISTED})

FORMS: dict[Act, str] = {
    Act.POST_UPDATE: "form.update",
    Act.SNOOZE: "form.snooze",
    Act.ESCALATE: "form.escalate",
    Act.HAND_OVER: "form.handover",
    Act.ANSWER_OFFER: "form.offer",
    Act.MITIGATE: "form.mitigate",
    Act.RESOLVE: "form.resolve",
    Act.CANCEL: "form.cancel",
    Act.DECLARE: "form.declare",
    Act.NOTE: "form.note",
    Act.CHANGE_SEVERITY: "form.severity",
    Act.REOPEN: "form.reopen",
    Act.TAKE_ROLE: "form.take_role",
    Act.GIVE_ROLE: "form.give_role",
    Act.SUGGEST_SEVERITY: "form.suggest",
    Act.TIMES: "form.times",
    Act.CLASSIFY: "form.classify",
}


def press(unit: UnitOfWork, pressed: Pressed, world: World) -> Answer:
    """Return what the presser hears, having done it; the answer also goes out through the outbox.

    Acts that need words answer with a form instead, and change nothing yet.
    """
    handle = unit.handles.get(pressed.token)
    refused = _unusable(unit, handle, pressed, world)
    if handle is None or refused:
        return _send(unit, _refused(unit, refused or COPIED_CARD, pressed, world), pressed, world)
    incident = unit.incidents.get(handle.incident) if handle.incident else None
    if _opens_form(handle) or _wants_words(unit, handle, incident, world):
        return form(unit, handle.act, incident, pressed, world, words=_for_form(handle))
    if handle.act is Act.HELP:
        return Answer(view="help")
    if handle.act is Act.PANEL:
        return as_dialog(_look(unit, handle, ReadPanel(), pressed, world))
    return _send(unit, _carried_out(unit, handle, pressed, world), pressed, world)


def _unusable(unit: UnitOfWork, handle: Handle | None, pressed: Pressed, world: World) -> Refused | None:
    """Return why the button is not this person's to press, here and now."""
    if handle is None or not _hangs_here(unit, handle, pressed, world):
        return COPIED_CARD
    if handle.person and handle.person != pressed.who.id:
        return SOMEONE_ELSES_FORM
    if handle.incident and is_hidden(unit, handle.incident, pressed.who):
        return unknown_incident(handle.incident)
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
    """Return the words a form opens with: those kept, and the severity a suggestion is about."""
    kept = {"kept": str(handle.words.get("kept", ""))}
    named = handle.act in {Act.SUGGEST_SEVERITY, Act.DECLARE} and handle.words.get("severity")
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


def form(
    unit: UnitOfWork, act: Act, incident: Incident | None, pressed: Pressed, world: World, *, words: Words
) -> Answer:
    """Return the form for `act`, its handle bound to the one who opened it (abuse: a form somebody else opened)."""
    act = Act.POST_UPDATE if act is Act.NO_CHANGE else act
    refused = refuse_opening(unit, act, incident, pressed.who, world)
    if refused:
        answer = refuse(
            unit, refused, key=pressed.key, who=pressed.who, asked=act.value, world=world, incident=incident
        )
        return _send(unit, answer, pressed, world)
    return _form(unit, act, incident, key=pressed.key, who=pressed.who.id, words=words, world=world)


def _form(
    unit: UnitOfWork, act: Act, incident: Incident | None, *, key: str, who: str, words: Words, world: World
) -> Answer:
    number = incident.number if incident else None
    carried: Words = {}
    if act is Act.DECLARE:
        context = context_of(unit, world.policy(unit), TOCSIN, world)
        words, carried = offer_here(unit, declare_words(unit, context, words), context)
        words = {**words, "shows": mint_shows(unit, words, key=key, person=who, world=world)}
    handles = mint(
        unit,
        key,
        (act, *beside(act, incident)),
        number=number,
        person=who,
        world=world,
        words=carried,
        state=state_of(act, incident),
    )
    shown = picture(unit, incident, world, also=words) if incident else None
    return Answer(view=FORMS[act], words=words, picture=shown, handles=handles)


def beside(act: Act, incident: Incident | None) -> tuple[Act, ...]:
    """Return what the form for `act` offers besides being submitted: an offer that waits can be withdrawn."""
    waits = act is Act.HAND_OVER and incident is not None and incident.handing.offer is not None
    return (Act.WITHDRAW_OFFER,) if waits else ()


def form_again(unit: UnitOfWork, token: str, who: Principal, words: Words, world: World) -> Answer:
    """Return an open form, drawn again with the `words` filled in so far; `token` is the handle it carries."""
    handle = unit.handles.get(token)
    incident = unit.incidents.get(handle.incident) if handle and handle.incident else None
    if handle is None or incident is None or handle.person != who.id:
        return Answer(view="refused")
    acts = (handle.act, *beside(handle.act, incident))
    minted = unit.handles.of(handle.message)
    handles = {act: minted[act] for act in acts if act in minted}
    return Answer(
        view=FORMS[handle.act], words=words, picture=picture(unit, incident, world, also=words), handles=handles
    )


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
        command=command_of(handle),
        number=handle.incident,
        respond_url=pressed.respond_url if handle.act in _DECLARING else "",
        again=handle.act in _DECLARING,
        apart=handle.act is Act.DECLARE_APART,
    )


def _refused(unit: UnitOfWork, refused: Refused, pressed: Pressed, world: World) -> Answer:
    return refuse(unit, refused, key=pressed.key, who=pressed.who, asked="Press", world=world)


def _send(unit: UnitOfWork, answer: Answer, pressed: Pressed, world: World) -> Answer:
    """Put the private answer to a press in the outbox: an ack has no room for it."""
    if pressed.respond_url and answer.view != "declared":
        incident = answer.picture.incident.number if answer.picture else None
        effect = Effect(
            id=message_of(pressed.key),
            kind=EffectKind.RESPOND,
            lane=Lane.ANSWER,
            incident=incident,
            place=ASKER,
            view=answer.view,
            words={**answer.words, "url": pressed.respond_url},
        )
        unit.outbox.add([effect], now=world.now())
    return answer
