"""Suggesting: what people who may not decide put to those who may, and what becomes of it."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.history import events as e
from bot.incident.history import suggestions as s
from bot.incident.reacting.effects import PlaceKind
from bot.incident.refusing.offers import present
from bot.incident.refusing.suggestion_refusals import changed_meanwhile, outlived
from bot.incident.rules.forms import refuse_form
from bot.words import Act, Classification, Role, Severity, Status
from tests.incident.life import ADA, HOUR, IRIS, MIA, NOOR, SAM, ZOE, Life, person, read

WORDS = "Errors are falling."
WHY = "one team only, with a workaround"
LOWER = c.SuggestSeverity(severity=Severity.SEV3, why=WHY)


def led(life: Life) -> Life:
    """Return a SEV-1 that Noor commands."""
    life.declare().does(c.TakeCommand())
    return life


def test_words_go_to_the_commander_and_are_posted_once(life):
    """Iris's words reach Noor with a button; posted by Noor they are Noor's update, and a second press says so."""

    led(life).does(c.SendToCommander(words=WORDS), IRIS)
    assert [(0.0, "suggested.update")] == [one for one in life.dms(NOOR) if one[1].startswith("suggested")]
    assert {"by": IRIS, "now": WORDS} == dict(life.effects("suggested.update")[0].words)

    posted = life.does(c.PostSuggested(now=WORDS))[0]
    again = life.refused(c.PostSuggested(now=WORDS))

    assert (WORDS, NOOR) == (posted.now, posted.by)
    assert (17, "That text is status update 1 already.") == (again.number, read(again.sentence))


def test_words_need_a_commander_and_words(life):
    """Nobody to send to is no. 7, with the text kept to post oneself; nothing to send is no. 41."""

    led(life)
    assert 41 == life.refused(c.SendToCommander(words="🔥"), IRIS).number
    life.gives_back()
    refused = life.refused(c.SendToCommander(words=WORDS), IRIS)

    assert (7, (Act.TAKE_AND_POST,), WORDS) == (refused.number, refused.offers, refused.kept)


def test_only_who_may_update_posts_what_was_suggested(life):
    """A suggestion in a private incident's channel stands before all; it is still the commander's to post (no. 4)."""

    led(life)
    life.changed(classification=Classification.CONFIDENTIAL)
    life.does(c.SendToCommander(words=WORDS), IRIS)

    assert [PlaceKind.CHANNEL] == [one.place.kind for one in life.effects("suggested.update")]
    assert 4 == life.refused(c.PostSuggested(now=WORDS), IRIS).number


def test_taking_a_free_seat_to_post(life):
    """One press takes command and posts the text, and the channel hears both."""

    led(life).gives_back()
    events = life.does(c.TakeAndPost(now=WORDS, affected="EU", next="Verify"), SAM)

    assert [e.CommandTaken, e.StatusUpdatePosted] == [type(event) for event in events]
    assert (SAM, WORDS, "EU") == (life.it.commander, life.it.last_update.now, life.it.last_update.affected)
    assert ["line.command", "update"] == [view for _, view in life.in_channel()][-2:]


def test_a_seat_taken_meanwhile_stays_theirs(life):
    """Somebody sat down first: nothing is posted, the text is given back (no. 4). In one's own seat it is posted."""

    led(life)
    refused = life.refused(c.TakeAndPost(now=WORDS), SAM)

    assert (4, WORDS) == (refused.number, refused.kept)
    assert [e.StatusUpdatePosted] == [type(event) for event in life.does(c.TakeAndPost(now=WORDS), NOOR)]


def test_taking_needs_words_to_post(life):
    """A press that could not post does not take command either."""

    led(life).gives_back()

    assert 41 == life.refused(c.TakeAndPost(now="🔥"), SAM).number
    assert life.it.commander is None


def test_a_named_commander_who_posts_says_it_once(life):
    """Answering by an update is no line of its own: the update says who."""

    life.declare().does(c.Acknowledge(), SAM)
    before = len(life.in_channel())
    life.does(c.PostUpdate(now=WORDS))

    assert ["update"] == [view for _, view in life.in_channel()][before:]


def test_a_severity_is_put_to_who_may_change_it(life):
    """Commander and on-call are asked by direct message; it stays as it is until one of them decides."""

    led(life).does(LOWER, ADA)

    asked = life.effects("suggested.severity")
    assert [NOOR, SAM] == [one.place.key for one in asked]
    assert Severity.SEV1 is life.it.severity
    life.does(c.LeaveSeverity(person=ADA))
    assert [(0.0, "suggestion.left")] == life.dms(ADA)
    assert isinstance(life.events[-1], s.SeverityLeft)


SUGGESTIONS = [
    (c.SuggestSeverity(severity=Severity.SEV1, why=WHY), ADA, 17),
    (c.SuggestSeverity(severity=Severity.SEV3, why="no"), ADA, 25),
    (c.LeaveSeverity(person=ADA), ZOE, 4),
    (c.ChangeSeverity(severity=Severity.SEV3, why=WHY, was=Severity.SEV2), NOOR, 3),
]


@pytest.mark.parametrize(("command", "by", "number"), SUGGESTIONS)
def test_what_is_not_taken(life, command, by, number):
    """Its own severity, a thin reason, a stranger's decision, and a button that quotes what is no longer so."""

    assert number == led(life).refused(command, by).number


def test_a_quoted_severity_that_still_holds(life):
    """[Change to SEV-3] does what it says while SEV-1 is what it quotes."""

    led(life).does(c.ChangeSeverity(severity=Severity.SEV3, why=WHY, was=Severity.SEV1))

    assert Severity.SEV3 is life.it.severity


def test_lowering_offers_to_suggest(life):
    """The refusal's button carries severity and reason, and says which (no. 6)."""

    refused = led(life).refused(c.ChangeSeverity(severity=Severity.SEV3, why=WHY), IRIS)

    offer = refused.details[Act.SUGGEST_SEVERITY]
    assert (6, "Suggest SEV-3") == (refused.number, offer.label)
    assert {"severity": "sev3", "why": WHY} == dict(offer.carries)


def test_a_snooze_is_no_update_to_send(life):
    """A reason for silence is not words for an update: neither sending nor posting it is offered."""

    led(life)
    snooze = c.SnoozeUpdates(until=life.now + HOUR, why="vendor call is running")

    assert () == life.refused(snooze, IRIS).offers


def test_suggesting_opens_a_form_while_it_is_open(life):
    """Anybody may suggest; over is over."""

    led(life)
    assert refuse_form(Act.SUGGEST_SEVERITY, life.it, life.context(person(ZOE))) is None
    life.does(c.Resolve(words="Pool limit raised."))
    refused = refuse_form(Act.SUGGEST_SEVERITY, life.it, life.context(person(ZOE)))
    assert 1 == (refused.number if refused else 0)


PRESENT = {
    Status.DECLARED: Act.ACKNOWLEDGE,
    Status.ACKNOWLEDGED: Act.POST_UPDATE,
    Status.MITIGATED: Act.RESOLVE,
    Status.RESOLVED: Act.CLOSE,
    Status.CLOSED: Act.REOPEN,
    Status.CANCELLED: Act.REOPEN,
    Status.MERGED: None,
}


@pytest.mark.parametrize("status", Status)
def test_the_present_buttons(life, status):
    """What stands under "that button was drawn before" is what the card offers now, the next step first."""

    acts = present(led(life).changed(status=status).it)
    assert PRESENT[status] == (acts[0] if acts else None)
    life.changed(status=Status.ACKNOWLEDGED, seat=None)
    assert Act.TAKE_COMMAND is present(life.it)[0]


def test_a_form_that_its_incident_outlived(life):
    """It says who ended it, and when, and gives the text back; what can be reopened can be reopened (no. 29)."""

    led(life).does(c.Resolve(words="Pool limit raised."))
    over = outlived(life.it, kept=WORDS)
    sentence = "INC-42 was resolved while you were writing (UNOOR, 14:00). Nothing was posted; here is your text."
    assert (29, sentence, (Act.REOPEN,), WORDS) == (over.number, read(over.sentence), over.offers, over.kept)

    life.does(c.Reopen(why="the errors are back"), MIA)
    again = outlived(life.it, kept="")
    assert "was reopened while you were writing (UMIA, 14:00)" in read(again.sentence)
    assert () == again.offers

    life.other = replace(life.it, number=40)
    life.does(c.Merge(into=40, confirmed=True))
    assert "was merged into INC-40 while you were writing (UNOOR, 14:00)" in read(outlived(life.it, kept="").sentence)


def test_an_end_nobody_is_known_for(life):
    """A status that came without a person is Tocsin's."""

    led(life).changed(status=Status.CLOSED)

    assert "was closed while you were writing (tocsin, " in read(outlived(life.it, kept="").sentence)


def test_what_changed_while_somebody_wrote(life):
    """Severity and commander, and what to do now (no. 3)."""

    changed = changed_meanwhile(led(life).it)

    sentence = "INC-42 changed while you wrote: now SEV-1, UNOOR commands. Post again to confirm."
    assert (3, sentence) == (changed.number, read(changed.sentence))


def test_a_question_before_a_merge_goes_stale(life):
    """It quoted two people; with a third it is asked again, in a question of its own (no. 3)."""

    led(life)
    life.other = replace(life.it, number=40)
    asked = life.refused(c.Merge(into=40))
    quoted = asked.details[Act.MERGE].carries["people"]
    life.does(c.GiveRole(role=Role.SCRIBE, person=IRIS))
    stale = life.refused(c.Merge(into=40, confirmed=True, people=quoted))

    sentence = "Now: acknowledged, UNOOR commands, and 3 people would be added to INC-40."
    assert (2, 3) == (quoted, stale.number)
    assert sentence in read(stale.sentence)
    assert life.does(c.Merge(into=40, confirmed=True, people=stale.details[Act.MERGE].carries["people"]))
