"""Heads of columns that are spelled nowhere, times and kinds of forms: told by how a text is worded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from perftable_etl.normalize.layouts.labels import label_key
from perftable_etl.normalize.layouts.words import ColumnName, Words
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FormKind, IndicatorPhase

LONGEST_HEAD = 24
"""Characters, without white space and without a bracket at the end."""

_PROSE = frozenset("。，；！？,;!?%≥≤=<>")
"""What stands in sentences and values, never in the head of a column."""

T = TypeVar("T")
_Patterns = Sequence[tuple[T, re.Pattern[str]]]


class WordedHeads:
    """The patterns of some sets of words; where several are found in a text, the first one speaks."""

    def __init__(self, sets: Sequence[Words]) -> None:
        self._columns = list(_compiled(words.head_patterns for words in sets))
        self._periods = list(_compiled(words.periods for words in sets))
        self._kinds = list(_compiled(words.kinds for words in sets))

    def column(self, text: str) -> ColumnName | None:
        """The column that a text heads by its wording."""
        key = label_key(text)
        return _first(self._columns, key) if len(key) <= LONGEST_HEAD and _PROSE.isdisjoint(key) else None

    def period(self, text: str) -> IndicatorPhase | None:
        """What time a head or a label speaks of."""
        return _first(self._periods, fold(text))

    def kind(self, text: str) -> FormKind | None:
        """What a form is for by its title."""
        return _first(self._kinds, fold(text))


def _compiled(sets: Iterable[Mapping[T, str]]) -> Iterator[tuple[T, re.Pattern[str]]]:
    return ((named, re.compile(text)) for patterns in sets for named, text in patterns.items())


def _first(patterns: _Patterns[T], text: str) -> T | None:
    return next((named for named, pattern in patterns if pattern.search(text)), None)
