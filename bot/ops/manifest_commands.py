"""The command `tocsin manifest`: the Slack app to paste into Slack's page."""

from json import dumps
from typing import Annotated

import typer

from bot.ops.exits import MISUSE, stop
from bot.ops.manifests import MANIFEST, over_http, shipped, written


def manifest(
    *,
    http: Annotated[str, typer.Option(help="For HTTP mode: where Slack reaches Tocsin, https://your.host")] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, as Slack's own command line wants it.")
    ] = False,
) -> None:
    """Print the Slack app's manifest: for Socket Mode, or for HTTP with its request URLs."""
    if not MANIFEST.exists():
        raise stop(f"There is no {MANIFEST}. It comes with Tocsin's repository.")
    try:
        made = over_http(shipped(), address=http) if http else shipped()
    except ValueError as wrong:
        raise stop(str(wrong), code=MISUSE) from wrong
    if json:
        typer.echo(dumps(made, indent=2))
    else:
        typer.echo(written(made) if http else MANIFEST.read_text(encoding="utf-8"), nl=False)
