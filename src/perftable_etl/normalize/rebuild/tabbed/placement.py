"""Where the fields of a table's rows stand: the columns of each, and what is merged down from the row above."""

from __future__ import annotations

from typing import NamedTuple

from perftable_etl.normalize.rebuild.tabbed.rows import Field, Row


class PlacedCell(NamedTuple):
    """A field and its columns: the first, and the one after the last. `row_span` is how many rows it certainly has."""

    field: Field
    column: int
    end_column: int
    row_span: int = 1


class PlacedRow(NamedTuple):
    """The cells of a row from left to right; what stands left of column `merged` is merged down from above.

    In the columns of `own` nothing is. Blanks are parted at the columns in `stops`. `doubt` says what speaks against
    the row, if anything does.
    """

    row: Row
    cells: tuple[PlacedCell, ...]
    merged: int = 0
    stops: tuple[int, ...] = ()
    doubt: str | None = None
    own: tuple[int, ...] = ()
