"""What it costs that some pieces are one cell of a column: what its role allows, and where its lines may break.

Only the order of the costs matters: a broken rule costs more than any number of unusual but lawful choices in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, lines_of, texts_of
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.common_targets import is_common_target
from perftable_etl.normalize.values.signs import is_signed
from perftable_etl.normalize.values.split_targets import is_nature, is_sign
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold, open_brackets
from perftable_etl.normalize.values.units import is_known_unit, read_unit
from perftable_etl.normalize.values.weights import parse_weight

Role = ColumnName | Literal["value"]
"""What a column is for. The `value` of a target has its sign or its unit in a column of its own."""

SLACK = 1.0
"""What a full line may miss, in ems: brackets and stops are squeezed, Latin letters are no exact half."""

_NOT_FULL = 6.0  # a cell's line broken with room left
_WRAP = 0.2  # a name that goes on over a full line
_OTHER_WRAP = 1.2  # ... a target: rare beside a name that does
_NARROW_WRAP = 0.4  # ... a cell of a column that is known to be narrow
_WORD_WRAP = -0.8  # ... a known word: no other cell has the rest of it
_ENDS_FULL = 0.4  # a name that ends just where its line is full
_TOUCHED = 3.0  # a cell that no blank parts from the next, though its line has room
_TOO_WIDE = 3.0  # a line wider than any that is surely of its column
_SPACE_IN_NAME = 1.5  # a blank between Han characters inside a name
_SPACE_IN_CELL = 6.0  # ... inside another cell
_SIGNED_NAME = 9.0  # a name that reads as a signed quantity
_QUANTITY_NAME = 4.0  # a name that reads as a quantity without a sign
_LEVEL_NAME = 5.0  # a cell that begins with the name of a level, or has one on a line
_WORDY_TARGET = 1.0  # a target in words, and once more if they are many
_ONE_CHARACTER = 1.0  # a target of one character that is no number
_COMMON_TARGET = 0.3  # one of the words that targets without a number mostly are
_COMMON_TARGET_NAME = 2.0  # ... in a name
_TORN_BRACKETS = 3.0  # a cell that closes a bracket it does not open, or the reverse
_QUANTITY_END = 3.0  # a target in words that goes on with a quantity on a line of its own
_PLACEHOLDER = 0.5
_UNUSUAL = 1.5  # a unit that is in no lexicon, or stands in the column of the value
_AGAINST_ROLE = 8.0  # what no cell of its column is: a sign that is none, a weight without a number

_FEW_WORDS = 10  # ems of a target in words that is not long
_MOST_LABEL = 4  # lines that a level's name may be broken over

_EMPTY: Mapping[Role, float] = {"level3": 12.0, "target": 5.0, "value": 5.0, "sign": 3.0, "unit": 3.0, "weight": 3.0}
_EMPTY_OTHER = 1.0

_FIGURE = regex.compile(r"\d")
_VALUE = regex.compile(r"[≥≤=<>＞＜＝]\s*\d|\d\s*[%‰％]")
_NUMBER = regex.compile(r"[\d.,，%‰％~～—–-]+")
_JOINS_UNITS = ("/", ".", "·")


class Column(NamedTuple):
    """A column of an indicator table: what it is for, and how many ems a line of it has."""

    role: Role
    width: float


def empty_cost(column: Column) -> float:
    """What it costs that a row has nothing in a column."""
    return _EMPTY.get(column.role, _EMPTY_OTHER)


def cell_cost(column: Column, pieces: Sequence[Piece]) -> float:
    """What it costs that these pieces are one cell of a column; there is at least one."""
    lines, is_name = lines_of(pieces), column.role == "level3"
    cost = sum(_break_cost(column, *pair) for pair in pairwise(lines)) + _content_cost(column, texts_of(pieces))
    cost += (_SPACE_IN_NAME if is_name else _SPACE_IN_CELL) * sum(piece.joint == "gap" for piece in pieces[1:])
    if column.width and column.role not in ("level3", "target"):
        cost += _TOO_WIDE * sum(width(line) > column.width + SLACK for line in lines)
    is_full_line = width(lines[-1]) >= column.width - SLACK
    if pieces[-1].touches:  # no blank follows where its line is full, else one does
        return cost + (0.0 if is_full_line else _TOUCHED)
    return cost + (_ENDS_FULL if is_name and pieces[-1].ends_line and is_full_line else 0.0)


def fits(column: Column, texts: Sequence[str]) -> bool:
    """Whether these texts may be a cell of a column by its role."""
    return _content_cost(column, texts) < _AGAINST_ROLE


def is_quantity(text: str) -> bool:
    """Whether a text reads as a quantity in figures, or has a sign as only targets do."""
    return is_signed(text) or (_FIGURE.search(text) is not None and parse_target(text).kind == "quantitative")


def holds_value(text: str) -> bool:
    """Whether there is a number in a text with a sign or a per cent sign."""
    return _VALUE.search(text) is not None


def bracket_cost(texts: Sequence[str]) -> float:
    """What it costs that a cell of these texts leaves a bracket open, or closes one that is not."""
    text = "".join(texts)
    opened, closed = (sum(map(text.count, brackets)) for brackets in ("(（《“", ")）》”"))
    return _TORN_BRACKETS if opened != closed else 0.0


def _break_cost(column: Column, line: str, following: str) -> float:
    if column.role != "level3" and open_brackets(line) > 0:
        return _WRAP
    if not is_full(width(line), following, column.width, SLACK):
        return _NOT_FULL
    return _WRAP if column.role == "level3" else _OTHER_WRAP if column.role == "target" else _NARROW_WRAP


def _content_cost(column: Column, texts: Sequence[str]) -> float:
    beginnings = ("".join(texts[:end]) for end in range(2, min(len(texts), _MOST_LABEL) + 1))
    levels = sum(map(is_level, texts)) + any(map(is_level, beginnings))
    return _LEVEL_NAME * levels + bracket_cost(texts) + _CONTENT.get(column.role, _other_cost)(texts)


def _name_cost(texts: Sequence[str]) -> float:
    cost = 0.0
    for text in texts:
        if is_signed(text):
            cost += _SIGNED_NAME
        elif holds_value(text) or parse_target(text).kind == "quantitative":
            cost += _QUANTITY_NAME
        elif is_common_target(text):
            cost += _COMMON_TARGET_NAME
    return cost


def _target_cost(texts: Sequence[str]) -> float:
    text = "".join(texts)
    cost = _SIGNED_NAME * sum(map(is_signed, texts[1:]))
    is_broken_number = text[0].isdigit() and parse_target(text).kind == "quantitative"
    if len(texts) > 1 and parse_target(texts[-1]).kind == "quantitative" and not is_broken_number:
        cost += _QUANTITY_END
    if is_common_target(text):
        return cost + _COMMON_TARGET + _WORD_WRAP * (len(texts) - 1)
    # Whatever several lines with neither sign nor number in front read as when joined, they were wrapped as a sentence.
    is_sentence = len(texts) > 1 and not (is_signed(text) or is_broken_number)
    kind = "qualitative" if is_sentence else parse_target(text).kind
    if len(text) == 1 and not (text.isdigit() or is_placeholder(text)):
        cost += _ONE_CHARACTER
    if kind == "qualitative":
        return cost + _WORDY_TARGET * (2 if width(text) > _FEW_WORDS else 1)
    return cost + (_PLACEHOLDER if kind == "missing" else 0.0)


def _value_cost(texts: Sequence[str]) -> float:
    text = "".join(texts)
    has_unit = parse_target(text).kind == "quantitative" and not _NUMBER.fullmatch(text)
    return _target_cost(texts) + (_UNUSUAL if has_unit else 0.0)


def _sign_cost(texts: Sequence[str]) -> float:
    text = "".join(texts)
    return 0.0 if is_sign(text) or is_nature(text) else _PLACEHOLDER if is_placeholder(text) else _AGAINST_ROLE


def _unit_cost(texts: Sequence[str]) -> float:
    text = "".join(texts)
    if is_known_unit(fold(text)) or is_placeholder(text):
        return _UNUSUAL if text.endswith(_JOINS_UNITS) else 0.0
    return _AGAINST_ROLE if read_unit(fold(text)) is None else _UNUSUAL


def _number_cost(texts: Sequence[str]) -> float:
    text = "".join(texts)
    number = parse_weight(text)
    is_number = number is not None and fold(text).startswith(str(number))
    return 0.0 if is_number else _PLACEHOLDER if is_placeholder(text) else _AGAINST_ROLE


def _other_cost(texts: Sequence[str]) -> float:
    return _PLACEHOLDER + _SIGNED_NAME * sum(map(is_signed, texts))


_CONTENT: Mapping[Role, Callable[[Sequence[str]], float]] = {
    "level3": _name_cost,
    "value": _value_cost,
    "unit": _unit_cost,
    **dict.fromkeys(("target", "actual"), _target_cost),
    **dict.fromkeys(("sign", "nature"), _sign_cost),
    **dict.fromkeys(("weight", "score", "number"), _number_cost),
}
