"""Settings: the only reader of the environment; secrets come from files first."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

SECRETS_DIR = Path("/run/secrets")
SLACK_API = "https://slack.com/api/"


class Settings(BaseSettings):
    """Everything the operator sets, by environment variable of the same name in capitals.

    A secret may also stand in a file: `/run/secrets/slack_bot_token`. `TOCSIN_`-less names are the field's usual ones.
    """

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
        secrets_dir=SECRETS_DIR if SECRETS_DIR.is_dir() else None,
        frozen=True,
    )

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    database_url: SecretStr = SecretStr("sqlite:///tocsin.db")
    log_retention_days: Annotated[int, Field(ge=90)] = 90
    tocsin_slack_api_url: str = SLACK_API
    tocsin_policies: Path = Path("policies")
    tocsin_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    tocsin_heartbeat_url: SecretStr = SecretStr("")
    tocsin_smtp_host: str = ""
    tocsin_smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    tocsin_smtp_user: str = ""
    tocsin_smtp_password: SecretStr = SecretStr("")
    tocsin_smtp_from: str = ""
    tocsin_smtp_tls: Literal["starttls", "ssl", "insecure"] = "starttls"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings names its arguments
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources in order: what was passed, secret files, the environment, a .env file."""
        return (init_settings, file_secret_settings, env_settings, dotenv_settings)
