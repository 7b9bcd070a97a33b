"""Asking: a command about an incident, or an alarm, is decided and written in one transaction."""

from dataclasses import replace
from datetime import timedelta

from bot.incident import commands as c
from bot.incident.authority.deciding import access_to, decide_access, who_may
from bot.incident.authority.rights import Right
from bot.incident.context import Context, Recent
from bot.incident.decide import decide, meant
from bot.incident.history.codec import plain
from bot.incident.kept import kept_words
from bot.incident.model import Incident
from bot.incident.reacting import effect_ids as ids
from bot.incident.reacting.effects import ASKER, Effect, EffectKind, Words
from bot.incident.refusing.flood_refusals import TOO_MANY
from bot.incident.refusing.refusals import Refused, unfit
from bot.incident.rules.housing import why_not_here
from bot.incident.sight import may_see
from bot.ports import UnitOfWork
from bot.usecases.answering import declared_words, done, freeze, thaw
from bot.usecases.asked import Answer, Asked
from bot.usecases.keeping import keep_alarm
from bot.usecases.merging import go_along, with_facts
from bot.usecases.pictures import picture
from bot.usecases.principals import admit
from bot.usecases.recording import record
from bot.usecases.refusing import context_of, refuse, target
from bot.usecases.scrubbing import scrub_command
from bot.usecases.timing import timed
from bot.usecases.world import World
from bot.words import Lane

RECENT = timedelta(minutes=30)
"""How far back another incident is worth mentioning to a declarer."""


def ask(unit: UnitOfWork, asked: Asked, world: World) -> Answer:
    """Return the answer to one request, having written what it changed.

    A repeated delivery (same `key`) hears the first answer again. LostRaceError means: ask again from the start.
    """
    if isinstance(asked.command, c.Declare):
        unit.incidents.take_turn(asked.who.id)
    earlier = unit.requests.answered(asked.key) if asked.key else None
    if earlier is not None:
        return thaw(unit, earlier, world)
    answer = _decide(unit, asked, world)
    if asked.key and (answer.view != "refused" or answer.words["number"] == TOO_MANY):
        unit.requests.remember(asked.key, answer=freeze(answer), now=world.now())
    return answer


def _decide(unit: UnitOfWork, asked: Asked, world: World) -> Answer:
    policy = world.policy(unit)
    actor = admit(unit, asked.who, policy, world)
    if isinstance(actor, Refused):
        return _refuse(unit, actor, asked, world)
    if isinstance(asked.command, c.Declare):
        return _declare(unit, asked, asked.command, context_of(unit, policy, actor, world), world)
    found = target(unit, asked)
    if isinstance(found, Refused):
        return _refuse(unit, found, asked, world)
    policy = world.policy(unit, found.policy_hash)
    here = found.channel is not None and found.channel.id == asked.channel
    return _respond(unit, asked, found, context_of(unit, policy, actor, world, here=here), world)


def _refuse(
    unit: UnitOfWork, refused: Refused, asked: Asked, world: World, *, incident: Incident | None = None
) -> Answer:
    cleaned = scrub_command(asked.command)[0]
    return refuse(
        unit,
        refused if refused.kept else replace(refused, kept=kept_words(cleaned)),
        key=asked.key,
        who=asked.who,
        asked=type(asked.command).__name__,
        world=world,
        incident=incident,
        said=plain(cleaned),
    )


def _respond(unit: UnitOfWork, asked: Asked, incident: Incident, context: Context, world: World) -> Answer:
    command, removed = scrub_command(asked.command)
    command = timed(unit, command, incident, asked.who, world)
    context = with_facts(unit, incident, command, context)
    decision = _unfit(unit, command, incident, context) or decide(incident, command, context)
    if isinstance(decision, Refused):
        return _refuse(unit, decision, asked, world, incident=incident)
    after = incident
    if decision:
        access = access_to(meant(command, incident, context), incident, context)
        after = record(unit, incident, decision, context, request_id=asked.key, access=access).after
        go_along(unit, incident, decision, context, world, request_id=asked.key)
    return done(unit, command, after, decision, key=asked.key, who=asked.who.id, removed=removed, world=world)


def _unfit(unit: UnitOfWork, command: c.Command, incident: Incident | None, context: Context) -> Refused | None:
    """Return why the person named in `command` cannot take what it gives them (bots, guests, strangers)."""
    if isinstance(command, c.EndAccess):
        return None
    person = getattr(command, "person", None) or getattr(command, "commander", None)
    member = unit.members.get(person) if person else None
    if person is None or (member and member.is_eligible):
        return None
    cannot = _cannot(command)
    contacts = (context.rota.contact(key) for key in context.policy.people.contacts)
    choose = who_may(Right.COMMAND, incident, context) if cannot == "command" else contacts
    known = person if member else None
    return unfit(known, choose=[one for one in choose if one and one != person], cannot=cannot)


def _cannot(command: c.Command) -> str:
    if isinstance(command, c.GiveRole):
        return f"be {command.role}"
    if isinstance(command, c.GrantAccess):
        return "be let in"
    if isinstance(command, c.PagePerson):
        return "be paged"
    if isinstance(command, c.Escalate):
        return "be called"
    return "be invited" if isinstance(command, c.Invite) else "command"


def _declare(unit: UnitOfWork, asked: Asked, command: c.Declare, context: Context, world: World) -> Answer:
    cleaned, removed = scrub_command(command)
    context = replace(
        context,
        recent=_recent(unit, context, tests=command.is_test),
        again=asked.again,
        apart=asked.apart,
        other=_housed(unit, command),
    )
    refused = _unfit(unit, cleaned, None, context) or _refused(cleaned, context)
    if refused:
        keep_alarm(unit, cleaned, refused, context, world, request_id=asked.key)
        return _refuse(unit, refused, asked, world)
    lately = unit.incidents.opened_since(context.now - RECENT)
    others = [one for one in lately if may_see(one, context.actor) and not (one.is_test or command.is_test)]
    after = _begin(unit, cleaned, context, request_id=asked.key)
    not_here = why_not_here(command.host, context, is_private=command.is_private) if command.host else ""
    words = {
        **declared_words(command, after, others=others, world=world),
        "removed": removed,
        "not_here": not_here,
    }
    if asked.respond_url:
        unit.outbox.add([_asked_effect(after, {**words, "url": asked.respond_url})], now=context.now)
    return Answer(view="declared", words=words, picture=picture(unit, after, world))


def _refused(command: c.Command, context: Context) -> Refused | None:
    decision = decide(None, command, context)
    return decision if isinstance(decision, Refused) else None


def _begin(unit: UnitOfWork, command: c.Command, context: Context, *, request_id: str) -> Incident:
    """Write the new incident under the next number, which is taken only by an alarm that stands."""
    events = decide(None, command, replace(context, number=unit.incidents.next_number()))
    if isinstance(events, Refused):
        message = f"a number changed the decision: {events.sentence}"
        raise TypeError(message)
    access = decide_access(principal=context.actor, act=Right.DECLARE, resource=None, context=context)
    return record(unit, None, events, context, request_id=request_id, access=access).after


def _housed(unit: UnitOfWork, command: c.Declare) -> Incident | None:
    """Return the incident whose channel it is that another one is asked to live in."""
    return unit.incidents.by_channel(command.host.id) if command.host else None


def _recent(unit: UnitOfWork, context: Context, *, tests: bool) -> tuple[Recent, ...]:
    """Return what the one who asks declared lately: tests for a test, so that no alarm is taken for one."""
    found = unit.incidents.recent_of(context.actor.id, since=context.now - RECENT)
    mine = [one for one in found if one.is_test is tests]
    return tuple(
        Recent(
            number=one.number,
            title=one.title,
            severity=one.severity,
            at=one.declared.at,
            keeps=one.status.is_open and not one.is_private,
        )
        for one in mine
    )


def _asked_effect(incident: Incident, words: Words) -> Effect:
    """Return the answer's one replacement, when the channel exists."""
    return Effect(
        id=ids.of(incident, ids.ASKED),
        kind=EffectKind.RESPOND,
        lane=Lane.ANSWER,
        incident=incident.number,
        place=ASKER,
        view="declared",
        words=words,
        needs=(ids.of(incident, ids.CHANNEL),),
    )
