"""Passages as they are printed, for the tests of pages without rules."""

from __future__ import annotations

from perftable_etl.document import Box, Place
from perftable_etl.normalize.rebuild.aligned.passages import Passage

EM = 10.0


def passage(text: str, x0: float, y0: float) -> Passage:
    """A text of one line whose characters are an em wide and high."""
    box = Box(x0, y0, x0 + EM * len(text), y0 + EM)
    return Passage(text, box, Place(1, box))


def row(y0: float, **texts: float) -> list[Passage]:
    """Texts on one line, each with where it begins."""
    return [passage(text, x0, y0) for text, x0 in texts.items()]
