"""Rows of flattened text that may hold what is not their own.

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
# the share of a form's numbers that may be bare for a bare one to be unusual: a form prints them in one manner
_FEW = 1 / 3
_LONGEST_LEVEL = 14

_Rule = tuple[bool, str]
"""Whether a rule is broken, and how that is said."""


class Doubt(NamedTuple):
    """A row that may hold what is not its own, and the rule it breaks."""

    row: TablePart
    rule: str


class _Cell(NamedTuple):
    """A cell of a row; `width` is that of a line of its column, `noun` what it is called."""

    column: Column
    pieces: Sequence[Piece]
    width: float

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def texts(self) -> Sequence[str]:
        return texts_of(self.pieces)

    @property
    def is_target(self) -> bool:
        return self.column.role in ("target", "value")

    @property
    def noun(self) -> str:
        return "name" if self.column.role == "level3" else "target" if self.is_target else self.column.role

    def shape(self) -> Iterator[_Rule]:
        """The rules that every cell keeps."""
        lines = pairwise(lines_of(self.pieces))
        yield (
            any(not is_full(width(one), other, self.width, SLACK) for one, other in lines),
            "has lines that break too early",
        )
        yield any(piece.joint in ("gap", "none") for piece in self.pieces[1:]), "has two texts on one line"


def find_doubts(table_parts: Sequence[TablePart], columns: Sequence[Column]) -> Iterator[Doubt]:
    """The rows that break a rule, or that could be read in another way. One of a single line is told anyway."""
    rows = [part for part in table_parts if part.kind == "row"]
    widths = [_line_width(rows, column, number) for number, column in enumerate(columns)]
    cells = [[_Cell(columns[n], row.cells[n], widths[n]) for n in row.cells] for row in rows]
    has_bare_numbers = _prints_bare_numbers([cell for row in cells for cell in row], columns)
    unlabelled = set(map(id, _unlabelled(table_parts)))
    for row, own in zip(rows, cells, strict=True):
        is_more = len(own) > 1 or len(lines_of(own[0].pieces)) > 1
        broken = (rule for is_broken, rule in _rules(own, has_bare_numbers=has_bare_numbers) if is_broken)
        if is_more and (rule := next(broken, None)):
            yield Doubt(row, rule)
        elif id(row) in unlabelled:
            yield Doubt(row, "it has no level-2 label above it, but the other rows have")
        elif row.lead < SURE:
            yield Doubt(row, "another reading of its lines fits about as well")


def _line_width(rows: Sequence[TablePart], column: Column, number: int) -> float:
    """The width of a line: a name's is known; in another column it is that of the widest that another follows."""
    if column.role == "level3":
        return column.width
    return max((width(line) for row in rows for line in lines_of(row.cells.get(number, ()))[:-1]), default=0.0)


def _prints_bare_numbers(cells: Sequence[_Cell], columns: Sequence[Column]) -> bool:
    """Whether bare numbers are usual as targets: always where sign or unit has a column of its own."""
    if any(column.role == "value" for column in columns):
        return True
    numbers = [cell.text for cell in cells if cell.is_target and parse_target(cell.text).kind == "quantitative"]
    bare = sum(_BARE.fullmatch(number) is not None for number in numbers)
    return bare > max(_FEW * len(numbers), 1)


def _unlabelled(table_parts: Sequence[TablePart]) -> Iterator[TablePart]:
    """The first rows below a level-1 label without a level-2 label, in a table that has such labels.

    A page break may have put the label below them.
    """
    labels = [part for part in table_parts if part.kind in ("level1", "level2")]
    below = {id(label): part for label, part in pairwise(table_parts)}
    for label, following in zip_longest(labels, labels[1:]):
        first = below.get(id(label))
        is_bare = first is not None and (label.kind, first.kind) == ("level1", "row")
        is_labelled = following is not None and following.kind == "level2" and is_late(following, table_parts)
        if first and is_bare and not is_labelled and any(one.kind == "level2" for one in labels):
            yield first


def _rules(cells: Sequence[_Cell], *, has_bare_numbers: bool) -> Iterator[_Rule]:
    """The rules for a row, in the order in which they are told."""
    texts = [text for cell in cells for text in cell.texts]
    names = [cell.text for cell in cells if cell.column.role == "level3"]
    yield any(map(is_level, texts)) or any(map(_holds_level, (*names, *texts))), "it contains the name of a level"
    yield any(map(ends_level, texts)), "it contains the end of a level's name"
    for cell in cells:
        if cell.is_target:
            rule = broken_by_target(cell.text)
            yield rule is not None, rule or ""
        own = _of_name if cell.noun == "name" else _of_target if cell.is_target else _of_other
        rules = [*own(cell), (open_brackets(cell.text) != 0, f"a bracket in its {cell.noun} has no partner")]
        yield from rules
        yield from ((is_broken, f"its {cell.noun} {rule}") for is_broken, rule in cell.shape())
        if cell.is_target:
            is_bare = not has_bare_numbers and _BARE.fullmatch(cell.text) is not None
            yield is_bare, "its target is a bare number, like a page number"


def _holds_level(text: str) -> bool:
    """Whether a text begins or ends with a level's name, or with one but for its last character."""
    begins = (text[:end] for end in range(3, min(len(text), _LONGEST_LEVEL) + 1))
    ends = (text[start:] for start in range(max(0, len(text) - _LONGEST_LEVEL), len(text) - 3))
    return level_at_start(text) > 0 or any(map(lacks_last, (*begins, *ends)))


def _of_name(name: _Cell) -> Iterator[_Rule]:
    yield _CLAUSE.search(name.text) is not None, "its name contains the end of a clause"
    yield holds_value(name.text) or any(map(is_quantity, name.texts)), "its name contains a value"
    yield is_common_target(name.text), "its name is a common target"


def _of_target(cell: _Cell) -> Iterator[_Rule]:
    target = parse_target(cell.text)
    is_more = target.kind in ("qualitative", "compound") or "unknown_unit" in target.remarks
    yield is_more and any(map(is_quantity, cell.texts[:-1])), "its target is complete before its last line"
    yield _OPEN_END.search(cell.text) is not None, "its target ends within a sentence"


def _of_other(cell: _Cell) -> Iterator[_Rule]:
    yield not fits(cell.column, cell.texts), f"its {cell.noun} is not worded like one"
