"""Logging: one scrubbed JSON line per event, the standard library's loggers included."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.privacy.kinds import MARKERS, SensitiveKind
from bot.privacy.scrub import scrub

_SECRET_WORDS = (
    "token", "password", "passwd", "passphrase", "secret", "authorization", "cookie", "credential",
    "api_key", "apikey", "private_key",
)  # fmt: skip
_PLAIN_KEYS = frozenset({"incident", "actor", "request_id", "seq", "outbox_id", "ts", "channel", "at"})
_PLAIN_ENDINGS = ("_at", "_id")
_DEEPEST = 8

_ENRICHED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    structlog.processors.StackInfoRenderer(),
)


def configure(*, json: bool = True, level: str = "INFO", stream: TextIO) -> None:
    """Send every log event of the process to `stream`, scrubbed, one line each.

    `json` false writes `key=value` pairs instead, for a terminal; values are quoted, so that
    neither a newline nor an escape sequence gets through. `level` is a name of the standard
    library's. Handlers that libraries put on their own loggers are removed: nothing may bypass
    the scrubber (G6.2). Raises ValueError for an unknown level.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(json=json))
    _route_standard_library(handler, level=level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *_ENRICHED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger called `name`; events logged through it take keyword arguments."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def scrub_event(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """Scrub an event as structlog's last processor before rendering (G6.2).

    Ids and times of Tocsin's own (`incident`, `ts`, `…_at`, `…_id`) stay as they are; the value
    under a key that names a secret goes wholly; every other text is scrubbed, however deep.
    """
    return {_key(key): _value(key, value, depth=0) for key, value in event_dict.items()}


def _formatter(*, json: bool) -> logging.Formatter:
    first = ["at", "level", "logger", "event"]
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=True)
        if json
        else structlog.processors.KeyValueRenderer(key_order=first, drop_missing=True)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_ENRICHED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            scrub_event,
            render,
        ],
    )


def _route_standard_library(handler: logging.Handler, *, level: str) -> None:
    for name in tuple(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(level.upper())
    logging.getLogger("apscheduler").setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))


def _key(key: object) -> str:
    """A key is written bare on a terminal, so what cannot be printed is replaced in it."""
    text = str(key)
    if text.isidentifier():
        return text
    return "".join(char if char.isprintable() else "\ufffd" for char in scrub(text).text)


def _value(key: object, value: object, *, depth: int) -> Any:  # noqa: ANN401
    name = str(key).lower().replace("-", "_")
    if value is not None and any(word in name for word in _SECRET_WORDS):
        return MARKERS[SensitiveKind.SECRET]
    if isinstance(value, str) and (name in _PLAIN_KEYS or name.endswith(_PLAIN_ENDINGS)):
        return value
    return _scrubbed(value, depth=depth)


def _scrubbed(value: object, *, depth: int) -> Any:  # noqa: ANN401
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return scrub(value).text
        case bytes():
            return scrub(value.decode("utf-8", "replace")).text
        case date():
            return value.isoformat()
        case Mapping() if depth < _DEEPEST:
            return {_key(key): _value(key, each, depth=depth + 1) for key, each in value.items()}
        case list() | tuple() | set() | frozenset() if depth < _DEEPEST:
            return [_scrubbed(each, depth=depth + 1) for each in value]
        case _:
            return scrub(repr(value)).text
