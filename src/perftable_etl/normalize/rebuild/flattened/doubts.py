"""Rows of flattened text that may hold what is not theirs: the cheapest reading of them still breaks a rule.

A line that belongs to no form (a running head, a note, a page's number) is read as part of some row, because every
line between the first row and the last has to be. It seldom fits there: the row breaks a rule that holds on paper. Or
another reading of its lines fits about as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import ends_level, is_level, lacks_last, level_at_start
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, lines_of, texts_of
from perftable_etl.normalize.rebuild.flattened.roles import SLACK, Column, fits, holds_value, is_quantity
from perftable_etl.normalize.rebuild.flattened.rows import SURE, TablePart, is_late
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.rebuild.line_findings import broken_by_target
from perftable_etl.normalize.values.common_targets import is_common_target
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import open_brackets

_CLAUSE = regex.compile(r"[。！？；;，]")
_BARE = regex.compile(r"\d{1,4}")
_OPEN_END = regex.compile(r"[，、：,:]$")
_FEW = 1 / 3
"""The share of a form's numbers that may be bare for a bare one to be unusual: a form prints them in one manner."""


class Doubt(NamedTuple):
    """A row that may hold what is not its own, and the rule it breaks."""

    row: TablePart
    rule: str


class _Cell(NamedTuple):
    """A cell of a row; `width` is that of a line of its column."""

    column: Column
    pieces: Sequence[Piece]
    width: float

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def lines(self) -> Sequence[str]:
        return lines_of(self.pieces)

    @property
    def texts(self) -> Sequence[str]:
        return texts_of(self.pieces)

    @property
    def is_broken_early(self) -> bool:
        return any(not is_full(width(one), other, self.width, SLACK) for one, other in pairwise(self.lines))

    @property
    def has_gap(self) -> bool:
        return any(piece.joint in ("gap", "none") for piece in self.pieces[1:])


def find_doubts(table_parts: Sequence[TablePart], columns: Sequence[Column]) -> Iterator[Doubt]:
    """The rows that break a rule, or that could be read in another way. One of a single line is told anyway."""
    rows = [part for part in table_parts if part.kind == "row"]
    cells = [[_Cell(columns[n], row.cells[n], _line_width(rows, columns, n)) for n in row.cells] for row in rows]
    has_bare_numbers = _prints_bare_numbers(cells, columns)
    unlabelled = set(map(id, _unlabelled(table_parts)))
    for row, own in zip(rows, cells, strict=True):
        is_more = len(own) > 1 or len(own[0].lines) > 1
        if is_more and (rule := _broken_rule(own, has_bare_numbers)):
            yield Doubt(row, rule)
        elif id(row) in unlabelled:
            yield Doubt(row, "it has no level-2 label above it, but the other rows have")
        elif row.lead < SURE:
            yield Doubt(row, "another reading of its lines fits about as well")


def _line_width(rows: Sequence[TablePart], columns: Sequence[Column], column: int) -> float:
    """The width of a line: a name's is known; in another column it is that of the widest that another follows."""
    if columns[column].role == "level3":
        return columns[column].width
    return max((width(line) for row in rows for line in lines_of(row.cells.get(column, ()))[:-1]), default=0.0)


def _prints_bare_numbers(rows: Sequence[Sequence[_Cell]], columns: Sequence[Column]) -> bool:
    """Whether bare numbers are usual as targets: always where sign or unit has a column of its own."""
    if any(column.role == "value" for column in columns):
        return True
    targets = [cell.text for row in rows for cell in row if cell.column.role in ("target", "value")]
    numbers = [text for text in targets if parse_target(text).kind == "quantitative"]
    bare = sum(_BARE.fullmatch(number) is not None for number in numbers)
    return bare > max(_FEW * len(numbers), 1)


def _unlabelled(table_parts: Sequence[TablePart]) -> Iterator[TablePart]:
    """The first rows below a level-1 label without a level-2 label, in a table that has such labels.

    A page break may have put the label below them.
    """
    labels = [part for part in table_parts if part.kind in ("level1", "level2")]
    if not any(label.kind == "level2" for label in labels):
        return
    below = {id(label): part for label, part in pairwise(table_parts)}
    for label, following in zip_longest(labels, labels[1:]):
        first = below.get(id(label))
        if first is None or (label.kind, first.kind) != ("level1", "row"):
            continue
        if following is None or following.kind != "level2" or not is_late(following, table_parts):
            yield first


def _broken_rule(cells: Sequence[_Cell], has_bare_numbers: bool) -> str | None:
    """The rule a row breaks, or None; the first where it breaks several."""
    rules = [_broken_by_levels(cells)]
    for cell in cells:
        if cell.column.role == "level3":
            rules.append(_broken_by_name(cell))
        elif cell.column.role in ("target", "value"):
            rules.append(broken_by_target(cell.text) or _broken_by_target(cell, has_bare_numbers))
        else:
            rules.append(_broken_by_role(cell))
    return next(filter(None, rules), None)


def _broken_by_levels(cells: Sequence[_Cell]) -> str | None:
    """A level's name is a cell of its own, also where its line is broken."""
    texts = [text for cell in cells for text in cell.texts]
    names = [cell.text for cell in cells if cell.column.role == "level3"]
    if any(map(is_level, texts)) or any(map(_holds_level, (*names, *texts))):
        return "it contains the name of a level"
    return "it contains the end of a level's name" if any(map(ends_level, texts)) else None


def _holds_level(text: str) -> bool:
    """Whether a text begins or ends with a level's name, or with one but for its last character."""
    begins = (text[:end] for end in range(3, min(len(text), _LONGEST_LEVEL) + 1))
    ends = (text[start:] for start in range(max(0, len(text) - _LONGEST_LEVEL), len(text) - 3))
    return level_at_start(text) > 0 or any(map(lacks_last, (*begins, *ends)))


_LONGEST_LEVEL = 14


def _broken_by_name(name: _Cell) -> str | None:
    rules = (
        (name.is_broken_early, "its name has lines that break too early"),
        (_CLAUSE.search(name.text) is not None, "its name contains the end of a clause"),
        (holds_value(name.text) or any(map(is_quantity, name.texts)), "its name contains a value"),
        (is_common_target(name.text), "its name is a common target"),
        (open_brackets(name.text) != 0, "a bracket in its name has no partner"),
        (name.has_gap, "its name has two texts on one line"),
    )
    return next((rule for is_broken, rule in rules if is_broken), None)


def _broken_by_target(cell: _Cell, has_bare_numbers: bool) -> str | None:
    target = parse_target(cell.text)
    is_more = target.kind in ("qualitative", "compound") or "unknown_unit" in target.remarks
    rules = (
        (cell.is_broken_early, "its target has lines that break too early"),
        (is_more and any(map(is_quantity, cell.texts[:-1])), "its target is complete before its last line"),
        (_OPEN_END.search(cell.text) is not None, "its target ends within a sentence"),
        (open_brackets(cell.text) != 0, "a bracket in its target has no partner"),
        (cell.has_gap, "its target has two texts on one line"),
        (not has_bare_numbers and _BARE.fullmatch(cell.text), "its target is a bare number, like a page number"),
    )
    return next((rule for is_broken, rule in rules if is_broken), None)


def _broken_by_role(cell: _Cell) -> str | None:
    noun = cell.column.role
    rules = (
        (not fits(cell.column, cell.texts), f"its {noun} is not worded like one"),
        (cell.is_broken_early, f"its {noun} has lines that break too early"),
        (open_brackets(cell.text) != 0, f"a bracket in its {noun} has no partner"),
        (cell.has_gap, f"its {noun} has two texts on one line"),
    )
    return next((rule for is_broken, rule in rules if is_broken), None)
