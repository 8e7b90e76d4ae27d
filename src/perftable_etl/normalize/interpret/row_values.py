"""What is printed beside the name of an indicator: its target, what was reached, points, reasons and remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.table_heads import IndicatorColumn
from perftable_etl.normalize.interpret.indicator_table import IndicatorCells, text_of
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.page_numbers import without_page_number
from perftable_etl.normalize.values.polarity import direction
from perftable_etl.normalize.values.split_targets import direction_of, is_sign, parse_split_target
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import clean, fold
from perftable_etl.normalize.values.units import is_bare_unit
from perftable_etl.normalize.values.weights import parse_weight
from perftable_etl.records import Direction, FieldName, Target


class IndicatorName(NamedTuple):
    """What is measured, as printed and clean, the cells that name it, and those that only explain it."""

    raw: str
    cells: tuple[Cell, ...]
    explained: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The name."""
        return clean(without_page_number(self.raw))


def read_name(row: IndicatorCells) -> IndicatorName:
    """The name of a row. Of several cells the first names it and the others explain it.

    A first cell that goes on over several rows names what they have in common, and the next one the row.
    """
    if len(row.names) == 1:
        return IndicatorName(row.names[0].text, row.names, ())
    cells = tuple(cell for cell in row.names if cell.text) or row.names[:1]
    if len(cells) > 1 and cells[0].row_span > cells[1].row_span:
        return IndicatorName("".join(cell.text for cell in cells[:2]), cells[:2], cells[2:])
    return IndicatorName(text_of(cells[0]) if cells else "", cells[:1], cells[1:])


def read_target(row: IndicatorCells, year: int | None) -> Target:
    """The target of a row, whether it stands in one cell or in several."""
    signs, numbers, units = row.all("sign"), row.all("target"), row.all("unit")
    if not signs and not units and len(numbers) < 2:
        return parse_target(_text(numbers), year=year)
    if len(numbers) > 1:
        signs += tuple(cell for cell in numbers if is_sign(cell.text))
        units += tuple(cell for cell in numbers[1:] if is_bare_unit(fold(cell.text)))
        numbers = tuple(cell for cell in numbers if cell not in signs and cell not in units)
    return parse_split_target(_text(signs), _text(numbers), _text(units), year=year)


def read_actual(row: IndicatorCells, year: int | None) -> Target | None:
    """What was reached; None where nothing is printed."""
    text = _text(row.cells["actual"]) if "actual" in row.cells else ""
    return parse_target(text, year=year) if text else None


def read_points(row: IndicatorCells, name: FieldName) -> Decimal | None:
    """The points in a column; None where none are printed."""
    cell = row.first(name)
    return parse_weight(cell.text) if cell else None


def has_points(cell: Cell) -> bool:
    """Whether a cell for points has some, or nothing."""
    return is_placeholder(cell.text) or parse_weight(cell.text) is not None


def read_texts(row: IndicatorCells, name: FieldName) -> str | None:
    """What is printed in a column; None where the table has none."""
    printed = row.all(name)
    return _joined(clean(cell.text) for cell in printed) if printed else None


def read_remark(row: IndicatorCells, explained: Sequence[Cell], columns: Sequence[IndicatorColumn]) -> str | None:
    """What is remarked on a row, and what has no field of its own, with what heads it."""
    if not explained and "remark" not in row.cells:
        return None
    return _joined(
        f"{_head_of(cell, columns)}{clean(cell.text)}" for cell in (*explained, *row.all("remark")) if cell.text
    )


def _head_of(cell: Cell, columns: Sequence[IndicatorColumn]) -> str:
    heads = (column.text for column in columns if column.is_other and column.first <= cell.column < column.end)
    return next((f"{clean(head)}：" for head in heads), "")


def read_direction(row: IndicatorCells, name: str, target: Target) -> Direction | None:
    """Which way is better: as printed, else as name and target say."""
    natures = row.all("nature") + row.all("sign")
    printed = [way for cell in natures if (way := direction_of(cell.text))] if natures else []
    return printed[0] if printed else direction(name, target)


def _text(cells: Sequence[Cell]) -> str:
    return cells[0].text if len(cells) == 1 else "".join(cell.text for cell in cells)


def _joined(texts: Iterable[str]) -> str | None:
    return "；".join(filter(None, texts)) or None
