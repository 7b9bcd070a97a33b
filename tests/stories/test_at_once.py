"""Two people at once, one delivery twice, one title twice: each has one effect, and everybody is answered."""

import asyncio

from tests.stories.company import words
from tests.stories.lives import marks


async def test_two_people_who_take_command_at_once_make_one_commander(company) -> None:
    """Both press while the seat is free: one answers it, the other is told, and the record has one transition."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    both = [company.presses(who, "Acknowledge", settle=False) for who in ("noor", "sam")]
    await asyncio.gather(*both)
    await company.sandbox.settle()

    record = events(company, 1)
    assert 1 == record.count("Acknowledged")
    assert 1 == sum("acknowledged INC-1" in text for text in company.texts(company.channel_of(1)))
    assert {1} == set(marks(company).values())
    assert company.incident(1) == company.replayed(1)


async def test_two_people_who_resolve_at_once_resolve_once(company) -> None:
    """One resolves it; the other hears that it is resolved already, and nothing is said twice."""

    await company.types("ada", "/incident declare sev2 Search is slow")
    await company.presses("noor", "Take command")
    channel = company.channel_of(1)
    await company.types("noor", "/incident role deputy @lena", channel=channel)
    both = [
        company.act(who, "command", channel=channel, text="/incident resolve Cache warmed again", settle=False)
        for who in ("noor", "lena")
    ]
    await asyncio.gather(*both)
    await company.sandbox.settle()

    shown = {who: company.messages(channel, seen_by=who) for who in ("noor", "lena")}
    told = [who for who, seen in shown.items() if any("already resolved" in words([one["blocks"]]) for one in seen)]
    assert 1 == events(company, 1).count("Resolved")
    assert 1 == len(told)
    assert 1 == sum(text.startswith("INC-1 is resolved") for text in company.texts(channel))


async def test_every_delivery_twice_changes_everything_once(company) -> None:
    """Slack delivers each envelope twice: one incident, one acknowledgement, one update, one resolution."""

    await company.sandbox.fault({"duplicate": 1.0})
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")
    channel = company.channel_of(1)
    await company.types("noor", "/incident update Rolling back", channel=channel)
    await company.types("noor", "/incident resolve Rolled back", channel=channel)

    record = events(company, 1)
    assert [1] * 4 == [record.count(name) for name in ("Declared", "CommandTaken", "StatusUpdatePosted", "Resolved")]
    assert [] == events(company, 2)
    assert {1} == set(marks(company).values())


async def test_one_title_twice_by_one_person_is_asked_about(company) -> None:
    """The second declaration of the same words within two minutes makes nothing and says what stands already."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.sandbox.advance("1m")
    answer = await company.types("ada", "/incident declare sev1 checkout  returns 500s")

    assert "INC-1" in answer
    assert [] == events(company, 2)
    assert 1 == len(company.calls("conversations.create"))


async def test_one_title_twice_at_once_by_one_person_is_asked_about(company) -> None:
    """An impatient double press of Enter: two commands at once make one incident."""

    typed = "/incident declare sev1 Checkout returns 500s"
    await asyncio.gather(*(company.types("ada", typed, settle=False) for _ in range(2)))
    await company.sandbox.settle()

    assert 1 == events(company, 1).count("Declared")
    assert [] == events(company, 2)


def events(company, number: int) -> list[str]:
    """Return the names of the incident's audited events."""
    with company.store.read() as unit:
        return [type(event).__name__ for event in unit.audit.events(number)]
