"""The page over HTTP: every place and pane, plain forms that do what people do, and strangers kept out."""

import asyncio
import re

import pytest

from sandbox.ids import BOT_TOKEN
from sandbox.page.guard import refused

HTMX = {"HX-Request": "true"}


async def text_of(http, path):
    """The page at a path."""
    async with http.get(path) as answer:
        assert answer.status in {200, 404}, await answer.text()
        return await answer.text()


async def post(http, path, headers=None, **form):
    """Post a form; its status, where it leads, and what was said."""
    async with http.post(path, data=form, headers=headers or {}, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", ""), answer.headers.get("HX-Trigger", "")


def say(sandbox, method, **args):
    """Call a Web API method as the app."""
    answer = sandbox.workspace.call(token=BOT_TOKEN, method=method, args=args)
    assert answer["ok"], answer
    return answer


async def test_the_front_door_is_ada_in_general(http):
    """`/` leads to Ada in #general."""

    async with http.get("/", allow_redirects=False) as answer:
        assert (302, "/as/ada/c/general") == (answer.status, answer.headers["Location"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/as/ada/c/general", 'placeholder="Message #general"'),
        ("/as/ada/c/governance", "You are looking at #governance."),
        ("/as/ada/c/leadership", "Mia Chen, Lena Brandt can see this; Ada Obi cannot."),
        ("/as/ada/c/nothing", "There is nothing called nothing here."),
        ("/as/noor/dm/tocsin", "Sending messages to this app has been turned off."),
        ("/as/noor/home", "has not drawn a home page"),
        ("/as/noor/mail", "See <a href"),
        ("/as/oona/c/partners", 'placeholder="Message #partners"'),
        ("/as/ada/c/general?show=timers", "INC-1 acknowledge"),
        ("/as/ada/c/general?show=violations", "Nothing was done that Slack would refuse."),
        ("/as/ada/c/general?show=faults", "Replies that are lost"),
        ("/as/ada/c/general?ask=reset", "Reset the sandbox?"),
        ("/as/ada/c/general?said=%3Cscript%3E", "&lt;script&gt;"),
        ("/as/ada/c/general?thread=1.2", "This message is gone"),
        ("/as/ada/c/general", "on call: primary"),
        ("/as/ada/c/general", "Next: 15:05"),
    ],
)
async def test_every_place_is_drawn(http, path, words):
    """Every place says what it is, or why it is not there."""

    assert words in await text_of(http, path)


async def test_a_letter_is_escaped_and_linked(http):
    """An address in a letter can be followed; a tag in it is words."""

    page = await text_of(http, "/as/noor/mail")

    assert 'href="http://127.0.0.1/x"' in page
    assert "&lt;b&gt;" in page


@pytest.mark.parametrize("part", ["top", "sidebar", "talk", "aside", "layer"])
async def test_a_pane_comes_alone(http, part):
    """A pane can be fetched by itself, under its own id."""

    page = await text_of(http, f"/as/ada/c/general?part={part}")

    assert f'id="{part}"' in page
    assert "<html" not in page


@pytest.mark.parametrize("path", ["/as/nobody/c/general", "/as/ada/c/general?part=none"])
async def test_what_is_not_there_is_not_found(http, path):
    """Nobody and no pane are 404."""

    async with http.get(path) as answer:
        assert 404 == answer.status


async def test_a_plain_form_says_something(http, sandbox):
    """Without JavaScript a message is posted by a form, which leads back to the page."""

    form = {"do": "say", "channel": "general", "text": "Hello @noor", "back": "/as/ada/c/general"}
    status, place, _ = await post(http, "/as/ada/do", **form)

    assert (303, "/as/ada/c/general") == (status, place)
    assert "Hello <span" in await text_of(http, place)
    assert "Hello <@U0NOOR00000>" == sandbox.workspace.messages[-1].text


async def test_a_command_reaches_the_app_and_its_answer_is_private(http, bot):
    """A line that begins with `/` is a command; the answer is visible to the person alone."""

    bot.answer = {"text": "INC-1 declared"}
    await post(http, "/as/ada/do", do="say", channel="general", text="/incident declare x", back="/as/ada/c/general")

    assert ["declare x"] == [one["payload"]["text"] for one in bot.heard if one["type"] == "slash_commands"]
    assert "Only visible to you" in await text_of(http, "/as/ada/c/general")
    assert "INC-1 declared" not in await text_of(http, "/as/noor/c/general")


async def test_a_command_in_a_thread_gets_slacks_refusal(http, sandbox):
    """Slack supports no commands in threads, and says so."""

    ts = say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="x")["ts"]
    await post(
        http, "/as/ada/do", do="say", channel="general", text="/incident", thread_ts=ts, back="/as/ada/c/general"
    )

    assert "/incident is not supported in threads. Sorry!" in await text_of(http, "/as/ada/c/general")


BUTTONS = [
    {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "v1"},
    {
        "type": "button",
        "action_id": "ask",
        "text": {"type": "plain_text", "text": "Ask"},
        "confirm": {
            "title": {"type": "plain_text", "text": "Really?"},
            "text": {"type": "plain_text", "text": "<i>"},
            "confirm": {"type": "plain_text", "text": "Do it"},
            "deny": {"type": "plain_text", "text": "Leave it"},
        },
    },
    {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": {"type": "plain_text", "text": "Roles"}, "value": "roles"}],
    },
    {
        "type": "static_select",
        "action_id": "pick",
        "options": [{"text": {"type": "plain_text", "text": "Two"}, "value": "2"}],
    },
]


def with_buttons(sandbox):
    """Post a message with two blocks that have the same buttons; returns its ts."""
    blocks = [{"type": "actions", "block_id": block, "elements": BUTTONS} for block in ("one", "two")]
    return say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="x", blocks=blocks)["ts"]


def actions(bot):
    """The actions the app was told of."""
    return [one["payload"]["actions"][0] for one in bot.heard if one["type"] == "interactive"]


@pytest.mark.parametrize(
    ("press", "more", "told"),
    [
        ("two/go", {}, {"block_id": "two", "action_id": "go", "value": "v1"}),
        ("one/more/roles", {}, {"block_id": "one", "action_id": "more"}),
        ("two/pick", {"f/two/pick": "2"}, {"block_id": "two", "action_id": "pick"}),
        ("one/ask", {}, {"block_id": "one", "action_id": "ask"}),
    ],
)
async def test_a_press_names_its_block(http, sandbox, bot, *, press, more, told):
    """Of two controls of one name the one that was pressed is told to the app."""

    ts = with_buttons(sandbox)
    form = {"press": press, "channel": "C0GENERAL00", "ts": ts, **more}
    status, _, said = await post(http, "/as/noor/do", HTMX, **form)

    assert (204, "") == (status, said)
    assert told.items() <= actions(bot)[0].items()


async def test_a_confirm_dialog_stands_before_the_press(http, sandbox):
    """A button with a question leads to the question, whose words are escaped."""

    ts = with_buttons(sandbox)
    page = await text_of(http, f"/as/ada/c/general?part=layer&confirm=one/ask&channel=C0GENERAL00&ts={ts}&view=")

    assert all(words in page for words in ("Really?", "Do it", "Leave it", "&lt;i&gt;"))


async def test_what_nobody_answers_is_said(http, sandbox, bot):
    """When the app does not answer in time, the person is told."""

    sandbox.workspace.deliveries.ack_within_s = 0.05
    bot.silent = True
    ts = with_buttons(sandbox)
    _, _, said = await post(http, "/as/ada/do", HTMX, press="one/go", channel="C0GENERAL00", ts=ts)

    assert "did not answer within 3 s" in said


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"do": "say", "channel": "general", "text": "  "}, "There is nothing to send yet."),
        ({"do": "fly"}, "The page knows no act"),
        ({"do": "submit", "view": "V1"}, "This dialog is no longer open."),
        ({"press": "b/a", "channel": "leadership", "ts": "1"}, "sees no channel"),
        ({"press": "b/a", "channel": "general", "ts": "1"}, "sees no button or field"),
    ],
)
async def test_what_cannot_be_done_is_said(http, form, sentence):
    """A refusal is a sentence, with and without JavaScript."""

    _, _, told = await post(http, "/as/ada/do", HTMX, **form)
    status, place, _ = await post(http, "/as/ada/do", back="/as/ada/c/general", **form)

    assert sentence in told
    assert (303, True) == (status, place.startswith("/as/ada/c/general?said="))


async def test_only_ones_own_private_answers_are_dismissed(http, sandbox):
    """What is visible to one alone can be dismissed; a message cannot."""

    ts = say(sandbox, "chat.postEphemeral", channel="C0GENERAL00", user="U0ADA000000", text="psst")["message_ts"]
    public = say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="all")["ts"]
    answers = [await post(http, "/as/ada/do", HTMX, do="delete", channel="C0GENERAL00", ts=one) for one in (ts, public)]

    assert ["", True] == [answers[0][2], "Only what is visible to you alone" in answers[1][2]]
    assert ["all"] == [one.text for one in sandbox.workspace.messages]


async def test_a_message_is_pinned_to_the_timeline_and_declared(http, sandbox, bot):
    """The menu of a message puts 📌 on it and runs message shortcuts."""

    ts = say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="p99 doubled")["ts"]
    await post(http, "/as/ada/do", HTMX, do="react", channel="C0GENERAL00", ts=ts, emoji="pushpin")
    await post(http, "/as/ada/do", HTMX, callback_id="declare", channel="C0GENERAL00", ts=ts)

    assert {"pushpin": ["U0ADA000000"]} == sandbox.workspace.messages[-1].reactions
    assert ["declare"] == [one["payload"].get("callback_id") for one in bot.heard if one["type"] == "interactive"]


async def opened(http, sandbox, bot, view):
    """Open a modal for Ada, as the app does when she types a command."""
    await post(http, "/as/ada/do", HTMX, do="say", channel="general", text="/incident")
    say(sandbox, "views.open", trigger_id=bot.heard[-1]["payload"]["trigger_id"], view=view)
    return sandbox.workspace.modals.top("U0ADA000000")


def modal(*blocks):
    """A modal."""
    words = {"title": "Update", "submit": "Post", "close": "Cancel"}
    return {
        "type": "modal",
        "blocks": list(blocks),
        **{key: {"type": "plain_text", "text": text} for key, text in words.items()},
    }


def field(block, element):
    """A required input."""
    return {
        "type": "input",
        "block_id": block,
        "label": {"type": "plain_text", "text": block},
        "element": {"action_id": "a", **element},
    }


async def test_a_modal_is_filled_in_and_submitted(http, sandbox, bot):
    """What is typed, chosen and picked reaches the app by block and action."""

    view = await opened(
        http,
        sandbox,
        bot,
        modal(
            field("now", {"type": "plain_text_input", "multiline": True}),
            field("who", {"type": "users_select"}),
            field("when", {"type": "datetimepicker"}),
        ),
    )
    form = {"f/now/a": "a\r\nb", "f/who/a": "U0NOOR00000", "f/when/a": "2026-03-02T15:05", "view": view.id}
    await post(http, "/as/ada/do", HTMX, do="submit", **form)
    values = bot.heard[-1]["payload"]["view"]["state"]["values"]

    assert ("a\nb", "U0NOOR00000", 1772460300) == (
        values["now"]["a"]["value"], values["who"]["a"]["selected_user"], values["when"]["a"]["selected_date_time"],
    )  # fmt: skip
    assert sandbox.workspace.modals.top("U0ADA000000") is None


async def test_what_is_wrong_is_said_on_the_input(http, sandbox, bot):
    """A missing answer is said on its input, and what was typed elsewhere is kept."""

    fields = [field("now", {"type": "plain_text_input"}), field("next", {"type": "plain_text_input"})]
    view = await opened(http, sandbox, bot, modal(*fields))
    await post(http, "/as/ada/do", HTMX, do="submit", view=view.id, **{"f/next/a": "kept words"})
    page = await text_of(http, "/as/ada/c/general?part=layer")

    assert "Please complete this required field." in page
    assert "kept words" in page


async def test_a_press_in_a_modal_keeps_what_was_typed(http, sandbox, bot):
    """A button of a modal tells the app what has been typed so far."""

    buttons = {"type": "actions", "block_id": "b", "elements": BUTTONS[:1]}
    view = await opened(http, sandbox, bot, modal(field("now", {"type": "plain_text_input"}), buttons))
    await post(http, "/as/ada/do", HTMX, press="b/go", view=view.id, **{"f/now/a": "half a sentence"})

    assert "half a sentence" == bot.heard[-1]["payload"]["view"]["state"]["values"]["now"]["a"]["value"]


async def test_a_modal_closes(http, sandbox, bot):
    """Close takes the dialog away."""

    await opened(http, sandbox, bot, modal(field("now", {"type": "plain_text_input"})))
    await post(http, "/as/ada/do", HTMX, do="close")

    assert "<dialog" not in await text_of(http, "/as/ada/c/general?part=layer")


async def test_opening_app_home_tells_the_app(http, bot):
    """Opening App Home sends app_home_opened, once; a pane of it does not."""

    await text_of(http, "/as/noor/home")
    await text_of(http, "/as/noor/home?part=talk")
    await asyncio.sleep(0.05)

    assert ["app_home_opened"] == [one["payload"]["event"]["type"] for one in bot.heard]


async def test_app_home_is_drawn(http, sandbox):
    """What the app published is the home page of that person alone."""

    view = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Incidents"}}]}
    say(sandbox, "views.publish", user_id="U0NOOR00000", view=view)

    assert "Incidents</p>" in await text_of(http, "/as/noor/home")
    assert "Incidents</p>" not in await text_of(http, "/as/ada/home")


@pytest.mark.parametrize(("step", "minutes"), [("1", 1), ("5", 5), ("15", 15), ("60", 60), ("next", 5)])
async def test_the_clock_is_moved(http, sandbox, step, minutes):
    """A jump moves the virtual clock, and Go moves it to the next timer."""

    before = sandbox.clock.now()
    await post(http, "/as/ada/time", HTMX, step=step)

    assert minutes * 60 == (sandbox.clock.now() - before).total_seconds()
    assert "Clock moved +" in await text_of(http, "/as/ada/c/general")


async def test_the_clock_flows_and_stops(http, sandbox):
    """The clock can flow with real time and stand still."""

    states = []
    for step in ("flow", "pause"):
        await post(http, "/as/ada/time", HTMX, step=step)
        states.append(sandbox.clock.running)

    assert [True, False] == states
    assert "cannot be moved" in (await post(http, "/as/ada/time", HTMX, step="back"))[2]


async def test_faults_are_set_and_cleared(http, sandbox):
    """The faults of the panel are in force, and gone when asked for."""

    await post(http, "/as/ada/faults", HTMX, latency_ms="150", drop_reply="30", duplicate="10")
    set_ = (sandbox.faults.latency_ms, sandbox.faults.drop_reply, sandbox.faults.duplicate, sandbox.workspace.limits.on)
    await post(http, "/as/ada/faults", HTMX, reset="yes")

    assert (150, 0.3, 0.1, False) == set_
    assert (0, 0.0) == (sandbox.faults.latency_ms, sandbox.faults.drop_reply)
    assert "could not convert" in (await post(http, "/as/ada/faults", HTMX, drop_reply="x"))[2]


async def test_reset_asks_back(http, sandbox):
    """Only a reset that was asked for twice forgets anything."""

    say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="x")
    await post(http, "/as/ada/reset", HTMX)
    kept = len(sandbox.workspace.messages)
    await post(http, "/as/ada/reset", HTMX, sure="yes")

    assert (1, 0) == (kept, len(sandbox.workspace.messages))


async def test_the_first_visit_is_explained_once(http):
    """The note with the first command stands there until it is dismissed."""

    before = await text_of(http, "/as/ada/c/general")
    await post(http, "/as/ada/welcomed", HTMX)
    after = await text_of(http, "/as/ada/c/general")

    assert (True, False) == tuple(
        "/incident declare sev1 Checkout returns 500s</textarea>" in one for one in (before, after)
    )


async def test_what_was_done_becomes_a_story_step(http, sandbox):
    """An act by hand can be copied as the JSON that does it again, by names instead of ids."""

    ts = with_buttons(sandbox)
    await post(http, "/as/ada/do", HTMX, press="one/go", channel="C0GENERAL00", ts=ts)
    page = await text_of(http, "/as/ada/c/general?show=steps")

    assert "&#34;action_id&#34;: &#34;go&#34;, &#34;channel&#34;: &#34;general&#34;" in page
    assert "one" not in re.findall(r"block", page)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("/", 'data-words="/incident "'),
        ("/incident ", "declare sev1"),
        ("@no", 'data-words="@noor "'),
        ("#inc", 'data-words="#incidents "'),
    ],
)
async def test_words_are_completed(http, text, offered):
    """Commands, people and channels complete to what Slack makes ids of."""

    async with http.get("/as/ada/complete/c/general", params={"text": text}) as answer:
        assert offered in await answer.text()


async def test_completion_tells_no_secret(http):
    """A private channel of others is not offered."""

    async with http.get("/as/ada/complete/c/general", params={"text": "#lead"}) as answer:
        assert "" == (await answer.text()).strip()


async def test_a_permalink_leads_into_the_page(http, sandbox):
    """The address of a message opens it as the reader sees it."""

    ts = say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="x")["ts"]
    async with http.get(f"/as/ada/archives/C0GENERAL00/p{ts.replace('.', '')}", allow_redirects=False) as answer:
        assert f"/as/ada/c/general#m-{ts.replace('.', '-')}" == answer.headers["Location"]


async def test_an_open_page_is_told_what_changed(http, sandbox):
    """A new message is told to the page within the blink of an eye, by pane."""

    page = await text_of(http, "/as/ada/c/general")
    found = re.search(r'data-marks="([^"]+)"', page)
    assert found
    async with http.get("/live/as/ada/c/general", params={"marks": found[1]}) as stream:
        say(sandbox, "chat.postMessage", channel="C0GENERAL00", text="x")
        async with asyncio.timeout(2):
            while not (line := (await stream.content.readline()).decode()).startswith("data:"):
                pass

    assert {"talk", "sidebar", "aside"} <= set(line.removeprefix("data:").split())
    assert "layer" not in line


@pytest.mark.parametrize(
    ("host", "origin", "site", "changes", "fits"),
    [
        ("127.0.0.1:8737", "", "", True, True),
        ("localhost:8737", "http://localhost:8737", "same-origin", True, True),
        ("[::1]:8737", "", "none", True, True),
        ("evil.example", "", "", False, False),
        ("127.0.0.1.evil.example:8737", "", "", False, False),
        ("127.0.0.1:8737", "http://evil.example", "", True, False),
        ("127.0.0.1:8737", "null", "", True, False),
        ("127.0.0.1:8737", "http://127.0.0.1:9999", "", True, False),
        ("127.0.0.1:8737", "", "cross-site", True, False),
        ("127.0.0.1:8737", "", "same-site", True, False),
        ("127.0.0.1:8737", "", "cross-site", False, True),
    ],
)
def test_strangers_are_kept_out(*, host, origin, site, changes, fits):
    """Other hosts are refused, and so are changes that other sites' pages ask for."""

    assert fits is (refused(host=host, origin=origin, site=site, changes=changes) == "")


async def test_a_refused_post_changes_nothing(http, sandbox):
    """A post from another site's page is 403, and nothing happened."""

    status, _, _ = await post(
        http, "/as/ada/do", {"Origin": "http://evil.example"}, do="say", channel="general", text="x"
    )

    assert (403, []) == (status, sandbox.workspace.messages)


async def test_nothing_comes_from_elsewhere(http):
    """The page may load nothing and run nothing but its own files."""

    async with http.get("/as/ada/c/general") as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()

    assert "default-src 'none'; script-src 'self'" in policy
    assert [] == re.findall(r"\son\w+=|<script>|style=", page)
    assert [] == [url for url in re.findall(r'(?:src|href)="(https?:[^"]*)"', page) if "127.0.0.1" not in url]
