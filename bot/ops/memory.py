"""What a process does with its memory once it has started."""

import gc


def freeze_memory() -> None:
    """Spare the garbage collector all that was imported and built so far: to look through it held commands up."""
    gc.collect()
    gc.freeze()
