"""Settings of the links in pages: the address at which people reach Tocsin, and a secret that is one."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

SHORTEST_SECRET = 32

_ALLOWED = "an address like https://tocsin.example.com, without a question mark, a # or a password"


def public_address(text: str) -> str:
    """Return the public address without a slash at its end; "" stays so.

    Raises:
        ValueError: it is no address, or people would come without TLS from beyond this machine.
    """
    if not text:
        return ""
    parts = urlsplit(text)
    host = parts.hostname or ""
    plain = parts.scheme == "http" and _is_here(host)
    if not host or parts.query or parts.fragment or parts.username or not (plain or parts.scheme == "https"):
        message = f"TOCSIN_PUBLIC_URL must be {_ALLOWED}"
        raise ValueError(message)
    return text.rstrip("/")


def _is_here(host: str) -> bool:
    """Return whether `host` is this machine, where no TLS is needed."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def hard_to_guess(secret: SecretStr) -> SecretStr:
    """Return the secret as it is, or none at all; ValueError for one that can be guessed."""
    if 0 < len(secret.get_secret_value()) < SHORTEST_SECRET:
        message = f"TOCSIN_LINK_SECRET must have at least {SHORTEST_SECRET} characters; leave it out and one is made"
        raise ValueError(message)
    return secret
