"""Rows of flattened text that may hold what is not theirs: the cheapest reading of them still breaks a rule.

A line that belongs to no form (a running head, a note, a page's number) is read as part of some row, because every
line between the first row and the last has to be. It seldom fits there: the row breaks a rule that holds on paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import begins_level, is_level
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, is_signed
from perftable_etl.normalize.rebuild.flattened.rows import TablePart, is_common_target, is_late
from perftable_etl.normalize.rebuild.flattened.widths import is_full, width
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import open_brackets

_CLAUSE = regex.compile(r"[。！？；;，]")
_BARE = regex.compile(r"\d{1,4}")
_SIGNED = regex.compile(r"[≥≤=<>＞＜＝≧≦⩾⩽]\s*\d")
_VALUE = regex.compile(r"[≥≤=<>＞＜＝]\s*\d|\d\s*[%‰％]")
_HAN_GAP = regex.compile(r"(?<=[\p{Han}）)”》])\s+(?=[\p{Han}“《（(])")
_LEVEL_PART = regex.compile(r"\p{Han}{2,14}?指标?")
_LEVEL_END = regex.compile(r"指?标|\p{Han}指标")
_OPEN_END = regex.compile(r"[，、：,:]$")
_FEW = 1 / 3
"""The share of a form's numbers that may be bare for a bare one to be unusual: a form prints them in one manner."""


class Doubt(NamedTuple):
    """A row that may hold what is not its own, and the rule it breaks."""

    row: TablePart
    rule: str


class _Table(NamedTuple):
    """What holds for all rows of a table: whether tabs part them, how wide their columns are, how numbers look."""

    is_tabbed: bool
    name_width: float
    target_width: float
    has_bare_numbers: bool


class _Row(NamedTuple):
    """The pieces of one row; `rest` are those of its name that follow on the next page."""

    name: Sequence[Piece]
    target: Sequence[Piece]
    rest: Sequence[Piece]

    @property
    def whole(self) -> Sequence[Piece]:
        return (*self.name, *self.target)


def find_doubts(
    pieces: Sequence[Piece], table_parts: Sequence[TablePart], name_width: float, *, is_tabbed: bool
) -> Iterator[Doubt]:
    """The rows that break a rule. One of a single line and no target is told anyway."""
    rows = [
        (table_part, _row(pieces, table_parts[index:]))
        for index, table_part in enumerate(table_parts)
        if table_part.part == "row"
    ]
    table = _Table(is_tabbed, name_width, *_targets_of([row for _, row in rows]))
    unlabelled = set(_unlabelled(pieces, table_parts))
    for table_part, row in rows:
        if (row.target or len(row.name) > 1 or row.rest) and (rule := _broken_rule(row, table)):
            yield Doubt(table_part, rule)
        elif table_part in unlabelled:
            yield Doubt(table_part, "it has no level-2 label above it, but the other rows have")


def _unlabelled(pieces: Sequence[Piece], table_parts: Sequence[TablePart]) -> Iterator[TablePart]:
    """The first rows below a level-1 label without a level-2 label, in a table that has such labels.

    A page break may have put the label below them.
    """
    labels = [table_part for table_part in table_parts if table_part.part in ("level1", "level2")]
    if not any(label.part == "level2" for label in labels):
        return
    for label, following in pairwise([*labels, None]):
        below = next(
            (table_part for table_part in table_parts if label is not None and table_part.first == label.end), None
        )
        if label is None or below is None or (label.part, below.part) != ("level1", "row"):
            continue
        if (
            following is None
            or following.part != "level2"
            or not is_late(pieces[following.first], table_parts, following)
        ):
            yield below


def _row(pieces: Sequence[Piece], table_parts: Sequence[TablePart]) -> _Row:
    table_part, *following = table_parts
    rest = pieces[following[0].first : following[0].end] if following and following[0].part == "tail" else ()
    return _Row(pieces[table_part.first : table_part.name_end], pieces[table_part.name_end : table_part.end], rest)


def _targets_of(rows: Sequence[_Row]) -> tuple[float, bool]:
    """The width of the widest target line that another follows, and whether bare numbers are usual."""
    widths = [width(piece.text) for row in rows for piece in row.target[:-1]]
    numbers = [text for row in rows if parse_target(text := _text(row.target)).kind == "quantitative"]
    bare = sum(_BARE.fullmatch(number) is not None for number in numbers)
    return max(widths, default=0.0), bare > max(_FEW * len(numbers), 1)


def _broken_rule(row: _Row, table: _Table) -> str | None:
    """The rule a row breaks, or None; the first where it breaks several."""
    if table.is_tabbed and any(piece.tab_role is None for piece in (*row.whole, *row.rest)):
        return "one of its lines has no tab, but those of other rows have"
    if table.is_tabbed:  # then cells are certain, whatever they hold
        return _broken_by_levels(row) or _holds_two_values(row)
    return (
        _broken_by_levels(row) or _broken_by_name(row, table) or _holds_two_values(row) or _broken_by_target(row, table)
    )


def _holds_two_values(row: _Row) -> str | None:
    text = _text(row.target)
    is_double = len(_SIGNED.findall(text)) > 1 and parse_target(text).kind == "qualitative"
    return "its target has two values" if is_double else None


def _broken_by_levels(row: _Row) -> str | None:
    """A level's name is a cell of its own, also where its line is broken."""
    texts = _lines(row.whole)
    if any(map(is_level, texts)) or any(map(_holds_level, (_text(row.name), *texts))):
        return "it contains the name of a level"
    return "it contains the end of a level's name" if any(map(_LEVEL_END.fullmatch, texts)) else None


def _holds_level(text: str) -> bool:
    """Whether a text begins or ends with a level's name as far as 指."""
    begun = _LEVEL_PART.match(text)
    ends = (text[start:] for start in range(len(text) - 8, len(text) - 3) if start >= 0 and text.endswith("指"))
    return (begun is not None and (is_level(begun[0]) or begins_level(begun[0]))) or any(map(begins_level, ends))


def _broken_by_name(row: _Row, table: _Table) -> str | None:
    pieces = (*row.name, *row.rest)
    text = _text(pieces)
    rules = (
        (_is_broken_early(row.name, table.name_width), "its name has lines that break too early"),
        (_CLAUSE.search(text) is not None, "its name contains the end of a clause"),
        (_VALUE.search(text) or any(map(_is_quantity, _lines(pieces))), "its name contains a value"),
        (is_common_target(_text(row.name)), "its name is a common target"),
        (open_brackets(text) != 0, "a bracket in its name has no partner"),
        (_has_gap(row.name), "its name has two texts on one line"),
    )
    return next((rule for is_broken, rule in rules if is_broken), None)


def _broken_by_target(row: _Row, table: _Table) -> str | None:
    text = _text(row.target)
    target = parse_target(text)
    is_more = target.kind in ("qualitative", "compound") or "unknown_unit" in target.remarks
    rules = (
        (_is_broken_early(row.target, table.target_width), "its target has lines that break too early"),
        (
            parse_target(text).kind == "qualitative" and len(_SIGNED.findall(text)) > 1,
            "its target has two values",
        ),
        (is_more and any(map(_is_quantity, _lines(row.target)[:-1])), "its target is complete before its last line"),
        (_OPEN_END.search(text) is not None, "its target ends within a sentence"),
        (open_brackets(text) != 0, "a bracket in its target has no partner"),
        (_has_gap(row.target), "its target has two texts on one line"),
        (_BARE.fullmatch(text) and not table.has_bare_numbers, "its target is a bare number, like a page number"),
    )
    return next((rule for is_broken, rule in rules if is_broken), None)


def _lines(cell: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in cell]


def _is_broken_early(cell: Sequence[Piece], column_width: float) -> bool:
    return any(one.ends_line and not is_full(one.text, other.text, column_width) for one, other in pairwise(cell))


def _is_quantity(text: str) -> bool:
    return is_signed(text) or parse_target(text).kind == "quantitative"


def _has_gap(cell: Sequence[Piece]) -> bool:
    return any(_HAN_GAP.search(piece.text) for piece in cell) or any(not piece.ends_line for piece in cell[:-1])


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
