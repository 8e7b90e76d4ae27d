"""Where the tables on a sheet are: what is ruled is a table, and what stands around it are lines.

On a sheet without rules, rows that hold a single text at its beginning and end are lines, and all between is one table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perftable_etl.document import Block, Box, Grid, LaidOutPage, Line, Place
from perftable_etl.extract.grid_area import GridArea, Position
from perftable_etl.extract.office.cell_texts import as_seen
from perftable_etl.extract.office.sheets import BOTTOM, LEFT, RIGHT, TOP, Worksheet
from perftable_etl.extract.tables import TableCell, build_grid

_FEWEST_OF_A_ROW = 3
"""Texts in a row right below a table, with no rules of its own, that goes on with it. Signatures have fewer."""


class ShownCell(NamedTuple):
    """A cell as it is seen: one square, or merged ones without what is hidden of them; `sides` are those ruled.

    `squares` is where it stands on the sheet, `area` where only the rows and columns count that are not hidden.
    """

    text: str
    squares: GridArea
    sides: int
    area: GridArea

    @property
    def cell(self) -> TableCell:
        """The cell on its table."""
        row, column, end_row, end_column = self.squares
        return TableCell(self.text, row, column, end_row - row, end_column - column)


def lay_out_sheet(sheet: Worksheet, number: int) -> LaidOutPage:
    """The lines and tables of a sheet, which is the file's page of that number."""
    shown = list(shown_cells(sheet))
    texts = [one for one in shown if one.text]
    areas = _ruled_areas(shown) or list(_unruled_areas(texts))
    blocks: list[Block] = [grid for area in areas if (grid := _grid(shown, area, number))]
    for one in texts:
        if not any(area.holds((one.area.row, one.area.column)) for area in areas):
            blocks.extend(_lines(one, number))
    return LaidOutPage(number, tuple(sorted(blocks, key=_reading_order)))


def _grid(shown: Sequence[ShownCell], area: GridArea, number: int) -> Grid | None:
    return build_grid((one.cell for one in _within(shown, area)), number)


def _lines(shown: ShownCell, number: int) -> Iterator[Line]:
    """A text outside all tables; a break in it begins another line."""
    row, column, end_row, end_column = shown.squares
    place = Place(number, Box(column, row, end_column, end_row))
    return (Line(text, place) for text in shown.text.split("\n") if text)


def _reading_order(block: Block) -> Position:
    return int(block.place.box.y0), int(block.place.box.x0)


def shown_cells(sheet: Worksheet) -> Iterator[ShownCell]:
    """The cells that are seen, by row and then column. What stands in merged squares but the first is not."""
    covered = sheet.merged_squares()
    seen = _Seen(sorted(sheet.hidden_rows), sorted(sheet.hidden_columns))
    merged = (seen.part(area, _text(area, sheet), _sides(area, sheet)) for area in sheet.merged)
    single = (
        seen.part(GridArea(row, column, row + 1, column + 1), as_seen(square.text), square.sides)
        for (row, column), square in sheet.squares.items()
        if (row, column) not in covered
    )
    return iter(sorted((one for one in (*merged, *single) if one), key=lambda one: one.area))


class _Seen(NamedTuple):
    """The hidden rows and columns, in order: what is left closes up."""

    hidden_rows: Sequence[int]
    hidden_columns: Sequence[int]

    def part(self, squares: GridArea, text: str, sides: int) -> ShownCell | None:
        """What is seen of a cell on these squares; None where nothing is."""
        row, column, end_row, end_column = squares
        area = GridArea(
            _rank(row, self.hidden_rows),
            _rank(column, self.hidden_columns),
            _rank(end_row, self.hidden_rows),
            _rank(end_column, self.hidden_columns),
        )
        first = squares._replace(row=_next(row, self.hidden_rows), column=_next(column, self.hidden_columns))
        return ShownCell(text, first, sides, area) if area.size else None


def _rank(index: int, hidden: Sequence[int]) -> int:
    """How many rows, or columns, are seen before one."""
    return index - bisect_left(hidden, index)


def _next(index: int, hidden: Sequence[int]) -> int:
    """The first row, or column, from one on that is seen."""
    at = bisect_left(hidden, index)
    while at < len(hidden) and hidden[at] == index:
        at, index = at + 1, index + 1
    return index


def _text(area: GridArea, sheet: Worksheet) -> str:
    """The text that a merged cell shows: that of its first square."""
    square = sheet.squares.get((area.row, area.column))
    return as_seen(square.text) if square else ""


def _sides(area: GridArea, sheet: Worksheet) -> int:
    """The ruled sides of a merged cell: those of the squares on its edge."""
    sides = 0
    for row, column in sheet.squares_in(area):
        own = sheet.squares[row, column].sides
        sides |= own & TOP if row == area.row else 0
        sides |= own & LEFT if column == area.column else 0
        sides |= own & BOTTOM if row == area.end_row - 1 else 0
        sides |= own & RIGHT if column == area.end_column - 1 else 0
    return sides


def _ruled_areas(shown: Sequence[ShownCell]) -> list[GridArea]:
    """The areas that ruled cells fill, each of several rows and columns; those that touch are one."""
    ruled = _ruled(shown)
    areas = _around_touching([one.area for one in ruled])
    tables = [area for area in areas if _is_table(area, ruled)]
    return [_trimmed(_with_rows_below(area, shown), shown) for area in tables]


def _ruled(shown: Sequence[ShownCell]) -> list[ShownCell]:
    """The cells that rules close on two sides at least. A line above a table may have the table's upper rule."""
    return [one for one in shown if one.sides.bit_count() >= 2]


def _around_touching(areas: Sequence[GridArea]) -> list[GridArea]:
    """The areas around those that touch, until none do."""
    found: list[GridArea] = []
    for area in sorted(areas):
        merged = area
        while touching := next((one for one in found if _touch(one, merged)), None):
            found.remove(touching)
            merged = GridArea.around((touching, merged))
        found.append(merged)
    return found


def _touch(one: GridArea, other: GridArea) -> bool:
    return (
        one.row <= other.end_row
        and other.row <= one.end_row
        and one.column <= other.end_column
        and other.column <= one.end_column
    )


def _is_table(area: GridArea, ruled: Sequence[ShownCell]) -> bool:
    """Whether ruled cells in an area begin in several rows and several columns."""
    within = _within(ruled, area)
    return len({one.area.row for one in within}) > 1 and len({one.area.column for one in within}) > 1


def _with_rows_below(area: GridArea, shown: Sequence[ShownCell]) -> GridArea:
    """The area with the rows right below it that have texts as a table has, but no rules."""
    counts: dict[int, int] = {}
    for one in shown:
        if one.text and area.column <= one.area.column < area.end_column:
            counts[one.area.row] = counts.get(one.area.row, 0) + 1
    end = area.end_row
    while counts.get(end, 0) >= _FEWEST_OF_A_ROW:
        end += 1
    return area._replace(end_row=end)


def _trimmed(area: GridArea, shown: Sequence[ShownCell]) -> GridArea:
    """The area without the blank rows and columns at its end: rules are often drawn far beyond the last text."""
    within = [one.area for one in shown if one.text and area.holds((one.area.row, one.area.column))]
    if not within:
        return area
    end_row = min(max(one.end_row for one in within), area.end_row)
    return area._replace(end_row=end_row, end_column=min(max(one.end_column for one in within), area.end_column))


def _within(shown: Sequence[ShownCell], area: GridArea) -> list[ShownCell]:
    return [one for one in shown if area.holds((one.area.row, one.area.column))]


def _unruled_areas(texts: Sequence[ShownCell]) -> Iterator[GridArea]:
    """The area from the first row of several texts to the last, cut where whole columns of it are blank."""
    counts = _texts_by_row(texts)
    rows = [row for row, count in counts.items() if count > 1]
    if not rows:
        return
    first, last = min(rows), max(rows)
    within = [one.area for one in texts if first <= one.area.row <= last]
    end_row = max(area.end_row for area in within)
    for start, end in _column_runs(within):
        yield GridArea(first, start, end_row, end)


def _texts_by_row(texts: Sequence[ShownCell]) -> Mapping[int, int]:
    """How many texts stand in each row in which one begins, also those merged down from above."""
    starts = sorted({one.area.row for one in texts})
    counts = dict.fromkeys(starts, 0)
    for area in (one.area for one in texts):
        for row in starts[bisect_left(starts, area.row) : bisect_left(starts, area.end_row)]:
            counts[row] += 1
    return counts


def _column_runs(areas: Iterable[GridArea]) -> Iterator[tuple[int, int]]:
    """The runs of columns that areas cover, without a blank column in them."""
    start = end = -1
    for area in sorted(areas, key=lambda area: area.column):
        if end >= 0 and area.column > end:
            yield start, end
            start = -1
        start = area.column if start < 0 else start
        end = max(end, area.end_column)
    if start >= 0:
        yield start, end
