"""The labels in a stream of flattened text.

Labels are a closed vocabulary in a fixed order, so they are found wherever the text was broken: with white space
between any two of their characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import GOALS, ColumnName
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.values.look_alikes import look_alikes
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import FieldName


class Header(NamedTuple):
    """The header of an indicator table: from where to where it is printed, with the side label before it, if any."""

    start: int
    end: int
    side: Stretch | None


class FoundLabel(NamedTuple):
    """A label found in a stream: what it stands for (None for a side label), and from where to where it is printed."""

    field: FieldName | None
    start: int
    end: int


class FoundColumn(NamedTuple):
    """The head of a column found in a stream: what the column is for, and from where to where it is printed."""

    column: ColumnName
    start: int
    end: int


_SIGNS = {sign: f"[{regex.escape(look_alikes(sign))}]" for sign in "():/"}
_OPEN, _CLOSED, _COLON = (_SIGNS[sign] for sign in "():")


def _spaced_pattern(label: str) -> str:
    """A pattern for a label with white space anywhere in it, half-width or full-width brackets and colons."""
    return r"\s*".join(_SIGNS.get(character, regex.escape(character)) for character in label)


def _alternation(labels: Sequence[str]) -> str:
    return "|".join(map(_spaced_pattern, sorted(labels, key=len, reverse=True)))


_QUALIFIER = rf"(?:\s*{_OPEN}[^{regex.escape(look_alikes('()'))}]{{1,24}}{_CLOSED})?(?:\s*{_COLON})?"


class _Patterns:
    """What finds the words of a vocabulary in a stream: labels above the indicator table, its columns, its header."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.fields: Mapping[str, FieldName | None] = {**dict.fromkeys(vocabulary.sides), **vocabulary.labels}
        self.columns: Mapping[str, ColumnName] = vocabulary.columns
        run_on = [label for label, field in self.fields.items() if field not in (None, *GOALS)]
        column, side = _alternation(list(self.columns)), _alternation(list(vocabulary.sides))
        self.label = regex.compile(
            rf"(?:(?<=\s|{_COLON})|^)(?P<label>{_alternation(list(self.fields))}){_QUALIFIER}(?=\s|$|(?<={_COLON}))"
            rf"|(?:(?<=\n)|^)(?P<label>{_alternation(run_on)})"
        )
        self.column = regex.compile(rf"(?P<label>{column})")
        self.header = regex.compile(
            rf"(?:(?<=\s)|^)(?:(?P<side>{side})\s+)?(?:(?:{column})\s*){{2,}}(?:{column})(?:\s+|$)"
        )
        self.side = regex.compile(rf"(?:(?<=\s)|^)(?:{side})(?=\s|$)")


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    """The patterns of a vocabulary: compiling them takes longer than reading a page."""
    return _Patterns(vocabulary)


def find_headers(stream: Stream, start: int, end: int) -> Iterator[Header]:
    """The headers of indicator tables: at least three columns, one after the other, a side label before them."""
    for match in _patterns(stream.vocabulary).header.finditer(stream.searched, start, end):
        yield Header(*match.span(), match.span("side") if match["side"] else None)


def find_sides(
    stream: Stream, above: Iterable[Stretch], below: Iterable[int], start: int, end: int
) -> Iterator[Stretch]:
    """The side labels of indicators between two positions: those that stand beside some header.

    `above` are the side labels before headers, `below` where the text below headers begins.
    """
    pattern = _patterns(stream.vocabulary).side
    first = (pattern.match(stream.searched, position) for position in below)
    spans = [*above, *(match.span() for match in first if match)]
    names = {fold(stream.searched[slice(*span)]) for span in spans}
    return (match.span() for match in pattern.finditer(stream.searched, start, end) if fold(match[0]) in names)


def find_labels(stream: Stream, start: int, end: int) -> Iterator[FoundLabel]:
    """The labels between two positions, in the order they are printed.

    A label stands alone, or opens a line that runs on with its value; but goals may well begin with a goal's name.
    """
    patterns = _patterns(stream.vocabulary)
    for match in patterns.label.finditer(stream.searched, start, end):
        yield FoundLabel(patterns.fields[fold(match["label"])], match.start(), match.end())


def find_columns(stream: Stream, header: Header) -> Iterator[FoundColumn]:
    """The heads of columns in a header, in their order."""
    patterns = _patterns(stream.vocabulary)
    for match in patterns.column.finditer(stream.searched, header.start, header.end):
        yield FoundColumn(patterns.columns[fold(match["label"])], match.start(), match.end())
