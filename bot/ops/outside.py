"""What the settings say of the ways out: the mail server, and where private answers may go."""

from urllib.parse import urlsplit

from bot.settings import SLACK_API, Settings
from delivery.pagers import MailMode, Smtp
from delivery.responses import SLACK_ANSWERS


def mail_server(settings: Settings) -> Smtp | None:
    """Return the mail server of the settings, None where there is none."""
    if not settings.tocsin_smtp_host:
        return None
    return Smtp(
        host=settings.tocsin_smtp_host,
        port=settings.tocsin_smtp_port,
        sender=settings.tocsin_smtp_from,
        user=settings.tocsin_smtp_user,
        password=settings.tocsin_smtp_password.get_secret_value(),
        mode=MailMode(settings.tocsin_smtp_tls),
    )


def answers_at(api_url: str) -> str:
    """Return where private answers may go: Slack's own host, or the host of another Web API (the sandbox)."""
    if api_url == SLACK_API:
        return SLACK_ANSWERS
    parts = urlsplit(api_url)
    return f"{parts.scheme}://{parts.netloc}"
