"""The rules of a cell: what its column allows, where its lines may break, and what breaking each rule costs.

Only the order of the costs matters: a broken rule costs more than any number of unusual but lawful choices in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import begins_level, ends_level, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.pieces import Joint, Piece, lines_of
from perftable_etl.normalize.rebuild.line_breaks import is_full, width
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.common_targets import is_common_target
from perftable_etl.normalize.values.signs import count_signed, is_signed
from perftable_etl.normalize.values.split_targets import is_nature, is_sign
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.units import is_known_unit
from perftable_etl.normalize.values.weights import parse_weight

Role = ColumnName | Literal["value"]
"""What a column is for. The `value` of a target has its sign or its unit in a column of its own."""

SLACK = 1.0
"""What a full line may miss, in ems: brackets and stops are squeezed, Latin letters are no exact half."""

_WRAPS: Mapping[Role, float] = {"level3": 0.2, "target": 1.2}  # a cell that goes on over a full line
_OTHER_WRAP = 0.4
_EMPTY: Mapping[Role, float] = {"level3": 12.0, "target": 5.0, "value": 5.0, "sign": 3.0, "unit": 3.0, "weight": 3.0}
_OTHER_EMPTY = 1.0
_FEW_WORDS = 10  # ems of a target in words that is not long
_SHORTEST_LEVEL = 4  # characters that begin the name of a level and hardly another

_VALUE = regex.compile(r"[≥≤=<>＞＜＝]\s*\d|\d\s*[%‰％]")
_NUMBER = regex.compile(r"[\d.,，%‰％~～—–-]+")
_CLAUSE = regex.compile(r"[。！？；;，]")
_OPEN_END = regex.compile(r"[，、：,:]$")


class TextColumn(NamedTuple):
    """A column of an indicator table: what it is for, and how many ems a line of it has; 0 where nobody knows."""

    role: Role
    width: float = 0.0


class Break(NamedTuple):
    """A rule that a cell breaks: what that costs, and how it is said; what is unusual but lawful is not said."""

    cost: float
    said: str = ""


def empty_cost(column: TextColumn) -> float:
    """What it costs that a row has nothing in a column."""
    return _EMPTY.get(column.role, _OTHER_EMPTY)


def find_breaks(column: TextColumn, pieces: Sequence[Piece], following: Joint) -> Iterator[Break]:
    """The rules that some pieces break as one cell of a column; `following` is the joint behind them."""
    yield from _of_lines(column, pieces, following)
    yield from _of_cell(column._replace(width=0.0), tuple(lines_of(pieces)))


def _of_lines(column: TextColumn, pieces: Sequence[Piece], following: Joint) -> Iterator[Break]:
    """A line goes on in the next only where it is full, and no cell has two texts on a line."""
    lines, is_name = lines_of(pieces), column.role == "level3"
    for one, other in pairwise(lines):
        if not is_full(width(one), other, column.width, SLACK):
            yield Break(6.0, "a line of it breaks too early")
        else:
            yield Break(_WRAPS.get(column.role, _OTHER_WRAP))
    if gaps := sum(piece.joint in ("gap", "touch") for piece in pieces[1:]):
        yield Break(6.0 * gaps, "two texts are on one line of it")
    if column.width and not is_name and column.role != "target":
        yield Break(3.0 * sum(width(line) > column.width + SLACK for line in lines))
    is_full_line = width(lines[-1]) >= column.width - SLACK
    if following == "run" and not is_full_line:
        yield Break(3.0)  # a blank would part it from the next cell
    elif is_name and following == "line" and is_full_line:
        yield Break(0.4)


@lru_cache(maxsize=8192)
def _of_cell(column: TextColumn, texts: tuple[str, ...]) -> Sequence[Break]:
    """The rules that texts break as one cell of a column, however wide that is and wherever its lines break."""
    opened, closed = (sum(map("".join(texts).count, brackets)) for brackets in ("(（《“", ")）》”"))
    unpaired = [Break(3.0, "a bracket has no partner")] if opened != closed else []
    levels = [Break(5.0, "it contains the name of a level") for text in texts if is_level(text)]
    return (*levels, *unpaired, *_BREAKS.get(column.role, _of_other)(texts))


def _of_name(texts: Sequence[str]) -> Iterator[Break]:
    for text in texts:
        if is_signed(text):
            yield Break(9.0, "its name contains a value")
        elif _VALUE.search(text) or parse_target(text).kind == "quantitative":
            yield Break(4.0, "its name contains a value")
        elif is_common_target(text):
            yield Break(2.0)


def _of_target(texts: Sequence[str]) -> Iterator[Break]:
    text = "".join(texts)
    target = parse_target(text)
    is_broken_number = text[0].isdigit() and target.kind == "quantitative"
    if len(texts) > 1 and parse_target(texts[-1]).kind == "quantitative" and not is_broken_number:
        yield Break(3.0)
    if is_common_target(text):  # no other cell has the rest of a known word
        yield Break(0.3 - 0.8 * (len(texts) - 1))
        return
    # Whatever several lines with neither sign nor number in front read as when joined, they were wrapped as a sentence.
    is_sentence = len(texts) > 1 and not (is_signed(text) or is_broken_number)
    if len(text) == 1 and not (text.isdigit() or is_placeholder(text)):
        yield Break(1.0)
    if is_sentence or target.kind == "qualitative":
        yield Break(2.0 if width(text) > _FEW_WORDS else 1.0)
    elif target.kind == "missing":
        yield Break(0.5)


def _of_value(texts: Sequence[str]) -> Iterator[Break]:
    text = "".join(texts)
    yield from _of_target(texts)
    if parse_target(text).kind == "quantitative" and not _NUMBER.fullmatch(text):
        yield Break(1.5)  # no unit ends it: that has a column of its own


def _of_closed(is_worded: Callable[[str], bool], texts: Sequence[str]) -> Iterator[Break]:
    """The rule of a column that only few texts stand in."""
    text = "".join(texts)
    if not is_worded(text):
        yield Break(0.5) if is_placeholder(text) else Break(8.0, "a text stands where others belong")


def _is_unit(text: str) -> bool:
    return is_known_unit(fold(text))


def _names_sign(text: str) -> bool:
    return is_sign(text) or is_nature(text)


def _is_number(text: str) -> bool:
    return fold(text).startswith(str(parse_weight(text)))


def _of_other(texts: Sequence[str]) -> Iterator[Break]:
    yield Break(0.5 + 9.0 * sum(map(is_signed, texts)))


def find_flaws(column: TextColumn, pieces: Sequence[Piece]) -> Iterator[str]:
    """What is said of some pieces as a cell: the rules they break, and what is odd though nothing is cheaper."""
    yield from (found.said for found in find_breaks(column, pieces, "line") if found.said)
    texts = lines_of(pieces)
    text = "".join(texts)
    if any(map(ends_level, texts)):
        yield "it contains the end of a level's name"
    if column.role == "level3":
        if _is_behind_text(pieces[0]) and begins_level(text[:_SHORTEST_LEVEL]):
            yield "its name begins as a level's name does"
        if is_common_target(text) or _CLAUSE.search(text):
            yield "its name is not worded like one"
    elif column.role in ("target", "value"):
        if count_signed(text) > 1 and parse_target(text).kind == "qualitative":
            yield "its target has two values"  # between them a cell is lost
        if _OPEN_END.search(text):
            yield "its target ends within a sentence"


def _is_behind_text(piece: Piece) -> bool:
    """Whether a piece was cut off what stands in its line before it, with no blank between."""
    return piece.start > 0 and not piece.line.text[piece.start - 1].isspace()


_BREAKS: Mapping[Role, Callable[[Sequence[str]], Iterator[Break]]] = {
    "level3": _of_name,
    "value": _of_value,
    **dict.fromkeys(("target", "actual"), _of_target),
    "unit": partial(_of_closed, _is_unit),
    **dict.fromkeys(("sign", "nature"), partial(_of_closed, _names_sign)),
    **dict.fromkeys(("weight", "score", "number"), partial(_of_closed, _is_number)),
}
