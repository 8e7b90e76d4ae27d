"""The rows of a flattened indicator table, told from a run of printed lines.

Every way of reading the lines as labels, names and targets has a price; the cheapest reading is taken. What it costs
rests on three facts: level names are a closed list; a row has a name and then a target; and a cell's line is broken
only where it is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.catalogue import begins_level, find_level1, find_level2, is_level
from perftable_etl.normalize.flattened.stream import Stream
from perftable_etl.normalize.flattened.widths import SLACK, is_full, width
from perftable_etl.normalize.targets import parse_target

Part = Literal["level1", "level2", "row", "tail"]


class Piece(NamedTuple):
    """A printed piece that belongs to one cell: a line, or a part of one where two cells share it.

    `stretches` are its places in the stream, two for a label that a page break cut. `ends_line` says that nothing
    follows on its line; `opens_page` that a page break comes before it; `tab_role` what tabs told, if tabs parted it.
    """

    text: str
    stretches: tuple[tuple[int, int], ...]
    ends_line: bool
    opens_page: bool
    tab_role: Literal["name", "target"] | None = None


class Reading(NamedTuple):
    """One part of the table: a label, a row, or the rest of the name before a page break. Counts pieces."""

    part: Part
    first: int
    name_end: int
    end: int


_SIGN = r"[≥≤=<>＞＜＝≧≦⩾⩽≮≯]"
_LEVEL_HEAD = regex.compile(r"\p{Han}{1,12}?指标(?=.)")
_HAN_GAP = regex.compile(r"(?<=[\p{Han}）)”》])\s+(?=[\p{Han}“《（])")
_SIGN_GAP = regex.compile(rf"\s*(?={_SIGN})")
_NUMBER_GAP = regex.compile(r"(?<=\S)\s+(?=[0-9][^\s]*$)")

# Prices. Only their order matters: a broken rule costs more than any number of unusual but lawful choices in one row.
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

_REACH = 8
"""Pieces a cut row may have between the two parts of its label."""


# The words that most targets without a number are, with what may stand before or after them.
_COMMON = regex.compile(
    r"^(?:按[时期质量]{1,4}|及时|持续|进一步|明显|显著|有效|逐步|不断|稳步|较为?|基本|全面|均)?"
    r"(?:完成|达标|合格|达到|提升|提高|改善|增强|增加|减少|下降|降低|稳定|健全|完善|优|良|中|优良|良好|优秀|符合|满足|保障|可控"
    r"|长期|持续|不超预算|净化|优化|落实|到位|及时|正常|满意|有效|显著|明显|是|有|无|零)"
    r"(?:要求|标准|预期|目标|规定)?$"
)


def cut_pieces(stream: Stream, start: int, end: int) -> Iterator[Piece]:
    """The pieces printed between two positions of a stream."""
    before = -1
    for index in range(stream.line_at(start), stream.line_at(max(start, end - 1)) + 1):
        low = max(start, stream.starts[index])
        high = min(end, stream.starts[index] + len(stream.lines[index].text))
        if not stream.text[low:high].strip():
            continue
        opens_page = before >= 0 and _page_break(stream, before, index)
        before = index
        for number, piece in enumerate(_pieces_of_line(stream.text[low:high], low)):
            yield piece._replace(opens_page=opens_page and number == 0)


def _page_break(stream: Stream, before: int, after: int) -> bool:
    """A form feed between two lines, or more blank lines than stand between the lines of one cell."""
    one, other = stream.lines[before].place, stream.lines[after].place
    return other.page > one.page or other.box.y0 - one.box.y1 >= 2


def _pieces_of_line(line: str, offset: int) -> list[Piece]:
    if "\t" in line.strip():
        return _tabbed(line, offset)
    cuts = sorted({0, len(line), *_cuts(line)})
    spans = [_stripped(line, low, high) for low, high in pairwise(cuts)]
    spans = [(low, high) for low, high in spans if low < high]
    last = len(spans) - 1
    return [
        Piece(line[low:high], ((offset + low, offset + high),), ends_line=number == last, opens_page=False)
        for number, (low, high) in enumerate(spans)
    ]


def _stripped(line: str, low: int, high: int) -> tuple[int, int]:
    text = line[low:high]
    return low + len(text) - len(text.lstrip()), high - len(text) + len(text.rstrip())


def _cuts(line: str) -> Iterator[int]:
    """Where one cell may end and the next begin on a line without tabs."""
    position = 0
    while (match := _LEVEL_HEAD.match(line, position)) and is_level(match[0]):
        position = match.end()
        while position < len(line) and line[position].isspace():
            position += 1
        yield position
    yield from (match.end() for match in _HAN_GAP.finditer(line, position))
    sign = _SIGN_GAP.search(line, position + 1)
    if sign:
        yield sign.end()
    elif number := _NUMBER_GAP.search(line, position):
        if parse_target(line[number.end() :]).kind == "quantitative":
            yield number.end()


def _tabbed(line: str, offset: int) -> list[Piece]:
    """The cells of a line that tabs part: of those that are no labels the last is the target, the one before the name."""
    cells: list[tuple[int, int]] = []
    position = 0
    for text in line.split("\t"):
        low, high = _stripped(line, position, position + len(text))
        if low < high:
            cells.append((low, high))
        position += len(text) + 1
    plain = [cell for cell in cells if not is_level(line[slice(*cell)])]
    target = plain[-1] if len(plain) > 1 else None
    return [
        Piece(
            line[low:high],
            ((offset + low, offset + high),),
            ends_line=True,
            opens_page=False,
            tab_role=None if (low, high) not in plain else "target" if (low, high) == target else "name",
        )
        for low, high in cells
    ]


def part_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those parted that begin with the rest of a level's name: 生态效 and then 益指标志愿服务活动."""
    parted: list[Piece] = []
    begun = ""
    for piece in pieces:
        rest = _rest_of_level(begun, piece.text) if begun else 0
        if rest:
            (start, end), *more = piece.stretches
            parted.append(piece._replace(text=piece.text[:rest], stretches=((start, start + rest),), ends_line=False))
            after = piece.text[rest:].lstrip()
            piece = piece._replace(text=after, stretches=((end - len(after), end), *more), opens_page=False)
        parted.append(piece)
        begun = "" if rest or is_level(begun + piece.text) else _begun_level(begun, piece.text)
    return parted


def _rest_of_level(begun: str, text: str) -> int:
    """How many characters of `text` complete the level's name that `begun` begins, if more text follows them."""
    ends = (match.end() for match in regex.finditer("标", text) if match.end() < len(text))
    return next((end for end in ends if is_level(begun + text[:end])), 0)


def _begun_level(begun: str, text: str) -> str:
    """What of a level's name has been printed once `text` has."""
    return next((start for start in (begun + text, text) if begins_level(start)), "")


def mend_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with level names made whole that a page break cut: 时效指 at its end, 标 at the top of the next page."""
    mended = list(pieces)
    for index in range(len(mended) - 1, 0, -1):
        rest = mended[index]
        if not rest.opens_page or is_level(rest.text):
            continue
        for before in range(index - 1, max(index - _REACH, -1), -1):
            whole = mended[before].text + rest.text
            if is_level(whole):
                stretches = mended[before].stretches + rest.stretches
                mended[before] = mended[before]._replace(text=whole, stretches=stretches)
                mended[index : index + 2] = [piece._replace(opens_page=True) for piece in mended[index + 1 : index + 2]]
                break
    return mended


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
    return bool(regex.match(_SIGN, text)) or parse_target(text).kind == "quantitative"


def read_rows(pieces: Sequence[Piece], column_width: float) -> list[Reading]:
    """The cheapest reading of all pieces; `column_width` is the name column's, as `name_width` gives it."""
    best: list[tuple[float, list[Reading]] | None] = [(0.0, []), *[None] * len(pieces)]
    for first in range(len(pieces)):
        so_far = best[first]
        if so_far is None:
            continue
        cost, readings = so_far
        for price, reading in _readings_from(pieces, first, column_width, bool(readings)):
            known = best[reading.end]
            if known is None or cost + price < known[0]:
                best[reading.end] = (cost + price, [*readings, reading])
    final = best[-1]
    return final[1] if final else []


def _readings_from(
    pieces: Sequence[Piece], first: int, column_width: float, has_before: bool
) -> Iterator[tuple[float, Reading]]:
    yield from _labels_from(pieces, first)
    yield from _rows_from(pieces, first, column_width)
    if has_before and pieces[first].opens_page:
        for end in range(first + 1, min(first + 4, len(pieces) + 1)):
            price = _cell_price(pieces[first:end], column_width) + _name_price(pieces[first:end])
            yield _TAIL + price, Reading("tail", first, end, end)


def _labels_from(pieces: Sequence[Piece], first: int) -> Iterator[tuple[float, Reading]]:
    """A level's name, perhaps broken over several lines."""
    joined = ""
    for end in range(first + 1, min(first + 6, len(pieces) + 1)):
        joined += pieces[end - 1].text
        price = 0.0 if is_level(joined) else _BARE_LEVEL if end == first + 1 else None
        if price is None:
            continue
        if find_level1(joined) and not (find_level2(joined) and price):
            yield price, Reading("level1", first, end, end)
        elif find_level2(joined):
            yield price, Reading("level2", first, end, end)


def _rows_from(pieces: Sequence[Piece], first: int, column_width: float) -> Iterator[tuple[float, Reading]]:
    """A name of one or more pieces, then a target of none or more; at worst a target alone."""
    yield _NO_NAME + _target_price(pieces[first : first + 1], column_width), Reading("row", first, first, first + 1)
    for name_end in range(first + 1, min(first + 7, len(pieces) + 1)):
        name = pieces[first:name_end]
        name_price = _cell_price(name, column_width) + _name_price(name)
        if name[-1].ends_line and not name[-1].tab_role and width(name[-1].text) >= column_width - SLACK:
            name_price += _ENDS_FULL
        if name_price >= _AGAINST_TABS:
            break
        yield name_price + _NO_TARGET, Reading("row", first, name_end, name_end)
        for end in range(name_end + 1, min(name_end + 6, len(pieces) + 1)):
            target = pieces[name_end:end]
            yield name_price + _target_price(target, column_width), Reading("row", first, name_end, end)


def _cell_price(pieces: Sequence[Piece], column_width: float) -> float:
    """What it costs that these pieces are one cell."""
    return sum(_join_price(piece, following, column_width) for piece, following in pairwise(pieces))


def _join_price(piece: Piece, following: Piece, column_width: float) -> float:
    if piece.tab_role and following.tab_role:
        return _AGAINST_TABS
    if not piece.ends_line:
        return _SPACE_IN_CELL
    return _WRAP if is_full(piece.text, following.text, column_width) else _NOT_FULL


def _name_price(pieces: Sequence[Piece]) -> float:
    price = sum(_LEVEL_NAME for piece in pieces if is_level(piece.text))
    for piece in pieces:
        if piece.tab_role == "target":
            return _AGAINST_TABS
        if regex.match(_SIGN, piece.text):
            price += _SIGNED_NAME
        elif parse_target(piece.text).kind == "quantitative":
            price += _QUANTITY_NAME
        elif _COMMON.match(piece.text):
            price += _COMMON_TARGET_NAME
    return price + _bracket_price(pieces)


def _bracket_price(pieces: Sequence[Piece]) -> float:
    """What it costs that a cell of these pieces leaves a bracket open, or closes one that is not."""
    text = "".join(piece.text for piece in pieces)
    opened, closed = (sum(map(text.count, brackets)) for brackets in ("(（《“", ")）》”"))
    return _TORN_BRACKETS if opened != closed else 0.0


def _target_price(pieces: Sequence[Piece], column_width: float) -> float:
    if any(piece.tab_role == "name" for piece in pieces):
        return _AGAINST_TABS
    text = "".join(piece.text for piece in pieces)
    price = sum(_LEVEL_NAME for piece in pieces if is_level(piece.text))
    price += sum(_target_join_price(*pair, column_width) for pair in pairwise(pieces))
    price += sum(_SIGNED_NAME for piece in pieces[1:] if regex.match(_SIGN, piece.text)) + _bracket_price(pieces)
    if len(pieces) > 1 and parse_target(pieces[-1].text).kind == "quantitative":
        price += _QUANTITY_END
    if _COMMON.match(text):
        return price + _COMMON_TARGET
    kind = parse_target(text).kind
    if len(pieces) > 1 and not regex.match(_SIGN, text):
        kind = "qualitative"  # whatever it reads as when joined, it was wrapped as a sentence is
    if kind == "missing":
        return price + _PLACEHOLDER
    if kind == "qualitative":
        return price + _WORDY_TARGET + (_LONG_TARGET if width(text) > 20 else 0.0)
    return price


def _target_join_price(piece: Piece, following: Piece, column_width: float) -> float:
    """A target's column is about as wide as a name's; as that is not certain, two thirds of it count as full."""
    if _opens_bracket(piece.text):
        return _WRAP
    return _TARGET_WRAP if is_full(piece.text, following.text, column_width * 2 / 3) else _NOT_FULL


def _opens_bracket(text: str) -> bool:
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")
