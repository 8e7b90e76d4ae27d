"""Tables whose cells are painted areas: where the areas end, rules are to be thought.

Cells lie side by side, and their areas nearly touch. In a table with every other row painted, the columns go on through
the rows between. What lies on another area is a mark on a text; what lies below neighbours is their ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.document import Box, Rule

_SMALLEST = 6.0
"""Points. Lower or narrower areas have no text on them."""

_GAP = 6.0
"""Points. Cells lie no further apart."""

_SAME = 1.5
"""Points by which edges of one column may differ."""

_FEWEST = 4
"""Cells of a table: two rows of two."""

_MOST = 400
"""More areas on a page are a picture."""

_UNPAINTED = 1.6
"""Times the height of a painted row: how high the row below it may be that is not."""


def rules_of_shades(shades: Iterable[Box], rules: Sequence[Rule], tables: Sequence[Box]) -> list[Rule]:
    """The rules to be thought around the cells that are painted areas, outside of the `tables` that are ruled."""
    loose = [box for box in shades if _is_cell(box) and not any(table.holds(*box.middle) for table in tables)]
    if not _FEWEST <= len(loose) <= _MOST:
        return []
    cells = _without_marks(_without_grounds(sorted(set(loose))))
    return [rule for table in _tables(cells) for rule in _rules(table, rules)]


def _is_cell(box: Box) -> bool:
    return box.x1 - box.x0 >= _SMALLEST and box.y1 - box.y0 >= _SMALLEST


def _without_grounds(areas: Sequence[Box]) -> list[Box]:
    """Areas without those that two neighbours lie on."""
    return [area for area in areas if not _has_neighbours([other for other in areas if _lies_on(other, area)])]


def _has_neighbours(areas: Sequence[Box]) -> bool:
    return any(_are_side_by_side(one, other) for one in areas for other in areas)


def _without_marks(areas: Sequence[Box]) -> list[Box]:
    """Areas without those that lie on another one."""
    return [area for area in areas if not any(_lies_on(area, other) for other in areas)]


def _lies_on(one: Box, other: Box) -> bool:
    return one != other and other.holds(one.x0 + 0.1, one.y0 + 0.1) and other.holds(one.x1 - 0.1, one.y1 - 0.1)


def _tables(cells: Sequence[Box]) -> Iterator[list[Box]]:
    """Cells that lie side by side or below one another, where they are of two columns and two rows at least."""
    left = list(cells)
    while left:
        table, reached = [], [left.pop()]
        while reached:
            cell = reached.pop()
            table.append(cell)
            reached += (other for other in left if _are_neighbours(cell, other))
            left = [other for other in left if other not in reached]
        if len(table) >= _FEWEST and all(len(_distinct(edges)) > 1 for edges in zip(*table, strict=True)):
            yield table


def _distinct(edges: Iterable[float]) -> list[float]:
    """Edges that are not of one column, or row."""
    distinct: list[float] = []
    for edge in sorted(edges):
        if not distinct or edge - distinct[-1] > _GAP:
            distinct.append(edge)
    return distinct


def _are_neighbours(one: Box, other: Box) -> bool:
    return (
        _are_side_by_side(one, other)
        or _are_side_by_side(other, one)
        or _is_next_below(one, other)
        or _is_next_below(other, one)
    )


def _are_side_by_side(left: Box, right: Box) -> bool:
    """Whether an area lies right of another one, at half of its height at least."""
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return abs(right.x0 - left.x1) <= _GAP and shared > 0.5 * min(left.y1 - left.y0, right.y1 - right.y0)


def _is_next_below(upper: Box, lower: Box) -> bool:
    """Whether an area is the next one of the same column."""
    gap = lower.y0 - upper.y1
    is_in_column = abs(upper.x0 - lower.x0) <= _SAME and abs(upper.x1 - lower.x1) <= _SAME
    return is_in_column and -_SAME <= gap <= _UNPAINTED * (upper.y1 - upper.y0)


def _rules(table: Sequence[Box], rules: Sequence[Rule]) -> Iterator[Rule]:
    """The sides of a table's cells, those of its columns carried through rows that are not painted."""
    bottom = max(cell.y1 for cell in table)
    foot = _foot(table, bottom, rules)
    for cell in table:
        x0, y0, x1, y1 = cell
        below = min((other.y0 for other in table if _is_next_below(cell, other)), default=y1)
        end = foot if y1 == bottom else below
        yield from (Rule(x0, y, x1, y) for y in (y0, y1))
        yield from (Rule(x, y0, x, max(y1, end)) for x in (x0, x1))


def _foot(table: Sequence[Box], bottom: float, rules: Sequence[Rule]) -> float:
    """Where a table ends: at the level rule below its last painted row, where that is a row's height away."""
    left, right = min(cell.x0 for cell in table), max(cell.x1 for cell in table)
    reach = bottom + _UNPAINTED * min(cell.y1 - cell.y0 for cell in table)
    level = [rule for rule in rules if rule.is_horizontal and bottom < rule.y0 <= reach]
    heights = {rule.y0 for rule in level if left - _GAP <= rule.x0 and rule.x1 <= right + _GAP}
    return max((y for y in heights if _covers([rule for rule in level if rule.y0 == y], right - left)), default=bottom)


def _covers(rules: Iterable[Rule], width: float) -> bool:
    return sum(rule.x1 - rule.x0 for rule in rules) >= 0.9 * width
