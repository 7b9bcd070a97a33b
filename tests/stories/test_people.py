"""People of an incident: roles given, taken and read, and who comes into the channel, through the real protocol."""

from bot.words import Role
from tests.stories.company import Cast, said
from tests.stories.witness import refused

ROOM = "inc-1-checkout-returns-500s"


async def commanded(company: Cast) -> None:
    """Let Ada declare INC-1, and Noor command it."""
    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.presses("noor", "Take command")


async def test_a_scribe_is_named_and_leaves(company: Cast) -> None:
    """The commander names a scribe, who is added, mentioned and told what it asks; leaving is said too."""

    await commanded(company)
    await company.types("noor", "/incident 1 role scribe @tomas")
    held = company.incident(1).holder(Role.SCRIBE)
    await company.types("tomas", "/incident role scribe back", channel=ROOM)

    assert "U0TOMAS0000" == held
    assert "Tomas Vidal is scribe of INC-1, named by Noor Haddad." in company.texts(ROOM, seen_by="tomas")
    assert "Tomas Vidal is no longer scribe; nobody is." in company.texts(ROOM, seen_by="tomas")
    assert any(one.startswith("You are scribe of SEV-1 INC-1.") for one in company.direct("tomas"))
    assert company.incident(1) == company.replayed(1)
    assert company.audit_is_whole()


async def test_roles_are_read_and_given_by_a_form(company: Cast) -> None:
    """`roles` shows every seat; its button opens the form in which the communications lead is named."""

    await commanded(company)
    before = await company.types("noor", "/incident roles", channel=ROOM)
    await company.presses("noor", "Give a role", channel=ROOM)
    await company.act("noor", "submit", values={"role": "communications_lead", "holder": "iris"})
    after = await company.types("noor", "/incident roles", channel=ROOM)
    posted = await company.types("iris", "/incident 1 update Rolling back, errors falling")

    assert "Communications lead : nobody" in " ".join(before.split())
    assert "Communications lead : Iris Park since" in " ".join(after.split())
    assert "Status update 1 is posted" in posted
    assert [] == company.sandbox.workspace.violations


async def test_what_one_role_asks(company: Cast) -> None:
    """`roles scribe` says what a scribe answers for; a role there is none of is refused with the list."""

    await commanded(company)

    assert "What the postmortem will need" in await company.types("sam", "/incident 1 roles scribe")
    assert (await refused(company, "sam", "/incident 1 role boss")).startswith("There is no role boss. Roles:")


async def test_coming_in_and_being_brought(company: Cast) -> None:
    """Any member joins and invites; a guest is neither let in nor brought."""

    await commanded(company)
    await company.types("tomas", "/incident 1 join")
    await company.types("tomas", "/incident 1 invite @lena")
    sentence = await refused(company, "tomas", "/incident 1 invite @gus")
    stranger = await refused(company, "tomas", "/incident 1 invite @oona")
    room = next(one for one in company.sandbox.workspace.channels.values() if one.name == ROOM)

    assert {"U0TOMAS0000", "U0LENA00000"} <= set(room.members)
    assert "cannot be invited: only members of this workspace can." in sentence
    assert stranger.startswith("Somebody Tocsin does not know cannot be invited: only members of this workspace can.")


async def test_a_guest_reads_no_roles(company: Cast) -> None:
    """Reading is for members too."""

    await commanded(company)
    answer = await company.act("gus", "command", channel="general", text="/incident 1 roles")

    assert "Guests cannot act on incidents." in said(answer)
