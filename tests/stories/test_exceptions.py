"""Exceptions: asked for in an incident, approved by the Board, on the record and on the card, ended by themselves."""

from typing import Any

from tests.stories.company import Cast, words
from tests.stories.test_private import PRIVATE, TITLE, declared
from tests.stories.witness import in_dialog, refusals, told

WHY = "no broadcast, customer embargo until noon"
ROOM = "inc-1-checkout-returns-500s"


async def led(company: Cast) -> None:
    """Let Ada declare INC-1, a SEV-1, and Noor command it."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.settle()
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.settle()


def card(company: Cast, room: str = ROOM, who: str = "noor") -> str:
    """Return all words of the card."""
    first = next(one for one in company.messages(room, seen_by=who) if one["user"] == "tocsin" and one["blocks"])
    return words(first["blocks"])


def home(company: Cast, who: str) -> list[dict[str, Any]]:
    """Return the blocks of somebody's page."""
    workspace = company.sandbox.workspace
    person = next(one for one in workspace.people.values() if one.handle == who)
    return list(workspace.modals.homes[person.id].body["blocks"])


def governance(company: Cast) -> list[str]:
    """Return what the Governance channel reads."""
    return company.texts("governance", seen_by="lena")


async def test_from_asking_to_its_end(company: Cast) -> None:
    """Noor asks, Lena and Tomas are asked, Lena approves with a press; two hours later the rule holds again."""
    await led(company)
    asked = await company.types("noor", f"/incident exception {WHY} for 2h", channel=ROOM)
    await company.sandbox.settle()
    question = company.direct("tomas")[-1]
    before = card(company)
    await company.act("tomas", "open_home")
    await company.sandbox.settle()
    own = str(home(company, "tomas"))
    pressed = await company.presses("lena", "Approve", channel="lena")
    await company.sandbox.settle()
    late = await company.presses("tomas", "Approve")
    during = card(company)
    settled = company.direct("tomas")[-1]
    await company.sandbox.advance("2h1m")

    assert "Exception 1 of INC-1 is asked for. Every rule holds until Lena Brandt or Tomas Vidal approves it." in asked
    assert question.startswith("Noor Haddad asks the Governance Board for an exception on INC-1, until 16:0")
    assert "Exception approved" not in before
    assert f"An exception on INC-1 is asked for by Noor Haddad: “{WHY}”" in own
    assert told(pressed).startswith("Lena Brandt approved exception 1 of INC-1 at 14:0")
    assert "approved exception 1 of INC-1" in in_dialog(late)
    assert ("tomas", "ApproveException", 97) == refusals(company)[-1]
    assert f"Exception approved by  Lena Brandt : “{WHY}”".replace(" ", "") in during.replace(" ", "")
    assert settled.startswith("Lena Brandt approved exception 1 of INC-1")
    assert any("approved exception 1 of INC-1. It is a record" in text for text in company.direct("noor"))
    assert ["INC-1: exception 1 approved by Lena Brandt. It ended at 16:00 UTC."] == governance(company)
    posted = [text for text in company.texts(ROOM) if text.startswith("Exception ")]
    assert [True, True] == [
        posted[0].startswith(f"Exception approved by Lena Brandt: “{WHY}”, until 16:0"),
        posted[1].endswith("The rule holds again."),
    ]
    assert "Exception approved" not in card(company)
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_by_the_form_and_declined(company: Cast) -> None:
    """Bare opens a form; Tomas declines with a reason in another, and Noor reads it."""
    await led(company)
    opened = await company.act("noor", "command", channel=ROOM, text="/incident exception")
    thin = await company.act("noor", "submit", values={"why": "embargo"})
    await company.act("noor", "submit", values={"why": WHY})
    await company.sandbox.settle()
    form = await company.presses("tomas", "Decline, say why", channel="tomas")
    await company.act("tomas", "submit", values={"why": "the customer has to hear of it"})
    await company.sandbox.settle()

    assert "switches nothing off by itself" in str(opened["view"])
    assert {"why": "At least 10 letters or digits."} == thin["view"]["errors"]
    assert WHY in str(form["view"]["blocks"])
    declined = "Tomas Vidal declined exception 1 of INC-1: “the customer has to hear of it”. The rule holds."
    assert declined in company.direct("noor")
    assert [] == governance(company)
    assert company.incident(1) == company.replayed(1)


async def test_the_board_writes_its_own_and_ends_it(company: Cast) -> None:
    """Lena approves by writing it; a responder may not ask; ended by verb, the line is gone from the card."""
    await led(company)
    nobody = await company.types("iris", f"/incident 1 exception {WHY}")
    at_once = await company.types("lena", f"/incident 1 exception {WHY} until 16:00")
    await company.sandbox.settle()
    held = company.incident(1).exceptions.holding
    await company.types("noor", "/incident exception end", channel=ROOM)
    await company.sandbox.settle()

    assert "Asking for an exception on INC-1 is for" in nobody
    assert "Exception 1 of INC-1 is approved and on the record." in at_once
    assert ["U0LENA00000"] == [one.answered_by for one in held]
    assert 15 == (held[0].until.hour if held[0].until else 0)
    assert "Exception approved" not in card(company)
    assert company.incident(1) == company.replayed(1)


async def test_of_a_private_incident_only_the_number_goes_out(company: Cast) -> None:
    """The Board answers without being let in; its words, and the title, stay in the channel."""
    await declared(company)
    await company.types("noor", f"/incident exception {WHY}", channel=PRIVATE)
    await company.sandbox.settle()
    await company.act("tomas", "open_home")
    await company.sandbox.settle()
    own = str(home(company, "tomas"))
    known = await company.types("tomas", "/incident 1")
    stranger = await company.types("iris", "/incident 1")
    await company.presses("tomas", "Approve", channel="tomas")
    await company.sandbox.settle()
    still = await company.types("tomas", "/incident 1 note I can read this")

    outside = " ".join([*company.direct("tomas"), *company.direct("lena"), own, known, *governance(company)])
    assert [] == [word for word in ("embargo", TITLE) if word in outside]
    assert "SEV-1 INC-1, private incident: acknowledged." in known
    assert "There is no INC-1 that you can see." in stranger
    assert "There is no INC-1 that you can see." in still
    assert ["INC-1: exception 1 approved by Tomas Vidal."] == governance(company)
    assert "embargo" in card(company, PRIVATE)
    assert company.incident(1) == company.replayed(1)


async def test_what_the_board_looks_at(company: Cast) -> None:
    """The section counts; its buttons open lists, paged; a leader who is not of the Board has none of it."""
    await led(company)
    await company.types("lena", f"/incident 1 exception {WHY}")
    for number in range(7):
        await company.types("iris", f"/incident 1 sev 3 it looks mild to me {number}")
    await company.sandbox.advance("35m")
    await company.act("lena", "open_home")
    await company.act("mia", "open_home")
    await company.sandbox.settle()
    section = words(home(company, "lena"))
    missed = await company.presses("lena", "Missed clocks")
    await company.act("lena", "close")
    open_now = await company.presses("lena", "Exceptions")
    await company.act("lena", "close")
    denied = await company.presses("lena", "Denied acts")
    second = await company.presses("lena", "Next 6")

    assert "Missed clocks 3 · exceptions open 1 · denied acts 7 · policy 2.0.0 since" in section
    assert "Governance" not in words(home(company, "mia")).split("Open now")[-1]
    assert "3 clocks were missed in the last 7 days." in words(missed["view"]["blocks"])
    assert "exception 1 approved by" in words(open_now["view"]["blocks"])
    assert "7 acts were denied in the last 7 days." in words(denied["view"]["blocks"])
    assert 6 == words(denied["view"]["blocks"]).count("refusal 6")
    assert 1 == words(second["view"]["blocks"]).count("refusal 6")


async def test_policy_in_words(company: Cast) -> None:
    """What a severity asks for, who does what, and a name that policy does not know."""
    sev1 = await company.types("iris", "/incident policy sev1")
    raci = await company.types("iris", "/incident policy raci")
    nonsense = await company.types("iris", "/incident policy nonsense")
    person = await company.types("iris", "/incident policy Noor Haddad")

    assert "acknowledged within 5 min" in sev1
    assert "severity.yaml 2.0.0, owned by Platform Governance, next review 2027-02-01" in sev1
    assert "Authorise rollback: Incident Commander and ML Platform SRE may" in " ".join(raci.split())
    asks = "Ask for sev1 to sev4, raci, roles, types, a role such as scribe, or one of the types."
    assert f"Policy says nothing about nonsense. {asks}" in nonsense
    assert "+49" not in person
    assert [99, 99] == [number for _, _, number in refusals(company)]
