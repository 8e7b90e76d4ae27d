"""Cells whose text is a picture or drawn in outlines, read by text recognition where that is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from perftable_etl.document import Box, Flaw, LaidOutPage, Page, Word
from perftable_etl.extract.grids import lay_out

ReadParts = Callable[[int, tuple[Box, ...]], tuple[Word, ...]]
"""The words that a page (by its number) shows in some of its parts."""

_SURE = 0.5
"""The confidence of the least certain character of what is text at all: recognition finds some in every ornament."""


def lay_out_drawn(page: Page, read_parts: ReadParts) -> LaidOutPage:
    """A page as lines and grids, with what pictures and drawn shapes in its cells say, as far as that can be read.

    Strokes within such a text are its own, and no rules.
    """
    laid_out = lay_out(page)
    drawn = [flaw for flaw in laid_out.flaws if flaw.kind == "drawn"]
    if not drawn:
        return laid_out
    words = read_parts(page.number, tuple(flaw.place.box for flaw in drawn))
    read = [flaw for flaw in drawn if _is_read(flaw.place.box, words)]
    if not read:
        return laid_out
    parts = [flaw.place.box for flaw in read]
    known = tuple(word for word in words if _lies_in_any(word.box, parts))
    shapes = tuple(shape for shape in page.drawn if not _lies_in_any(shape, parts))
    rules = tuple(rule for rule in page.rules if not _lies_in_any(Box(*rule), parts))
    with_words = lay_out(replace(page, words=(*page.words, *known), rules=rules, drawn=shapes))
    return replace(with_words, flaws=(*with_words.flaws, *(Flaw("drawn_read", flaw.text, flaw.place) for flaw in read)))


def _is_read(part: Box, words: Iterable[Word]) -> bool:
    """Whether recognition is sure of what it reads in a part of the page, and reads something."""
    sure = [(word.confidence or 0.0) >= _SURE for word in words if part.holds(*word.box.middle)]
    return bool(sure) and all(sure)


def _lies_in_any(box: Box, parts: Iterable[Box]) -> bool:
    return any(part.holds(*box.middle) for part in parts)
