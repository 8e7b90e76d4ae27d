"""How many columns each cell of a head covers where merged cells leave no field: told by the rows below.

The widest row shows how many columns there are. A head of two rows parts some cells of its first row into those of its
second. Of all ways the one is taken under which the texts of full rows fit their columns best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind, misfit

_WIDER = 1.5  # a head over several columns that nothing parts
_NAME_WIDER = 1.0  # ... of names, which may stand beside what explains them
_ALONE = 1.0  # a head parted into one
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_KNOWN_LEAF = 2.0  # a head parted that is known to be of one column
_UNLIKE = 0.5  # a head parted into columns of other nouns

_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})


class HeadCell(NamedTuple):
    """A text of a head and what it heads."""

    text: str
    kind: Kind


class Cover(NamedTuple):
    """The columns of one cell of a head's first row, and how many cells of the second row part it."""

    width: int
    parts: int = 0


class _Way(NamedTuple):
    cost: float
    covers: tuple[Cover, ...]


class Problem(NamedTuple):
    """The two rows of a head, and the texts of full rows by column; None in a column that they have none in."""

    first: Sequence[HeadCell]
    second: Sequence[HeadCell]
    columns: Sequence[Sequence[str] | None]


def spread(problem: Problem) -> tuple[float, tuple[Cover, ...]] | None:
    """The cheapest covers of the first row, and their cost; None where the columns are too few."""
    ways: dict[tuple[int, int], _Way] = {(0, 0): _Way(0.0, ())}
    for cell in problem.first:
        ways = _further(problem, cell, ways)
    found = ways.get((len(problem.columns), len(problem.second)))
    return found and (found.cost, found.covers)


def _further(problem: Problem, cell: HeadCell, ways: dict[tuple[int, int], _Way]) -> dict[tuple[int, int], _Way]:
    """The cheapest ways with one more cell, by how many columns and cells of the second row they use."""
    longer: dict[tuple[int, int], _Way] = {}
    for (column, part), way in ways.items():
        for cost, cover in _covers(problem, cell, column, part):
            at = column + cover.width, part + cover.parts
            if at not in longer or way.cost + cost < longer[at].cost:
                longer[at] = _Way(way.cost + cost, (*way.covers, cover))
    return longer


def _covers(problem: Problem, cell: HeadCell, column: int, part: int) -> Iterator[tuple[float, Cover]]:
    left = len(problem.columns) - column
    for width in range(1, left + 1):
        misfits = sum(_misfit(problem.columns[column + i], cell.kind) for i in range(width))
        yield misfits + (_NAME_WIDER if cell.kind == "level3" else _WIDER) * (width - 1), Cover(width)
    for count in range(1, min(left, len(problem.second) - part) + 1):
        parts = problem.second[part : part + count]
        misfits = sum(_misfit(problem.columns[column + i], one.kind) for i, one in enumerate(parts))
        yield misfits + _parting_cost(cell, parts), Cover(count, count)


def _misfit(texts: Sequence[str] | None, kind: Kind) -> float:
    """How badly the texts of a column fit, on average."""
    return sum(misfit(text, kind) for text in texts) / len(texts) if texts else 0.0


def _parting_cost(cell: HeadCell, parts: Sequence[HeadCell]) -> float:
    """What it costs that a head is parted into these."""
    cost = _ALONE if len(parts) == 1 else 0.0
    if cell.kind in LEVELS - {"side"} or cell.kind in ("level3", "weight"):
        cost += _KNOWN_LEAF
    cost += sum(_OTHER_PARTS for one in parts if (one.kind in _OF_TARGETS) != (cell.kind == "target"))
    return cost + sum(_UNLIKE / len(parts) for one in parts if _noun(one.text) != _noun(cell.text))


def _noun(text: str) -> str:
    """The last character of a head without what qualifies it: what it is a head of stands at its end."""
    return label_key(text)[-1:]
