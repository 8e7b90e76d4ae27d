"""What tells that a table is a form: the labels it has, the head of an indicator table, a title.

Lists and accounts print many of the same words. There they stand side by side at the head of columns, or they name
money only; a form has its labels one by one, each with its value beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from perftable_etl.normalize.forms.labelling import LabelledCell, row_of
from perftable_etl.normalize.forms.project_lists import holds_list
from perftable_etl.normalize.forms.table_heads import Header
from perftable_etl.normalize.layouts.vocabulary import Concept

_FEWEST_LABELS = 6
"""A table with fewer different labels is a list that mentions projects, not a form (a form prints some fifteen)."""

_FEWEST_WITH_HEADER = 4
"""Different labels and columns that are enough with the head of an indicator table."""

_FEWEST_WITH_TITLE = 3
"""Different labels that are enough below a form's title where one of them names what the form is of."""

_MOST_MONEY = 2
"""Labels of money that count: accounts print more of them than forms do."""

_FEWEST_HEADS = 3
"""Labels side by side, with no value between them, that head the columns of a list."""


class Part(Protocol):
    """Some rows of a table."""

    @property
    def cells(self) -> Sequence[LabelledCell]:
        """Its cells, row by row."""

    @property
    def headers(self) -> frozenset[int]:
        """Those of its rows that head an indicator table."""


def heads_table(columns: Collection[str]) -> bool:
    """Whether the columns that one row heads are those of an indicator table.

    They are what is measured and its target, or a level and two columns more.
    """
    return {"level3", "target"} <= set(columns) or (
        len(columns) >= _FEWEST_HEADS and not {"level1", "level2", "level3", "target"}.isdisjoint(columns)
    )


def header_rows(headers: Iterable[Header]) -> frozenset[int]:
    """The rows of those headers that tell an indicator table from another one."""
    telling = (header for header in headers if heads_table(header.names))
    return frozenset(row for header in telling for row in range(header.row, header.end_row))


def is_form(parts: Sequence[Part], *, has_title: bool) -> bool:
    """Whether the parts of a table, one for each page, are a form. `has_title` says that a form's title heads it."""
    concepts = _known(concept for part in parts for concept in _concepts(part))
    if len(concepts) >= _FEWEST_LABELS:
        return True
    heads = max((count for part in parts for count in _heads(part)), default=0)
    is_headed = has_title or max(len(concepts), heads) >= _FEWEST_WITH_HEADER
    is_named = has_title and _name_form(concepts)
    return is_named or (heads > 0 and is_headed) or any(holds_list(part.cells) for part in parts)


def are_of_titled_form(concepts: Collection[str]) -> bool:
    """Whether concepts below a form's title are those of a form: they name what it is of, or head its indicators."""
    return _name_form(concepts) or heads_table(concepts)


def _name_form(concepts: Collection[str]) -> bool:
    return not {"name", "department"}.isdisjoint(concepts) and len(concepts) >= _FEWEST_WITH_TITLE


def _known(concepts: Iterable[Concept]) -> set[Concept]:
    """The different ones among concepts, as far as there are too few of them."""
    found: set[Concept] = set()
    for concept in concepts:
        found.add(concept)
        if len(found) >= _FEWEST_LABELS:
            break
    return found


def _heads(part: Part) -> Iterator[int]:
    """How many heads each header of an indicator table has."""
    if part.headers:
        cells = (cell.cell for cell in part.cells)
        yield from Counter(cell.row for cell in cells if cell.row in part.headers and cell.text).values()


def _concepts(part: Part) -> Iterator[Concept]:
    """The concepts that count for a form."""
    money: dict[Concept, None] = {}
    for row, in_row in groupby((cell for cell in part.cells if cell.text), key=row_of):
        printed = list(in_row)
        if row not in part.headers and _is_list_head(printed):
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
