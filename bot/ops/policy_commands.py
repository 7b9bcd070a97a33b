"""The commands `tocsin policy check`, `show` and `diff`, for who writes policy and for what runs in a pipeline."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.ops import policies
from bot.ops.exits import FINDING, GOOD, MISUSE, clean, settings_or_stop, stop

policy = typer.Typer(no_args_is_help=True, help="What must happen, as data: check, read, compare, adopt and replay it.")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Folder = Annotated[Path | None, typer.Argument(help="The policy folder; TOCSIN_POLICIES without it.")]
In = Annotated[Path | None, typer.Option("--in", help="The policy folder; TOCSIN_POLICIES without it.")]


@policy.command("check")
def policy_check(
    folder: Folder = None,
    *,
    now: Annotated[str, typer.Option(help="The moment to check at, in ISO 8601; now without it.")] = "",
    runbooks: Annotated[Path | None, typer.Option(help="The runbooks; beside the policy folder without it.")] = None,
    json: Json = False,
) -> None:
    """Say everything that is wrong with a policy, and what wants looking at."""
    with _in_sentences():
        found = policies.check(_folder(folder), today=policies.moment(now), runbooks=runbooks)
    _say(policies.as_json(found) if json else policies.in_lines(found))
    raise typer.Exit(FINDING if found.errors else GOOD)


@policy.command("show")
def policy_show(
    what: Annotated[list[str], typer.Argument(help="A severity (sev1), a type, a role, or anything policy names.")],
    *,
    folder: In = None,
    json: Json = False,
) -> None:
    """Say what policy asks for, in plain words."""
    with _in_sentences():
        told = policies.show(_folder(folder), " ".join(what))
    if isinstance(told, str):
        raise stop(told, code=MISUSE)
    _say(asdict(told) if json else [told.title, *(f"  {line}" for line in told.lines), told.source])


@policy.command("diff")
def policy_diff(
    old: Annotated[Path, typer.Argument(help="The policy folder as it was, or one of its files.")],
    new: Annotated[Path, typer.Argument(help="The folder as it would be, or the file in the place of the other.")],
    *,
    json: Json = False,
) -> None:
    """Say what changes from one policy to another; a finding is a file that changed and kept its version."""
    with _in_sentences():
        found = policies.compare(old, new)
    same = ["Nothing changes."] if not found.changes else []
    kept = [f"{name} changed, and its version was not raised." for name in found.unraised]
    changes = [{**asdict(change), "sentence": str(change)} for change in found.changes]
    _say({"changes": changes, "unraised": found.unraised} if json else [*map(str, found.changes), *same, *kept])
    raise typer.Exit(FINDING if found.unraised else GOOD)


def _folder(given: Path | None) -> Path:
    """Return the folder that was given, else the one the settings name."""
    return given or settings_or_stop().tocsin_policies


def _say(said: Sequence[str] | dict[str, Any]) -> None:
    if isinstance(said, dict):
        Console().print_json(data=said)
        return
    for line in said:
        typer.echo(clean(line))


@contextmanager
def _in_sentences() -> Iterator[None]:
    """Turn what can be wrong with the paths and the words given into a sentence and an exit code."""
    try:
        yield
    except policies.NoPolicyThereError as wrong:
        raise stop(str(wrong), code=FINDING) from wrong
    except OSError as wrong:
        raise stop(f"{wrong.filename} cannot be read: {wrong.strerror}.", code=MISUSE) from wrong
    except ValueError as wrong:
        raise stop(str(wrong), code=MISUSE) from wrong
