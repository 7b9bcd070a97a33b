"""What is said while the database does not answer, in every state that draws differently."""

from bot.incident.reacting.effects import Words, dm
from bot.usecases.asked import Answer
from tests.views.cases import Case, Cases, fresh
from tests.views.pictures import ADA, NOOR, at, declare

PAGE: Words = {
    "ref": "D-3F7K",
    "person": NOOR,
    "way": 1,
    "ways": 2,
    "contact": "primary on call",
    "severity": "sev1",
    "title": "Checkout *returns* 500s <!here>",
    "team": "ML Platform",
    "by": "Ada Obi",
    "at": at(0).isoformat(),
}
BARE: Words = {**PAGE, "title": "", "team": "", "by": "", "way": 9, "ways": 1, "contact": "named commander"}


def _direct(view: str, words: Words) -> Case:
    return Case(view=view, picture=None, words=words, now=at(1), place=dm(NOOR))


def spool_messages() -> Cases:
    """Return the messages."""
    yield "page", _direct("page.spooled", PAGE)
    yield "page, private, no name", _direct("page.spooled", BARE)
    parts: Words = {"ref": "D-3F7K", "parts": [{"who": ADA}, " declared it before."], "names": {ADA: "Ada Obi"}}
    yield "not entered", _direct("spool.not_entered", parts)
    yield "not entered, nobody named", _direct("spool.not_entered", {**parts, "names": {}})
    line: Words = {"by": ADA, "at": at(-6).isoformat(), "ref": "D-3F7K"}
    yield "line", fresh("line.degraded", declare(), line)
    yield "line, no time", fresh("line.degraded", declare(), {"by": ADA, "ref": "D-3F7K"})


def spool_cases() -> dict[str, dict[str, Case]]:
    """Return them by the file they are kept in."""
    return {"spool": dict(spool_messages())}


def spool_answers() -> dict[str, Answer]:
    """Return every private answer."""
    told: Words = {"ref": "D-3F7K", "paged": ["Noor Haddad"], "emergency_number": "+49 30 23125 100"}
    nobody: Words = {**told, "paged": []}
    away: Words = {"id": "E-7K3Q9", "known_unchanged": True}
    return {
        "spooled": Answer(view="spooled", words=told),
        "spooled, two": Answer(view="spooled", words={**told, "paged": ["Noor Haddad", "Mia Chen"]}),
        "spooled, something removed": Answer(view="spooled", words={**told, "removed": "Removed: 1 token."}),
        "spooled, nobody": Answer(view="spooled", words=nobody),
        "spooled, nothing known": Answer(view="spooled", words={**nobody, "emergency_number": ""}),
        "spooled, test": Answer(view="spooled", words={**nobody, "is_test": True}),
        "away": Answer(view="away", words=away),
        "away, in doubt": Answer(view="away", words={**away, "known_unchanged": False}),
        "away, a form": Answer(view="away", words={**away, "form": True}),
    }


def spool_forms() -> dict[str, Answer]:
    """Return every answer in the place of a form."""
    answers = spool_answers()
    words = {**answers["away"].words, "kept": "Rolling back checkout to 2.41"}
    return {
        "form.away kept": Answer(view="form.away", words=words),
        "form.away": Answer(view="form.away", words=answers["away"].words),
        "form.spooled": Answer(view="form.spooled", words=answers["spooled"].words),
    }
