"""Stitching the fragments of one form over its page breaks.

A page break may repeat the header, blank or move a merged label, or cut a row so that the rest of a cell opens the
next page. What belongs together is told by the rules that are missing at the break and by what a row must have: a name
and a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perftable_etl.document import Box, Cell, Grid, Place, least_confidence
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.vocabulary import column_role, is_side, role
from perftable_etl.normalize.values.text import open_brackets

_SAME_BOUNDARY = 4.0
"""Points two pages' boundaries may differ by and still be one column's (rounding, doubled rules)."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows `first` to `last` (excluded) of one grid; `starts` where a project begins in its first row."""

    cells: tuple[Cell, ...]
    first: int
    last: int
    boundaries: tuple[float, ...]
    starts: bool

    @property
    def page(self) -> int:
        """The number of the page that it stands on."""
        return self.cells[0].place.page


def align(fragments: Sequence[Fragment], later: Fragment) -> list[float] | None:
    """The boundaries of `later` in the coordinates of the form so far, or None where they are another table's.

    A page may be shifted (mirrored margins) or scaled, so the edges are laid over one another where plain
    coordinates do not match.
    """
    known = sorted({x for fragment in fragments for x in fragment.boundaries})
    left, right = known[0], known[-1]
    its_left, its_right = later.boundaries[0], later.boundaries[-1]
    scale = (right - left) / (its_right - its_left)
    candidates = (
        list(later.boundaries),
        [x - its_left + left for x in later.boundaries],
        [(x - its_left) * scale + left for x in later.boundaries],
    )
    for moved in candidates:
        if all(any(abs(x - k) <= _SAME_BOUNDARY for k in known) for x in moved):
            return moved
    if not _has_header(fragments) and abs(candidates[0][0] - left) <= _SAME_BOUNDARY >= abs(candidates[0][-1] - right):
        return candidates[0]
    return None


def stitch(fragments: Sequence[Fragment]) -> tuple[Grid, tuple[Cell, ...]]:
    """All fragments as one grid with common columns, and the header cells that were only repeated."""
    if len(fragments) == 1 and fragments[0].first == 0:
        fragment = fragments[0]
        return _grid(list(fragment.cells), fragment.last, fragment.boundaries), ()
    boundaries = list(fragments[0].boundaries)
    cells: list[Cell] = []
    repeats: list[Cell] = []
    row_count = 0
    for index, fragment in enumerate(fragments):
        xs = (align(fragments[:index], fragment) if index else None) or list(fragment.boundaries)
        boundaries, cells, columns = _widen(boundaries, cells, xs)
        header_rows = _repeated_header(fragment) if index and _has_header(fragments[:index]) else 0
        repeats += [cell for cell in fragment.cells if cell.end_row <= fragment.first + header_rows]
        moved = [
            _moved(cell, row_count - fragment.first - header_rows, columns, row_count)
            for cell in fragment.cells
            if cell.end_row > fragment.first + header_rows
        ]
        cells = _join_at_break(cells, moved, row_count) if index else moved
        row_count += fragment.last - fragment.first - header_rows
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return _grid(cells, row_count, tuple(boundaries)), tuple(repeats)


def _grid(cells: list[Cell], row_count: int, boundaries: tuple[float, ...]) -> Grid:
    page = cells[0].place.page
    around = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    return Grid(tuple(cells), row_count, boundaries, Place(page, around))


def _widen(known: list[float], cells: list[Cell], xs: Sequence[float]) -> tuple[list[float], list[Cell], list[int]]:
    """`known` boundaries with those of `xs` that are new; the cells so far in the new columns; where each x went."""
    placed = _matched(known, xs)
    widened = sorted({*known, *placed})
    if len(widened) > len(known):
        moved_to = [widened.index(k) for k in known]
        cells = [_moved(cell, 0, moved_to, 0) for cell in cells]
    return widened, cells, [widened.index(boundary) for boundary in placed]


def _matched(known: Sequence[float], xs: Sequence[float]) -> list[float]:
    """For each x the known boundary that it is, or x itself where it is a new one.

    No two are the same one, or a cell between them would have no column: of two near one boundary the nearer is it.
    """
    nearest = [min(known, key=lambda k: abs(k - x)) for x in xs]
    closest: dict[float, float] = {}
    for x, k in zip(xs, nearest, strict=True):
        if abs(x - k) <= _SAME_BOUNDARY and (k not in closest or abs(x - k) < abs(closest[k] - k)):
            closest[k] = x
    return [k if closest.get(k) == x else x for x, k in zip(xs, nearest, strict=True)]


def _moved(cell: Cell, rows: int, columns: Sequence[int], first_row: int) -> Cell:
    """`cell` moved down by `rows` (its part above `first_row` cut off) and into new columns."""
    if not rows and columns[cell.end_column] == cell.end_column and columns[cell.column] == cell.column:
        return cell
    row = max(cell.row + rows, first_row)
    column, end_column = columns[cell.column], columns[cell.end_column]
    return Cell(
        cell.text,
        row,
        column,
        cell.end_row + rows - row,
        end_column - column,
        cell.place,
        cell.cut_above,
        cell.cut_below,
        cell.parts,
        cell.confidence,
    )


def _has_header(fragments: Iterable[Fragment]) -> bool:
    return any(column_role(cell.text) == "level3" for fragment in fragments for cell in fragment.cells)


def _repeated_header(fragment: Fragment) -> int:
    """How many rows at the top of a fragment only repeat the header of the indicator table."""
    count = 0
    for row in range(fragment.first, fragment.last):
        texts = [cell.text for cell in fragment.cells if cell.row == row and cell.text]
        heads = sum(column_role(text) is not None for text in texts)
        if heads < 2 or heads + sum(map(is_side, texts)) < len(texts):
            break
        count += 1
    return count


def _join_at_break(upper: list[Cell], lower: list[Cell], break_row: int) -> list[Cell]:
    """The cells on both sides of a page break as one list, those that the break cut made whole."""
    above = {(cell.column, cell.end_column): cell for cell in upper if cell.end_row == break_row}
    below = {(cell.column, cell.end_column): cell for cell in lower if cell.row == break_row}
    pairs = [(above[columns], cell) for columns, cell in below.items() if columns in above]
    joins = _cells_to_join(pairs, _leaf_columns(upper))
    joined = {id(old): _joined_cell(high, low) for high, low in joins for old in (high, low)}
    kept = [joined.get(id(cell), cell) for cell in upper]
    return kept + [cell for cell in lower if id(cell) not in joined]


def _leaf_columns(cells: Iterable[Cell]) -> set[int]:
    """Columns that hold one thing a row (name, target), as the header tells; the rest hold merged labels."""
    leaves: set[int] = set()
    header_row = None
    for cell in cells:
        if header_row is not None and cell.row > header_row:
            break
        found = column_role(cell.text)
        if found and found not in ("level1", "level2"):
            leaves.update(range(cell.column, cell.end_column))
            header_row = cell.row
    return leaves


def _cells_to_join(pairs: Sequence[tuple[Cell, Cell]], leaves: set[int]) -> list[tuple[Cell, Cell]]:
    """Of the cells that face each other across a break, those that are one cell."""
    if not leaves:
        return _cells_to_join_above_indicators(pairs)
    is_cut = _row_is_cut([(high, low) for high, low in pairs if low.column in leaves])
    return [(high, low) for high, low in pairs if (is_cut if low.column in leaves else _is_same_cell(high, low))]


def _cells_to_join_above_indicators(pairs: Sequence[tuple[Cell, Cell]]) -> list[tuple[Cell, Cell]]:
    """The joins among labels and their values: merged labels, the parts of a cut row, and values of merged labels."""
    is_cut = _labelled_row_is_cut(pairs)
    joins: list[tuple[Cell, Cell]] = []
    label_is_joined = False
    for high, low in sorted(pairs, key=lambda pair: pair[1].column):
        if _is_label(high.text) or _is_label(low.text):
            label_is_joined = _is_same_label(high, low)
            is_same = label_is_joined
        else:
            is_same = is_cut or _is_same_label(high, low) or (label_is_joined and _is_same_value(high, low))
        if is_same:
            joins.append((high, low))
    return joins


def _is_same_value(high: Cell, low: Cell) -> bool:
    """Whether two values beside one merged label are one: printed twice, or on one side where no rule parts them."""
    is_open = high.cut_below and low.cut_above
    return high.text == low.text or (is_open and not (high.text and low.text))


def _labelled_row_is_cut(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether the row above goes on below, above the indicator table: a row of its own would bring a label."""
    return any(low.text for _, low in pairs) and not any(_is_label(low.text) for _, low in pairs)


def _is_label(text: str) -> bool:
    return role(text) is not None or is_side(text)


def _row_is_cut(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether the row above the break goes on below it, in the indicator table.

    Either no rule closes it on both sides, or the row below lacks what every row has while the one above does not, or
    the one above breaks off within a bracket.
    """
    if not any(low.text for _, low in pairs):
        return False
    if all(high.cut_below and low.cut_above for high, low in pairs):
        return True
    lacking = any(high.text and not low.text for high, low in pairs)
    return lacking or any(_breaks_off(high.text, low.text) for high, low in pairs)


def _breaks_off(high: str, low: str) -> bool:
    """A bracket opened in `high` and closed in `low`."""
    return open_brackets(high) > 0 > open_brackets(low)


def _is_same_cell(high: Cell, low: Cell) -> bool:
    """Whether two cells at a break are one merged cell, its label printed on one side only, on both, or cut in two."""
    return not high.text or not low.text or _is_drawn_twice(high, low) or _is_cut_label(high.text, low.text)


def _is_same_label(high: Cell, low: Cell) -> bool:
    """Whether two cells above the indicator table are one merged label; a blank amount is no label.

    A field's label below a blank is a row of its own, unless no rule parts the two.
    """
    if not high.text and role(low.text):
        return high.cut_below and low.cut_above
    is_label = _is_label(high.text) or _is_label(low.text) or _is_cut_label(high.text, low.text)
    return is_label and _is_same_cell(high, low)


def _is_drawn_twice(high: Cell, low: Cell) -> bool:
    """Whether both cells print one text: the same, or a part of it where the page's edge clips a label."""
    if high.text == low.text:
        return True
    short, long = sorted((high.text, low.text), key=len)
    return high.cut_below and low.cut_above and short in long and (_is_label(long) or is_level(long))


def _is_cut_label(high: str, low: str) -> bool:
    whole = high + low
    return (is_level(whole) and not is_level(high)) or is_side(whole) or (bool(role(whole)) and not role(low))


def _joined_cell(high: Cell, low: Cell) -> Cell:
    """One cell from the two parts of it that a page break left."""
    twice = bool(high.text and low.text) and _is_drawn_twice(high, low)
    texts = [max(high.text, low.text, key=len)] if twice else [text for text in (high.text, low.text) if text]
    return Cell(
        "\n".join(texts),
        high.row,
        high.column,
        high.row_span + low.row_span,
        high.column_span,
        high.place if high.text or not low.text else low.place,
        high.cut_above,
        low.cut_below,
        tuple((text, place) for text, place in (*high.printed, *low.printed) if text),
        least_confidence((high.confidence, low.confidence)),
    )
