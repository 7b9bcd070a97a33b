"""What policy says about one thing, in plain words: a severity, a type of incident, a role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches

from bot.policy.business import BusinessSpan
from bot.policy.durations import in_words
from bot.policy.facts import Subject, subjects
from bot.policy.model import PageStep, Policy, SeverityRules, Sprint
from bot.policy.reading import nearest
from bot.policy.roles import key_of
from bot.policy.rulebook import Activity, IncidentType
from bot.policy.telling_all import WHOLE
from bot.words import ClockKind, Role, Severity

_CLOCKS = {
    ClockKind.ACKNOWLEDGE: "acknowledged within {}",
    ClockKind.COMMANDER: "a named commander answers within {}",
    ClockKind.MITIGATE: "mitigated within {}",
    ClockKind.RESOLVE: "resolved within {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sheet of policy: its title, what it says line by line, and the file it comes from."""

    title: str
    lines: tuple[str, ...]
    source: str


def tell(policy: Policy, what: str) -> Told | str:
    """Return what `policy` says about `what`: a severity, a type, a role, or anything else it names.

    The answer is one sentence when policy knows nothing of that name.
    """
    wanted = _plain(what)
    return _known(policy, wanted) or _other(policy, wanted, what)


def tell_anyone(policy: Policy, what: str) -> Told | str:
    """Return what any member may hear of `policy`: severities, types, roles, who does what; no people, no telephones.

    The answer is one sentence, of at most 300 characters, when policy knows nothing of that name.
    """
    wanted = _plain(what)
    words = (*(one.value for one in Severity), *WHOLE, *map(key_of, Role), *policy.types)
    near = get_close_matches(wanted, words, n=1, cutoff=0.6)
    guess = f" The nearest is `{near[0]}`." if near else ""
    asks = "Ask for sev1 to sev4, raci, roles, types, a role such as scribe, or one of the types."
    return _known(policy, wanted) or f"Policy says nothing about `{what}`.{guess} {asks}"


def _known(policy: Policy, wanted: str) -> Told | None:
    """Return what is told of a severity, of a whole kind, of a type or a role; None for any other name."""
    for severity in Severity:
        if wanted in {_plain(severity), _plain(severity.label)}:
            return _told(policy, _title(policy.rules(severity)), _severity(policy, severity), "severity.yaml")
    if wanted in WHOLE:
        title, file, lines = WHOLE[wanted]
        return _told(policy, title, lines(policy), file)
    for key, kind in policy.types.items():
        if wanted in {_plain(key), _plain(kind.name)}:
            return _told(policy, f"Type {kind.name}", _type(policy, kind), "matrix.yaml")
    for role in Role:
        if wanted == _plain(role):
            return _told(policy, f"Role {role}", _role(policy, role), "roles.yaml")
    return None


def _other(policy: Policy, wanted: str, what: str) -> Told | str:
    """Return the facts about whatever else has that name."""
    known = sorted(subjects(policy), key=lambda subject: len(subject.key))
    for subject in known:
        names = (subject.key[-1], subject.title, subject.facts.get("name", ""), subject.facts.get("label", ""))
        if wanted in map(_plain, names):
            return _told(policy, subject.title, _facts(subject), "")
    words = (
        *(one.label for one in Severity),
        *WHOLE,
        *policy.types,
        *map(key_of, Role),
        *(one.key[-1] for one in known),
    )
    return f"Policy says nothing about `{what}`: {nearest(word=wanted, known=dict.fromkeys(words))}."


def _plain(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "").replace(" ", "")


def _told(policy: Policy, title: str, lines: Iterator[str], source: str) -> Told:
    head = policy.files.get(source)
    stands = f"{source} {head.version}, owned by {head.owner}, next review {head.next_review}; " if head else ""
    return Told(title=title, lines=tuple(lines), source=f"{stands}policy {policy.version} ({policy.short_hash}).")


def _title(rules: SeverityRules) -> str:
    return f"{rules.severity.label}, {rules.name}"


def _severity(policy: Policy, severity: Severity) -> Iterator[str]:
    rules = policy.rules(severity)
    yield f"{rules.definition}."
    yield f"Clocks: {' · '.join(_CLOCKS[kind].format(_span(one)) for kind, one in rules.clocks.items())}."
    if rules.update_every:
        yield f"Status updates: every {in_words(rules.update_every)}."
    if rules.pages:
        yield f"Paged until somebody acknowledges: {' · '.join(_page(policy, step) for step in rules.pages)}."
    if rules.escalation:
        yield f"Not mitigated in time: {_contacts(policy, rules.escalation)} called."
    yield f"Any other clock missed: {_contacts(policy, (rules.escalation_contact,))} called."
    if rules.broadcast:
        yield f"Told in: #{rules.broadcast}."
    yield f"Postmortem: {rules.postmortem}."
    for activity, row in policy.raci.activities.items():
        if not row.severities or severity in row.severities:
            yield _who_may(policy, activity)


def _span(allowance: timedelta | BusinessSpan | Sprint) -> str:
    if isinstance(allowance, Sprint):
        return "this sprint or the next"
    return str(allowance) if isinstance(allowance, BusinessSpan) else in_words(allowance)


def _page(policy: Policy, step: PageStep) -> str:
    when = f"after {in_words(step.after)}" if step.after else "at once"
    return f"{when} {_contact(policy, step.contact)}, by way {step.way}"


def _contact(policy: Policy, key: str) -> str:
    contact = policy.people.contacts[key]
    person = policy.people.persons.get(contact.person or "")
    return f"{contact.label} ({person.name if person else 'nobody'})"


def _contacts(policy: Policy, keys: tuple[str, ...]) -> str:
    said = " and ".join(_contact(policy, key) for key in keys)
    return f"{said} {'is' if len(keys) == 1 else 'are'}"


def _who_may(policy: Policy, activity: Activity) -> str:
    """Return who may do an activity (G2)."""
    label, parties = policy.raci.activities[activity].label, policy.raci.parties
    may = (parties[party].label for party in parties if policy.raci.may_act(activity=activity, party=party))
    return f"{label[0].upper()}{label[1:]}: {' and '.join(may)} may."


def _type(policy: Policy, kind: IncidentType) -> Iterator[str]:
    yield f"It is one when: {'; '.join(kind.triggers)}."
    yield f"At least {kind.severity_floor.label}, at least {kind.classification.upper()}."
    yield f"Write down: {'; '.join(kind.collect)}."
    yield f"Runbook: {kind.runbook or 'none yet'}."
    for severity, row in kind.rows.items():
        teams = ", ".join(policy.groups[team].label for team in row.teams)
        told = " and ".join(_contact(policy, key) for key in row.contacts)
        yield f"{severity.label} mobilises {teams}; told: {told}; roles: {_roles(policy, row.roles)}."
    for phase in kind.phases:
        due = ", ".join(f"{severity.label} {in_words(span)}" for severity, span in phase.within.items())
        owner, artifacts = _roles(policy, (phase.owner,)), "; ".join(phase.artifacts)
        yield f"{phase.phase.capitalize()} within {due}: {owner}; {artifacts}."
    yield f"Goes outside only when signed off by: {_roles(policy, kind.sign_off)}."
    if kind.tell_vendors:
        yield "Vendors concerned are told."
    yield f"Reviewed with: {', '.join(policy.groups[group].label for group in kind.review_with)}."


def _roles(policy: Policy, keys: tuple[str, ...]) -> str:
    return ", ".join(policy.offices[key].label if key in policy.offices else key.replace("_", " ") for key in keys)


def _role(policy: Policy, role: Role) -> Iterator[str]:
    duties = policy.roles[role]
    yield f"Answers for: {'; '.join(duties.answers_for)}."
    yield f"Decides: {duties.decides}."
    yield "Any member may take it while it is free." if duties.anyone else "Only those who lead may take it."
    yield f"Asked first: {', '.join(policy.groups[group].label for group in duties.filled_from)}."
    for severity, span in duties.needed.items():
        yield f"{severity.label} needs it filled within {in_words(span)}."
    for number, line in enumerate(duties.instructions, start=1):
        yield f"{number}. {line}."


def _facts(subject: Subject) -> Iterator[str]:
    for what, said in subject.facts.items():
        yield f"{what}: {said}." if what else f"{said}."
