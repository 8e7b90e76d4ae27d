"""The headers of indicator tables in a stream of flattened text.

A header is a run of heads of columns. Those that the vocabulary spells are found wherever the text was broken; between
and after them stand heads that are told by how they are worded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, level_at_start
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.layouts.words import ColumnName
from perftable_etl.normalize.rebuild.flattened.labels import alternation
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.values.text import fold

_FEWEST = 3
"""Heads that make a header, all but one of them spelled in the vocabulary."""

_LONGEST_WORDED = 12
"""Characters of a head that is told by its wording."""

_MOST_WORDED = 4
"""Heads told by their wording, one behind the other."""

_LONGEST_SIDE = 40
"""Characters of a side label with white space."""

_TOKEN = regex.compile(r"\s*(?P<token>\S+)")


class FoundColumn(NamedTuple):
    """The head of a column found in a stream: what the column is for, and from where to where it is printed."""

    column: ColumnName
    start: int
    end: int


class Header(NamedTuple):
    """The header of an indicator table: its heads, and the side label before it, if any."""

    heads: tuple[FoundColumn, ...]
    side: Stretch | None

    @property
    def start(self) -> int:
        """Where it begins: at its side label, if that stands before it."""
        return self.side[0] if self.side else self.heads[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.heads[-1].end


class _Patterns:
    """What finds the heads and the side labels of a vocabulary in a stream."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.column = regex.compile(alternation(list(vocabulary.columns)))
        self.side = regex.compile(rf"(?:(?<=\s)|^)(?:{alternation(list(vocabulary.sides))})(?=\s|$)")
        self.side_before = regex.compile(rf"(?:(?<=\s)|^)(?P<side>{alternation(list(vocabulary.sides))})\s+$")


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    """The patterns of a vocabulary: compiling them takes longer than reading a page."""
    return _Patterns(vocabulary)


def find_headers(stream: Stream, start: int, end: int) -> Iterator[Header]:
    """The headers between two positions."""
    run: list[FoundColumn] = []
    for found in _spelled(stream, start, end):
        between = _worded(stream, run[-1].end, found.start) if run else []
        if _is_again(found, run):
            yield from _header(stream, run, start, found.start)
            run = [found]
        elif run and not stream.searched[(between or run)[-1].end : found.start].strip():
            run += [*between, found]
        else:
            yield from _header(stream, run, start, end)
            run = [found]
    yield from _header(stream, run, start, end)


def _is_again(head: FoundColumn, run: Sequence[FoundColumn]) -> bool:
    """Whether a head begins the header anew: a page that ends below a header has no row before the next header."""
    return len(run) >= _FEWEST and head.column == run[0].column


def _header(stream: Stream, run: Sequence[FoundColumn], start: int, end: int) -> Iterator[Header]:
    """The header that a run of heads is, if it is one."""
    if len(run) < _FEWEST - 1 or stream.searched[max(run[0].start - 1, 0) : run[0].start].strip():
        return
    heads = (*_counter(stream, run[0].start), *run, *_last_heads(stream, run[-1].end, end))
    if len(heads) >= _FEWEST and not stream.searched[heads[-1].end : heads[-1].end + 1].strip():
        low = max(start, heads[0].start - _LONGEST_SIDE)
        side = _patterns(stream.vocabulary).side_before.search(stream.searched, low, heads[0].start)
        yield Header(heads, side.span("side") if side else None)


def _spelled(stream: Stream, start: int, end: int) -> Iterator[FoundColumn]:
    columns = stream.vocabulary.columns
    for match in _patterns(stream.vocabulary).column.finditer(stream.searched, start, end):
        yield FoundColumn(columns[fold(match[0])], *match.span())


def _worded(stream: Stream, start: int, end: int) -> list[FoundColumn]:
    """The heads from a position on that are told by their wording, up to the first text that is none."""
    heads: list[FoundColumn] = []
    while len(heads) < _MOST_WORDED and (match := _TOKEN.match(stream.searched, start, end)):
        column = stream.vocabulary.head(match["token"]) if len(match["token"]) <= _LONGEST_WORDED else None
        if column is None or _is_level(match["token"]):
            break
        heads.append(FoundColumn(column, *match.span("token")))
        start = match.end()
    return heads


def _last_heads(stream: Stream, start: int, end: int) -> list[FoundColumn]:
    """The heads at the end of a header that are told by their wording, if it is certain that rows follow them."""
    heads = _worded(stream, start, end)
    side = _patterns(stream.vocabulary).side
    for count, head in enumerate(heads):
        if side.match(stream.searched, head.start):
            return heads[:count]
    following = _TOKEN.match(stream.searched, heads[-1].end if heads else start, end)
    is_followed = following and (_is_level(following["token"]) or side.match(stream.searched, following.start("token")))
    return heads if is_followed else []


def _counter(stream: Stream, end: int) -> list[FoundColumn]:
    """The head of a column that counts the rows, right before a position."""
    words = stream.searched[max(0, end - _LONGEST_SIDE) : end].split()
    if not words or stream.vocabulary.head(words[-1]) != "number":
        return []
    start = stream.searched.rindex(words[-1], 0, end)
    return [FoundColumn("number", start, start + len(words[-1]))]


def _is_level(text: str) -> bool:
    return bool(find_level1(text) or find_level2(text) or level_at_start(text))


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
