"""What rebuilding the grids of forms that have none gives, whatever told their cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from perftable_etl.document import Block, Document, Grid, LaidOutPage, Line
from perftable_etl.records import Finding


class Rebuilt(NamedTuple):
    """A document with the grids of such forms, and what must be said of how they were come by."""

    document: Document
    findings: tuple[Finding, ...] = ()


def with_grids(page: LaidOutPage, lines: Iterable[Line], grids: Iterable[Grid]) -> LaidOutPage:
    """A page with these lines, and those of the grids that begin on it, from top to bottom."""
    blocks: list[Block] = [*lines, *(grid for grid in grids if grid.place.page == page.number)]
    return replace(page, blocks=tuple(sorted(blocks, key=lambda block: block.place.box.y0)))


def with_grids_for_lines(document: Document, used: Collection[Line], grids: Iterable[Grid]) -> Document:
    """The document with grids in place of the lines that they were made of."""
    grids = list(grids)
    lines = ((page, (block for block in page.blocks if isinstance(block, Line))) for page in document.pages)
    left = ((page, (Line(line.text.rstrip(), line.place) for line in own if line not in used)) for page, own in lines)
    return Document(tuple(with_grids(page, own, grids) for page, own in left))
