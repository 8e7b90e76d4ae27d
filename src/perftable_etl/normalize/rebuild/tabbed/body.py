"""The rows below the head of an indicator table, in its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, may_stand_under
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.alignment import Aligned
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind
from perftable_etl.normalize.rebuild.tabbed.grid import PlacedCell, PlacedRow
from perftable_etl.normalize.rebuild.tabbed.heads import Head
from perftable_etl.normalize.rebuild.tabbed.rows import Row

_Texts = Sequence[tuple[int, str]]


def place_blanks(rows: Sequence[Row], head: Head, *, is_even: bool) -> Iterator[PlacedRow]:
    """Rows in which blanks stand for what merged cells cover.

    A level 2 of another level 1 than the one above stands beside a blank. In an even table, whose rows all have the
    same count of fields, the number of a field is its column. Else a page break may leave out the field of the side
    label, in all rows below it.
    """
    level1, offset = "", 0
    for row in rows:
        if is_even:
            placed = _placed(row, Aligned(tuple(row.starts)), head)
        else:
            placed = _aligned(row, head, {0, offset}, head.width)
            offset = placed.cells[0].column - row.first if placed.cells else offset
        above, level1 = level1, next(_texts(placed, head, "level1"), level1)
        is_other = level1 is above and _is_of_other(next(_texts(placed, head, "level2"), ""), level1)
        yield placed._replace(own=(head.kinds.index("level1"),)) if is_other else _widened(placed, head)


def place_lacking(rows: Sequence[Row], head: Head, vocabulary: Vocabulary) -> Iterator[PlacedRow]:
    """Rows in which what they lack is merged down from above, but never the name. Blanks are cells.

    Where no row ends with a blank, blanks at the ends of lines were cut off, and the count of fields is not certain.
    """
    is_cut = all(row.end == len(row.fields) for row in rows)
    merged = _most_merged(head)
    for row in rows:
        lacking = max(0, len(head.kinds) - len(row.fields))
        if lacking and begins_note(row.fields[0].text):
            first = len(head.kinds) if head.kind(0) == "level3" else 1  # right of the names, if those stand there
            yield _from_left(row, first, head)
        elif lacking and ((not is_cut and lacking > merged) or vocabulary.is_total(row.fields[0].text)):
            yield _from_left(row, lacking + 1, head)
        else:
            placed = _aligned(row, head, {lacking}, len(head.kinds) - len(row.fields) + row.end)
            yield placed._replace(merged=max(0, min(placed.merged - row.first, merged)))


def width_of_notes(rows: Sequence[Row], head: Head) -> int:
    """How many columns the rows need that are no indicators."""
    fields = [len(row.fields) for row in rows if begins_note(row.fields[0].text) and len(row.fields) < len(head.kinds)]
    return len(head.kinds) + max(fields) - 1 if fields and head.kind(0) == "level3" else 0


def below_head(rows: Iterator[PlacedRow], head: Head) -> Iterator[PlacedRow]:
    """The rows right below a head, of which only the label beside all rows is merged down."""
    others = tuple(column for column in range(head.width) if head.kind(column) != "side")
    for number, row in enumerate(rows):
        yield row if number else row._replace(own=(*row.own, *others))


def _aligned(row: Row, head: Head, offsets: Collection[int], room: int) -> PlacedRow:
    texts = [(index, row.fields[index].text) for index in row.starts]
    aligned = head.columns.align(texts, offsets, max(room, row.end)) if texts else Aligned(())
    return _placed(row, aligned, head)


def _placed(row: Row, aligned: Aligned, head: Head) -> PlacedRow:
    """Each text as far as the next one, and no further than its column's cell in the head."""
    if not aligned.columns:
        return PlacedRow(row, (), 0, head.stops)
    groups = [*head.groups, len(head.kinds), head.width]
    cells = []
    for index, (column, following) in zip(row.starts, pairwise([*aligned.columns, head.width]), strict=True):
        group_end = next(group for group in groups if group > column)
        cells.append(PlacedCell(row.fields[index], column, min(following, group_end)))
    return PlacedRow(row, tuple(cells), aligned.columns[0], head.stops, _doubt(aligned, head))


def _doubt(aligned: Aligned, head: Head) -> str | None:
    if aligned.columns[-1] >= len(head.kinds):
        return "it has a cell to the right of all columns that have a head"
    return None if aligned.is_certain else "its cells fit into the columns in two ways"


def _widened(placed: PlacedRow, head: Head) -> PlacedRow:
    """A row that is no indicator, without the borders of columns: a label at the left, and one text at most."""
    texts = placed.row.texts
    starts = [cell.column for cell in placed.cells]
    if not 0 < len(texts) < 3 or starts[0] or _names_level(texts[0]):
        return placed
    if len(texts) == 2 and head.kind(0) not in LEVELS and not begins_note(texts[0]):
        return placed
    cells = (cell._replace(end_column=end) for cell, end in zip(placed.cells, [*starts[1:], head.width], strict=True))
    return placed._replace(cells=tuple(cells))


def _names_level(text: str) -> bool:
    return find_level1(text) is not None or find_level2(text) is not None


def _texts(placed: PlacedRow, head: Head, kind: Kind) -> Iterator[str]:
    return (cell.field.text for cell in placed.cells if head.kind(cell.column) == kind)


def _is_of_other(text: str, level1: str) -> bool:
    """Whether a row is not of the level 1 above it: that is the name of a level 2, or its own level 2 is of another."""
    level2, name = find_level2(text), find_level1(level1)
    if name is None:
        return find_level2(level1) is not None
    return level2 is not None and not may_stand_under(level2, name)


def _most_merged(head: Head) -> int:
    """How many columns may be merged down: those of levels, and all left of the names, which stand beside targets."""
    kinds = head.kinds
    end = kinds.index("target") if "target" in kinds else len(kinds)
    names = [column for column in range(end) if kinds[column] == "level3"]
    return max(sum(kind in LEVELS for kind in kinds), names[-1]) if names else len(kinds)


def _from_left(row: Row, second: int, head: Head) -> PlacedRow:
    """A row that is no indicator: its first cell begins at the left, the others at column `second`."""
    columns = [0, *(second + index for index in range(len(row.fields) - 1))]
    cells = map(PlacedCell, row.fields, columns, [*columns[1:], head.width])
    return PlacedRow(row, tuple(cells), 0, head.groups)
