"""Pages made by hand, to test geometry without any PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftable_etl.document import Box, Page, Rule, Word

Span = tuple[float, float, float, float]


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    """A word whose left upper corner is at (x, y), its characters as wide as high."""
    return Word(text, Box(x, y, x + len(text) * size, y + size))


def horizontal(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def vertical(x: float, y0: float, y1: float) -> Rule:
    return Rule(x, y0, x, y1)


def lattice(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """The rules of a table in which no cells are merged."""
    across = [horizontal(y, xs[0], xs[-1]) for y in ys]
    return across + [vertical(x, ys[0], ys[-1]) for x in xs]


def page(rules: Iterable[Rule], words: Iterable[Word] = ()) -> Page:
    return Page(1, 600, 800, tuple(words), tuple(rules))
