"""Tables within cells of tables: as on paper, their cells are cells of the one table that is seen.

A table that only arranges what stands in its cells is seen through: they follow one another as if it were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from perftable_etl.extract.tables import TableCell


class TableSlot(NamedTuple):
    """A cell of a table that may hold others: its place, what it spans, and its content from top to bottom."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: tuple[CellContent, ...]

    @property
    def has_tables(self) -> bool:
        """Whether a table stands in it."""
        return any(isinstance(one, NestedTable) for one in self.content)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.content


@dataclass(frozen=True, slots=True)
class NestedTable:
    """A table with its cells by row and then column."""

    slots: tuple[TableSlot, ...]


CellContent = str | NestedTable
"""Lines of text, or a table."""


class FlatTable(NamedTuple):
    """A table in whose cells only texts stand."""

    cells: tuple[TableCell, ...]


def flattened(table: NestedTable) -> Iterator[str | FlatTable]:
    """What is seen of a table: itself, with all that it holds as its own cells, or what it arranges."""
    if not any(slot.has_tables for slot in table.slots):
        yield FlatTable(tuple(map(_cell, table.slots)))
    elif _only_arranges(table):
        for content in (content for slot in table.slots for content in slot.content):
            yield from [content] if isinstance(content, str) else flattened(content)
    else:
        yield _flat(table)


def _only_arranges(table: NestedTable) -> bool:
    """Whether no row but those with tables in them has more than one text: it is no table by itself."""
    texts: dict[int, int] = {}
    tables = {slot.row for slot in table.slots if slot.has_tables}
    for slot in table.slots:
        if not slot.is_blank and not slot.has_tables:
            texts[slot.row] = texts.get(slot.row, 0) + 1
    beside = sum(count for row, count in texts.items() if row in tables)
    return not beside and all(count == 1 for row, count in texts.items())


def _cell(slot: TableSlot) -> TableCell:
    """A cell in which only texts stand."""
    return TableCell(_text(slot), slot.row, slot.column, slot.row_span, slot.column_span)


def _text(slot: TableSlot) -> str:
    return "\n".join(one for one in slot.content if isinstance(one, str))


class _AreaText(NamedTuple):
    """A text and its area, whose edges lie between those of the table's rows and columns where it was within a cell."""

    text: str
    top: Fraction
    left: Fraction
    bottom: Fraction
    right: Fraction

    def within(self, area: _AreaText) -> _AreaText:
        """The same where its area is a part of another, on which its own edges lie from 0 to 1."""
        height, width = area.bottom - area.top, area.right - area.left
        return _AreaText(
            self.text,
            area.top + self.top * height,
            area.left + self.left * width,
            area.top + self.bottom * height,
            area.left + self.right * width,
        )


def _flat(table: NestedTable) -> FlatTable:
    pieces = [piece for slot in table.slots for piece in _pieces(slot)]
    rows = _positions(edge for piece in pieces for edge in (piece.top, piece.bottom))
    columns = _positions(edge for piece in pieces for edge in (piece.left, piece.right))
    return FlatTable(
        tuple(
            TableCell(
                piece.text,
                rows[piece.top],
                columns[piece.left],
                rows[piece.bottom] - rows[piece.top],
                columns[piece.right] - columns[piece.left],
            )
            for piece in pieces
        )
    )


def _positions(edges: Iterable[Fraction]) -> dict[Fraction, int]:
    """The number of each edge; whole ones that nothing ends at count too, so that plain tables keep their numbers."""
    known = set(edges)
    whole = {Fraction(edge) for edge in range(int(max(known, default=Fraction(0))) + 1)}
    return {edge: index for index, edge in enumerate(sorted(known | whole))}


def _pieces(slot: TableSlot) -> Iterator[_AreaText]:
    """What stands in a cell: a text, or the cells of its tables, with the texts between them as rows of their own."""
    area = _AreaText(
        "",
        Fraction(slot.row),
        Fraction(slot.column),
        Fraction(slot.row + slot.row_span),
        Fraction(slot.column + slot.column_span),
    )
    if not slot.has_tables:
        yield area._replace(text=_text(slot))
        return
    stack = [_rows_of(content) for content in slot.content]
    total, above = sum(height for height, _ in stack), 0
    for height, pieces in stack:
        band = _AreaText("", Fraction(above, total), Fraction(0), Fraction(above + height, total), Fraction(1))
        yield from (piece.within(band.within(area)) for piece in pieces)
        above += height


def _rows_of(content: CellContent) -> tuple[int, Sequence[_AreaText]]:
    """How many rows a content takes, and its pieces, whose edges lie from 0 to 1."""
    if isinstance(content, str):
        return 1, [_AreaText(content, Fraction(0), Fraction(0), Fraction(1), Fraction(1))]
    cells = _flat(content).cells
    height = max((cell.row + cell.row_span for cell in cells), default=1)
    width = max((cell.column + cell.column_span for cell in cells), default=1)
    return height, [
        _AreaText(
            cell.text,
            Fraction(cell.row, height),
            Fraction(cell.column, width),
            Fraction(cell.row + cell.row_span, height),
            Fraction(cell.column + cell.column_span, width),
        )
        for cell in cells
    ]
