"""What a process does once it has started: whatever it holds by then stays, and need not be looked through again."""

import gc


def settle_in() -> None:
    """Spare the garbage collector all that was imported and built so far: it held commands up for a tenth of a second."""
    gc.collect()
    gc.freeze()
