"""How a command at the shell ends: its exit code, with sentences on stderr when it cannot go on."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typer import Exit, echo

from bot.settings import SecretFileError, Settings

GOOD, FINDING, MISUSE = 0, 1, 2


def stop(message: str, *, code: int = FINDING) -> Exit:
    """Print `message` to stderr, line by line and without control characters, and return the exit to raise."""
    for line in message.splitlines():
        echo(clean(line), err=True)
    return Exit(code)


def clean(line: str) -> str:
    """Return `line` without control characters: an escape sequence must not reach a terminal."""
    return "".join(letter for letter in line if letter.isprintable())


def _wrong(error: ErrorDetails) -> str:
    """Return which setting is wrong and what it may be, in our words where we have some."""
    name = ".".join(map(str, error["loc"])).upper()
    context = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return f"{context['error']}."
        case "int_parsing":
            return f"{name} must be a whole number."
        case "greater_than_equal":
            return f"{name} must be {context['ge']} or more."
        case "less_than_equal":
            return f"{name} must be {context['le']} or less."
        case "literal_error":
            return f"{name} must be {context['expected'].replace(chr(39), '')}."
        case _:
            return f"{name}: {error['msg']}."


def settings_or_stop() -> Settings:
    """Return the settings, or stop with a sentence for each that is wrong; what was given is never printed.

    Raises:
        Exit: a setting is wrong, or names a file that cannot be read.
    """
    try:
        return Settings()
    except ValidationError as wrong:
        raise stop("\n".join(map(_wrong, wrong.errors(include_input=False))), code=MISUSE) from None
    except SecretFileError as wrong:
        raise stop(f"{wrong}.", code=MISUSE) from None
