"""Stitching the fragments of one form over its page breaks.

A page break may repeat the header, blank or move a merged label, or cut a row so that the rest of a cell opens the
next page. What belongs together is told by the rules that are missing at the break and by what a row must have: a name
and a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from perftable_etl.document import Box, Cell, Grid, Place, least_confidence
from perftable_etl.normalize.forms.labelling import LabelledCell, label
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import open_brackets

_SAME_BOUNDARY = 4.0
"""Points two pages' boundaries may differ by and still be one column's (rounding, doubled rules)."""

_FEWEST_HEADS = 2
"""Heads of columns in a row that only repeats the header."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Rows `first` to `last` (excluded) of one grid; `starts` where a project begins in its first row."""

    cells: tuple[LabelledCell, ...]
    first: int
    last: int
    boundaries: tuple[float, ...]
    starts: bool

    @property
    def page(self) -> int:
        """The number of the page that it stands on."""
        return self.cells[0].cell.place.page


class Stitched(NamedTuple):
    """A form's fragments as one grid, its cells with what they are, and the header cells that were only repeated."""

    grid: Grid
    cells: tuple[LabelledCell, ...]
    repeats: tuple[Cell, ...] = ()


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


def stitch(fragments: Sequence[Fragment], vocabulary: Vocabulary) -> Stitched:
    """All fragments as one grid with common columns."""
    if len(fragments) == 1 and fragments[0].first == 0:
        fragment = fragments[0]
        return Stitched(_grid(fragment.cells, fragment.last, fragment.boundaries), fragment.cells)
    boundaries = list(fragments[0].boundaries)
    cells: list[LabelledCell] = []
    repeats: list[Cell] = []
    row_count = 0
    for index, fragment in enumerate(fragments):
        xs = (align(fragments[:index], fragment) if index else None) or list(fragment.boundaries)
        boundaries, cells, columns = _widen(boundaries, cells, xs)
        header_rows = _repeated_header(fragment) if index and _has_header(fragments[:index]) else 0
        repeats += [cell.cell for cell in fragment.cells if cell.end_row <= fragment.first + header_rows]
        moved = [
            _moved(cell, row_count - fragment.first - header_rows, columns, row_count)
            for cell in fragment.cells
            if cell.end_row > fragment.first + header_rows
        ]
        cells = _join_at_break(cells, moved, row_count, vocabulary) if index else moved
        row_count += fragment.last - fragment.first - header_rows
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Stitched(_grid(cells, row_count, tuple(boundaries)), tuple(cells), tuple(repeats))


def _grid(labelled: Sequence[LabelledCell], row_count: int, boundaries: tuple[float, ...]) -> Grid:
    cells = tuple(cell.cell for cell in labelled)
    page = cells[0].place.page
    around = Box.around(cell.place.box for cell in cells if cell.place.page == page)
    return Grid(cells, row_count, boundaries, Place(page, around))


def _widen(
    known: list[float], cells: list[LabelledCell], xs: Sequence[float]
) -> tuple[list[float], list[LabelledCell], list[int]]:
    """`known` boundaries with those of `xs` that are new; the cells so far in the new columns; where each x went."""
    homes = _homes(known, xs)
    widened = sorted({*known, *homes})
    if len(widened) > len(known):
        moved_to = [widened.index(k) for k in known]
        cells = [_moved(cell, 0, moved_to, 0) for cell in cells]
    return widened, cells, [widened.index(home) for home in homes]


def _homes(known: Sequence[float], xs: Sequence[float]) -> list[float]:
    """For each x the known boundary that it is, or x itself where it is a new one.

    No two are the same one, or a cell between them would have no column: of two near one boundary the nearer is it.
    """
    nearest = [min(known, key=lambda k: abs(k - x)) for x in xs]
    closest: dict[float, float] = {}
    for x, k in zip(xs, nearest, strict=True):
        if abs(x - k) <= _SAME_BOUNDARY and (k not in closest or abs(x - k) < abs(closest[k] - k)):
            closest[k] = x
    return [k if closest.get(k) == x else x for x, k in zip(xs, nearest, strict=True)]


def _moved(cell: LabelledCell, rows: int, columns: Sequence[int], first_row: int) -> LabelledCell:
    """`cell` moved down by `rows` (its fragment above `first_row` cut off) and into new columns."""
    if not rows and columns[cell.end_column] == cell.end_column and columns[cell.column] == cell.column:
        return cell
    row = max(cell.row + rows, first_row)
    column, end_column = columns[cell.column], columns[cell.end_column]
    text, *_, place, cut_above, cut_below, parts, confidence = cell.cell
    shape = row, column, cell.end_row + rows - row, end_column - column
    return cell.with_cell(Cell(text, *shape, place, cut_above, cut_below, parts, confidence))


def _has_header(fragments: Iterable[Fragment]) -> bool:
    return any(cell.meaning.column == "level3" for fragment in fragments for cell in fragment.cells)


def _repeated_header(fragment: Fragment) -> int:
    """How many rows at the top of a fragment only repeat the header of the indicator table."""
    count = 0
    for row in range(fragment.first, fragment.last):
        cells = [cell for cell in fragment.cells if cell.row == row and cell.text]
        heads = sum(cell.meaning.column is not None for cell in cells)
        if heads < _FEWEST_HEADS or heads + sum(cell.meaning.is_side for cell in cells) < len(cells):
            break
        count += 1
    return count


def _join_at_break(
    upper: list[LabelledCell], lower: list[LabelledCell], break_row: int, vocabulary: Vocabulary
) -> list[LabelledCell]:
    """The cells on both sides of a page break as one list, those that the break cut made whole.

    `break_row` is the first row below the break.
    """
    above = {(cell.column, cell.end_column): cell for cell in upper if cell.end_row == break_row}
    below = {(cell.column, cell.end_column): cell for cell in lower if cell.row == break_row}
    pairs = [_Pair(above[columns], cell, vocabulary) for columns, cell in below.items() if columns in above]
    joined = {
        id(old): pair.joined_cell()
        for pair in _cells_to_join(pairs, _leaf_columns(upper))
        for old in (pair.high, pair.low)
    }
    kept = [joined.get(id(cell), cell) for cell in upper]
    return kept + [cell for cell in lower if id(cell) not in joined]


def _leaf_columns(cells: Iterable[LabelledCell]) -> set[int]:
    """Columns that hold one thing a row (name, target), as the header tells; the rest hold merged labels."""
    leaves: set[int] = set()
    header_row = None
    for cell in cells:
        if header_row is not None and cell.row > header_row:
            break
        found = cell.meaning.column
        if found and found not in ("level1", "level2"):
            leaves.update(range(cell.column, cell.end_column))
            header_row = cell.row
    return leaves


class _Pair(NamedTuple):
    """Two cells that face each other across a page break, and the words to tell what they are together."""

    high: LabelledCell
    low: LabelledCell
    vocabulary: Vocabulary

    @property
    def is_open(self) -> bool:
        """Whether no rule closes them at the break."""
        return self.high.cell.cut_below and self.low.cell.cut_above

    @property
    def has_label(self) -> bool:
        """Whether one of them is a label by itself."""
        return self.high.is_label or self.low.is_label

    @property
    def is_drawn_twice(self) -> bool:
        """Whether both print one text: the same, or a fragment of it where the page's edge clips a label."""
        if self.high.text == self.low.text:
            return True
        short, long = sorted((self.high, self.low), key=lambda cell: len(cell.text))
        return self.is_open and short.text in long.text and (long.is_label or long.meaning.is_level)

    @property
    def is_cut_label(self) -> bool:
        """Whether they are a label together, and not each by itself."""
        whole = self.vocabulary.meaning(self.high.text + self.low.text)
        is_level = whole.is_level and not self.high.meaning.is_level
        return is_level or whole.is_side or (whole.concept is not None and self.low.concept is None)

    @property
    def is_same_cell(self) -> bool:
        """Whether they are one merged cell, its label printed on one side only, on both, or cut in two."""
        return not self.high.text or not self.low.text or self.is_drawn_twice or self.is_cut_label

    @property
    def is_same_label(self) -> bool:
        """Whether they are one merged label above the indicator table; a blank amount is no label.

        A field's label below a blank is a row of its own, unless no rule parts the two.
        """
        if not self.high.text and self.low.concept:
            return self.is_open
        return (self.has_label or self.is_cut_label) and self.is_same_cell

    @property
    def is_same_value(self) -> bool:
        """Whether they are one value beside a merged label: printed twice, or on one side where no rule parts them."""
        return self.high.text == self.low.text or (self.is_open and not (self.high.text and self.low.text))

    def joined_cell(self) -> LabelledCell:
        """One cell from the two parts of it that the page break left."""
        high, low = self.high.cell, self.low.cell
        twice = bool(high.text and low.text) and self.is_drawn_twice
        texts = [max(high.text, low.text, key=len)] if twice else [text for text in (high.text, low.text) if text]
        cell = Cell(
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
        return label(cell, self.vocabulary)


def _cells_to_join(pairs: Sequence[_Pair], leaves: set[int]) -> list[_Pair]:
    """Of the cells that face each other across a break, those that are one cell."""
    if not leaves:
        return _cells_to_join_above_indicators(pairs)
    is_cut = _row_is_cut([pair for pair in pairs if pair.low.column in leaves])
    return [pair for pair in pairs if (is_cut if pair.low.column in leaves else pair.is_same_cell)]


def _cells_to_join_above_indicators(pairs: Sequence[_Pair]) -> list[_Pair]:
    """The joins among labels and their values: merged labels, the parts of a cut row, and values of merged labels."""
    is_cut = _labelled_row_is_cut(pairs)
    joins: list[_Pair] = []
    label_is_joined = False
    for pair in sorted(pairs, key=lambda pair: pair.low.column):
        if pair.has_label:
            label_is_joined = pair.is_same_label
            is_same = label_is_joined
        else:
            is_same = is_cut or pair.is_same_label or (label_is_joined and pair.is_same_value)
        if is_same:
            joins.append(pair)
    return joins


def _labelled_row_is_cut(pairs: Sequence[_Pair]) -> bool:
    """Whether the row above goes on below, above the indicator table: a row of its own would bring a label."""
    return any(pair.low.text for pair in pairs) and not any(pair.low.is_label for pair in pairs)


def _row_is_cut(pairs: Sequence[_Pair]) -> bool:
    """Whether the row above the break goes on below it, in the indicator table.

    Either no rule closes it on both sides, or the row below lacks what every row has while the one above does not, or
    the one above breaks off within a bracket.
    """
    if not any(pair.low.text for pair in pairs):
        return False
    if all(pair.is_open for pair in pairs):
        return True
    lacking = any(pair.high.text and not pair.low.text for pair in pairs)
    return lacking or any(open_brackets(pair.high.text) > 0 > open_brackets(pair.low.text) for pair in pairs)
