"""Roles as policy says: asked for in time, kept apart, held until a time, and never the last one to answer gone."""

from datetime import timedelta

from bot.words import Role
from tests.stories.company import Cast, said
from tests.stories.conftest import START
from tests.stories.witness import refused

ROOM = "inc-1-checkout-returns-500s"
SAM, IRIS, NOOR = "U0SAM000000", "U0IRIS00000", "U0NOOR00000"


async def led(company: Cast) -> None:
    """Let Ada declare INC-1, and Noor command it."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.settle()


async def until(company: Cast, minutes: float) -> None:
    """Let the clock go to `minutes` after the beginning."""
    await company.sandbox.advance_to(START + timedelta(minutes=minutes))


async def test_a_missing_role_is_asked_for_and_given(company: Cast) -> None:
    """At its due time the commander alone is asked, gives the role from there, and the message says so."""

    await led(company)
    before = await company.types("noor", "/incident roles", channel=ROOM)
    assert "❗ Communications lead : nobody; due by 14:20 UTC" in " ".join(before.split())
    for minute in (9, 18):
        await until(company, minute)
        await company.types("noor", "/incident 1 update Rolling back, errors falling")
    posted = len(company.texts(ROOM))
    await until(company, 20.5)
    asked = "Nobody is communications lead or scribe of SEV-1 INC-1, and policy wants somebody by now. Give the role."
    assert asked in company.direct("noor")
    assert posted == len(company.texts(ROOM))

    form = await company.presses("noor", "Give a role", channel="noor")
    shown = {one["block_id"]: one["element"] for one in form["view"]["blocks"] if one["type"] == "input"}
    assert "communications_lead" == shown["role"]["initial_option"]["value"]
    await company.act("noor", "submit", values={"holder": "iris"})
    await company.types("ada", "/incident 1 role scribe")
    await company.sandbox.settle()

    assert "Iris Park is communications lead and Ada Obi is scribe of INC-1." in company.direct("noor")
    summary = " ".join((await company.types("lena", "/incident 1 summary")).split())
    assert "Roles missing: communications lead, due 14:20 UTC (now Iris Park )" in summary
    assert company.incident(1) == company.replayed(1)
    assert [] == company.sandbox.workspace.violations


async def test_two_roles_that_must_differ(company: Cast) -> None:
    """Abuse: one person in two roles that must differ. Whoever could instead is named; command is never refused."""

    await led(company)
    sentence = await refused(company, "noor", "/incident 1 role scribe")
    assert "You are commander of INC-1, and commander and scribe must be two people." in sentence
    assert "Choose among Ada Obi, Sam Reyes." in sentence

    await company.types("sam", "/incident 1 role scribe")
    await company.types("noor", "/incident 1 command @sam")
    await company.sandbox.advance("10s")

    assert (SAM, None) == (company.incident(1).commander, company.incident(1).holder(Role.SCRIBE))
    assert "Sam Reyes is commander of INC-1 and so no longer scribe; nobody is." in company.texts(ROOM)
    assert company.incident(1) == company.replayed(1)


async def test_a_role_until_a_time_ends_across_a_restart(company: Cast) -> None:
    """Sam is scribe for half an hour, the bot is started anew meanwhile, and both are told when it is over."""

    await led(company)
    given = await company.types("noor", "/incident 1 role scribe @sam for 30m")
    assert "Sam Reyes is scribe of INC-1 until 14:30 UTC" in given
    assert company.bot is not None
    await company.bot.stop()
    await company.start_bot()
    await company.sandbox.advance("40m")

    over = "is no longer scribe of INC-1: the time agreed is over; nobody is."
    assert f"Sam Reyes {over}" in company.texts(ROOM)
    assert f"Sam Reyes {over}" in company.direct("noor")
    assert "You are no longer scribe of INC-1: the time agreed is over; nobody is." in company.direct("sam")
    assert company.incident(1) == company.replayed(1)


async def test_a_time_of_day_is_the_authors_own(company: Cast) -> None:
    """Noor writes from Berlin: 18:00 there is 17:00 UTC; what is no time is said back with what to write."""

    await led(company)
    assert "until 17:00 UTC" in await company.types("noor", "/incident 1 role scribe @sam until 18:00")
    assert "Write until 18:00" in await refused(company, "noor", "/incident 1 role scribe @sam until teatime")
    assert "Command is lent by an offer" in await refused(company, "noor", "/incident 1 role commander @sam for 2h")


async def test_the_last_accountable_person_cannot_leave(company: Cast) -> None:
    """Abuse 35: the commander alone is refused, hands over from the refusal itself, and may go beside a deputy."""

    await led(company)
    answer = await company.act("noor", "command", channel="general", text="/incident 1 role commander back")
    assert "You are the last accountable person on INC-1. Name a successor first." in said(answer)
    assert NOOR == company.incident(1).commander
    form = await company.presses("noor", "Hand over", channel="general")
    assert "form.handover" == form["view"]["callback_id"]

    await company.types("noor", "/incident 1 role deputy @lena")
    await company.types("noor", "/incident 1 role commander back")

    assert None is company.incident(1).commander
    assert "You are the last accountable person" in await refused(company, "lena", "/incident 1 role deputy back")


async def test_what_a_role_asks_and_who_could_take_it(company: Cast) -> None:
    """`roles` with one of them says its duties, what to do first, who may take it, and who could now."""

    await led(company)
    shown = " ".join((await company.types("ada", "/incident 1 roles scribe")).split())

    assert "What the postmortem will need" in shown
    assert "3. Leave names out of anything that could sound like blame" in shown
    assert "Any member takes it while it is free. Ada Obi or Sam Reyes could now." in shown
