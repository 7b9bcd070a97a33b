"""Which links pages carry: signed with the operator's secret, or with a key made once and kept in the database."""

import hashlib

from bot.desk import Desk
from bot.log import get_logger
from bot.settings import Settings
from bot.usecases.signing import LinkSigner

log = get_logger("tocsin.links")


async def signer_of(settings: Settings, desk: Desk) -> LinkSigner | None:
    """Return what signs the links in pages; None, which the log says, where nobody could open them."""
    if not settings.tocsin_public_url or settings.tocsin_http_port is None:
        missing = "TOCSIN_HTTP_PORT" if settings.tocsin_public_url else "TOCSIN_PUBLIC_URL"
        log.warning("links.none", missing=missing, means="pages by e-mail or SMS carry no link to acknowledge by")
        return None
    secret = settings.tocsin_link_secret.get_secret_value()
    key = hashlib.sha256(secret.encode()).digest() if secret else await desk.link_key()
    return LinkSigner(base=settings.tocsin_public_url, key=key)
