"""The rows of a flattened indicator table.

Every way of reading the pieces as labels of levels and as cells of the header's columns has a cost; the cheapest is
taken. What it costs rests on four facts: level names are a closed list; a row has its cells in the header's order
and ends where its line does; each column has a role; and a cell's line is broken only where it is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import inf
from typing import Literal, NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.flattened.cells import TextColumn, empty_cost, find_breaks, find_flaws
from perftable_etl.normalize.rebuild.flattened.pieces import Joint, Piece, lines_of, place_of
from perftable_etl.normalize.rebuild.line_breaks import width
from perftable_etl.normalize.rebuild.line_findings import doubtful_row
from perftable_etl.records import Finding

_BARE_LEVEL = 2.0  # a level's name without what such names end in
_REST = 1.5  # the rest of a cell that a page break cut
_ENDS_IN_LINE = 9.0  # a row that ends where its line goes on
_HOPELESS = 14.0  # no reading has a cell like that, nor one that is longer
_MOST_PIECES = 16  # of one cell
_SURE = 1.0  # what a reading without a row must cost more: less is the difference of two lawful choices

_LevelName = Literal["level1", "level2"]


class TablePart(NamedTuple):
    """A label or a row, and its pieces.

    `cells` are a row's, by column; those it does not print are left out. `lead` is what the cheapest reading without
    the row costs more, `said` what is odd in its cells.
    """

    kind: Literal["level1", "level2", "row"]
    pieces: Sequence[Piece]
    cells: Mapping[int, Sequence[Piece]] = {}
    said: Sequence[str] = ()
    lead: float = inf

    @property
    def is_sure(self) -> bool:
        """Whether no other reading is about as cheap."""
        return self.lead >= _SURE

    @property
    def has_tab(self) -> bool:
        """Whether a line of it has a tab."""
        return any("\t" in piece.line.text.strip() for piece in self.pieces)


def find_doubts(parts: Sequence[TablePart]) -> Iterator[Finding]:
    """What is said of rows that may hold what is not their own.

    Every line between the first row and the last is read as part of some row. One that belongs to no form seldom fits
    there: the row breaks a rule that holds on paper, or another reading of its lines fits about as well.
    """
    rows = [part for part in parts if part.kind == "row"]
    are_tabbed = all(row.has_tab for row in rows)
    for row in rows:
        tabbed = ["it has a tab, and other rows have none"] if row.has_tab and not are_tabbed else []
        unsure = [] if row.is_sure else ["another reading of its lines fits about as well"]
        if said := [*row.said, *tabbed, *unsure]:
            yield doubtful_row(" ".join(piece.text for piece in row.pieces), place_of(row.pieces), said[0])


class _State(NamedTuple):
    """How far a reading has come: pieces read, and columns of a row; all of them where the row has ended."""

    piece: int
    column: int


class _Part(NamedTuple):
    """What a step reads: a label, the rest of a cell, or a cell of a column; the end of a row has no pieces."""

    kind: Literal["level1", "level2", "rest", "cell"]
    first: int
    end: int
    column: int = -1


_Step = Step[_State, _Part]


def read_rows(tables: Sequence[tuple[Sequence[Piece], Sequence[ColumnName]]]) -> list[list[TablePart]]:
    """The cheapest readings of tables, each by its pieces and the columns of its rows; no level's label is in those.

    Columns of one name are as wide in all. Rows that are sure whatever their widths tell those.
    """
    read = [(pieces, _columns(names)) for pieces, names in tables]
    lines = [
        (columns[number].role, width(line))
        for pieces, columns in read
        for row in _TableReader(pieces, columns).parts()
        for number, cell in (row.cells.items() if row.is_sure else ())
        for line in lines_of(cell)
    ]
    widths = {role: max(own for of_role, own in lines if of_role == role) for role, _ in lines}
    return [
        _TableReader(pieces, [column._replace(width=widths.get(column.role, 0.0)) for column in columns]).parts()
        for pieces, columns in read
    ]


def _columns(names: Sequence[ColumnName]) -> list[TextColumn]:
    is_apart = not {"sign", "unit"}.isdisjoint(names)
    return [TextColumn("value" if is_apart and name == "target" else name) for name in names]


class _TableReader:
    """The pieces of a table and the columns they are read by."""

    def __init__(self, pieces: Sequence[Piece], columns: Sequence[TextColumn]) -> None:
        self._pieces, self._columns = pieces, columns
        self._cells_at = cache(lambda first, column: list(self._cells_from(first, column)))

    def parts(self) -> list[TablePart]:
        """The parts of the cheapest reading, the cells of each row put together, the rest of a cut cell behind it."""
        count = len(self._columns)
        readings = Readings(_State(0, count), _State(len(self._pieces), count), self._steps_from)
        covering: dict[int, list[_Step]] = {}  # for each piece the steps that read it
        for step in readings.steps():
            for piece in range(step.part.first, step.part.end):
                covering.setdefault(piece, []).append(step)
        parts: list[TablePart] = []
        row: list[_Part] = []
        for step in readings.cheapest():
            kind, first, end, _ = step.part
            if kind == "cell":
                row += [step.part] if first < end else []
            elif kind == "rest":
                self._add_rest(parts, self._pieces[first:end])
            else:
                parts.append(TablePart(kind, self._pieces[first:end]))
            if row and step.end.column == count:
                others = (other for part in row for other in covering[part.first] if other.part != part)
                cells = {part.column: self._pieces[part.first : part.end] for part in row}
                parts.append(self._row(cells, readings.lead(others)))
                row = []
        return parts

    def _row(self, cells: Mapping[int, Sequence[Piece]], lead: float) -> TablePart:
        pieces = [piece for own in cells.values() for piece in own]
        said = [said for column, own in cells.items() for said in find_flaws(self._columns[column], own)]
        return TablePart("row", pieces, cells, said, lead)

    def _add_rest(self, parts: list[TablePart], rest: Sequence[Piece]) -> None:
        """Put the rest of a cell to the one of the last row that costs least when it goes on; alone it is told."""
        at = next((at for at in reversed(range(len(parts))) if parts[at].kind == "row"), None)
        if at is None:
            parts.append(self._row({0: rest}, lead=0.0))
            return
        row = parts[at]
        costs = {n: self._cost(n, [*own, *rest]) - self._cost(n, own) for n, own in row.cells.items()}
        best = min(costs, key=costs.__getitem__)
        parts[at] = self._row({**row.cells, best: [*row.cells[best], *rest]}, row.lead)

    def _cost(self, column: int, pieces: Sequence[Piece], following: Joint = "line") -> float:
        return sum(found.cost for found in find_breaks(self._columns[column], pieces, following))

    def _joint(self, index: int) -> Joint:
        return self._pieces[index].joint if index < len(self._pieces) else "line"

    def _steps_from(self, state: _State) -> Iterator[_Step]:
        """All that a reading may go on with: the next cell that a row prints, or its end; between rows a label too."""
        first, column = state
        count = len(self._columns)
        missing = [empty_cost(one) for one in self._columns]
        if column < count:
            end = _State(first, count)
            cost = sum(missing[column:]) + self._ending_cost(*end)
            yield Step(state, end, cost, _Part("cell", first, first))
        elif first < len(self._pieces):
            column = 0
            yield from self._labels_from(state)
            yield from self._rests_from(state)
        if first < len(self._pieces):
            for number in range(column, count):
                for last, cost in self._cells_at(first, number):
                    cost_before = sum(missing[column:number]) + self._ending_cost(last, number + 1)
                    part = _Part("cell", first, last, number)
                    yield Step(state, _State(last, number + 1), cost + cost_before, part)

    def _cells_from(self, first: int, column: int) -> Iterator[tuple[int, float]]:
        """Where a cell of a column may end that begins at a piece, and what each costs."""
        for end in range(first + 1, min(first + _MOST_PIECES, len(self._pieces)) + 1):
            cost = self._cost(column, self._pieces[first:end], self._joint(end))
            if cost >= _HOPELESS:
                return
            if self._joint(end) != "level":
                yield end, cost

    def _ending_cost(self, piece: int, column: int) -> float:
        is_end = column == len(self._columns) and self._joint(piece) != "line"
        return _ENDS_IN_LINE if is_end else 0.0

    def _labels_from(self, state: _State) -> Iterator[_Step]:
        """A level's name, perhaps broken over several lines."""
        first = state.piece
        end = next(at for at in range(first + 1, len(self._pieces) + 1) if self._joint(at) != "level")
        text = "".join(piece.text for piece in self._pieces[first:end])
        if kind := _level_of(text):
            cost = 0.0 if is_level(text) else _BARE_LEVEL
            yield Step(state, state._replace(piece=end), cost, _Part(kind, first, end))

    def _rests_from(self, state: _State) -> Iterator[_Step]:
        """The rest of a name, first of all on its page."""
        name = next((number for number, column in enumerate(self._columns) if column.role == "level3"), None)
        if name is None or not self._pieces[state.piece].opens_page:
            return
        for end, cost in self._cells_at(state.piece, name):
            yield Step(state, state._replace(piece=end), _REST + cost, _Part("rest", state.piece, end))


def _level_of(text: str) -> _LevelName | None:
    """Which level a text names. A name of both is one of level 1 only where it is spelled out."""
    level2 = find_level2(text)
    return "level1" if find_level1(text) and (not level2 or is_level(text)) else "level2" if level2 else None
