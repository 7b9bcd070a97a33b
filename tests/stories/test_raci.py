"""Who may, by the duties of GOV-001: each row that has a command, allowed and refused; alarms are never refused."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest

from bot.usecases.sampling import MOST_WRITTEN
from sandbox.records import Person
from sandbox.refusals import ActRefused
from tests.stories.company import Cast, words
from tests.stories.conftest import START
from tests.stories.witness import refusals, refused, standing, told

ROOM = "inc-1-checkout-returns-500s"
ADA, SAM = "U0ADA000000", "U0SAM000000"
NOT_LISTED = (
    "You are not on the list for SEV-1: it starts now all the same, and shows "
    '"awaiting confirmation" until Noor, Sam or Mia confirms.'
)
AWAITING = (
    "*Awaiting confirmation.* Ada Obi is not on the SEV-1 list; everything runs meanwhile. "
    "Noor, Sam or Mia can confirm, or change the severity."
)
CONFIRMING = "Confirming a SEV-1 is for Noor Haddad, Sam Reyes or Mia Chen. It already runs; nothing waits for that."


async def declared(company: Cast, who: str = "ada", severity: str = "sev1") -> str:
    """Let `who` declare INC-1; return the private answer."""
    return await company.types(who, f"/incident declare {severity} Checkout returns 500s")


def entries(company: Cast, action: str) -> list[dict[str, Any]]:
    """Return the payloads of the audit entries of this action, each with its decision and policy."""
    with company.store.read() as unit:
        found = [sealed.entry for sealed in unit.audit.entries(limit=10_000)]
    return [
        {**json.loads(one.payload), "decision": one.decision, "policy": one.policy_hash}
        for one in found
        if one.action == action
    ]


def card(company: Cast) -> str:
    """Return every word of the card."""
    return words([block for one in company.messages(ROOM) for block in one["blocks"]][:20])


async def test_an_alarm_is_never_refused(company: Cast) -> None:
    """Ada is neither R nor A: everything starts at once, and the card says that a yes is awaited (G2)."""

    answer = await declared(company)

    assert NOT_LISTED in answer
    assert AWAITING in card(company)
    assert "Page: SEV-1 INC-1" in company.direct("noor")[0]
    assert company.incident(1) == company.replayed(1)
    [entry] = entries(company, "incident.declared")
    assert ("allow", "declare", "member") == (
        entry["decision"],
        entry["authority"]["right"],
        entry["authority"]["as"],
    )
    assert ["ml_engineer", "data_engineer", "governance"][0] == entry["authority"]["told"][0]["party"]
    assert {"announcement"} == {one["where"] for one in entry["authority"]["told"]}


async def test_who_is_on_the_list_awaits_nobody(company: Cast) -> None:
    """Noor is R: no line, no button, and the record says by which duty."""

    answer = await declared(company, "noor")

    assert "not on the list" not in answer
    assert "Awaiting confirmation" not in card(company)
    assert ("declare", "R", "sre") == tuple(
        entries(company, "incident.declared")[0]["authority"][key] for key in ("activity", "duty", "party")
    )


async def test_confirming_by_a_press(company: Cast) -> None:
    """Sam presses: one line in the channel, the question gone from the card; others hear who can (no. 5)."""

    await declared(company)
    no = await company.presses("ada", "Confirm SEV-1", channel=ROOM)
    await company.presses("sam", "Confirm SEV-1", channel=ROOM)

    assert CONFIRMING == told(no)
    assert [("ada", "ConfirmSeverity", 5)] == refusals(company)
    assert "own_alarm" == entries(company, "refused.ConfirmSeverity")[0]["reason"]
    assert "Sam Reyes confirmed SEV-1." in company.texts(ROOM)
    assert "Awaiting confirmation" not in card(company)
    [entry] = entries(company, "incident.severity_confirmed")
    assert ("declare", "R", "sre") == tuple(entry["authority"][key] for key in ("activity", "duty", "party"))


async def test_confirming_by_a_word(company: Cast) -> None:
    """The commander on call is on the list too; a second yes changes nothing."""

    await declared(company)
    answer = await company.types("mia", "/incident 1 confirm")
    again = await refused(company, "noor", "/incident 1 confirm")

    assert "You confirmed SEV-1 of INC-1." in answer
    assert "Mia Chen confirmed SEV-1 already. Nothing was changed." == again
    assert "on call" == entries(company, "incident.severity_confirmed")[0]["authority"]["as"]


async def test_nothing_waits_for_the_confirmation(company: Cast) -> None:
    """Unconfirmed, it is acknowledged, mitigated and resolved as any other."""

    await declared(company)
    await company.presses("noor", "Take command")
    await company.types("noor", "/incident 1 resolve Connection pool raised")

    assert "resolved" == company.incident(1).status
    assert company.audit_is_whole()


async def test_raised_by_the_declarer_it_awaits_too(company: Cast) -> None:
    """Ada raises her SEV-3 to SEV-2: it takes hold at once; an SRE's change ends the wait."""

    await declared(company, severity="sev3")
    assert company.incident(1).awaiting is None
    await company.types("ada", "/incident 1 sev 2 it spreads")
    raised = company.incident(1).awaiting
    await company.types("sam", "/incident 1 sev 1 payments fail too")

    assert raised is not None
    assert "U0ADA000000" == raised.raised_by
    assert company.incident(1).awaiting is None


async def test_asked_of_you(company: Cast) -> None:
    """The page of whoever may confirm says so, with the button; the declarer's own does not."""

    for who in ("sam", "ada"):
        await company.act(who, "open_home")
    await declared(company)
    await company.sandbox.advance("10s")
    homes = company.sandbox.workspace.modals.homes
    shown = {who: words(homes[person].body["blocks"]) for who, person in (("sam", SAM), ("ada", ADA))}

    assert "Confirm SEV-1 of INC-1" in shown["sam"]
    assert "Confirm SEV-1 of INC-1" not in shown["ada"]


async def test_the_form_says_so_as_the_severity_changes(company: Cast) -> None:
    """Ada's form opens with the policy's SEV-2; ticking an outage makes it SEV-1, SEV-3 asks for nobody's yes."""

    await company.types("ada", "/incident declare")
    await company.sandbox.settle()
    first = words(company.sandbox.workspace.modals.stacks["U0ADA000000"][-1].body["blocks"])
    await company.types("noor", "/incident declare")
    await company.sandbox.settle()
    listed = words(company.sandbox.workspace.modals.stacks["U0NOOR00000"][-1].body["blocks"])

    assert NOT_LISTED.replace("SEV-1", "SEV-2") in first
    assert "not on the list" not in listed


ROWS = [
    pytest.param(
        "sev 2 the retries hide it", "sam", "tomas", "Lowering a SEV-1 is for Noor Haddad or Sam Reyes.", id="lower"
    ),
    pytest.param(
        "mitigate Rolled back", "sam", "mia", "Mitigating INC-1 is for Noor Haddad or Sam Reyes.", id="rollback"
    ),
    pytest.param("resolve Pool raised", "sam", "lena", "Resolving INC-1 is for Noor Haddad or Sam Reyes.", id="end"),
    pytest.param(
        "update Errors are falling",
        "noor",
        "sam",
        "Status updates are posted by the commander (Noor Haddad)",
        id="tell",
    ),
    pytest.param(
        "cancel the probe was broken", "ada", "lena", "Cancelling INC-1 is for Ada Obi, Noor Haddad or", id="cancel"
    ),
]


@pytest.mark.parametrize(("typed", "may", "may_not", "sentence"), ROWS)
async def test_a_row_of_the_duties(company: Cast, typed: str, may: str, may_not: str, sentence: str) -> None:
    """Whoever has no R or A in the row hears who has; whoever has one acts, and both are on the record."""

    await declared(company)
    await company.presses("noor", "Take command")
    before = standing(company)
    no = await refused(company, may_not, f"/incident 1 {typed}")
    unchanged = before == standing(company)
    await company.types(may, f"/incident 1 {typed}")

    assert no.startswith(sentence)
    assert unchanged
    assert before.incidents != standing(company).incidents
    with company.store.read() as unit:
        decisions = [sealed.entry.decision for sealed in unit.audit.entries(limit=10_000)]
    assert 1 == decisions.count("deny")


async def test_a_classification_is_for_data_engineers_and_governance(company: Cast) -> None:
    """The commander is only told (I); Ada is R, and Mia, who is C, gets one message without the title."""

    await declared(company)
    await company.presses("noor", "Take command")
    no = await refused(company, "noor", "/incident 1 classify confidential names in the logs")
    before = len(company.direct("mia"))
    await company.types("ada", "/incident 1 classify confidential names in the logs")
    await company.act("ada", "submit")
    await company.sandbox.settle()
    told_mia = company.direct("mia")[before:]

    assert "Classifying INC-1 is for Ada Obi, Lena Brandt or Tomas Vidal." == no
    assert 1 == len(told_mia)
    assert "Policy asks you as ML Engineer" in told_mia[0]
    assert "Checkout" not in told_mia[0]
    authority = entries(company, "incident.classified")[0]["authority"]
    assert [{"party": "ml_engineer", "people": ["U0MIA000000"], "where": "dm"}] == authority["asked"]


async def test_taking_over_is_for_r_and_a(company: Cast) -> None:
    """Tomas may answer a SEV-1, and may not relieve a commander who has."""

    await declared(company)
    await company.presses("noor", "Take command")
    no = await refused(company, "tomas", "/incident 1 command")

    assert "Taking command of INC-1 is for Noor Haddad, Sam Reyes or Mia Chen." == no
    assert "U0NOOR00000" == company.incident(1).commander


async def test_answering_is_for_who_is_called(company: Cast) -> None:
    """Iris is neither mobilised nor on call: she is told who is, and can call one of them."""

    await declared(company)
    no = await company.presses("iris", "Acknowledge", channel=ROOM)

    assert told(no).startswith("Acknowledging INC-1 is for Noor Haddad, Sam Reyes, Mia Chen,")
    assert company.incident(1).acknowledged is None


async def test_a_commander_who_is_unfit_is_not_named(company: Cast) -> None:
    """Only who is R or A can command (no. 16)."""

    await declared(company)
    no = await refused(company, "ada", "/incident 1 command @iris")

    assert (
        "Iris Park cannot command: only members of this workspace who are R or A can. "
        "Choose among Noor Haddad, Sam Reyes, Mia Chen."
    ) == no


async def test_repeated_denials_are_bounded(company: Cast) -> None:
    """Past a bound one person's denials are counted, and the count is one entry once the window is over (G2.1)."""

    await declared(company)
    for _ in range(MOST_WRITTEN + 5):
        await company.types("iris", "/incident 1 resolve Pool raised", settle=False)
    await company.sandbox.advance("11m")

    assert MOST_WRITTEN == len(refusals(company))
    assert [5] == [one["denied"] for one in entries(company, "refused.gap")]
    assert company.audit_is_whole()


# Abuse cases, by their number


async def test_20_a_stranger_changes_nothing(company: Cast) -> None:
    """Somebody from outside presses whatever is there before the card is cut: denied, recorded as `external`."""

    await declared(company)
    await company.sandbox.fault({"error": {"method": "chat.update", "error": "ratelimited", "retry_after": 3}})
    await company.act("ada", "invite", channel=ROOM, user="oona")
    await company.sandbox.settle()
    before = standing(company)
    for label in ("Acknowledge", "Take command", "Confirm SEV-1"):
        await company.presses("oona", label, channel=ROOM)

    assert before == standing(company)
    for act in ("Acknowledge", "TakeCommand", "ConfirmSeverity"):
        assert ["external"] == [one["reason"] for one in entries(company, f"refused.{act}")]
    await company.sandbox.advance("5s")
    with pytest.raises(ActRefused, match="nothing to press"):
        await company.presses("oona", "Acknowledge", channel=ROOM)


async def test_23_somebody_deactivated_meanwhile_is_denied_when_it_is_done(company: Cast) -> None:
    """Sam sends a form, and his account has ended by the time it is carried out: who he is then decides."""

    await declared(company)
    await company.presses("sam", "Take command")
    await company.types("sam", "/incident 1 mitigate")
    with company.store.write() as unit:
        sam = unit.members.get(SAM)
        assert sam is not None
        unit.members.put([replace(sam, deleted=True)], now=START)
    before = standing(company)
    await company.act("sam", "submit", values={"words": "Rolled back checkout"})

    assert before.incidents == standing(company).incidents
    assert "deactivated" == entries(company, "refused.Mitigate")[0]["reason"]


async def test_26_two_acknowledge_within_five_milliseconds(company: Cast) -> None:
    """Exactly one transition; the loser is told who was first."""

    await declared(company)
    both = await asyncio.gather(
        company.presses("mia", "Acknowledge", channel=ROOM, settle=False),
        company.presses("sam", "Acknowledge", channel=ROOM, settle=False),
    )
    await company.sandbox.settle()

    assert 2 == len(both)
    assert 1 == len(entries(company, "incident.acknowledged"))
    winner = company.incident(1).acknowledged
    assert winner is not None
    name = {"U0MIA000000": "Mia Chen", "U0SAM000000": "Sam Reyes"}[winner.by]
    loser = "sam" if name == "Mia Chen" else "mia"
    shown = [str(one["text"]) for one in company.messages(ROOM, seen_by=loser)]
    assert any(text.startswith(f"{name} acknowledged INC-1") and "before you" in text for text in shown)


@pytest.mark.parametrize(("who", "reason"), [("gus", "guest"), ("buildbot", "app")])
async def test_37_41_a_guest_or_an_app_confirms_nothing(company: Cast, who: str, reason: str) -> None:
    """A yes of a guest, or of an app or workflow, is none."""

    await declared(company)
    await company.act("ada", "invite", channel=ROOM, user=who)
    await company.sandbox.settle()
    await company.presses(who, "Confirm SEV-1", channel=ROOM)

    assert company.incident(1).awaiting is not None
    assert reason == entries(company, "refused.ConfirmSeverity")[0]["reason"]


@pytest.mark.parametrize("name", ["commander", "Noor Haddad", "Nοοr Haddad"])
async def test_43_a_name_decides_nothing(company: Cast, name: str) -> None:
    """Iris calls herself commander, or Noor, or Noor with Greek letters: ids alone count."""

    await declared(company)
    await company.presses("noor", "Take command")
    iris: Person = next(one for one in company.sandbox.workspace.people.values() if one.handle == "iris")
    iris.real_name = name
    before = standing(company)
    answers = [
        await company.types("iris", f"/incident 1 {typed}")
        for typed in ("confirm", "resolve Pool raised", "update Fine")
    ]

    assert before == standing(company)
    assert 3 == len(answers) == len(refusals(company))
