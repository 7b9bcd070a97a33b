"""Who Tocsin is in its workspace: read once at the start, and never in the way of a command."""

from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient


@dataclass(slots=True, kw_only=True)
class Identity:
    """The bot's user id, bot id and workspace as Slack gave them; None until it did."""

    bot_user_id: str | None = None
    bot_id: str | None = None
    team_id: str | None = None

    async def learn(self, client: AsyncWebClient) -> None:
        """Ask Slack once; raises SlackApiError when it refuses, aiohttp.ClientError when there is no answer."""
        answer = await client.auth_test()
        self.bot_user_id, self.bot_id, self.team_id = answer["user_id"], answer.get("bot_id"), answer["team_id"]

    def authorized(self, token: str | None) -> AuthorizeResult:
        """Return the answer to Bolt's question who may be served: everyone, as far as is known; no call is made."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self.team_id,
            bot_user_id=self.bot_user_id,
            bot_id=self.bot_id,
            bot_token=token,
        )
