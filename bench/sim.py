"""Random people, a random network, virtual hours: afterwards nothing may be lost, doubled, early or unrecorded."""

import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bench.crashing import HastyDesk, Plant
from bot.app import Bot, real_now
from bot.incident.history.apply import replay
from bot.ports import DeliveryState
from delivery.reconcile import opaque
from sandbox.refusals import ActRefused
from tests.stories.company import Cast
from tests.stories.conftest import START
from tests.stories.lives import marks

PEOPLE = ("ada", "noor", "sam", "mia", "lena", "tomas", "iris")
VERBS = (
    "ack", "command", "update Rolling back", "note p99 doubled at 13:50", "sev 1 It spreads",
    "sev 2 The retries hide it", "escalate need database help", "role scribe @sam", "handover @mia", "join",
    "mitigate Rolled back to 2.41", "resolve Pool limit raised", "reopen The errors are back",
    "cancel It was a test run", "merge 1", "retitle Checkout and login fail", "timeline", "summary", "roles", "list",
)  # fmt: skip
LIVES, SHORT_LIVES = 12, 3
ACTS = 60
FAULTY, DECLARING, SETTLING = 0.2, 0.06, 0.8
"""How likely an act is preceded by a fault, is one more declaration, and waits until everything is carried out."""

DECLARES_TO_BEGIN, ENDS_AFTER = 3, timedelta(hours=6)
SHOWN = 8
RECONNECTING = "apps.connections.open"
"""The SDK reconnects in real time, while its limit of one a minute is counted in virtual time: that says nothing."""


class Planted(Cast):
    """A company whose bot may have a fault."""

    plant: Plant | None = None

    def make_bot(self) -> Bot:
        """Make the bot, with its fault."""
        clock = real_now if self.plant is Plant.WALL_CLOCK else self.sandbox.clock.now
        bot = Bot(self.bot_settings(), now=clock)
        if self.plant is Plant.MARK_BEFORE_SEND:
            bot.desk.__class__ = HastyDesk
        return bot


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How one life went: how many faults there were, how many acts, and what is wrong afterwards."""

    faults: int
    commands: int
    wrong: tuple[str, ...]


async def measure(short: bool, plant: Plant | None = None) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return how many faults, commands and violations there were; with a `plant` it ends at a life that shows it."""
    lives: list[Life] = []
    for seed in range(SHORT_LIVES if short or plant else LIVES):
        lives.append(await _lived(seed, plant))
        if plant and lives[-1].wrong:
            break
    wrong = [f"life {seed}: {one}" for seed, life in enumerate(lives) for one in life.wrong]
    return {
        "lives": len(lives),
        "faults": sum(life.faults for life in lives),
        "commands": sum(life.commands for life in lives),
        "violations": len(wrong),
        "worst": wrong[:SHOWN],
        "ok": not wrong,
    }


async def _lived(seed: int, plant: Plant | None) -> Life:
    dice = random.Random(seed)  # nosec B311  (so that a life can be lived again)
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        company = Planted(database=f"sqlite:///{folder}/tocsin.db", started_at=START)
        company.plant = plant
        await company.open()
        try:
            commands, faults = await _live(company, dice)
            await company.sandbox.fault({"reset": True})
            await company.sandbox.advance(ENDS_AFTER)
            return Life(faults=faults, commands=commands, wrong=tuple(_wrong(company)))
        finally:
            await company.close()


async def _live(company: Planted, dice: random.Random) -> tuple[int, int]:
    """Let people do this and that while the network does, too; return how many of each."""
    commands, faults = 0, 0
    for number in range(ACTS):
        if dice.random() < FAULTY:
            await company.sandbox.fault(_fault(dice))
            faults += 1
        commands += await _act(company, _line(number, dice), dice)
        await company.sandbox.advance(timedelta(seconds=dice.choice((0, 5, 40, 170, 600))))
    return commands, faults


def _line(number: int, dice: random.Random) -> str:
    if number < DECLARES_TO_BEGIN or dice.random() < DECLARING:
        return f"/incident declare sev{dice.randint(1, 4)} Service {number} fails"
    return f"/incident {dice.randint(1, DECLARES_TO_BEGIN)} {dice.choice(VERBS)}"


async def _act(company: Planted, text: str, dice: random.Random) -> int:
    """Let somebody type it; return 0 where Slack is down, and nobody can."""
    try:
        await company.types(dice.choice(PEOPLE), text, settle=dice.random() < SETTLING)
    except ActRefused:
        return 0
    return 1


def _fault(dice: random.Random) -> Mapping[str, object]:
    seed = dice.randint(0, 999)
    faults: tuple[Mapping[str, object], ...] = (
        {"drop_reply": 0.3, "seed": seed},
        {"drop_reply": 0.0, "duplicate": 0.2, "seed": seed},
        {"error": {"method": "chat.postMessage", "status": 500, "times": 2}},
        {"error": {"method": "chat.update", "error": "ratelimited", "status": 429, "retry_after": 20, "times": 1}},
        {"disconnect": True},
        {"slack_down": "5m"},
        {"reset": True},
    )
    return dice.choice(faults)


def _wrong(company: Planted) -> Iterator[str]:
    """Return everything that should not be so, in words."""
    broken = [one for one in company.sandbox.workspace.violations if one.where != RECONNECTING]
    yield from (f"{one.rule} ({one.where}): {one.detail}" for one in broken)
    yield from (f"{row.effect.id} was not delivered ({row.state})" for row in company.undone())
    yield from _miscounted(company)
    yield from _misrecorded(company)
    now = company.sandbox.clock.now()
    late = [row for row in company.timers() if row.state == "pending" and row.due_at < now]
    yield from (f"{row.kind} of INC-{row.incident} was due at {row.due_at:%H:%M} and did not run" for row in late)


def _miscounted(company: Planted) -> Iterator[str]:
    """Return messages that stand twice, and those the outbox calls sent that stand nowhere."""
    standing = marks(company)
    yield from (f"{mark} stands {count} times" for mark, count in standing.items() if count > 1)
    with company.store.read() as unit:
        sent = [row for row in unit.outbox.listing(states=(DeliveryState.SENT,)) if row.effect.kind == "post"]
    yield from (
        f"{row.effect.id} is called sent and stands nowhere" for row in sent if not standing[opaque(row.effect.id)]
    )


def _misrecorded(company: Planted) -> Iterator[str]:
    """Return where row and record differ, and whether the record is broken."""
    with company.store.read() as unit:
        for number in sorted(Counter(row.incident for row in company.timers())):
            if unit.incidents.get(number) != replay(unit.audit.events(number)):
                yield f"the row of INC-{number} is not what its record makes of it"
    if not company.audit_is_whole():
        yield "the record does not verify"
