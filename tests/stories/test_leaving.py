"""People who leave in the middle: their roles are empty at once, and somebody is called for an empty seat."""

from bot.words import Role
from tests.stories.company import Cast
from tests.stories.test_roles_needed import ROOM, led
from tests.stories.witness import refused


async def test_a_scribe_leaves_the_workspace(company: Cast) -> None:
    """The channel hears that nobody is scribe now, within the same event."""

    await led(company)
    await company.types("noor", "/incident 1 role scribe @sam")
    await company.act("ada", "deactivate", user="sam")
    await company.sandbox.settle()

    assert None is company.incident(1).holder(Role.SCRIBE)
    assert "Sam Reyes has left the workspace; nobody is scribe now." in company.texts(ROOM)
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_a_commander_leaves_the_workspace(company: Cast) -> None:
    """The seat is empty, the next on call is called by direct message, and takes command from the channel's line."""

    await led(company)
    await company.act("ada", "deactivate", user="noor")
    await company.sandbox.settle()

    assert None is company.incident(1).commander
    left = "Noor Haddad has left the workspace; nobody commands INC-1 now. Sam Reyes is called."
    assert left in company.texts(ROOM)
    assert any(one.startswith("Tocsin calls you to INC-1 (SEV-1)") for one in company.direct("sam"))
    await company.presses("sam", "Take command", channel=ROOM)
    await company.sandbox.settle()
    assert "U0SAM000000" == company.incident(1).commander
    assert company.incident(1) == company.replayed(1)
    assert [] == company.undone()


async def test_who_left_while_the_bot_was_down(company: Cast) -> None:
    """What Slack says of people at the start counts as well."""

    await led(company)
    await company.types("noor", "/incident 1 role scribe @sam")
    assert company.bot is not None
    await company.bot.stop()
    await company.act("ada", "deactivate", user="sam", settle=False)
    await company.start_bot()
    await company.sandbox.settle()
    company.sandbox.workspace.violations.clear()  # nobody answers a request while the bot is down

    assert None is company.incident(1).holder(Role.SCRIBE)


async def test_a_role_taken_away_a_moment_before(company: Cast) -> None:
    """Iris has the form open when the role goes to Lena: her update is refused, her words come back."""

    await led(company)
    await company.types("noor", "/incident 1 role comms @iris")
    await company.act("iris", "command", channel="general", text="/incident 1 update")
    await company.types("noor", "/incident 1 role comms @lena")
    await company.act("iris", "submit", values={"now": "Errors are falling"})
    await company.sandbox.settle()

    assert 0 == company.incident(1).updates
    sentence = await refused(company, "iris", "/incident 1 update Errors are falling")
    assert "communications lead (Lena Brandt)" in sentence


async def test_a_group_nobody_is_left_in(company: Cast) -> None:
    """All of Communications left: the gap is said, any member will do, and nothing fails."""

    await led(company)
    for who in ("iris", "lena"):
        await company.act("ada", "deactivate", user=who)
    await company.sandbox.settle()
    shown = " ".join((await company.types("noor", "/incident 1 roles comms")).split())
    taken = await company.types("noor", "/incident 1 role comms @tomas")

    assert "Nobody of Communications can be asked now; any member of this workspace will do." in shown
    assert "Tomas Vidal is communications lead of INC-1 and is told now." in taken
    assert [] == company.sandbox.workspace.violations
