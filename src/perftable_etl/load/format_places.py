"""How well each format says where something stands, for SQL: of the same declaration in two the better one counts."""

from __future__ import annotations

from perftable_etl.formats import DOCX, HTML, MHTML, ODS, PDF, XLS, XLSX

_BEST_FIRST = ((PDF,), (XLSX, XLS, ODS), (DOCX,), (HTML, MHTML))
"""A page and a box, a cell of a sheet, a row of a table; what is left has lines."""

LINES = len(_BEST_FIRST) + 1
"""The number of text, whose places are lines."""


def _cases() -> str:
    """A condition for each group of formats, which stand for one another."""
    kinds = (", ".join(f"'{known.media_type}'" for known in group) for group in _BEST_FIRST)
    return " ".join(f"WHEN media_type IN ({names}) THEN {number}" for number, names in enumerate(kinds, start=1))


PLACE = f"CASE {_cases()} ELSE {LINES} END"
"""The number of a document's format, the best first."""
