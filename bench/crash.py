"""What is lost and what is doubled when the bot is killed at every failpoint of an incident's life."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.crashing import NOBODY, Plan, Plant, crashed
from tests.postgres import Postgres, running
from tests.stories.bot_process import FORKING
from tests.stories.lives import Life

DROPS = (0.0, 0.3)
SHORT_EVERY = 6
"""In the short form every so manieth failpoint is struck."""

SHOWN = 8

BROUGHT_FORWARD = frozenset({"LadderSkipped"})
"""What a record may have more of: on PostgreSQL a dead process's page waits for its lease, so the next way goes out
before its step of the ladder, which is then skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where lives are lived: on which database (None is SQLite), with which share of Slack's replies lost."""

    postgres: Postgres | None
    drop: float

    def __str__(self) -> str:
        """Return where it is, in words."""
        return f"{'postgresql' if self.postgres else 'sqlite'}, {self.drop:.0%} of replies lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a life lacks of the one nobody disturbed, and has beyond it; `again` are letters sent twice in doubt."""

    lost: int
    doubled: int
    again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One life with a kill at `failpoint`, and what came of it."""

    stage: Stage
    failpoint: str
    kills: int
    loss: Loss

    @property
    def is_bad(self) -> bool:
        """Return whether anything was lost or doubled."""
        return bool(self.loss.lost or self.loss.doubled)

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.stage}, {self.failpoint}: {self.loss.lost} lost, {self.loss.doubled} doubled"


async def measure(short: bool, plant: Plant | None = None) -> dict[str, object]:  # noqa: FBT001 - benches share one shape
    """Return how much was lost and doubled over every failpoint, on both databases, with and without lost replies.

    With a `plant` the bot has that fault, and the bench ends with the first loss it finds.
    """
    FORKING.set_forkserver_preload(["bench.crashing"])
    trials: list[Trial] = []
    with running() as postgres, tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        for stage in _stages(postgres, short=short or plant is not None):
            trials += await _trials(stage, Path(folder), every=SHORT_EVERY if short else 1, plant=plant)
            if plant and any(trial.is_bad for trial in trials):
                break
    return _figures(trials, has_postgres=postgres is not None)


def _stages(postgres: Postgres | None, *, short: bool) -> Iterator[Stage]:
    for server in (None, postgres) if postgres and not short else (None,):
        for drop in DROPS[:1] if short else DROPS:
            yield Stage(postgres=server, drop=drop)


async def _trials(stage: Stage, folder: Path, *, every: int, plant: Plant | None) -> list[Trial]:
    undisturbed = await _lived(stage, folder, NOBODY)
    trials = []
    for name in sorted(undisturbed.reached)[::every]:
        life = (await _lived(stage, folder, Plan(failpoint=name, plant=plant))).life
        trials.append(Trial(stage=stage, failpoint=name, kills=life.kills, loss=compared(undisturbed.life, life)))
        if plant and trials[-1].is_bad:
            break
    return trials


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A life, and the failpoints that were reached in it."""

    life: Life
    reached: frozenset[str]


async def _lived(stage: Stage, folder: Path, plan: Plan) -> Lived:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        name = stage.postgres.create() if stage.postgres else ""
        url = str(stage.postgres.url(name)) if stage.postgres else f"sqlite:///{own}/tocsin.db"
        try:
            life, reached = await crashed(url, Path(own), plan=plan, drop=stage.drop)
        finally:
            if stage.postgres:
                stage.postgres.drop(name)
    return Lived(life=life, reached=reached)


def compared(undisturbed: Life, life: Life) -> Loss:
    """Return what `life` lacks of the undisturbed one, and has beyond it: messages, members, pins, timers, record.

    Outbox ids are only looked at for standing twice: they name the version that caused them, and a lease may put the
    same events in another order. A page by mail that waited for a lease, and was answered meanwhile, is not lost: its
    row says that it was let go.
    """
    wanted, had = _counted(undisturbed), _counted(life)
    letters, came = _letters(undisturbed), _letters(life)
    missing = len(set(letters) - set(came))
    return Loss(
        lost=(wanted - had).total() + max(missing - life.remains.let_go, 0),
        doubled=(had - wanted).total() + len(set(came) - set(letters)),
        again=(came - letters).total(),
    )


def _counted(life: Life) -> Counter[object]:
    left = life.remains.without_spans()
    twice = left.marks - Counter(set(left.marks))
    record = [event for event in left.record if event not in BROUGHT_FORWARD]
    things: list[object] = [*left.said.elements(), *twice.elements(), *left.timers, *record, *left.undone]
    things += [(room, topic, pins, tuple(members)) for room, (topic, pins, members) in left.rooms.items()]
    things += [("row is replay", left.row_is_replay), ("audit is whole", left.audit_is_whole), *life.violations]
    return Counter(things)


def _letters(life: Life) -> Counter[tuple[object, str]]:
    return Counter((tuple(letter.to), letter.subject) for letter in life.letters)


def _figures(trials: Sequence[Trial], *, has_postgres: bool) -> dict[str, object]:
    bad = [str(trial) for trial in trials if trial.is_bad]
    kills = sum(trial.kills for trial in trials)
    return {
        "failpoints": len({trial.failpoint for trial in trials}),
        "runs": len(trials),
        "kills": kills,
        "lost": sum(trial.loss.lost for trial in trials),
        "doubled": sum(trial.loss.doubled for trial in trials),
        "letters_doubled_in_doubt": sum(trial.loss.again for trial in trials),
        "databases": ["sqlite", "postgresql"] if has_postgres else ["sqlite"],
        "worst": bad[:SHOWN],
        "ok": bool(trials) and kills > 0 and not bad,
    }
