"""Refusals: each "no" word for word, with its number, its buttons, and people's own text given back."""

from collections.abc import Callable

import pytest

from bot.incident import commands as c
from bot.incident.refusing import authority_refusals as authority
from bot.incident.refusing import refusals as r
from bot.incident.refusing import seat_refusals as s
from bot.incident.refusing.reading_refusals import nothing_called
from bot.incident.rules.forms import refuse_form
from bot.incident.sentences import Quote, When, Who
from bot.words import Act, Severity, Status
from tests.incident.life import ADA, HOUR, IRIS, MIA, MINUTE, NOOR, SAM, SECOND, START, ZOE, Life, person, read

TRUE = "the test ran against production"


def acknowledged(life: Life) -> Life:
    """Return an incident that Sam acknowledged and that Noor, named, has not answered for."""
    life.declare().does(c.Acknowledge(), SAM)
    life.now += 2 * MINUTE
    return life


def commanded(life: Life) -> Life:
    """Return an incident that Noor acknowledged and commands."""
    life.declare().does(c.TakeCommand())
    life.now += 2 * MINUTE
    return life


def ended(life: Life, command: c.Command) -> Life:
    """Return Noor's incident two minutes after `command`."""
    commanded(life).does(command)
    life.now += 2 * MINUTE
    return life


RESOLVED = "INC-42 is already resolved (UNOOR, 2 min ago), so it cannot be {}. If it is back, reopen it."

WRONG_STATUS = [
    (c.TakeCommand(), "commanded"),
    (c.NameCommander(person=MIA), "commanded"),
    (c.GiveBackCommand(), "handed back"),
    (c.PostUpdate(now="Rolling back."), "updated"),
    (c.PostNoChange(), "updated"),
    (c.SnoozeUpdates(until=START + HOUR, why=TRUE), "snoozed"),
    (c.Escalate(why=TRUE), "escalated"),
    (c.Mitigate(words="Rolled back."), "mitigated"),
    (c.Resolve(words="Rolled back."), "resolved"),
    (c.Cancel(why=TRUE), "cancelled"),
]


@pytest.mark.parametrize(("command", "done"), WRONG_STATUS)
def test_resolved_already(life, command, done):
    """What is resolved takes nothing more, and says who ended it and when (no. 1)."""

    refused = ended(life, c.Resolve(words="Pool limit raised.")).refused(command)

    assert (1, RESOLVED.format(done)) == (refused.number, read(refused.sentence))


@pytest.mark.parametrize("command", [c.Acknowledge(), c.PassOnPage(), c.AnswerCall()])
def test_resolved_and_nothing_asked(life, command):
    """Answers to what is resolved hear only that it is over."""

    refused = ended(life, c.Resolve(words="Pool limit raised.")).refused(command)

    assert "INC-42 is already resolved (UNOOR, 2 min ago). If it is back, reopen it." == read(refused.sentence)


OTHER_STATUSES = [
    (Status.CANCELLED, "INC-42 is already cancelled (UNOOR, 2 min ago)"),
    (
        Status.MITIGATED,
        "INC-42 is already mitigated (UNOOR, 2 min ago), so it cannot be mitigated. Nothing more is needed.",
    ),
    (Status.CLOSED, "INC-42 is already closed (nobody, 2 min ago)"),
    (Status.MERGED, "INC-42 is already merged (nobody, 2 min ago)"),
]


@pytest.mark.parametrize(("status", "sentence"), OTHER_STATUSES)
def test_wrong_in_other_statuses(life, status, sentence):
    """The sentence names the status, and says that nothing more is needed while it is still open."""

    commanded(life)
    if status is Status.CANCELLED:
        life.now -= 2 * MINUTE
        life.does(c.Cancel(why=TRUE))
        life.now += 2 * MINUTE
    elif status is Status.MITIGATED:
        life.does(c.Mitigate(words="Rolled back."))
        life.now += 2 * MINUTE
    else:
        life.changed(status=status)

    assert read(life.refused(c.Mitigate(words="Rolled back.")).sentence).startswith(sentence)


def test_a_lost_race(life):
    """Who acknowledged second hears by how much, and what is left to do (no. 2)."""

    life.declare().does(c.Acknowledge(), SAM)
    life.now += SECOND
    named = life.refused(c.Acknowledge(), MIA)
    life.does(c.GiveBackCommand())
    free = life.refused(c.Acknowledge(), MIA)
    life.does(c.TakeCommand(), NOOR)
    held = life.refused(c.Acknowledge(), MIA)

    assert [
        "USAM acknowledged INC-42 1 s before you. UNOOR is named commander and has not answered yet.",
        "USAM acknowledged INC-42 1 s before you. Nobody commands it yet.",
        "USAM acknowledged INC-42 1 s before you. Nothing more is needed; UNOOR commands.",
    ] == [read(one.sentence) for one in (named, free, held)]
    assert [(Act.TAKE_COMMAND,), (Act.TAKE_COMMAND,), ()] == [one.offers for one in (named, free, held)]


def test_acknowledging_twice(life):
    """Who acknowledged already hears that, not that somebody was faster (no. 17)."""

    free = acknowledged(life).refused(c.Acknowledge(), SAM)
    life.does(c.TakeCommand(), SAM)
    held = life.refused(c.Acknowledge(), SAM)

    assert "You acknowledged INC-42 already. UNOOR is named commander and has not answered yet." == read(free.sentence)
    assert (17, (Act.TAKE_COMMAND,), ()) == (free.number, free.offers, held.offers)


SEATS = [
    (
        c.TakeCommand(over=SAM),
        MIA,
        3,
        "That button was drawn before INC-42 changed, so nothing was done. Now: acknowledged, UNOOR commands.",
    ),
    (
        c.TakeCommand(),
        MIA,
        18,
        "UNOOR commands INC-42, so only UNOOR can hand it over. You can take over; UNOOR is told.",
    ),
    (
        c.NameCommander(person=IRIS),
        MIA,
        18,
        "UNOOR commands INC-42, so only UNOOR can hand it over. You can take over; UNOOR is told.",
    ),
    (c.TakeCommand(over=NOOR), ZOE, 4, "Taking command of INC-42 is for UNOOR, USAM or UMIA."),
    (c.TakeCommand(), NOOR, 17, "You command INC-42 already."),
    (c.NameCommander(person=NOOR), MIA, 17, "UNOOR commands INC-42 already."),
    (c.GiveBackCommand(), MIA, 17, "You do not command INC-42. Nothing was changed."),
    (
        c.PostUpdate(now="Rolling back."),
        MIA,
        4,
        "Status updates are posted by the commander (UNOOR) or communications lead. Your text is kept below.",
    ),
    (c.PostNoChange(), MIA, 4, "Status updates are posted by the commander (UNOOR) or communications lead."),
    (c.Mitigate(words="Rolled back."), ZOE, 4, "Mitigating INC-42 is for UNOOR or USAM."),
    (c.Resolve(words="Rolled back."), ZOE, 4, "Resolving INC-42 is for UNOOR or USAM."),
    (c.Cancel(why=TRUE), ZOE, 4, "Cancelling INC-42 is for UADA, UNOOR or USAM."),
    (c.AnswerCall(), ZOE, 39, "You were not called for INC-42, so there is nothing to answer."),
    (c.Escalate(why="!!"), ZOE, 25, "A reason needs words (at least 10 letters or digits); it goes on the record."),
    (c.Mitigate(words="ok"), NOOR, 41, "Say what stopped the harm: at least 3 letters or digits. Nothing was changed."),
    (c.Resolve(words="ok"), NOOR, 41, "Say what fixed it: at least 3 letters or digits. Nothing was changed."),
    (c.PostUpdate(now="!"), NOOR, 41, "Say what is happening now; one sentence will do. Nothing was changed."),
    (c.AddNote(words="!"), ZOE, 41, "Say what to put on the timeline of INC-42. Nothing was changed."),
    (
        c.SnoozeUpdates(until=START + 5 * HOUR, why=TRUE),
        NOOR,
        26,
        "SEV-1 updates can be snoozed once in a row, for 30 min at most. Post an update or press No change.",
    ),
]


@pytest.mark.parametrize(("command", "by", "number", "sentence"), SEATS)
def test_commanded_by_another(life, command, by, number, sentence):
    """Each refusal under Noor's command says what stands in the way and who can."""

    refused = commanded(life).refused(command, by)

    assert (number, sentence) == (refused.number, read(refused.sentence))
    assert len(read(refused.sentence)) <= 300


def test_named_and_silent(life):
    """Naming who is named already says that they have not answered."""

    refused = acknowledged(life).refused(c.NameCommander(person=NOOR), MIA)

    assert "UNOOR is named commander of INC-42 already, and has not answered yet." == read(refused.sentence)


KEPT = [
    (c.PostUpdate(now="Rolling back."), MIA, "Rolling back."),
    (c.Cancel(why=TRUE), ZOE, TRUE),
    (c.Cancel(why="oops"), NOOR, "oops"),
    (c.Mitigate(words="ok"), NOOR, "ok"),
    (c.SnoozeUpdates(until=START + 5 * HOUR, why=TRUE), NOOR, TRUE),
    (c.TakeCommand(), MIA, ""),
]


@pytest.mark.parametrize(("command", "by", "kept"), KEPT)
def test_words_are_given_back(life, command, by, kept):
    """What a person wrote comes back with the refusal, whatever the reason."""

    assert kept == commanded(life).refused(command, by).kept


def test_mitigated_is_not_cancelled(life):
    """What was mitigated was real (no. 22)."""

    refused = ended(life, c.Mitigate(words="Rolled back.")).refused(c.Cancel(why=TRUE))

    assert (22, (Act.RESOLVE,)) == (refused.number, refused.offers)
    assert "INC-42 was mitigated at 14:02, so it was real. Resolve it instead." == read(refused.sentence)


def test_everyone_was_called(life):
    """When policy names nobody more, a person has to be named (no. 42)."""

    commanded(life)
    for _ in range(3):
        life.does(c.Escalate(why=TRUE), ADA)
    refused = life.refused(c.Escalate(why=TRUE), ADA)

    assert (42, (Act.ESCALATE,)) == (refused.number, refused.offers)
    assert "Everyone policy names for INC-42 was called already. Name a person to call." == read(refused.sentence)


def test_passed_on_twice(sev1):
    """Passing on twice pages nobody twice (no. 17)."""

    sev1.does(c.PassOnPage())

    assert "You passed INC-42 on already. Nothing is needed from you." == read(sev1.refused(c.PassOnPage()).sentence)


def test_nobody_commands(sev1):
    """Without a commander, command comes first (no. 7)."""

    sev1.does(c.GiveBackCommand())

    assert "Nobody commands INC-42, so no update can be posted yet. Take command and your text is posted." == read(
        sev1.refused(c.PostUpdate(now="Rolling back.")).sentence
    )


def test_no_cadence_to_snooze(life):
    """SEV-3 has no updates to snooze (no. 38)."""

    life.declare(Severity.SEV3)

    assert "INC-42 is SEV-3: no updates fall due, so nothing to snooze." == read(
        life.refused(c.SnoozeUpdates(until=START + MINUTE, why=TRUE)).sentence
    )


def test_no_change_used_up(life):
    """After "no change" twice in a row, one sentence is asked for (no. 37)."""

    commanded(life)
    for _ in range(2):
        life.does(c.PostNoChange())
    refused = life.refused(c.PostNoChange())

    assert (Act.POST_UPDATE,) == refused.offers
    assert "INC-42 had 2 updates in a row without a change. Say in one sentence what is being tried." == read(
        refused.sentence
    )


WHOLE = [
    (r.unknown_incident(77), 8, "There is no INC-77 that you can see. `/incident list` shows those you can."),
    (
        r.which_one([42, 41]),
        9,
        "This is not an incident's channel, so say which: `/incident 42 update …`. Open now: INC-42, INC-41.",
    ),
    (r.which_one([]), 9, "This is not an incident's channel, so say which: `/incident 42 update …`. Nothing is open."),
    (r.unknown_verb("mitgate", nearest="mitigate"), 10, "There is no verb `mitgate`. Did you mean *mitigate*?"),
    (
        r.unknown_verb("frobnicate", nearest=None),
        11,
        "There is no verb `frobnicate`. To raise an alarm: `/incident declare what is broken`.",
    ),
    (
        r.OUTSIDER,
        12,
        (
            "You are here from another organisation: you can read and write, but only members of this workspace "
            "can act on incidents. Ask anyone in the channel."
        ),
    ),
    (
        r.guest("+49 30 23125 100"),
        13,
        "Guests cannot act on incidents. If it is urgent, ask any member to type /incident, or call +49 30 23125 100.",
    ),
    (r.APP, 14, "Apps and workflows act on incidents only where `people.yaml` names them."),
    (
        r.not_a_person("@maya"),
        15,
        "I cannot find a person in `@maya`. Pick the name from Slack's list so that it turns into a link.",
    ),
    (
        r.unfit("UBOT", choose=[NOOR, SAM]),
        16,
        "UBOT cannot command: only members of this workspace who are R or A can. Choose among UNOOR, USAM.",
    ),
    (
        r.unfit("UBOT", choose=[NOOR], cannot="be scribe"),
        16,
        "UBOT cannot be scribe: only members of this workspace can. Choose among UNOOR.",
    ),
    (
        r.unfit(None, choose=[NOOR], cannot="be invited"),
        16,
        "Somebody Tocsin does not know cannot be invited: only members of this workspace can. Choose among UNOOR.",
    ),
    (
        r.not_allowed(doing="Resolving INC-42", who=[]),
        4,
        "Resolving INC-42 is for people policy names, and it names nobody.",
    ),
    (
        r.snooze_used_up(Severity.SEV2, in_row=2, longest="1 h"),
        26,
        "SEV-2 updates can be snoozed 2 times in a row, for 1 h at most. Post an update or press No change.",
    ),
    (r.no_such_severity("sev5"), 27, "There is no sev5. Severities are SEV-1 (worst) to SEV-4."),
    (r.COPIED_CARD, 31, "These buttons work only where the card was posted."),
    (r.SOMEONE_ELSES_FORM, 32, "That form was opened by someone else. Open your own with `/incident update`."),
]


@pytest.mark.parametrize(("refused", "number", "sentence"), WHOLE)
def test_refusals_at_the_door(refused, number, sentence):
    """Refusals that concern no incident in particular, word for word."""

    assert (number, sentence) == (refused.number, read(refused.sentence))
    assert len(sentence) <= 300


@pytest.mark.parametrize(
    "refused",
    [
        r.unknown_verb("<!channel>`*x*`", nearest=None),
        r.not_a_person("<https://evil|x>`"),
        r.no_such_severity("`sev<!here>" + "9" * 500),
    ],
)
def test_what_was_typed_is_not_markup(refused):
    """What somebody typed comes back among Tocsin's words short and without anything Slack would read as markup."""

    said = read(refused.sentence)

    assert not set("<>|!") & set(said)
    assert len(said) <= 150


def test_which_one_names_five_at_most():
    """A storm does not make a refusal long."""

    sentence = read(r.which_one(range(1, 201)).sentence)
    assert sentence.endswith("Open now: INC-1, INC-2, INC-3, INC-4, INC-5 and 195 more.")


def test_the_communications_lead_is_named(sev1):
    """Where there is a communications lead, the refusal names them (no. 4)."""

    refused = authority.updates_not_yours(sev1.it, lead=IRIS, kept="")

    assert "Status updates are posted by the commander (UNOOR) or communications lead (UIRIS)." == read(
        refused.sentence
    )


def test_a_mitigation_without_its_moment(sev1):
    """The refusal to cancel stands on the declaration's time when no mitigation was recorded."""

    assert "was mitigated at 14:00, so it was real." in read(r.cannot_cancel(sev1.it).sentence)


def test_people_stay_marked(life):
    """People in a sentence are ids, never text, so that each surface writes their names its own way."""

    refused = s.not_yours_to_hand_over(commanded(life).it)

    assert 3 == sum(isinstance(part, Who) for part in refused.sentence)
    assert "14:00 “x”" == read((When(START), " ", Quote("x")))


FORMS = [
    (Act.POST_UPDATE, NOOR, Status.ACKNOWLEDGED, None),
    (Act.POST_UPDATE, MIA, Status.ACKNOWLEDGED, 4),
    (Act.SNOOZE, MIA, Status.ACKNOWLEDGED, 4),
    (Act.SNOOZE, NOOR, Status.ACKNOWLEDGED, None),
    (Act.MITIGATE, ZOE, Status.ACKNOWLEDGED, 4),
    (Act.RESOLVE, ZOE, Status.ACKNOWLEDGED, 4),
    (Act.MITIGATE, NOOR, Status.ACKNOWLEDGED, None),
    (Act.ESCALATE, ZOE, Status.ACKNOWLEDGED, None),
    (Act.CANCEL, ZOE, Status.ACKNOWLEDGED, 4),
    (Act.ESCALATE, ZOE, Status.RESOLVED, 1),
    (Act.POST_UPDATE, NOOR, Status.RESOLVED, 1),
    (Act.MITIGATE, NOOR, Status.MITIGATED, 1),
    (Act.CANCEL, NOOR, Status.MITIGATED, 22),
    (Act.DECLARE, ZOE, Status.RESOLVED, None),
]


@pytest.mark.parametrize(("act", "by", "status", "number"), FORMS)
def test_forms_are_refused_before_they_are_filled_in(life, act, by, status, number):
    """A form that could not be submitted is not opened: better told before one has written than after."""

    commanded(life)
    if status is Status.MITIGATED:
        life.does(c.Mitigate(words="Rolled back."))
    if status is Status.RESOLVED:
        life.does(c.Resolve(words="Rolled back."))
    refused = refuse_form(act, life.it, life.context(person(by)))

    assert number == (refused.number if refused else None)


LENGTHS: list[tuple[Callable[[str], c.Command], int]] = [
    (lambda words: c.PostUpdate(now=words), 1500),
    (lambda words: c.PostUpdate(now="Rolling back.", affected=words), 1500),
    (lambda words: c.PostUpdate(now="Rolling back.", next=words), 1500),
    (lambda words: c.Mitigate(words=words), 1500),
    (lambda words: c.Mitigate(words="Rolled back.", still=words), 1500),
    (lambda words: c.Resolve(words=words), 1500),
    (lambda words: c.AddNote(words=words), 2000),
    (lambda words: c.Escalate(why=words), 300),
    (lambda words: c.Cancel(why=words), 300),
    (lambda words: c.SnoozeUpdates(until=START + 5 * MINUTE, why=words), 300),
]


@pytest.mark.parametrize(("command", "most"), LENGTHS)
def test_words_have_their_length(life, command, most):
    """Words are taken whole up to their length, and one character more is refused rather than cut (no. 44)."""

    commanded(life)
    refused = life.refused(command("x" * (most + 1)))

    assert 44 == refused.number
    assert f"{most:,} characters at most; yours has {most + 1:,}." in read(refused.sentence)
    assert life.does(command("x" * most))


def test_what_there_is_to_ask_for_is_named():
    """A word that is no list is said back without markup, with the lists there are (no. 107)."""

    refused = nothing_called("<clsoed>", what="list", allowed=("open", "mine"))

    assert (107, "There is no list `clsoed`. Say open, mine.") == (refused.number, read(refused.sentence))
