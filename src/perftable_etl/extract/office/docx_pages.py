"""The pages of a Word document: each of its tables with the lines above it, and on the last the lines below it."""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.document import Block, LaidOutPage
from perftable_etl.extract.office.docx import WordText
from perftable_etl.extract.tables import build_grid, lines_above, lines_from


def lay_out_text(text: WordText) -> Iterator[LaidOutPage]:
    """The pages, one for each table; one where there is none."""
    return (LaidOutPage(number, blocks) for number, blocks in enumerate(_pages(text), 1))


def _pages(text: WordText) -> Iterator[tuple[Block, ...]]:
    lines: list[str] = []
    page: tuple[Block, ...] = ()
    number = 1
    end_row = 0
    for block in text.blocks:
        if isinstance(block, str):
            lines.append(block)
        elif grid := build_grid(block.cells, number):
            if page:
                yield page
            page = (*lines_above(lines, number), grid)
            end_row = round(grid.place.box.y1)
            lines = []
            number += 1
    yield (*page, *lines_from(lines, max(number - 1, 1), end_row))
