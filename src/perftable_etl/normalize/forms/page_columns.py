"""Which columns of a form those of a later page are: by where they stand, or by their order.

A page may be shifted (mirrored margins), scaled, or set anew with columns of other widths. An outermost column with
nothing in it is none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from perftable_etl.normalize.forms.fragments import Fragment, has_header, shows_indicators
from perftable_etl.normalize.forms.table_heads import Header, find_headers
from perftable_etl.normalize.layouts.notes import begins_note
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.signs import is_signed

_SAME_BOUNDARY = 4.0
"""Points two pages' boundaries may differ by and still be one column's (rounding, doubled rules)."""

_FEWEST_COLUMNS = 3
"""Columns in a row that tell whose table it is of."""

_LEVELS: frozenset[ColumnName] = frozenset({"level1", "level2", "level"})
"""The columns that names of levels stand in."""

_TARGETS: frozenset[ColumnName] = frozenset({"target", "sign", "actual"})
"""The columns that begin with a sign of comparison."""


def align(fragments: Sequence[Fragment], later: Fragment) -> list[float] | None:
    """The boundaries of `later` in the coordinates of the form so far, or None where they are another table's."""
    return _align_by_place(fragments, later) or _align_by_order(fragments, later)


def _align_by_place(fragments: Sequence[Fragment], later: Fragment) -> list[float] | None:
    """The boundaries of `later` where those of the form so far are, those of the page as a whole moved or scaled.

    Rows of notes below those of indicators may be cut in columns of their own: then those of the first row must match.
    So may the indicators that a form has none of so far: then a table that begins with their heads is the form's.
    A frame of one column is no table that may be scaled: it would fit any.
    """
    known = sorted({x for fragment in fragments for x in fragment.boundaries})
    left, right = known[0], known[-1]
    its_left, its_right = later.boundaries[0], later.boundaries[-1]
    scale = (right - left) / (its_right - its_left)
    candidates = [list(later.boundaries)]
    if len(later.boundaries) >= _FEWEST_COLUMNS or abs(scale - 1) * (right - left) <= _SAME_BOUNDARY:
        candidates.append([x - its_left + left for x in later.boundaries])
        candidates.append([(x - its_left) * scale + left for x in later.boundaries])
    for boundaries in (range(len(later.boundaries)), _boundaries_of_first_row(later)):
        for moved in candidates:
            if all(any(abs(moved[index] - k) <= _SAME_BOUNDARY for k in known) for index in boundaries):
                return moved
    if not has_header(fragments) and later.first in later.headers:
        return candidates[-1]
    has_same_edges = abs(candidates[0][0] - left) <= _SAME_BOUNDARY >= abs(candidates[0][-1] - right)
    return candidates[0] if has_same_edges and (not has_header(fragments) or _is_note(later)) else None


def _is_note(fragment: Fragment) -> bool:
    """Whether its first row is a note below an indicator table."""
    first = [cell for cell in fragment.cells if cell.row == fragment.first and cell.text]
    return bool(first) and begins_note(first[0].text)


def _boundaries_of_first_row(fragment: Fragment) -> Sequence[int]:
    """Which boundaries part the cells of its first row; all where there are too few to tell one table from another."""
    first = [cell for cell in fragment.cells if cell.row == fragment.first]
    if len(first) < _FEWEST_COLUMNS:
        return range(len(fragment.boundaries))
    return sorted({index for cell in first for index in (cell.column, cell.end_column)})


def homes(known: Sequence[float], xs: Sequence[float]) -> list[float]:
    """For each x the known boundary, of those in order, that it is, or x itself where it is a new one.

    No two are the same one, or a cell between them would have no column: of two near one boundary the nearer is it.
    """
    nearest = [_nearest(known, x) for x in xs]
    closest: dict[float, float] = {}
    for x, k in zip(xs, nearest, strict=True):
        if abs(x - k) <= _SAME_BOUNDARY and (k not in closest or abs(x - k) < abs(closest[k] - k)):
            closest[k] = x
    return [k if closest.get(k) == x else x for x, k in zip(xs, nearest, strict=True)]


def _nearest(known: Sequence[float], x: float) -> float:
    """Of some numbers in order the one nearest to x."""
    at = bisect_left(known, x)
    if at in {0, len(known)}:
        return known[min(at, len(known) - 1)]
    return known[at - 1] if x - known[at - 1] <= known[at] - x else known[at]


def _align_by_order(fragments: Sequence[Fragment], later: Fragment) -> list[float] | None:
    """The boundaries of rows of indicators where those of the table are that has as many columns.

    They are its columns if names of levels and signs stand where the table has such.
    """
    if not shows_indicators(later.cells):
        return None
    for header, boundaries in _headers(fragments):
        for first, end in _stretches(later):
            for edges in _edges(header, boundaries):
                if len(edges) == end - first + 1 and _fits(later, first, dict(_named(header, boundaries, edges))):
                    return _spread(later.boundaries, first, edges)
    return None


def _stretches(fragment: Fragment) -> list[tuple[int, int]]:
    """The first column and the last (excluded) that may be those of a table: outermost ones may be empty."""
    filled = [cell for cell in fragment.cells if cell.text]
    first, end = min(cell.column for cell in filled), max(cell.end_column for cell in filled)
    last = len(fragment.boundaries) - 1
    return list(dict.fromkeys(((0, last), (0, end), (first, last), (first, end))))


def _headers(fragments: Sequence[Fragment]) -> Iterator[tuple[Header, tuple[float, ...]]]:
    """The headers of indicator tables, the last one first, each with the boundaries of its page."""
    for fragment in reversed(fragments):
        if fragment.headers:
            for header in reversed(find_headers(fragment.cells)):
                yield header, fragment.boundaries


def _edges(header: Header, boundaries: Sequence[float]) -> Iterator[list[float]]:
    """Where the columns of a table are parted: with a column of labels beside it, and without."""
    inner = sorted({at for column in header.columns for at in (column.first, column.end)})
    if inner[0] > 0:
        yield [boundaries[0], *(boundaries[at] for at in inner)]
    yield [boundaries[at] for at in inner]


def _named(
    header: Header, boundaries: Sequence[float], edges: Sequence[float]
) -> Iterator[tuple[int, ColumnName | None]]:
    """What each column between some edges is for."""
    names = {boundaries[column.first]: column.name for column in header.columns}
    return ((index, names.get(edge)) for index, edge in enumerate(edges))


def _fits(later: Fragment, first: int, names: Mapping[int, ColumnName | None]) -> bool:
    """Whether names of levels and signs stand in the columns that have them."""
    told = (cell for cell in later.cells if cell.meaning.is_level or is_signed(cell.text))
    return all(names.get(cell.column - first) in (_LEVELS if cell.meaning.is_level else _TARGETS) for cell in told)


def _spread(boundaries: Sequence[float], first: int, edges: Sequence[float]) -> list[float]:
    """Boundaries of a page, those from `first` on laid upon `edges`; what lies beyond them stays as far from them."""
    last = first + len(edges) - 1
    return [
        *(x - boundaries[first] + edges[0] for x in boundaries[:first]),
        *edges,
        *(x - boundaries[last] + edges[-1] for x in boundaries[last + 1 :]),
    ]
