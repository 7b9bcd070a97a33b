"""Where tests log: nowhere, unless one reads what is logged."""

import io

from bot import log


def log_nowhere() -> None:
    """Log where nobody reads; structlog without a configuration draws every failure with colours, for seconds."""
    log.configure(json=True, level="CRITICAL", stream=io.StringIO())
