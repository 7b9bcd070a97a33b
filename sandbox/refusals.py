"""How the workspace says no: Slack's error names, and the rule broken when a correct app would not have asked."""

from collections.abc import Sequence

from sandbox.rate_limits import Hold
from sandbox.records import Json


class Refusal(Exception):
    """A Web API call answered with `ok: false`.

    `rule` is a sentence when the call is a violation; None when a refusal is normal life (name taken, archived).
    """

    def __init__(
        self, error: str, *, rule: str | None = None, messages: Sequence[str] = (), extra: Json | None = None
    ) -> None:
        """Keep Slack's error name, the rule broken and the lines of `response_metadata.messages`."""
        super().__init__(error)
        self.error = error
        self.rule = rule
        self.messages = tuple(messages)
        self.extra = extra or {}

    def answer(self) -> Json:
        """The JSON body of the refusal."""
        body: Json = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class RateLimited(Refusal):
    """A 429; a violation only when it came inside an earlier Retry-After the app had heard of."""

    def __init__(self, *, retry_after: int, rule: str | None, hold: Hold) -> None:
        """Answer `ratelimited`, with `retry_after` in whole seconds for the header."""
        super().__init__("ratelimited", rule=rule)
        self.retry_after = retry_after
        self.hold = hold


class ActRefused(Exception):
    """What a person asked for cannot be done in Slack; the text is a sentence for them."""


def invalid_arguments(sentence: str) -> Refusal:
    """A malformed call: `invalid_arguments`, with Slack's `[ERROR]` line saying what is wrong."""
    return Refusal("invalid_arguments", rule=f"malformed call: {sentence}", messages=[f"[ERROR] {sentence}"])
