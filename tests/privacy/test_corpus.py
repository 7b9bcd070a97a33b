"""The labelled corpus: everything sensitive goes, everything else stays."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.privacy.scrub import SensitiveKind, scrub

CORPUS: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))


def joined(value: str | list[str]) -> str:
    """Join the pieces a text is kept in."""
    return value if isinstance(value, str) else "".join(value)


POSITIVES = [(kind, joined(text), joined(gone)) for kind, text, gone in CORPUS["positives"]]


@pytest.mark.parametrize(("kind", "text", "gone"), POSITIVES)
def test_every_sensitive_text_is_taken_out(kind: str, text: str, gone: str) -> None:
    """What is labelled is in the text, is gone after scrubbing, and is named by its kind."""
    scrubbed = scrub(text)

    assert gone in text
    assert gone not in scrubbed.text
    assert SensitiveKind(kind) in {removal.kind for removal in scrubbed.removed}


@pytest.mark.parametrize("text", CORPUS["negatives"])
def test_nothing_else_is_touched(text: str) -> None:
    """A text that holds nothing sensitive comes back as it was."""
    scrubbed = scrub(text)

    assert (text, ()) == (scrubbed.text, scrubbed.removed)


def test_the_corpus_is_large_enough() -> None:
    """The figures above mean something: 78 positives of every kind, 60 negatives."""
    kinds = {kind for kind, _, _ in POSITIVES}

    assert set(SensitiveKind) == {SensitiveKind(kind) for kind in kinds}
    assert len(POSITIVES) >= 78
    assert len(CORPUS["negatives"]) >= 60
