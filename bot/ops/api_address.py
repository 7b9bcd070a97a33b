"""The setting of where Slack's Web API answers: Slack itself, or a sandbox."""

from urllib.parse import urlsplit


def api_address(text: str) -> str:
    """Return the Web API's address with one slash at its end.

    Raises:
        ValueError: it is no address that can be asked.
    """
    if not _can_be_asked(text):
        message = "TOCSIN_SLACK_API_URL must be an address like https://slack.com/api/; leave it out for Slack itself"
        raise ValueError(message)
    return f"{text.rstrip('/')}/"


def _can_be_asked(text: str) -> bool:
    try:
        parts = urlsplit(text)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and not (parts.query or parts.fragment or parts.username)
