"""Following an incident by direct message, through the real protocol."""

import re
from dataclasses import replace

from bot.words import Classification
from tests.stories.company import Cast, said
from tests.stories.witness import refused

BEGINNING = re.compile(r".*? after |.*? \(")


async def declared(company: Cast) -> None:
    """Let Ada declare INC-1, and Noor command it."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")


async def test_a_follower_hears_each_turn_until_it_is_closed(company: Cast) -> None:
    """Tomas follows: update, severity, mitigated, resolved, reopened, closed; one short message each, no ping."""

    await declared(company)
    answer = await company.types("tomas", "/incident 1 follow")
    for text in (
        "update Rolling back, errors falling",
        "sev 2 the retries hide it from people",
        "mitigate Rolled back to 2.41",
        "resolve Pool limit raised",
        "reopen the errors are back",
        "resolve Pool limit raised again",
        "close",
    ):
        await company.types("noor", f"/incident 1 {text}")
        await company.sandbox.advance("1m")
    heard = company.direct("tomas")

    assert "You follow INC-1." in answer
    assert [
        "SEV-1 INC-1 has its status update 1 (",
        "SEV-2 INC-1 is less bad: now SEV-2, was SEV-1 (",
        "SEV-2 INC-1 is mitigated after ",
        "SEV-2 INC-1 is resolved after ",
        "SEV-2 INC-1 is open again (",
        "SEV-2 INC-1 is resolved after ",
        "SEV-2 INC-1 is closed (",
    ] == [BEGINNING.match(one)[0] for one in heard if BEGINNING.match(one)]  # type: ignore[index]
    assert 7 == len(heard)
    assert "<@" not in "".join(heard)
    assert () == company.incident(1).followers
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_enough(company: Cast) -> None:
    """Nobody hears of it any more who said so."""

    await declared(company)
    await company.types("tomas", "/incident 1 follow")
    answer = await company.types("tomas", "/incident 1 unfollow")
    await company.types("noor", "/incident 1 update Rolling back, errors falling")

    assert "You no longer follow INC-1." in answer
    assert [] == company.direct("tomas")


async def test_following_from_the_panel(company: Cast) -> None:
    """The panel's button follows."""

    await declared(company)
    await company.types("tomas", "/incident 1")
    await company.presses("tomas", "Follow", channel="general")

    assert ("U0TOMAS0000",) == company.incident(1).followers


async def test_a_guest_and_a_number_that_does_not_exist(company: Cast) -> None:
    """A guest follows nothing, and a private incident sounds to others like one that does not exist."""

    await declared(company)
    with company.store.write() as unit:
        incident = unit.incidents.get(1)
        assert incident is not None
        unit.incidents.save(replace(incident, classification=Classification.CONFIDENTIAL), was=incident.version)
    private = await refused(company, "tomas", "/incident 1 follow")
    unknown = await refused(company, "tomas", "/incident 7 follow")
    guest = said(await company.act("gus", "command", channel="general", text="/incident 1 follow"))

    assert unknown.replace("INC-7", "INC-1") == private
    assert "Guests cannot act on incidents." in guest


async def test_a_private_incident_says_number_and_severity_only(company: Cast) -> None:
    """Who is in it hears that something happened, and reads what in its channel."""

    await declared(company)
    await company.types("ada", "/incident 1 follow")
    with company.store.write() as unit:
        incident = unit.incidents.get(1)
        assert incident is not None
        unit.incidents.save(replace(incident, classification=Classification.CONFIDENTIAL), was=incident.version)
    await company.types("noor", "/incident 1 update SECRET Rolling back")

    assert ["SEV-1 INC-1 has its status update 1."] == company.direct("ada")


async def test_who_leaves_is_dropped(company: Cast) -> None:
    """A follower whose account is gone gets nothing and is let go; no delivery dies of it."""

    await declared(company)
    await company.types("tomas", "/incident 1 follow")
    await company.act("sam", "deactivate", user="tomas")
    await company.types("noor", "/incident 1 update Rolling back, errors falling")

    assert () == company.incident(1).followers
    assert [] == company.direct("tomas")
    assert [] == company.undone()
