"""The indicator tables of a form: where each stands, what its columns are for, and what each cell of a row is.

A table is understood from its header and from what its columns hold. It ends where a row no longer keeps to its
columns: a note or a signature that stands across them. Rows that sum up stand in it and are no indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.table_heads import MEASURES, TREE, Header, IndicatorColumn
from perftable_etl.normalize.interpret.column_contents import settle_columns
from perftable_etl.normalize.interpret.sum_rows import rows_of_sums
from perftable_etl.normalize.interpret.target_columns import Rows, TargetColumns, labels_beside, part_by_target
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.blanks import is_placeholder, is_unfilled_name
from perftable_etl.records import FieldName, Source


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """One indicator table of a form.

    `headers` are its header and those that repeat it; `rows` the numbers of the grid rows that hold its indicators,
    `totals` of those that sum up, `strays` of those that head columns and are no header that is understood. `columns`
    are all its columns, `targets` those of each target a row has.
    """

    headers: tuple[Header, ...]
    rows: tuple[int, ...]
    totals: tuple[int, ...]
    columns: tuple[IndicatorColumn, ...]
    targets: tuple[TargetColumns, ...]
    strays: tuple[int, ...] = ()

    @property
    def header(self) -> Header:
        """Its first header."""
        return self.headers[0]

    @property
    def end_row(self) -> int:
        """The row below its last one."""
        return max((self.headers[-1].end_row - 1, *self.rows, *self.totals, *self.strays)) + 1


def find_tables(labelled: LabelledForm, rows: Rows, vocabulary: Vocabulary) -> tuple[IndicatorTable, ...]:
    """The indicator tables of a form, from top to bottom; `rows` are its cells by grid row."""
    cells, headers = labelled.cells, labelled.headers
    tables: list[IndicatorTable] = []
    for header, below in zip_longest(headers, headers[1:]):
        end = below.row if below else len(rows)
        table = _table(header, [cell for cell in cells if header.end_row <= cell.row < end], end, rows, vocabulary)
        if tables and _repeats(table, tables[-1], rows):
            tables[-1] = _together(tables[-1], table)
        else:
            tables.append(table)
    return tuple(tables)


def _table(
    header: Header, cells: Sequence[LabelledCell], end: int, rows: Rows, vocabulary: Vocabulary
) -> IndicatorTable:
    """The table below a header; `cells` are those down to the row `end`, where it ends at the latest."""
    totals = {cell.row for cell in cells if vocabulary.is_total(cell.text) and _leads(cell, rows[cell.row])}
    if totals:
        cells = [cell for cell in cells if cell.row not in totals]
    end = _end(header, cells, end, rows)
    body = tuple(row for row in range(header.end_row, end) if row not in totals)
    own = [cell for cell in cells if cell.row < end]
    side_by_side = settle_columns(header.columns, own)
    columns = tuple(column for table in side_by_side for column in table)
    targets = part_by_target(header, side_by_side, rows, vocabulary)
    strays = {cell.row for cell in own if cell.meaning.column in _NEEDED and _is_below_head(cell, columns)}
    totals = {row for row in totals if row < end} | set(rows_of_sums(columns, body, rows))
    body = tuple(row for row in body if row not in strays | totals) if strays or totals else body
    return IndicatorTable((header,), body, tuple(sorted(totals)), columns, targets, tuple(sorted(strays)))


_NEEDED: frozenset[ColumnName | None] = frozenset({"level3", "target"})


def _is_below_head(cell: LabelledCell, columns: Sequence[IndicatorColumn]) -> bool:
    """Whether a cell stands in the column that it heads: what heads names or targets is none."""
    own = cell.meaning.column
    return any(column.name == own and column.first <= cell.column < column.end for column in columns)


def _repeats(table: IndicatorTable, above: IndicatorTable, rows: Rows) -> bool:
    """Whether a table is the one above it gone on, under the same header, beside the same label, for the same time."""
    sides = [[cell.text for cell in labels_beside(one.header, rows)] for one in (table, above)]
    if all(sides) and sides[0] != sides[1]:
        return False
    same_time = [targets.phase for targets in table.targets] == [targets.phase for targets in above.targets]
    return same_time and table.header.texts == above.header.texts


def _together(above: IndicatorTable, table: IndicatorTable) -> IndicatorTable:
    rows, totals = (*above.rows, *table.rows), (*above.totals, *table.totals)
    strays = (*above.strays, *table.strays)
    return IndicatorTable((*above.headers, *table.headers), rows, totals, above.columns, above.targets, strays)


def _end(header: Header, cells: Sequence[LabelledCell], end: int, rows: Rows) -> int:
    """The row that a table ends above: the first note, or row that stands across its columns and names no level."""
    frame = _frame(header.columns)
    across = {cell.row for cell in cells if cell.cell.column_span > 1 and frame.is_across(cell)}
    notes = {cell.row for cell in cells if cell.column <= frame.name and begins_note(cell.text)}
    return next((row for row in sorted(across | notes) if _is_beside_table(row, rows[row], frame)), end)


def _leads(cell: LabelledCell, cells: Sequence[LabelledCell]) -> bool:
    """Whether a cell is the first one printed in its row, or the second."""
    return cell in [other for other in cells if other.row == cell.row and other.text][:2]


def _is_beside_table(row: int, cells: Sequence[LabelledCell], frame: _Frame) -> bool:
    """Whether no name of a level makes a row one of the table's, though a cell of it stands across the columns."""
    beside = [cell for cell in cells if frame.first <= cell.column < frame.name]
    return not any(_names_level(cell) or cell.row < row for cell in beside)


class _Frame(NamedTuple):
    """Where columns begin: the first of a table, that of the names of its indicators, the first of what is measured.

    `end` is where the last one ends, if there is more beside the names than a target alone.
    """

    first: int
    name: int
    measure: int
    end: int | None = None

    def is_across(self, cell: LabelledCell) -> bool:
        """Whether a cell of some row stands in columns that nothing can be in at once: never in one column alone."""
        begins, ends = cell.column, cell.end_column
        beyond = begins < self.first < ends
        fills = self.end is not None and begins <= self.measure and ends >= self.end
        return beyond or fills or (begins < self.name and ends > self.measure) or (begins < self.measure < ends - 1)


def _frame(columns: Sequence[IndicatorColumn]) -> _Frame:
    names = [column.first for column in columns if column.name == "level3"]
    measure = next((column.first for column in columns if column.name in MEASURES), columns[-1].first)
    beside = [column.name for column in columns if column.first >= measure]
    end = columns[-1].end if len(beside) > 1 and not _PIECES.issuperset(beside) else None
    return _Frame(columns[0].first, min(names[0] if names else measure, measure), measure, end)


def _names_level(cell: LabelledCell) -> bool:
    return cell.meaning.is_level or find_level1(cell.text) is not None or find_level2(cell.text) is not None


class IndicatorCells(NamedTuple):
    """The cells of one row by what they are for, those of one column from left to right.

    `names` are the cells of its name, `target_pieces` those of its target in the order it is read: sign, number, unit.
    """

    cells: Mapping[ColumnName, tuple[Cell, ...]]
    names: tuple[Cell, ...] = ()
    target_pieces: tuple[Cell, ...] = ()

    def all(self, name: ColumnName) -> tuple[Cell, ...]:
        """The cells of a column."""
        return self.cells.get(name, ())

    def first(self, name: ColumnName) -> Cell | None:
        """The first cell of a column with something in it, else its first cell."""
        cells = self.cells.get(name, ())
        if len(cells) < 2 or cells[0].text:
            return cells[0] if cells else None
        return next((cell for cell in cells if cell.text), cells[0])

    @property
    def printed(self) -> tuple[Cell, ...]:
        """The cells of its name and of its target, in the order they are read."""
        return self.names + self.target_pieces

    @property
    def leaves(self) -> tuple[Cell, ...]:
        """The cells that are this row's alone."""
        return tuple([cell for name, cells in self.cells.items() if name not in _LEVELS for cell in cells])

    @property
    def says_something(self) -> bool:
        """Whether a name or a target is printed; the number of a name that was left open is none."""
        return any(cell.text and not is_unfilled_name(cell.text) for cell in self.names) or any(
            not is_placeholder(cell.text) for cell in self.cells.get("target", ())
        )


_TARGET: tuple[ColumnName, ...] = ("sign", "target", "unit")
_PIECES: frozenset[ColumnName | None] = frozenset({*_TARGET, "nature"})
_LEVELS: frozenset[ColumnName] = TREE - {"level3"}
_LOWEST_FIRST: tuple[ColumnName, ...] = ("level2", "level", "level1")


def source(field: FieldName, cell: Cell | None) -> tuple[Source, ...]:
    """Where a field stands, a source for each part a page break has left; nothing for a blank."""
    if not cell or not cell.text:
        return ()
    if not cell.parts:
        return (Source(field=field, raw=cell.text, place=cell.place),)
    return tuple(Source(field=field, raw=text, place=place) for text, place in cell.printed)


def text_of(cell: Cell | None) -> str:
    """What is printed in a cell; nothing where there is none."""
    return cell.text if cell else ""


def read_rows(table: IndicatorTable, targets: TargetColumns, rows: Rows) -> Iterator[IndicatorCells]:
    """The rows of a table, each with the cells of one of its targets."""
    by_place = {place: column.name for column in targets.columns for place in range(column.first, column.end)}
    has_names = any(column.name == "level3" for column in targets.columns)
    for row in table.rows:
        cells = _by_name(rows[row], by_place)
        names = cells.get("level3", ()) if has_names else _lowest(cells)
        yield IndicatorCells(
            cells, names, tuple(cell for name in _TARGET if name in cells for cell in _told(cells[name]))
        )


def _told(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Of several cells below one head those with something in them."""
    return cells if len(cells) < 2 else tuple(cell for cell in cells if cell.text) or cells[:1]


def _lowest(cells: Mapping[ColumnName, tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The cells of the lowest level of a row: what is measured, where nothing else says it."""
    return next((cells[level] for level in _LOWEST_FIRST if level in cells), ())


def _by_name(
    cells: Sequence[LabelledCell], names: Mapping[int, ColumnName | None]
) -> dict[ColumnName, tuple[Cell, ...]]:
    """Each cell of a row by the column it stands in; one over several by the last, unless it names a level."""
    found: dict[ColumnName, tuple[Cell, ...]] = {}
    for labelled in cells:
        cell, first, last = labelled.cell, labelled.column, labelled.end_column - 1
        name = names.get(last if last in names and not labelled.meaning.is_level else first)
        if name:
            found[name] = (*found[name], cell) if name in found else (cell,)
    return found
