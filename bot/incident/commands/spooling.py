"""What is known of a declaration that was written down while the database did not answer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A declaration's place in the spool: `ref` is the short id people were told ("D-3F7K"), `at` when it was made."""

    ref: str
    at: datetime
