"""Settings: the only reader of the environment; secrets come from files first."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.ops.api_address import api_address
from bot.ops.public_address import hard_to_guess, public_address

SECRETS_DIR = Path("/run/secrets")
SLACK_API = "https://slack.com/api/"


class NamedFiles(PydanticBaseSettingsSource):
    """Secrets whose file the environment names: `SLACK_BOT_TOKEN_FILE=/vault/token`."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return what stands in the field's file, without the line's end; None where no file is named."""
        named = os.environ.get(f"{field_name.upper()}_FILE") if field.annotation is SecretStr else None
        try:
            found = Path(named).read_text(encoding="utf-8").strip() if named else None
        except (OSError, ValueError) as problem:
            message = f"{field_name.upper()}_FILE names a file that cannot be read: {type(problem).__name__}"
            raise SecretFileError(message) from problem
        return found, field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return every secret whose file is named."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: secret for name, secret in found.items() if secret is not None}


def secrets_in_dotenv() -> tuple[str, ...]:
    """Return the names of the secrets that stand in the .env file of the folder Tocsin is started in."""
    kept = {name.upper() for name, secret in dotenv_values(Path(".env")).items() if secret}
    secret = (name.upper() for name, field in Settings.model_fields.items() if field.annotation is SecretStr)
    return tuple(name for name in secret if name in kept)


class SecretFileError(Exception):
    """A file that should hold a secret cannot be read; the message says which setting named it."""


class Settings(BaseSettings):
    """Everything the operator sets, by environment variable of the same name in capitals.

    A secret may also stand in a file: `/run/secrets/slack_bot_token`, or the one that `SLACK_BOT_TOKEN_FILE` names.
    `TOCSIN_`-less names are the field's usual ones.
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
    tocsin_http_host: str = "127.0.0.1"
    tocsin_public_url: Annotated[str, AfterValidator(public_address)] = ""
    tocsin_link_secret: Annotated[SecretStr, AfterValidator(hard_to_guess)] = SecretStr("")
    tocsin_http_port: Annotated[int | None, Field(ge=0, le=65535)] = None
    database_url: SecretStr = SecretStr("sqlite:///tocsin.db")
    log_retention_days: Annotated[int, Field(ge=90)] = 90
    tocsin_slack_api_url: Annotated[str, AfterValidator(api_address)] = SLACK_API
    tocsin_policies: Path = Path("policies")
    tocsin_spool_dir: Path | None = None
    tocsin_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    tocsin_heartbeat_url: SecretStr = SecretStr("")
    tocsin_smtp_host: str = ""
    tocsin_smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    tocsin_smtp_user: str = ""
    tocsin_smtp_password: SecretStr = SecretStr("")
    tocsin_smtp_from: str = ""
    tocsin_smtp_tls: Literal["starttls", "ssl", "insecure"] = "starttls"
    dyno: str = ""
    """Set by Heroku, whose disk forgets everything once a day."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources in order: what was passed, secret files, the environment, a .env file."""
        return (init_settings, NamedFiles(settings_cls), file_secret_settings, env_settings, dotenv_settings)
