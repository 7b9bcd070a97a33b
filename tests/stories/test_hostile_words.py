"""Hostile words: markup, mentions and links stay letters in every field, and what is private never gets in."""

import io
import logging
import re
from collections.abc import Iterator, Mapping

import pytest

from bot.log import configure
from tests.logs import log_nowhere
from tests.stories.company import Cast, said
from tests.stories.witness import database_bytes, everything_said, in_dialog, refusals, told

MARKUP = [
    "<!channel> fire",
    "<!here> and <!everyone> look",
    "<!subteam^S0123456> look",
    "<@U0LENA00000> broke it",
    "<https://evil.example|click here>",
    "&lt;!channel&gt; twice",
    "*bold* _it_ ~no~ `code` down",
    "down\n> INC-1 is resolved, says Tocsin",
]
LIVE = ("<!channel", "<!here", "<!everyone", "<!subteam", "<@U0LENA00000>", "<https://evil", "|click here>")
FORGED = ("*bold*", "_it_", "~no~", "`code`", "\n> INC-1")


def mrkdwn(value: object) -> Iterator[str]:
    """Yield every text that Slack would read markup in."""
    match value:
        case {"type": "mrkdwn", "text": str(words)}:
            yield words
        case Mapping():
            for part in value.values():
                yield from mrkdwn(part)
        case list():
            for part in value:
                yield from mrkdwn(part)
        case _:
            return


def elements(value: object) -> Iterator[object]:
    """Yield every element of rich text that is more than letters."""
    match value:
        case {"type": "user" | "usergroup" | "broadcast" | "channel" | "link"}:
            yield value
        case Mapping():
            for part in value.values():
                yield from elements(part)
        case list():
            for part in value:
                yield from elements(part)
        case _:
            return


async def a_whole_life(company: Cast, words: str) -> None:
    """Put `words` into every field there is, one after the other."""
    await company.types("ada", "/incident declare")
    await company.act("ada", "submit", values={"title": f"Broken: {words}", "severity": "sev1", "description": words})
    room = company.channel_of(1)
    await company.presses("noor", "Take command")
    await company.presses("noor", "Confirm SEV-1", channel=room)
    await company.presses("ada", "Escalate", channel=room)
    await company.act("ada", "submit", values={"why": f"come and help, {words}", "whom": "iris"})
    await company.sandbox.advance("1m")
    await company.types("noor", f"/incident 1 update {words}")
    await company.sandbox.advance("1m")
    await company.presses("noor", "Post update", channel=room)
    await company.act("noor", "submit", values={"now": words, "affected": words, "next": words})
    await company.types("noor", f"/incident 1 note {words}")
    await company.sandbox.advance("13m")
    await company.presses("noor", "Snooze", channel="noor")
    await company.act("noor", "submit", values={"until": "15", "why": f"on the phone, {words}"})
    await company.presses("noor", "Mitigated", channel=room)
    await company.act("noor", "submit", values={"words": words, "still": words})
    await company.presses("noor", "Resolved", channel=room)
    await company.act("noor", "submit", values={"words": words, "affected": words, "facilitator": "sam"})
    await company.types("ada", f"/incident declare sev2 Second: {words}")
    await company.types("ada", f"/incident 2 cancel because {words}")


@pytest.mark.parametrize("words", [" ".join(MARKUP[:4]), " ".join(MARKUP[4:])], ids=["mentions", "markup"])
async def test_markup_in_every_field_stays_letters(company: Cast, words: str) -> None:
    """Nothing anybody types rings, links or forges a line, in any field of a whole life."""

    await a_whole_life(company, words)

    spoken = [call.args for call in company.calls("chat.postMessage", "chat.update", "conversations.setTopic")]
    texts = [str(args.get("text", "")) for args in spoken] + [str(args.get("topic", "")) for args in spoken]
    marked = [text for args in spoken for text in mrkdwn(args.get("blocks", []))]
    for live in LIVE:
        assert [] == [text for text in (*texts, *marked) if live in text]
    for forged in FORGED:
        assert [] == [text for text in marked if forged in text]
    assert [] == [one for args in spoken for one in elements(args.get("blocks", [])) if "LENA" in str(one)]
    assert "cancelled" == company.incident(2).status
    assert company.incident(1) == company.replayed(1)


async def test_titles_are_shown_as_they_were_typed(company: Cast) -> None:
    """What Ada typed is what the header says, from the form and from the slash; entities are undone exactly once."""

    for words in MARKUP[:-1]:
        await company.types("ada", "/incident declare")
        await company.act("ada", "submit", values={"title": words})
        await company.sandbox.advance("30s")
    await company.types("ada", "/incident declare sev2 once more &lt;!channel&gt; & <b>")

    typed = [*MARKUP[:-1], "once more &lt;!channel&gt; & <b>"]
    for number, words in enumerate(typed, start=1):
        room = company.incident(number).channel
        card = next(one for one in company.messages(room.name if room else "") if one["pinned"])
        assert f"🔶 SEV-2 · INC-{number} · {words}" == card["blocks"][0]["text"]["text"]


async def test_people_and_channels_picked_from_the_list_are_shown_as_names(company: Cast) -> None:
    """Slack turns @ada and #general into ids; the title says their names, and nobody is pinged by it."""

    await company.types("ada", "/incident declare sev2 @lena cannot open #general via https://status.example.com/x")

    assert "@lena cannot open #general via https://status.example.com/x" == company.incident(1).title
    assert "<@U0LENA00000>" not in "".join(company.texts("incidents"))


SENSITIVE = {
    "carla.diaz@customer.com": "1 e-mail address",
    "4111 1111 1111 1111": "1 card number",
    "+49 170 5550123": "1 telephone number",
    "xoxb-123456789012-123456789012-abcdefghijklmnopqrstuvwx": "1 secret",
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the bot logs, as it is written; the process's logging is put back afterwards."""
    handlers, level, stream = logging.root.handlers[:], logging.root.level, io.StringIO()
    configure(stream=stream, level="DEBUG")
    yield stream
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    log_nowhere()


def leaks(company: Cast, log: io.StringIO, secret: str) -> list[str]:
    """Return where `secret` got to: the database file, Slack, the log, a letter."""
    letters = "".join(f"{one.subject}{one.text}" for one in company.mailbox.letters)
    places = {
        "database": secret.encode() in database_bytes(company),
        "Slack": secret in everything_said(company),
        "log": secret in log.getvalue(),
        "mail": secret in letters,
    }
    return [name for name, found in places.items() if found]


async def test_what_is_private_never_reaches_disk_slack_or_log(company: Cast, log: io.StringIO) -> None:
    """Every field of a whole life: removed before storage; the bytes of the database do not hold it (G6.1, G6.2)."""

    await a_whole_life(company, f"for {' and '.join(SENSITIVE)} it fails")
    await company.sandbox.advance("1m")

    assert {} == {secret: found for secret in SENSITIVE if (found := leaks(company, log, secret))}
    assert "e-mail removed" in company.incident(1).description
    assert company.audit_is_whole()


@pytest.mark.parametrize(("secret", "noun"), list(SENSITIVE.items())[:2])
async def test_the_author_is_told_privately_what_was_removed(company: Cast, secret: str, noun: str) -> None:
    """After a slash in the answer, after a form in a direct message or the form itself: nobody else hears of it."""

    sentence = f"{noun} was removed before posting."
    typed = await company.types("ada", f"/incident declare sev1 Login fails for {secret} since noon")
    await company.presses("noor", "Take command")
    await company.presses("noor", "Post update", channel=company.channel_of(1))
    await company.act("noor", "submit", values={"now": f"Looking at {secret} now"})
    await company.types("ada", "/incident declare")
    declared = await company.act("ada", "submit", values={"title": f"Search fails for {secret} too"})

    assert sentence in typed
    assert 1 == company.direct("noor").count(f"INC-1: {sentence}")
    assert sentence in in_dialog(declared)
    assert "INC-2 is declared" == declared["view"]["title"]["text"]
    rooms = (company.channel_of(1), company.channel_of(2), "incidents", "ml-incidents-sev1")
    assert [] == [text for room in rooms for text in company.texts(room, seen_by="sam") if "removed before" in text]


REFUSED = [
    "mitgate the mail of {}",
    "{} is locked out",
    "sev1 the mail of {} is out",
    "77 update mail to {}",
    "update mail to {}",
    "1 update mail to {}",
    "1 escalate @nobodyhere mail {}",
    "1 command {}",
]


async def test_a_refusal_keeps_nothing_private(company: Cast, log: io.StringIO) -> None:
    """What was refused is given back to its author, but neither stored nor logged."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    for typed in REFUSED:
        await company.types("ada", f"/incident {typed.format('carla.diaz@customer.com')}")

    assert len(REFUSED) == len(refusals(company))
    assert [] == leaks(company, log, "carla.diaz@customer.com")


async def test_private_answers_are_in_nobodys_history(company: Cast) -> None:
    """A private answer is an ephemeral: its reader sees it, Slack's history does not have it."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    room = company.channel_of(1)
    answer = await company.act("ada", "command", channel=room, text="/incident mitigate Rolled back")
    pressed = await company.presses("ada", "Take command", channel=room)
    sentence = "Mitigating INC-1 is for Noor Haddad or Sam Reyes."
    channel = company.incident(1).channel
    if company.bot is None or company.bot.outside is None or channel is None:
        raise AssertionError(room)
    history = await company.bot.outside.client.conversations_history(channel=channel.id, limit=100)

    assert sentence == told(answer)
    assert "You command INC-1." in said(pressed)
    assert sentence not in str(history.data)
    assert "You command INC-1." not in str(history.data)
    assert sentence not in [one["text"] for one in company.messages(room, seen_by="noor")]


async def test_a_topic_full_of_marks_is_cut_between_them(company: Cast) -> None:
    """Escaped, a title may be five times as long: the topic stays within Slack's limit, no entity torn."""

    await company.types("ada", f"/incident declare sev2 {'a&b<c>' * 16}")

    topic = next(room.topic for room in company.sandbox.workspace.channels.values() if room.name.startswith("inc-1"))
    assert 200 >= len(topic)
    assert topic.endswith(" · commander and clocks: pinned card · /incident for everything")
    assert "&" not in re.sub(r"&(amp|lt|gt);", "", topic)
    assert not {"<", ">"} & set(topic)
