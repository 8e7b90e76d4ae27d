"""The tables of a Word document: where each cell stands, and what it spans.

A cell says how many columns it spans. Of rows it does not: the cells below it say that they are part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from perftable_etl.extract.office.docx_styles import is_on, value_of, whole_number
from perftable_etl.extract.office.nested_tables import CellContent, NestedTable, TableSlot
from perftable_etl.extract.office.xml import Element, child, local

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_MOST_COLUMNS = 1_000
"""Columns. Word allows 63."""

ReadContent = Callable[[Element], tuple[CellContent, ...]]
"""Gives what stands in a cell."""

Hide = Callable[[tuple[CellContent, ...]], None]
"""Hears what stands in a cell or row that is not shown."""


class _Start(NamedTuple):
    """A cell of a row before what goes on from above is known: its column and end, and how it is merged downwards."""

    column: int
    end_column: int
    element: Element
    merge: Element | None

    @property
    def goes_on(self) -> bool:
        """Whether it says that it is a part of the cell above."""
        return _goes_on(self.merge)


def _goes_on(merge: Element | None) -> bool:
    """Whether a cell says that it is a part of the one before it, in its row or in its column."""
    return merge is not None and value_of(merge) in (None, "continue")


def read_table(table: Element, read: ReadContent, hide: Hide) -> NestedTable:
    """A table, its cells read by `read` in their order."""
    slots: list[TableSlot] = []
    above: dict[int, int] = {}
    row = 0
    for element in _parts(table, "tr"):
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            continue
        if is_on(child(properties, "hidden")):
            for cell in _parts(element, "tc"):
                hide(read(cell))
            continue
        above = _add_row(slots, row, element, above, read, hide)
        row += 1
    return NestedTable(tuple(slots))


def _parts(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, also those within content controls and tracked changes."""
    for element in parent.iterchildren():
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _parts(element, name)


def _add_row(
    slots: list[TableSlot], row: int, element: Element, above: dict[int, int], read: ReadContent, hide: Hide
) -> dict[int, int]:
    """Adds a row's cells to the slots, and gives which of them, by column, may go on in the row below."""
    below: dict[int, int] = {}
    for start in _starts(element):
        index = above.get(start.column) if start.goes_on else None
        content = read(start.element)
        if index is None:
            index = len(slots)
            slots.append(TableSlot(row, start.column, 1, start.end_column - start.column, content))
        else:
            hide(content)
            slots[index] = slots[index]._replace(row_span=row + 1 - slots[index].row)
        if start.merge is not None:
            below[start.column] = index
    return below


def _starts(row: Element) -> Iterator[_Start]:
    """The cells of a row with their columns; one that is merged with that on its left is a part of it."""
    column = whole_number(child(child(row, "trPr"), "gridBefore"), 0)
    pending: _Start | None = None
    for cell in _parts(row, "tc"):
        properties = _properties(cell)
        if "cellDel" in properties:
            continue
        end = min(column + max(whole_number(properties.get("gridSpan"), 1), 1), _MOST_COLUMNS)
        if pending and _goes_on(properties.get("hMerge")):
            pending = pending._replace(end_column=end)
        else:
            if pending:
                yield pending
            pending = _Start(column, end, cell, properties.get("vMerge"))
        column = end
    if pending:
        yield pending


def _properties(cell: Element) -> Mapping[str, Element]:
    """What a cell says of itself, by name."""
    found = child(cell, "tcPr")
    return {} if found is None else {local(one): one for one in found.iterchildren()}
