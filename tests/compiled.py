"""Statements that are compiled once for all databases of a kind: a test's own database begins with none of its own."""

from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(dict[Any, Any]):
    """Compiled statements by what they say and for which kind of database, whichever engine asked for them first."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what was compiled for any engine of this kind."""
        return super().get(_kind(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep what was compiled for the next engine of this kind."""
        super().__setitem__(_kind(key), value)


SHARED = Compiled()


def share_compiled() -> None:
    """Let every engine of this process look there first: compiling was an eighth of what a story took."""
    if not event.contains(Engine, "engine_connect", _look_there):
        event.listen(Engine, "engine_connect", _look_there)


def _look_there(connection: Connection) -> None:
    connection.execution_options(compiled_cache=SHARED)


def _kind(key: Any) -> Any:
    """Return SQLAlchemy's key with the class of its dialect for the dialect, of which each engine has its own."""
    dialect, *rest = key
    return type(dialect), *rest
