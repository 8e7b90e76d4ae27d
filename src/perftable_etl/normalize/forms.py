"""Finding the forms in a document, cutting them out and stitching each over its pages.

A form begins at the row that gives a project its name, or at the head of an indicator table no form is open for. It
goes on over every later grid whose columns stand where the form's stand, until the next one begins or a title says
that something else does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perftable_etl.document import Cell, Document, Form, Grid, Line
from perftable_etl.normalize.seams import Strip, align, stitch
from perftable_etl.normalize.vocabulary import column_role, is_heading, is_title, role

_FEWEST_LABELS = 6
"""A table with fewer different labels is a list that mentions projects, not a form (a form prints some fifteen)."""


@dataclass(slots=True)
class _Draft:
    """A form while its grids are still being collected."""

    heading: tuple[Line, ...]
    strips: list[Strip] = field(default_factory=list)

    def takes(self, strip: Strip, above: Sequence[Line]) -> bool:
        """Whether `strip` goes on where this form stopped; `above` are the lines printed between the two."""
        page_gap = strip.page - self.strips[-1].page
        return (
            page_gap <= 1 and not any(is_title(line.text) for line in above) and align(self.strips, strip) is not None
        )


def find_forms(document: Document) -> list[Form]:
    """The forms of a document whose tables have rules, in reading order."""
    return [_finish(draft) for draft in _drafts(document) if _is_form(draft)]


def _drafts(document: Document) -> Iterator[_Draft]:
    draft: _Draft | None = None
    lines: list[Line] = []
    for sheet in document.sheets:
        for block in sheet.blocks:
            if isinstance(block, Line):
                lines.append(block)
                continue
            for strip in _cut(block):
                starts = strip.starts or draft is None
                if draft is not None and not starts and draft.takes(strip, lines):
                    draft.strips.append(strip)
                elif strip.starts or _header_row(strip):
                    if draft is not None:
                        yield draft
                    draft = _Draft(_heading(lines), [strip])
                elif draft is not None:
                    yield draft
                    draft = None
                lines = []
    if draft is not None:
        yield draft


def _cut(grid: Grid) -> list[Strip]:
    """A grid cut at the rows where a project begins, together with the title rows just above them."""
    starts = _start_rows(grid)
    cuts = sorted({0, *starts, grid.row_count})
    return [
        Strip(
            tuple(cell for cell in grid.cells if first <= cell.row < last) if len(cuts) > 2 else grid.cells,
            first,
            last,
            grid.boundaries,
            first in starts,
        )
        for first, last in pairwise(cuts)
    ]


def _start_rows(grid: Grid) -> set[int]:
    starts = set()
    cells = grid.cells
    single: dict[int, int] = {}  # rows with one text only, which may be titles of the form below
    seen_row = -1
    for index, cell in enumerate(cells):
        if not cell.text:
            continue
        single[cell.row] = single.get(cell.row, 0) + 1
        if cell.row == seen_row:
            continue
        seen_row = cell.row
        if role(cell.text) == "name" and _has_value(cells, index):
            starts.add(_with_title_rows(cells, cell.row, single))
    return starts


def _has_value(cells: Sequence[Cell], index: int) -> bool:
    """Whether the label at `index` has a value beside it, and is not one column header among others."""
    follower = cells[index + 1] if index + 1 < len(cells) else None
    return follower is not None and follower.row == cells[index].row and role(follower.text) is None


def _with_title_rows(cells: Sequence[Cell], row: int, texts_in_row: dict[int, int]) -> int:
    """The first of the title rows right above `row` (2026年度, 财政项目支出绩效目标申报表), or `row` itself."""
    while texts_in_row.get(row - 1) == 1 and any(
        is_heading(cell.text) for cell in cells if cell.row == row - 1 and cell.text
    ):
        row -= 1
    return row


def _header_row(strip: Strip) -> bool:
    """Whether some row of the strip heads an indicator table: three of its columns or more."""
    roles: dict[int, set[str]] = {}
    for cell in strip.cells:
        found = column_role(cell.text)
        if found:
            roles.setdefault(cell.row, set()).add(found)
    return any(len(found) >= 3 for found in roles.values())


def _heading(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Of the lines above a table those that belong to it: from its title on, or the year and unit lines right above."""
    first = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if is_heading(lines[index].text):
            first = index
        elif first - index > 1:
            break
    return tuple(lines[first:])


def _is_form(draft: _Draft) -> bool:
    roles = set()
    for cell in (cell for strip in draft.strips for cell in strip.cells):
        found = role(cell.text)
        if found:
            roles.add(found)
            if len(roles) >= _FEWEST_LABELS:
                return True
    return len(roles) >= 4 and any(map(_header_row, draft.strips))


def _finish(draft: _Draft) -> Form:
    grid, repeats = stitch(draft.strips)
    return Form(draft.heading, grid, repeats)
