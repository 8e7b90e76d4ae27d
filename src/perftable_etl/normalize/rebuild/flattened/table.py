"""The indicator table of a flattened form: the pieces of its rows, what stands among them, and its rows in the grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perftable_etl.document import Line
from perftable_etl.normalize.layouts.additions import ends_form
from perftable_etl.normalize.layouts.catalogue import begins_level, is_level
from perftable_etl.normalize.layouts.headings import is_heading, is_table_number, is_table_title
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.frame import FlattenedForm, Head, heads_at, side_at
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, content_of, cut_cells
from perftable_etl.normalize.rebuild.flattened.rows import TablePart
from perftable_etl.normalize.rebuild.grid_maker import Columns, GridMaker
from perftable_etl.normalize.rebuild.line_breaks import width
from perftable_etl.normalize.rebuild.outside import is_outside_too
from perftable_etl.normalize.values.signs import count_signed
from perftable_etl.normalize.values.targets import parse_target

_SIDE: Columns = (0, 1)
_LEVELS: tuple[ColumnName, ...] = ("level1", "level2", "level")
_SHORTEST_LEVEL = 4  # characters of a line that may begin the name of a level: a shorter one may begin any text
LONGEST_ROW = 30  # ems of a line that a name and a target share: prose runs on


class IndicatorTable(NamedTuple):
    """The heads of a table, the pieces of its rows, its side labels, the lines among them that are not of the form, and
    the piece before which the form ends.
    """

    heads: Sequence[Head]
    pieces: Sequence[Piece]
    sides: Sequence[Sequence[Piece]]
    strays: Sequence[Line]
    end: int

    @property
    def cell_names(self) -> tuple[ColumnName, ...]:
        """The columns that each row has a cell in: not those of levels, which are merged."""
        return tuple(head.concept for head in self.heads if head.concept not in _LEVELS)


def is_stray(text: str, outside: frozenset[str]) -> bool:
    """Whether a line is a heading, or stands outside the forms too, as running heads do."""
    # A number is as likely a target as a year.
    return (is_heading(text) and not text.isdigit()) or is_outside_too(text, outside)


def cut_table(
    pieces: Sequence[Piece], form: FlattenedForm, vocabulary: Vocabulary, outside: frozenset[str]
) -> IndicatorTable:
    """A form's table; `outside` are the lines outside all forms, folded.

    Notes and signatures end it, unless rows follow.
    """
    start = form.heads[-1].end
    lines = {piece.line: at for at, piece in reversed(list(enumerate(pieces[start : form.end], start)))}
    lines = dict(sorted(lines.items(), key=lambda item: item[1]))
    strays = [line for line in lines if is_stray(line.text, outside)]
    followed = zip(lines, [*list(lines)[1:], None], strict=True)
    closing = [line for line, after in followed if line not in strays and _closes(line, after)]
    last = max(
        (at for line, at in lines.items() if line not in (*strays, *closing) and _shows_row(line.text)), default=start
    )
    end = next((at for line, at in lines.items() if at > last and line in (*strays, *closing)), form.end)
    among = [line for line in (*strays, *closing) if lines[line] < end]
    sides: list[Sequence[Piece]] = []
    own: list[Piece] = []
    at, opens_page = start, False
    while at < end:
        heads = heads_at(pieces, at, vocabulary)
        side = 0 if heads else side_at(pieces, at, vocabulary)
        if pieces[at].line in among or heads or side:
            after = heads[-1].end if heads else side or at + 1
            sides += [pieces[at:side]] if side else []
            opens_page |= pieces[at].opens_page or bool(heads) or pieces[at].line in strays
            at = after
            continue
        own.append(pieces[at]._replace(opens_page=pieces[at].opens_page or opens_page))
        at, opens_page = at + 1, False
    return IndicatorTable(form.heads, cut_cells(own), sides, among, end)


def _closes(line: Line, following: Line | None) -> bool:
    """Whether a line is worded like what follows a form, or is the number of another table above its title."""
    is_number = following is not None and is_table_number(line.text) and is_table_title(following.text)
    return is_number or ends_form(line.text)


def _shows_row(text: str) -> bool:
    """Whether a line certainly belongs to a row: it has a quantity, or the name of a level."""
    if count_signed(text) or is_level(text) or is_level(text.split(maxsplit=1)[0]):
        return True
    if len(text) >= _SHORTEST_LEVEL and begins_level(text):
        return True
    target = parse_target(text.rsplit(maxsplit=1)[-1])
    return target.kind == "quantitative" and target.unit is not None and width(text) <= LONGEST_ROW


def put_table(maker: GridMaker, pieces: Sequence[Piece], table: IndicatorTable, parts: Sequence[TablePart]) -> None:
    """Add the header, each head in a column of its own, and the rows."""
    columns = {head.concept: (number, number + 1) for number, head in enumerate(table.heads, start=1)}
    maker.put_row({columns[head.concept]: content_of(pieces[head.first : head.end]) for head in table.heads})
    for side in table.sides:
        maker.put_row({_SIDE: content_of(side)})
    level1, level2, both = (columns.get(name) for name in _LEVELS)
    cells = [columns[name] for name in table.cell_names]
    _Rows(maker, level1 or both or _SIDE, level2 or both or _SIDE, cells).put(parts)


class _Rows(NamedTuple):
    """Where the labels of levels and the cells of rows go."""

    maker: GridMaker
    level1: Columns
    level2: Columns
    cells: Sequence[Columns]

    def put(self, parts: Sequence[TablePart]) -> None:
        """Add all rows. Of two level-2 labels in a row the first stands in the level-1 column."""
        waiting: dict[Columns, Sequence[Piece]] = {}
        unlabelled: int | None = None  # the first row since the last level-1 label, until a level-2 label comes
        for part in parts:
            if part.kind == "row":
                if self.level1 in waiting and self.level2 not in waiting:
                    unlabelled = self.maker.row
                self._put_row(waiting | {self.cells[number]: cell for number, cell in part.cells.items()})
                waiting = {}
            elif part.kind == "level1":
                self._put_row(waiting)
                waiting, unlabelled = {self.level1: part.pieces}, None
            elif unlabelled is not None and is_late(part, parts):
                self.maker.put(content_of(part.pieces), self.level2, row=unlabelled)
                unlabelled = None
            elif len(waiting) > 1 or self.level1 == self.level2:
                self._put_row(waiting)
                waiting = {self.level2: part.pieces}
            else:
                before = waiting.get(self.level1) or waiting.get(self.level2)
                waiting = ({self.level1: before} if before else {}) | {self.level2: part.pieces}
        self._put_row(waiting)

    def _put_row(self, cells: dict[Columns, Sequence[Piece]]) -> None:
        if cells:
            self.maker.put_row({columns: content_of(pieces) for columns, pieces in cells.items()})


def is_late(label: TablePart, parts: Iterable[TablePart]) -> bool:
    """Whether a level's label is printed below its rows: a merged cell's may come only after the page break in it."""
    below = list(parts)[next(index for index, part in enumerate(parts) if part is label) :]
    return label.pieces[0].opens_page or not any(part.kind == "row" for part in below)
