"""The indicator table of a flattened form: the pieces of its rows, what stands among them, and its rows in the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perftable_etl.document import Line
from perftable_etl.normalize.forms.recurring_lines import is_outside_too
from perftable_etl.normalize.layouts.additions import ends_form
from perftable_etl.normalize.layouts.catalogue import begins_level, is_level
from perftable_etl.normalize.layouts.headings import is_heading, is_table_number
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.frame import FlattenedForm, Head, heads_at, side_at
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, content_of, cut_cells
from perftable_etl.normalize.rebuild.flattened.rows import TablePart
from perftable_etl.normalize.rebuild.grid_maker import Columns, GridMaker
from perftable_etl.normalize.rebuild.line_breaks import width
from perftable_etl.normalize.values.signs import count_signed
from perftable_etl.normalize.values.targets import parse_target

_SIDE: Columns = (0, 1)
_LEVELS: tuple[ColumnName, ...] = ("level1", "level2", "level")
_SHORTEST_LEVEL = 4  # characters of a line that may begin the name of a level: a shorter one may begin any text
LONGEST_ROW = 30  # ems of a line that a name and a target share: prose runs on


class FlattenedTable(NamedTuple):
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
) -> FlattenedTable:
    """A form's table; `outside` are the lines outside all forms, folded.

    Notes and signatures end it, unless rows follow.
    """
    start = form.heads[-1].end
    lines: dict[Line, int] = {}
    for at in range(start, form.end):
        lines.setdefault(pieces[at].line, at)
    added = [
        line for line in lines if is_stray(line.text, outside) or ends_form(line.text) or is_table_number(line.text)
    ]
    last = max((at for line, at in lines.items() if line not in added and _shows_row(line.text)), default=start)
    end = next((lines[line] for line in added if lines[line] > last), form.end)
    strays = [line for line in added if lines[line] < end]
    sides: list[Sequence[Piece]] = []
    own: list[Piece] = []
    at, opens_page = start, False
    while at < end:
        heads = heads_at(pieces, at, vocabulary)
        side = 0 if heads else side_at(pieces, at, vocabulary)
        sides += [pieces[at:side]] if side else []
        opens_page |= pieces[at].opens_page
        if heads or side or pieces[at].line in strays:
            opens_page |= not side
            at = heads[-1].end if heads else side or at + 1
        else:
            own.append(pieces[at]._replace(opens_page=opens_page))
            opens_page = opens_page and is_level(pieces[at].text)  # labels are printed again before the rest of a row
            at += 1
    return FlattenedTable(form.heads, cut_cells(own), sides, strays, end)


def _shows_row(text: str) -> bool:
    """Whether a line certainly belongs to a row: it has a quantity, or the name of a level."""
    names_level = is_level(text.split(maxsplit=1)[0]) or (len(text) >= _SHORTEST_LEVEL and begins_level(text))
    if count_signed(text) or names_level:
        return True
    target = parse_target(text.rsplit(maxsplit=1)[-1])
    return target.kind == "quantitative" and target.unit is not None and width(text) <= LONGEST_ROW


def put_table(maker: GridMaker, pieces: Sequence[Piece], table: FlattenedTable, parts: Sequence[TablePart]) -> None:
    """Add the header, each head in a column of its own, and the rows."""
    columns = {head.concept: (number, number + 1) for number, head in enumerate(table.heads, start=1)}
    maker.put_row({columns[head.concept]: content_of(pieces[head.first : head.end]) for head in table.heads})
    for side in table.sides:
        maker.put_row({_SIDE: content_of(side)})
    both = columns.get("level", _SIDE)
    levels = {"level1": columns.get("level1", both), "level2": columns.get("level2", both)}
    cells = [columns[name] for name in table.cell_names]
    waiting: dict[Columns, Sequence[Piece]] = {}  # labels of levels for the next row
    for part in parts:
        if part.kind == "row":
            _put_row(maker, waiting | {cells[number]: cell for number, cell in part.cells.items()})
            waiting = {}
            continue
        if part.kind == "level1" or levels["level2"] in waiting:
            _put_row(maker, waiting)
            waiting = {}
        waiting[levels[part.kind]] = part.pieces
    _put_row(maker, waiting)


def _put_row(maker: GridMaker, cells: Mapping[Columns, Sequence[Piece]]) -> None:
    if cells:
        maker.put_row({columns: content_of(pieces) for columns, pieces in cells.items()})
