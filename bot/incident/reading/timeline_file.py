"""The timeline as a file: every entry up to one place, with what is known of the record when it is written."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.reading.picture import Picture
from bot.incident.reading.readings import RecordCheck
from bot.incident.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry: when it happened, and what it tells."""

    at: datetime
    line: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFile:
    """What the file of one incident holds, in order; `leaf` is the hash of the last entry's leaf, hex (G7.1).

    `whole` is False where title and people's words stay out (a private incident read outside its channel); `members_of`
    is the Slack channel its reader must still be in, empty where that does not matter.
    """

    picture: Picture
    entries: tuple[Told, ...]
    checked: RecordCheck
    checked_at: datetime
    leaf: str
    whole: bool
    members_of: str = ""
