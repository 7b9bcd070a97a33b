"""Pages that leave outside Slack: e-mail, SMS and whatever else Apprise can reach."""

import asyncio
import re
import warnings
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote

import apprise

from bot.failpoints import FAILPOINTS

with warnings.catch_warnings():
    # Apprise imports a module of the standard library that Python 3.11 and 3.12 call deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    from apprise.plugins.email import NotifyEmail

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+@[A-Za-z0-9.-]+")


class MailMode(StrEnum):
    """How the connection to the mail server is secured."""

    PLAIN = "insecure"
    STARTTLS = "starttls"
    TLS = "ssl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server of the settings; `user` empty for one that wants no login."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    mode: MailMode = MailMode.STARTTLS


class PageNotSentError(Exception):
    """The way did not take the page now; it is worth trying again."""


class BadWayError(Exception):
    """The way can never take a page: the address is malformed, or there is no mail server."""


class Pagers:
    """Sends pages by URL: `mailto:` through `mail`, everything else as Apprise understands it."""

    def __init__(self, *, mail: Smtp | None = None) -> None:
        self._mail = mail

    async def send(self, *, url: str, subject: str, body: str) -> None:
        """Send one page, in a thread of its own, for Apprise blocks.

        Raises BadWayError when it can never work and PageNotSentError when it did not work now.
        """
        way = self._mail_to(url) if url.lower().startswith("mailto:") else _anything(url)
        title = " ".join(subject.split())
        FAILPOINTS.reach("page by another way, before it is sent")
        taken = await asyncio.to_thread(way.notify, body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
        FAILPOINTS.reach("page by another way, after its answer")
        if not taken:
            message = "the way did not take the page"
            raise PageNotSentError(message)

    def _mail_to(self, url: str) -> apprise.Apprise:
        if self._mail is None:
            message = "there is no mail server"
            raise BadWayError(message)
        address = unquote(url[len("mailto:") :])
        for part in (address, self._mail.sender):
            # A line break in an address would let it add headers of its own.
            if not _ADDRESS.fullmatch(part):
                message = "this is not one e-mail address"
                raise BadWayError(message)
        way = apprise.Apprise()
        way.add(_letter(self._mail, address))
        return way


def _letter(mail: Smtp, address: str) -> NotifyEmail:
    return NotifyEmail(  # type: ignore[no-untyped-call]  # Apprise leaves its plugins untyped
        smtp_host=mail.host,
        host=mail.host,
        port=mail.port,
        user=mail.user or None,
        password=mail.password or None,
        secure_mode=mail.mode.value,
        secure=mail.mode is not MailMode.PLAIN,
        from_addr=mail.sender,
        targets=address,
        format=apprise.NotifyFormat.TEXT,
    )


def _anything(url: str) -> apprise.Apprise:
    way = apprise.Apprise()
    if re.search(r"[\r\n]", unquote(url)) or not way.add(url):
        message = "this is no address a page can go to"
        raise BadWayError(message)
    return way
