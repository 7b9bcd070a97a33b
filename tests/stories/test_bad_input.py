"""Bad input gets a sentence and loses nothing: what people mistype, and what Slack does to us."""

import asyncio
from typing import Any

import pytest
from pydantic import SecretStr

from bot.app import Bot
from bot.settings import Settings
from handlers.sockets import TokenProblem
from tests.stories.company import Cast, said
from tests.stories.witness import in_dialog, refusals, refused, standing, told

SAY_WHAT = "Say in a few words what is broken; emoji are welcome after that."
ROOM = "inc-1-checkout-returns-500s"


async def declare(company: Cast, text: str = "sev1 Checkout returns 500s") -> str:
    """Let Ada declare, and return the sentence she hears."""
    return told(await company.act("ada", "command", channel="general", text=f"/incident declare {text}"))


async def test_an_empty_title_opens_the_form(company: Cast) -> None:
    """Nothing typed is asked for in a form that says what it will do and whom it will page."""

    before = standing(company)
    for title in ("", "   ", "\t", "sev1", "sev1   "):
        answer = await company.act("ada", "command", channel="general", text=f"/incident declare {title}")
        assert "form.declare" == answer["view"]["callback_id"]
        assert "Empty: the primary on call, Noor Haddad." in in_dialog(answer)
    assert before == standing(company)


async def test_a_title_without_words_opens_the_form_with_what_was_typed(company: Cast) -> None:
    """Emoji, punctuation, invisible characters: the form says what is missing and keeps what was typed."""

    for title in ("🔥🔥", "!!", "ab", "…", "\u200b\u200b\u200b", "👩\u200d🚒🚒"):
        answer = await company.act("ada", "command", channel="general", text=f"/incident declare sev1 {title}")
        element = answer["view"]["blocks"][0]["element"]
        assert SAY_WHAT in in_dialog(answer)
        assert title.strip("\u200b") == element.get("initial_value", "").strip("\u200b")
    assert () == standing(company).incidents


async def test_the_form_says_what_severity_there_is_none_of(company: Cast) -> None:
    """sev5 is no severity; the words after it stay in the form, which then declares."""

    answer = await company.act("ada", "command", channel="general", text="/incident declare sev5 Search is slow")

    assert "There is no sev5. Severities are SEV-1 (worst) to SEV-4." in in_dialog(answer)
    submitted = await company.act("ada", "submit", values={"severity": "sev3"})
    assert "form.declared" == submitted["view"]["callback_id"]
    assert ("Search is slow", "sev3") == (company.incident(1).title, company.incident(1).severity)


async def test_a_form_without_a_title_is_sent_back_with_what_else_was_typed(company: Cast) -> None:
    """Slack itself asks for a required field; blanks and emoji are complained of beside it, and nothing is lost."""

    await company.types("ada", "/incident declare")
    empty = await company.act("ada", "submit", values={"description": "Since the deploy"})
    blank = await company.act("ada", "submit", values={"title": "  🔥 "})

    assert {"title": "Please complete this required field."} == empty["view"]["errors"]
    sentence = "Say in a few words what is broken: at least 3 letters or digits."
    assert {"title": sentence} == blank["view"]["errors"]
    done = await company.act("ada", "submit", values={"title": "Login fails"})
    assert ("Login fails", "Since the deploy") == (company.incident(1).title, company.incident(1).description)
    assert "INC-1 is declared" == done["view"]["title"]["text"]


async def test_ten_thousand_characters_are_a_title_and_all_of_them_are_kept(company: Cast) -> None:
    """The first words are the title; every character is in the description, and the declarer is told."""

    words = ("checkout returns errors " * 420)[:10_000].strip()
    answer = await company.types("ada", f"/incident declare sev1 {words}")

    assert "Your title was long: the first part is the title, all of it is in the description." in answer
    assert 100 >= len(company.incident(1).title)
    assert words == company.incident(1).description
    assert 60 >= len(company.channel_of(1))


SCRIPTS = [
    ("שירות התשלומים נפל", "inc-1"),
    ("\u202eשירות התשלומים נפל שוב", "inc-2"),
    ("сервис лежит", "inc-3"),
    ("結帳錯誤", "inc-4"),
    ("Café Zürich down", "inc-5-cafe-zurich-down"),
    ("../../etc", "inc-6-etc"),
    ("GENERAL", "inc-7-general"),
    ("🔥 Checkout 🔥", "inc-8-checkout"),
]


async def test_titles_of_any_script_make_a_channel(company: Cast) -> None:
    """Right-to-left, Cyrillic, paths, capitals, emoji: the title stays, the channel's name is plain."""

    for number, (title, room) in enumerate(SCRIPTS, start=1):
        await declare(company, f"sev4 {title}")
        await company.sandbox.advance("30s")
        made = company.incident(number).channel
        assert (title, room) == (company.incident(number).title, made.name if made else "")
    assert [] == [room for room in company.sandbox.workspace.channels.values() if "\u202e" in room.topic]


SENTENCES = [
    ("mitgate rolled back", "mitgate", 10, "There is no verb mitgate. Did you mean mitigate?"),
    (
        "frobnicate",
        "frobnicate",
        11,
        "There is no verb frobnicate. To raise an alarm: /incident declare what is broken.",
    ),
    (
        "77 update All is well",
        "PostUpdate",
        8,
        "There is no INC-77 that you can see. /incident list shows those you can.",
    ),
    ("0 ack", "Acknowledge", 8, "There is no INC-0 that you can see. /incident list shows those you can."),
    (
        "resolve Pool raised",
        "Resolve",
        9,
        "This is not an incident's channel, so say which: /incident 1 resolve …. Open now: INC-1.",
    ),
    (
        "1 command @maya",
        "command",
        15,
        "I cannot find a person in @maya. Pick the name from Slack's list so that it turns into a link.",
    ),
    (
        "1 command @buildbot",
        "NameCommander",
        16,
        (
            "Build Bot cannot command: only members of this workspace who are R or A can. "
            "Choose among Noor Haddad, Sam Reyes, Mia Chen."
        ),
    ),
    (
        "1 update Errors are falling",
        "PostUpdate",
        4,
        "Status updates are posted by the commander (Noor Haddad) or communications lead. Your text is kept below.",
    ),
    (
        "1 escalate @buildbot need help here",
        "Escalate",
        16,
        (
            "Build Bot cannot be called: only members of this workspace can. "
            "Choose among Noor Haddad, Sam Reyes, Mia Chen, Lena Brandt."
        ),
    ),
    ("1 mitigate Rolled back", "Mitigate", 4, "Mitigating INC-1 is for Noor Haddad or Sam Reyes."),
    (
        "1 cancel no",
        "Cancel",
        25,
        "A reason needs words (at least 10 letters or digits); it goes on the record.",
    ),
    ("1 note 🔥", "AddNote", 41, "Say what to put on the timeline of INC-1. Nothing was changed."),
]


async def test_a_slip_gets_its_sentence_and_changes_nothing(company: Cast) -> None:
    """Word for word, with the refusal's number in the record and everything else as it was."""

    await declare(company)

    for typed, asked, number, sentence in SENTENCES:
        assert sentence == await refused(company, "ada", f"/incident {typed}")
        assert ("ada", asked, number) == refusals(company)[-1]


KEPT = {
    "77 update All is well again": "All is well again",
    "resolve Pool limit raised": "Pool limit raised",
    "mitgate Rolled back to 2.41": "Rolled back to 2.41",
    "1 update Errors are falling": "Errors are falling",
    "1 escalate @nobodyhere Need database help": "Need database help",
}


async def test_a_refusal_gives_the_text_back(company: Cast) -> None:
    """Nobody types the same sentence twice: it stands under the refusal, ready to be copied."""

    await declare(company)

    for typed, kept in KEPT.items():
        assert kept in (await company.types("ada", f"/incident {typed}")).splitlines()


@pytest.mark.parametrize(
    ("verb", "most", "typed"), [("update", 1500, 1501), ("note", 2000, 10_000), ("escalate", 300, 4000)]
)
async def test_words_too_long_are_given_back_whole(company: Cast, verb: str, most: int, typed: int) -> None:
    """An update, a note, a reason is never cut behind anybody's back: the limit is said, the text returned."""

    await declare(company)
    await company.presses("noor", "Take command")
    words = f"{('rolling back ' * 1000)[: typed - 9].strip()} till 2.41"
    before = standing(company)
    answer = await company.act("noor", "command", channel="general", text=f"/incident 1 {verb} {words}")

    sentence = f"{most:,} characters at most; yours has {len(words):,}. Nothing was changed. Your text is kept below."
    assert sentence == told(answer)
    quoted = [block for block in answer["response"]["blocks"] if "quote" in str(block)]
    assert words == " ".join(block["elements"][0]["elements"][0]["text"] for block in quoted)
    assert before == standing(company)
    assert 44 == refusals(company)[-1][2]


VERBS = {
    "update All is well": ("PostUpdate", "updated"),
    "mitigate Rolled back": ("Mitigate", "mitigated"),
    "resolve Pool raised": ("Resolve", "resolved"),
    "cancel because it was nothing": ("Cancel", "cancelled"),
    "command": ("TakeCommand", "commanded"),
    "escalate need more people now": ("Escalate", "escalated"),
}


async def test_a_verb_the_status_does_not_allow_says_who_did_what_and_when(company: Cast) -> None:
    """After the end each verb is refused with the person, the act and how long ago it was."""

    await declare(company)
    await company.types("noor", "/incident 1 resolve Connection pool raised")
    await company.sandbox.advance("2m")
    expected = "INC-1 is already resolved (Noor Haddad, 2 min ago), so it cannot be {}. "
    again = "If it is back, reopen it."

    for typed, (asked, done) in VERBS.items():
        assert expected.format(done) + again == await refused(company, "noor", f"/incident 1 {typed}")
        assert ("noor", asked, 1) == refusals(company)[-1]
    assert f"INC-1 is already resolved (Noor Haddad, 2 min ago). {again}" == (
        await refused(company, "sam", "/incident 1 ack")
    )


async def test_once_mitigated_it_was_real(company: Cast) -> None:
    """What was mitigated cannot be cancelled; the sentence says since when and what to do instead."""

    await declare(company)
    await company.types("noor", "/incident 1 mitigate Rolled back to 2.41")

    sentence = "INC-1 was mitigated at 14:00 UTC, so it was real. Resolve it instead."
    assert sentence == await refused(company, "ada", "/incident 1 cancel it was nothing at all")
    assert 22 == refusals(company)[-1][2]


async def test_two_people_pressing_at_once_make_one_transition(company: Cast) -> None:
    """Exactly one acknowledges; the other is told who was first, and nothing is written twice."""

    await declare(company)
    await company.act("sam", "join", channel=ROOM)
    await asyncio.gather(
        *(company.act(who, "click", label="Acknowledge", channel=ROOM, settle=False) for who in ("ada", "sam"))
    )
    await company.sandbox.settle()

    entries = [one for one in company.texts(ROOM) if "acknowledged INC-1, 0 s after" in one]
    first = company.incident(1).acknowledged
    winner, loser = ("Ada Obi", "sam") if first and first.by == "U0ADA000000" else ("Sam Reyes", "ada")
    private = [one for one in company.messages(ROOM, seen_by=loser) if one["ephemeral"]]
    sentence = f"{winner} acknowledged INC-1 0 s before you. Noor Haddad is named commander and has not answered yet."
    assert ([f"{winner} acknowledged INC-1, 0 s after it was declared."], sentence) == (entries, private[-1]["text"])
    assert [(loser, "Acknowledge", 2)] == refusals(company)
    assert company.incident(1) == company.replayed(1)


async def test_the_same_delivery_twice_does_it_once(company: Cast) -> None:
    """Slack may deliver every envelope twice: one incident, one command, one update, one note."""

    await company.sandbox.fault({"duplicate": 1.0})
    await declare(company)
    await company.presses("noor", "Take command")
    await company.types("noor", "/incident 1 update Rolling back")
    await company.presses("noor", "Mitigated", channel=ROOM)
    await company.act("noor", "submit", values={"words": "Rolled back to 2.41"})
    await company.sandbox.advance("10s")

    assert (1, 1, "mitigated") == (
        len(standing(company).incidents),
        company.incident(1).updates,
        company.incident(1).status,
    )
    for sentence in ("acknowledged INC-1 and commands it", "Status update 1", "INC-1 is mitigated"):
        assert 1 == sum(sentence in text for text in company.texts(ROOM)), sentence
    assert [] == refusals(company)


async def test_the_same_title_twice_from_one_person_is_asked(company: Cast) -> None:
    """Within 2 minutes the same person is asked; one press declares another; a colleague is never asked."""

    await declare(company)
    await company.sandbox.advance("1m")
    sentence = "You declared INC-1 (“Checkout returns 500s”) 1 min ago. Is this another one?"
    assert sentence == await refused(company, "ada", "/incident declare sev1  checkout RETURNS 500s ")
    assert [("ada", "Declare", 40)] == refusals(company)

    await company.presses("ada", "Declare another one")
    await company.types("sam", "/incident declare sev1 Checkout returns 500s")
    assert ["U0ADA000000", "U0ADA000000", "U0SAM000000"] == [
        company.incident(number).declared.by for number in (1, 2, 3)
    ]


async def test_after_two_minutes_the_same_title_is_a_new_alarm(company: Cast) -> None:
    """The question is for slips of the finger only."""

    await declare(company)
    await company.sandbox.advance("2m")
    assert "INC-2 declared as SEV-1." in await declare(company)


async def test_a_name_that_is_taken_gets_a_number(company: Cast) -> None:
    """Somebody made the channel first: ours is called -2, and everything stands in it."""

    await company.act("sam", "create", channel=ROOM)
    await declare(company)

    room = company.incident(1).channel
    assert f"{ROOM}-2" == (room.name if room else "")
    assert 1 == len([one for one in company.messages(f"{ROOM}-2") if one["pinned"]])
    assert [] == [one for one in company.messages(ROOM, seen_by="sam") if one["user"] == "tocsin"]


async def test_one_person_who_cannot_come_keeps_nobody_else_out(company: Cast) -> None:
    """Noor's account is gone before Slack told us; Ada is in the channel, and the ladder goes on without Noor."""

    company.sandbox.workspace.people["U0NOOR00000"].deleted = True
    await declare(company)
    await company.sandbox.advance("4m")

    channel = next(room for room in company.sandbox.workspace.channels.values() if room.name == ROOM)
    assert "U0ADA000000" in channel.members
    assert "U0NOOR00000" not in channel.members
    assert 1 == sum("Page: SEV-1 INC-1" in text for text in company.direct("sam"))


async def test_a_channel_archived_by_hand_moves_updates_to_the_incidents_channel(company: Cast) -> None:
    """Operators and the commander are told how to mend it, once; updates go to #incidents and nothing is lost."""

    await declare(company)
    await company.presses("noor", "Take command")
    await company.types("noor", "/incident 1 role deputy @lena")
    await company.act("mia", "archive", channel=ROOM)
    words = (
        "The channel of INC-1 was archived by hand, and Slack lets no bot unarchive. "
        "Someone must: channel name, Settings, Unarchive. Until then updates go to #incidents."
    )
    assert ([words], 1) == (company.texts("ops", seen_by="sam"), company.direct("noor").count(words))

    answer = await company.types("noor", "/incident 1 update Rolling back")
    assert "Status update 1 is posted in #incidents." in answer
    assert words in answer
    given = await company.types("noor", "/incident 1 role commander back")
    assert "nobody does. Its channel is archived; #incidents is told." in given
    await company.types("noor", "/incident 1 command")
    await company.types("noor", "/incident 1 resolve Pool raised")
    await company.sandbox.advance("1m")

    update = "Status update 1 on SEV-1 INC-1 from Noor Haddad: Rolling back. Next update within 15 min."
    assert 1 == company.texts("incidents").count(update)
    assert [words] == company.texts("ops", seen_by="sam")
    assert [] == company.undone()


async def test_an_archiving_nobody_told_of_is_noticed_at_the_next_update(company: Cast) -> None:
    """The event was lost: Slack's refusal tells, the update goes to #incidents, and the operators hear once."""

    await declare(company)
    await company.presses("noor", "Take command")
    next(room for room in company.sandbox.workspace.channels.values() if room.name == ROOM).is_archived = True
    await company.types("noor", "/incident 1 update Rolling back")
    await company.types("noor", "/incident 1 note Still at it")
    await company.sandbox.advance("1m")

    assert 1 == sum("was archived by hand" in text for text in company.texts("ops", seen_by="sam"))
    assert 1 == sum("Rolling back" in text for text in company.texts("incidents"))
    assert [] == company.undone()


FAULTS: list[dict[str, Any]] = [
    {"error": {"method": "*", "error": "ratelimited", "retry_after": 3, "times": 3}},
    {"error": {"method": "*", "status": 500, "times": 3}},
    {"error": {"method": "*", "error": "internal_error", "times": 3}},
    {"cut": {"method": "chat.postMessage", "times": 2}},
    {"cut": {"method": "conversations.create", "times": 1}},
    {"cut": {"method": "pins.add", "times": 1}},
]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
async def test_slack_answering_badly_loses_and_doubles_nothing(company: Cast, fault: dict[str, Any]) -> None:
    """429, 500, and "ok" after the connection dropped: the declarer is answered at once, all of it arrives once."""

    await company.sandbox.fault(fault)
    answer = await declare(company)
    await company.sandbox.advance("2m")

    assert answer.startswith("INC-1 declared as SEV-1. Noor Haddad is being paged;")
    assert 1 == len([text for text in company.direct("noor") if "Page: SEV-1 INC-1" in text or "sent again" in text])
    assert (1, 1, 1) == (
        len(company.texts("incidents")),
        len(company.texts("ml-incidents-sev1")),
        len([one for one in company.messages(ROOM) if one["pinned"]]),
    )
    assert [] == company.undone()


async def test_identity_never_stands_before_a_command(company: Cast) -> None:
    """auth.test failing after a restart: the command is answered and carried out all the same."""

    if company.bot:
        await company.bot.stop()
    await company.sandbox.fault({"error": {"method": "auth.test", "status": 500, "times": None}})
    await company.start_bot()

    assert (await declare(company)).startswith("INC-1 declared as SEV-1.")
    assert ROOM == company.channel_of(1)


async def test_messages_tab_off_pages_by_the_next_way_and_says_so(company: Cast) -> None:
    """Slack refuses every direct message: the page goes by e-mail at once, and the channel is told."""

    manifest = company.sandbox.workspace.manifest
    object.__setattr__(manifest, "messages_tab", False)
    await declare(company)
    await company.sandbox.advance("10s")
    company.sandbox.workspace.violations.clear()  # Slack refused the direct messages: that is what is played here

    assert ["Page: SEV-1 INC-1, Checkout returns 500s"] == [
        one.subject for one in company.mailbox.of("noor@example.com")
    ]
    assert 1 == sum("Noor Haddad could not be reached by DM" in text for text in company.texts(ROOM))
    assert any("messages_tab_disabled" in text for text in company.texts("ops", seen_by="sam"))


BAD_TOKENS = [
    ("slack_bot_token", "", "SLACK_BOT_TOKEN is missing.", "OAuth & Permissions"),
    ("slack_bot_token", "xapp-1-wrong", "SLACK_BOT_TOKEN is no bot token", "OAuth & Permissions"),
    ("slack_app_token", "", "SLACK_APP_TOKEN is missing", "App-Level Tokens"),
    ("slack_app_token", "xoxb-wrong", "SLACK_APP_TOKEN is no app-level token", "App-Level Tokens"),
    ("slack_app_token", "xapp-wrong", "Slack refuses SLACK_APP_TOKEN (invalid_auth).", "App-Level Tokens"),
]


@pytest.mark.parametrize(("name", "value", "sentence", "page"), BAD_TOKENS)
async def test_a_token_that_cannot_work_is_named_with_the_page_to_mend_it(
    company: Cast, name: str, value: str, sentence: str, page: str
) -> None:
    """Starting says which token is wrong and where to get the right one; no secret is in the sentence."""

    if company.bot:
        await company.bot.stop()
    given = {name: SecretStr(value), "tocsin_http_port": None}
    settings = company.bot_settings().model_copy(update=given)
    bot = Bot(settings, now=company.sandbox.clock.now)
    with pytest.raises(TokenProblem) as problem:
        await _started(bot, settings)
    await bot.stop()
    company.bot = None
    company.sandbox.workspace.violations.clear()  # a token Slack does not know is a violation in itself

    assert str(problem.value).startswith(sentence)
    assert "https://api.slack.com/apps" in str(problem.value)
    assert page in str(problem.value)


async def _started(bot: Bot, _settings: Settings) -> None:
    await bot.prepare()
    await bot.start()


async def test_help_and_bare_slashes_answer_in_a_channel_and_outside(company: Cast) -> None:
    """A bare slash is the form outside an incident's channel and help inside; help never changes anything."""

    await declare(company)
    before = standing(company)
    outside = await company.act("ada", "command", channel="general", text="/incident")
    await company.act("ada", "close")

    assert "form.declare" == outside["view"]["callback_id"]
    for text, channel in (("/incident", ROOM), ("/incident help", "general"), ("/incident help updat", "general")):
        assert "update" in said(await company.act("ada", "command", channel=channel, text=text))
    assert before == standing(company)
