"""The heads of the indicator tables of tabbed text: in which rows they stand, and what the columns below them are for.

Where merged cells leave no field, a head of two rows parts some cells of its first row into those of its second: into
as many as the rows below have fields more, and each into columns that are of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.forms.labelling import label
from perftable_etl.normalize.forms.table_heads import TREE, find_headers
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabs.grid import Placed, TableMaker, placed
from perftable_etl.normalize.rebuild.tabs.placing import Kind, last_name, misfit
from perftable_etl.normalize.rebuild.tabs.rows import Row
from perftable_etl.normalize.values.signs import is_signed

_UNUSUAL = 0.1  # the share of a table's rows that may be wider than the others: those have a cell too many
_ALONE = 1.0  # a head parted into one
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_KNOWN_LEAF = 2.0  # a head parted that is known to be of one column
_WIDER = 1.5  # a head over several columns that nothing parts
_NAME_WIDER = 1.0  # ... of names, which may stand beside what explains them
_LONGEST_HEAD = 24

_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})
NOWHERE = Place(1, Box(0, 0, 0, 0))
_State = tuple[int, int, int]
_Cover = tuple[int, int]


class Head(NamedTuple):
    """The rows of a head, placed; what the columns below are for, and where they are parted."""

    rows: tuple[Placed, ...]
    kinds: tuple[Kind, ...]
    edges: tuple[int, ...]

    def kind(self, column: int) -> Kind:
        return self.kinds[column] if column < len(self.kinds) else None


def head_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[range]:
    """Which rows head indicator tables: those of their heads, and one right above or below that has heads too."""
    end = 0
    width = max((len(row.fields) for row in rows), default=1)
    for header in find_headers([label(cell, vocabulary) for cell in _cells([Placed(row, tuple(row.starts), 0, (len(row.fields),)) for row in rows], width)]):
        first, last = header.row, header.end_row
        if first < end:
            continue
        if last - first == 1 and last < len(rows) and _has_heads(rows[last], vocabulary):
            last += 1
        elif last - first == 1 and first > end and _has_heads(rows[first - 1], vocabulary):
            first -= 1
        end = last
        yield range(first, last)


def _has_heads(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row head columns, or name places, and none is of an indicator."""
    if any(is_level(text) or is_signed(text) or len(text) > _LONGEST_HEAD for text in row.texts):
        return False
    heads = sum(_heads(text, vocabulary) is not None or vocabulary.is_side(text) for text in row.texts)
    return len(row.texts) > 1 and heads * 2 > len(row.texts)


def _cells(rows, width) -> Sequence[Cell]:
    table = TableMaker(width)
    for row in rows:
        table.add(row)
    return sorted(table.maker.cells, key=lambda c: (c.row, c.column))


def read_head(rows: Sequence[Row], body: Sequence[Row], vocabulary: Vocabulary) -> Head:
    """What a head says of the columns below it."""
    columns = _spread(rows, body, vocabulary) or [tuple(row.starts) for row in rows]
    width = max(*(len(row.fields) for row in rows), *(own[-1] + 1 for own in columns))
    placed = [Placed(rows[0], columns[0], 0)]
    placed += [Placed(row, own, width, columns[0]) for row, own in zip(rows[1:], columns[1:], strict=True)]
    kinds: list[Kind] = [None] * width
    edges = set(range(width))
    for header in find_headers([label(cell, vocabulary) for cell in _cells(placed, width)])[:1]:
        kinds[: header.columns[0].first] = ["side"] * header.columns[0].first
        for column in header.columns:
            kinds[column.first : column.end] = [column.name] * (column.end - column.first)
            if len(rows[0].fields) == width: edges -= set(range(column.first + 1, column.end))
    known = [kind or ("level" if column < last_name(kinds) < width else None) for column, kind in enumerate(kinds)]
    return Head(tuple(placed), tuple(known), tuple(sorted(edges)))


def full_width(body: Sequence[Row]) -> int:
    """How many fields the rows have that lack none."""
    widths = sorted((len(row.fields) for row in body), reverse=True)
    return widths[int(_UNUSUAL * len(widths))] if widths else 0


def _spread(rows: Sequence[Row], body: Sequence[Row], vocabulary: Vocabulary) -> list[tuple[int, ...]]:
    """In which columns the texts of a head stand whose merged cells leave no field; nowhere where its blanks say it."""
    full = full_width(body)
    if full <= min(len(row.fields) for row in rows) or not all(row.fields[0].text for row in (rows[1:] or body)):
        return []
    first, second = ([_heads(one.text, vocabulary) for one in row.fields] for row in (*rows, Row((), ()))[:2])
    ways = min((_ways(first, second, _texts(body, full, count)) for count in (full, full + 1)), key=lambda way: way.cost)
    counts = [step.part for step in ways.cheapest()]
    starts = [0, *accumulate(width for width, _ in counts)]
    below = [start + part for start, (_, count) in zip(starts, counts, strict=False) for part in range(count)]
    placed = zip(rows, (starts, below), strict=False)
    return [tuple(columns[index] for index in row.starts) for row, columns in placed] if counts else []


def _texts(body: Sequence[Row], full: int, count: int) -> list[list[str]]:
    """The texts of full rows in each of so many columns; none in those that the rows have no field for."""
    rows = [row for row in body if len(row.fields) == full]
    return [[]] * (count - full) + [[row.fields[index].text for row in rows] for index in range(full)]


def _heads(text: str, vocabulary: Vocabulary) -> Kind:
    return "target" if is_place(text) else label(Cell(text, 0, 0, 1, 1, NOWHERE), vocabulary).heads


def _ways(first: Sequence[Kind], second: Sequence[Kind], columns: Sequence[Sequence[str]]) -> Readings[_State, _Cover]:
    """All ways of covering the columns: a state counts cells of the first row, columns, and cells of the second row."""

    def fit(column: int, kinds: Sequence[Kind]) -> float:
        own = list(zip(columns[column:], kinds))
        return sum(misfit(text, kind) / len(texts) for texts, kind in own for text in texts if text)

    def steps_from(state: _State) -> Iterator[Step[_State, _Cover]]:
        number, column, part = state
        if number == len(first):
            return
        kind, left = first[number], len(columns) - column
        for width in range(1, left + 1):
            cost = fit(column, [kind] * width) + (_NAME_WIDER if kind == "level3" else _WIDER) * (width - 1)
            yield Step(state, (number + 1, column + width, part), cost, (width, 0))
        for count in range(1, min(left, len(second) - part) + 1):
            parts = second[part : part + count]
            cost = fit(column, parts) + _parting_cost(kind, parts)
            yield Step(state, (number + 1, column + count, part + count), cost, (count, count))

    return Readings((0, 0, 0), (len(first), len(columns), len(second)), steps_from)


def _parting_cost(kind: Kind, parts: Sequence[Kind]) -> float:
    """What it costs that a head is parted into these."""
    cost = _ALONE if len(parts) == 1 else 0.0
    if kind is not None and kind != "target":
        cost += _KNOWN_LEAF
    return cost + sum(_OTHER_PARTS for one in parts if (one in _OF_TARGETS) != (kind == "target"))
