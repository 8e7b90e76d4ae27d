"""The indicator table of a flattened form: its pieces, its columns, and its rows in the grid."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from perftable_etl.document import Cell, Line
from perftable_etl.normalize.layouts.additions import is_of_page
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.forms import FlattenedForm, FoundColumn, find_headers, find_sides
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, cut_pieces, mend_labels, part_labels, parts_pages
from perftable_etl.normalize.rebuild.flattened.rows import TablePart, is_late
from perftable_etl.normalize.rebuild.flattened.stray_lines import Strays
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.rebuild.grid_maker import Columns, Content, GridMaker
from perftable_etl.records import Finding

_SIDE: Columns = (0, 1)
_LEVELS: tuple[ColumnName, ...] = ("level1", "level2", "level")


class IndicatorTable(NamedTuple):
    """The heads of a table, where its side labels and the headers of later pages are printed, and its pieces."""

    heads: tuple[FoundColumn, ...]
    sides: tuple[Stretch, ...]
    pieces: Sequence[Piece]

    @property
    def cell_heads(self) -> list[FoundColumn]:
        """The heads of the columns that each row has a cell in: not those of levels, which are merged."""
        return [head for head in self.heads if head.column not in _LEVELS]


def cut_table(stream: Stream, form: FlattenedForm, strays: Strays) -> IndicatorTable:
    """A form's indicator table; its pieces are without side labels, repeated headers and what is not of the form."""
    headers = [form.header, *find_headers(stream, form.header.end, strays.end)]
    below = [_below_strays(stream, header.end, strays) for header in headers]
    sides = find_sides(stream, headers, below, strays.end)
    known = sorted([*((header.start, header.end) for header in headers[1:]), *sides, *strays.stretches])
    pieces: list[Piece] = []
    position, opens_page = form.header.end, False
    for start, end in [*known, (strays.end, strays.end)]:
        if start >= position:
            cut = list(cut_pieces(stream, position, start))
            pieces += _opening_page(cut, 0) if opens_page else cut
            opens_page = (start, end) in strays.stretches or _opens_page(stream, start, pieces)
            position = end
    starts = [piece.stretches[0][0] for piece in pieces]
    for header in headers[1:]:  # it is printed where a page begins, whatever else is
        pieces = _opening_page(pieces, bisect_left(starts, header.end))
    own = (form.header.side,) if form.header.side else ()
    return IndicatorTable(form.header.heads, (*own, *sides), part_labels(mend_labels(pieces)))


def _opens_page(stream: Stream, start: int, pieces: Sequence[Piece]) -> bool:
    """Whether a page break is between the last of these pieces and what is printed at a position."""
    return bool(pieces) and parts_pages(stream, stream.line_at(pieces[-1].stretches[-1][0]), stream.line_at(start))


def _below_strays(stream: Stream, position: int, strays: Strays) -> int:
    """The position of the text below another position, and below the strays that stand right there."""
    for start, end in strays.stretches:
        if start >= position and not stream.text[position:start].strip():
            position = end
    return position + len(stream.text[position:]) - len(stream.text[position:].lstrip())


def _opening_page(pieces: Sequence[Piece], index: int) -> list[Piece]:
    """The pieces, one of them marked as the first of its page."""
    return [piece._replace(opens_page=piece.opens_page or at == index) for at, piece in enumerate(pieces)]


def put_table(maker: FormMaker, table: IndicatorTable, parts: Sequence[TablePart]) -> None:
    """Add the header, each head in a column of its own, and the rows."""
    heads = {head: (number, number + 1) for number, head in enumerate(table.heads, start=1)}
    if table.sides:
        maker.put(_SIDE, table.sides[:1])
    maker.put_row({columns: [(head.start, head.end)] for head, columns in heads.items()})
    for side in table.sides[1:]:
        maker.put_row({_SIDE: [side]})
    level1, level2, both = (next((heads[head] for head in heads if head.column == name), None) for name in _LEVELS)
    cells = [heads[head] for head in table.cell_heads]
    _Rows(maker, level1 or both or _SIDE, level2 or both or _SIDE, cells).put(parts)


class _Rows(NamedTuple):
    """Where the labels of levels and the cells of rows go."""

    maker: FormMaker
    level1: Columns
    level2: Columns
    cells: Sequence[Columns]

    def put(self, parts: Sequence[TablePart]) -> None:
        """Add all rows. Of two level-2 labels in a row the first stands in the level-1 column."""
        waiting: dict[Columns, list[Stretch]] = {}
        unlabelled: int | None = None  # the first row since the last level-1 label, until a level-2 label comes
        for part in parts:
            name = _stretches(part.pieces)
            if part.kind == "level1":
                self._put_labels(waiting)
                waiting, unlabelled = {self.level1: name}, None
            elif part.kind == "level2" and unlabelled is not None and is_late(part, parts):
                self.maker.put(self.level2, name, row=unlabelled)
                unlabelled = None
            elif part.kind == "level2" and (len(waiting) > 1 or self.level1 == self.level2):
                self._put_labels(waiting)
                waiting = {self.level2: name}
            elif part.kind == "level2":
                before = waiting.get(self.level1) or waiting.get(self.level2)
                waiting = ({self.level1: before} if before else {}) | {self.level2: name}
            else:
                if self.level1 in waiting and self.level2 not in waiting:
                    unlabelled = self.maker.grid.row
                self._put_row(waiting, part)
                waiting = {}
        self._put_labels(waiting)

    def _put_row(self, waiting: Mapping[Columns, Sequence[Stretch]], row: TablePart) -> None:
        """A row of cells. The rest of a cell that a page break cut is printed elsewhere than the cell."""
        end = row.pieces[-1].stretches[-1][1]
        for columns, stretches in waiting.items():
            self.maker.put(columns, stretches)
        for number, columns in enumerate(self.cells):
            stretches = _stretches(row.cells.get(number, ()))
            self.maker.put(columns, stretches, place_of=[stretch for stretch in stretches if stretch[1] <= end])
        self.maker.grid.row += 1

    def _put_labels(self, waiting: dict[Columns, list[Stretch]]) -> None:
        """A row of its own for labels that no row followed, as where a page prints them again."""
        if waiting:
            self.maker.put_row(waiting)


def _stretches(pieces: Iterable[Piece]) -> list[Stretch]:
    """Where pieces are printed, those on one line in one stretch."""
    stretches: list[Stretch] = []
    for piece in pieces:
        if piece.joint != "line" and stretches:
            stretches[-1] = stretches[-1][0], piece.stretches[-1][1]
        else:
            stretches += piece.stretches
    return stretches


_BREAKS = regex.compile(r"\s*\n\s*")


@dataclass(slots=True)
class FormMaker:
    """A grid that is filled row by row, the lines that it is made of, and what must be said of it."""

    stream: Stream
    grid: GridMaker = field(default_factory=GridMaker)
    used: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def cells(self) -> Sequence[Cell]:
        """The cells so far."""
        return self.grid.cells

    def put(
        self,
        columns: Columns,
        stretches: Sequence[Stretch],
        row: int | None = None,
        place_of: Sequence[Stretch] = (),
    ) -> None:
        """Add a cell to `row`, or the current one, its text taken from these stretches; none of them for a blank.

        It is where `place_of` are printed, all stretches by default; a blank is where the cell before it is.
        """
        texts = [text for stretch in stretches if (text := self._take(*stretch))]
        placed = place_of or stretches
        place = self.stream.place(placed[0][0], placed[-1][1]) if texts else self.cells[-1].place
        self.grid.put(Content("\n".join(texts), place), columns, row)

    def put_row(self, contents: Mapping[Columns, Sequence[Stretch]]) -> None:
        """Add a row of cells and go on to the next."""
        for columns, stretches in contents.items():
            self.put(columns, stretches)
        self.grid.row += 1

    def _take(self, start: int, end: int) -> str:
        """A stretch's text, its lines marked as used but for what pages have."""
        lines = self.stream.lines_of(start, end)
        self.used.update(index for index in lines if not is_of_page(self.stream.lines[index].text))
        return self.text(start, end)

    def lines_used(self) -> Iterator[Line]:
        """The lines that cells were made of."""
        return (self.stream.lines[index] for index in self.used)

    def text(self, start: int, end: int) -> str:
        """A stretch's text without blank lines and what pages have; tabs become spaces."""
        text = _BREAKS.sub("\n", self.stream.text[start:end].strip()).replace("\t", " ")
        return "\n".join(line for line in text.split("\n") if not is_of_page(line)) if "\n" in text else text
