"""Opening forms: which act asks for words first, and what its form shows."""

from bot.incident.context import Actor
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.refusing.refusals import Refused
from bot.ports import UnitOfWork
from bot.usecases.answering import mint
from bot.usecases.asked import Answer, Early, Pressed, Principal
from bot.usecases.declare_places import mint_shows, offer_here
from bot.usecases.form_states import state_of
from bot.usecases.form_words import declare_words
from bot.usecases.pictures import picture
from bot.usecases.press_answers import send
from bot.usecases.refusing import context_of, refuse, refuse_early, refuse_opening, target
from bot.usecases.world import World
from bot.words import Act, ActorKind

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
    Act.PAGE_PERSON: "form.page",
    Act.EXCEPTION: "form.exception",
    Act.DECLINE_EXCEPTION: "form.exception_decline",
}


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
        return send(unit, answer, pressed, world)
    return _form(unit, act, incident, key=pressed.key, who=pressed.who.id, words=words, world=world)


def _form(
    unit: UnitOfWork, act: Act, incident: Incident | None, *, key: str, who: str, words: Words, world: World
) -> Answer:
    number = incident.number if incident else None
    carried: Words = {"number": words["number"]} if act is Act.DECLINE_EXCEPTION and "number" in words else {}
    if act is Act.DECLARE:
        context = context_of(unit, world.policy(unit), Actor(kind=ActorKind.PERSON, id=who), world)
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
