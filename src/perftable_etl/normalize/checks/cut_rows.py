"""Rows that a page break may have cut in every column, where a rule closes each part: nothing but the text tells.

A text is broken only where its line is full, and a break cuts all columns of a row at one height. Where name and target
of a page's last row both end in a full line, and all that the next row prints has as many lines in the last row as its
name, the row may go on in the next page's first, and a person has to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perftable_etl.normalize.checks.row_findings import row_finding
from perftable_etl.records import Declaration, FieldName, Finding, Indicator, Source

_OWN: tuple[FieldName, ...] = ("target", "weight")
"""The fields of a row beside its name."""

_SLACK = 1.5
"""Ems by which a line may fall short of its cell and still be full: padding, and what may not begin a line."""


def suspect_cuts(declaration: Declaration) -> Iterator[Finding]:
    """A finding on each row at the top of a page that may be the rest of the row above the break."""
    breaks = [pair for pair in pairwise(declaration.indicators) if pair[1].place.page > pair[0].place.page]
    if not breaks:
        return
    for above, below in breaks:
        if _may_be_halves(above, below):
            yield row_finding(declaration, below, "row_perhaps_cut", _HALVES, below.level3_raw)
    names, targets = _capacity(declaration, "level3"), _capacity(declaration, "target")
    em = _em(declaration)
    for above, below in breaks if em else ():
        name, target = _last_source(above, "level3"), _last_source(above, "target")
        ends = name and target and _is_full(name, names / em) and _is_full(target, targets / em)
        if name and ends and _may_go_on(above, below) and _is_below_break(below, name):
            yield _finding(declaration, below)


_HALVES = "this row and the one above the page break are so short that they may be one; compare them with the page"

_SHORT_NAME, _SHORT_TARGET = 6, 2
"""Characters. Of a whole row hardly ever both name and target are so short, and those of the next row too."""


def _may_be_halves(above: Indicator, below: Indicator) -> bool:
    """Whether two rows on both sides of a break may be one that was cut in every column, of no level of its own."""
    is_one_group = above.level2_raw == below.level2_raw and above.target.raw != below.target.raw
    return is_one_group and _is_short(above) and _is_short(below)


def _is_short(row: Indicator) -> bool:
    target = row.target.raw
    is_words = bool(target) and not any(character.isdigit() for character in target)
    return len(row.level3) <= _SHORT_NAME and is_words and len(target) <= _SHORT_TARGET


def _may_go_on(above: Indicator, below: Indicator) -> bool:
    """Whether all that `below` prints may be the rest of what stands as high in `above`."""
    height = _heights(above, "level3")[-1:]
    return all(set(_heights(above, field)) <= set(height) for field in _OWN if _as_many(above, below, field))


def _as_many(above: Indicator, below: Indicator, field: FieldName) -> bool:
    """Whether two rows print a field in as many cells, so that each cell below may be the rest of one above."""
    return len(_cells(above, field)) == len(_cells(below, field)) > 0


def _heights(indicator: Indicator, field: FieldName) -> list[int]:
    """How many lines each cell of a field has."""
    return [source.raw.count("\n") + 1 for source in _cells(indicator, field)]


def _finding(declaration: Declaration, below: Indicator) -> Finding:
    message = "this row may continue the row above the page break, whose name and target both end in full lines"
    return row_finding(declaration, below, "row_perhaps_cut", message, below.level3_raw)


def _capacity(declaration: Declaration, field: FieldName) -> float:
    """The width of a column's widest cell in points."""
    cells = (_cells(indicator, field) for indicator in declaration.indicators)
    return max((cell.place.box.x1 - cell.place.box.x0 for found in cells for cell in found), default=0.0)


def _em(declaration: Declaration) -> float:
    """The size of type in points: the least that a cell's width by its widest broken line makes; 0 without any."""
    fields = (*declaration.sources, *(source for row in declaration.indicators for source in row.sources))
    widest = ((source.place.box, max(map(_width, source.raw.split("\n")))) for source in fields if "\n" in source.raw)
    return min(((box.x1 - box.x0) / width for box, width in widest if width), default=0.0)


def _is_below_break(below: Indicator, name: Source) -> bool:
    """Whether a page break lies between a row's name and the row below it."""
    return any(cell.place.page > name.place.page for cell in _cells(below, "level3") + _cells(below, "target"))


def _last_source(indicator: Indicator, field: FieldName) -> Source | None:
    """The last part of a value that a page break may have parted."""
    return next(reversed(_cells(indicator, field)), None)


def _cells(indicator: Indicator, field: FieldName) -> list[Source]:
    return [source for source in indicator.sources if source.field == field and source.raw]


def _is_full(source: Source, capacity: float) -> bool:
    """Whether a cell's last line reaches its end."""
    return _width(source.raw.rsplit("\n", 1)[-1]) >= capacity - _SLACK


def _width(line: str) -> float:
    """In ems: ASCII is half as wide as everything else."""
    return len(line) - len(line.encode("ascii", "ignore")) / 2
