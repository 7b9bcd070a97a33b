"""A sandbox on its own: `python -m sandbox --manifest manifest.yaml --port 8700`."""

import argparse
import asyncio
import sys
from pathlib import Path

from sandbox.manifest import load_manifest
from sandbox.server import Sandbox


def main() -> None:
    """Serve a sandbox until interrupted, and say how to connect to it."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Slack workspace on your laptop.")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yaml"), help="the app to install")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8700, help="0 takes any free port")
    parser.add_argument("--flowing", action="store_true", help="let virtual time run with real time")
    parser.add_argument("--idle-url", help="where the bot answers whether it is idle")
    chosen = parser.parse_args()
    try:
        asyncio.run(_serve(chosen))
    except KeyboardInterrupt:
        sys.exit(0)


async def _serve(chosen: argparse.Namespace) -> None:
    sandbox = Sandbox(manifest=load_manifest(chosen.manifest), flowing=chosen.flowing)
    await sandbox.start(host=chosen.host, port=chosen.port)
    if chosen.idle_url:
        sandbox.register_bot(chosen.idle_url)
    lines = (
        f"sandbox    {sandbox.url}/sandbox/",
        f"base_url   {sandbox.api_url}",
        f"bot token  {sandbox.bot_token}",
        f"app token  {sandbox.app_token}",
        f"signing    {sandbox.signing_secret}",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    main()
