"""Others read an incident's channel: what is withheld, who is asked, and where it goes on (abuse cases 49 and 50)."""

import pytest

from bot.incident import commands as c
from bot.incident.context import SHELL, TOCSIN
from bot.incident.history import sharing_events as s
from bot.incident.history.access import Room
from bot.incident.history.apply import apply
from bot.incident.history.sharing import NAMELESS, Partner, Sharing, cleaned, named
from bot.incident.model import ChannelRef
from bot.incident.naming import left_topic, topic
from bot.incident.reacting.effects import (
    CHANNEL,
    GOVERNANCE,
    INCIDENTS,
    LEADERSHIP,
    LEFT,
    OPERATORS,
    Effect,
    EffectKind,
    PlaceKind,
    broadcast,
    dm,
)
from bot.incident.reading.timeline import line_of
from bot.incident.showing import Extent, extent, goes_elsewhere, instead, lead, others, shared_key, why
from bot.words import Classification, Lane
from tests.incident.life import ADA, IRIS, NOOR, SAM, Life, read

ROOM = "inc-42-checkout-returns-500s"
SHARED = c.RecordShared(channel="C1", team="T2", name="Acme Ltd.")
UNSHARED = c.RecordUnshared(channel="C1", team="T2")
PUBLIC, PRIVATE = c.RecordReach(channel="C1", is_public=True), c.RecordReach(channel="C1", is_public=False)


def heard(life: Life, *commands: c.Command) -> Life:
    """Let Slack say these things."""
    for command in commands:
        life.ask_as(TOCSIN, command)
    return life


@pytest.fixture
def open_one(life: Life) -> Life:
    """Ada's public SEV-1 that Noor commands, its channel made."""
    heard(life.declare(), c.RecordChannel(channel="C1", name=ROOM)).does(c.TakeCommand())
    life.said.clear()
    life.redrawn.clear()
    return life


@pytest.fixture
def hidden(life: Life) -> Life:
    """A private one."""
    life.ask(c.Declare(title="Checkout returns 500s", is_private=True), ADA)
    heard(life, c.RecordChannel(channel="C1", name="inc-42-private")).does(c.TakeCommand())
    life.said.clear()
    life.redrawn.clear()
    return life


def test_shared_it_is_cut_and_somebody_is_asked(open_one):
    """Card, topic and telephone numbers are drawn again; the commander is asked; said twice, it is once."""

    heard(open_one, SHARED)
    once = (list(open_one.redrawn), [(one.view, str(one.place)) for _, one in open_one.said])
    heard(open_one, SHARED)

    assert (
        ["incident:42/card", "incident:42/topic", "incident:42/nobody"],
        [("sharing.asked", f"dm:{NOOR}")],
    ) == once
    assert 1 == len(open_one.happened(s.ChannelShared))
    assert "this channel is shared with Acme Ltd." == why(open_one.it)
    assert "SEV-1 · INC-42 · details are withheld: this channel is shared with Acme Ltd." == topic(open_one.it)
    assert open_one.is_replayed()


def test_unshared_it_is_whole_again(open_one):
    """A line says so once nobody outside reads it; while another organisation does, details stay away."""

    heard(open_one, SHARED, c.RecordShared(channel="C1", team="T3"))
    both = open_one.it.sharing.names
    heard(open_one, c.RecordUnshared(channel="C1", team="T2", is_shared=True))
    one = open_one.it.sharing.names
    heard(open_one, c.RecordUnshared(channel="C1", team="T3"), UNSHARED)

    assert (f"Acme Ltd. and {NAMELESS}", NAMELESS, "") == (both, one, open_one.it.sharing.names)
    assert ["sharing.over"] == [view for _, view in open_one.in_channel()]
    assert "Checkout" in topic(open_one.it)
    assert open_one.is_replayed()


def test_what_is_said_of_another_channel(open_one):
    """Nothing happens to an incident whose channel it is not, or that has none."""

    elsewhere = [
        c.RecordShared(channel="C9", team="T2"),
        c.RecordUnshared(channel="C9", team="T2"),
        c.RecordReach(channel="C9", is_public=True),
        c.RecordChannelId(was="C9", now="C10"),
        UNSHARED,
        PUBLIC,
        PRIVATE,
    ]

    assert [()] * len(elsewhere) == [open_one.ask_as(TOCSIN, command) for command in elsewhere]
    assert () == open_one.changed(channel=None).ask_as(TOCSIN, SHARED)


def test_it_moves_inside(open_one):
    """It gets a new public channel with its people; what stands in the old one is cut, and everything drawn again."""

    heard(open_one, SHARED).said.clear()
    open_one.redrawn.clear()
    open_one.gone = (SAM,)
    open_one.does(c.MoveInside())
    made = [one.words for _, one in open_one.said if one.kind is EffectKind.OPEN_CHANNEL]
    invited = {who for _, one in open_one.said if one.kind is EffectKind.INVITE for who in one.people}

    assert [{"name": ROOM, "private": False, "left": "C1"}] == made
    assert {ADA, NOOR} <= invited
    assert Room(number=2, left="C1", left_name=ROOM) == open_one.it.room
    assert Sharing(asked=1, left="Acme Ltd.") == open_one.it.sharing
    assert {"incident:42/card", "incident:42/sharing/1"} <= set(open_one.redrawn)
    assert ["sharing.moved"] == open_one_views(open_one, PlaceKind.CHANNEL)[1:]
    assert ["left"] == open_one_views(open_one, PlaceKind.LEFT)
    assert "goes on in another channel" in left_topic(open_one.it)
    assert open_one.it.channel is None
    assert open_one.is_replayed()


def open_one_views(life: Life, kind: PlaceKind) -> list[str]:
    """Return the pictures said at a kind of place."""
    return [one.view for _, one in life.said if one.place.kind is kind and one.view]


def test_moved_and_later_made_private(open_one):
    """Each channel it leaves is told on its own: the second move draws the card of the second channel again."""

    heard(open_one, SHARED).does(c.MoveInside())
    heard(open_one, c.RecordChannel(channel="C2", name=f"{ROOM}-2"))
    open_one.redrawn.clear()
    open_one.does(c.Classify(to=Classification.CONFIDENTIAL, why="customer names are in it"), ADA)
    left = [one.id for _, one in open_one.said if one.place == LEFT]

    assert ["incident:42/left/2", "incident:42/left/topic/2", "incident:42/left/3", "incident:42/left/topic/3"] == left
    assert "incident:42/card/2" in open_one.redrawn
    assert "goes on in private" in left_topic(open_one.it)


def test_withholding_is_kept(open_one):
    """Left as it is, the question is settled; asked again it says so."""

    heard(open_one, SHARED).does(c.KeepWithholding())

    assert open_one.it.sharing.kept
    assert 101 == open_one.refused(c.KeepWithholding()).number
    assert "incident:42/sharing/1" in open_one.redrawn


def test_who_decides(open_one):
    """Those who lead and whoever was asked; nobody where only those who may read it do."""

    nothing = [open_one.refused(command).number for command in (c.MoveInside(), c.KeepWithholding())]
    heard(open_one, SHARED)
    stranger = open_one.refused(c.MoveInside(), IRIS).number
    declarer = open_one.refused(c.MoveInside(), ADA).number
    open_one.changed(seat=None, acknowledged=None)

    assert [100, 100] == nothing
    assert (4, 4) == (stranger, declarer)
    assert ADA == lead(open_one.it)
    assert open_one.does(c.KeepWithholding(), ADA)


def test_nobody_to_ask(life):
    """Declared from a shell, with nobody in command: details go all the same, and nobody is asked."""

    life.ask_as(SHELL, c.Declare(title="Checkout returns 500s"))
    heard(life, c.RecordChannel(channel="C1", name=ROOM)).changed(seat=None).said.clear()
    heard(life, SHARED)

    assert [] == life.said
    assert lead(life.it) is None
    assert instead("clocks", incident=life.it) is None
    assert 4 == life.refused(c.MoveInside(), IRIS).number
    assert 0 == life.it.sharing.asked


def test_a_private_channel_made_public(hidden):
    """It is cut and the commander told; private again it is whole; another classification is no reason any more."""

    heard(hidden, PUBLIC, PUBLIC)
    cut, asked = why(hidden.it), [one.view for _, one in hidden.said]
    opened = why(hidden.changed(classification=Classification.INTERNAL).it)
    hidden.changed(classification=Classification.CONFIDENTIAL)
    heard(hidden, PRIVATE, PRIVATE)

    assert ("everyone here can read this channel", ["sharing.asked"]) == (cut, asked)
    assert "" == opened
    assert "" == why(hidden.it)
    assert [1, 1] == [len(hidden.happened(kind)) for kind in (s.ChannelWentPublic, s.ChannelWentPrivate)]


def test_a_private_one_moves_into_a_private_channel(hidden):
    """Its new channel is private, too."""

    heard(hidden, PUBLIC).does(c.MoveInside())
    made = [one.words for _, one in hidden.said if one.kind is EffectKind.OPEN_CHANNEL]

    assert [{"name": "inc-42-private", "private": True, "left": "C1"}] == made
    assert hidden.it.room.is_private


def test_another_id(hidden):
    """Its channel, or the one it left, goes by another id; one that is being made has none yet."""

    heard(hidden, c.RecordChannelId(was="C1", now="C2"))
    here = hidden.it.channel
    heard(hidden.changed(room=Room(number=2, left="C7")), c.RecordChannelId(was="C7", now="C8"))
    folded = s.ChannelIdChanged(at=hidden.now, by="tocsin", was="C5", now="C6")
    hidden.changed(channel=None)
    bare = hidden.it

    assert ChannelRef(id="C2", name="inc-42-private") == here
    assert "C8" == hidden.it.room.left
    assert apply(bare, folded).channel is None


KNOWN = {
    str(INCIDENTS): "C0INC",
    str(LEADERSHIP): "C0LEAD",
    str(OPERATORS): "C0OPS",
    shared_key("C0INC", "T2"): "Acme Ltd.",
    shared_key("C0LEAD", "T2"): "",
}

# (place, extent while the incident is public, while it is private)
PLACES = [
    (None, Extent.WHOLE, Extent.UNTITLED),
    (CHANNEL, Extent.WHOLE, Extent.WHOLE),
    (LEFT, Extent.NUMBER, Extent.NUMBER),
    (INCIDENTS, Extent.NUMBER, Extent.NUMBER),
    (LEADERSHIP, Extent.WHOLE, Extent.NAMELESS),
    (OPERATORS, Extent.WHOLE, Extent.NAMELESS),
    (broadcast("sev1"), Extent.WHOLE, Extent.NAMELESS),
    (GOVERNANCE, Extent.WHOLE, Extent.UNTITLED),
    (dm(NOOR), Extent.WHOLE, Extent.UNTITLED),
]


@pytest.mark.parametrize(("place", "public", "private"), PLACES)
def test_what_is_shown_where(open_one, place, public, private):
    """The one table of it: everything, no title, nobody named, or the number alone."""

    shown = extent(open_one.it, place=place, known=KNOWN)
    open_one.changed(classification=Classification.RESTRICTED)

    assert (public, private) == (shown, extent(open_one.it, place=place, known=KNOWN))


def test_its_own_channel_shared(open_one):
    """Then the number alone stands there, and whoever reads beside is named."""

    heard(open_one, SHARED)

    assert Extent.NUMBER is extent(open_one.it, place=CHANNEL, known={})
    assert "this channel is shared with Acme Ltd." == others(open_one.it, place=INCIDENTS, known=KNOWN)
    assert "" == others(None, place=CHANNEL, known=KNOWN)


# (view, place, thread, goes elsewhere)
ELSEWHERE = [
    ("clocks", CHANNEL, None, True),
    ("nobody", CHANNEL, None, True),
    ("update", CHANNEL, None, False),
    ("announcement", INCIDENTS, None, False),
    ("no_channel", INCIDENTS, None, True),
    ("update", INCIDENTS, "incident:42/broadcast", False),
    ("digest", LEADERSHIP, None, False),
]


@pytest.mark.parametrize(("view", "place", "thread", "goes"), ELSEWHERE)
def test_what_goes_elsewhere(open_one, view, place, thread, goes):
    """What asks for an act goes to a person; what has a short form stays; the rest is not said there."""

    heard(open_one, SHARED)
    effect = Effect(
        id="x", kind=EffectKind.POST, lane=Lane.UPDATE, incident=42, place=place, view=view, thread_of=thread
    )

    assert goes is goes_elsewhere(effect, incident=open_one.it, known=KNOWN)


def test_who_hears_it_instead(open_one):
    """Telephone numbers go to the declarer, what asks for an act to whoever leads."""

    assert (dm(ADA), dm(NOOR)) == tuple(instead(view, incident=open_one.it) for view in ("nobody", "clocks"))


def test_names_in_a_sentence():
    """Each once, in the order of the alphabet."""

    assert ["", "A", "A and B", "A, B and C"] == [named(one) for one in ("", "A", "BAA", "CAB")]
    assert "A" == Sharing(partners=(Partner(team="T2", name="A"),)).names


def test_lines_of_the_timeline(open_one):
    """Each says what became of the channel, without anybody's words."""

    heard(open_one, SHARED, c.RecordShared(channel="C1", team="T3", name="B"))
    heard(open_one, c.RecordUnshared(channel="C1", team="T3", is_shared=True))
    open_one.does(c.KeepWithholding())
    open_one.does(c.MoveInside())
    moment = {"at": open_one.now, "by": "tocsin"}
    more = [
        s.ChannelUnshared(**moment, channel="C1", team="T2"),
        s.ChannelWentPublic(**moment, channel="C1"),
        s.ChannelWentPrivate(**moment, channel="C1"),
        s.MovedInside(**moment, left="C1", left_name=ROOM, names=""),
        s.ChannelIdChanged(**moment, was="C1", now="C2"),
    ]
    told = [read(line_of(event, ())) for event in [*open_one.events[-5:], *more]]

    assert [
        "Channel shared with Acme Ltd.: details withheld there",
        "Channel shared with B: details withheld there",
        "Channel shared with fewer organisations",
        f"Details stay withheld in the channel · {NOOR}",
        f"Goes on in a new channel, the one before is shared with Acme Ltd. · {NOOR}",
        "Channel no longer shared outside",
        "Private channel made public: details withheld there",
        "Channel private again",
        "Goes on in a new channel",
        "Slack gave the channel another id",
    ] == told


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Acme Ltd.", "Acme Ltd."),
        ("*Acme* _now_ `x` ~y~", "Acme now x y"),
        ("Acme\nSEV-1 is over", "Acme SEV-1 is over"),
        ("A" * 90, "A" * 40),
        ("", "another organisation"),
        (" *\t", "another organisation"),
    ],
)
def test_an_organisation_s_name_forges_nothing(name, clean):
    """It stands in sentences of Tocsin's own: one line, no marks, 40 characters."""

    assert clean == cleaned(name)
