"""An incident that is worked on in a channel that was there before."""

from dataclasses import replace

import pytest

from bot.words import Classification
from sandbox.sight import person_named
from tests.stories.company import Cast, said

ROOM = "team-checkout"


def opened(company: Cast, name: str = ROOM, *, private: bool = False, with_bot: bool = True) -> str:
    """Let there be a channel of Ada's and Noor's; return its Slack id."""
    workspace = company.sandbox.workspace
    general = next(one for one in workspace.channels.values() if one.name == "incidents")
    people = [person_named(workspace, who).id for who in ("ada", "noor")]
    channel_id = f"C0{name.upper().replace('-', '')}"
    workspace.channels[channel_id] = replace(
        general,
        id=channel_id,
        name=name,
        is_private=private,
        members=[*people, *([workspace.bot.id] if with_bot else [])],
        messages=[],
        topic="the checkout team",
    )
    return channel_id


async def test_it_lives_where_it_was_declared(company: Cast) -> None:
    """No channel is made, topic and name stay; the card is pinned there and verbs mean it without a number."""
    channel_id = opened(company)
    answer = await company.types("ada", "/incident declare here sev2 Checkout returns 500s", channel=ROOM)
    await company.sandbox.settle()
    noted = await company.types("ada", "/incident note p99 doubled", channel=ROOM)

    assert "INC-1 is declared as SEV-2." in answer
    assert [] == company.calls("conversations.create", "conversations.setTopic")
    assert [channel_id] == [call.args["channel"] for call in company.calls("pins.add")]
    assert "the checkout team" == company.sandbox.workspace.channels[channel_id].topic
    assert any(text.startswith("SEV-2 INC-1, Checkout returns 500s.") for text in company.texts(ROOM))
    assert "On the timeline of INC-1." in noted
    assert company.incident(1) == company.replayed(1)
    assert [] == company.sandbox.workspace.violations


async def test_it_is_free_again_once_it_is_over(company: Cast) -> None:
    """While it is open a second one gets its own channel, with a sentence; afterwards the channel is free."""
    opened(company)
    await company.types("ada", "/incident declare here sev2 Checkout returns 500s", channel=ROOM)
    second = await company.types("ada", "/incident declare here sev2 Search is slow", channel=ROOM)
    await company.types("ada", "/incident 1 cancel the probe itself was broken")
    await company.sandbox.settle()
    which = await company.types("ada", "/incident note p99 doubled", channel=ROOM)
    third = await company.types("ada", "/incident declare here sev2 Payments fail", channel=ROOM)
    await company.sandbox.settle()

    assert "It gets a channel of its own: this is the channel of INC-1 already." in second
    assert "inc-2-search-is-slow" == company.channel_of(2)
    assert "This is not an incident's channel" in which
    assert "It gets a channel of its own" not in third
    assert company.incident(3).is_hosted


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("general", "too many people read this channel"),
        ("incidents", "too many people read this channel"),
        ("partners", "this channel is shared with another organisation"),
    ],
)
async def test_where_it_cannot_live_it_gets_its_own(company: Cast, channel: str, why: str) -> None:
    """An alarm is never refused for its place."""
    answer = await company.types("ada", "/incident declare here sev1 Checkout returns 500s", channel=channel)

    assert f"It gets a channel of its own: {why}." in answer
    assert company.direct("noor")
    assert not company.incident(1).is_hosted


async def test_where_tocsin_is_not_it_says_so(company: Cast) -> None:
    """Tocsin must be invited first; meanwhile the alarm runs in its own channel, whose words stay private."""
    opened(company, with_bot=False, private=True)
    answer = await company.types("ada", "/incident declare here sev1 Checkout returns 500s", channel=ROOM)
    await company.sandbox.settle()

    assert "Tocsin is not in this channel" in answer
    assert Classification.CONFIDENTIAL is company.incident(1).classification
    assert "Checkout" not in str(company.messages("incidents"))


async def test_a_private_channel_leaks_no_title(company: Cast) -> None:
    """Told outside by its number alone."""
    opened(company, private=True)
    await company.types("ada", "/incident declare here sev1 Checkout returns 500s", channel=ROOM)
    await company.sandbox.advance("2m")

    outside = str([company.messages(place) for place in ("incidents", "ml-incidents-sev1")])
    assert "private incident" in outside
    assert "Checkout" not in outside
    assert "Checkout" not in " ".join(company.direct("noor"))
    assert company.texts(ROOM)


async def test_the_form_offers_the_channel_it_is_opened_in(company: Cast) -> None:
    """Ticked, it stays there, even after the form was drawn again; where it cannot be, nothing is offered."""
    opened(company)
    form = await company.act("ada", "command", channel=ROOM, text="/incident declare")
    await company.act("ada", "select", label="Severity", value="sev1")
    sent = await company.act("ada", "submit", values={"title": "Checkout returns 500s", "here": ["here"]})
    await company.sandbox.settle()
    elsewhere = await company.act("ada", "command", channel="general", text="/incident declare")

    assert "In this channel, #team-checkout" in str(form["view"])
    assert "It is worked on in" in str(sent["view"])
    assert company.incident(1).is_hosted
    assert "In this channel" not in str(elsewhere["view"])
    assert "" == said(sent)
