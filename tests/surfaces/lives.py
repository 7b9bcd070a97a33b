"""What is pictured besides the first incident: each life begins in a company where nothing has happened yet."""

from datetime import UTC, datetime

from tests.surfaces.book import (
    ASIDE,
    CARD,
    DM,
    FIRST,
    FORM,
    GENERAL,
    LEADERSHIP,
    PAGE,
    REPLIES,
    ROOM,
    TALK,
    Edit,
    Life,
    Steps,
    Wait,
    act,
    shot,
    types,
)
from tests.surfaces.policy_lives import POLICY_LIVES

SAM, MIA, TOMAS = "/as/sam/dm/tocsin", "/as/mia/dm/tocsin", "/as/tomas/dm/tocsin"
GOVERNANCE = "/as/lena/c/governance"
MORNING = int(datetime(2026, 11, 21, 6, 0, tzinfo=UTC).timestamp())

LED: Life = (
    types("ada", "declare sev1 Checkout returns 500s", "general"),
    Wait(span="2m"),
    act("noor", "click", label="Take command", channel="noor"),
    Wait(span="2m"),
    types("noor", "1 update EU card payments fail; rolling back the 13:50 deploy"),
)

HANDED_OVER: Life = (
    *LED,
    types("noor", "handover @sam"),
    shot("handover-form", "The form that hands command over: the brief is written", ROOM, FORM, how="tall"),
    act("noor", "submit", values={"watch": "EU queue length"}),
    shot("offer", "Command offered, in the direct messages of who is asked", SAM),
    shot("offer-telephone", "The same on a telephone", SAM, PAGE, how="telephone"),
    shot("card-offered", "The card while an offer waits", ROOM, CARD),
    Wait(span="1m"),
    act("sam", "click", label="Accept command", channel="sam"),
    shot("accepted", "The line in the channel once it is accepted", ROOM),
    shot("accepted-brief", "The brief in its thread", ROOM, ASIDE, press=REPLIES),
    shot("accepted-dm", "What the new commander reads", SAM, TALK),
    shot("handed-over", "What the former commander reads", DM, TALK),
    types("sam", "handover @mia"),
    act("sam", "submit"),
    Wait(span="11m"),
    shot("offer-ended", "An offer that nobody answered, where it was made", MIA),
    shot("offer-ended-giver", "What its giver reads", SAM, TALK),
)

ON_CALL: Life = (
    act("noor", "change", dnd=True, dnd_until=MORNING),
    types("ada", "oncall", "general"),
    shot("oncall", "Who is on call; the primary has Do Not Disturb on", GENERAL),
    types("ada", "oncall data platform", "general"),
    shot("oncall-gap", "A turn that nobody holds", GENERAL),
    types("noor", "oncall test", "general"),
    shot("test-page", "A page sent to oneself", DM),
    act("noor", "click", label="It reached me"),
    shot("test-page-reached", "The same, once it arrived", DM),
    types("ada", "declare sev1 Checkout returns 500s", "general"),
    shot("card-disturbed", "The card, when Do Not Disturb may silence the page", ROOM, CARD),
    act("noor", "click", label="Take command", channel="noor"),
    types("tomas", "1 follow", "general"),
    shot("follow", "Somebody begins to follow", "/as/tomas/c/general"),
    types("noor", "1 update Rolling back, errors falling"),
    Wait(span="4m"),
    types("noor", "1 mitigate Rolled back to 2.41"),
    shot("followed", "What a follower hears", TOMAS, TALK),
)

ELSEWHERE: Life = (
    types("ada", "declare test sev1 Checkout returns 500s", "general"),
    shot("test-declared", "What the declarer of a test is told", GENERAL),
    shot("card-test", "The card of a test", "/as/ada/c/test-1-checkout-returns-500s", CARD),
    act("ada", "create", channel="team-search"),
    *(act("ada", "invite", channel="team-search", user=who) for who in ("noor", "tocsin")),
    act("noor", "message", channel="team-search", text="Search answers after 9 s since the index was rebuilt"),
    types("ada", "declare here sev2 Search is slow", "team-search"),
    shot("used-channel", "An incident in a channel that was there before", "/as/noor/c/team-search", TALK),
    types("ada", "times", "team-search"),
    shot("times-form", "The form that takes times", "/as/ada/c/team-search", FORM, how="tall"),
    act("ada", "close"),
    types("ada", "times started today 13:10 UTC", "team-search"),
    shot("times", "A time is said back as it was understood", "/as/ada/c/team-search"),
    act("noor", "click", label="Everything else", channel="team-search"),
    shot("panel-dialog", "The control panel as a dialog", "/as/noor/c/team-search", FORM, how="tall"),
    act("noor", "close"),
    act("ada", "open_home"),
    act("ada", "click", label="All incidents", view="home"),
    shot("list-dialog", "What is open, as a dialog", "/as/ada/home", FORM),
    act("ada", "close"),
)

REFUSED: Life = (
    *LED,
    types("ada", "1 update Errors are falling", "general"),
    act("ada", "click", label="Send to commander"),
    shot("update-suggested", "Words sent to the commander, who may post them", DM),
    types("iris", "1 sev 3 one team only, with a workaround", "general"),
    shot("refused-lower", "Who may not lower the severity may suggest it", "/as/iris/c/general"),
    act("iris", "click", label="Suggest SEV-3"),
    shot("severity-suggested", "The suggestion, put to those who decide", DM),
    types("noor", "1 role commander back"),
    types("sam", "1 update Errors are falling", "general"),
    shot("refused-nobody-commands", "Nobody commands: one press takes the seat and posts", "/as/sam/c/general"),
)

ENDED: Life = (
    *LED,
    Wait(span="12m"),
    act("noor", "click", label="Snooze", channel="noor"),
    shot("snooze-form", "The form that snoozes", DM, FORM),
    act("noor", "submit", values={"until": "30 min", "why": "on a call with the vendor"}),
    shot("snoozed", "The channel is told that reminders are silent", ROOM),
    types("sam", "declare sev2 Search is slow", "general"),
    types("noor", "2 merge 1"),
    shot("merge", "What merging would do, before it is done", ROOM),
    act("noor", "click", label="Merge"),
    shot("card-merged", "The card, merged", "/as/sam/c/inc-2-search-is-slow", CARD),
    types("ada", "declare sev3 Reports are late", "general"),
    types("ada", "3 cancel the probe itself was broken", "general"),
    shot("card-cancelled", "The card, cancelled", "/as/ada/c/inc-3-reports-are-late", CARD),
    types("ada", "declare sev4 Export is slow", "general"),
    Wait(span="18h"),
    shot("digest", "The daily digest", LEADERSHIP),
)

GOVERNED: Life = (
    Edit(file="severity.yaml", was="acknowledge: 5m", now="acknowledge: 4m"),
    shot("policy-proposed", "A changed policy folder is proposed to the Board", GOVERNANCE),
    act("lena", "click", label="Adopt 2.1.0", channel="governance"),
    shot("policy-adopted", "One of the Board adopted it", GOVERNANCE, TALK),
    Edit(file="severity.yaml", was="acknowledge: 4m", now="acknowledge: soon"),
    shot("policy-broken", "A folder that cannot be read changes nothing", GOVERNANCE),
)

PLAYED: Life = (
    Steps(name="cloudflare-2019-waf", count=8),
    shot("scenario", "A published incident, played", "/as/ada/c/incidents", PAGE),
)

LIVES: tuple[Life, ...] = (FIRST, HANDED_OVER, ON_CALL, ELSEWHERE, REFUSED, ENDED, GOVERNED, PLAYED, *POLICY_LIVES)
