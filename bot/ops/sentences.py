"""What can be wrong with a command's surroundings, as sentences and exit codes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.ops.existing import BROKEN, BROKEN_MEND, NoDatabaseError
from bot.ops.exits import MISUSE, stop
from bot.policy.errors import PolicyRejected
from bot.ports import StoreAwayError
from bot.usecases.world import NoPolicyError
from handlers.sockets import TokenProblem
from storage.away import is_broken
from storage.backing_up import BackupProblem
from storage.locks import DatabaseInUseError
from storage.schema import NewerSchemaError
from web.server import PortProblem

PROBLEMS = (
    PortProblem,
    TokenProblem,
    DatabaseInUseError,
    PolicyRejected,
    NoPolicyError,
    NoDatabaseError,
    BackupProblem,
    NewerSchemaError,
)
"""What says itself what is wrong."""


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn what can be wrong with the surroundings into a sentence and an exit code."""
    try:
        yield
    except PROBLEMS as problem:
        raise stop(str(problem)) from problem
    except ConnectionResetError as problem:
        raise stop("The bot stopped before it answered. Look with `tocsin status` before trying again.") from problem
    except OSError as problem:
        raise stop(f"The database or its folder cannot be used: {problem.strerror or problem}.") from problem
    except (StoreAwayError, SQLAlchemyError) as problem:
        raise stop(_unanswered(problem)) from problem
    except ValueError as problem:
        raise stop(str(problem).splitlines()[0], code=MISUSE) from problem


def _unanswered(problem: StoreAwayError | SQLAlchemyError) -> str:
    if is_broken(problem) or is_broken(problem.__cause__):
        return f"{BROKEN} {BROKEN_MEND}"
    why = str(problem) if isinstance(problem, StoreAwayError) else type(problem).__name__
    return f"DATABASE_URL does not answer ({why}). Is it right, and is it up?"
