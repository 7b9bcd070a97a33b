"""By which ways Slack reaches Tocsin: what is set decides, and what cannot work is said."""

from bot.settings import Settings
from handlers.sockets import TokenProblem

_PAGE = "https://api.slack.com/apps (Basic Information, App Credentials)"


def has_socket_mode(settings: Settings) -> bool:
    """Return whether Tocsin connects to Slack: an app token is set, or nothing else would let Slack in."""
    return bool(settings.slack_app_token.get_secret_value()) or not has_request_url(settings)


def has_request_url(settings: Settings) -> bool:
    """Return whether Slack connects to Tocsin: a signing secret and a port are set."""
    return bool(settings.slack_signing_secret.get_secret_value()) and settings.tocsin_http_port is not None


def has_half_of_http(settings: Settings) -> bool:
    """Return whether HTTP mode lacks its secret or its port, and no app token makes up for it."""
    halves = (bool(settings.slack_signing_secret.get_secret_value()), settings.tocsin_http_port is not None)
    return any(halves) and not all(halves) and not settings.slack_app_token.get_secret_value()


def check_ways_in(settings: Settings) -> None:
    """Refuse settings by which Slack cannot come in; TokenProblem says which, and what to set."""
    if not has_half_of_http(settings):
        return
    if settings.slack_signing_secret.get_secret_value():
        message = (
            "SLACK_APP_TOKEN is missing for Socket Mode, and TOCSIN_HTTP_PORT for HTTP mode. For Socket Mode make one "
            "at https://api.slack.com/apps (Basic Information, App-Level Tokens); for HTTP mode set the port beside "
            "SLACK_SIGNING_SECRET."
        )
    else:
        message = (
            "SLACK_APP_TOKEN is missing for Socket Mode, and SLACK_SIGNING_SECRET for HTTP mode: without it nothing "
            "that comes to TOCSIN_HTTP_PORT is Slack's. "
            f"Copy it from {_PAGE}, or set SLACK_APP_TOKEN, made there under App-Level Tokens."
        )
    raise TokenProblem(message)
