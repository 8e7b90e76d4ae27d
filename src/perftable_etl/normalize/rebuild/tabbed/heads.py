"""The heads of indicator tables among the rows of tabbed text."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.heads import names_column
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

_FEWEST = 2
"""Columns that a row must name to be a head."""

_LONGEST_HEAD = 24
"""Characters. A longer text is no head of a column."""


def is_head(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row heads an indicator table."""
    return row.is_tabbed and sum(heads_column(text, vocabulary) for text in row.texts) >= _FEWEST


def heads_column(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is the head of a column of indicator tables."""
    return vocabulary.column(text) is not None or names_column(fold(text))


def is_second_head(row: Row, head: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row goes on with the head above it, as where 指标值 is parted into sign, value and unit."""
    texts = row.texts
    if not row.is_tabbed or not texts or any(is_level(text) or _is_text_of_row(text) for text in texts):
        return False
    return any(heads_column(text, vocabulary) for text in texts) and not set(texts) <= set(head.texts)


def _is_text_of_row(text: str) -> bool:
    return len(text) > _LONGEST_HEAD or parse_target(text).kind == "quantitative"


def head_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> dict[int, int]:
    """Where heads stand among the rows of a table: the number of each one's first row, and how many rows it has."""
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        if above and found.get(index - 1) == 1 and is_second_head(row, above, vocabulary):
            found[index - 1] = 2
        elif is_head(row, vocabulary):
            is_second = above is not None and index - 1 not in found and _may_be_first(above, vocabulary)
            found[index - is_second] = 1 + is_second
    return found


def _may_be_first(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row right above a head is its first row: it has a head of a column too, and nothing that is a value."""
    return any(heads_column(text, vocabulary) for text in row.texts) and not any(map(_is_text_of_row, row.texts))
