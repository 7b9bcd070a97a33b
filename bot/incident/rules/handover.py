"""Handing over: offered, accepted, never a gap; the giver commands until somebody has accepted."""

from datetime import timedelta

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.decision import MIN_TITLE, Decision, word_count
from bot.incident.history import events as e
from bot.incident.history import handover_events as h
from bot.incident.history.handing import CommandOffer, Loan, OfferEnd
from bot.incident.model import Incident
from bot.incident.refusing.handover_refusals import (
    nothing_offered,
    nothing_to_hand_over,
    offer_gone,
    offered_to_yourself,
    time_past,
)
from bot.incident.refusing.refusals import Refused, say_what
from bot.incident.refusing.seat_refusals import already_commands, not_yours_to_hand_over
from bot.incident.rules.respond import refuse_unfit
from bot.words import ActorKind, Status

ANSWER_WITHIN = timedelta(minutes=10)
"""How long an offer waits. Product default: two rungs of a SEV-1's paging, so that a silent heir delays nothing."""


def offer_command(command: c.OfferCommand, incident: Incident, context: Context) -> Decision:
    """Return the seat offered by whoever holds it; an offer that still waits is withdrawn for it."""
    refused = refuse_offer(incident, context)
    if refused:
        return refused
    if command.person == incident.commander:
        return offered_to_yourself(incident)
    unfit = refuse_unfit(command.person, incident, context)
    if unfit:
        return unfit
    if word_count(command.brief) < MIN_TITLE:
        return say_what(MIN_TITLE, what="in the brief how it stands")
    if command.until and command.until <= context.now:
        return time_past()
    waiting = incident.handing.offer
    offered = h.CommandOffered(
        at=context.now,
        by=incident.commander or context.actor.id,
        number=len(incident.handing.ended) + (2 if waiting else 1),
        person=command.person,
        brief=command.brief,
        watch=command.watch,
        until=command.until,
        ends_at=context.now + ANSWER_WITHIN,
    )
    return (*((_ended(waiting, OfferEnd.WITHDRAWN, context),) if waiting else ()), offered)


def refuse_offer(incident: Incident, context: Context) -> Refused | None:
    """Return why this person may not offer the seat, or None: only whoever holds it may."""
    if incident.commander is None:
        return nothing_to_hand_over(incident)
    mine = incident.commander == context.actor.id or context.actor.kind is not ActorKind.PERSON
    return None if mine else not_yours_to_hand_over(incident)


def accept_command(_: c.AcceptCommand, incident: Incident, context: Context) -> Decision:
    """Return the seat handed over, in one step; to accept is to answer, and to acknowledge (G8.1)."""
    me, offer = context.actor.id, incident.handing.offer
    if offer is None or offer.person != me:
        return already_commands(incident) if incident.commander == me else _gone(incident, context)
    accepted = h.CommandHandedOver(
        at=context.now,
        by=me,
        number=offer.number,
        over=offer.by,
        brief=offer.brief,
        watch=offer.watch,
        until=offer.until,
    )
    silent = incident.status is Status.DECLARED
    return (*((e.Acknowledged(at=context.now, by=me),) if silent else ()), accepted)


def decline_command(command: c.DeclineCommand, incident: Incident, context: Context) -> Decision:
    """Return the offer declined by whom it was made to; a word why is welcome and not asked for."""
    offer = incident.handing.offer
    if offer is None or offer.person != context.actor.id:
        return _gone(incident, context)
    return (_ended(offer, OfferEnd.DECLINED, context, why=command.why),)


def refuse_answer(incident: Incident, context: Context) -> Refused | None:
    """Return why there is no offer for this person to answer, or None."""
    return None if is_offered(incident, context) else _gone(incident, context)


def is_offered(incident: Incident, context: Context) -> bool:
    """Return whether the one who asks is offered the seat; an offer whose time is over waits no more."""
    offer = incident.handing.offer
    return offer is not None and offer.person == context.actor.id and context.now <= offer.ends_at


def _gone(incident: Incident, context: Context) -> Refused:
    mine = [one.at for one in incident.handing.ended if one.person == context.actor.id]
    offer = incident.handing.offer
    late = offer.ends_at if offer and offer.person == context.actor.id else None
    return offer_gone(incident, ended_at=late or (mine[-1] if mine else None))


def withdraw_offer(_: c.WithdrawOffer, incident: Incident, context: Context) -> Decision:
    """Return the offer taken back by whoever made it."""
    offer = incident.handing.offer
    if offer is None or not (offer.by == context.actor.id or context.actor.kind is not ActorKind.PERSON):
        return nothing_offered(incident)
    return (_ended(offer, OfferEnd.WITHDRAWN, context),)


def offer_expired(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the offer ended by the clock: nobody answered it."""
    offer = incident.handing.offer
    return (_ended(offer, OfferEnd.EXPIRED, context),) if offer else ()


def _ended(offer: CommandOffer, how: OfferEnd, context: Context, *, why: str = "") -> h.OfferEnded:
    return h.OfferEnded(
        at=context.now,
        by=context.actor.id,
        number=offer.number,
        person=offer.person,
        giver=offer.by,
        how=how,
        waited_until=offer.ends_at,
        why=why,
    )


def loan_due(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return command gone back to whoever gave it for a time; if they are gone, it stays where it is."""
    loan = incident.handing.loan
    if loan is None:
        return ()
    if loan.giver in context.gone:
        return (_kept(loan, h.LoanEnd.GONE, context),)
    return (h.CommandReturned(at=context.now, by=context.actor.id, person=loan.giver, over=loan.person),)


def _kept(loan: Loan, how: h.LoanEnd, context: Context) -> h.LoanEnded:
    return h.LoanEnded(
        at=context.now, by=context.actor.id, person=loan.person, giver=loan.giver, until=loan.until, how=how
    )


def overtaken(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the ends of an offer and of a seat held for a time that what just happened to `incident` has overtaken.

    Both are about one commander of one open incident: they end with that, and are never left over for another.
    """
    offer, loan = incident.handing.offer, incident.handing.loan
    stands = incident.status.is_open
    ends: list[e.Event] = []
    if offer and not (stands and incident.commander == offer.by):
        ends.append(_ended(offer, OfferEnd.OVERTAKEN, context))
    if loan and not (stands and incident.commander == loan.person):
        ends.append(_kept(loan, h.LoanEnd.OVERTAKEN, context))
    return tuple(ends)
