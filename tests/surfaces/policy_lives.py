"""What policy makes people see: types, roles, confirmation, exceptions, calls, private and shared channels."""

from tests.surfaces.book import CARD, DM, HOME, INC, ROOM, TALK, Life, Wait, act, answer, shot, types

DRIFT = "inc-1-forecasts-drift"
HIDDEN = "inc-1-private"

TYPED: Life = (
    types("ada", "declare sev2 Forecasts drift", "general"),
    act("noor", "click", label="Take command", channel="noor"),
    types("noor", "type", DRIFT),
    shot("types", "Every type there is", f"/as/noor/c/{DRIFT}"),
    types("noor", "type model-drift", DRIFT),
    shot("type", "What a type adds, before it is set", f"/as/noor/c/{DRIFT}"),
    act("noor", "click", label="Set type", channel=DRIFT),
    shot("type-set", "The type is set: who comes in, and what is to be done by when", f"/as/noor/c/{DRIFT}"),
    shot("card-typed", "The card with its type and the phases that run", f"/as/noor/c/{DRIFT}", CARD),
    shot("called-for-team", "Somebody is called for a team", "/as/mia/dm/tocsin"),
)

CONFIRMED: Life = (
    types("ada", "declare sev1 Checkout returns 500s", "general"),
    shot("declared-awaiting", "What a declarer who is not on the list is told", "/as/ada/c/general"),
    shot("card-awaiting", "The card while a yes is awaited", ROOM, CARD),
    act("noor", "open_home"),
    shot("home-awaiting", "Home of who may confirm", "/as/noor/home", HOME),
    types("noor", "1 confirm"),
    shot("confirmed", "It was confirmed", ROOM),
    act("noor", "click", label="Take command", channel="noor"),
    *answer("noor", "roles", "roles-wanted", "Who does what, and which roles policy wants by when"),
    types("noor", "policy sev1"),
    shot("policy-sev1", "What policy says about a SEV-1", ROOM, how="tall"),
    types("noor", "exception no broadcast, customer embargo until noon for 2h"),
    shot("exception-asked", "An exception is asked for", ROOM),
    shot("exception-question", "The question to the Board", "/as/tomas/dm/tocsin"),
    act("lena", "click", label="Approve", channel="lena"),
    shot("exception-approved", "It was approved", ROOM),
    shot("card-exception", "The card while an exception holds", ROOM, CARD),
    act("lena", "open_home"),
    shot("home-governance", "Home of the Governance Board", "/as/lena/home", HOME),
    types("noor", "page @mia She knows the pool"),
    shot("paged", "Somebody is paged by name", ROOM),
    shot("page-by-name", "The page, where it arrives", "/as/mia/dm/tocsin"),
    Wait(span="22m"),
    shot("roles-missing", "Roles that policy wants and nobody holds", DM, TALK),
)

SHARED: Life = (
    types("ada", "declare sev1 Checkout returns 500s", "general"),
    act("noor", "click", label="Take command", channel="noor"),
    act("ada", "share", channel=INC, user="oona"),
    shot("card-withheld", "The card in a channel that another organisation reads", ROOM, CARD),
    shot("shared-question", "What the commander is asked", DM),
)

HIDDEN_LIFE: Life = (
    types("ada", "declare", "general"),
    act("ada", "select", button="criteria", values=["data"]),
    act("ada", "submit", values={"title": "Payroll export leaked", "Severity": "sev1"}),
    act("noor", "click", label="Take command", channel="noor"),
    shot("card-private", "The card of a private incident, in its channel", f"/as/noor/c/{HIDDEN}", CARD),
    shot("announcement-private", "What everybody else reads of it", "/as/iris/c/incidents"),
    types("noor", "access @tomas 2h notice to the authority", HIDDEN),
    shot("access", "Access for a time, as its holder reads it", "/as/tomas/dm/tocsin"),
    act("iris", "command", channel="general", text="/incident 1 summary"),
    shot("refused-unseen", "A private number sounds like one that does not exist", "/as/iris/c/general"),
)

POLICY_LIVES = (TYPED, CONFIRMED, SHARED, HIDDEN_LIFE)
