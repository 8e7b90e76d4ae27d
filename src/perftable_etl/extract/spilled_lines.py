"""Lines of a text that is too long for its row, which stand in the rows above and below, put back where they belong.

The lines of one text stand below one another at one distance, never on one another. So a line that stands too close to
the other line of its cell is of another text; if it stands as lines do right above or below the text of the next cell
of its column, it is of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perftable_etl.document import Box, Word
from perftable_etl.extract.joined_cells import CellWords

_CLOSE = 0.8
"""Of their height: how far the lines of one text are apart at least."""

_NEXT = 1.6
"""Of their height: how far they are apart at most."""

_ALIGNED = 1.0
"""Points. Lines set from the left begin at one place."""

CellLines = Sequence[Sequence[Word]]


class _Spill(NamedTuple):
    """A line that stands in a cell and belongs to another, both by number."""

    holder: int
    owner: int
    line: Sequence[Word]


def with_spilled_lines(cells: Sequence[CellWords], lines: Sequence[CellLines]) -> list[CellWords]:
    """The cells, each with its own lines; `lines` are the printed lines of each cell that has several words."""
    printed = [own or ([words] if words else []) for (_, words), own in zip(cells, lines, strict=True)]
    spills = [spill for index in range(len(cells)) for spill in _spills(index, cells, printed)]
    moved = list(cells)
    for holder, owner, line in spills:
        moved[holder] = moved[holder]._replace(words=[word for word in moved[holder].words if word not in line])
        moved[owner] = moved[owner]._replace(words=[*moved[owner].words, *line])
    return moved


def _spills(index: int, cells: Sequence[CellWords], printed: Sequence[CellLines]) -> Iterator[_Spill]:
    """The first and the last line of a cell, where they are of the text above or below."""
    own = printed[index]
    if len(own) < 2:
        return
    if _are_on_one_another(own[0], own[1]):
        above = _above(index, cells)
        if above is not None and printed[above] and _follow(printed[above][-1], own[0]):
            yield _Spill(index, above, own[0])
    if _are_on_one_another(own[-2], own[-1]):
        below = _below(index, cells)
        if below is not None and printed[below] and _follow(own[-1], printed[below][0]):
            yield _Spill(index, below, own[-1])


def _above(index: int, cells: Sequence[CellWords]) -> int | None:
    """The cell of the same columns that ends where this one begins."""
    row, *_ = cells[index].area
    return next(
        (n for n in range(index) if cells[n].area.end_row == row and _are_in_line(cells[n], cells[index])), None
    )


def _below(index: int, cells: Sequence[CellWords]) -> int | None:
    """The cell of the same columns that begins where this one ends."""
    end = cells[index].area.end_row
    after = range(index + 1, len(cells))
    return next((n for n in after if cells[n].area.row == end and _are_in_line(cells[n], cells[index])), None)


def _are_in_line(one: CellWords, other: CellWords) -> bool:
    return (one.area.column, one.area.end_column) == (other.area.column, other.area.end_column)


def _are_on_one_another(upper: Sequence[Word], lower: Sequence[Word]) -> bool:
    return _distance(upper, lower) < _CLOSE


def _follow(upper: Sequence[Word], lower: Sequence[Word]) -> bool:
    """Whether two lines stand below one another as lines of one text, which is set from the left."""
    aside = abs(upper[0].box.x0 - lower[0].box.x0)
    return _CLOSE <= _distance(upper, lower) <= _NEXT and aside <= _ALIGNED


def _distance(upper: Sequence[Word], lower: Sequence[Word]) -> float:
    """How far the middles of two lines are apart, in heights of the lower of them; tall boxes are their fonts'."""
    one, other = (min((word.box for word in line), key=_height) for line in (upper, lower))
    return (other.y0 + other.y1 - one.y0 - one.y1) / (2 * min(one.y1 - one.y0, other.y1 - other.y0))


def _height(box: Box) -> float:
    return box.y1 - box.y0
