"""A severity that awaits confirmation, and what those hear whom policy has asked, in every state that draws apart."""

from bot.incident import commands as c
from bot.incident.reacting.effects import Words, dm
from bot.usecases.asked import Answer
from bot.words import Classification, Role, Severity, Status
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import ADA, HANDLES, IRIS, LENA, MIA, NOOR, Story, declare
from tests.views.stories import changed

CONFIDENTIAL = c.Classify(to=Classification.CONFIDENTIAL, why="SECRET names in the logs")


def awaiting(*, private: bool = False) -> Story:
    """Return a SEV-1 that Ada, who is not on its list, declared a moment ago."""
    return declare(awaiting=True, private=private)


def authority_messages() -> Cases:
    """Return every message of it."""
    yield "card, awaiting", fresh("card", awaiting())
    yield "card, awaiting and answered", fresh("card", awaiting().does(NOOR, 2, c.TakeCommand()))
    yield "card, awaiting and mitigated", fresh("card", changed(awaiting(), status=Status.MITIGATED))
    led = awaiting().does(NOOR, 2, c.TakeCommand()).does(NOOR, 2.5, c.GiveRole(role=Role.DEPUTY, person=LENA))
    seatless = led.does(NOOR, 3, c.GiveBackCommand())
    yield "card, awaiting and nobody commands", fresh("card", seatless)
    yield "card, awaiting, private", fresh("card", awaiting(private=True))
    yield "card, awaiting no more", fresh("card", awaiting().does(ADA, 3, c.Cancel(why="the probe itself was broken")))
    confirmed = awaiting().does(NOOR, 1, c.ConfirmSeverity())
    yield "card, confirmed", fresh("card", confirmed)
    yield "line.confirmed", told(confirmed, "line.confirmed")
    classified = declare().does(NOOR, 1, c.TakeCommand()).does(ADA, 5, CONFIDENTIAL)
    yield "consulted, a classification", told(classified, "consulted", place=dm(MIA))
    lowered: Words = {"by": NOOR, "was": "sev1", "to": "sev2", "as": "ML Engineer", "who": [], "person": MIA}
    yield "consulted, a severity", fresh("consulted", declare(Severity.SEV2), lowered, place=dm(MIA))


def authority_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"authority": dict(authority_messages())}


def authority_answers() -> dict[str, Answer]:
    """Return every private answer of it."""
    confirmed = awaiting().does(NOOR, 1, c.ConfirmSeverity())
    return {
        "confirmed": Answer(view="confirmed", picture=confirmed.picture),
        "declared, awaiting": Answer(view="declared", picture=awaiting().picture),
        "summary, awaiting": Answer(view="summary", words={"people": 2, "reader": MIA}, picture=awaiting().picture),
        "summary, awaiting, for others": Answer(
            view="summary", words={"people": 2, "reader": IRIS}, picture=awaiting().picture
        ),
        "summary, awaiting, private": Answer(view="summary", words={}, picture=awaiting(private=True).picture),
    }


def authority_forms() -> list[tuple[str, Answer]]:
    """Return the declare form as somebody sees it who is not on the list, and what it turns into."""
    some: Words = {"severity": "sev1", "confirmers": ["Noor Haddad", "Sam Reyes", "Mia Chen"]}
    many: Words = {**some, "confirmers": ["Noor Haddad", "Sam Reyes", "Mia Chen", "Lena Brandt", "Iris Park"]}
    return [
        ("form.declare not on the list", Answer(view="form.declare", words=some, handles=HANDLES)),
        ("form.declare not on a long list", Answer(view="form.declare", words=many, handles=HANDLES)),
        ("form.declared not on the list", Answer(view="form.declared", picture=awaiting().picture)),
    ]
