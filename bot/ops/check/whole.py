"""One check of everything, each part of it for a bounded time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.ops.check.asking import Asking
from bot.ops.check.channels import look_at_channels
from bot.ops.check.database import DATABASE, look_at_database, look_at_spool, seen
from bot.ops.check.finding import Finding, Verdict, fail, warn
from bot.ops.check.people import look_at_people
from bot.ops.check.policy import look_at_policy
from bot.ops.check.setup import Setup
from bot.ops.check.surroundings import (
    look_at_app_home,
    look_at_clock,
    look_at_heartbeat,
    look_at_secrets,
    look_at_ways_in,
)
from bot.ops.check.tokens import BOT, Spoken, look_at_tokens
from bot.ops.check.ways import look_at_ways
from bot.policy.model import Policy
from bot.settings import Settings
from delivery.web_client import open_client, open_session
from storage.looking import Look

PART_S = 12.0
"""Seconds one of the six parts may take: a check always ends within 72."""

MOUNTS = Path("/proc/self/mountinfo")
SLOW = "Check again; if it stays like this, look at the network between here and there."
Told = Callable[[str], None]
T = TypeVar("T")


def mounts() -> str:
    """Return what this machine says of its file systems, "" where it says nothing."""
    return MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""


async def examine(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    manifest: Mapping[str, Any],
    mounts: str,
    dotenv: tuple[str, ...],
    told: Told,
) -> tuple[Finding, ...]:
    """Return everything there is to say of a set-up, in the order it is mended; nothing is changed anywhere.

    `told` hears what is looked at next. `manifest`, `mounts` and `dotenv` are those of `Setup`.
    """
    told("the database")
    database = await _within(asyncio.to_thread(seen, settings), _slow_database())
    known = database if isinstance(database, Look) else None
    told("the policy")
    policy = look_at_policy(settings.tocsin_policies, known, today=now().date())
    setup = Setup(settings=settings, policy=policy.policy, manifest=manifest, mounts=mounts, dotenv=dotenv, now=now)
    slack = await _slack(setup, told)
    told("the ways around Slack")
    return (
        *slack,
        *look_at_database(database, settings, mounts=mounts),
        look_at_spool(settings, mounts=mounts),
        *policy.findings,
        *await _ways(setup),
        look_at_secrets(setup),
        look_at_heartbeat(settings),
    )


def is_good(findings: tuple[Finding, ...]) -> bool:
    """Return whether no incident would go wrong over what was found; warnings are no finding."""
    return all(finding.standing is not Verdict.FAIL for finding in findings)


UNSEEN = warn(
    "Scopes, channels, people, clock",
    "not looked at: that needs a bot token that works, and a policy.",
    "Mend those first, then check again.",
)


async def _slack(setup: Setup, told: Told) -> tuple[Finding, ...]:
    settings = setup.settings
    async with open_session() as session:
        token = settings.slack_bot_token.get_secret_value()
        asking = Asking(open_client(token=token, session=session, base_url=settings.tocsin_slack_api_url))
        told("the tokens")
        silent = Spoken(findings=(fail(BOT, "Slack does not answer in time.", SLOW),), who=None)
        spoken = await _within(look_at_tokens(setup, asking), silent)
        clock = look_at_clock(spoken.who, now=setup.now())
        ways_in = await _within(look_at_ways_in(settings), ())
        found = (*spoken.findings, *ways_in, *clock)
        if spoken.who is None or setup.policy is None:
            return (*found, UNSEEN)
        told("channels and people")
        channels = look_at_channels(setup.policy.channels, asking)
        people = look_at_people(setup.policy, asking, spoken.who, now=setup.now())
        return (
            *found,
            look_at_app_home(setup),
            *await _within(channels, (warn("Channels", "Slack does not answer in time.", SLOW),)),
            *await _within(people, (warn("People", "Slack does not answer in time.", SLOW),)),
        )


async def _ways(setup: Setup) -> tuple[Finding, ...]:
    policy: Policy | None = setup.policy
    if policy is None:
        return ()
    slow = (warn("Mail server", "it does not answer in time.", SLOW),)
    return await _within(look_at_ways(policy.people, setup.settings), slow)


def _slow_database() -> Finding:
    return fail(DATABASE, "DATABASE_URL does not answer in time.", "See that the database is up and within reach.")


async def _within(part: Awaitable[T], otherwise: T) -> T:
    """Return what a part of the check found, `otherwise` when it takes too long."""
    try:
        async with asyncio.timeout(PART_S):
            return await part
    except TimeoutError:
        return otherwise
