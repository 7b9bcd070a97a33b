"""Promises: what declaring will set in motion under a policy, in the words of the form that asks for it."""

from collections.abc import Iterator

from bot.incident.reacting.effects import Words
from bot.incident.rules.suggesting import criteria
from bot.incident.sentences import spell_allowed
from bot.policy.business import BusinessSpan
from bot.policy.model import Policy, SeverityRules, Sprint
from bot.policy.rota import Rota
from bot.words import ClockKind, Severity

ANYONE_JOINS = "open a channel anyone here can join"


def promised(*, policy: Policy, rota: Rota, severity: Severity | None = None) -> Words:
    """Return what the declare form shows: the severities, who is on call, and what `severity` (or the default) does."""
    chosen = severity or policy.default_severity
    return {
        "severities": [
            {"value": one.value, "name": policy.rules(one).name, "definition": policy.rules(one).definition}
            for one in Severity
        ],
        "criteria": [
            {"value": one.value, "words": one.words, "severity": one.severity.value} for one in criteria(policy)
        ],
        "severity": chosen.value,
        "on_call": _on_call(policy, rota),
        "promise": list(_promise(policy, rota, policy.rules(chosen))),
    }


def _on_call(policy: Policy, rota: Rota) -> str:
    contact = policy.people.contacts.get("primary")
    person = rota.person(rota.contact("primary") or "")
    return f"the {contact.label}, {person.name}" if contact and person else ""


def _promise(policy: Policy, rota: Rota, rules: SeverityRules) -> Iterator[str]:
    person = rota.person(rota.contact("primary") or "")
    yield f"page {person.name} ({policy.people.team}, primary)" if person else "page nobody, for nobody is on call"
    yield ANYONE_JOINS
    told = [f"#{name}" for name in (policy.channels.incidents, rules.broadcast) if name]
    yield f"tell {' and '.join(told)}"
    yield f"start the clocks: {', '.join(_clocks(rules))}"
    if rules.update_every:
        yield f"ask for a status update every {spell_allowed(rules.update_every)}"


def _clocks(rules: SeverityRules) -> Iterator[str]:
    for kind in ClockKind:
        allowance = rules.clocks.get(kind)
        if isinstance(allowance, Sprint):
            yield f"{kind} by the end of the next sprint"
        elif isinstance(allowance, BusinessSpan):
            yield f"{kind} {allowance}"
        elif allowance:
            yield f"{kind} {spell_allowed(allowance)}"
