"""Pages that leave outside Slack: e-mail, SMS and whatever else Apprise can reach."""

import asyncio
import logging
import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from urllib.parse import unquote

import apprise

from bot.failpoints import FAILPOINTS

with warnings.catch_warnings():
    # Apprise imports a module of the standard library that Python 3.11 and 3.12 call deprecated.
    warnings.simplefilter("ignore", DeprecationWarning)
    from apprise.plugins.email import NotifyEmail

PATIENCE_S = 10.0
"""Real seconds one way may take; longer counts as a failure, and the next way goes out."""

MOST_AT_ONCE = 16
_CONNECT_S = 6
_LIBRARY = "apprise"

logging.getLogger(_LIBRARY).setLevel(logging.CRITICAL + 1)
# What the library logs holds whole addresses, secrets and all; a failure is told by the outbox instead.

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

    def __init__(self, *, mail: Smtp | None = None, patience: float = PATIENCE_S) -> None:
        self._mail = mail
        self._patience = patience
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="pager")

    async def send(self, *, url: str, subject: str, body: str) -> None:
        """Send one page, in a thread of its own, for Apprise blocks; what has room for no title gets the body alone.

        Raises BadWayError when it can never work and PageNotSentError when it did not work now.
        """
        way = self._mail_to(url) if url.lower().startswith("mailto:") else _anything(url)
        title = " ".join(subject.split()) if any(one.title_maxlen > 0 for one in way) else ""
        sending = asyncio.get_running_loop().run_in_executor(
            self._threads, partial(way.notify, body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
        )
        try:
            taken = await asyncio.wait_for(sending, timeout=self._patience)
        except TimeoutError:
            message = f"the way did not answer within {self._patience:g} s"
            raise PageNotSentError(message) from None
        FAILPOINTS.reach("page by another way, before it is sent")
        FAILPOINTS.reach("page by another way, after its answer")
        if not taken:
            message = "the way did not take the page"
            raise PageNotSentError(message)

    def _mail_to(self, url: str) -> apprise.Apprise:
        if self._mail is None:
            message = "no_mail_server"  # as a code, which the operators are told as it is
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
    letter = NotifyEmail(  # type: ignore[no-untyped-call]  # Apprise leaves its plugins untyped
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
    letter.socket_connect_timeout = _CONNECT_S
    return letter


def _anything(url: str) -> apprise.Apprise:
    way = apprise.Apprise()
    if re.search(r"[\r\n]", unquote(url)) or not way.add(url):
        message = "this is no address a page can go to"
        raise BadWayError(message)
    return way
