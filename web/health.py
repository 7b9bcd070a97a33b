"""Whether Tocsin is well: alive, ready to be asked, and how that is found out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.log import get_logger

log = get_logger(__name__)

PATIENCE_S = 2.0
"""How long one check may take; longer is not well."""

Check = Callable[[], Awaitable[bool]]


@dataclass(slots=True, kw_only=True)
class Health:
    """What must be well for Tocsin to be ready: `checks` by name. One that raises one of `failures` is not well."""

    checks: Mapping[str, Check]
    failures: tuple[type[Exception], ...] = (OSError, TimeoutError)
    closing: bool = False
    patience: float = PATIENCE_S
    _known: dict[str, bool] = field(default_factory=dict)

    async def unwell(self) -> list[str]:
        """Return the names of what is not well, in order; the log hears of each change."""
        results = await asyncio.gather(*(self._passes(check) for check in self.checks.values()))
        found = dict(zip(self.checks, results, strict=True))
        for name, well in found.items():
            if self._known.get(name, True) != well:
                log.warning("health.changed", check=name, well=well)
        self._known = found
        return [*(["running"] if self.closing else []), *(name for name, well in found.items() if not well)]

    async def _passes(self, check: Check) -> bool:
        try:
            return await asyncio.wait_for(check(), timeout=self.patience)
        except self.failures:
            return False
