"""What people type after `/incident`, as Slack sends it, and what Tocsin takes it for."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incident import commands as c
from bot.incident.reading.readings import Filter, Listing, ReadList, ReadSummary, ReadTimeline, ReadType
from bot.incident.refusing.reading_refusals import nothing_called
from bot.incident.refusing.refusals import no_such_severity
from bot.policy.rulebook import Phase
from bot.words import Act, Role, Severity
from handlers.grammar import SAY_WHAT, parse
from handlers.parsed import Bare, Do, Help, Look, OpenForm, Roles, Unclear
from handlers.typed import plain_words, quotable

NBSP = "\u00a0"
LONG = "checkout is down " * 600
ARABIC = "الدفع لا يعمل"
NO_SEV5 = "There is no sev5. Severities are SEV-1 (worst) to SEV-4."


def declared(title, severity=None):
    """A declaration as it is parsed."""
    return Do(verb="declare", command=c.Declare(title=title, severity=severity))


def form_for_declaring(title="", severity=None, because=""):
    """A declaration that lacks words."""
    words = {"title": title, "kept": title, "severity": severity, "context": because}
    return OpenForm(verb="declare", act=Act.DECLARE, words=words)


def do(verb, command, number=None):
    """A whole command as it is parsed."""
    return Do(verb=verb, command=command, number=number)


BROADCAST = "no broadcast, customer embargo"


def exception(why=BROADCAST, **more):
    """An exception asked for, as it is parsed."""
    return do("exception", c.AskException(why=why, **more))


def hidden(title, severity=None):
    """A private declaration as it is parsed."""
    return Do(verb="declare", command=c.Declare(title=title, severity=severity, is_private=True))


PRIVATE = [
    ("declare private sev2 payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 private payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 Private: payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare private, sev2 payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare CONFIDENTIAL sev2 payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare private confidential sev2 payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare restricted: payroll leak", hidden("payroll leak")),
    ("declare sev2 (private) payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 *private* payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 - private payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 private/confidential payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 \u200bprivate payroll leak", hidden("payroll leak", Severity.SEV2)),
    ("declare sev2 here private payroll leak", hidden("here payroll leak", Severity.SEV2)),
    ("declare s3 private payroll leak", hidden("s3 private payroll leak")),
    ("declare sev2 private-link endpoints fail", declared("private-link endpoints fail", Severity.SEV2)),
    ("declare sev2 the private link fails", declared("the private link fails", Severity.SEV2)),
    ("declare sev2 payroll leak, private", declared("payroll leak, private", Severity.SEV2)),
    ("declare sev1 test environment is down", declared("test environment is down", Severity.SEV1)),
    ("declare sev2 here we go", declared("here we go", Severity.SEV2)),
]


@pytest.mark.parametrize(("text", "parsed"), PRIVATE)
def test_who_asks_for_privacy_gets_it(text, parsed):
    """Before the severity or after it, with a colon or a comma, by any of its names: it is no part of the title."""

    assert parsed == parse(text)


@pytest.mark.parametrize("text", ["declare sev2 private", "declare sev9 private payroll leak", "declare private"])
def test_a_form_that_opens_for_what_is_missing_stays_private(text):
    """Words or a severity are missing: the form already shows who may see it."""

    form = parse(text)

    assert isinstance(form, OpenForm)
    assert "confidential" == form.words["seen"]


EXCEPTIONS = [
    ("exception", OpenForm(verb="exception", act=Act.EXCEPTION, words={})),
    (f"exception {BROADCAST}", exception()),
    (f"exception {BROADCAST} until noon", exception(f"{BROADCAST} until noon")),
    (f"exception {BROADCAST} until 16:00", exception(told="16:00")),
    (f"exception {BROADCAST} until noon until 16:00", exception(f"{BROADCAST} until noon", told="16:00")),
    (f"exception {BROADCAST}, until tomorrow 9:00 UTC.", exception(told="tomorrow 9:00 UTC")),
    (f"exception {BROADCAST} until 2026-02-31", exception(f"{BROADCAST} until 2026-02-31")),
    (f"exception {BROADCAST} for 2d", exception(span=timedelta(days=2))),
    (f"exception {BROADCAST}; for 90 minutes", exception(span=timedelta(minutes=90))),
    (f"exception {BROADCAST} for 0 h", exception(f"{BROADCAST} for 0 h")),
    ("exception end", do("exception end", c.EndException())),
    ("exception end #2", do("exception end", c.EndException(number=2))),
    ("exception end of the embargo unknown", exception("end of the embargo unknown")),
    ("42 exception approve", do("exception approve", c.ApproveException(), 42)),
    ("exception approve 1", do("exception approve", c.ApproveException(number=1))),
    (
        "exception decline 1 customers must hear of it",
        do("exception decline", c.DeclineException(number=1, why="customers must hear of it")),
    ),
    ("exception decline", do("exception decline", c.DeclineException(why=""))),
]


@pytest.mark.parametrize(("text", "meant"), EXCEPTIONS)
def test_exceptions(text, meant):
    """The last words that are a time are its end; all others are what and why."""

    assert meant == parse(text)


DECLARING = [
    ("declare sev1 Checkout returns 500s", declared("Checkout returns 500s", Severity.SEV1)),
    ("declare SEV-1 Checkout returns 500s", declared("Checkout returns 500s", Severity.SEV1)),
    ("declare s1 Checkout returns 500s", declared("Checkout returns 500s", Severity.SEV1)),
    ("declare 1 Checkout returns 500s", declared("Checkout returns 500s", Severity.SEV1)),
    ("declare sev–2 Search is slow", declared("Search is slow", Severity.SEV2)),
    ("declare Sev3 one region", declared("one region", Severity.SEV3)),
    ("DECLARE SEV4 typo on a page", declared("typo on a page", Severity.SEV4)),
    ("declare Checkout returns 500s", declared("Checkout returns 500s")),
    ("declare sev1: Checkout down", declared("Checkout down", Severity.SEV1)),
    ("declare sev 1 Checkout down", declared("Checkout down", Severity.SEV1)),
    ("declare p1, Checkout down", declared("Checkout down", Severity.SEV1)),
    ("declare 4 regions fully down", declared("4 regions fully down")),
    ("declare 3 servers are down", declared("3 servers are down")),
    ("declare s3 buckets unreachable", declared("s3 buckets unreachable")),
    ("declare sev of the storm unknown", declared("sev of the storm unknown")),
    ("declare 500s on checkout", declared("500s on checkout")),
    ("declare severity unknown, checkout down", declared("severity unknown, checkout down")),
    ("declare 5 nodes are gone", declared("5 nodes are gone")),
    ("declare 2FA is broken", declared("2FA is broken")),
    (f"declare{NBSP}sev1{NBSP}Checkout is down", declared("Checkout is down", Severity.SEV1)),
    ("  declare   sev1    Checkout is down  ", declared("Checkout is down", Severity.SEV1)),
    ("declare\nsev1\nCheckout is down", declared("Checkout is down", Severity.SEV1)),
    ("\u200bdeclare sev1 Checkout is down", declared("Checkout is down", Severity.SEV1)),
    ("declare: Checkout is down", declared("Checkout is down")),
    (f"declare sev1 {ARABIC}", declared(ARABIC, Severity.SEV1)),
    ("declare 検索停止", declared("検索停止")),
    ("declare 🔥🔥 checkout", declared("🔥🔥 checkout")),
    (f"declare {LONG}", declared(LONG.strip())),
    ("declare <@U0ADA|ada> cannot log in", declared("@ada cannot log in")),
    ("declare <@U0ADA> cannot log in", declared("@U0ADA cannot log in")),
    ("declare see <#C0GEN|general>", declared("see #general")),
    ("declare see <#C0SECRET|>", declared("see #C0SECRET")),
    ("declare <!here> everything is down", declared("@here everything is down")),
    ("declare <!subteam^S1|@sre> lost access", declared("@sre lost access")),
    ("declare <https://a.example/x?a=1&amp;b=2> is down", declared("https://a.example/x?a=1&b=2 is down")),
    ("declare <https://evil.example|https://bank.example> down", declared("https://evil.example down")),
    ("declare mail to <mailto:a@b.example|a@b.example> bounces", declared("mail to a@b.example bounces")),
    ("declare <!date^1763733900^{time}|14:05 UTC> outage", declared("14:05 UTC outage")),
    ("declare a &lt; b &amp;&amp; c &gt; d", declared("a < b && c > d")),
    ("declare &lt;!channel&gt; fire", declared("<!channel> fire")),
    ("declare &amp;lt;!channel&amp;gt; fire", declared("&lt;!channel&gt; fire")),
    ("declare *bold* `code` _x_ ~y~", declared("*bold* `code` _x_ ~y~")),
    ("declare ../../etc/passwd is world readable", declared("../../etc/passwd is world readable")),
    ("42 declare sev1 Checkout is down", do("declare", declared("Checkout is down", Severity.SEV1).command, 42)),
]

LACKING_WORDS = [
    ("declare", form_for_declaring()),
    ("declare sev1", form_for_declaring(severity="sev1")),
    ("declare sev1 🔥", form_for_declaring("🔥", "sev1", SAY_WHAT)),
    ("declare ab", form_for_declaring("ab", None, SAY_WHAT)),
    ("declare !!! ???", form_for_declaring("!!! ???", None, SAY_WHAT)),
    ("declare sev5 Checkout is down", form_for_declaring("Checkout is down", None, NO_SEV5)),
    ("declare SEV-0 Checkout is down", form_for_declaring("Checkout is down", None, NO_SEV5.replace("sev5", "sev-0"))),
    ("declare sev5", form_for_declaring("", None, NO_SEV5)),
    ("🔥", form_for_declaring("🔥", None, SAY_WHAT)),
    ("` 🔥 `", form_for_declaring("` 🔥 `", None, SAY_WHAT)),
    ("update", OpenForm(verb="update", act=Act.POST_UPDATE, words={})),
    ("42 update  ", OpenForm(verb="update", act=Act.POST_UPDATE, words={}, number=42)),
    ("page", OpenForm(verb="page", act=Act.PAGE_PERSON, words={"why": ""})),
    ("page need a hand", OpenForm(verb="page", act=Act.PAGE_PERSON, words={"why": "need a hand"})),
    ("page <@U0MIA|mia>", OpenForm(verb="page", act=Act.PAGE_PERSON, words={"why": "", "person": "U0MIA"})),
    ("escalate", OpenForm(verb="escalate", act=Act.ESCALATE, words={})),
    ("escalate <@U0MIA|mia>", OpenForm(verb="escalate", act=Act.ESCALATE, words={"person": "U0MIA"})),
    ("handover", OpenForm(verb="handover", act=Act.HAND_OVER, words={"person": "", "said": ""})),
    (
        "handover <@U0SAM|sam> Rolling back",
        OpenForm(verb="handover", act=Act.HAND_OVER, words={"person": "U0SAM", "said": "Rolling back"}),
    ),
    ("role", OpenForm(verb="role", act=Act.TAKE_ROLE, words={})),
    ("mitigate", OpenForm(verb="mitigate", act=Act.MITIGATE, words={})),
    ("resolve", OpenForm(verb="resolve", act=Act.RESOLVE, words={})),
    ("INC-42 cancel", OpenForm(verb="cancel", act=Act.CANCEL, words={}, number=42)),
]

WHOLE = [
    ("ack", do("ack", c.Acknowledge())),
    ("ACK!", do("ack", c.Acknowledge())),
    ("acknowledge", do("ack", c.Acknowledge())),
    ("42 ack", do("ack", c.Acknowledge(), 42)),
    ("INC-42 ack", do("ack", c.Acknowledge(), 42)),
    ("inc42 ack", do("ack", c.Acknowledge(), 42)),
    ("#42 ack", do("ack", c.Acknowledge(), 42)),
    ("ack 42", do("ack", c.Acknowledge(), 42)),
    ("41 ack 42", do("ack", c.Acknowledge(), 42)),
    ("command", do("command", c.TakeCommand())),
    ("42 command", do("command", c.TakeCommand(), 42)),
    ("command <@U0MIA|mia>", do("command", c.NameCommander(person="U0MIA"))),
    ("command 42 <@W0MIA>", do("command", c.NameCommander(person="W0MIA"), 42)),
    ("update Rolling back, errors falling", do("update", c.PostUpdate(now="Rolling back, errors falling"))),
    ("42 UPDATE 3 of 5 nodes are back", do("update", c.PostUpdate(now="3 of 5 nodes are back"), 42)),
    ("update one\ntwo", do("update", c.PostUpdate(now="one\ntwo"))),
    ("note p99 doubled at 13:50", do("note", c.AddNote(words="p99 doubled at 13:50"))),
    ("note", do("note", c.AddNote(words=""))),
    ("note at 13:50 p99 doubled", do("note", c.AddNote(words="p99 doubled", told="13:50"))),
    ("note at 9:05 UTC: p99 doubled", do("note", c.AddNote(words="p99 doubled", told="9:05 UTC"))),
    ("note at 25:00 p99 doubled", do("note", c.AddNote(words="at 25:00 p99 doubled"))),
    ("note at noon", do("note", c.AddNote(words="at noon"))),
    ("note correct 3 it was p95", do("note", c.AddNote(words="it was p95", corrects=3))),
    ("note correct 3 at 13:50 it was p95", do("note", c.AddNote(words="it was p95", corrects=3, told="13:50"))),
    ("note correction of 3: it was p95", do("note", c.AddNote(words="it was p95", corrects=3))),
    ("note correct the dashboard", do("note", c.AddNote(words="correct the dashboard"))),
    ("update correct 2 EU only", do("update", c.PostUpdate(now="EU only", corrects=2))),
    ("timeline", Look(verb="timeline", reading=ReadTimeline())),
    ("timeline INC-42", Look(verb="timeline", reading=ReadTimeline(), number=42)),
    ("timeline 42 notes", Look(verb="timeline", reading=ReadTimeline(which=Filter.NOTES), number=42)),
    ("timeline notes #42", Look(verb="timeline", reading=ReadTimeline(which=Filter.NOTES), number=42)),
    ("list mine.", Look(verb="list", reading=ReadList(which=Listing.MINE))),
    ("list sev 1", Look(verb="list", reading=ReadList(severity=Severity.SEV1))),
    ("list closed sev1", Look(verb="list", reading=ReadList(which=Listing.CLOSED, severity=Severity.SEV1))),
    ("summary 42", Look(verb="summary", reading=ReadSummary(), number=42)),
    ("42 timeline Notes", Look(verb="timeline", reading=ReadTimeline(which=Filter.NOTES), number=42)),
    (
        "timeline nonsense",
        Unclear(verb="timeline", refused=nothing_called("nonsense", what="part of a timeline", allowed=Filter)),
    ),
    ("inc-7 summary", Look(verb="summary", reading=ReadSummary(), number=7)),
    ("list", Look(verb="list", reading=ReadList())),
    ("list mine", Look(verb="list", reading=ReadList(which=Listing.MINE))),
    ("list SEV-1", Look(verb="list", reading=ReadList(severity=Severity.SEV1))),
    (
        "list clsoed",
        Unclear(verb="list", refused=nothing_called("clsoed", what="list", allowed=(*Listing, "sev1 to sev4"))),
    ),
    ("list sev9", Unclear(verb="list", refused=no_such_severity("sev9"))),
    ("page <@U0MIA|mia>, database", do("page", c.PagePerson(person="U0MIA", why="database"))),
    ("escalate need database help", do("escalate", c.Escalate(why="need database help"))),
    ("escalate <@U0MIA|mia>, database", do("escalate", c.Escalate(why="database", person="U0MIA"))),
    ("escalate ask <@U0MIA|mia>", do("escalate", c.Escalate(why="ask @mia"))),
    ("mitigate Rolled back", do("mitigate", c.Mitigate(words="Rolled back"))),
    ("resolve Limit raised", do("resolve", c.Resolve(words="Limit raised"))),
    ("cancel a test that alerted", do("cancel", c.Cancel(why="a test that alerted"))),
    ("role scribe <@U0SAM|sam>", do("role", c.GiveRole(role=Role.SCRIBE, person="U0SAM"))),
    ("42 role scribe", do("role", c.TakeRole(role=Role.SCRIBE), 42)),
    ("role Communications lead <@U0IRIS>", do("role", c.GiveRole(role=Role.COMMUNICATIONS_LEAD, person="U0IRIS"))),
    ("role comms <@U0IRIS>", do("role", c.GiveRole(role=Role.COMMUNICATIONS_LEAD, person="U0IRIS"))),
    ("role legal", do("role", c.TakeRole(role=Role.LEGAL_COUNSEL))),
    ("handover accept", do("handover", c.AcceptCommand())),
    ("42 handover decline on a train", do("handover", c.DeclineCommand(why="on a train"), 42)),
    ("handover withdraw", do("handover", c.WithdrawOffer())),
    ("role scribe back", do("role", c.GiveBackRole(role=Role.SCRIBE))),
    (
        "role scribe <@U0SAM|sam> for 2h",
        do("role", c.GiveRole(role=Role.SCRIBE, person="U0SAM", span=timedelta(hours=2))),
    ),
    ("role scribe for 30 minutes", do("role", c.TakeRole(role=Role.SCRIBE, span=timedelta(minutes=30)))),
    ("role scribe for 1d.", do("role", c.TakeRole(role=Role.SCRIBE, span=timedelta(days=1)))),
    ("role scribe for 9d", do("role", c.TakeRole(role=Role.SCRIBE, span=timedelta(days=9)))),
    ("role scribe for 3 weeks", do("role", c.TakeRole(role=Role.SCRIBE, span=timedelta(weeks=3)))),
    (
        "role comms <@U0IRIS> until 18:00",
        do("role", c.GiveRole(role=Role.COMMUNICATIONS_LEAD, person="U0IRIS", told="18:00")),
    ),
    ("role scribe until 9:30 UTC", do("role", c.TakeRole(role=Role.SCRIBE, told="9:30 UTC"))),
    ("role commander", do("role", c.TakeCommand())),
    ("role ic <@U0MIA>", do("role", c.NameCommander(person="U0MIA"))),
    ("role commander back", do("role", c.GiveBackCommand())),
    ("roles", Roles(verb="roles", role=None)),
    ("42 roles scribe", Roles(verb="roles", role=Role.SCRIBE, number=42)),
    ("join", do("join", c.Join())),
    ("42 invite <@U0MIA|mia>", do("invite", c.Invite(person="U0MIA"), 42)),
    ("", Bare()),
    (" \t\n ", Bare()),
    (NBSP, Bare()),
    ("42", Bare(number=42)),
    ("INC-42", Bare(number=42)),
    ("help", Help()),
    ("42 help", Help()),
    ("?", Help()),
    ("help update", Help(verb="update")),
    ("help mitgate", Help(verb="mitigate")),
    ("help frobnicate", Help()),
]

TURNED = "Payments fail in the US too"
TURNS = [
    ("sev 1 Payments fail in the US too", do("sev", c.ChangeSeverity(severity=Severity.SEV1, why=TURNED))),
    ("severity SEV-1", do("sev", c.ChangeSeverity(severity=Severity.SEV1))),
    ("42 sev s3, one team only", do("sev", c.ChangeSeverity(severity=Severity.SEV3, why="one team only"), 42)),
    ("sev", OpenForm(verb="sev", act=Act.CHANGE_SEVERITY, words={})),
    ("42 reopen errors are back", do("reopen", c.Reopen(why="errors are back"), 42)),
    ("reopen", OpenForm(verb="reopen", act=Act.REOPEN, words={})),
    ("retitle Payments &amp; refunds fail", do("retitle", c.Retitle(title="Payments & refunds fail"))),
    ("retitle", do("retitle", c.Retitle(title=""))),
    ("close", do("close", c.Close())),
    ("close 42", do("close", c.Close(), 42)),
    ("merge INC-40", do("merge", c.Merge(into=40))),
    ("42 merge 40", do("merge", c.Merge(into=40), 42)),
]

UNCLEAR = [
    ("sev 9 it is bad", 27, "There is no sev9. Severities are", None),
    ("42 sev sev0 it is bad", 27, "There is no sev0. Severities are", 42),
    ("sev high", 27, "There is no high. Severities are", None),
    ("merge", 41, "Say which incident it goes on as", None),
    ("42 merge that one", 41, "Say which incident it goes on as", 42),
    ("mitgate Rolled back", 10, "There is no verb `mitgate`. Did you mean *mitigate*?", None),
    ("42 reslove done", 10, "There is no verb `reslove`. Did you mean *resolve*?", 42),
    ("checkout is down", 11, "There is no verb `checkout`. To raise", None),
    ("500 errors on checkout", 11, "There is no verb `errors`. To raise", 500),
    ("frobnicate", 11, "There is no verb `frobnicate`. To raise", None),
    ("🔥 checkout is down", 11, "There is no verb `checkout`. To raise", None),
    ("`x`*y*", 11, "There is no verb `xy`. To raise", None),
    ("&lt;!here&gt;", 11, "There is no verb `here`. To raise", None),
    ("<!here>", 11, "There is no verb `@here`. To raise", None),
    ("99999999999999999999 ack", 11, "There is no verb `99999999999999999999`. To raise", None),
    ("x" * 10_000, 11, f"There is no verb `{'x' * 39}", None),
    ("sev1 checkout is down", 11, "There is no verb `sev1`. To raise", None),
    ("command @maya", 15, "I cannot find a person in `@maya`.", None),
    ("command maya", 15, "I cannot find a person in `maya`.", None),
    ("42 command <!subteam^S1|@sre>", 15, "I cannot find a person in `@sre`.", 42),
    ("page @maya please come", 15, "I cannot find a person in `@maya`.", None),
    ("escalate @maya please come", 15, "I cannot find a person in `@maya`.", None),
    ("escalate <!here> please come", 15, "I cannot find a person in `@here`.", None),
    ("role boss", 33, "There is no role `boss`. Roles:", None),
    ("roles boss", 33, "There is no role `boss`. Roles:", None),
    ("role scribe <@U0SAM> until teatime", 93, "I cannot read `until teatime` as a time. Write", None),
    ("role scribe for 0h", 93, "I cannot read `for 0h` as a time. Write", None),
    ("role scribe <@U0SAM> please", 93, "I cannot read `please` as a time. Write", None),
    ("role commander <@U0MIA> for 2h", 94, "Command is lent by an offer that is accepted", None),
    ("role scribe @maya", 15, "I cannot find a person in `@maya`.", None),
    ("invite @maya", 15, "I cannot find a person in `@maya`.", None),
    ("42 invite", 41, "Say whom to invite. Nothing was changed.", 42),
    ("escalate <@ please come", 15, "I cannot find a person in `@`.", None),
]


@pytest.mark.parametrize(("text", "expected"), [*DECLARING, *LACKING_WORDS, *WHOLE, *TURNS])
def test_what_was_typed_is_taken_for(text, expected):
    """Every form a verb may be typed in is understood, and lacking words open a form that keeps what was typed."""

    assert expected == parse(text)


@pytest.mark.parametrize(("text", "refusal", "begins", "number"), UNCLEAR)
def test_what_nobody_could_carry_out_is_refused(text, refusal, begins, number):
    """A misspelt verb is offered the nearest and never runs; nothing typed gets out of its quotation."""

    parsed = parse(text)

    assert isinstance(parsed, Unclear)
    assert (refusal, number) == (parsed.refused.number, parsed.number)
    assert begins == str(parsed.refused.sentence[0])[: len(begins)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("checkout is down", "checkout is down"),
        ("sev1 checkout is down", "checkout is down"),
        ("frobnicate it", None),
        ("reslove it is over now", None),
    ],
)
def test_an_alarm_whose_verb_was_forgotten_is_one_press_away(text, title):
    """Three words without a verb, or a severity before them, may be an alarm; two, or a misspelt verb, are none."""

    parsed = parse(text)

    assert isinstance(parsed, Unclear)
    offer = parsed.refused.details.get(Act.DECLARE)
    assert title == (offer.carries["title"] if offer else None)
    assert title is None or title == parsed.refused.kept


@pytest.mark.parametrize(
    "text", ["sev2 private payroll leak", "private payroll leak is known", "delcare private sev2 payroll leak"]
)
def test_an_alarm_without_its_verb_stays_private(text):
    """The form that is one press away shows who may see it, and its title does not say private."""

    parsed = parse(text)

    assert isinstance(parsed, Unclear)
    carried = parsed.refused.details[Act.DECLARE].carries
    assert ("confidential", False) == (carried["seen"], "private" in str(carried["title"]))


@given(st.text())
def test_whatever_is_typed_is_answered(text):
    """No text whatever makes the grammar fail."""

    assert isinstance(parse(text), Do | OpenForm | Bare | Help | Unclear | Roles)


@given(st.text())
def test_encoding_is_undone_exactly_once(text):
    """What a person typed comes out of Slack's encoding as they typed it."""
    encoded = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert text.strip() == plain_words(encoded)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("until 25:00", "until 25:00"),
        ("99:99", "99:99"),
        (":fire:", "fire"),
        ("x:100:y", "x100y"),
        ("1:10:00", "11000"),
        ("_x_", "x"),
    ],
)
def test_a_time_is_said_back_as_it_was_typed(typed, said):
    """A colon stands only between hours and minutes, where it draws no emoji."""

    assert said == quotable(typed)


@given(st.text())
def test_a_quoted_word_is_one_short_line_without_markup(text):
    """A word said back cannot break out of its backticks, mention anybody, or fill the screen."""
    said = quotable(text)

    assert len(said) <= 40
    assert not set(said) & set("`<>&\n\r\u2028\u202e")


TYPES = [
    ("type", Look(verb="type", reading=ReadType())),
    ("type model-drift", Look(verb="type", reading=ReadType(typed="model-drift"))),
    ("type Model Drift", Look(verb="type", reading=ReadType(typed="Model Drift"))),
    ("42 type model_drift", Look(verb="type", reading=ReadType(typed="model_drift"), number=42)),
    ("type phases", Look(verb="type", reading=ReadType(phases=True))),
    ("type contain", Look(verb="type", reading=ReadType(phases=True))),
    ("type contain soon", Look(verb="type", reading=ReadType(phases=True))),
    ("type contain done", do("type", c.FinishPhase(phase=Phase.CONTAIN, words=""))),
    ("type Contain Done: fallback in force", do("type", c.FinishPhase(phase=Phase.CONTAIN, words="fallback in force"))),
    (
        "7 type review done it is written",
        do("type", c.FinishPhase(phase=Phase.REVIEW, words="it is written"), 7),
    ),
]


@pytest.mark.parametrize(("typed", "wanted"), TYPES)
def test_types_and_phases(typed, wanted):
    """A type is shown before it is set; a phase is done in its author's words."""

    assert wanted == parse(typed)
