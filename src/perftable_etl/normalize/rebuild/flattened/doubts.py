"""Rows of flattened text that may hold what is not their own.

A line that belongs to no form (a running head, a note, a page's number) is read as part of some row, because every
line between the first row and the last has to be. It seldom fits there: the row breaks a rule that holds on paper. Or
another reading of its lines fits about as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from perftable_etl.normalize.rebuild.flattened.pieces import Piece, place_of
from perftable_etl.normalize.rebuild.flattened.rows import SURE, TablePart
from perftable_etl.normalize.rebuild.line_findings import doubtful_row
from perftable_etl.records import Finding

_BARE = regex.compile(r"\d{1,4}")
# the share of a form's numbers that may be bare for a bare one to be unusual: a form prints them in one manner
_FEW = 1 / 3


def find_doubts(parts: Sequence[TablePart]) -> Iterator[Finding]:
    """What is said of rows that break a rule, or that could be read in another way."""
    rows = [part for part in parts if part.kind == "row"]
    bare = _bare_numbers(rows)
    for row in rows:
        said = next(iter(row.said), "")
        if row.lead < SURE:
            said = said or "another reading of its lines fits about as well"
        if any(cell in bare for cell in row.cells.values()):
            said = said or "its target is a bare number, like a page number"
        if said:
            yield doubtful_row(" ".join(piece.text for piece in row.pieces), place_of(row.pieces), said)


def _bare_numbers(rows: Sequence[TablePart]) -> Sequence[Sequence[Piece]]:
    """The cells that are bare numbers, where few numbers of a table are."""
    return []
