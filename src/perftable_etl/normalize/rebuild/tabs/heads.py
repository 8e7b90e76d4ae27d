"""The heads of the indicator tables of tabbed text: in which rows they stand, and what the columns below them are for.

Where merged cells leave no field, a head of two rows parts some cells of its first row into those of its second: into
as many as the rows below have fields more, and each into columns that are of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from perftable_etl.document import Cell
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.forms.table_heads import TREE, find_headers
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabs.grid import Placed, TableMaker, placed
from perftable_etl.normalize.rebuild.tabs.placing import Kind
from perftable_etl.normalize.rebuild.tabs.rows import Row
from perftable_etl.normalize.values.signs import is_signed

_UNUSUAL = 0.1  # the share of a table's rows that may be wider than the others: those have a cell too many
_ALONE = 1.0  # a head parted into one
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_KNOWN_LEAF = 2.0  # a head parted that is known to be of one column
_LONGEST_HEAD = 24

_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})
_State = tuple[int, int, int]


class Head(NamedTuple):
    """The rows of a head, placed; what the columns below are for, and where they are parted."""

    rows: tuple[Placed, ...]
    kinds: tuple[Kind, ...]
    edges: tuple[int, ...]


def head_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[range]:
    """Which rows head indicator tables: those of their heads, and one right above or below that has heads too."""
    end = 0
    width = max((len(row.fields) for row in rows), default=1)
    for header in find_headers([label(cell, vocabulary) for cell in _cells(map(placed, rows), width)]):
        first, last = header.row, header.end_row
        if first < end:
            continue
        if last - first == 1 and first > end and _has_heads(rows[first - 1], vocabulary):
            first -= 1
        elif last - first == 1 and last < len(rows) and _has_heads(rows[last], vocabulary):
            last += 1
        end = last
        yield range(first, last)


def _has_heads(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row head columns, or name places, and none is of an indicator."""
    if any(is_level(text) or is_signed(text) or len(text) > _LONGEST_HEAD for text in row.texts):
        return False
    heads = sum(vocabulary.head(text) is not None or is_place(text) for text in row.texts)
    return len(row.texts) > 1 and heads * 2 > len(row.texts)


def _cells(rows, width) -> Sequence[Cell]:
    table = TableMaker(width)
    for row in rows:
        table.add(row._replace(merged=row.merged if row.edges else 0))
    return sorted(table.maker.cells, key=lambda c: (c.row, c.column))


def read_head(rows: Sequence[Row], body: Sequence[Row], vocabulary: Vocabulary) -> Head:
    """What a head says of the columns below it."""
    width = full_width(body) or max(len(row.fields) for row in rows)
    columns = [tuple(row.starts) for row in rows]
    if len(rows) == 2 and max(len(row.fields) for row in rows) < width:
        columns = _spread(rows, width, vocabulary) or columns
    width = max(width, *(own[-1] + 1 for own in columns))
    placed = [Placed(rows[0], columns[0], columns[0][0])]
    placed += [Placed(row, own, width, columns[0]) for row, own in zip(rows[1:], columns[1:], strict=True)]
    kinds: list[Kind] = [None] * width
    edges = set(range(width))
    for header in find_headers([label(cell, vocabulary) for cell in _cells(placed, width)])[:1]:
        kinds[: header.columns[0].first] = ["side"] * header.columns[0].first
        for column in header.columns:
            kinds[column.first : column.end] = [column.name] * (column.end - column.first)
            edges -= set(range(column.first + 1, column.end))
    return Head(tuple(placed), tuple(kinds), tuple(sorted(edges)))


def full_width(body: Sequence[Row]) -> int:
    """How many fields the rows have that lack none."""
    widths = sorted((len(row.fields) for row in body), reverse=True)
    return widths[int(_UNUSUAL * len(widths))] if widths else 0


def _spread(rows: Sequence[Row], full: int, vocabulary: Vocabulary) -> list[tuple[int, ...]]:
    first, second = ([vocabulary.head(one.text) for one in row.fields] for row in rows)
    ways = min((_ways(first, second, count) for count in (full, full + 1)), key=lambda way: way.cost)
    counts = [step.part for step in ways.cheapest()]
    starts = [0, *accumulate(max(1, count) for count in counts)]
    below = [start + part for start, count in zip(starts, counts, strict=False) for part in range(count)]
    placed = zip(rows, (starts, below), strict=True)
    return [tuple(columns[index] for index in row.starts) for row, columns in placed] if counts else []


def _ways(first: Sequence[Kind], second: Sequence[Kind], width: int) -> Readings[_State, int]:
    """All ways of parting cells of the first row: a state counts them, columns, and cells of the second row."""

    def steps_from(state: _State) -> Iterator[Step[_State, int]]:
        number, column, part = state
        if number == len(first) or column >= width:
            return
        yield Step(state, (number + 1, column + 1, part), 0.0, 0)
        for count in range(1, len(second) - part + 1):
            cost = _parting_cost(first[number], second[part : part + count])
            yield Step(state, (number + 1, column + count, part + count), cost, count)

    return Readings((0, 0, 0), (len(first), width, len(second)), steps_from)


def _parting_cost(kind: Kind, parts: Sequence[Kind]) -> float:
    """What it costs that a head is parted into these."""
    cost = _ALONE if len(parts) == 1 else 0.0
    if kind in TREE or kind == "weight":
        cost += _KNOWN_LEAF
    return cost + sum(_OTHER_PARTS for one in parts if (one in _OF_TARGETS) != (kind == "target"))
