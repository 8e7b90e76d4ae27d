"""The labels in a stream of flattened text.

Labels are a closed vocabulary in a fixed order, so they are found wherever the text was broken: with white space
between any two of their characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.vocabulary import GOALS, columns, labels_above, sides
from perftable_etl.normalize.rebuild.flattened.stream import Stream
from perftable_etl.normalize.values.look_alikes import look_alikes
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FieldName


class FoundLabel(NamedTuple):
    """A label found in a stream: what it stands for (None for a side label), and from where to where it is printed."""

    field: FieldName | None
    start: int
    end: int


@lru_cache(maxsize=1)
def _vocabulary() -> Mapping[str, FieldName | None]:
    """Every label above the indicator table, in any layout, and what it stands for."""
    return {**dict.fromkeys(sides().meanings), **labels_above().meanings}


_SIGNS = {sign: f"[{regex.escape(look_alikes(sign))}]" for sign in "():/"}
_OPEN, _CLOSED, _COLON = (_SIGNS[sign] for sign in "():")


def _spaced_pattern(label: str) -> str:
    """A pattern for a label with white space anywhere in it, half-width or full-width brackets and colons."""
    return r"\s*".join(_SIGNS.get(character, regex.escape(character)) for character in label)


def _alternation(labels: Sequence[str]) -> str:
    return "|".join(map(_spaced_pattern, sorted(labels, key=len, reverse=True)))


_QUALIFIER = rf"(?:\s*{_OPEN}[^{regex.escape(look_alikes('()'))}]{{1,24}}{_CLOSED})?(?:\s*{_COLON})?"


@lru_cache(maxsize=1)
def _label_pattern() -> regex.Pattern[str]:
    run_on = [label for label, field in _vocabulary().items() if field not in (None, *GOALS)]
    return regex.compile(
        rf"(?:(?<=\s|{_COLON})|^)(?P<label>{_alternation(list(_vocabulary()))}){_QUALIFIER}(?=\s|$|(?<={_COLON}))"
        rf"|(?:(?<=\n)|^)(?P<label>{_alternation(run_on)})"
    )


@lru_cache(maxsize=1)
def _one_column() -> regex.Pattern[str]:
    return regex.compile(rf"(?P<label>{_alternation(list(columns().meanings))})")


@lru_cache(maxsize=1)
def column_pattern() -> regex.Pattern[str]:
    """The header of an indicator table: at least three of its columns, one after the other, a side label before it."""
    column, side = _alternation(list(columns().meanings)), _alternation(list(sides().meanings))
    return regex.compile(rf"(?:(?<=\s)|^)(?:(?:{side})\s+)?(?:(?:{column})\s*){{2,}}(?:{column})(?:\s+|$)")


def find_labels(stream: Stream, start: int, end: int) -> Iterator[FoundLabel]:
    """The labels between two positions, in the order they are printed.

    A label stands alone, or opens a line that runs on with its value; but goals may well begin with a goal's name.
    """
    for match in _label_pattern().finditer(stream.searched, start, end):
        yield FoundLabel(_vocabulary()[fold(match["label"])], match.start(), match.end())


def find_columns(stream: Stream, start: int, end: int) -> Iterator[FoundLabel]:
    """The column headers of an indicator table between two positions."""
    for match in _one_column().finditer(stream.searched, start, end):
        yield FoundLabel(columns().meanings[fold(match["label"])], match.start(), match.end())
