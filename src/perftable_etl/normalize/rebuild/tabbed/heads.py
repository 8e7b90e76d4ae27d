"""The heads of indicator tables among the rows of tabbed text, and what their columns are for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from perftable_etl.normalize.forms.evidence import heads_table
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2
from perftable_etl.normalize.layouts.heads import names_column
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.fit import LEVELS, Kind
from perftable_etl.normalize.rebuild.tabbed.rows import Row, full_width
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

_FEWEST = 2
"""Columns that a row must name for certain to be a head."""

_LONGEST_HEAD = 24
"""Characters. A longer text is no head of a column."""

_BESIDE_SIDE: frozenset[Kind] = frozenset({"level", "level1", "level2", "level3"})
"""What stands right of the label beside all rows; no such column stands left of it."""


def is_head(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row heads an indicator table: it names columns that only those have, or it is worded as heads are."""
    if not row.is_tabbed:
        return False
    return sum(_certainly_heads(text, vocabulary) for text in row.texts) >= _FEWEST or _is_worded(row, vocabulary)


def _certainly_heads(text: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.column(text) is not None or names_column(fold(text))


def _is_worded(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row are worded as heads are, those of an indicator table among them, and none as more."""
    columns = [vocabulary.head(text) for text in row.texts]
    if any(map(_is_of_row, row.texts)) or any(vocabulary.meaning(text).above for text in row.texts):
        return False
    return sum(map(bool, columns)) * 2 > len(columns) and heads_table({column for column in columns if column})


def _goes_on(row: Row, head: Row, below: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether a row goes on with the head above it, as where 指标值 is parted into sign, value and unit."""
    texts = row.texts
    if not row.is_tabbed or any(map(_is_of_row, texts)) or set(texts) <= set(head.texts) or len(texts) < _FEWEST:
        return False
    is_worded = sum(vocabulary.head(text) is not None for text in texts) * 2 > len(texts)
    return is_worded or (_stands_below_one(row, head) if row.first else _parts_one(row, head, below))


def _stands_below_one(row: Row, head: Row) -> bool:
    """Whether all texts of a row stand below one text of the head, and the blanks right of that."""
    starts = [index for index, one in enumerate(head.fields) if one.text]
    below = {bisect_right(starts, index) for index, one in enumerate(row.fields) if one.text}
    return len(below) == 1


def _parts_one(row: Row, head: Row, below: Sequence[Row]) -> bool:
    """Whether a row has as many texts as rows have cells more than the head: a first row of indicators lacks none."""
    full = full_width([one for one in below if one.is_tabbed])
    return len(row.fields) < full and len(head.fields) - 1 + len(row.fields) in (full, full + 1)


def _is_of_row(text: str) -> bool:
    """Whether a text is the name of a level, or a value, or too long for a head."""
    is_level = find_level1(text) is not None or find_level2(text) is not None
    return is_level or len(text) > _LONGEST_HEAD or parse_target(text).kind == "quantitative"


def head_rows(rows: Sequence[Row], vocabulary: Vocabulary) -> dict[int, int]:
    """Where heads stand among the rows of a table: the number of each one's first row, and how many rows it has."""
    found: dict[int, int] = {}
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else None
        below = takewhile(lambda one: not is_head(one, vocabulary), rows[index + 1 :])
        if above and found.get(index - 1) == 1 and _goes_on(row, above, list(below), vocabulary):
            found[index - 1] = 2
        elif is_head(row, vocabulary):
            is_free = above is not None and index - 1 not in found and found.get(index - 2) != 2
            is_second = is_free and _may_be_first(rows[index - 1], vocabulary)
            found[index - is_second] = 1 + is_second
    return found


def _may_be_first(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row right above a head is its first row: it has a head of a column too, and nothing that is a value."""
    if not row.is_tabbed or any(map(_is_of_row, row.texts)):
        return False
    return any(_certainly_heads(text, vocabulary) for text in row.texts)


def kinds_of(texts: Sequence[str], vocabulary: Vocabulary) -> list[Kind]:
    """What the columns below the texts of a row of heads are for."""
    kinds: list[Kind] = [_kind(text, vocabulary) for text in texts]
    if kinds and kinds[0] not in _BESIDE_SIDE and any(kind in LEVELS for kind in kinds[1:2]):
        kinds[0] = "side"
    return kinds


def _kind(text: str, vocabulary: Vocabulary) -> Kind:
    meaning = vocabulary.meaning(text)
    return "side" if meaning.is_side and not meaning.column else vocabulary.head(text)
