"""Pictures and drawn shapes that stand where a cell has its text: a character or a whole text that is no text.

Text is set in lines. What is as high as a line and stands on one, right beside its text, is a character of it; what
stands alone in a cell is all that the cell says. Seals, charts and lines through blank cells are larger than that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.document import Box, Cell, Flaw, Grid, Page, Place, Word

_BESIDE = 0.6
"""Of a text's height: a character stands no further from the next."""

_LINE = (0.4, 1.6)
"""Of a text's height: how high characters are, the small and the large."""

_ALONE = (4.0, 30.0)
"""Points. How high a line of text is, the smallest and the largest."""

_STROKES = 0.4
"""Of the height of shapes: how far from them a level stroke stands that is of the same characters."""

_WIDTH = 1.2
"""Points. Strokes and the halves of rules are narrower."""

_FILLS = 0.9
"""Of a blank cell: a shape as wide and as high is its ground, or a line through it."""

_MOST = 400
"""Shapes of one cell that are looked at: there are drawings of 100,000."""


def drawn_in(grid: Grid, page: Page) -> Iterator[Flaw]:
    """The cells of a grid in which a picture or a drawn shape stands where text may, each once."""
    shapes = sorted((box for box in page.drawn if _ALONE[0] <= box.y1 - box.y0 <= _ALONE[1]), key=_top)
    if not shapes:
        return
    tops = [shape.y0 for shape in shapes]
    for cell in grid.cells:
        box = cell.place.box
        inside = [
            shape for shape in shapes[bisect_left(tops, box.y0) : bisect_right(tops, box.y1)] if _holds(box, shape)
        ]
        if inside and _stands_for_text(cell, inside, page.words):
            part = _around(Box.around(inside), box) if cell.text else _inside(box)
            yield Flaw("drawn", cell.text, Place(page.number, part))


def _around(shapes: Box, cell: Box) -> Box:
    """Shapes with the strokes that belong to them, as the level one of ≥ does, within their cell."""
    x0, y0, x1, y1 = shapes
    near, within = _STROKES * (y1 - y0), _inside(cell)
    return Box(x0, max(y0 - near, min(y0, within.y0)), x1, min(y1 + near, max(y1, within.y1)))


def _inside(cell: Box) -> Box:
    """A cell without its rules."""
    return Box(cell.x0 + _WIDTH, cell.y0 + _WIDTH, cell.x1 - _WIDTH, cell.y1 - _WIDTH)


def _top(box: Box) -> float:
    return box.y0


def _holds(cell: Box, shape: Box) -> bool:
    """Whether all of a shape lies within a cell and off its rules."""
    return cell.x0 < shape.x0 and shape.x1 < cell.x1 and cell.y0 < shape.y0 and shape.y1 < cell.y1


def _stands_for_text(cell: Cell, shapes: Sequence[Box], words: Iterable[Word]) -> bool:
    box = cell.place.box
    if not cell.text:
        return not any(_fills(box, shape) for shape in shapes)
    own = [word.box for word in words if box.holds(*word.box.middle)]
    return any(_is_beside(shape, own) for shape in shapes[:_MOST])


def _is_beside(shape: Box, texts: Sequence[Box]) -> bool:
    """Whether a shape goes on with one of a cell's texts, and lies on none."""
    return any(_continues(text, shape) for text in texts) and not any(_meets(shape, text) for text in texts)


def _fills(cell: Box, shape: Box) -> bool:
    wide, high = (shape.x1 - shape.x0) / (cell.x1 - cell.x0), (shape.y1 - shape.y0) / (cell.y1 - cell.y0)
    return wide > _FILLS and high > _FILLS


def _continues(text: Box, shape: Box) -> bool:
    """Whether a shape as high as a character stands on the line of a text, right before or behind it."""
    high = text.y1 - text.y0
    gap = max(shape.x0 - text.x1, text.x0 - shape.x1)
    is_level = text.y0 <= shape.middle[1] <= text.y1
    return is_level and gap <= _BESIDE * high and _LINE[0] * high <= shape.y1 - shape.y0 <= _LINE[1] * high


def _meets(shape: Box, text: Box) -> bool:
    """Whether a shape lies below or over a text."""
    across, down = shape.shared_with(text)
    return across > 1 and down > 1
