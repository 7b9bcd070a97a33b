"""What help says of one verb of /incident."""

from dataclasses import dataclass
from enum import StrEnum


class VerbGroup(StrEnum):
    """What a verb is for, in the order help prints it."""

    START = "Start"
    LEAD = "Lead"
    END = "End"
    READ = "Read"
    KEEP = "Keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb: its `form` as typed after /incident, what it does, who may, an example, and how it is undone."""

    group: VerbGroup
    name: str
    form: str
    effect: str
    who: str
    example: str
    undo: str


ANYONE = "any member of this workspace"
LEADERS = "R and A of policy: commander, SREs"
ANSWERING = "the teams policy mobilises, and who is on call"
CLASSIFIERS = "R and A of classification: Data Engineers, Governance"
