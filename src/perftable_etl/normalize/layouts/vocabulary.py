"""The vocabulary of forms: which words mean what, by where they may stand.

It is asked once for every cell. A text that several places know carries all that it may be; the shape of what stands
around it decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, cast

from perftable_etl.fields import Money
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.labels import LONGEST_LABEL, Labels, label_key
from perftable_etl.normalize.layouts.worded_heads import LONGEST_HEAD, WordedHeads
from perftable_etl.normalize.layouts.worded_labels import WordedLabels
from perftable_etl.normalize.layouts.words import (
    FORM_LABELS,
    GOALS,
    ColumnName,
    Label,
    TaskColumn,
    Words,
)
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FIELDS, FieldName

Concept = FieldName | ColumnName | Label
"""What a label or the head of a column names."""

FIELD_OF_MONEY: Mapping[Money, FieldName] = {
    field.printed.money: name for name, field in FIELDS.items() if field.printed.money
}
"""The field that an amount is, by which money it is."""


def field_of(money: Money) -> FieldName:
    """The field that an amount is, or that it is nearest to."""
    year = FIELD_OF_MONEY.get(Money("year", money.source), "annual_fiscal_appropriation")
    return FIELD_OF_MONEY.get(money, year)


Kind = Literal["label", "money", "column", "side", "level", "several", "value"]


class Meaning(NamedTuple):
    """What a text may be where it stands alone in a cell; `meaning_of` makes one.

    `label` is the field or goal it is the label of; `money` the amounts, one for each block that has such a label;
    `column` the column it heads. `is_side` says that it stands beside a block of rows, `is_level` that it names a level
    of the catalogue of indicators. `concept` is what it names first of all, `is_label` whether it is any word of a
    form's frame and so no value. `is_several` says that each of its lines is the label of another field.
    """

    label: Label | None = None
    money: tuple[Money, ...] = ()
    column: ColumnName | None = None
    is_side: bool = False
    is_level: bool = False
    concept: Concept | None = None
    is_label: bool = False
    is_several: bool = False

    @property
    def above(self) -> FieldName | None:
        """The field whose label it is above the indicator table; the first one's where several blocks have it."""
        if self.label in FORM_LABELS:
            return None
        return cast("FieldName | None", self.label) or (field_of(self.money[0]) if self.money else None)

    @property
    def with_value(self) -> Meaning:
        """What it is at the head of a cell that goes on with the value: a label, and nothing by itself."""
        return Meaning(self.label, self.money)

    @property
    def kind(self) -> Kind:
        """What it is first of all."""
        if self.label:
            return "label"
        if self.money:
            return "money"
        if self.column:
            return "column"
        if self.is_several:
            return "several"
        return "side" if self.is_side else "level" if self.is_level else "value"


def meaning_of(label: Label | None, money: tuple[Money, ...], column: ColumnName | None, *, is_side: bool) -> Meaning:
    """All that a word may be."""
    concept = label or (field_of(money[0]) if money else column)
    return Meaning(label, money, column, is_side, concept=concept, is_label=is_side or concept is not None)


UNKNOWN = Meaning()
"""A text that no place knows: a value, or what is not understood."""

SEVERAL = Meaning(is_several=True)
"""Labels of several fields in one cell: none of them, and no unknown label either."""

LEVEL = Meaning(is_level=True)

NAME = meaning_of("name", (), None, is_side=False)
"""The label of a project's name."""


_LONGEST_TOTAL = 12
"""Characters of the label of a row that sums up, with what qualifies it."""


class Vocabulary:
    """Sets of words as one; where they differ about one place, the first set's meaning stands."""

    def __init__(self, sets: Sequence[Words]) -> None:
        self.sets = tuple(sets)
        self._words = Labels(dict(_meanings(self.sets)))
        self._worded_labels = WordedLabels(self.sets)
        self._worded_heads = WordedHeads(self.sets)
        self.meaning = remembered(4096)(self._meaning)
        """What a text may be; one that is spelled nowhere may name a level, or be worded as a label."""
        self.is_total = remembered(4096)(self._is_total)
        """Whether a text is the label of a row that sums up others."""
        self.ends_in_total = remembered(4096)(self._ends_in_total)
        """Whether a short text says what it sums up: 金额合计."""
        self.task_column = remembered(4096)(self._task_column)
        """The column of a list of tasks that a text heads."""
        self.head = remembered(4096)(self._head)
        """The column that a text heads in a row of heads, told by its spelling, else by how it is worded."""
        self.period = self._worded_heads.period
        """What time a head or a label speaks of."""
        self.kind = remembered(4096)(self._worded_heads.kind)
        """What a form is for by its title; the first kind that the title names where it names several."""

    def _meaning(self, text: str) -> Meaning:
        found = self._words.find(text)
        if found is not None:
            return found
        if _may_name_level(text) and is_level(text):
            return LEVEL
        worded = self._worded_labels.find(text)
        return meaning_of(*worded, None, is_side=False) if worded else UNKNOWN

    def concept(self, text: str) -> Concept | None:
        """The field or column that a text is the label or the head of."""
        return self.meaning(text).concept

    def field(self, text: str) -> FieldName | None:
        """The field whose label a text is above the indicator table."""
        return self.meaning(text).above

    def column(self, text: str) -> ColumnName | None:
        """The column that a text heads."""
        found = self._words.find(text)
        return found.column if found else None

    @property
    def meanings(self) -> Mapping[str, Meaning]:
        """All spellings, folded, and what each may be."""
        return self._words.meanings

    def _task_column(self, text: str) -> TaskColumn | None:
        return self._tasks.get(label_key(text)) if 0 < len(text) <= LONGEST_HEAD else None

    def names_project(self, text: str) -> bool:
        """Whether a head has the label of a project's name in it, as 单位名称、项目名称 has."""
        folded = fold(text)
        return any(label in folded for label in self._name_labels)

    def _is_total(self, text: str) -> bool:
        return 0 < len(text) <= _LONGEST_TOTAL and label_key(text) in self._totals

    def _ends_in_total(self, text: str) -> bool:
        return 0 < len(text) <= _LONGEST_TOTAL and label_key(text).endswith(tuple(self._totals))

    def is_side(self, text: str) -> bool:
        """Whether a text is printed beside blocks of rows."""
        return self.meaning(text).is_side

    @cached_property
    def goal_sides(self) -> frozenset[str]:
        """Those of them, folded, that lead a form's goal where one text alone stands beside them."""
        return frozenset(fold(spelling) for words in self.sets for spelling in words.goal_sides)

    def begun(self, text: str) -> Concept | None:
        """What the label names that a text begins, as the first line of one wrapped in a narrow column does."""
        return self._beginnings.get(fold(text))

    @cached_property
    def labels(self) -> Mapping[str, FieldName]:
        """The labels above an indicator table, folded, and the field of each: header fields, goals, money.

        Those that only a cell of their own makes labels are left out.
        """
        in_cells = {fold(spelling) for words in self.sets for spelling in words.in_cells}
        known = ((spelling, meaning.above) for spelling, meaning in self._words.meanings.items())
        return {spelling: field for spelling, field in known if field and spelling not in in_cells}

    @cached_property
    def form_labels(self) -> tuple[str, ...]:
        """The labels, folded, that are a field only together with what else a form prints."""
        meanings = self._words.meanings.items()
        return tuple(spelling for spelling, meaning in meanings if meaning.label in FORM_LABELS)

    @cached_property
    def goals_in_cells(self) -> Mapping[str, FieldName]:
        """The labels of goals, folded, that only a cell of their own makes labels."""
        spellings = (fold(spelling) for words in self.sets for spelling in words.in_cells)
        known = ((spelling, self._words.meanings[spelling].above) for spelling in spellings)
        return {spelling: field for spelling, field in known if field in GOALS}

    @cached_property
    def columns(self) -> Mapping[str, ColumnName]:
        """The heads of columns, folded, and what each heads."""
        return {spelling: meaning.column for spelling, meaning in self._words.meanings.items() if meaning.column}

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """What is printed beside blocks of rows, folded."""
        return tuple(spelling for spelling, meaning in self._words.meanings.items() if meaning.is_side)

    def _head(self, text: str) -> ColumnName | None:
        if not text or len(text) > LONGEST_LABEL:
            return None
        return self.column(text) or self._worded_heads.column(text)

    @cached_property
    def _tasks(self) -> Mapping[str, TaskColumn]:
        columns = (item for words in self.sets for item in words.tasks.items())
        return {fold(spelling): column for column, spellings in columns for spelling in spellings}

    @cached_property
    def _name_labels(self) -> Sequence[str]:
        return [spelling for spelling, meaning in self._words.meanings.items() if meaning.label == "name"]

    @cached_property
    def _totals(self) -> frozenset[str]:
        return frozenset(fold(spelling) for words in self.sets for spelling in words.totals)

    @cached_property
    def _beginnings(self) -> Mapping[str, Concept]:
        """Whatever begins a label or a head, and what that names; the first one's where several begin alike."""
        spellings: list[tuple[str, Concept]] = [*self.columns.items(), *self.labels.items()]
        return {
            spelling[:end]: concept for spelling, concept in reversed(spellings) for end in range(1, len(spelling) + 1)
        }


def _may_name_level(text: str) -> bool:
    """Names of levels end in 指标, but for what qualifies them."""
    return "标" in text


def _meanings(sets: Sequence[Words]) -> Iterator[tuple[str, Meaning]]:
    """Each spelling, folded, with all that it may be."""
    labels: dict[str, Label] = {}
    columns: dict[str, ColumnName] = {}
    money: dict[str, tuple[Money, ...]] = {}
    sides = {fold(spelling) for words in sets for spelling in (*words.sides, *words.goal_sides)}
    for words in sets:
        labels = {fold(spelling): concept for concept, spelling in words.labels()} | labels
        columns = {fold(spelling): column for column, spelling in words.heads()} | columns
        money = _amounts(words) | money
    for spelling in dict.fromkeys([*columns, *reversed(money), *labels, *sorted(sides)]):
        places = labels.get(spelling), money.get(spelling, ()), columns.get(spelling)
        meaning = meaning_of(*places, is_side=spelling in sides)
        yield spelling, meaning._replace(is_level=is_level(spelling))


def _amounts(words: Words) -> dict[str, tuple[Money, ...]]:
    """The spellings of money, folded, each with the amounts that it may be, one a block."""
    found: dict[str, tuple[Money, ...]] = {}
    for money, spelling in words.amounts():
        found[fold(spelling)] = (*found.get(fold(spelling), ()), money)
    return found
