"""What the columns of an indicator table are for by what they hold, where their heads do not say it or say it twice.

A column of signs (≥, 大于等于) is the sign's, whatever heads it; one of names of the catalogue is that level's. Columns
of ticks say their heads of the rows that they tick. Of two columns that are headed alike, the one with most cells says
what is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.forms.table_heads import MEASURES, TREE, IndicatorColumn
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.split_targets import direction_of, is_nature, is_sign, is_signed
from perftable_etl.normalize.values.text import fold
from perftable_etl.normalize.values.ticks import is_mark, is_tick
from perftable_etl.normalize.values.units import is_bare_unit

_MOST = 0.6
"""Of the different texts in a column. So many tell what it is for: one may be misprinted, or unknown."""

_ONCE: tuple[ColumnName, ...] = ("weight", "actual", "score", "reason")
"""Columns of which a target has one; a second one holds what there is no field for."""


_TOLD: frozenset[ColumnName] = frozenset({"level1", "level2", "level3", "target"})
_OPEN: frozenset[ColumnName | None] = frozenset({"level", "sign", "nature", None})
"""What heads say now and then of something else."""


class _Filled(NamedTuple):
    """A column, the different texts in it and how many cells have one; `headed` is what its head alone says."""

    column: IndicatorColumn
    texts: tuple[str, ...]
    cell_count: int
    headed: ColumnName | None

    @property
    def name(self) -> ColumnName | None:
        """What it is for."""
        return self.column.name

    def holds(self, says: Callable[[str], bool]) -> bool:
        """Whether most of its texts say something."""
        return bool(self.texts) and sum(map(says, self.texts)) >= _MOST * len(self.texts)

    def named(self, name: ColumnName | None) -> _Filled:
        """The same column for something else."""
        return self._replace(column=self.column._replace(name=name))

    def aside(self) -> _Filled:
        """The same column beside one that is for the same."""
        return self._replace(column=self.column.as_remark())


def settle_columns(
    columns: Sequence[IndicatorColumn], cells: Sequence[LabelledCell]
) -> tuple[tuple[IndicatorColumn, ...], ...]:
    """The columns of the tables that stand side by side below one header, each with what it is for.

    `cells` are those below the header. A table begins where the columns that say what is measured begin again.
    """
    if _are_told({column.name for column in columns}, len(columns)):
        return (tuple(columns),)
    filled = [_filled(column, cells) for column in columns]
    told = _with_ticks(filled)
    known = [_by_contents(column, [other for other in told if other is not column]) for column in told]
    tables = [tuple(_settled(_with_number(table))) for table in _side_by_side(known)]
    fullest = max(tables, key=lambda table: sum(filled.cell_count for filled in table))
    return tuple(tuple(filled.column for filled in _alike(table, fullest)) for table in tables)


def _alike(table: Sequence[_Filled], fullest: Sequence[_Filled]) -> Iterator[_Filled]:
    """The columns of a table; one that is empty is like the one beside it that is headed alike.

    The first table has the columns that all share, so that another is headed like its last columns.
    """
    count = min(len(table), len(fullest))
    own, other = table[len(table) - count :], fullest[len(fullest) - count :]
    is_empty = all(filled.name in TREE or not filled.texts for filled in own)
    if table is fullest or not is_empty or [one.column.text for one in own] != [one.column.text for one in other]:
        yield from table
        return
    yield from table[: len(table) - count]
    yield from (filled.named(like.name) for filled, like in zip(own, other, strict=True))


def _with_ticks(filled: Sequence[_Filled]) -> Sequence[_Filled]:
    """The columns, those of ticks with what heads them: one alone may say for itself what was reached (已完成 | √)."""
    ticked = [column for column in filled if any(map(is_tick, column.texts)) and all(map(is_mark, column.texts))]
    alone = {"actual", "target"} if len(ticked) == 1 else set()
    return [column.aside() if column in ticked and column.name not in alone else column for column in filled]


def _with_number(table: Sequence[_Filled]) -> Sequence[_Filled]:
    """The columns of a table; beside a sign or a unit, the one unknown column has the number of targets."""
    pieces = {index for index, filled in enumerate(table) if filled.name in ("sign", "unit")}
    if not pieces or any(filled.name == "target" for filled in table):
        return table
    beside = [index for index, filled in enumerate(table) if filled.name is None and pieces & {index - 1, index + 1}]
    number = beside[0] if len(beside) == 1 else None
    return [filled.named("target") if index == number else filled for index, filled in enumerate(table)]


def _are_told(names: Set[ColumnName | None], count: int) -> bool:
    """Whether the heads of so many columns say enough, so that nobody needs to look at what the columns hold."""
    return names >= _TOLD and len(names) == count and names.isdisjoint(_OPEN)


def _filled(column: IndicatorColumn, cells: Sequence[LabelledCell]) -> _Filled:
    own = [cell for cell in cells if column.first <= cell.column and cell.end_column <= column.end and cell.text]
    return _Filled(column, tuple(dict.fromkeys(cell.text for cell in own)), len(own), column.name)


def _by_contents(filled: _Filled, others: Sequence[_Filled]) -> _Filled:
    """A column whose contents say what it is for, if its head leaves that open."""
    name = filled.name
    level = _level_of(filled) if name in ("level3", "level", None) else None
    if level and _may_be_level(name, level, others):
        return filled.named(level)
    if name in ("sign", "nature", None) and filled.texts:
        return filled.named(_sign_or_nature(filled))
    if name == "target" and any(other.name == "target" for other in others):
        return filled.named(_piece_of(filled) or name)
    is_target = name == "actual" and all(other.name != "target" for other in others) and filled.holds(is_signed)
    return filled.named("target") if is_target else filled


def _may_be_level(name: ColumnName | None, level: ColumnName, others: Sequence[_Filled]) -> bool:
    """Whether a column of names of a level is that level's: no other is, and what is measured stands elsewhere."""
    names = {other.name for other in others}
    return level not in names and (name != "level3" or not names.isdisjoint(("level3", "remark", None)))


def _sign_or_nature(filled: _Filled) -> ColumnName | None:
    """Whether a column holds signs, or what else is said of targets; what is in words may be told beside signs."""
    if not filled.holds(_may_be_sign):
        return None if filled.name else _measure_of(filled)
    if any(map(is_sign, filled.texts)):
        return "sign"
    has_direction = any(direction_of(text) for text in filled.texts)
    return "nature" if has_direction and filled.name == "sign" else filled.name


def _piece_of(filled: _Filled) -> ColumnName | None:
    """The piece of a target that a column beside others of targets holds: signs alone, or units."""
    if filled.holds(_may_be_sign) and any(map(is_sign, filled.texts)):
        return "sign"
    has_unit = any(is_bare_unit(fold(text)) for text in filled.texts)
    return "unit" if has_unit and filled.holds(_is_unit) else None


def _measure_of(filled: _Filled) -> ColumnName | None:
    """What a column without a known head holds, if nothing else is printed so."""
    if filled.holds(is_signed):
        return "target"
    return "unit" if filled.holds(_is_unit) else None


def _is_unit(text: str) -> bool:
    return is_placeholder(text) or is_bare_unit(fold(text))


def _may_be_sign(text: str) -> bool:
    return is_sign(text) or is_nature(text) or is_placeholder(text)


def _level_of(filled: _Filled) -> ColumnName | None:
    """The level that the names in a column are of."""
    if filled.holds(lambda text: find_level1(text) is not None):
        return "level1"
    return "level2" if filled.holds(lambda text: find_level2(text) is not None) else None


def _side_by_side(filled: Sequence[_Filled]) -> Iterator[list[_Filled]]:
    """The tables that stand side by side: a column of the tree that is there already begins one, right of a measure."""
    table: list[_Filled] = []
    for index, column in enumerate(filled):
        names = {other.name for other in table}
        has_measures = any(other.name in MEASURES for other in filled[index:])
        if column.name in TREE & names and names & MEASURES and has_measures:
            yield table
            table = []
        table.append(column)
    yield table


def _settled(table: Sequence[_Filled]) -> Iterator[_Filled]:
    """The columns of one table; what only one can be for is the first one's, and a remark to it the others'."""
    what = _measured(table)
    names = [filled.name for filled in table]
    once = [name for name in _ONCE if names.count(name) != max(1, names.count("target"))]
    seen: set[ColumnName | None] = set()
    for filled in table:
        if filled is what:
            yield filled.named("level3")
        elif filled.name == "level3":
            yield filled.named("remark" if what and filled.column.first > what.column.first else None)
        else:
            yield filled.aside() if filled.name in once and filled.name in seen else filled
        seen.add(filled.name)


def _measured(table: Sequence[_Filled]) -> _Filled | None:
    """The column that says what is measured: of those headed so the fullest, or what describes it if it holds levels.

    Whatever heads it, what stands right of the levels and has a text of its own in each row is it. None where it is the
    column of the lowest level.
    """
    named = [filled for filled in table if filled.name == "level3"]
    measure = next((filled.column.first for filled in table if filled.name in MEASURES), 0)
    named = [filled for filled in named if filled.column.first < measure] or named
    if named:
        return max(named, key=lambda filled: filled.cell_count)
    levels = [filled for filled in table if filled.name in TREE]
    described = [filled for filled in table if filled.name in ("remark", None) and filled.texts]
    if described and any(filled.headed == "level3" for filled in levels):
        return max(described, key=lambda filled: filled.cell_count)
    return next((right for left, right in pairwise(table) if _parts(left, right)), None)


def _parts(left: _Filled, right: _Filled) -> bool:
    """Whether a column without a known head parts what one of levels, left of it, has together."""
    is_between = left.name in TREE and right.name is None
    return is_between and right.cell_count >= max(1, left.cell_count) and len(right.texts) >= _MOST * right.cell_count
