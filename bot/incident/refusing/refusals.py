"""Refusals: every "no" as a sentence that says what stands in the way, who can, and what to do now."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.refusing.offers import Offer, Offers
from bot.incident.sentences import Quote, Sentence, When, Who, spell
from bot.words import Act, Severity, Status

LONGEST_SHOWN, MOST_NAMED = 40, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A "no" for the person who asked: nothing was changed.

    `number` is its line in the table of refusals (the audit log keeps it), `offers` are buttons under it, `kept` is the
    person's own text given back, and `details` what some of the buttons have besides their act; `because` is the reason
    as the record has it, where it was a matter of who may.
    """

    number: int
    sentence: Sentence
    offers: tuple[Act, ...] = ()
    kept: str = ""
    details: Offers = field(default_factory=dict)
    because: Words = field(default_factory=dict)


_DID = {
    Status.ACKNOWLEDGED: "acknowledged",
    Status.MITIGATED: "mitigated",
    Status.RESOLVED: "resolved",
    Status.CLOSED: "closed",
    Status.CANCELLED: "cancelled",
    Status.MERGED: "merged",
}


def milestone(incident: Incident) -> tuple[str | None, datetime]:
    """Return who brought the incident where it is, and when."""
    done = {
        Status.ACKNOWLEDGED: incident.acknowledged,
        Status.MITIGATED: incident.mitigated,
        Status.RESOLVED: incident.resolved,
        Status.CLOSED: incident.closed,
        Status.CANCELLED: incident.cancelled,
    }.get(incident.status)
    return (done.by, done.at) if done else (None, incident.declared.at)


def wrong_status(incident: Incident, *, done: str, now: datetime, kept: str = "") -> Refused:
    """Return no. 1: the status does not allow it; `done` is what it can therefore not be ("mitigated")."""
    by, at = milestone(incident)
    ago = f", {spell(now - at)} ago), so it cannot be {done}. " if done else f", {spell(now - at)} ago). "
    how = "Nothing more is needed." if incident.status.is_open else "If it is back, reopen it."
    return Refused(
        number=1,
        sentence=(f"{incident.ref} is already {_DID[incident.status]} (", Who(by), ago, how),
        offers=_instead(incident),
        kept=kept,
    )


def _instead(incident: Incident) -> tuple[Act, ...]:
    if incident.status is Status.MITIGATED:
        return (Act.RESOLVE,)
    return () if incident.status.is_open else (Act.REOPEN,)


def not_allowed(*, doing: str, who: Iterable[str], kept: str = "") -> Refused:
    """Return no. 4 for other acts: `doing` is for the people in `who`."""
    return Refused(number=4, sentence=(f"{doing} is for ", *listed(who), "."), kept=kept)


def listed(who: Iterable[str]) -> Sentence:
    """Return people by name, the last after "or"; more than five are counted."""
    every = list(dict.fromkeys(who))
    if not every:
        return ("people policy names, and it names nobody",)
    more = len(every) - MOST_NAMED
    named: list[str | Who] = [*(Who(one) for one in every[:MOST_NAMED]), *([f"{more} more"] if more > 0 else [])]
    between = (*([", "] * (len(named) - 2)), " or ")
    return (named[0], *(part for pair in zip(between, named[1:], strict=False) for part in pair))


def unknown_incident(number: int) -> Refused:
    """Return no. 8: the same whether it does not exist or may not be seen."""
    return Refused(
        number=8, sentence=(f"There is no INC-{number} that you can see. `/incident list` shows those you can.",)
    )


def which_one(open_numbers: Iterable[int], *, verb: str = "") -> Refused:
    """Return no. 9: this is not an incident's channel; the example repeats the `verb` that was asked for."""
    every = list(open_numbers)
    numbers, more = every[:MOST_NAMED], len(every[MOST_NAMED:])
    example = numbers[0] if numbers else 42
    asked = f"{shown(verb) or 'update'} …"
    named = f"{', '.join(f'INC-{number}' for number in numbers)}{f' and {more} more' if more else ''}"
    known = f"Open now: {named}." if numbers else "Nothing is open."
    return Refused(
        number=9,
        sentence=(f"This is not an incident's channel, so say which: `/incident {example} {asked}`. {known}",),
    )


def shown(typed: str) -> str:
    """Return what somebody typed as it may stand among Tocsin's own words: short, and nothing that reads as markup."""
    return "".join(letter for letter in typed if letter.isalnum() or letter in " @.-")[:LONGEST_SHOWN]


def unknown_verb(typed: str, *, nearest: str | None, means: Act | None = None, carries: Words | None = None) -> Refused:
    """Return no. 10 or 11: there is no such verb; the nearest is offered and never runs by itself.

    `means` is the act of the nearest verb, or declaring where the line begins with a severity, if a button can do it;
    `carries` is the rest of the line, for that button.
    """
    typed = shown(typed)
    meant = {means: Offer(label=(nearest or "declare").capitalize(), carries=carries or {})} if means else {}
    offers = (*meant, Act.HELP)
    if nearest:
        sentence = f"There is no verb `{typed}`. Did you mean *{nearest}*?"
        return Refused(number=10, sentence=(sentence,), offers=offers, details=meant)
    sentence = f"There is no verb `{typed}`. To raise an alarm: `/incident declare what is broken`."
    return Refused(number=11, sentence=(sentence,), offers=offers, details=meant)


OUTSIDER = Refused(
    number=12,
    sentence=(
        "You are here from another organisation: you can read and write, but only members of this workspace can ",
        "act on incidents. Ask anyone in the channel.",
    ),
)


def guest(emergency_number: str) -> Refused:
    """Return no. 13: guests cannot act; `emergency_number` is the way on."""
    return Refused(
        number=13,
        sentence=(
            "Guests cannot act on incidents. If it is urgent, ask any member to type /incident, or call ",
            f"{emergency_number}.",
        ),
    )


APP = Refused(number=14, sentence=("Apps and workflows act on incidents only where `people.yaml` names them.",))


def not_a_person(typed: str) -> Refused:
    """Return no. 15: what was typed is nobody."""
    return Refused(
        number=15,
        sentence=(
            f"I cannot find a person in `{shown(typed)}`. ",
            "Pick the name from Slack's list so that it turns into a link.",
        ),
    )


def unfit(person: str | None, *, choose: Iterable[str], cannot: str = "command") -> Refused:
    """Return no. 16: who was named cannot take it; `cannot` says what ("be scribe"), None is whom nobody here knows."""
    listed_only = " who are R or A" if cannot == "command" else ""
    return Refused(
        number=16,
        sentence=(
            Who(person) if person else "Somebody Tocsin does not know",
            f" cannot {cannot}: only members of this workspace{listed_only} can. Choose among ",
            *_after_each_other(choose),
            ".",
        ),
    )


def _after_each_other(choose: Iterable[str]) -> Sentence:
    every = list(dict.fromkeys(choose))[:MOST_NAMED]
    commas = [part for one in every for part in (", ", Who(one))][1:]
    return tuple(commas) or ("people policy names, and it names nobody",)


def cannot_cancel(incident: Incident) -> Refused:
    """Return no. 22: once mitigated it was real."""
    at = incident.mitigated.at if incident.mitigated else incident.declared.at
    return Refused(
        number=22,
        sentence=(f"{incident.ref} was mitigated at ", When(at), ", so it was real. Resolve it instead."),
        offers=(Act.RESOLVE,),
    )


REASON_TOO_THIN = Refused(
    number=25, sentence=("A reason needs words (at least 10 letters or digits); it goes on the record.",)
)


def snooze_used_up(severity: Severity, *, in_row: int, longest: str) -> Refused:
    """Return no. 26: updates were snoozed as often as policy lets them."""
    times = "once" if in_row == 1 else f"{in_row} times"
    return Refused(
        number=26,
        sentence=(
            f"{severity.label} updates can be snoozed {times} in a row, for {longest} at most. ",
            "Post an update or press No change.",
        ),
        offers=(Act.POST_UPDATE, Act.NO_CHANGE),
    )


def no_such_severity(typed: str) -> Refused:
    """Return no. 27: there is no such severity."""
    return Refused(number=27, sentence=(f"There is no {shown(typed)}. Severities are SEV-1 (worst) to SEV-4.",))


COPIED_CARD = Refused(number=31, sentence=("These buttons work only where the card was posted.",))
SOMEONE_ELSES_FORM = Refused(
    number=32, sentence=("That form was opened by someone else. Open your own with `/incident update`.",)
)


def no_change_used_up(incident: Incident, *, in_row: int) -> Refused:
    """Return no. 37: "no change" was said as often in a row as policy lets it; words are asked for."""
    return Refused(
        number=37,
        sentence=(
            f"{incident.ref} had {in_row} updates in a row without a change. Say in one sentence what is being tried.",
        ),
        offers=(Act.POST_UPDATE,),
    )


def no_cadence(incident: Incident) -> Refused:
    """Return no. 38: this severity has no updates to snooze."""
    return Refused(
        number=38,
        sentence=(f"{incident.ref} is {incident.severity.label}: no updates fall due, so nothing to snooze.",),
    )


def nothing_asked(incident: Incident) -> Refused:
    """Return no. 39: you were neither paged nor called for it."""
    return Refused(number=39, sentence=(f"You were not called for {incident.ref}, so there is nothing to answer.",))


def declared_already(number: int, *, title: str, ago: str) -> Refused:
    """Return no. 40: the same person declared the same title within 2 minutes; they are asked, not doubled."""
    return Refused(
        number=40,
        sentence=(f"You declared INC-{number} (", Quote(title), f") {ago} ago. Is this another one?"),
        offers=(Act.DECLARE_AGAIN,),
        kept=title,
    )


def say_what(minimum: int, *, what: str) -> Refused:
    """Return no. 41: the words are missing; `minimum` letters or digits are asked for, one going without saying."""
    least = f": at least {minimum} letters or digits" if minimum > 1 else ""
    return Refused(number=41, sentence=(f"Say {what}{least}. Nothing was changed.",))


def too_long(most: int, *, has: int) -> Refused:
    """Return no. 44: `has` characters were typed where `most` are taken; nothing is cut behind anybody's back."""
    return Refused(
        number=44,
        sentence=(f"{most:,} characters at most; yours has {has:,}. Nothing was changed. Your text is kept below.",),
    )


def everyone_called(incident: Incident) -> Refused:
    """Return no. 42: policy names nobody more to call."""
    return Refused(
        number=42,
        sentence=(f"Everyone policy names for {incident.ref} was called already. Name a person to call.",),
        offers=(Act.ESCALATE,),
    )
