"""The rows of an indicator table in its columns, which its head gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.rebuild.tabbed.alignment import Aligned, Columns, align
from perftable_etl.normalize.rebuild.tabbed.fit import Kind
from perftable_etl.normalize.rebuild.tabbed.placement import PlacedCell, PlacedRow
from perftable_etl.normalize.rebuild.tabbed.rows import Row


class Head(NamedTuple):
    """What the columns below a head are for, and which of them begin a cell of the head; the last one ends at `width`.

    `groups` are the first columns of the lowest row of the head.
    """

    kinds: tuple[Kind, ...]
    groups: tuple[int, ...]
    width: int

    @property
    def stops(self) -> tuple[int, ...]:
        """Where blanks are parted: at each cell of the head, and right of the last."""
        return (*self.groups, len(self.kinds))

    @property
    def halves(self) -> tuple[int, ...]:
        """Where tables begin that stand side by side below one head; none where there is but one."""
        targets = [column for column, kind in enumerate(self.kinds) if kind == "target"]
        names = [column for column, kind in enumerate(self.kinds) if kind == "level3"]
        ends = [target + 1 for target in targets if any(target < name for name in names)]
        return (int(self.kind(0) == "side"), *ends) if ends and targets[-1] > names[-1] > ends[0] else ()

    @property
    def columns(self) -> Columns:
        """All columns of the table, those without a head too."""
        beyond = range(len(self.kinds), self.width)
        kinds = (*self.kinds, *map(_beyond, beyond))
        return Columns(kinds, (*self.groups, *beyond))

    def kind(self, column: int) -> Kind:
        """What a column is for; None where the head says nothing."""
        return self.kinds[column] if column < len(self.kinds) else None


def _beyond(_: int) -> Kind:
    """What a column to the right of the head is for."""
    return "beyond"


def below_head(rows: Iterable[PlacedRow], head: Head) -> Iterator[PlacedRow]:
    """The rows of an indicator table right below its head, of which only the label beside all rows is merged down."""
    others = tuple(column for column in range(head.width) if head.kind(column) != "side")
    for number, row in enumerate(rows):
        yield row if number else row._replace(own=(*row.own, *others))


def place_body_row(row: Row, head: Head, offsets: Collection[int], room: int) -> PlacedRow:
    """A row in the columns of its head, of which its texts stand in the first `room`.

    `offsets` are by how many columns its fields may stand to the right of their numbers.
    """
    texts = [(index, one.text) for index, one in enumerate(row.fields) if one.text]
    if not texts:
        return PlacedRow(row, (), 0, head.stops)
    return _placed(row, align(texts, head.columns, offsets, max(room, row.end)), head)


def place_by_number(row: Row, head: Head) -> PlacedRow:
    """A row whose fields stand in the columns of their numbers."""
    columns = tuple(index for index, one in enumerate(row.fields) if one.text)
    return _placed(row, Aligned(columns, 0.0), head) if columns else PlacedRow(row, (), 0, head.groups)


def _placed(row: Row, aligned: Aligned, head: Head) -> PlacedRow:
    texts = [(index, one.text) for index, one in enumerate(row.fields) if one.text]
    cells = tuple(_cells(row, [index for index, _ in texts], aligned, head))
    return PlacedRow(row, cells, aligned.columns[0], head.stops, _doubt(aligned, head))


def _doubt(aligned: Aligned, head: Head) -> str | None:
    if aligned.columns[-1] >= len(head.kinds):
        return "it has a cell to the right of all columns that have a head"
    return None if aligned.is_certain else "its cells fit into the columns in two ways"


def _cells(row: Row, indices: Sequence[int], aligned: Aligned, head: Head) -> Iterator[PlacedCell]:
    """Each text as far as the next one, and no further than its column's cell in the head."""
    groups = [*head.groups, len(head.kinds), head.width]
    for number, (column, following) in enumerate(pairwise([*aligned.columns, head.width])):
        group_end = next(group for group in groups if group > column)
        yield PlacedCell(row.fields[indices[number]], column, min(following, group_end))
