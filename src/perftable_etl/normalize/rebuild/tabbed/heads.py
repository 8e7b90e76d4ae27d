"""The heads of the indicator tables of tabbed text: in which rows they stand, and what the columns below them are for.

Where merged cells leave no field, cells of a head go on over several columns, or a second row parts them: of all ways
that one is taken under which the texts of full rows fit their columns best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Place
from perftable_etl.normalize.forms.labelling import LabelledCell, label, label_grid
from perftable_etl.normalize.forms.table_heads import find_headers
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.grid import Placed, make_grid
from perftable_etl.normalize.rebuild.tabbed.placing import Kind, last_name, misfit
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow
from perftable_etl.normalize.values.signs import is_signed

_UNUSUAL = 0.1  # the share of a table's rows that may be wider than the others: those have a cell too many
_LONGEST_HEAD = 24  # characters: a longer text is no head of a column

_WIDER = 1.5  # a head over several columns that nothing parts
_NAME_WIDER = 1.0  # ... of names, which may stand beside what explains them
_ALONE = 1.0  # a head parted into one
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})

_State = tuple[int, int, int]
_NOWHERE = Place(1, Box(0, 0, 0, 0))


class Head(NamedTuple):
    """The rows of a head, what the columns below it are for, and where they are parted."""

    rows: tuple[Placed, ...]
    kinds: tuple[Kind, ...]
    edges: tuple[int, ...]


def told(text: str, vocabulary: Vocabulary) -> LabelledCell:
    """What a text may be by itself."""
    return label(Cell(text, 0, 0, 1, 1, _NOWHERE), vocabulary)


def head_rows(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> Iterator[range]:
    """Which rows head indicator tables, one right below or above with heads too among them."""
    end = 0
    width = max(len(row.fields) for row in rows)
    nothing_merged = frozenset(range(width))
    printed = [Placed(row, tuple(row.starts), (len(row.fields),), own=nothing_merged) for row in rows]
    for header in find_headers(label_grid(make_grid(printed, width), vocabulary)):
        first, last = header.row, header.end_row
        if last - first == 1 and last < len(rows) and _has_heads(rows[last], vocabulary):
            last += 1
        elif last - first == 1 and first > end and _has_heads(rows[first - 1], vocabulary):
            first -= 1
        if first >= end:
            yield range(first, last)
            end = last


def _has_heads(row: TabbedRow, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row head columns, and none is of an indicator."""
    if any(is_level(text) or is_signed(text) or len(text) > _LONGEST_HEAD for text in row.texts):
        return False
    heads = sum(_kind(text, vocabulary) is not None or vocabulary.is_side(text) for text in row.texts)
    return len(row.texts) > 1 and heads * 2 > len(row.texts)


def _kind(text: str, vocabulary: Vocabulary) -> Kind:
    return "target" if is_place(text) else told(text, vocabulary).heads


def read_head(rows: Sequence[TabbedRow], body: Sequence[TabbedRow], vocabulary: Vocabulary) -> Head:
    """What a head says of the columns below it."""
    first, *others = _spread(rows, body, vocabulary) or [Placed(row, tuple(row.starts)) for row in rows]
    width = max(
        1, *(column + 1 for one in (first, *others) for column in one.columns), *(len(row.fields) for row in rows)
    )
    placed = (
        first._replace(own=frozenset(range(width))),
        *(row._replace(edges=first.columns, merged=width) for row in others),
    )
    kinds: list[Kind] = [None] * width
    edges = {*range(width)}
    for header in find_headers(label_grid(make_grid(placed, width), vocabulary))[:1]:
        kinds[: header.columns[0].first] = ["side"] * header.columns[0].first
        for column in header.columns:
            kinds[column.first : column.end] = [column.name] * (column.end - column.first)
            edges -= {*range(column.first + 1, column.end)} if width == len(rows[0].fields) else set()
    used = max(
        (at for own in (*(one.columns for one in placed), *(row.starts for row in body)) for at in own), default=0
    )
    kinds[used + 1 :] = ["beyond"] * (width - used - 1)
    known = (kind or ("level" if column < last_name(kinds) < width else None) for column, kind in enumerate(kinds))
    return Head(placed, tuple(known), tuple(sorted(edges)))


def _spread(rows: Sequence[TabbedRow], body: Sequence[TabbedRow], vocabulary: Vocabulary) -> list[Placed]:
    """The rows of a head whose merged cells leave no field; none where its blanks say where its texts stand."""
    widths = sorted((len(row.fields) for row in body), reverse=True)
    full = widths[int(_UNUSUAL * len(widths))] if widths else 0
    if full <= min(len(row.fields) for row in rows) or not all(row.fields[0].text for row in rows[1:] or body):
        return []
    own = [[_kind(one.text, vocabulary) for one in row.fields] for row in rows]
    whole = [[one.text for one in row.fields] for row in body if len(row.fields) == full]
    columns = [list(filter(None, texts)) for texts in zip(*whole, strict=True)]
    ways = min((_ways(own, columns), _ways(own, [[], *columns])), key=lambda way: way.cost)
    counts = [step.part for step in ways.cheapest()]
    starts = [0, *accumulate(width for width, _ in counts)]
    below = [start + part for start, (_, parts) in zip(starts, counts, strict=False) for part in range(parts)]
    spread = zip(rows, (starts, below), strict=False) if counts else ()
    return [Placed(row, tuple(columns[index] for index in row.starts)) for row, columns in spread]


def _ways(heads: Sequence[Sequence[Kind]], columns: Sequence[Sequence[str]]) -> Readings[_State, tuple[int, int]]:
    """All ways of covering columns with the texts in them: a part is how many a cell has, and of how many parts.

    A state counts cells of the first row, columns, and cells of the second row.
    """
    first, second = [*heads, []][:2]

    def fit(column: int, kinds: Sequence[Kind]) -> float:
        pairs = list(zip(columns[column:], kinds, strict=False))
        return sum(misfit(text, kind) / len(texts) for texts, kind in pairs for text in texts)

    def steps_from(state: _State) -> Iterator[Step[_State, tuple[int, int]]]:
        number, column, part = state
        kind, left = first[number] if number < len(first) else None, len(columns) - column
        for width in range(1, left + 1) if number < len(first) else ():
            cost = fit(column, [kind] * width) + (_NAME_WIDER if kind == "level3" else _WIDER) * (width - 1)
            yield Step(state, (number + 1, column + width, part), cost, (width, 0))
            parts = second[part : part + width]
            if len(parts) == width:
                cost = fit(column, parts) + _parting_cost(kind, parts)
                yield Step(state, (number + 1, column + width, part + width), cost, (width, width))

    return Readings((0, 0, 0), (len(first), len(columns), len(second)), steps_from)


def _parting_cost(kind: Kind, parts: Sequence[Kind]) -> float:
    """What it costs that a head is parted into these."""
    return _ALONE * (len(parts) == 1) + sum(_OTHER_PARTS for one in parts if (one in _OF_TARGETS) != (kind == "target"))
