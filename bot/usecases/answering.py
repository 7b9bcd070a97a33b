"""Answers: what the one who asked hears, made before the commit so that nothing can fail after it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.history.asked_events import PageAsked, PageHeld
from bot.incident.history.codec import plain
from bot.incident.history.suggestions import SeveritySuggested
from bot.incident.model import Incident
from bot.incident.reacting.effects import Json, Words
from bot.incident.reading.controls import acts_of
from bot.incident.refusing.offers import Offer
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Quote, Sentence, When, Who
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer
from bot.usecases.pictures import picture
from bot.usecases.world import World
from bot.words import Act


def sentence_words(sentence: Sentence) -> list[Json]:
    """Return a sentence as JSON, its people, moments and quotations still marked."""
    written: list[Json] = []
    for part in sentence:
        match part:
            case str():
                written.append(part)
            case Who():
                written.append({"who": part.person})
            case When():
                written.append({"at": part.at.isoformat()})
            case Quote():
                written.append({"quote": part.words})
    return written


def refusal(
    unit: UnitOfWork,
    refused: Refused,
    *,
    key: str,
    incident: Incident | None,
    who: str,
    world: World,
    said: Words | None = None,
) -> Answer:
    """Return the refusal as an answer, with the buttons it offers; `said` is the command's own words, for them."""
    words: Words = {
        "number": refused.number,
        "parts": sentence_words(refused.sentence),
        "offers": [act.value for act in refused.offers],
        "kept": refused.kept,
        **details_of(refused),
    }
    if incident is None:
        words = {**words, "names": _names(unit, refused.sentence)}
    own: Words = {**(said or {}), "kept": refused.kept}
    number = incident.number if incident else None
    handles: dict[Act, str] = {}
    for act in refused.offers:
        offer = refused.details.get(act, Offer())
        about, carried = offer.about or number, {**own, **offer.carries}
        handles |= mint(unit, key, (act,), number=about, person=who, world=world, words=carried)
    shown = picture(unit, incident, world, also=words) if incident else None
    return Answer(view="refused", words=words, picture=shown, handles=handles)


def _names(unit: UnitOfWork, sentence: Sentence) -> Words:
    """Return the names of the people in a sentence that no picture of an incident goes with."""
    people = (part.person for part in sentence if isinstance(part, Who))
    members = (unit.members.get(person) for person in people if person)
    return {member.id: member.name for member in members if member}


def details_of(refused: Refused) -> Words:
    """Return what the buttons under a refusal say, and ask back, where their acts alone do not."""
    labels = {act.value: offer.label for act, offer in refused.details.items() if offer.label}
    asks = {act.value: plain(offer.asks) for act, offer in refused.details.items() if offer.asks}
    return {**({"labels": labels} if labels else {}), **({"asks": asks} if asks else {})}


def mint(
    unit: UnitOfWork,
    key: str,
    acts: Sequence[Act],
    *,
    number: int | None,
    person: str,
    world: World,
    words: Words | None = None,
    state: str = "",
) -> Mapping[Act, str]:
    """Return a handle for each act on the answer to the request `key`, for `person` alone, quoting `state`."""
    message = message_of(key)
    incident = unit.incidents.get(number) if number and Act.TAKE_COMMAND in acts else None
    return {
        act: unit.handles.mint(
            message,
            act,
            incident=number,
            person=person,
            quoted=state or quoted(act, incident),
            words=words,
            now=world.now(),
        )
        for act in acts
    }


def message_of(key: str) -> str:
    """Return the id under which the answer to the request `key` keeps its handles."""
    return f"answer:{key}"


def quoted(act: Act, incident: Incident | None) -> str:
    """Return the state a confirm dialog on `act` quotes: whom taking command would relieve."""
    if act is not Act.TAKE_COMMAND or incident is None or not incident.commander_answered:
        return ""
    return incident.commander or ""


_VIEWS: dict[type[c.Command], str] = {
    c.Acknowledge: "acknowledged",
    c.TakeCommand: "you_command",
    c.NameCommander: "named",
    c.GiveBackCommand: "seat_given_back",
    c.OfferCommand: "offered",
    c.AcceptCommand: "you_command",
    c.DeclineCommand: "declined",
    c.WithdrawOffer: "offer_withdrawn",
    c.PassOnPage: "passed_on",
    c.PostUpdate: "updated",
    c.PostNoChange: "no_changed",
    c.SnoozeUpdates: "snoozed",
    c.AddNote: "noted",
    c.WithdrawNote: "note_withdrawn",
    c.Escalate: "escalated",
    c.AnswerCall: "on_it",
    c.Mitigate: "mitigated",
    c.Resolve: "resolved",
    c.Cancel: "cancelled",
    c.ChangeSeverity: "severity_changed",
    c.Reopen: "reopened",
    c.Retitle: "retitled",
    c.Close: "closed",
    c.Merge: "merged",
    c.TakeRole: "role_taken",
    c.GiveRole: "role_given",
    c.GiveBackRole: "role_left",
    c.Join: "joined",
    c.Invite: "invited",
    c.Follow: "follows",
    c.Unfollow: "follows_no_more",
    c.SendToCommander: "sent_to_commander",
    c.PostSuggested: "updated",
    c.TakeAndPost: "taken_and_posted",
    c.SuggestSeverity: "severity_suggested",
    c.LeaveSeverity: "severity_left",
    c.SetTimes: "times",
    c.Classify: "classified",
    c.GrantAccess: "access_granted",
    c.EndAccess: "access_ended",
    c.ConfirmSeverity: "confirmed",
    c.SetType: "type_set",
    c.FinishPhase: "phase_finished",
    c.PagePerson: "person_paged",
    c.AskException: "exception_asked",
    c.ApproveException: "exception_approved",
    c.DeclineException: "exception_declined",
    c.EndException: "exception_ended",
    c.MoveInside: "moved_inside",
    c.KeepWithholding: "withholding_kept",
}


def done(
    unit: UnitOfWork,
    command: c.Command,
    incident: Incident,
    events: Sequence[e.Event],
    *,
    key: str,
    who: str,
    removed: str,
    world: World,
) -> Answer:
    """Return what the author of `command` hears once it is done; `removed` is the scrubber's sentence."""
    view = _VIEWS[type(command)]
    words: dict[str, Json] = {**plain(command), **_more(command, events)}
    if removed:
        words["removed"] = removed
    acts = () if incident.commander_answered and view != "noted" else acts_of(view)
    carried: Words = {"note": incident.notes} if view == "noted" else {}
    handles = mint(unit, key, acts, number=incident.number, person=who, world=world, words=carried)
    return Answer(view=view, words=words, picture=picture(unit, incident, world, also=words), handles=handles)


def _more(command: c.Command, events: Sequence[e.Event]) -> Mapping[str, Json]:
    for event in events:
        if isinstance(event, e.Escalated):
            return {"person": event.person}
        if isinstance(event, PageAsked | PageHeld):
            return paged_words(event)
        if isinstance(event, SeveritySuggested):
            return {"people": list(event.people)}
        if isinstance(event, e.StatusUpdatePosted):
            return {"number": event.number}
        if isinstance(event, e.PersonPaged) and isinstance(command, c.PassOnPage):
            return {"next": event.page.person}
    return {}


def paged_words(event: PageAsked | PageHeld) -> Mapping[str, Json]:
    """Return what who asked for a page hears: by which way it goes and when the next follows, or that it was held."""
    if isinstance(event, PageHeld):
        return {"held": True}
    return {"way": event.page.way_label if event.page else "", "next_at": plain(event.next_at)}


def declared_words(command: c.Declare, incident: Incident, *, others: Sequence[Incident], world: World) -> Words:
    """Return what the declarer is told beside the number: what was assumed, and what else opened lately."""
    other = next((one for one in others if one.number != incident.number), None)
    return {
        "severity_given": command.severity is not None,
        "is_test": incident.is_test,
        "long_title": incident.title.endswith("…") and not command.title.endswith("…"),
        "other": _other(other, world) if other else None,
        "channel": incident.channel.id if incident.channel else None,
    }


def _other(other: Incident, world: World) -> Json:
    minutes = int((world.now() - other.declared.at).total_seconds() // 60)
    return {"number": other.number, "severity": other.severity.value, "title": other.title, "minutes": minutes}


def freeze(answer: Answer) -> bytes:
    """Return the answer as bytes, for a repeated delivery to hear again."""
    number = answer.picture.incident.number if answer.picture else None
    handles = {act.value: token for act, token in answer.handles.items()}
    return json.dumps(
        {"view": answer.view, "words": plain(answer.words), "incident": number, "handles": handles}
    ).encode()


def thaw(unit: UnitOfWork, frozen: bytes, world: World) -> Answer:
    """Return the answer given before, its picture drawn from the latest row."""
    kept: dict[str, Any] = json.loads(frozen)
    incident = unit.incidents.get(kept["incident"]) if kept["incident"] else None
    return Answer(
        view=kept["view"],
        words=kept["words"],
        picture=picture(unit, incident, world, also=kept["words"]) if incident else None,
        handles={Act(act): token for act, token in kept["handles"].items()},
    )
