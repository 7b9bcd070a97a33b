"""The classification file: how an incident of each level is handled (G6.1, G6.3, S9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.policy.model import PolicyFile
from bot.policy.reading import Kind, Reading
from bot.policy.rulebook import Family, Level, Readers
from bot.policy.sheet import HEAD, read_head
from bot.policy.source import Spot
from bot.words import Classification, Severity

FILE = "classification.yaml"

_LEVEL = ("means", "read_by", "private", "encrypted", "outside_models", "keep")
_MODELS = re.compile(r"allowed|with_approval")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationFile:
    """What the classification file says."""

    head: PolicyFile
    levels: Mapping[Classification, Level]


def read_classification(*, reading: Reading, root: Spot) -> ClassificationFile:
    """Return what the classification file at `root` says; mistakes are noted in `reading`."""
    at = reading.fields(root, required=(*HEAD, "levels"))
    levels = reading.fields(at.get("levels"), required=tuple(Classification))
    return ClassificationFile(
        head=read_head(reading=reading, name=FILE, at=at),
        levels={level: _level(reading, levels.get(level)) for level in Classification},
    )


def _level(reading: Reading, spot: Spot | None) -> Level:
    at = reading.fields(spot, required=_LEVEL, optional=("also_read_by", "least_for", "severity_floor"))
    return Level(
        means=reading.text(at.get("means")),
        read_by=reading.word(at.get("read_by"), kind=Readers),
        also_read_by=reading.names(at["also_read_by"], kind=Kind.GROUP) if "also_read_by" in at else (),
        private=reading.flag(at.get("private")),
        encrypted=reading.flag(at.get("encrypted")),
        outside_models=reading.matching(
            at.get("outside_models"), shape=_MODELS, allowed="allowed, or with_approval (a recorded one, from Legal)"
        ),
        keep=reading.duration(at.get("keep")),
        least_for=reading.words(at["least_for"], kind=Family) if "least_for" in at else (),
        severity_floor=reading.word(at["severity_floor"], kind=Severity) if "severity_floor" in at else None,
    )
