"""Signed links: an opaque handle and a mark nobody else can make, in an address people can open."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

PATH = "/ack/"
KEY_NAME = "page links"
"""Under which name the database keeps the key, where no secret is set."""

_PURPOSE = b"tocsin page link 1\x00"
_MARK_BYTES = 16
_HANDLE = 22
_TOKEN = re.compile(r"[A-Za-z0-9_-]{44}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSigner:
    """Makes and reads links under the public address `base`, which ends without a slash; `key` is secret."""

    base: str
    key: bytes = field(repr=False)

    def url(self, handle: str) -> str:
        """Return the address of the link that stands for `handle`, a handle of 22 characters."""
        return f"{self.base}{PATH}{handle}{self._mark(handle)}"

    def handle_in(self, token: str) -> str | None:
        """Return the handle in the last part of a link's address, or None when we did not sign it."""
        if not _TOKEN.fullmatch(token):
            return None
        handle, mark = token[:_HANDLE], token[_HANDLE:]
        return handle if hmac.compare_digest(mark, self._mark(handle)) else None

    def _mark(self, handle: str) -> str:
        digest = hmac.new(self.key, _PURPOSE + handle.encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest[:_MARK_BYTES]).rstrip(b"=").decode()
