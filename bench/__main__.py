"""`python -m bench NAME`: run one bench and print its figures beside their floor."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bench import ack, crash, declare, newcomer, page, sim, timers
from bench.crashing import Plant
from bot import log

Measure = Callable[[bool], Coroutine[Any, Any, dict[str, object]]]
BENCHES: dict[str, Measure] = {
    "ack": ack.measure,
    "crash": crash.measure,
    "declare": declare.measure,
    "newcomer": newcomer.measure,
    "page": page.measure,
    "sim": sim.measure,
    "timers": timers.measure,
}

PLANTED = {"crash": crash.measure, "sim": sim.measure}
"""Benches that find a fault when one is planted."""


def main() -> int:
    """Run the bench named on the command line; 0 when it is within its bound, 1 when not."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--short", action="store_true", help="fewer rounds")
    parser.add_argument("--plant", type=Plant, choices=list(Plant), help="give the bot this fault (crash only)")
    asked = parser.parse_args()
    if asked.plant and asked.name not in PLANTED:
        parser.error(f"--plant goes with {' or '.join(PLANTED)}")
    log.configure(json=False, level="CRITICAL", stream=sys.stderr)
    measure = partial(PLANTED[asked.name], plant=asked.plant) if asked.plant else BENCHES[asked.name]
    figures = asyncio.run(measure(asked.short))
    lines = (f"{name:24} {value}" for name, value in figures.items())
    sys.stdout.write(json.dumps(figures) + "\n" if asked.json else "\n".join(lines) + "\n")
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
