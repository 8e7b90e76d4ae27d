"""The heads of the indicator tables of tabbed text: in which rows they stand, and what they say of the columns.

A row is a head by the columns it names, or by how it is worded. Where merged cells leave no field, a head of two rows
parts some cells of its first row into those of its second: of all ways that one is taken under which the texts of full
rows fit their columns best.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, takewhile
from math import inf
from typing import NamedTuple

from perftable_etl.normalize.forms.evidence import heads_table
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.heads import names_column
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.alignment import Columns
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind, misfit
from perftable_etl.normalize.rebuild.tabbed.grid import PlacedCell, PlacedRow, Spread
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

_FEWEST = 2  # columns that a row must name for certain to be a head
_LONGEST_HEAD = 24  # characters: a longer text is no head of a column

_WIDER = 1.5  # a head over several columns that nothing parts
_NAME_WIDER = 1.0  # ... of names, which may stand beside what explains them
_ALONE = 1.0  # a head parted into one
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_KNOWN_LEAF = 2.0  # a head parted that is known to be of one column

_BESIDE_SIDE: frozenset[Kind] = frozenset({"level", "level1", "level2", "level3"})
"""What stands right of the label beside all rows; no such column stands left of it."""

_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})


class Head(NamedTuple):
    """What the columns below a head are for, and which of them begin a cell of its lowest row; it is `width` wide."""

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
        beyond = tuple(range(len(self.kinds), self.width))
        return Columns(self.kinds + _BEYOND * len(beyond), (*self.groups, *beyond))

    def kind(self, column: int) -> Kind:
        """What a column is for; None where the head says nothing."""
        return self.kinds[column] if column < len(self.kinds) else None


_BESIDE: tuple[Kind, ...] = ("side",)
_BEYOND: tuple[Kind, ...] = ("beyond",)

_State = tuple[int, int, int]
_Cover = tuple[int, int]
"""The columns of one cell of a head's first row, and how many cells of the second row part it."""


class _Cell(NamedTuple):
    """A text of a head and what it heads."""

    text: str
    kind: Kind


def is_head(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row heads an indicator table: it names columns that only those have, or it is worded as heads are."""
    if not row.is_tabbed:
        return False
    return sum(_certainly_heads(text, vocabulary) for text in row.texts) >= _FEWEST or _is_worded(row, vocabulary)


def _certainly_heads(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.column(text) is not None or names_column(fold(text))


def _is_worded(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row are worded as heads are, those of an indicator table among them, and none as more."""
    columns = [vocabulary.head(text) for text in row.texts]
    if any(map(_is_of_row, row.texts)) or any(vocabulary.meaning(text).above for text in row.texts):
        return False
    return sum(map(bool, columns)) * 2 > len(columns) and heads_table({column for column in columns if column})


def _is_of_row(text: str) -> bool:
    """Whether a text is the name of a level, or a value, or too long for a head."""
    is_level = find_level1(text) is not None or find_level2(text) is not None
    return is_level or len(text) > _LONGEST_HEAD or parse_target(text).kind == "quantitative"


def head_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> dict[int, int]:
    """Where heads stand among the rows of a table: the number of each one's first row, and how many rows it has."""
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        below = takewhile(lambda one: not is_head(one, vocabulary), rows[index + 1 :])
        if above and found.get(index - 1) == 1 and _goes_on(row, above, list(below), vocabulary):
            found[index - 1] = 2
        elif is_head(row, vocabulary):
            is_free = above is not None and index - 1 not in found and found.get(index - 2) != 2
            is_second = is_free and _may_be_first(rows[index - 1], vocabulary)
            found[index - is_second] = 1 + is_second
    return found


def _goes_on(row: Row, head: Row, below: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether a row goes on with the head above it, as where 指标值 is parted into sign, value and unit."""
    texts = row.texts
    if not row.is_tabbed or any(map(_is_of_row, texts)) or set(texts) <= set(head.texts) or len(texts) < _FEWEST:
        return False
    if sum(vocabulary.head(text) is not None for text in texts) * 2 > len(texts):
        return True
    if row.first:  # all of them stand below one text of the head, and the blanks right of that
        return len({bisect_right(head.starts, index) for index in row.starts}) == 1
    full = full_width([one for one in below if one.is_tabbed])  # they are what rows have more than the head
    return len(row.fields) < full and len(head.fields) - 1 + len(row.fields) in (full, full + 1)


def _may_be_first(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row right above a head is its first row: it has a head of a column too, and nothing that is a value."""
    if not row.is_tabbed or any(map(_is_of_row, row.texts)):
        return False
    return any(_certainly_heads(text, vocabulary) for text in row.texts)


def read_head(spreads: Sequence[Spread], width: int, vocabulary: Vocabulary) -> Head:
    """What a head says of the columns below it."""
    end = max(max(spread.fields) + 1 for spread in spreads)
    kinds: list[Kind] = [None] * max(end, *(spread.width for spread in spreads))
    groups = {0}
    for placed in place_head(spreads, len(kinds)):
        groups |= {cell.column for cell in placed.cells}
        kinds_of_row = _kinds_of([cell.field.text for cell in placed.cells], vocabulary)
        for cell, kind in zip(placed.cells, kinds_of_row, strict=True):
            kinds[cell.column : cell.end_column] = [kind] * (cell.end_column - cell.column)
    first = min(min(spread.fields) for spread in spreads)
    return Head(_BESIDE * first + tuple(kinds[first:]), tuple(sorted(groups)), max(width, len(kinds)))


def place_head(spreads: Sequence[Spread], width: int) -> Iterator[PlacedRow]:
    """The rows of a head: each text goes on to the next; of two rows the first also down where nothing parts it."""
    first, *others = spreads
    second = sorted({column for spread in others for column in spread.fields})
    cells = []
    for start, end in pairwise([*first.fields, width]):
        is_parted = any(start <= column < end for column in second)
        cells.append(PlacedCell(first.fields[start], start, end, 1 if is_parted else len(spreads)))
    yield PlacedRow(first.row, tuple(cells), cells[0].column)
    edges = sorted({edge for cell in cells for edge in (cell.column, cell.end_column)})
    for spread in others:
        ends = (
            (start, min(end, next(edge for edge in edges if edge > start))) for start, end in pairwise([*second, width])
        )
        yield PlacedRow(spread.row, tuple(PlacedCell(spread.at(start), start, end) for start, end in ends))


def _kinds_of(texts: Sequence[str], vocabulary: Vocabulary) -> list[Kind]:
    """What the columns below the texts of a row of heads are for."""
    kinds: list[Kind] = [_kind(text, vocabulary) for text in texts]
    if kinds and kinds[0] not in _BESIDE_SIDE and any(kind in LEVELS for kind in kinds[1:2]):
        kinds[0] = "side"
    return kinds


def _kind(text: str, vocabulary: Vocabulary) -> Kind:
    meaning = vocabulary.meaning(text)
    return "side" if meaning.is_side and not meaning.column else vocabulary.head(text)


def spread_head(rows: Sequence[Row], body: Sequence[Row], vocabulary: Vocabulary) -> list[Spread]:
    """The rows of a head whose merged cells leave no field, in the columns that the rows below it tell."""
    first, *others = (_cells_of(row, vocabulary) for row in rows)
    second = [
        cell._replace(kind="target") if cell.kind is None and is_place(cell.text) else cell
        for own in others
        for cell in own
    ]
    full = full_width(body)
    ways = [_ways(first, second, _texts(body, full, count)) for count in (full, full + 1)]
    best = min(ways, key=lambda way: way.cost)
    if best.cost == inf or (not second and full <= len(first)):
        return [Spread(row, dict(enumerate(row.fields))) for row in rows]
    starts = [0, *accumulate(step.part[0] for step in best.cheapest())]
    columns = [start + i for start, step in zip(starts, best.cheapest(), strict=False) for i in range(step.part[1])]
    return [
        Spread(rows[0], dict(zip(starts, rows[0].fields, strict=False)), starts[-1]),
        *(Spread(row, dict(zip(columns, row.fields, strict=False)), starts[-1]) for row in rows[1:]),
    ]


def _cells_of(row: Row, vocabulary: Vocabulary) -> list[_Cell]:
    texts = [one.text for one in row.fields]
    return list(map(_Cell, texts, _kinds_of(texts, vocabulary)))


def _texts(body: Sequence[Row], full: int, count: int) -> list[list[str]]:
    """The texts of full rows in each of so many columns; none in those that the rows have no field for."""
    rows = [row for row in body if len(row.fields) == full]
    own = [[row.fields[index].text for row in rows if row.fields[index].text] for index in range(full)]
    return [[] for _ in range(count - full)] + own


def _ways(
    first: Sequence[_Cell], second: Sequence[_Cell], columns: Sequence[Sequence[str]]
) -> Readings[_State, _Cover]:
    """All ways of covering the columns: a state counts cells of the first row, columns, and cells of the second row."""

    def misfit_at(column: int, kind: Kind) -> float:
        texts = columns[column]
        return sum(misfit(text, kind) for text in texts) / len(texts) if texts else 0.0

    def steps_from(state: _State) -> Iterator[Step[_State, _Cover]]:
        number, column, part = state
        if number == len(first):
            return
        kind, left = first[number].kind, len(columns) - column
        for width in range(1, left + 1):
            cost = sum(misfit_at(column + i, kind) for i in range(width))
            cost += (_NAME_WIDER if kind == "level3" else _WIDER) * (width - 1)
            yield Step(state, (number + 1, column + width, part), cost, (width, 0))
        for count in range(1, min(left, len(second) - part) + 1):
            parts = second[part : part + count]
            cost = sum(misfit_at(column + i, one.kind) for i, one in enumerate(parts))
            cost += _parting_cost(first[number], parts)
            yield Step(state, (number + 1, column + count, part + count), cost, (count, count))

    return Readings((0, 0, 0), (len(first), len(columns), len(second)), steps_from)


def _parting_cost(cell: _Cell, parts: Sequence[_Cell]) -> float:
    """What it costs that a head is parted into these."""
    cost = _ALONE if len(parts) == 1 else 0.0
    if cell.kind in LEVELS - {"side"} or cell.kind in ("level3", "weight"):
        cost += _KNOWN_LEAF
    return cost + sum(_OTHER_PARTS for one in parts if (one.kind in _OF_TARGETS) != (cell.kind == "target"))
