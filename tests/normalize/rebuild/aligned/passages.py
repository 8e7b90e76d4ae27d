"""Passages as they are printed, for the tests of pages without rules."""

from __future__ import annotations

from perftable_etl.document import Box, Word
from perftable_etl.normalize.rebuild.aligned.passages import Passage

EM = 10.0


def passage(text: str, x0: float, y0: float) -> Passage:
    """A text of one line whose characters are an em wide and high."""
    return Passage.of([word(text, x0, y0)])


def word(text: str, x0: float, y0: float) -> Word:
    """The word that such a text is."""
    return Word(text, Box(x0, y0, x0 + EM * len(text), y0 + EM))


def row(y0: float, **texts: float) -> list[Passage]:
    """Texts on one line, each with where it begins."""
    return [passage(text, x0, y0) for text, x0 in texts.items()]
