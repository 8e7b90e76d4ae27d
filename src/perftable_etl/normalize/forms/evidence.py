"""What tells that a table is a form: the labels it has, the head of an indicator table, a title.

Lists and accounts print many of the same words. There they stand side by side at the head of columns, or they name
money only; a form has its labels one by one, each with its value beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.layouts.vocabulary import Concept

_FEWEST_LABELS = 6
"""A table with fewer different labels is a list that mentions projects, not a form (a form prints some fifteen)."""

_FEWEST_WITH_HEADER = 4
"""Different labels and columns that are enough with the head of an indicator table."""

_MOST_MONEY = 2
"""Labels of money that count: accounts print more of them than forms do."""

_FEWEST_HEADS = 3
"""Labels side by side, with no value between them, that head the columns of a list."""


def heads_table(columns: Collection[str]) -> bool:
    """Whether the columns that one row heads are those of an indicator table.

    They are what is measured and its target, or a level and two columns more.
    """
    return {"level3", "target"} <= set(columns) or (
        len(columns) >= _FEWEST_HEADS and not {"level1", "level2", "level3", "target"}.isdisjoint(columns)
    )


def header_rows(cells: Iterable[LabelledCell]) -> frozenset[int]:
    """The rows that head an indicator table."""
    columns: dict[int, set[str]] = {}
    for cell in cells:
        if cell.meaning.column:
            columns.setdefault(cell.row, set()).add(cell.meaning.column)
    return frozenset(row for row, found in columns.items() if heads_table(found))


def is_form(parts: Sequence[Sequence[LabelledCell]], *, has_title: bool) -> bool:
    """Whether the parts of a table, one for each page, are a form. `has_title` says that a form's title heads it."""
    concepts = frozenset(concept for cells in parts for concept in _concepts(cells))
    is_headed = any(map(header_rows, parts))
    return len(concepts) >= _FEWEST_LABELS or (is_headed and (has_title or len(concepts) >= _FEWEST_WITH_HEADER))


def _concepts(cells: Sequence[LabelledCell]) -> Iterator[Concept]:
    """The concepts that count for a form."""
    money: dict[Concept, None] = {}
    headers = header_rows(cells)
    for row, in_row in groupby((cell for cell in cells if cell.text), key=lambda cell: cell.row):
        printed = list(in_row)
        if row not in headers and _is_list_head(printed):
            continue
        for cell in printed:
            if cell.concept and cell.meaning.kind == "money":
                money[cell.concept] = None
            elif cell.concept:
                yield cell.concept
    yield from list(money)[:_MOST_MONEY]


def _is_list_head(printed: Sequence[LabelledCell]) -> bool:
    """Whether a row has labels only, as the head of a list has."""
    return len(printed) >= _FEWEST_HEADS and all(cell.concept for cell in printed)


def row_texts(cells: Iterable[LabelledCell]) -> Mapping[int, tuple[str, ...]]:
    """What is printed in each row, in the cells that begin there."""
    texts: dict[int, list[str]] = {}
    for cell in cells:
        if cell.text:
            texts.setdefault(cell.row, []).append("".join(cell.text.split()))
    return {row: tuple(printed) for row, printed in texts.items()}
