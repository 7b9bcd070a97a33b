"""Pages leave by e-mail through a real mail server, and to no address that is not one."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.incident.reacting.effects import EffectKind
from bot.usecases.outcomes import Dead, Retry, Sent, Skipped
from bot.words import Lane
from delivery.pagers import BadWayError, MailMode, PageNotSentError, Pagers, Smtp
from tests.delivery.world import World, effect


class Mailbox:
    """Keeps what a mail server took; refuses everything while `refusing`."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []
        self.refusing = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name there
        """Take one letter."""
        if self.refusing:
            return "451 come back later"
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        letter = message_from_bytes(content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 taken"


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty mailbox."""
    return Mailbox()


@pytest.fixture
def smtp(mailbox: Mailbox, unused_tcp_port: int) -> Iterator[Smtp]:
    """A mail server on this machine, as the settings describe it."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=unused_tcp_port)
    controller.start()
    yield Smtp(host="127.0.0.1", port=unused_tcp_port, sender="tocsin@example.com", mode=MailMode.PLAIN)
    controller.stop()


def page(url: str, **more):
    """A page that leaves outside Slack."""
    words = {"url": url, "ref": "p-7K3Q"}
    return effect("page/1", kind=EffectKind.NOTIFY, place="outside", lane=Lane.PAGE, words=words, **more)


async def test_a_page_reaches_a_mailbox(world: World, mailbox: Mailbox, smtp: Smtp):
    """A page by e-mail arrives with its subject, its words and its sender."""

    world.pagers = Pagers(mail=smtp)
    world.relay = world.new_relay()
    await world.deliver(page("mailto:noor@example.com"))

    ((to, letter),) = mailbox.letters
    body = letter.get_body(("plain",))
    assert ["noor@example.com"] == to
    assert "Page p-7K3Q" == letter["subject"]
    assert "tocsin@example.com" in letter["from"]
    assert body is not None
    assert "You are paged." == body.get_content().strip()
    assert Sent(at=None, rev=1) == world.desk.outcome("incident:17/page/1")


async def test_a_page_needs_no_slack(world: World, mailbox: Mailbox, smtp: Smtp):
    """While Slack no longer knows us, pages outside Slack go on."""

    world.pagers = Pagers(mail=smtp)
    world.relay = world.new_relay()
    world.sandbox.workspace.revoked = True
    await world.deliver(effect("update"))
    await world.deliver(page("mailto:noor@example.com"))

    assert "token_revoked" == world.relay.system_down
    assert 1 == len(mailbox.letters)


async def test_a_refused_page_is_tried_again(world: World, mailbox: Mailbox, smtp: Smtp):
    """A mail server that refuses for now gets the page again later."""

    world.pagers = Pagers(mail=smtp)
    world.relay = world.new_relay()
    mailbox.refusing = True
    await world.deliver(page("mailto:noor@example.com"))
    assert isinstance(world.desk.outcome("incident:17/page/1"), Retry)

    mailbox.refusing = False
    await world.sandbox.advance("1m")

    assert 1 == len(mailbox.letters)


async def test_a_page_no_longer_needed_is_skipped(world: World, mailbox: Mailbox, smtp: Smtp):
    """A page whose incident was acknowledged meanwhile is not sent."""

    world.pagers = Pagers(mail=smtp)
    world.relay = world.new_relay()
    await world.deliver(page("mailto:noor@example.com", view="nothing"))

    assert Skipped() == world.desk.outcome("incident:17/page/1")
    assert [] == mailbox.letters


async def test_a_page_without_a_mail_server_is_dead(world: World):
    """Without a mail server somebody is told at once."""

    await world.deliver(page("mailto:noor@example.com"))

    assert Dead(error="no_mail_server") == world.desk.outcome("incident:17/page/1")


@pytest.mark.parametrize(
    "address",
    [
        "noor@example.com%0D%0ABcc:all@example.com",
        "noor@example.com\r\nBcc: all@example.com",
        "noor@example.com,all@example.com",
        "noor@example.com?cc=all@example.com",
        "noor",
        "",
        "<noor@example.com>",
    ],
)
async def test_only_one_plain_address_gets_a_page(mailbox: Mailbox, smtp: Smtp, address):
    """An address that smuggles headers or other people is refused."""

    with pytest.raises(BadWayError):
        await Pagers(mail=smtp).send(url=f"mailto:{address}", subject="Page", body="x")

    assert [] == mailbox.letters


async def test_a_subject_stays_on_one_line(mailbox: Mailbox, smtp: Smtp):
    """A line break in a subject adds no header."""

    await Pagers(mail=smtp).send(url="mailto:noor@example.com", subject="Page\r\nBcc: all@example.com", body="x")

    ((to, letter),) = mailbox.letters
    assert ["noor@example.com"] == to
    assert "Page Bcc: all@example.com" == letter["subject"]
    assert letter["bcc"] is None


async def test_a_mail_server_that_is_away_is_said(unused_tcp_port):
    """A mail server that does not answer is worth another try."""

    away = Smtp(host="127.0.0.1", port=unused_tcp_port, sender="tocsin@example.com", mode=MailMode.PLAIN)

    with pytest.raises(PageNotSentError):
        await Pagers(mail=away).send(url="mailto:noor@example.com", subject="Page", body="x")


@pytest.mark.parametrize("url", ["nosuchscheme://x", "", "sns://a%0d%0ab"])
async def test_an_address_apprise_does_not_know_is_refused(url):
    """What no notifier understands can never take a page."""

    with pytest.raises(BadWayError):
        await Pagers().send(url=url, subject="Page", body="x")
