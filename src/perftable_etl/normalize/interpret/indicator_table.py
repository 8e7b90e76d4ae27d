"""The indicator table, understood from its header: which column is for what, and so what each cell of a row is.

A target may stand in one column, or its sign, its number and its unit in a column each, in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.split_targets import parse_split_target
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.records import Target


@dataclass(frozen=True, slots=True)
class Header:
    """The row that heads the indicator table, and what each grid column below it is for."""

    row: int
    cells: tuple[Cell, ...]
    columns: Mapping[int, ColumnName]


class Row(NamedTuple):
    """The cells of one row by what they are for; None where the row has none of a kind.

    `printed` are the cells of its name and of its target, in the order they are read. `repeats_header` says that a name
    and a target stand there that head columns: a page prints the header again.
    """

    level1: Cell | None
    level2: Cell | None
    level3: Cell | None
    target: Cell | None
    weight: Cell | None
    sign: Cell | None
    unit: Cell | None
    printed: tuple[Cell, ...]
    repeats_header: bool

    @property
    def target_pieces(self) -> tuple[Cell, ...]:
        """The cells that the target is printed in, in the order it is read: sign, number, unit."""
        return self.printed[1:] if self.level3 else self.printed

    @property
    def leaves(self) -> tuple[Cell, ...]:
        """The cells that are this row's alone: its name, its target and its weight."""
        return (*self.printed, self.weight) if self.weight else self.printed

    @property
    def says_something(self) -> bool:
        """Whether a name or a target is printed."""
        return bool(text_of(self.level3) or text_of(self.target))


EMPTY = Row(None, None, None, None, None, None, None, (), repeats_header=False)


def text_of(cell: Cell | None) -> str:
    """What is printed in a cell; nothing where there is none."""
    return cell.text if cell else ""


def find_header(cells: Sequence[LabelledCell]) -> Header | None:
    """The header of the form's indicator table: the first row with two heads of columns, 三级指标 among them."""
    for row, in_row in groupby(cells, key=lambda cell: cell.row):
        heads = [(cell, cell.meaning.column) for cell in in_row]
        headed = [(cell, column) for cell, column in heads if column]
        if len(headed) > 1 and any(column == "level3" for _, column in headed):
            columns = {i: column for cell, column in headed for i in range(cell.column, cell.end_column)}
            return Header(row, tuple(cell.cell for cell, _ in headed), columns)
    return None


def assign(cells: Sequence[LabelledCell], header: Header) -> Row:
    """Each cell of a row to the column it stands in; one over several columns to the last, unless it names a level."""
    found: dict[ColumnName, LabelledCell] = {}
    for cell in cells:
        own = cell.cell
        first, last = header.columns.get(own.column), header.columns.get(own.column + own.column_span - 1)
        column = first if first == last or cell.meaning.is_level else last or first
        if column:
            found[column] = cell
    row = {column: cell.cell for column, cell in found.items()}
    return Row(
        row.get("level1"),
        row.get("level2"),
        row.get("level3"),
        row.get("target"),
        row.get("weight"),
        row.get("sign"),
        row.get("unit"),
        tuple(row[column] for column in _PRINTED if column in row),
        repeats_header=_heads(found.get("level3")) and _heads(found.get("target")),
    )


_PRINTED: tuple[ColumnName, ...] = ("level3", "sign", "target", "unit")


def _heads(cell: LabelledCell | None) -> bool:
    return cell is not None and cell.meaning.column is not None


def read_target(row: Row, year: int | None) -> Target:
    """The target of a row, whether it stands in one column or in several."""
    if row.sign is None and row.unit is None:
        return parse_target(text_of(row.target), year=year)
    return parse_split_target(text_of(row.sign), text_of(row.target), text_of(row.unit), year=year)
