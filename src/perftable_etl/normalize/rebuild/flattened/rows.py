"""The rows of a flattened indicator table.

Every way of reading the pieces as labels of levels and as cells of the header's columns has a cost; the cheapest is
taken. What it costs rests on four facts: level names are a closed list; a row has its cells in the header's order
and ends where its line does; each column has a role; and a cell's line is broken only where it is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Literal, NamedTuple

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, is_level
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.flattened.cells import (
    Break,
    Column,
    empty_cost,
    find_breaks,
    find_oddities,
    rest_cost,
)
from perftable_etl.normalize.rebuild.flattened.pieces import Joint, Piece, lines_of
from perftable_etl.normalize.rebuild.line_breaks import width

_BARE_LEVEL = 2.0  # a level's name without what such names end in
_TORN_LEVEL = 3.0  # the end of a level's name, without its beginning
_REST = 1.5  # the rest of a cell that a page break cut
_ENDS_IN_LINE = 9.0  # a row that ends where its line goes on
_HOPELESS = 14.0  # no reading has a cell like that, nor one that is longer
_MOST_LINES, _MOST_PIECES, _MOST_LABEL, _MOST_REST, _MOST_TORN = 6, 16, 5, 3, 2

SURE = 1.0
"""What a reading without a row must cost more for it to be sure: less is the difference of two lawful choices."""

PartKind = Literal["level1", "level2", "row"]


class TablePart(NamedTuple):
    """A label or a row, and its pieces.

    `cells` are a row's, by column; those it does not print are left out. `lead` is what the cheapest reading without
    the row costs more, `said` what is odd in its cells.
    """

    kind: PartKind
    pieces: Sequence[Piece]
    cells: Mapping[int, Sequence[Piece]] = {}
    said: Sequence[str] = ()
    lead: float = inf


class _State(NamedTuple):
    """How far a reading has come: pieces read, and columns of a row; all of them where the row has ended."""

    piece: int
    column: int


class _Part(NamedTuple):
    """What a step reads: a label, the rest of a cell, or a cell of a column; an empty one has no pieces."""

    kind: Literal["level1", "level2", "rest", "cell"]
    first: int
    end: int
    column: int = -1


_Step = Step[_State, _Part]


def read_rows(tables: Sequence[Sequence[Piece]], names: Sequence[ColumnName]) -> list[list[TablePart]]:
    """The cheapest readings of some tables that have the same columns, as wide in all; no level's label is in them.

    Rows that are sure whatever the widths of the columns tell those.
    """
    is_apart = not {"sign", "unit"}.isdisjoint(names)
    columns = [Column("value" if is_apart and name == "target" else name) for name in names]
    sure = [part for pieces in tables for part in _Table(pieces, columns).parts() if part.lead >= SURE]
    lines = [[width(line) for part in sure for line in lines_of(part.cells.get(n, ()))] for n in range(len(columns))]
    columns = [column._replace(width=max(own, default=0.0)) for column, own in zip(columns, lines, strict=True)]
    return [list(_Table(pieces, columns).parts()) for pieces in tables]


@dataclass(frozen=True, slots=True)
class _Table:
    """The pieces of a table and the columns they are read by; `cells` are those that were asked for."""

    pieces: Sequence[Piece]
    columns: Sequence[Column]
    cells: dict[_State, Sequence[tuple[int, float]]] = field(default_factory=dict)

    def parts(self) -> list[TablePart]:
        """The parts of the cheapest reading, the cells of each row put together, the rest of a cut cell behind it."""
        count = len(self.columns)
        readings = Readings(_State(0, count), _State(len(self.pieces), count), self.steps_from)
        covering: dict[int, list[_Step]] = {}  # for each piece the steps that read it
        for step in readings.steps():
            for piece in range(step.part.first, step.part.end):
                covering.setdefault(piece, []).append(step)
        parts: list[TablePart] = []
        row: dict[int, _Part] = {}
        for step in readings.cheapest():
            kind, first, end, column = step.part
            last = next((index for index in reversed(range(len(parts))) if parts[index].kind == "row"), None)
            if kind == "rest" and last is not None:
                parts[last] = self._with_rest(parts[last], self.pieces[first:end])
            elif kind in ("level1", "level2"):
                parts.append(TablePart(kind, self.pieces[first:end]))
            else:
                row |= {column: step.part} if first < end else {}
            if row and step.end.column == count:
                others = (one for part in row.values() for one in covering[part.first] if one.part != part)
                parts.append(self._row(row, readings.lead(others)))
                row = {}
        return parts

    def _row(self, row: Mapping[int, _Part], lead: float) -> TablePart:
        cells = {column: self.pieces[part.first : part.end] for column, part in row.items()}
        said = [one for column, part in row.items() for one in self._said(column, cells[column], self._joint(part.end))]
        first, end = min(part.first for part in row.values()), max(part.end for part in row.values())
        return TablePart("row", self.pieces[first:end], cells, said, lead)

    def _with_rest(self, row: TablePart, rest: Sequence[Piece]) -> TablePart:
        """A row with the rest of one of its cells: that which costs least when it goes on, and the first of several."""
        whole = {column: [*pieces, *rest] for column, pieces in row.cells.items()}
        costs = {n: self._cost_of(n, pieces) - self._cost_of(n, row.cells[n]) for n, pieces in whole.items()}
        best, *others = sorted(costs, key=costs.__getitem__)
        lead = min((costs[other] - costs[best] for other in others), default=inf)
        cells = {**row.cells, best: whole[best]}
        said = [one for n, pieces in cells.items() for one in self._said(n, pieces, "line")]
        return row._replace(cells=cells, said=said, lead=min(row.lead, lead))

    def _said(self, column: int, pieces: Sequence[Piece], following: Joint) -> Iterator[str]:
        """What is said of a cell."""
        yield from (found.said for found in find_breaks(self.columns[column], pieces, following) if found.said)
        yield from find_oddities(self.columns[column], pieces)

    def _cost_of(self, column: int, pieces: Sequence[Piece]) -> float:
        return sum(found.cost for found in find_breaks(self.columns[column], pieces, "line"))

    def _breaks(self, column: int, first: int, end: int) -> Iterator[Break]:
        return find_breaks(self.columns[column], self.pieces[first:end], self._joint(end))

    def _joint(self, index: int) -> Joint:
        return self.pieces[index].joint if index < len(self.pieces) else "line"

    def steps_from(self, state: _State) -> Iterator[_Step]:
        """All that a reading may go on with."""
        first, column = state
        if column < len(self.columns):
            end = _State(first, column + 1)
            cost = empty_cost(self.columns[column]) + self._ending_cost(end)
            yield Step(state, end, cost, _Part("cell", first, first, column))
            yield from self._filled_from(state, column, 0.0)
        elif first < len(self.pieces):
            yield from self._labels_from(state)
            yield from self._rests_from(state)
            skipped = 0.0
            for column, missing in enumerate(self.columns):
                yield from self._filled_from(state, column, skipped)
                skipped += empty_cost(missing)

    def _filled_from(self, state: _State, column: int, skipped: float) -> Iterator[_Step]:
        """The cells of a column that begin at a piece."""
        key = _State(state.piece, column)
        if key not in self.cells:
            self.cells[key] = list(self._cells_at(*key))
        for end, cost in self.cells[key]:
            after = _State(end, column + 1)
            yield Step(state, after, cost + skipped + self._ending_cost(after), _Part("cell", state.piece, end, column))

    def _cells_at(self, first: int, column: int) -> Iterator[tuple[int, float]]:
        """Where a cell of a column may end that begins at a piece, and what each costs."""
        lines = 0
        for end in range(first + 1, min(first + _MOST_PIECES, len(self.pieces)) + 1):
            lines += self.pieces[end - 1].joint == "line" or end == first + 1
            if lines > _MOST_LINES:
                return
            cost = sum(found.cost for found in self._breaks(column, first, end))
            if cost >= _HOPELESS:
                return
            yield end, cost

    def _ending_cost(self, state: _State) -> float:
        is_end = state.column == len(self.columns) and self._joint(state.piece) != "line"
        return _ENDS_IN_LINE if is_end else 0.0

    def _labels_from(self, state: _State) -> Iterator[_Step]:
        """A level's name, perhaps broken over several lines."""
        joined = ""
        for end in range(state.piece + 1, min(state.piece + _MOST_LABEL, len(self.pieces)) + 1):
            joined += self.pieces[end - 1].text
            cost = (0.0 if is_level(joined) else _BARE_LEVEL) + self._tearing_cost(state.piece, joined)
            if is_level(joined) or end == state.piece + 1:
                level2 = find_level2(joined)
                if find_level1(joined) and (not level2 or is_level(joined)):
                    yield Step(state, state._replace(piece=end), cost, _Part("level1", state.piece, end))
                elif level2:
                    yield Step(state, state._replace(piece=end), cost, _Part("level2", state.piece, end))

    def _tearing_cost(self, first: int, rest: str) -> float:
        """What it costs that a level's name stands right behind what makes it a longer one, and is read without."""
        texts = [piece.text for piece in self.pieces[max(first - _MOST_TORN, 0) : first]]
        longer = ("".join(texts[at:]) + rest for at in range(len(texts)) if not is_level(texts[at]))
        return _TORN_LEVEL if any(map(is_level, longer)) else 0.0

    def _rests_from(self, state: _State) -> Iterator[_Step]:
        """The rest of a name, first of all on its page."""
        name = next((number for number, column in enumerate(self.columns) if column.role == "level3"), None)
        if name is None or not self._opens_page(state.piece):
            return
        for end in range(state.piece + 1, min(state.piece + _MOST_REST, len(self.pieces)) + 1):
            cost = _REST + rest_cost(self.columns[name], self.pieces[state.piece : end], self._joint(end))
            yield Step(state, state._replace(piece=end), cost, _Part("rest", state.piece, end))

    def _opens_page(self, index: int) -> bool:
        """Whether a piece is the first after a page break, but for the labels that are printed there again."""
        while index > 0 and not self.pieces[index].opens_page and is_level(self.pieces[index - 1].text):
            index -= 1
        return index > 0 and self.pieces[index].opens_page
