"""The first incident: declared, acknowledged, commanded, updated, reminded, mitigated, resolved, audited."""

from tests.stories.company import WRITES, Cast


async def test_declaring_pages_the_primary_opens_a_channel_and_tells_the_company(company: Cast) -> None:
    """One line from Ada: Noor is paged, the channel stands with its pinned card, two channels know."""

    answer = await company.types("ada", "/incident declare sev1 Checkout returns 500s")

    assert "INC-1 declared as SEV-1. Noor Haddad is being paged; acknowledge is due within 5 min." in answer
    assert ["Page: SEV-1 INC-1, Checkout returns 500s. You are primary on call. Acknowledge within 5 min."] == (
        company.direct("noor")
    )
    assert company.channel_of(1) == "inc-1-checkout-returns-500s"
    assert 1 == len(company.texts("incidents")) == len(company.texts("ml-incidents-sev1"))


async def test_a_declaration_costs_at_most_eight_writes_and_the_page(company: Cast) -> None:
    """create, invite, card, pin, topic, announce, broadcast: seven, and one page."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")

    made = [call.method for call in company.calls(*WRITES)]
    assert sorted(
        [
            "chat.postMessage",
            "chat.postMessage",
            "chat.postMessage",
            "chat.postMessage",
            "conversations.create",
            "conversations.invite",
            "conversations.setTopic",
            "pins.add",
        ]
    ) == sorted(made)


async def test_a_whole_life_ends_with_every_timer_accounted_for(company: Cast) -> None:
    """Acknowledge, take command, update, skip the next one, mitigate, resolve: the log verifies, replay is the row."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    channel = company.channel_of(1)
    await company.sandbox.advance("2m")
    await company.presses("noor", "Take command")
    await company.sandbox.advance("5m")
    await company.types("noor", "/incident update Rolling back, errors falling", channel=channel)
    await company.sandbox.advance("27m")
    await company.types("noor", "/incident mitigate Rolled back to 2.41", channel=channel)
    await company.types("noor", "/incident resolve Connection pool raised", channel=channel)
    await company.sandbox.advance("2h")

    assert company.incident(1) == company.replayed(1)
    assert "resolved" == company.incident(1).status
    assert company.audit_is_whole()
    assert [] == company.undone()
    assert set() == {row.kind for row in company.timers() if row.state == "pending"}
    assert [] == [row for row in company.timers() if row.state == "fired" and (row.ended_at or row.due_at) < row.due_at]
