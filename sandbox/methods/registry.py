"""How a Web API method is written down: its name, its scopes, its token, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sandbox.records import Json
from sandbox.refusals import invalid_arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


class TokenKind(StrEnum):
    """Which token a method takes."""

    BOT = "bot"
    APP = "app"
    NONE = "none"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The arguments of one call, however they were encoded, and the token it came with."""

    method: str
    args: Mapping[str, Any]
    token: str = ""

    def text(self, name: str) -> str:
        """A string argument; empty when absent."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """A string argument that must be there; `invalid_arguments` without it."""
        value = self.text(name)
        if not value:
            sentence = f"missing required field: {name}"
            raise invalid_arguments(sentence)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean argument, as JSON or as a form writes it."""
        value = self.args.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in ("1", "true")

    def number(self, name: str, *, default: int) -> int:
        """A whole-number argument; `invalid_arguments` when it is something else."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            sentence = f"{name} must be an integer"
            raise invalid_arguments(sentence) from None

    def names(self, name: str) -> list[str]:
        """A list argument, as JSON or comma-separated."""
        value = self.args.get(name)
        if isinstance(value, (list, tuple)):
            return [str(entry) for entry in value]
        return [entry.strip() for entry in str(value or "").split(",") if entry.strip()]


Run = Callable[["Workspace", Call], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebMethod:
    """One method: any of `scopes` is enough; `run` answers or raises Refusal."""

    name: str
    run: Run
    scopes: tuple[str, ...]
    token: TokenKind


METHODS: dict[str, WebMethod] = {}


def web_method(name: str, *, scopes: tuple[str, ...] = (), token: TokenKind = TokenKind.BOT) -> Callable[[Run], Run]:
    """Register the decorated function as the Web API method `name`."""

    def register(run: Run) -> Run:
        METHODS[name] = WebMethod(name=name, run=run, scopes=scopes, token=token)
        return run

    return register
