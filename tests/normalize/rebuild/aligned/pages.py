"""Stacked pages written by hand: text at a place, ten points high, lines fifteen points apart."""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.document import Box, Page, Place, Word
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Floor, Passage, StackedPages

EM = 10.0
PITCH = 15.0


def width(text: str) -> float:
    """How wide a text is set: Han characters one em, others half of it."""
    return EM * sum(0.5 if character.isascii() else 1.0 for character in text)


def passage(text: str, x: float, line: float, page: int = 1) -> Passage:
    """A text that begins at `x`, on a line of the stack counted from 0; half lines are between two."""
    top = line * PITCH
    place = Place(page, Box(x, top, x + width(text), top + EM))
    return Passage(text, x, x + width(text), top, top + EM, ((text, place),))


def stacked(words: Iterable[Passage] = (), floors: Iterable[Floor] = ()) -> StackedPages:
    return StackedPages(tuple(words), tuple(floors), EM, PITCH)


def word(text: str, x: float, line: float) -> Word:
    return Word(text, Box(x, line * PITCH, x + width(text), line * PITCH + EM))


def page(words: Iterable[Word], number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, tuple(words), ())
