"""Which kind of form one is: by the columns of its tables, else by its titles and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perftable_etl.normalize.interpret.head import Head
from perftable_etl.normalize.interpret.indicator_table import IndicatorTable
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.records import FormKind

_REACHED: frozenset[ColumnName] = frozenset({"actual", "score"})
"""The columns that only a report on targets has."""


_FEWEST_LEVELS = 2
"""Departments of higher levels of government that hand money down; one alone is in charge."""


def form_kind(titles: Iterable[str], head: Head, tables: Sequence[IndicatorTable], vocabulary: Vocabulary) -> FormKind:
    """What a form is for. What was reached is printed by reports only, whatever they are of."""
    columns = {column.name for table in tables for column in table.columns}
    if columns & _REACHED:
        return "self_evaluation"
    told = [kind for title in titles if (kind := vocabulary.kind(title))]
    labels = (printed.label for printed in (*head.fields.values(), *head.others))
    levels = sum(vocabulary.kind(label) == "transfer" for label in labels)
    if "transfer" in told or levels >= _FEWEST_LEVELS:
        return "transfer"
    return told[0] if told else "department" if head.is_department else "declaration"
