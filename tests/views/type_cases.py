"""Kinds of incident and phases of their playbooks, in every state that draws differently."""

from collections.abc import Iterator
from dataclasses import replace

from bot.incident import commands as c
from bot.incident.reacting.effects import CHANNEL, LEADERSHIP, Json, Words, dm
from bot.policy.rulebook import Family, Phase
from bot.usecases.asked import Answer
from bot.words import Act, Role, Severity
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import HANDLES, IRIS, LENA, MIA, NOOR, POLICY, TOMAS, Story, declare
from tests.views.stories import acknowledged, played

DONE = "fallback model <!here> is in force"


def drifting(severity: Severity = Severity.SEV1, kind: str = "model drift", *, private: bool = False) -> Story:
    """Return a story whose type was set 5 minutes in."""
    return acknowledged(severity, private=private).does(NOOR, 5, c.SetType(type=kind))


def exposed() -> Story:
    """Return a story of exposed data, in its new private channel."""
    story = drifting(Severity.SEV3, "data exposure")
    return story.does("tocsin", 6, c.RecordChannel(channel="C0PRIV42", name="inc-42-private"))


def contained(story: Story, minutes: float = 32) -> Story:
    """Return the story with its first two phases done by a word."""
    for phase in (Phase.ASSESS, Phase.CONTAIN):
        story.does(NOOR, minutes, c.FinishPhase(phase=phase, words=DONE))
    return story


def reviewed() -> Story:
    """Return a story whose phases are all done."""
    story = contained(drifting()).does(NOOR, 40, c.Resolve(words="Retrained."))
    return story.does(NOOR, 60, c.FinishPhase(phase=Phase.REVIEW, words="postmortem is written"))


def alone(severity: Severity = Severity.SEV2) -> Story:
    """Return a story of unusual access whose security lead is Iris, 30 minutes in."""
    story = drifting(severity, "unusual access").does(
        "tocsin", 6, c.RecordChannel(channel="C0P", name="inc-42-private")
    )
    return story.does(NOOR, 7, c.GiveRole(role=Role.SECURITY_LEAD, person=IRIS))


def type_messages() -> Cases:
    """Return every message of types."""
    yield "line, model drift", told(drifting(), "line.type")
    yield "line, llm cost spike", told(drifting(kind="LLM cost spike"), "line.type")
    yield "line, data exposure", told(exposed(), "line.type")
    yield "line, private, anywhere else", replace(told(exposed(), "line.type"), place=LEADERSHIP)
    everyone = contained(drifting()).does(NOOR, 33, c.SetType(type="faulty release"))
    yield "line, everybody is in it", told(everyone, "line.type")
    yield "line, a test", told(played().does(NOOR, 5, c.SetType(type="model drift")), "line.type")
    raised = drifting(Severity.SEV2).does(NOOR, 9, c.ChangeSeverity(severity=Severity.SEV1))
    yield "line, raised", told(raised, "line.type")
    over = drifting().does(NOOR, 6, c.Resolve(words="Retrained."))
    yield "line, over by now", told(drifting(), "line.type", later=over)
    told_of = drifting(kind="data quality")
    yield "told", told(told_of, "type.told")
    yield "told, private", told(exposed(), "type.told")
    yield "called for a team", told(drifting(), "called", place=dm(MIA))
    yield "called for a team, private", told(exposed(), "called", place=dm(TOMAS))
    yield "severity, by a floor", told(drifting(Severity.SEV3, "provider outage"), "severity", place=CHANNEL)


def phase_cards() -> Cases:
    """Return the card as its playbook stands."""
    yield "card, phase running", fresh("card", drifting())
    yield "card, phase due soon", fresh("card", drifting().clock(12))
    yield "card, phase missed", fresh("card", drifting().clock(12, 15))
    yield "card, next phase", fresh("card", contained(drifting()))
    yield "card, a role owes it", fresh("card", alone())
    yield "card, all phases done", fresh("card", reviewed())
    yield "card, private, anywhere else", replace(fresh("card", exposed()), place=LEADERSHIP)


def phase_messages() -> Cases:
    """Return what the clock says of phases."""
    soon, missed = drifting(Severity.SEV2).clock(24), drifting(Severity.SEV2).clock(24, 30)
    done = contained(drifting(Severity.SEV2).clock(24, 30))
    over = drifting(Severity.SEV2).clock(24, 30).does(NOOR, 31, c.Cancel(why="the probe itself was broken"))
    yield "due soon", told(soon, "clocks", place=CHANNEL)
    yield "due soon, done since", told(soon, "clocks", later=contained(soon_again(), 26), place=CHANNEL)
    yield "missed", told(missed, "clocks", place=CHANNEL)
    yield "missed, to leadership", told(missed, "clocks", place=LEADERSHIP)
    yield "missed, done since", told(missed, "clocks", later=done, place=CHANNEL)
    yield "missed, over since", told(missed, "clocks", later=over, place=CHANNEL)
    yield (
        "missed, another type since",
        told(
            drifting(Severity.SEV2, "unusual access").clock(60),
            "clocks",
            later=drifting(Severity.SEV2, "unusual access").does(NOOR, 8, c.SetType(type="service")).clock(61),
            place=CHANNEL,
        ),
    )
    lost: Words = {"type": "unusual_access", "phase": "notify", "due_at": soon.now.isoformat(), "owner": NOOR}
    words: Words = {"soon": [], "missed": [], "phases_missed": [lost], "phases_soon": [lost]}
    yield "missed, no such phase any more", replace(fresh("clocks", soon, words), first=False)
    yield "missed, private, to leadership", told(alone().clock(36, 60), "clocks", place=LEADERSHIP)
    yield "missed, nobody owes it", told(unowed(), "clocks", place=CHANNEL)
    yield "missed, a test", told(played().does(NOOR, 5, c.SetType(type="model drift")).clock(15), "clocks")
    yield "due soon, by direct message", told(soon, "soon", place=dm(NOOR))
    yield "due soon, by direct message, done", told(soon, "soon", later=contained(soon_again(), 26), place=dm(NOOR))
    both = drifting(Severity.SEV2).clock(24, 96)
    yield "due soon, with a clock", told(both, "soon", place=dm(NOOR))
    late = drifting().does(NOOR, 6, c.Resolve(words="Retrained.")).clock(60 * 71, 60 * 72)
    yield "missed after the end", told(late, "soon", place=dm(NOOR))
    yield "due soon, told too late", replace(told(soon, "soon", place=dm(NOOR)), picture=reviewed().picture)


def soon_again() -> Story:
    """Return the story of a SEV-2 whose first phase is due soon, once more."""
    return drifting(Severity.SEV2).clock(24)


def unowed() -> Story:
    """Return a story that nobody commands and whose office is empty, its first phase missed."""
    nobody = {**POLICY.groups, "sre": replace(POLICY.groups["sre"], members=())}
    story = declare(policy=replace(POLICY, groups=nobody))
    story.does(NOOR, 2, c.TakeCommand()).does(NOOR, 5, c.SetType(type="model drift"))
    story.does(NOOR, 5.5, c.GiveRole(role=Role.DEPUTY, person=LENA))
    return story.does(NOOR, 6, c.GiveBackCommand()).clock(15)


def type_cases() -> dict[str, dict[str, Case]]:
    """Return the messages by the file they are kept in."""
    return {"types": dict([*type_messages(), *phase_cards(), *phase_messages()])}


def type_answers() -> dict[str, Answer]:
    """Return every private answer about types."""
    return dict(_answers())


def _answers() -> Iterator[tuple[str, Answer]]:
    families: list[Json] = [
        {"family": family.value, "names": [one.name for one in POLICY.types.values() if one.family is family]}
        for family in Family
    ]
    yield "types", Answer(view="types", words={"families": families})
    mine: Words = {"ref": "INC-42", "name": "service", "is_set": False}
    yield "types, nobody set it", Answer(view="types", words={"families": families, "mine": mine})
    yield "types, set", Answer(view="types", words={"families": families, "mine": {**mine, "is_set": True}})
    for key in ("model_drift", "provider_outage", "data_exposure"):
        yield f"type, {key}", _said("type", acknowledged(Severity.SEV3), {"type": key}, Act.SET_TYPE)
    yield "type, private already", _said("type", acknowledged(private=True), {"type": "data_exposure"})
    yield "type, nobody to tell", _said("type", _untold(), {"type": "model_drift"})
    yield "set", _said("type_set", drifting())
    yield "set, no role missing", _said("type_set", drifting(Severity.SEV4))
    yield "set, private, anywhere else", _said("type_set", exposed())
    yield "phases", _said("phases", contained(drifting().clock(12, 15)))
    yield "phases, one missed", _said("phases", drifting().clock(12, 15))
    yield "phases, private, anywhere else", _said("phases", exposed())
    yield "phases, stopped", _said("phases", drifting().does(NOOR, 6, c.Cancel(why="the probe itself was broken")))
    yield "phases, none", _said("phases", acknowledged())
    finished: Words = {"phase": "contain"}
    yield "finished", _said("phase_finished", contained(drifting()), finished)
    yield "finished, the last one", _said("phase_finished", reviewed(), {"phase": "review"})
    yield "summary, a phase", _said("summary", drifting(), {"people": 3})
    yield "summary, a phase missed", _said("summary", drifting().clock(15), {"people": 3})
    yield "panel, a type", _said("panel", drifting(), {"inside": True, "hidden": []})


def _untold() -> Story:
    """Return a story whose policy has nobody behind the contacts of a SEV-4."""
    contacts = {**POLICY.people.contacts, "primary": replace(POLICY.people.contacts["primary"], person=None)}
    return declare(Severity.SEV4, policy=replace(POLICY, people=replace(POLICY.people, contacts=contacts)))


def _said(view: str, story: Story, words: Words | None = None, *acts: Act) -> Answer:
    return Answer(view=view, words=words or {}, picture=story.picture, handles={act: HANDLES[act] for act in acts})
