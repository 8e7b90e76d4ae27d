"""The heads of an indicator table, in one row or in two: which stretch of the grid each of its columns is.

A row heads an indicator table when one of its cells heads the names of indicators or of their levels, and another what
is measured of them, or both the names and their levels. A head over several others (预期指标值 over 符号, 值, 单位)
says what they are about. A cell that goes on down beside the rows below is a label of theirs, whatever it says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.layouts.labels import LONGEST_LABEL
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN
from perftable_etl.normalize.layouts.words import ColumnName

TREE: frozenset[ColumnName] = frozenset({"level1", "level2", "level", "level3"})
"""The columns that say what is measured."""

MEASURES: frozenset[ColumnName] = frozenset({"target", "sign", "unit", "weight", "actual", "score"})
"""The columns that say how much of it."""

_FEWEST_HEADS = 2
_MOST_ROWS = 3
"""Rows that a head may be high. What is higher stands beside the rows of the table."""

_PIECES: frozenset[ColumnName] = frozenset({"target", "sign", "unit"})
"""Below the head of what was reached, these are pieces of that."""


class IndicatorColumn(NamedTuple):
    """One column of an indicator table: the grid columns `first` to `end` (excluded), and the cell that heads it.

    `name` is None where nothing says what it is for. `above` is the head over several columns that it is part of.
    `is_other` says that it is told for what another column is read for too, so that its head is part of what it says.
    """

    first: int
    end: int
    name: ColumnName | None
    head: LabelledCell | None
    above: LabelledCell | None = None
    is_other: bool = False

    @property
    def text(self) -> str:
        """What is printed over it."""
        return "\n".join(cell.text for cell in (self.above, self.head) if cell)

    def as_remark(self) -> IndicatorColumn:
        """The same column, read as a remark on what another one is for."""
        return self._replace(name="remark", is_other=True)


class Header(NamedTuple):
    """The rows `row` to `end_row` (excluded) that head an indicator table, and its columns from left to right.

    `cells` are its heads. `project` head what stands to the left of its indicators: what is said of their project.
    """

    row: int
    end_row: int
    cells: tuple[LabelledCell, ...]
    columns: tuple[IndicatorColumn, ...]
    project: tuple[LabelledCell, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What it prints, from left to right: a page that prints the same repeats it."""
        return tuple(column.text for column in self.columns)

    @property
    def names(self) -> frozenset[ColumnName]:
        """What its columns are for, as far as it says."""
        return frozenset(column.name for column in self.columns if column.name)


def find_headers(cells: Sequence[LabelledCell]) -> list[Header]:
    """The headers of all indicator tables among the cells of a grid (row by row), from top to bottom."""
    found: list[Header] = []
    for row in _candidates(cells):
        if not found or row >= found[-1].end_row:
            found += (_with_numbers(header, cells) for header in _header_at(row, cells))
    return found


def _with_numbers(header: Header, cells: Sequence[LabelledCell]) -> Header:
    """A header with the row below it, where that counts the columns (1, 2, 3)."""
    below = [cell for cell in _row(header.end_row, cells) if cell.text]
    if len(below) < _FEWEST_NUMBERS or not below[0].text.isdecimal() or not all(map(_counts_on, below, below[1:])):
        return header
    own = (cell for cell in below if cell.column >= header.columns[0].first)
    return header._replace(end_row=header.end_row + 1, cells=(*header.cells, *own))


def _counts_on(cell: LabelledCell, following: LabelledCell) -> bool:
    return following.text.isdecimal() and int(following.text) == int(cell.text) + 1


_FEWEST_NUMBERS = 3


def _candidates(cells: Sequence[LabelledCell]) -> list[int]:
    """The rows that may begin a header: two heads at least, and in it or right below one of what is measured."""
    names: dict[int, list[ColumnName]] = {}
    for cell in cells:
        if cell.heads:
            names.setdefault(cell.row, []).append(cell.heads)
    tree = {row for row, found in names.items() if not TREE.isdisjoint(found)}
    may_be = (row for row in names if row in tree or row + 1 in tree)
    return sorted(row for row in may_be if _has_heads(_row(row, cells), names[row], is_tree=row in tree))


def _has_heads(cells: Sequence[LabelledCell], heads: Sequence[ColumnName], *, is_tree: bool) -> bool:
    """Whether a row has heads enough, labels over several columns among them; that of an indicator has words of them.

    Where it heads what is measured, so may one beside the names of places.
    """
    if any(cell.meaning.is_level for cell in cells):
        return False
    groups = sum(cell.meaning.is_side and not cell.heads and _is_group(cell) for cell in cells)
    return len(heads) + groups >= _FEWEST_HEADS or (is_tree and any(map(_is_place, cells)))


def _row(row: int, cells: Sequence[LabelledCell]) -> Sequence[LabelledCell]:
    """The cells that begin in a row, of those of a grid."""
    return cells[bisect_left(cells, row, key=row_of) : bisect_left(cells, row + 1, key=row_of)]


def _is_place(cell: LabelledCell) -> bool:
    """Whether a cell names a place, and so may head the targets for it."""
    return bool(cell.text) and is_place(cell.text)


def _header_at(row: int, cells: Sequence[LabelledCell]) -> Iterator[Header]:
    """The header that begins in a row, if one does."""
    own = _row(row, cells)
    heads = [cell for cell in _with_names(own) if _may_be_head(cell)]
    named = [cell for cell in heads if cell.heads]
    below = [cell for cell in _row(row + 1, cells) if _may_be_head(cell)]
    goes_on = bool(below) and _goes_on(heads, below)
    if len(named) < _FEWEST_HEADS and not goes_on and not (named and any(map(_is_place, own))):
        return
    end_row = row + 2 if goes_on else max(cell.end_row for cell in named)
    columns = _between_pieces(_with_places(list(_columns(heads, below if goes_on else []))))
    if _is_table(columns):
        yield _header(row, end_row, _with_grades(_with_other_times(columns)))


def _with_names(cells: Sequence[LabelledCell]) -> Iterator[LabelledCell]:
    """The cells of a row of heads; right of the head of levels, a word that stands beside tables heads their names."""
    before: LabelledCell | None = None
    for cell in cells:
        is_name = before and before.heads in _LEVELS and cell.meaning.is_side and cell.end_row == before.end_row
        yield cell._replace(meaning=UNKNOWN, heads="level3") if is_name else cell
        before = cell


_LEVELS: frozenset[ColumnName | None] = frozenset({"level", "level1", "level2"})


def _may_be_head(cell: LabelledCell) -> bool:
    """Whether a cell may head a column by its form: it is short, low, and no label that stands beside rows."""
    own = cell.cell
    stands_beside = cell.meaning.is_side and (own.row_span > 1 or own.column_span == 1)
    return own.row_span <= _MOST_ROWS and len(cell.text) <= LONGEST_LABEL and not stands_beside


def _is_group(cell: LabelledCell) -> bool:
    """Whether a label stands over the heads of several columns, and not beside rows: 绩效指标 over the levels."""
    return cell.meaning.is_side and cell.cell.column_span > 1 and cell.cell.row_span == 1


def _goes_on(heads: Sequence[LabelledCell], below: Sequence[LabelledCell]) -> bool:
    """Whether the row below is part of the header: others of its cells reach down there, or it has heads only."""
    high = {cell.cell.row_span for cell in heads if _is_group(cell) or cell.heads}
    texts = [cell for cell in below if cell.text]
    if not texts or any(cell.cell.row_span > 1 for cell in texts):
        return False
    if high == {1, 2}:
        wide = [cell for cell in heads if cell.cell.row_span == 1 and cell.text]
        return all(any(_is_over(head, cell) for head in wide) for cell in texts)
    named = sum(cell.heads is not None for cell in texts)
    parted = any(head.cell.column_span > 1 and head.text for head in heads)
    return high == {1} and parted and named == len(texts)


def _is_over(head: LabelledCell, cell: LabelledCell) -> bool:
    return head.column <= cell.column and cell.end_column <= head.end_column


def _columns(heads: Sequence[LabelledCell], sub_heads: Sequence[LabelledCell]) -> Iterator[IndicatorColumn]:
    """The columns below some heads, those with a head of their own in the second row apart."""
    for head in heads:
        parts = [cell for cell in sub_heads if _is_over(head, cell)]
        if not any(cell.text for cell in parts):
            yield IndicatorColumn(head.column, head.end_column, head.heads, head)
            continue
        names = [part.heads for part in parts]
        over = head.heads if TREE.isdisjoint(names) else None  # it heads a table, and no column of one
        is_parted = not _PIECES.isdisjoint(names)
        for part, own in zip(parts, names, strict=True):
            told = part.text and (own or not is_parted)  # beside a piece of a target stands another, and no target
            yield IndicatorColumn(part.column, part.end_column, _part_of(over, own) if told else None, part, head)


def _part_of(over: ColumnName | None, own: ColumnName | None) -> ColumnName | None:
    """What a column is for by its own head and by the one over it."""
    return over if own is None or (over == "actual" and own in _PIECES) else own


def _is_table(columns: Sequence[IndicatorColumn]) -> bool:
    """Whether columns are those of an indicator table, and most of them known."""
    names = {column.name for column in columns} - {None}
    printed = [column for column in columns if column.text]
    tree = names & TREE
    if not tree or not (names & MEASURES or ("level3" in tree and len(tree) > 1)):
        return False
    known = sum(column.name is not None or _is_project(column) for column in printed)
    return known * 2 >= len(printed)


def _header(row: int, end_row: int, columns: Sequence[IndicatorColumn]) -> Header:
    """The header of some columns: what stands left of the first that says what is measured is about the project."""
    start = next(index for index, column in enumerate(columns) if column.name in TREE)
    before = [column.head for column in columns[:start] if column.head]
    project = tuple(head for head in before if head.text)
    own = tuple(columns[start:])
    cells = {id(cell): cell for column in own for cell in (column.above, column.head) if cell}
    return Header(row, end_row, tuple(cells.values()), own, project)


def _with_places(columns: Sequence[IndicatorColumn]) -> tuple[IndicatorColumn, ...]:
    """The columns of a table; those that only names of places head are of targets, one for each place."""
    places = [column for column in columns if column.name is None and is_place(column.text)]
    if len(places) < _FEWEST_HEADS:
        return tuple(columns)
    return tuple(column._replace(name="target") if column in places else column for column in columns)


def _between_pieces(columns: Sequence[IndicatorColumn]) -> Sequence[IndicatorColumn]:
    """The columns of a table; where none has targets, what stands between sign and unit is their number.

    It is headed like names are (指标内容), and another column has these. A word that nobody knows says nothing.
    """
    names = [column.name for column in columns]
    if "target" in names or ("sign", "unit") not in zip(names, names[2:], strict=False):
        return columns
    number = names.index("sign") + 1
    may_be = names[number] == "level3" and names.count("level3") > 1
    return [
        column._replace(name="target") if may_be and index == number else column for index, column in enumerate(columns)
    ]


def _with_grades(columns: Sequence[IndicatorColumn]) -> list[IndicatorColumn]:
    """The columns of a table; the first of several that grades head has the targets, the others remarks on them."""
    grades = [column for column in columns if column.name == "grade"]
    has_targets = any(column.name == "target" for column in columns)
    first = grades[0] if len(grades) > 1 and not has_targets else None
    return [_graded(column, first) if column.name == "grade" else column for column in columns]


def _graded(column: IndicatorColumn, first: IndicatorColumn | None) -> IndicatorColumn:
    return column._replace(name="target") if column is first else column.as_remark()


def _with_other_times(columns: Sequence[IndicatorColumn]) -> list[IndicatorColumn]:
    """The columns of a table; what was before, or is expected later, is a remark on what is of the form's time.

    Where nothing is of that, nobody knows whether 预计完成程度 is the target.
    """
    is_known = any(column.name == "target" for column in columns)
    return [_of_other_time(column, is_known=is_known) if column.name == "other_time" else column for column in columns]


def _of_other_time(column: IndicatorColumn, *, is_known: bool) -> IndicatorColumn:
    return column.as_remark() if is_known else column._replace(name=None)


def _is_project(column: IndicatorColumn) -> bool:
    """Whether a column is headed by the label of a field or an amount."""
    return column.head is not None and bool(column.head.meaning.label or column.head.meaning.money)
