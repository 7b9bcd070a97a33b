"""The command `tocsin manifest`: the Slack app to paste into Slack's page."""

from typing import Annotated

import typer

from bot.ops.exits import MISUSE, stop
from bot.ops.manifests import MANIFEST, over_http, shipped, written


def manifest(
    *,
    http: Annotated[str, typer.Option(help="For HTTP mode: where Slack reaches Tocsin, https://your.host")] = "",
) -> None:
    """Print the Slack app's manifest: for Socket Mode, or for HTTP with its request URLs."""
    if not MANIFEST.exists():
        raise stop(f"There is no {MANIFEST}. It comes with Tocsin's repository.")
    if not http:
        typer.echo(MANIFEST.read_text(encoding="utf-8"), nl=False)
        return
    try:
        typer.echo(written(over_http(shipped(), address=http)), nl=False)
    except ValueError as wrong:
        raise stop(str(wrong), code=MISUSE) from wrong
