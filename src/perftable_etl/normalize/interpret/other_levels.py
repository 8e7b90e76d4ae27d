"""Names of levels that the catalogue does not have: forms of other schemes print them (决策, 过程, 管理类指标).

Such a name is kept as printed. Nobody has to look at one that is surely a name: it is worded as one, or it stands
where only a level does. A misread name of the catalogue, or a text from another column, may be none.
"""

from __future__ import annotations

from collections.abc import Iterable

from perftable_etl.document import Cell
from perftable_etl.normalize.interpret.label_shapes import may_be_label
from perftable_etl.normalize.layouts.catalogue import (
    find_level2,
    holds_two_levels,
    is_nearly_level,
    printed_weight,
    worded_as_level,
)
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Severity

_LONGEST = 16
"""Characters of a level's name, its weight included."""


def severity_of_level1(cell: Cell) -> Severity:
    """How severe it is that the catalogue does not have what a cell of level 1 prints."""
    return _severity(is_certain=_is_name(cell) and _says_so(cell))


def severity_of_level2(cell: Cell, *, below_other: bool) -> Severity:
    """The same of level 2; `below_other` says that its level 1 is of another scheme too."""
    return _severity(is_certain=_is_name(cell) and (below_other or _says_so(cell)))


def are_of_other_scheme(cells: Iterable[Cell]) -> bool:
    """Whether so many of the cells of level 2 have names that the catalogue lacks that these are another scheme's.

    What is misread, or stands in the wrong column, is one name among those of the catalogue.
    """
    others = {fold(cell.text): cell for cell in cells if cell.text and find_level2(cell.text) is None}
    return len(others) >= _FEWEST_OF_SCHEME and all(map(_is_name, others.values()))


_FEWEST_OF_SCHEME = 3


def severity_of_difference(cell: Cell, printed: str | None, read_as: str) -> Severity:
    """How severe it is that level 2 belongs to another level 1 than the cell prints, `printed` in the catalogue.

    A name that the catalogue does not have contradicts nothing, nor does the beginning of the one it is read as.
    """
    is_cut = read_as.startswith(fold(cell.text))
    return _severity(is_certain=is_cut or (printed is None and _is_name(cell)))


def _severity(*, is_certain: bool) -> Severity:
    return "info" if is_certain else "warning"


def _is_name(cell: Cell) -> bool:
    """Whether a cell holds words alone that are no misread name of the catalogue, nor two of its names."""
    is_short = len(cell.text) <= _LONGEST and may_be_label(cell.text) and not holds_two_levels(cell.text.split("\n"))
    return is_short and not is_nearly_level(cell.text, is_recognized=cell.confidence is not None)


def _says_so(cell: Cell) -> bool:
    """Whether a name is worded as a level's, has the points of one, or is printed beside several rows.

    In flattened text nothing is: a name is one line high there, whatever rows are read below it.
    """
    is_merged = cell.row_span > 1 and cell.place.box.y1 - cell.place.box.y0 > 1
    return worded_as_level(cell.text) or printed_weight(cell.text) is not None or is_merged
