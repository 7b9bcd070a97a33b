"""What those who govern look at, and what policy says, in every state that draws differently."""

from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Json, Words
from bot.policy.telling import Told, tell
from bot.usecases.asked import Answer
from bot.words import Act
from tests.views.pictures import HANDLES, IRIS, LENA, LONG, NOOR, POLICY, at
from tests.views.stories import acknowledged, snoozed

NAMES: Words = {NOOR: "Noor Haddad", LENA: "Lena Brandt", IRIS: "Iris Park"}
OPEN: dict[str, Json] = {"incident": 42, "severity": "sev1", "is_private": False, "at": plain(at(5))}
HIDDEN: dict[str, Json] = {**OPEN, "incident": 37, "severity": "sev2", "is_private": True}
HOLDS: dict[str, Json] = {"number": 1, "by": LENA, "who": NOOR, "why": LONG, "until": plain(at(125))}


def listed(which: str, *rows: Json, size: int | None = None, turns: tuple[Act, ...] = ()) -> Answer:
    """Return one page of a list."""
    words: Words = {
        "which": which,
        "start": 0,
        "size": len(rows) if size is None else size,
        "rows": list(rows),
        "names": NAMES,
    }
    return Answer(view="governed", words=words, handles={act: HANDLES[act] for act in turns})


def told(what: str) -> Answer:
    """Return what policy says of it."""
    sheet = tell(POLICY, what)
    assert isinstance(sheet, Told)
    words: Words = {"title": sheet.title, "lines": list(sheet.lines), "source": sheet.source}
    return Answer(view="policy.told", words=words)


def governed_cases() -> dict[str, Answer]:
    """Return every list, empty, short and long, what is known of a private incident, and what policy says."""
    missed = [{**OPEN, "clock": clock} for clock in ("acknowledge", "commander", "mitigate", "resolve", "update")]
    denied: dict[str, Json] = {"at": plain(at(5)), "asked": "change severity", "refusal": 6, "who": IRIS}
    empty = {f"{which}, none": listed(which) for which in ("missed_clocks", "exceptions", "denied_acts")}
    one = {
        "missed_clocks, one": listed("missed_clocks", {**HIDDEN, "clock": "acknowledge"}),
        "exceptions, one": listed("exceptions", {**OPEN, **HOLDS}),
        "denied_acts, one": listed("denied_acts", denied),
    }
    both = (Act.PREVIOUS_LISTED, Act.NEXT_LISTED)
    apart: dict[str, Json] = {**HIDDEN, "number": 2, "by": LENA, "who": "", "why": "", "until": None}
    return {
        **empty,
        **one,
        "missed_clocks, a page of many": listed("missed_clocks", *missed, size=1000, turns=both),
        "exceptions, several": listed(
            "exceptions",
            apart,
            {**OPEN, "number": 3, "by": "", "who": NOOR, "why": "no broadcast", "until": None},
            {**OPEN, **HOLDS, "who": LENA},
        ),
        "denied_acts, several": listed("denied_acts", {**HIDDEN, **denied, "who": ""}, {**OPEN, **denied}),
        "a private incident, as far as it may be known": Answer(
            view="private.known", picture=acknowledged(private=True).clock(35).picture
        ),
        "a private incident, snoozed": Answer(view="private.known", picture=snoozed(private=True).picture),
        "policy sev1": told("sev1"),
        "policy raci": told("raci"),
        "policy types": told("types"),
        "policy too long": Answer(
            view="policy.told", words={"title": LONG, "lines": [LONG * 3] * 40, "source": "severity.yaml 2.0.0"}
        ),
    }
