"""The head of a form: all that it says of its project outside the indicator tables, each label with its value."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import NamedTuple

from perftable_etl.fields import Money
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.interpret.amounts import find_block_labels, is_block_label, is_remark, money_of
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.goals import with_whole
from perftable_etl.normalize.interpret.inline_pairs import find_inline_pairs
from perftable_etl.normalize.interpret.listed_amounts import with_listed
from perftable_etl.normalize.interpret.matrix import MoneyMatrix, find_matrices
from perftable_etl.normalize.interpret.pairs import find_labels, read_pairs
from perftable_etl.normalize.interpret.printed import FieldText, Key, LabelledValue, Rows
from perftable_etl.normalize.interpret.sides import find_sides
from perftable_etl.normalize.layouts.labels import bare_key
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary, field_of
from perftable_etl.normalize.layouts.words import FORM_LABELS
from perftable_etl.normalize.values.blanks import is_placeholder
from perftable_etl.normalize.values.dates import read_period
from perftable_etl.normalize.values.money import is_blank, is_figure
from perftable_etl.normalize.values.text import fold_number
from perftable_etl.records import FieldName


class Head(NamedTuple):
    """What a form says of its project: its fields, its amounts, and labels that no field stands for.

    `order` has the fields and the amounts together as they are printed, `sides` are the labels of blocks.
    `is_department` says that the form is of a department, not of a project. `has_money` says that a label heads money,
    `begins_known` that its first label is known: else that may be the name's.
    """

    fields: dict[FieldName, FieldText]
    amounts: tuple[tuple[Money, FieldText], ...]
    others: tuple[FieldText, ...]
    order: tuple[tuple[FieldName | Money, FieldText], ...]
    sides: tuple[LabelledCell, ...] = ()
    is_department: bool = False
    has_money: bool = False
    begins_known: bool = True

    def named_by_department(self) -> Head:
        """The head with the one department that it names as what the form is of, where no label names it."""
        named = [(name, self.fields[name]) for name in _DEPARTMENT if name in self.fields and self.fields[name].raw]
        if "name" in self.fields or len(named) != 1:
            return self
        printed = named[0][1]
        return self._replace(fields={**self.fields, "name": printed}, order=(("name", printed), *self.order))


class HeadCells(NamedTuple):
    """The cells of a form's head: those in the rows of some numbers. `rows` are all cells of the form by row."""

    cells: Sequence[LabelledCell]
    rows: Rows
    numbers: Sequence[int]


def read_head(printed: HeadCells, results: Sequence[LabelledValue], vocabulary: Vocabulary, coverage: Coverage) -> Head:
    """The head of a form; `results` are what was read of it before."""
    cells, rows, numbers = printed
    matrices = list(find_matrices(rows, numbers, vocabulary))
    taken = {id(cell) for matrix in matrices for cell in matrix.cells}
    sides = [side for side in find_sides(cells, rows) if id(side) not in taken]
    taken.update(map(id, sides))
    free = [cell for cell in cells if id(cell) not in taken] if taken else cells
    texts = [cell for cell in free if cell.text]
    labels = find_labels(texts, partial(money_of, labels=find_block_labels(free)), vocabulary.goal_sides)
    coverage.cover(*(side.cell for side in (*sides, *labels.sides)))
    entries = list(with_listed(read_pairs(labels.known, free, rows, coverage), vocabulary))
    for matrix in matrices:
        entries += _matrix_entries(matrix, coverage)
    values = {id(value) for _, printed in entries for value in printed.cells}
    left = [cell for cell in texts if id(cell.cell) not in values and not coverage.has(cell.cell)]
    entries += find_inline_pairs(left)
    entries += _beside_sides(left, sides, rows)
    heads = (*sides, *(word for matrix in matrices for word in matrix.words))
    has_money = any(map(is_block_label, heads)) or any(
        isinstance(key, Money) and key.source == "all" for key, _ in entries
    )
    begins_known = not entries or min(entries, key=_position).key is not None
    head = _settled([*with_whole(entries, vocabulary), *results], coverage)
    return head._replace(sides=tuple(sides), has_money=has_money, begins_known=begins_known)


def _beside_sides(cells: Sequence[LabelledCell], sides: Sequence[LabelledCell], rows: Rows) -> Iterator[LabelledValue]:
    """The texts that fill a row beside the name of its block, which is their label."""
    for _, in_row in groupby(cells, key=row_of):
        first, *others = in_row
        side = next((side for side in sides if side.row < first.row < side.end_row), None)
        is_alone = not others and first is rows[first.row][-1] and first.meaning is UNKNOWN
        if side and is_alone and side.end_column == first.column:
            yield LabelledValue(None, FieldText(first.text, (first.cell,), side.text))


def _position(entry: LabelledValue) -> tuple[int, int]:
    """Where an entry stands; one that is blank stands last."""
    cells = entry.printed.cells
    return (cells[0].row, cells[0].column) if cells else (sys.maxsize, 0)


def report_missing_money(head: Head, coverage: Coverage) -> None:
    """Say where a form prints amounts, but no label that heads a block of them.

    It may have lost one; not so where nothing else on it is an amount.
    """
    printed = next((printed for _, printed in head.amounts if printed.raw), None)
    if printed and not head.has_money:
        message = "the form prints amounts, but no label of all its money; compare them with the page"
        is_open = any(is_figure(other.raw) and not is_blank(other.raw) for other in head.others)
        coverage.report("no_funds", "warning" if is_open else "info", message, printed.raw, printed.place)


def _matrix_entries(matrix: MoneyMatrix, coverage: Coverage) -> Iterator[LabelledValue]:
    """What a matrix says. A row or a column of money that nobody knows is told, as one."""
    unknown = {id(cell.cell) for block in matrix.unknown() if _says_something(block[1:]) for cell in block}
    coverage.cover(*(cell.cell for cell in matrix.words if id(cell.cell) not in unknown))
    coverage.cover(*(label.cell for label, _ in matrix.rows if label and id(label.cell) not in unknown))
    yield from (LabelledValue(None, FieldText(note.text, (note.cell,), head.text)) for head, note in matrix.notes)
    yield from (entry for entry in matrix.entries() if id(entry.printed.cells[0]) not in unknown)


def _says_something(cells: Iterable[LabelledCell]) -> bool:
    """Whether a row or a column prints any amount: there is nothing to lose in another."""
    return any(not is_blank(cell.text) for cell in cells)


def _settled(entries: Sequence[LabelledValue], coverage: Coverage) -> Head:
    """The entries as fields, amounts and others."""
    sorter = _Sorter(coverage, frozenset(key for key, _ in entries if isinstance(key, str)))
    for key, printed in entries:
        for settled in sorter.keys(key, printed):
            sorter.add(settled, printed)
    return sorter.head()


@dataclass(slots=True)
class _Sorter:
    """What each entry is together with the others; `printed` are the fields that have a label of their own."""

    coverage: Coverage
    printed: frozenset[Key]
    found: dict[FieldName | Money, FieldText] = field(default_factory=dict)
    others: list[FieldText] = field(default_factory=list)

    def keys(self, key: Key | None, printed: FieldText) -> Iterable[FieldName | Money | None]:
        """What an entry is a field for, or two; None for none."""
        if key == "department":
            return (next((name for name in _DEPARTMENT if name not in self.printed), None),)
        if key == "period":
            period = read_period(fold_number(printed.raw))
            is_told = period and period.first and period.last and not self.printed & {"start_date", "end_date"}
            return _PERIOD if is_told else (None,)
        return (None,) if key in FORM_LABELS else (key,)  # type: ignore[return-value]

    def add(self, key: FieldName | Money | None, printed: FieldText) -> None:
        """Keep what is printed for a field, or as something that no field stands for."""
        if key is None or (isinstance(key, Money) and is_remark(printed)):
            self._keep(printed)
        elif key not in self.found or not self.found[key].raw:
            self.found[key] = printed
        elif isinstance(key, Money) and printed.raw == self.found[key].raw:
            self.coverage.cover(*printed.cells)
        elif printed.raw and not self._repeats(key, printed):
            self._keep(printed)
        elif printed.raw:
            name = field_of(key) if isinstance(key, Money) else key
            self.coverage.report(
                "label_twice", "warning", Message("the form repeats {field}", field=name), printed.raw, printed.place
            )

    def _repeats(self, key: FieldName | Money, printed: FieldText) -> bool:
        """Whether an entry says again, or otherwise, what another does: it has the same label, or is another amount."""
        before = self.found[key]
        return bare_key(printed.label) == bare_key(before.label) or (
            isinstance(key, Money) and printed.raw != before.raw
        )

    def _keep(self, printed: FieldText) -> None:
        self.coverage.cover(*printed.cells)
        if not is_placeholder(printed.raw):
            self.others.append(printed)

    def head(self) -> Head:
        """All that was sorted."""
        order = tuple(self.found.items())
        fields = {key: printed for key, printed in order if not isinstance(key, Money)}
        amounts = tuple((key, printed) for key, printed in order if isinstance(key, Money))
        is_department = "department" in self.printed and "name" not in self.printed
        return Head(fields, amounts, tuple(self.others), order, is_department=is_department)


_PERIOD: tuple[FieldName, ...] = ("start_date", "end_date")

_DEPARTMENT: tuple[FieldName, ...] = ("name", "competent_department", "implementing_unit")
"""What the department that a form names first is: what the form is of, or who is in charge of its project."""
