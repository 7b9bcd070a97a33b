"""A sandbox on its own, for an app that runs beside it: `python -m sandbox --flowing`."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import aiohttp

from sandbox.mailbox import Mailbox
from sandbox.manifest import load_manifest
from sandbox.page.routes import page_routes
from sandbox.server import Sandbox

_ASK_EVERY_S = 0.5
PORT, MAIL_PORT = 8700, 8725


def main() -> None:
    """Serve a sandbox until interrupted, and say how to connect to it."""
    chosen = _parser().parse_args()
    try:
        asyncio.run(_serve(chosen))
    except OSError as taken:
        _say(f"The sandbox cannot listen: {taken.strerror or taken}. Try --port and --mail-port.")
        sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Slack workspace on your laptop.")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yaml"), help="the app to install")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT, help="0 takes any free port (default: %(default)s)")
    parser.add_argument("--mail-port", type=int, default=MAIL_PORT, help="of its mail server (default: %(default)s)")
    parser.add_argument("--flowing", action="store_true", help="let virtual time run with real time")
    parser.add_argument("--request-url", help="HTTP mode: where the app takes what Slack sends, signed")
    parser.add_argument("--idle-url", help="where the app answers whether it is idle")
    return parser


async def _serve(chosen: argparse.Namespace) -> None:
    sandbox, mailbox = Sandbox(manifest=load_manifest(chosen.manifest), flowing=chosen.flowing), Mailbox()
    sandbox.add_routes(page_routes(sandbox, mailbox=mailbox))
    await mailbox.open(port=chosen.mail_port)
    await sandbox.start(host=chosen.host, port=chosen.port)
    if chosen.idle_url:
        sandbox.register_bot(chosen.idle_url)
    _say(
        f"page       {sandbox.url}/",
        f"control    {sandbox.url}/sandbox/…",
        f"base_url   {sandbox.api_url}",
        f"bot token  {sandbox.bot_token}",
        f"app token  {sandbox.app_token}",
        f"signing    {sandbox.signing_secret}",
        f"mail       127.0.0.1:{mailbox.port}, without TLS",
    )
    stopped = _asked_to_stop()
    asking = asyncio.create_task(_introduce(sandbox, chosen.request_url)) if chosen.request_url else None
    try:
        await stopped.wait()
    finally:
        if asking:
            asking.cancel()
        await sandbox.stop()
        await mailbox.close()


async def _introduce(sandbox: Sandbox, url: str) -> None:
    """Ask `url` as Slack does when it is saved, until the app answers; from then on everything goes there."""
    _say(f"request    waiting for {url}")
    while True:
        if await _answers(sandbox, url):
            break
        await asyncio.sleep(_ASK_EVERY_S)
    _say(f"request    {url} answers: HTTP mode")


async def _answers(sandbox: Sandbox, url: str) -> bool:
    try:
        return await sandbox.deliver_to(url)
    except (aiohttp.ClientError, TimeoutError):
        return False


def _asked_to_stop() -> asyncio.Event:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asked


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
