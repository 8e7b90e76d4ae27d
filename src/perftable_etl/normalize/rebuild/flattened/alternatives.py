"""Rows of flattened text that could be read in another way about as well.

The cheapest reading of all lines is taken. How sure a row of it is, the cheapest reading without that row tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import inf

from perftable_etl.normalize.rebuild.flattened.doubts import Doubt
from perftable_etl.normalize.rebuild.flattened.pieces import Piece
from perftable_etl.normalize.rebuild.flattened.rows import TablePart, parts_from

_SURE = 1.0
"""What a reading without the row must cost more: less is the difference of two lawful choices."""

_LONGEST = 12
"""Pieces that one reading takes at the most: those of a name and of its target."""


def find_ambiguous(
    pieces: Sequence[Piece], table_parts: Sequence[TablePart], column_width: float, doubted: Collection[TablePart]
) -> Iterator[Doubt]:
    """The rows among `table_parts`, the cheapest of all `pieces`, without which all of them can be read as cheaply.

    A reading that lacks a row has another part where the row is. Rows that are `doubted` already are passed over.
    """
    parts = [list(parts_from(pieces, first, column_width)) for first in range(len(pieces))]
    before, after = _cheapest_before(parts), _cheapest_after(parts)
    for row in table_parts:
        others = (
            before[part.first] + cost + after[part.end]
            for first in range(max(0, row.first - _LONGEST), row.end)
            for cost, part in parts[first]
            if part.end > row.first and part != row
        )
        if row.part == "row" and row not in doubted and min(others, default=inf) < after[0] + _SURE:
            yield Doubt(row, "another reading of its lines fits about as well")


_Parts = Sequence[Sequence[tuple[float, TablePart]]]
"""All parts that begin at each piece, with their costs."""


def _cheapest_before(parts: _Parts) -> list[float]:
    """What it costs to read all pieces up to each, and up to the end."""
    cheapest = [0.0, *[inf] * len(parts)]
    for first, here in enumerate(parts):
        for cost, part in here:
            cheapest[part.end] = min(cheapest[part.end], cheapest[first] + cost)
    return cheapest


def _cheapest_after(parts: _Parts) -> list[float]:
    """What it costs to read all pieces from each on, and none."""
    cheapest = [*[inf] * len(parts), 0.0]
    for first in reversed(range(len(parts))):
        cheapest[first] = min((cost + cheapest[part.end] for cost, part in parts[first]), default=inf)
    return cheapest
