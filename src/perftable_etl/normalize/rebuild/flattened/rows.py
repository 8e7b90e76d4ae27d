"""The rows of a flattened indicator table, told from a run of printed lines.

Every way of reading the lines as labels, names and targets has a cost; the cheapest reading is taken. What it costs
rests on three facts: level names are a closed list; a row has a name and then a target; and a cell's line is broken
only where it is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, is_signed
from perftable_etl.normalize.rebuild.flattened.widths import SLACK, is_full, width
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import open_brackets

PartKind = Literal["level1", "level2", "row", "tail"]


class TablePart(NamedTuple):
    """One part of the table: a label, a row, or the rest of the name before a page break. Counts pieces."""

    part: PartKind
    first: int
    name_end: int
    end: int


# Costs. Only their order matters: a broken rule costs more than any number of unusual but lawful choices in one row.
_NOT_FULL = 6.0  # a cell's line broken with room left
_WRAP = 0.2  # a cell that goes on over a full line
_TARGET_WRAP = 1.2  # a target that goes on over a full line: rare beside a name that does
_ENDS_FULL = 0.4  # a cell that ends just where its line is full
_SPACE_IN_CELL = 1.5  # a space between Han characters inside one cell
_SIGNED_NAME = 9.0  # a name that reads as a signed quantity
_QUANTITY_NAME = 4.0  # a name that reads as a quantity without a sign
_LEVEL_NAME = 5.0  # an indicator or target called exactly as a level
_BARE_LEVEL = 2.0  # a level's name without 指标
_WORDY_TARGET = 1.0  # a target in words
_LONG_TARGET = 1.0  # ... more than a few of them
_COMMON_TARGET = 0.3  # one of the words that targets without a number mostly are
_COMMON_TARGET_NAME = 2.0  # ... in a name
_TORN_BRACKETS = 3.0  # a cell that closes a bracket it does not open, or the reverse
_QUANTITY_END = 3.0  # a target in words that goes on with a quantity on a line of its own
_PLACEHOLDER = 0.5
_NO_TARGET = 5.0
_NO_NAME = 12.0
_TAIL = 1.5
_AGAINST_TABS = 50.0


# The words that most targets without a number are, with what may stand before or after them.
_COMMON = regex.compile(
    r"^(?:按[时期质量]{1,4}|及时|持续|进一步|明显|显著|有效|逐步|不断|稳步|较为?|基本|全面|均)?"
    r"(?:完成|达标|合格|达到|提升|提高|改善|增强|增加|减少|下降|降低|稳定|健全|完善|优|良|中|优良|良好|优秀|符合|满足|保障|可控"
    r"|长期|持续|不超预算|净化|优化|落实|到位|及时|正常|满意|有效|显著|明显|是|有|无|零)"
    r"(?:要求|标准|预期|目标|规定)?$"
)


def is_common_target(text: str) -> bool:
    """Whether a text is one of the words that most targets without a number are."""
    return _COMMON.match(text) is not None


def is_late(label: Piece, table_parts: Sequence[TablePart], table_part: TablePart) -> bool:
    """Whether a level's label is printed below its rows: a merged cell's may come only after the page break in it."""
    return label.opens_page or not any(other.part == "row" and other.first >= table_part.end for other in table_parts)


def name_width(pieces: Sequence[Piece]) -> float:
    """The width of the name column: the widest line that must belong to a name.

    Of two lines without a sign between two targets, or between a label and a target, both are the name's.
    """
    widest = 0.0
    for index, piece in enumerate(pieces):
        if piece.tab_role or not _is_quantity(piece.text):
            continue
        for back in (1, 2):
            if index - back < 0 or is_level(pieces[index - back].text) or _is_quantity(pieces[index - back].text):
                break
            before = pieces[index - back - 1] if index - back - 1 >= 0 else None
            certain = back == 1 or (before is not None and (_is_quantity(before.text) or is_level(before.text)))
            if certain:
                widest = max(widest, width(pieces[index - back].text))
    return widest


def _is_quantity(text: str) -> bool:
    return is_signed(text) or parse_target(text).kind == "quantitative"


def read_rows(pieces: Sequence[Piece], column_width: float) -> list[TablePart]:
    """The cheapest reading of all pieces; `column_width` is the name column's, as `name_width` gives it."""
    best: list[tuple[float, list[TablePart]] | None] = [(0.0, []), *[None] * len(pieces)]
    for first in range(len(pieces)):
        so_far = best[first]
        if so_far is None:
            continue
        total, table_parts = so_far
        for cost, table_part in parts_from(pieces, first, column_width):
            known = best[table_part.end]
            if known is None or total + cost < known[0]:
                best[table_part.end] = (total + cost, [*table_parts, table_part])
    final = best[-1]
    return final[1] if final else []


def parts_from(pieces: Sequence[Piece], first: int, column_width: float) -> Iterator[tuple[float, TablePart]]:
    """All parts of a table that may begin with a piece, each with its cost."""
    yield from _labels_from(pieces, first)
    yield from _rows_from(pieces, first, column_width)
    if _opens_page(pieces, first):
        for end in range(first + 1, min(first + 4, len(pieces) + 1)):
            rest = pieces[first:end]
            cost = _cell_cost(rest, column_width) + _name_cost(rest) - 2 * _bracket_cost(rest)
            yield _TAIL + cost, TablePart("tail", first, end, end)


def _opens_page(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is the first after a page break, but for the labels that are printed there again."""
    while index > 0 and not pieces[index].opens_page and is_level(pieces[index - 1].text):
        index -= 1
    return index > 0 and pieces[index].opens_page


def _labels_from(pieces: Sequence[Piece], first: int) -> Iterator[tuple[float, TablePart]]:
    """A level's name, perhaps broken over several lines."""
    joined = ""
    for end in range(first + 1, min(first + 6, len(pieces) + 1)):
        joined += pieces[end - 1].text
        cost = 0.0 if is_level(joined) else _BARE_LEVEL if end == first + 1 else None
        if cost is None:
            continue
        if find_level1(joined) and not (find_level2(joined) and cost):
            yield cost, TablePart("level1", first, end, end)
        elif find_level2(joined):
            yield cost, TablePart("level2", first, end, end)


def _rows_from(pieces: Sequence[Piece], first: int, column_width: float) -> Iterator[tuple[float, TablePart]]:
    """A name of one or more pieces, then a target of none or more; at worst a target alone."""
    yield _NO_NAME + _target_cost(pieces[first : first + 1], column_width), TablePart("row", first, first, first + 1)
    for name_end in range(first + 1, min(first + 7, len(pieces) + 1)):
        name = pieces[first:name_end]
        name_cost = _cell_cost(name, column_width) + _name_cost(name)
        if name[-1].ends_line and not name[-1].tab_role and width(name[-1].text) >= column_width - SLACK:
            name_cost += _ENDS_FULL
        if name_cost >= _AGAINST_TABS:
            break
        yield name_cost + _NO_TARGET, TablePart("row", first, name_end, name_end)
        for end in range(name_end + 1, min(name_end + 6, len(pieces) + 1)):
            target = pieces[name_end:end]
            yield name_cost + _target_cost(target, column_width), TablePart("row", first, name_end, end)


def _cell_cost(pieces: Sequence[Piece], column_width: float) -> float:
    """What it costs that these pieces are one cell."""
    return sum(_join_cost(piece, following, column_width) for piece, following in pairwise(pieces))


def _join_cost(piece: Piece, following: Piece, column_width: float) -> float:
    if piece.tab_role and following.tab_role:
        return _AGAINST_TABS
    if not piece.ends_line:
        return _SPACE_IN_CELL
    return _WRAP if is_full(piece.text, following.text, column_width) else _NOT_FULL


def _name_cost(pieces: Sequence[Piece]) -> float:
    cost = sum(_LEVEL_NAME for piece in pieces if is_level(piece.text))
    for piece in pieces:
        if piece.tab_role == "target":
            return _AGAINST_TABS
        if is_signed(piece.text):
            cost += _SIGNED_NAME
        elif parse_target(piece.text).kind == "quantitative":
            cost += _QUANTITY_NAME
        elif is_common_target(piece.text):
            cost += _COMMON_TARGET_NAME
    return cost + _bracket_cost(pieces)


def _bracket_cost(pieces: Sequence[Piece]) -> float:
    """What it costs that a cell of these pieces leaves a bracket open, or closes one that is not."""
    text = "".join(piece.text for piece in pieces)
    opened, closed = (sum(map(text.count, brackets)) for brackets in ("(（《“", ")）》”"))
    return _TORN_BRACKETS if opened != closed else 0.0


def _target_cost(pieces: Sequence[Piece], column_width: float) -> float:
    if any(piece.tab_role == "name" for piece in pieces):
        return _AGAINST_TABS
    text = "".join(piece.text for piece in pieces)
    cost = sum(_LEVEL_NAME for piece in pieces if is_level(piece.text))
    cost += sum(_target_join_cost(*pair, column_width) for pair in pairwise(pieces))
    cost += sum(_SIGNED_NAME for piece in pieces[1:] if is_signed(piece.text)) + _bracket_cost(pieces)
    if len(pieces) > 1 and parse_target(pieces[-1].text).kind == "quantitative":
        cost += _QUANTITY_END
    if is_common_target(text):
        return cost + _COMMON_TARGET
    kind = parse_target(text).kind
    if len(pieces) > 1 and not is_signed(text):
        kind = "qualitative"  # whatever it reads as when joined, it was wrapped as a sentence is
    if kind == "missing":
        return cost + _PLACEHOLDER
    if kind == "qualitative":
        return cost + _WORDY_TARGET + (_LONG_TARGET if width(text) > 20 else 0.0)
    return cost


def _target_join_cost(piece: Piece, following: Piece, column_width: float) -> float:
    """A target's column is about as wide as a name's; as that is not certain, two thirds of it count as full."""
    if open_brackets(piece.text) > 0:
        return _WRAP
    return _TARGET_WRAP if is_full(piece.text, following.text, column_width * 2 / 3) else _NOT_FULL
