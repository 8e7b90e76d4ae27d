"""The pieces of a flattened indicator table: what of its lines belongs to one cell each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import begins_level, is_level, level_at_start
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.values.common_targets import is_common_target
from perftable_etl.normalize.values.signs import is_signed
from perftable_etl.normalize.values.targets import parse_target

Joint = Literal["line", "gap", "blank", "none", "run"]
"""What parts a piece from the one before: a line break; a blank where one cell has none, between two full-width
characters, before a sign or a last number; a blank beside Latin letters or digits, as a cell may have it; nothing.

Nothing stands before a sign, as only a target has it (`none`), or before what a target may be (`run`)."""

_SIGN = regex.compile(r"(?<=\S)(?=[≥≤=<>＞＜＝≧≦⩾⩽≮≯])")
_BLANK = regex.compile(r"(?<=\S)\s+(?=\S)")
_HAN_GAP = regex.compile(r"(?<=[\p{Han}）)”》])\s+(?=[\p{Han}“《（])")

_FIGURE = regex.compile(r"(?<=[\p{Han}）)”》])(?=\d)")
_WORD = regex.compile(r"(?<=[\p{Han}）)”》])(?=\p{Han}{2})")

_LONGEST_WORD = 8  # characters of a target in words that may stand right behind a name
_REACH = 8  # pieces a cut row may have between the two parts of its label


class Piece(NamedTuple):
    """A printed piece that belongs to one cell: a line, or a part of one where several cells may share it.

    `text` has ordinary characters for their look-alikes. `stretches` are its places in the stream, two for a label that
    a page break cut. `ends_line` says that nothing follows on its line; `opens_page` that a page break comes before it;
    `touches` that what a target may be stands right behind it.
    """

    text: str
    stretches: tuple[Stretch, ...]
    joint: Joint = "line"
    ends_line: bool = True
    opens_page: bool = False
    touches: bool = False


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The printed lines of these pieces, one behind the other, as far as they are theirs."""
    return _joined(pieces, frozenset(("gap", "blank", "none", "run")))


def texts_of(pieces: Sequence[Piece]) -> list[str]:
    """Their texts where only such blanks are joined that a cell may have."""
    return _joined(pieces, frozenset(("blank", "run")))


def _joined(pieces: Sequence[Piece], joints: frozenset[Joint]) -> list[str]:
    texts: list[str] = []
    for piece in pieces:
        if texts and piece.joint in joints:
            texts[-1] += piece.text if piece.joint in ("none", "run") else f" {piece.text}"
        else:
            texts.append(piece.text)
    return texts


def cut_pieces(stream: Stream, start: int, end: int) -> Iterator[Piece]:
    """The pieces printed between two positions of a stream."""
    before = -1
    for index in stream.lines_of(start, end):
        low, high = max(start, stream.stretch(index)[0]), min(end, stream.stretch(index)[1])
        if not stream.text[low:high].strip():
            continue
        opens_page = before >= 0 and parts_pages(stream, before, index)
        before = index
        for number, piece in enumerate(_pieces_of_line(stream.searched[low:high], low)):
            yield piece._replace(opens_page=opens_page and number == 0)


def parts_pages(stream: Stream, before: int, after: int) -> bool:
    """Whether a form feed is between two lines, or more blank lines than stand between the lines of one cell."""
    one, other = stream.lines[before].place, stream.lines[after].place
    return other.page > one.page or other.box.y0 - one.box.y1 >= 2


def _pieces_of_line(line: str, offset: int) -> list[Piece]:
    cuts = sorted({0, len(line), *_cut_positions(line)})
    spans = [_without_blanks(line, low, high) for low, high in pairwise(cuts)]
    spans = [(low, high) for low, high in spans if low < high]
    joints: list[Joint] = ["line", *(_joint(line, one[1], two[0]) for one, two in pairwise(spans)), "line"]
    return [
        Piece(line[low:high], ((offset + low, offset + high),), joint, high == spans[-1][1], touches=following == "run")
        for (low, high), (joint, following) in zip(spans, pairwise(joints), strict=True)
    ]


def _without_blanks(line: str, low: int, high: int) -> tuple[int, int]:
    text = line[low:high]
    return low + len(text) - len(text.lstrip()), high - len(text) + len(text.rstrip())


def _joint(line: str, end: int, start: int) -> Joint:
    if end == start:
        return "run" if _run_on(line) == start else "none"
    is_gap = _HAN_GAP.match(line, end) or is_signed(line[start:]) or is_level(line[:end].rsplit(maxsplit=1)[-1])
    return "gap" if is_gap or _is_last_number(line[start:]) else "blank"


def _is_last_number(rest: str) -> bool:
    """Whether a line ends with a quantity or a date that a blank parts from what is before it."""
    is_number = rest[0].isdigit() and len(rest.split(maxsplit=1)) == 1
    return is_number and parse_target(rest).kind in ("quantitative", "deadline")


def _cut_positions(line: str) -> Iterator[int]:
    """Where one cell may end and the next begin: behind levels, at blanks, and before the first sign."""
    position = len(line) - len(line.lstrip())
    while end := level_at_start(line[position:]):
        position += end
        yield position
        position += len(line[position:]) - len(line[position:].lstrip())
    yield from (match.end() for match in _BLANK.finditer(line, position))
    sign = _SIGN.search(line, position + 1)
    if sign:
        yield sign.end()
    elif not _HAN_GAP.search(line, position) and (run_on := _run_on(line)) > position:
        yield run_on


def _run_on(line: str) -> int:
    """Where a quantity, a date or a common word may begin that ends a line: right behind a name which fills its cell.

    It is 0 where there is none.
    """
    figure = next((match.end() for match in _FIGURE.finditer(line) if _is_target(line[match.end() :])), 0)
    words = (match.end() for match in _WORD.finditer(line, max(0, len(line) - _LONGEST_WORD - 1)))
    return figure or next((start for start in words if is_common_target(line[start:])), 0)


def _is_target(text: str) -> bool:
    """Whether a text is a quantity with a unit, or a date."""
    target = parse_target(text)
    return target.kind == "deadline" or (target.kind == "quantitative" and target.unit is not None)


def part_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those parted that begin with the rest of a level's name: 生态效 and then 益指标志愿服务活动."""
    parted: list[Piece] = []
    begun = ""
    for piece in pieces:
        rest = max(level_at_start(begun + piece.text) - len(begun), 0) if begun else 0
        parted += _split_at(piece, rest) if rest else [piece]
        starts = () if rest or is_level(begun + piece.text) else (begun + piece.text, piece.text)
        begun = next((start for start in starts if begins_level(start)), "")
    return parted


def _split_at(piece: Piece, at: int) -> tuple[Piece, Piece]:
    """A piece of one stretch as the two that share its line."""
    ((start, end),) = piece.stretches
    after = piece.text[at:].lstrip()
    return (
        piece._replace(text=piece.text[:at], stretches=((start, start + at),), ends_line=False),
        piece._replace(text=after, stretches=((end - len(after), end),), joint="gap", opens_page=False),
    )


def mend_labels(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with level names made whole that a page break cut: 时效指 before it, 标 right after it."""
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
