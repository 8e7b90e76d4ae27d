"""Rows of flattened text that may hold what is not their own.

A line that belongs to no form (a running head, a note, a page's number) is read as part of some row, because every
line between the first row and the last has to be. It seldom fits there: the row breaks a rule that holds on paper. Or
another reading of its lines fits about as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perftable_etl.normalize.rebuild.flattened.pieces import place_of
from perftable_etl.normalize.rebuild.flattened.rows import SURE, TablePart
from perftable_etl.normalize.rebuild.line_findings import doubtful_row
from perftable_etl.records import Finding


def find_doubts(parts: Sequence[TablePart]) -> Iterator[Finding]:
    """What is said of rows that break a rule, or that could be read in another way."""
    rows = [part for part in parts if part.kind == "row"]
    are_tabbed = all(map(_has_tab, rows))
    for row in rows:
        said = next(iter(row.said), "")
        if _has_tab(row) and not are_tabbed:
            said = said or "it has a tab, and other rows have none"
        if row.lead < SURE:
            said = said or "another reading of its lines fits about as well"
        if said:
            yield doubtful_row(" ".join(piece.text for piece in row.pieces), place_of(row.pieces), said)


def _has_tab(row: TablePart) -> bool:
    return any("\t" in piece.line.text.strip() for piece in row.pieces)
