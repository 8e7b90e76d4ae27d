"""Page numbers that stand within a table's frame: in a row of their own, or below the text of a page's last row.

A number counts pages where it grows with them: two pages at least print theirs in one way, each as far ahead of its
place in the file. Among the texts of a row only dashes around it, or words for a page, tell a page number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import regex

from perftable_etl.document import Block, Box, Cell, Document, Grid, LaidOutPage, Line, Noise, Place
from perftable_etl.normalize.layouts.headings import is_marked_page_number, read_page_number

_FEWEST_PAGES = 2
"""A number on one page may be anything."""

_DIGITS = regex.compile(r"\d+")


class _Key(NamedTuple):
    """How a number is printed, and by how much it is ahead of the page's place in the file."""

    text: str
    ahead: int


class _Found(NamedTuple):
    """What may be a page number in the last row of a table: the cell, and the line of it."""

    grid: Grid
    cell: Cell
    text: str

    @property
    def place(self) -> Place:
        """Where it stands: at the foot of the cell."""
        x0, y0, x1, y1 = self.cell.place.box
        return Place(self.cell.place.page, Box(x0, y1 - (y1 - y0) / (self.cell.text.count("\n") + 1), x1, y1))


def clear_page_numbers(document: Document) -> Document:
    """`document` with the page numbers that stand within its tables moved to the noise of their pages."""
    found = {laid_out.number: number for laid_out in document.pages if (number := _find(laid_out))}
    if not found:
        return document
    counts = Counter(key for laid_out in document.pages for key in _keys(laid_out, found))
    own = {page: number for page, number in found.items() if counts[_key(number.text, page)] >= _FEWEST_PAGES}
    return Document(tuple(_without(page, own[page.number]) if page.number in own else page for page in document.pages))


def _find(laid_out: LaidOutPage) -> _Found | None:
    """What may be the page's number in the last row of its last table."""
    grid = next((block for block in reversed(laid_out.blocks) if isinstance(block, Grid)), None)
    if grid is None:
        return None
    for cell in grid.cells:
        if cell.text and cell.end_row == grid.row_count:
            last = cell.text.rsplit("\n", 1)[-1]
            is_strip = last == cell.text and cell.column_span == grid.column_count
            if read_page_number(last) is not None and (is_strip or is_marked_page_number(last)):
                return _Found(grid, cell, last)
    return None


def _keys(laid_out: LaidOutPage, found: Mapping[int, _Found]) -> set[_Key]:
    """The page numbers that a page has, or may have."""
    lines = (block.text for block in laid_out.blocks if isinstance(block, Line))
    noise = (noise.text for noise in laid_out.noise if noise.kind == "page_number")
    own = (found[laid_out.number].text,) if laid_out.number in found else ()
    return {_key(text, laid_out.number) for text in (*lines, *noise, *own) if read_page_number(text) is not None}


def _key(text: str, page: int) -> _Key:
    return _Key(_DIGITS.sub("0", "".join(text.split())), (read_page_number(text) or 0) - page)


def _without(laid_out: LaidOutPage, number: _Found) -> LaidOutPage:
    """A page with its number moved to its noise, and what is said of how that stands in its cell left out."""
    blocks = tuple(block for old in laid_out.blocks for block in (_cleared(number) if old is number.grid else (old,)))
    noise = (*laid_out.noise, Noise("page_number", number.text, number.place))
    flaws = tuple(flaw for flaw in laid_out.flaws if flaw.place != number.cell.place or flaw.text not in number.text)
    return replace(laid_out, blocks=blocks, noise=noise, flaws=flaws)


def _cleared(number: _Found) -> Iterator[Block]:
    """The table without the number; without its last row, or at all, where that has nothing else."""
    grid, own = number.grid, number.cell
    last, rest = grid.row_count - 1, own.text.rpartition("\n")[0]
    in_last = (cell for cell in grid.cells if cell.end_row > last)
    if rest or not all(cell.row == last and (cell is own or not cell.text) for cell in in_last):
        yield replace(grid, cells=tuple(cell._replace(text=rest) if cell is own else cell for cell in grid.cells))
    elif last:
        yield replace(grid, cells=tuple(cell for cell in grid.cells if cell.row < last), row_count=last)
