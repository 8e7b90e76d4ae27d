"""The pieces of a text: what of its lines certainly belongs to one cell each.

Blanks part pieces. In a table so do places where one cell may end and the next begin with nothing between: behind the
name of a level, before a sign, and before what ends a line and may be a target.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, zip_longest
from typing import Literal, NamedTuple

import regex

from perftable_etl.characters.look_alikes import map_look_alikes
from perftable_etl.document import Box, Line, Place
from perftable_etl.normalize.layouts.additions import is_of_page
from perftable_etl.normalize.layouts.catalogue import begins_level, is_level, level_at_start
from perftable_etl.normalize.layouts.headings import is_heading
from perftable_etl.normalize.rebuild.grid_maker import Content
from perftable_etl.normalize.values.common_targets import is_common_target
from perftable_etl.normalize.values.signs import is_signed
from perftable_etl.normalize.values.targets import parse_target

Joint = Literal["line", "gap", "blank", "touch", "run", "level"]
"""What parts a piece from the one before: a line break; a blank where one cell has none; a blank as a cell may have it,
beside Latin letters or digits; nothing, where only two cells can touch; nothing, before what may be a target; nothing
that ends a cell, where a level's name goes on."""

_WORD = regex.compile(r"\S+")
_SIGN = regex.compile(r"(?<=\S)[≥≤=<>＞＜＝≧≦⩾⩽≮≯]")
_HAN_END = regex.compile(r"[\p{Han}）)”》]$")
_HAN_START = regex.compile(r"^[\p{Han}“《（]")
_RUN_ON = regex.compile(r"(?<=[\p{Han}）)”》])(?:\d|\p{Han}{2})")
_LONGEST_WORD = 8  # characters of a target in words that may stand right behind a name
_MOST_LINES = 4  # that the name of a level is broken over
_REACH = 8  # pieces a cut row may have between the two parts of its label


class Piece(NamedTuple):
    """A printed piece, in ordinary characters for their look-alikes, and where it stands in which line.

    `opens_page` says that a page break comes before it, or something that belongs to no form.
    """

    text: str
    line: Line
    start: int
    end: int
    joint: Joint = "line"
    opens_page: bool = False

    @property
    def place(self) -> Place:
        """Where it is printed."""
        return Place(self.line.place.page, self.line.place.box._replace(x0=self.start, x1=self.end))

    def cut(self, at: int, joint: Joint) -> tuple[Piece, Piece]:
        """The two pieces that it is when cut before a character."""
        middle = self.start + at
        rest = self._replace(text=self.text[at:], start=middle, joint=joint, opens_page=False)
        return self._replace(text=self.text[:at], end=middle), rest


def printed(pieces: Sequence[Piece]) -> str:
    """The text of some pieces as printed, with a line break between two lines."""
    texts = [piece.line.text[piece.start : piece.end] for piece in pieces]
    for index, (one, other) in enumerate(pairwise(pieces), start=1):
        is_apart = one.line is not other.line or other.start != one.end
        texts[index] = ("\n" if one.line is not other.line else " " if is_apart else "") + texts[index]
    return "".join(texts)


def place_of(pieces: Sequence[Piece]) -> Place:
    """Where pieces are printed, on the page of the first."""
    page = pieces[0].place.page
    return Place(page, Box.around(piece.place.box for piece in pieces if piece.place.page == page))


def content_of(pieces: Sequence[Piece]) -> Content:
    """Some pieces as the content of a cell, in parts where they are printed on several pages."""
    pages = [list(own) for _, own in groupby(pieces, key=lambda piece: piece.place.page)]
    parts = tuple((printed(own), place_of(own)) for own in pages) if len(pages) > 1 else ()
    return Content(printed(pieces), place_of(pieces), parts)


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The texts of some pieces, those of one line as one, and those of one level's name."""
    texts: list[str] = []
    for piece in pieces:
        if texts and piece.joint != "line":
            texts[-1] += f" {piece.text}" if piece.joint in ("gap", "blank") else piece.text
        else:
            texts.append(piece.text)
    return texts


def read_pieces(lines: Iterable[Line]) -> list[Piece]:
    """The pieces of lines that blanks part, without what pages have: numbers, marks, and headings first of all.

    Some writers put the headings of a page out before its tables, so that the rest of a form follows the next one's.
    """
    pieces: list[Piece] = []
    opens_page = True
    lines = list(lines)
    for before, line in zip([None, *lines], lines, strict=False):
        opens_page |= before is None or _parts_pages(before.place, line.place)
        if is_of_page(line.text) or (opens_page and is_heading(line.text)):
            opens_page = True
            continue
        text = map_look_alikes(line.text)
        own = [Piece(match[0], line, *match.span()) for match in _WORD.finditer(text)]
        pieces.append(own[0]._replace(opens_page=opens_page))
        pieces += [two._replace(joint="gap" if _is_gap(one, two) else "blank") for one, two in pairwise(own)]
        opens_page = False
    return pieces


def _parts_pages(one: Place, other: Place) -> bool:
    """Whether a form feed is between two lines, or more blank lines than stand between the lines of one cell."""
    return other.page > one.page or other.box.y0 - one.box.y1 >= 2


def _is_gap(one: Piece, other: Piece) -> bool:
    """Whether no cell has the blank between two pieces: between full-width characters type is set without."""
    return bool(_HAN_END.search(one.text) and _HAN_START.match(other.text))


def cut_cells(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a table, parted wherever a cell may end; names of levels that a page break cut are whole again."""
    cut: list[Piece] = []
    begun = ""  # what may be the beginning of a level's name
    for printed_piece, following in zip_longest(pieces, pieces[1:]):
        ends_line = following is None or following.joint == "line"
        begins = printed_piece.joint == "blank" and _begins_cell(cut[-1], printed_piece, ends_line=ends_line)
        piece = printed_piece._replace(joint="gap") if begins else printed_piece
        rest = max(level_at_start(begun + piece.text) - len(begun), 0) if begun else 0
        own = piece.cut(rest, "gap") if rest else (piece,)
        cut += [*own[:-1], *_cut(own[-1], ends_line=ends_line)]
        starts = () if rest or is_level(begun + piece.text) else (begun + piece.text, piece.text)
        begun = next((start for start in starts if begins_level(start)), "")
    return _with_levels(cut)


def _begins_cell(before: Piece, piece: Piece, *, ends_line: bool) -> bool:
    """Whether a cell certainly begins behind a blank: with a sign, with a last number, or behind a level's name."""
    is_number = ends_line and piece.text[0].isdigit() and parse_target(piece.text).kind in ("quantitative", "deadline")
    return is_number or is_signed(piece.text) or is_level(before.text)


def _cut(piece: Piece, *, ends_line: bool) -> Iterator[Piece]:
    if level := level_at_start(piece.text):
        name, rest = piece.cut(level, "gap")
        yield name
        yield from _cut(rest._replace(opens_page=piece.opens_page), ends_line=ends_line)
    elif sign := _SIGN.search(piece.text):
        yield from piece.cut(sign.start(), "touch")
    elif at := _run_on(piece.text) if ends_line and not begins_level(piece.text) else 0:
        yield from piece.cut(at, "run")
    else:
        yield piece


def _run_on(text: str) -> int:
    """Where a quantity, a date or a common word may begin that ends a text, right behind a name; 0 where none does."""
    for match in _RUN_ON.finditer(text, overlapped=True):
        rest = text[match.start() :]
        target = parse_target(rest)
        is_value = target.kind == "deadline" or (target.kind == "quantitative" and target.unit is not None)
        if (rest[0].isdigit() and is_value) or (len(rest) <= _LONGEST_WORD and is_common_target(rest)):
            return int(match.start())
    return 0


def _with_levels(pieces: list[Piece]) -> list[Piece]:
    """The pieces with those of each level's name together, where other cells' lines stand between."""
    for index in range(len(pieces) - 1, -1, -1):
        cut, at = _end_of_level(pieces, index)
        if at:
            end = pieces.pop(at)
            if at < len(pieces):
                pieces[at] = pieces[at]._replace(opens_page=end.opens_page or pieces[at].opens_page)
            begun, *others = (piece for piece in pieces[index].cut(cut, "gap") if piece.text)
            pieces[index : index + 1] = [begun, end._replace(opens_page=False), *others]
        count = next((count for count in range(_MOST_LINES, 0, -1) if _is_level(pieces, index, index + count)), 1)
        pieces[index + 1 : index + count] = [p._replace(joint="level") for p in pieces[index + 1 : index + count]]
    return pieces


def _end_of_level(pieces: Sequence[Piece], index: int) -> tuple[int, int]:
    """How much of a piece begins the name of a level, and which later piece ends it; 0 where none does or the next."""
    text = pieces[index].text
    beginnings = [cut for cut in range(len(text), 1, -1) if begins_level(text[:cut])]
    if not beginnings or any(_is_level(pieces, index, index + count) for count in range(1, _MOST_LINES + 1)):
        return 0, 0
    for at in range(index + 1, min(index + _REACH, len(pieces))):
        is_of_other = any(_is_level(pieces, before, at + 1) for before in range(max(at - 2, 0), at + 1))
        cut = next((cut for cut in beginnings if is_level(text[:cut] + pieces[at].text)), 0)
        if cut and not is_of_other:
            return cut, at
    return 0, 0


def _is_level(pieces: Sequence[Piece], first: int, end: int) -> bool:
    return is_level("".join(piece.text for piece in pieces[first:end]))
