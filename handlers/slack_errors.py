"""What Slack said when it refused a call."""

from collections.abc import Mapping

from slack_sdk.errors import SlackApiError


def refusal_of(error: SlackApiError) -> str:
    """Return Slack's own name for a refusal, or "http_503" for an answer that is none of its API's.

    While Slack is away, what answers in its place sends a page of text, which the SDK cannot look into.
    """
    answered = error.response.data
    if isinstance(answered, Mapping) and answered.get("error"):
        return str(answered["error"])
    return f"http_{error.response.status_code}"
