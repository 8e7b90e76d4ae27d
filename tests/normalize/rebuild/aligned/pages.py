"""Stacked pages written by hand: text at a place, ten points high, lines fifteen points apart."""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.document import Box, Page, Place, Word
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.passages import Passage, line_of
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Floor, Run, StackedPages
from tests.normalize.reader import VOCABULARY

EM = 10.0
PITCH = 15.0


def width(text: str) -> float:
    """How wide a text is set: Han characters one em, others half of it."""
    return EM * sum(0.5 if character.isascii() else 1.0 for character in text)


def run(text: str, x: float, line: float, page: int = 1) -> Run:
    """A text that begins at `x`, on a line of the stack counted from 0; half lines are between two."""
    top = line * PITCH
    return Run(text, Place(page, Box(x, top, x + width(text), top + EM)), x, x + width(text), top, top + EM)


def passage(text: str, x: float, line: float, page: int = 1) -> Passage:
    return line_of([run(text, x, line, page)])


def label(text: str, x: float, line: float) -> Label:
    printed = run(text, x, line)
    return Label(line_of([printed]), VOCABULARY.meaning(text), frozenset({printed}))


def stacked(runs: Iterable[Run] = (), floors: Iterable[Floor] = ()) -> StackedPages:
    return StackedPages(tuple(runs), tuple(floors), EM, PITCH)


def word(text: str, x: float, line: float) -> Word:
    return Word(text, Box(x, line * PITCH, x + width(text), line * PITCH + EM))


def page(words: Iterable[Word], number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, tuple(words), ())
