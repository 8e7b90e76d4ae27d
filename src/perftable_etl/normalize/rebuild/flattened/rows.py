"""The rows of a flattened indicator table.

Every way of reading the lines as labels of levels and as cells of the header's columns has a cost; the cheapest reading
is taken. What it costs rests on four facts: level names are a closed list; a row has its cells in the header's order
and ends where its line does; each column has a role; and a cell's line is broken only where it is full. How wide a
column is, the lines tell that must be its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from math import inf
from typing import Literal, NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, lines_of, texts_of
from perftable_etl.normalize.rebuild.flattened.roles import Column, bracket_cost, cell_cost, empty_cost, is_quantity
from perftable_etl.normalize.rebuild.line_breaks import width

PartKind = Literal["level1", "level2", "row", "tail"]

_BARE_LEVEL = 2.0  # a level's name without what such names end in
_TAIL = 1.5  # the rest of a cell that a page break cut
_ENDS_IN_LINE = 9.0  # a row that ends where its line goes on
_HOPELESS = 40.0  # no reading has a cell like that

_MOST_LINES, _MOST_PIECES, _MOST_LABEL, _MOST_TAIL = 6, 16, 5, 3
_MOST_NAME = 6  # pieces before a target that may be its row's name
_OF_NAME = 2 / 3  # of a name's width what a target's is at least, where it stands in one column

SURE = 1.0
"""What a reading without a row must cost more for it to be sure: less is the difference of two lawful choices."""


class TablePart(NamedTuple):
    """One part of the table: a label, a row, or the rest of a cell that a page break cut; and its pieces.

    `cells` are a row's, by column; those it does not print are left out. `lead` is what the cheapest reading without
    the row costs more.
    """

    kind: PartKind
    pieces: tuple[Piece, ...]
    cells: Mapping[int, tuple[Piece, ...]] = {}
    lead: float = inf


class _State(NamedTuple):
    """How far a reading has come: pieces read, and columns of a row; all of them where the row has ended."""

    piece: int
    column: int


class _Part(NamedTuple):
    """What a step reads: a label, the rest of a cell, or a cell of a column; an empty one has no pieces."""

    kind: Literal["level1", "level2", "tail", "cell"]
    first: int
    end: int
    column: int = -1


_Step = Step[_State, _Part]


def read_rows(pieces: Sequence[Piece], columns: Sequence[Column]) -> list[TablePart]:
    """The cheapest reading of all pieces. `columns` are those that no level's label stands in, in their order.

    What a page break cut off a cell is put behind it.
    """
    count = len(columns)
    readings = Readings(_State(0, count), _State(len(pieces), count), _Table(pieces, columns).steps_from)
    parts: list[TablePart] = []
    for part in _parts(readings, pieces, count):
        row = next((index for index in reversed(range(len(parts))) if parts[index].kind == "row"), None)
        if part.kind == "tail" and row is not None:
            parts[row] = _with_rest(parts[row], part.pieces, columns)
        else:
            parts.append(part)
    return parts


def columns_of(names: Sequence[ColumnName], tables: Sequence[Sequence[Piece]]) -> list[Column]:
    """The columns with these names, in their order, as wide as the pieces of all their tables tell."""
    if list(names) == ["level3", "target"]:
        widest = max((widest for pieces in tables for widest in _name_widths(pieces)), default=0.0)
        return [Column("level3", widest), Column("target", widest * _OF_NAME)]
    is_apart = not {"sign", "unit"}.isdisjoint(names)
    columns = [Column("value" if is_apart and name == "target" else name, 0.0) for name in names]
    # Rows that can be told without the widths of their columns have them: signs and units can.
    sure = [part for pieces in tables for part in read_rows(pieces, columns) if part.lead >= SURE]
    lines = [[width(line) for part in sure for line in lines_of(part.cells.get(n, ()))] for n in range(len(columns))]
    return [column._replace(width=max(own, default=0.0)) for column, own in zip(columns, lines, strict=True)]


def _name_widths(pieces: Sequence[Piece]) -> Iterator[float]:
    """The widths of the lines that must belong to a name, where nothing but a target follows it.

    The line before a target does, but for what may itself be a target at its end. Where a row's beginning shows, so
    do both of two lines between two targets, or between a label and a target.
    """
    for index, piece in enumerate(pieces):
        if is_quantity(piece.text):
            before = pieces[max(0, index - _MOST_NAME) : index]
            own = takewhile(lambda one: not (is_level(one.text) or is_quantity(one.text)), reversed(before))
            name = list(own)[::-1]
            texts = texts_of([one for one in name if one.joint != "run"])
            yield from map(width, texts if len(name) < len(before) and len(texts) <= 2 else texts[-1:])


def _with_rest(row: TablePart, rest: tuple[Piece, ...], columns: Sequence[Column]) -> TablePart:
    """A row with the rest of one of its cells: that which costs least when it goes on, and the first of several."""
    cells = {column: (*pieces, *rest) for column, pieces in row.cells.items()}
    costs = {n: cell_cost(columns[n], whole) - cell_cost(columns[n], row.cells[n]) for n, whole in cells.items()}
    best, *others = sorted(costs, key=costs.__getitem__)
    lead = min((costs[other] - costs[best] for other in others), default=inf)
    return row._replace(cells={**row.cells, best: cells[best]}, lead=min(row.lead, lead))


class _Table(NamedTuple):
    """The pieces of a table and the columns they are read by."""

    pieces: Sequence[Piece]
    columns: Sequence[Column]

    def steps_from(self, state: _State) -> Iterator[_Step]:
        """All that a reading may go on with."""
        first, column = state
        if column < len(self.columns):
            end = _State(first, column + 1)
            cost = empty_cost(self.columns[column]) + self._ending_cost(end)
            yield Step(state, end, cost, _Part("cell", first, first, column))
            yield from self._filled_from(state, column)
        elif first < len(self.pieces):
            yield from self._labels_from(state)
            yield from self._tails_from(state)
            skipped = 0.0
            for column, missing in enumerate(self.columns):
                yield from (step._replace(cost=step.cost + skipped) for step in self._filled_from(state, column))
                skipped += empty_cost(missing)

    def _filled_from(self, state: _State, column: int) -> Iterator[_Step]:
        """The cells of a column that begin at a piece."""
        first, lines = state.piece, 0
        for end in range(first + 1, min(first + _MOST_PIECES, len(self.pieces)) + 1):
            lines += self.pieces[end - 1].joint == "line" or end == first + 1
            if lines > _MOST_LINES:
                return
            after = _State(end, column + 1)
            cost = cell_cost(self.columns[column], self.pieces[first:end]) + self._ending_cost(after)
            if cost < _HOPELESS:
                yield Step(state, after, cost, _Part("cell", first, end, column))

    def _ending_cost(self, state: _State) -> float:
        is_end = state.column == len(self.columns) and not self.pieces[state.piece - 1].ends_line
        return _ENDS_IN_LINE if is_end else 0.0

    def _labels_from(self, state: _State) -> Iterator[_Step]:
        """A level's name, perhaps broken over several lines."""
        joined = ""
        for end in range(state.piece + 1, min(state.piece + _MOST_LABEL, len(self.pieces)) + 1):
            joined += self.pieces[end - 1].text
            cost = 0.0 if is_level(joined) else _BARE_LEVEL
            if not cost or end == state.piece + 1:
                level2 = find_level2(joined)
                if find_level1(joined) and not (level2 and cost):
                    yield Step(state, state._replace(piece=end), cost, _Part("level1", state.piece, end))
                elif level2:
                    yield Step(state, state._replace(piece=end), cost, _Part("level2", state.piece, end))

    def _tails_from(self, state: _State) -> Iterator[_Step]:
        """The rest of a name, first of all on its page."""
        name = next((column for column in self.columns if column.role == "level3"), None)
        if name is None or not self._opens_page(state.piece):
            return
        for end in range(state.piece + 1, min(state.piece + _MOST_TAIL, len(self.pieces)) + 1):
            rest = self.pieces[state.piece : end]
            cost = _TAIL + cell_cost(name, rest) - 2 * bracket_cost(texts_of(rest))
            yield Step(state, state._replace(piece=end), cost, _Part("tail", state.piece, end))

    def _opens_page(self, index: int) -> bool:
        """Whether a piece is the first after a page break, but for the labels that are printed there again."""
        while index > 0 and not self.pieces[index].opens_page and is_level(self.pieces[index - 1].text):
            index -= 1
        return index > 0 and self.pieces[index].opens_page


def _parts(readings: Readings[_State, _Part], pieces: Sequence[Piece], count: int) -> Iterator[TablePart]:
    """The parts of the cheapest reading, the cells of each row put together."""
    covering: dict[int, list[_Step]] = {}  # for each piece the steps that read it
    for step in readings.steps():
        for piece in range(step.part.first, step.part.end):
            covering.setdefault(piece, []).append(step)
    row: list[_Part] = []
    for step in readings.cheapest():
        kind, first, end, _ = step.part
        if kind != "cell":
            yield TablePart(kind, tuple(pieces[first:end]))
            continue
        row.append(step.part)
        if step.end.column == count:
            filled = [part for part in row if part.first < part.end]
            others = (one for part in filled for one in covering[part.first] if one.part != part)
            cells = {part.column: tuple(pieces[part.first : part.end]) for part in filled}
            yield TablePart("row", tuple(pieces[row[0].first : end]), cells, readings.lead(others))
            row = []


def is_late(label: TablePart, table_parts: Sequence[TablePart]) -> bool:
    """Whether a level's label is printed below its rows: a merged cell's may come only after the page break in it."""
    index = next(number for number, part in enumerate(table_parts) if part is label)
    return label.pieces[0].opens_page or not any(part.kind == "row" for part in table_parts[index + 1 :])
