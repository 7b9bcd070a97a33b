"""Who may: every cell of the duties, every right for everybody, and what is denied before any duty is looked at."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.authority.confirmers import confirmers
from bot.incident.authority.deciding import Allowed, Denied, Reason, access_to, decide_access, duties_of, who_may
from bot.incident.authority.denying import refuse_command, refuse_right
from bot.incident.authority.hearing import Where, asked_by_dm, heard
from bot.incident.authority.parties import mobilised, of_group, of_party
from bot.incident.authority.rights import DEPENDS, RIGHTS, Right, right_of
from bot.incident.authority.standing import Standing
from bot.incident.authority.table import RULES
from bot.incident.authority.wording import holders
from bot.incident.context import CLOCK, SHELL, TOCSIN, Actor
from bot.incident.history.apply import apply
from bot.incident.history.confirming import Confirmation
from bot.incident.history.confirming_events import SeverityConfirmed
from bot.incident.model import RoleHolding, Seat
from bot.incident.reading.timeline import line_of
from bot.incident.refusing.refusals import Refused
from bot.incident.rules.forms import refuse_form
from bot.policy.rulebook import Activity, Column, Duty, Party
from bot.words import Act, ActorKind, Classification, Role, Severity, Status
from tests.incident.life import ADA, IRIS, LENA, MIA, NOOR, SAM, START, TOMAS, ZOE, Life, person, read
from tests.incident.test_lifecycle import COMMANDS

WHY = "the retries hide it from people"
DECLARER, LEAD, ANY = "UDEE", "ULEAD", "UBOB"
WHO = {"C": ZOE, "S": SAM, "M": MIA, "D": ADA, "G": TOMAS, "P": IRIS, "L": LEAD, "E": DECLARER, "A": ANY}
"""Commander, SRE, ML engineer (and commander on call), data engineer (on call elsewhere), governance, deputy,
communications lead, declarer, and any member."""

PARTIES = {Party.COMMANDER: ZOE, Party.SRE: SAM, Party.ML_ENGINEER: MIA, Party.DATA_ENGINEER: ADA}
PARTIES[Party.GOVERNANCE] = TOMAS

RACI = {
    Activity.DECLARE: "A R I I I",
    Activity.EXECUTE_RUNBOOK: "I R C C I",
    Activity.ROLLBACK: "A R C I I",
    Activity.STAKEHOLDER_COMMUNICATIONS: "R C I I I",
    Activity.POSTMORTEM: "C R C C I",
    Activity.RUNBOOK_CHANGE: "I C C I A/R",
    Activity.COMPLIANCE_REPORTING: "I C I I R",
    Activity.CLASSIFICATION: "I I C R A",
    Activity.BREAK_GLASS: "A R I I A",
}
"""GOV-001, section 2, as it is printed: commander, SRE, ML engineer, data engineer, governance."""

CELLS = [
    (activity, party, cell)
    for activity, row in RACI.items()
    for party, cell in zip(PARTIES, row.split(" "), strict=True)
]

MAY = {
    Right.DECLARE: "CSMDGPLEA",
    Right.CONFIRM: "CSM",
    Right.ACKNOWLEDGE: "CSMDG",
    Right.TAKE_COMMAND: "CSMDG",
    Right.TAKE_OVER: "CSM",
    Right.NAME_COMMANDER: "CSMDGE",
    Right.COMMAND: "CSM",
    Right.UPDATE: "CPL",
    Right.MITIGATE: "CSP",
    Right.RESOLVE: "CSP",
    Right.RAISE: "CSME",
    Right.LOWER: "CS",
    Right.CANCEL: "CSE",
    Right.MERGE: "CS",
    Right.CLOSE: "CS",
    Right.RETITLE: "CSEP",
    Right.CLASSIFY: "DG",
    Right.LET_IN: "DGCP",
    Right.END_ACCESS: "DGCP",
    Right.INVITE_INTO_PRIVATE: "CSP",
    Right.GIVE_ROLE: "CSMP",
    Right.TAKE_GUARDED_ROLE: "CSMP",
    Right.TAKE_HELD_ROLE: "CSMP",
    Right.ASK_EXCEPTION: "CSMPG",
    Right.ANSWER_EXCEPTION: "G",
    Right.END_EXCEPTION: "CSMPG",
    Right.MOVE_ROOM: "CSMP",
    Right.PAGE_INTO_PRIVATE: "CSMP",
    Right.SET_TYPE: "CSMPE",
    Right.FINISH_PHASE: "CSMPLE",
    Right.TAKE_PART: "CSMDGPLEA",
    Right.OWN: "CSMDGPLEA",
    Right.GO_ALONG: "CSMDGPLEA",
    Right.KEEP: "",
}


def no(refused: Refused | None) -> Refused:
    """Return the refusal, which there is."""
    assert refused is not None
    return refused


@pytest.fixture
def staffed(life: Life) -> Life:
    """Return a SEV-1 with somebody in every part, nobody in two; its severity awaits confirmation."""
    life.declare(by=DECLARER)
    roles = (
        RoleHolding(role=Role.DEPUTY, person=IRIS, since=START, named_by=ZOE),
        RoleHolding(role=Role.COMMUNICATIONS_LEAD, person=LEAD, since=START, named_by=ZOE),
    )
    seat = Seat(person=ZOE, since=START, named_by="shell", answered_at=START)
    return life.changed(seat=seat, roles=roles)


@pytest.mark.parametrize(("activity", "party", "cell"), CELLS)
def test_every_cell_of_the_duties(staffed, activity, party, cell):
    """Each party has the duty that GOV-001 prints, and may act by R and A alone."""

    context = staffed.context(TOCSIN)
    found = duties_of(activity, PARTIES[party], staffed.it, context)

    assert cell.split("/") == [str(one.duty) for one in found if one.party is party]
    assert staffed.policy.raci.may_act(activity=activity, party=party) == bool({"A", "R"} & set(cell.split("/")))


@pytest.mark.parametrize("letter", WHO)
@pytest.mark.parametrize("right", Right)
def test_every_right_for_everybody(staffed, right, letter):
    """Who may is who is printed here, and nobody else."""

    access = decide_access(
        principal=person(WHO[letter]), act=right, resource=staffed.it, context=staffed.context(CLOCK)
    )

    assert (letter in MAY[right]) == isinstance(access, Allowed)
    assert right is access.right


@pytest.mark.parametrize("letter", WHO)
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_command_for_everybody(staffed, kind, letter):
    """What somebody may ask is what their rights say; a refusal for want of one is written with its reason."""

    command, context = COMMANDS[kind], staffed.context(person(WHO[letter]))
    right = right_of(command, staffed.it, context)
    refused = refuse_command(command, staffed.it, context)

    assert (letter in MAY[right]) == (refused is None)
    assert refused is None or right.value == refused.because["right"]


def test_every_command_needs_a_right():
    """Nothing is forgotten: what has no entry would be nobody's to ask for."""

    assert set(c.Command.__args__) == {*RIGHTS, *DEPENDS}
    assert set(Right) == set(RULES)


DEPENDING = [
    (c.TakeCommand(), ZOE, Right.OWN),
    (c.TakeCommand(), SAM, Right.TAKE_OVER),
    (c.NameCommander(person=MIA), ZOE, Right.OWN),
    (c.NameCommander(person=MIA), SAM, Right.NAME_COMMANDER),
    (c.NameCommander(person=SAM), SAM, Right.TAKE_OVER),
    (c.ChangeSeverity(severity=Severity.SEV2), SAM, Right.LOWER),
    (c.TakeRole(role=Role.COMMANDER), SAM, Right.TAKE_OVER),
    (c.TakeRole(role=Role.DEPUTY), IRIS, Right.OWN),
    (c.TakeRole(role=Role.DEPUTY), SAM, Right.TAKE_HELD_ROLE),
    (c.TakeRole(role=Role.SCRIBE), ANY, Right.TAKE_PART),
    (c.GiveRole(role=Role.COMMANDER, person=MIA), SAM, Right.NAME_COMMANDER),
    (c.GiveRole(role=Role.SCRIBE, person=SAM), SAM, Right.TAKE_PART),
    (c.GiveRole(role=Role.SCRIBE, person=MIA), SAM, Right.GIVE_ROLE),
    (c.TakeAndPost(now="x"), SAM, Right.UPDATE),
    (c.EndAccess(person=ANY), ANY, Right.OWN),
    (c.EndAccess(person=ANY), SAM, Right.END_ACCESS),
    (c.Invite(person=ANY), SAM, Right.TAKE_PART),
]


@pytest.mark.parametrize(("command", "by", "right"), DEPENDING)
def test_a_right_that_depends(staffed, command, by, right):
    """What it takes depends on who holds what, and on who asks."""

    assert right is right_of(command, staffed.it, staffed.context(person(by)))


def test_a_free_seat_and_a_private_incident(staffed):
    """A free seat is taken by whoever is called, also to post; inviting into a private incident is for who leads."""

    context = staffed.changed(seat=None, classification=Classification.CONFIDENTIAL).context(person(SAM))

    assert Right.TAKE_COMMAND is right_of(c.TakeAndPost(now="x"), staffed.it, context)
    assert Right.TAKE_COMMAND is right_of(c.TakeCommand(), staffed.it, context)
    assert Right.INVITE_INTO_PRIVATE is right_of(c.Invite(person=ANY), staffed.it, context)
    assert 8 == no(refuse_command(c.Invite(person=ANY), staffed.it, staffed.context(person(ANY)))).number
    assert Right.RAISE is right_of(
        c.ChangeSeverity(severity=Severity.SEV1), replace(staffed.it, severity=Severity.SEV2), context
    )


BARRED = [
    (Standing.EXTERNAL, Reason.EXTERNAL, 12),
    (Standing.DEACTIVATED, Reason.DEACTIVATED, 12),
    (Standing.GUEST, Reason.GUEST, 13),
    (Standing.APP, Reason.APP, 14),
]


@pytest.mark.parametrize(("standing", "reason", "number"), BARRED)
def test_who_is_no_member_has_no_right_at_all(staffed, standing, reason, number):
    """Whatever duty or role they hold: a guest who commands changes nothing (abuse 20, 37, 41)."""

    guest = Actor(kind=ActorKind.PERSON, id=ZOE, standing=standing)
    context = staffed.context(guest)
    found = {decide_access(principal=guest, act=right, resource=staffed.it, context=context) for right in Right}

    assert {reason} == {one.reason for one in found if isinstance(one, Denied)}
    assert len(Right) == len(found)
    assert number == staffed.ask_as(guest, c.AddNote(words="p99 doubled")).number


def test_who_has_a_right_in_words(policy):
    """The words come from the table of rights and the duties of policy."""

    guarded = "the commander, ML Platform SRE, the deputy or who is on call"
    assert guarded == holders(Right.TAKE_GUARDED_ROLE, policy)
    assert "any member" == holders(Right.TAKE_PART, policy)
    assert "their own" == holders(Right.OWN, policy)


def test_what_one_may_not_know_of_is_not_there(staffed):
    """An SRE who is not in a private incident is answered as if it did not exist; in its channel they are."""

    staffed.here = False
    staffed.changed(classification=Classification.CONFIDENTIAL)
    hidden = no(refuse_command(c.Resolve(words="Pool raised."), staffed.it, staffed.context(person(MIA))))
    staffed.here = True

    assert (8, "hidden") == (hidden.number, hidden.because["reason"])
    assert 4 == no(refuse_command(c.Resolve(words="Pool raised."), staffed.it, staffed.context(person(MIA)))).number


@pytest.mark.parametrize("actor", [CLOCK, TOCSIN, SHELL])
def test_the_clock_and_the_operator_are_no_parties(staffed, actor):
    """They may, and the record says as what."""

    access = decide_access(principal=actor, act=Right.KEEP, resource=staffed.it, context=staffed.context(actor))

    assert isinstance(access, Allowed)
    assert actor.kind.value == access.grounds.part


def test_by_what_somebody_may(staffed):
    """The duty of GOV-001 is named before anything somebody is besides."""

    found = [access_to(command, staffed.it, staffed.context(person(by))) for command, by in BY_WHAT]
    grounds = [one.grounds for one in found if isinstance(one, Allowed)]

    assert [
        (Duty.RESPONSIBLE, Party.SRE, ""),
        (Duty.ACCOUNTABLE, Party.COMMANDER, ""),
        (Duty.ACCOUNTABLE, Party.COMMANDER, "on call"),
        (None, None, "declarer"),
        (None, None, "team of the matrix"),
        (None, None, "on call elsewhere"),
        (None, None, "member"),
    ] == [(one.duty, one.party, one.part) for one in grounds]


BY_WHAT: list[tuple[c.Command, str]] = [
    (c.Cancel(why=WHY), SAM),
    (c.Cancel(why=WHY), ZOE),
    (c.ConfirmSeverity(), MIA),
    (c.Cancel(why=WHY), DECLARER),
    (c.Acknowledge(), TOMAS),
    (c.Acknowledge(), ADA),
    (c.AddNote(words="hello"), ANY),
]


def test_whom_the_matrix_mobilises(staffed, policy):
    """The teams of the type and severity; none for a type there is not, or a group there is not."""

    assert ("sre", "governance") == mobilised(policy=policy, severity=Severity.SEV1, kind="service")
    assert () == mobilised(policy=policy, severity=Severity.SEV1, kind="no such type")
    assert () == mobilised(policy=policy, severity=Severity.SEV4, kind="malware")
    assert () == of_group("no such group", staffed.context(CLOCK))


def test_a_party_that_is_a_role_nobody_holds(staffed):
    """Before there is an incident, and while nobody holds the role, the party is nobody."""

    context = staffed.context(CLOCK)

    assert () == of_party(Party.COMMANDER, None, context)
    assert () == of_party(Party.COMMANDER, replace(staffed.it, seat=None), context)
    assert (NOOR, SAM) == of_party(Party.SRE, None, context)
    assert (ADA,) == of_party(Party.DATA_ENGINEER, staffed.it, context)


# Awaiting confirmation


UNLISTED = [
    (Severity.SEV1, ADA, True),
    (Severity.SEV2, ADA, True),
    (Severity.SEV3, ADA, False),
    (Severity.SEV1, NOOR, False),
    (Severity.SEV2, MIA, False),
    (Severity.SEV1, LENA, True),
]


@pytest.mark.parametrize(("severity", "by", "awaits"), UNLISTED)
def test_who_declares_what_awaits_confirmation(life, severity, by, awaits):
    """A SEV-1 or SEV-2 of somebody who is neither R nor A of declaring runs at once, and awaits a yes (G2)."""

    life.declare(severity, by=by)

    assert awaits == (life.it.awaiting is not None)
    assert life.it.pages
    assert life.is_replayed()


def test_the_operator_and_a_test_await_nothing(life, policy, rota):
    """The operator is no party; what counts nowhere needs no yes."""

    life.ask_as(SHELL, c.Declare(title="Checkout returns 500s", severity=Severity.SEV1))
    test = Life(policy=policy, rota=rota)
    test.ask(c.Declare(title="Checkout returns 500s", severity=Severity.SEV1, is_test=True), ADA)

    assert (None, None) == (life.it.awaiting, test.it.awaiting)


def test_a_list_for_every_severity(life):
    """Where policy names no severities, each has its list."""

    rows = {**life.policy.raci.activities}
    rows[Activity.DECLARE] = replace(rows[Activity.DECLARE], severities=())
    life.policy = replace(life.policy, raci=replace(life.policy.raci, activities=rows))
    life.declare(Severity.SEV4, by=ADA)

    assert life.it.awaiting


def test_confirming(sev1):
    """One line in the channel, the card drawn again, once; the record says who raised it and who agreed."""

    sev1.does(c.ConfirmSeverity(), SAM)
    done = sev1.events[-1]

    assert (0.0, "line.confirmed") in sev1.in_channel()
    assert "incident:42/card" in sev1.redrawn
    assert (None, SAM) == (sev1.it.awaiting, sev1.it.confirmation.confirmed_by)
    assert "SEV-1 confirmed, raised by UADA · USAM" == read(line_of(done, ()))
    assert "Declared as SEV-1, awaiting confirmation · UADA" == read(line_of(sev1.events[0], ()))
    again = sev1.refused(c.ConfirmSeverity(), NOOR)
    assert (75, "USAM confirmed SEV-1 already. Nothing was changed.") == (again.number, read(again.sentence))
    assert sev1.is_replayed()


def test_who_may_confirm_is_named(sev1, life):
    """Others hear who can, and that nothing waits; who raised it is never asked to agree with themself (no. 5)."""

    refused = sev1.refused(c.ConfirmSeverity(), ADA)
    said = "Confirming a SEV-1 is for UNOOR, USAM or UMIA. It already runs; nothing waits for that."

    assert (5, said) == (refused.number, read(refused.sentence))
    assert "own_alarm" == refused.because["reason"]
    assert (5, "no_duty") == (
        sev1.refused(c.ConfirmSeverity(), TOMAS).number,
        sev1.refused(c.ConfirmSeverity(), TOMAS).because["reason"],
    )
    assert (NOOR, SAM, MIA) == confirmers(sev1.it, policy=sev1.policy, rota=sev1.rota, now=START)


def test_a_declarer_who_commands_does_not_confirm_it(life):
    """Lena declares and takes command: as commander she is A, and still it is for another to agree."""

    life.declare(by=LENA).does(c.TakeCommand(), LENA)

    assert 5 == life.refused(c.ConfirmSeverity(), LENA).number
    assert LENA not in who_may(Right.CONFIRM, life.it, life.context(CLOCK))


def test_nothing_to_confirm(life):
    """What an SRE declared needs no yes (no. 75), and a sealed wait has nobody to give one."""

    refused = life.declare(by=NOOR).refused(c.ConfirmSeverity(), SAM)

    assert "INC-42 does not await confirmation; it is SEV-1. Nothing was changed." == read(refused.sentence)
    assert () == confirmers(life.it, policy=life.policy, rota=life.rota, now=START)
    stray = SeverityConfirmed(at=START, by=SAM, severity=Severity.SEV1, raised_by=ADA)
    assert apply(life.it, stray).confirmation is None


def test_a_change_by_who_may_ends_the_wait(life):
    """Lowered by the commander or raised by an SRE, it is theirs; raised by the declarer, it awaits again."""

    life.declare(Severity.SEV2, by=ADA)
    life.does(c.ChangeSeverity(severity=Severity.SEV1, why="the US fails too"), ADA)
    raised = life.it.awaiting
    life.does(c.ChangeSeverity(severity=Severity.SEV2, why=WHY), NOOR)
    lowered = life.it.awaiting
    life.does(c.ChangeSeverity(severity=Severity.SEV1), SAM)

    assert (ADA, None, None) == (raised.raised_by, lowered, life.it.awaiting)
    told = [read(line_of(event, ())) for event in life.events if event.action == "incident.severity_changed"]
    assert "Now SEV-1, was SEV-2, awaiting confirmation: “the US fails too” · UADA" == told[0]
    assert "Now SEV-1, was SEV-2 · USAM" == told[2]
    assert life.is_replayed()


def test_what_has_ended_is_not_asked_about(sev1):
    """Cancelled before anybody agreed, nobody is asked any more."""

    sev1.does(c.Cancel(why=WHY), ADA)

    assert () == confirmers(sev1.it, policy=sev1.policy, rota=sev1.rota, now=START)


# What a refusal says


def test_answering_is_for_who_is_called(sev1):
    """Somebody neither mobilised nor on call hears who is, and what they can do instead (no. 4)."""

    acknowledging, commanding = sev1.refused(c.Acknowledge(), IRIS), sev1.refused(c.TakeCommand(), IRIS)
    people = "UNOOR, USAM, UMIA, ULENA, UTOMAS or 1 more. You can read, note and escalate."

    assert f"Acknowledging INC-42 is for {people}" == read(acknowledging.sentence)
    assert f"Taking command of INC-42 is for {people}" == read(commanding.sentence)
    assert ((Act.ESCALATE,), 4) == (acknowledging.offers, acknowledging.number)


def test_whoever_was_called_may_answer(sev1):
    """Called by name, Iris acknowledges and may take the seat that waits."""

    sev1.does(c.Escalate(why="need your help here", person=IRIS), ADA)

    assert sev1.does(c.Acknowledge(), IRIS)


def test_nobody_commands_and_one_may_not_either(sev1):
    """Who cannot take the free seat is not offered it, and has the text back (no. 7)."""

    refused = sev1.changed(seat=None).refused(c.PostUpdate(now="Rolling back."), IRIS)

    assert "Command is for UNOOR, USAM, UMIA, ULENA, UTOMAS or 1 more." in read(refused.sentence)
    assert (7, (Act.ESCALATE,), "Rolling back.") == (refused.number, refused.offers, refused.kept)


def test_unfit_to_command(sev1):
    """Naming or offering the seat to somebody who is neither R nor A is refused (no. 16), by whoever names."""

    sev1.does(c.TakeCommand())
    said = "UIRIS cannot command: only members of this workspace who are R or A can. Choose among UNOOR, USAM, UMIA."
    named, offered = sev1.refused(c.NameCommander(person=IRIS)), sev1.refused(c.OfferCommand(person=IRIS, brief="So."))

    assert [(16, said)] * 2 == [(one.number, read(one.sentence)) for one in (named, offered)]
    nobody = replace(sev1.rota, ids={})
    sev1.rota = nobody
    sev1.changed(seat=None, pages=())
    assert "it names nobody" in read(sev1.refused(c.Acknowledge(), IRIS).sentence)


def test_a_role_that_is_guarded_or_held(staffed):
    """Each says who can (no. 4, 45)."""

    held = no(refuse_command(c.TakeRole(role=Role.DEPUTY), staffed.it, staffed.context(person(ANY))))
    staffed.changed(roles=())
    guarded = no(refuse_command(c.TakeRole(role=Role.DEPUTY), staffed.it, staffed.context(person(ANY))))

    assert (45, 4) == (held.number, guarded.number)
    assert "Taking the role of deputy on INC-42 is for UZOE, UNOOR, USAM or UMIA." == read(guarded.sentence)


def test_before_the_words_are_known(staffed):
    """A form is refused by the right behind it, with what the person has instead of it."""

    context = staffed.context(person(TOMAS))
    lowering = no(refuse_right(Right.LOWER, staffed.it, context))
    update = no(refuse_form(Act.POST_UPDATE, staffed.it, context))

    assert "Deciding the severity of INC-42 is for UZOE, UNOOR or USAM." == read(lowering.sentence)
    assert ["I as governance"] == lowering.because["has"]
    assert 4 == update.number
    assert refuse_right(Right.LOWER, staffed.it, staffed.context(person(SAM))) is None
    ended = replace(staffed.it, status=Status.CLOSED)
    assert 1 == no(refuse_form(Act.POST_UPDATE, ended, context)).number


# Whom the duties have asked and told


def test_who_is_told_and_where(staffed):
    """I of a declaration read the announcement; C of an update the channel; C of a classification get a message."""

    context = staffed.context(person(ZOE))
    found = {
        right: [(one.duty.value, one.party.value, one.where) for one in heard(right, staffed.it, context)]
        for right in (Right.DECLARE, Right.UPDATE, Right.CLASSIFY, Right.TAKE_PART)
    }

    assert [("I", party, Where.ANNOUNCEMENT) for party in ("ml_engineer", "data_engineer", "governance")] == found[
        Right.DECLARE
    ]
    assert ("C", "sre", Where.CHANNEL) == found[Right.UPDATE][0]
    assert [("I", "sre", Where.CHANNEL), ("C", "ml_engineer", Where.DM)] == found[Right.CLASSIFY]
    assert [] == found[Right.TAKE_PART]
    assert () == heard(Right.DECLARE, replace(staffed.it, severity=Severity.SEV3), context)
    assert {} == asked_by_dm(Right.TAKE_PART, staffed.it, context)


def test_a_classification_asks_whom_policy_has_consulted(life):
    """Mia is C: one direct message, with no word of what it is about; who may decide it is not asked."""

    life.declare()
    life.ask_as(TOCSIN, c.RecordChannel(channel="C1", name="inc-42-checkout-returns-500s"))
    life.does(c.Classify(to=Classification.CONFIDENTIAL, why="names in the logs"), ADA)
    asked = life.effects("consulted")

    assert [f"dm:{MIA}"] == [str(one.place) for one in asked]
    assert ("ML Engineer", [ADA, LENA, TOMAS]) == (asked[0].words["as"], asked[0].words["who"])
    assert "names in the logs" not in str(asked[0].words)


def test_a_lowered_severity_asks_whom_policy_has_consulted(life):
    """With C in that row they are asked; with a party that is nobody, nobody is; a test asks nobody."""

    rows, parties = {**life.policy.raci.activities}, {**life.policy.raci.parties}
    duties = {
        **rows[Activity.DECLARE].duties,
        Party.ML_ENGINEER: (Duty.CONSULTED,),
        Party.GOVERNANCE: (Duty.CONSULTED,),
    }
    rows[Activity.DECLARE] = replace(rows[Activity.DECLARE], duties=duties)
    parties[Party.GOVERNANCE] = Column(label="Scribe", group=None, role=Role.SCRIBE)
    life.policy = replace(life.policy, raci=replace(life.policy.raci, activities=rows, parties=parties))
    life.declare().does(c.ChangeSeverity(severity=Severity.SEV2, why=WHY), SAM)
    asked = [one.place.key for one in life.effects("consulted")]
    life.does(c.ChangeSeverity(severity=Severity.SEV1), SAM)
    life.changed(is_test=True).does(c.ChangeSeverity(severity=Severity.SEV2, why=WHY), SAM)

    assert [MIA] == asked == [one.place.key for one in life.effects("consulted")]


def test_a_confirmation_is_kept_as_it_was(sev1):
    """Who raised it stays on the incident after somebody agreed."""

    assert Confirmation(raised_by=ADA, raised_at=START) == sev1.it.confirmation
