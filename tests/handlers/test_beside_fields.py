"""What a form says beside a field, word for word: what is missing, how to mend it, and the text stays."""

from datetime import timedelta

import pytest

from handlers.filled import READINGS, complaints

TITLE = "Checkout returns 500s"
SAY_TITLE = "Say in a few words what is broken: at least 3 letters or digits."
SAY_NOW = "Say what is happening now; one sentence will do."
SAY_REASON = "At least 10 letters or digits."

MISSING = [
    ("form.declare", {"title": "!!"}, {"title": SAY_TITLE}),
    ("form.update", {"now": "…"}, {"now": SAY_NOW}),
    *((name, {"why": "too thin"}, {"why": SAY_REASON}) for name in ("form.escalate", "form.snooze", "form.cancel")),
    *(
        (name, {"why": "... !!! ???"}, {"why": SAY_REASON})
        for name in ("form.reopen", "form.suggest", "form.exception")
    ),
    ("form.exception_decline", {"why": "no"}, {"why": SAY_REASON}),
    ("form.mitigate", {"words": "?"}, {"words": "Say what stopped the harm: at least 3 letters or digits."}),
    ("form.resolve", {"words": "?"}, {"words": "Say what fixed it: at least 3 letters or digits."}),
    ("form.note", {"note": "…"}, {"note": "Say what to put on the timeline."}),
]
LIMITS = [
    ("form.declare", "description", 2000),
    ("form.note", "note", 2000),
    ("form.update", "now", 1500),
    ("form.update", "affected", 1500),
    ("form.update", "next", 1500),
    ("form.mitigate", "words", 1500),
    ("form.resolve", "words", 1500),
    ("form.handover", "brief", 1500),
    ("form.escalate", "why", 300),
    ("form.cancel", "why", 300),
    ("form.snooze", "why", 300),
    ("form.reopen", "why", 300),
    ("form.severity", "why", 300),
]


@pytest.mark.parametrize(("name", "values", "said"), MISSING)
def test_what_is_missing_is_said_at_its_field(name, values, said):
    """Each form asks for its words where they belong, and for nothing else."""

    whole = {"form.declare": {"description": "p99"}, "form.handover": {}}.get(name, {})
    assert said == complaints(READINGS[name], {**whole, **values})


@pytest.mark.parametrize(("name", "field", "most"), LIMITS)
def test_what_is_too_long_says_by_how_much(name, field, most):
    """As many characters as policy of words has it are taken; one more is counted out."""

    taken = complaints(READINGS[name], {field: "x" * most})
    over = complaints(READINGS[name], {field: "x" * (most + 112)})
    assert field not in taken
    assert f"{most:,} characters at most; yours has {most + 112:,}." == over[field]


ERRORS = [
    (
        "1 escalate",
        {"why": "need database help", "whom": "gus"},
        "whom",
        "is not a member. Choose someone who can answer.",
    ),
    (
        "1 handover @sam",
        {"to_whom": "noor", "brief": "Rollback runs."},
        "to_whom",
        "You command already; choose someone else.",
    ),
    ("1 sev", {"grade": "sev3"}, "why", SAY_REASON),
]


@pytest.mark.parametrize(("verb", "values", "field", "error"), ERRORS)
async def test_what_only_the_record_knows_is_said_at_its_field(office, verb, values, field, error):
    """A person who cannot, oneself, a lowering without its reason: said beside the field, and nothing changed."""
    await office.types("ada", f"declare sev1 {TITLE}")
    await office.types("noor", "1 ack")
    await office.types("noor", verb)
    before = office.incidents()

    answer = await office.submits("noor", **values)

    assert answer["view"]["errors"][field].endswith(error)
    assert before == office.incidents()


async def test_what_lies_ahead_did_not_happen_yet(office):
    """A time in the future is refused at its field."""
    await office.types("ada", "")
    ahead = int((office.desk.now() + timedelta(hours=2)).timestamp())

    answer = await office.submits("ada", title=TITLE, started=ahead)

    assert {"started": "That is in the future."} == answer["view"]["errors"]


async def test_what_changed_meanwhile_keeps_the_form_open(office):
    """Severity and commander are said as they are now; sending it again confirms."""
    await office.types("ada", f"declare sev2 {TITLE}")
    await office.types("noor", "1 ack")
    await office.types("noor", "1 update")
    await office.types("ada", "1 sev 1 payments fail as well")

    answer = await office.submits("noor", now="Rolling back")

    alert = answer["view"]["blocks"][0]
    said = "INC-1 changed while you wrote: now SEV-1, Noor Haddad commands. Post again to confirm."
    assert ("alert", said) == (alert["type"], alert["text"]["text"])
    assert "Rolling back" in str(answer["view"]["blocks"])
