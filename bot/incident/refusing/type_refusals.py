"""Refusals about what kind of incident it is, and about the phases of its playbook."""

from datetime import datetime

from bot.incident.model import Incident
from bot.incident.refusing.offers import Offer
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import When
from bot.policy.model import Policy
from bot.policy.rulebook import IncidentType, Phase
from bot.words import Act

LONGEST_SAID = 40


def no_such_type(incident: Incident, typed: str, *, nearest: str | None, policy: Policy) -> Refused:
    """Return no. 80: the matrix has no such type; the nearest one is a press away, and is shown before it is set."""
    said = "".join(letter for letter in typed if letter.isalnum() or letter in " -_")[:LONGEST_SAID].strip()
    if nearest is None:
        return Refused(number=80, sentence=(f"There is no type `{said or '…'}`. `/incident type` lists them.",))
    name = policy.types[nearest].name
    shows = Offer(label=name[0].upper() + name[1:], carries={"type": nearest}, about=incident.number)
    return Refused(
        number=80,
        sentence=(f"There is no type `{said or '…'}`. Did you mean {name}? `/incident type` lists all of them.",),
        offers=(Act.SHOW_TYPE,),
        details={Act.SHOW_TYPE: shows},
    )


def type_already(incident: Incident, kind: IncidentType) -> Refused:
    """Return no. 17: that is its type."""
    return Refused(number=17, sentence=(f"The type of {incident.ref} is {kind.name} already.",))


def no_such_phase(incident: Incident, phase: Phase, *, known: tuple[Phase, ...], kept: str) -> Refused:
    """Return no. 81: its playbook has no such phase, or nobody has said which playbook it is."""
    if not known:
        said = f"No playbook runs for {incident.ref}: nobody has set its type. "
        return Refused(number=81, sentence=(f"{said}`/incident {incident.number} type` lists the types.",), kept=kept)
    has = f"{', '.join(known[:-1])} and {known[-1]}" if known[1:] else known[0]
    said = f"The playbook of {incident.ref} has no phase `{phase}`. Its phases: {has}. Nothing was changed."
    return Refused(number=81, sentence=(said,), kept=kept)


def say_what_was_done(phase: Phase, artifacts: tuple[str, ...], *, kept: str) -> Refused:
    """Return no. 82: a phase is done by something that somebody did."""
    owed = "; ".join(artifacts)[:100]
    said = f"Say what was done, in at least 10 letters or digits: `/incident type {phase} done what was done`. "
    return Refused(number=82, sentence=(f"{said}Owed: {owed}.",), kept=kept)


def done_already(incident: Incident, phase: Phase, *, at: datetime) -> Refused:
    """Return no. 17: somebody was faster, or a milestone ended it."""
    said = f"The phase `{phase}` of {incident.ref} is done already, since "
    return Refused(number=17, sentence=(said, When(at), ". What is to be added goes into a note."))


def below_floor(incident: Incident, kind: IncidentType, *, kept: str) -> Refused:
    """Return no. 83: its type has a floor (G9.1)."""
    least = kind.severity_floor.label
    said = f"The type of {incident.ref} is {kind.name}, which is {least} or worse by policy. "
    how = f"It stays {incident.severity.label}; if it is none, set another type: `/incident {incident.number} type`."
    return Refused(number=83, sentence=(f"{said}{how}",), kept=kept)


def too_open(incident: Incident, kind: IncidentType) -> Refused:
    """Return no. 84: its type has a level that it is never less restricted than (G6.1)."""
    least = kind.classification.upper()
    said = f"The type of {incident.ref} is {kind.name}, which is {least} at least by policy. "
    how = f"It stays {incident.classification.upper()}; if it is none, set another type: "
    return Refused(number=84, sentence=(f"{said}{how}`/incident {incident.number} type`.",))
