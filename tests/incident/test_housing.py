"""Housing: an incident that lives in a channel that was there before, and where that cannot be."""

import pytest

from bot.incident import commands as c
from bot.incident.reacting.effects import EffectKind
from bot.incident.rules.housing import why_not_here
from bot.words import Classification, Severity
from tests.incident.life import ADA, Life, person

TEAM = c.Host(id="C7", name="team-checkout", is_private=False, is_member=True)


def declared(life: Life, host: c.Host) -> Life:
    """Return a life declared in `host`."""
    life.does(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, here=True, host=host), ADA)
    return life


def test_no_channel_is_made_and_no_topic_changed(life):
    """The card goes there and is pinned; the room is known at once; its name and topic stay as they are."""

    declared(life, TEAM)

    kinds = [one.kind for _, one in life.said]
    opened = next(one for _, one in life.said if one.kind is EffectKind.OPEN_CHANNEL)
    assert {"name": "team-checkout", "known": "C7"} == opened.words
    assert EffectKind.TOPIC not in kinds
    assert EffectKind.PIN in kinds
    assert life.it.is_hosted
    assert life.it.channel is not None
    assert ("C7", Classification.INTERNAL) == (life.it.channel.id, life.it.classification)
    assert life.is_replayed()


def test_what_is_declared_in_a_private_channel_stays_private(life):
    """Its classification is CONFIDENTIAL, so that no place outside shows its title."""

    declared(life, c.Host(id="C7", name="team-secret", is_private=True, is_member=True))

    assert life.it.is_hosted
    assert Classification.CONFIDENTIAL is life.it.classification


@pytest.mark.parametrize(
    ("host", "why"),
    [
        (TEAM, ""),
        (c.Host(id="D1", is_conversation=True), "a direct message cannot hold an incident"),
        (c.Host(id="C8"), "Tocsin is not in this channel; `/invite` it for the next time"),
        (
            c.Host(id="C8", is_member=True, is_shared=True),
            "this channel is shared with another organisation",
        ),
        (c.Host(id="C8", is_member=True, is_general=True), "too many people read this channel"),
        (c.Host(id="C8", name="incidents", is_member=True), "too many people read this channel"),
        (c.Host(id="C8", name="ml-incidents-sev1", is_member=True), "too many people read this channel"),
    ],
)
def test_where_it_cannot_live(life, host, why):
    """A sentence says why; the alarm is raised all the same and gets a channel of its own."""

    assert why == why_not_here(host, life.context(person(ADA)))
    assert bool(why) is not declared(life, host).it.is_hosted


def test_a_channel_holds_one_open_incident(life, sev1):
    """One that is an incident's own is never used; one that only hosted an incident is free once that has ended."""

    room = sev1.it
    life.other = room
    assert "this is the channel of INC-42 already" == why_not_here(TEAM, life.context(person(ADA)))
    life.other = declared(Life(policy=life.policy, rota=life.rota), TEAM).it
    assert "this is the channel of INC-42 already" == why_not_here(TEAM, life.context(person(ADA)))
    over = Life(policy=life.policy, rota=life.rota)
    declared(over, TEAM).does(c.Cancel(why="the probe itself was broken"), ADA)
    life.other = over.it
    assert "" == why_not_here(TEAM, life.context(person(ADA)))
