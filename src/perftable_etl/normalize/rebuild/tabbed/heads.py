"""The heads of the indicator tables of tabbed text: in which rows they stand, and what the columns below them are for.

Where merged cells leave no field, cells of a head go on over several columns, or a second row parts them: of all ways
that one is taken under which the texts of full rows fit their columns best.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, pairwise
from typing import NamedTuple

from perftable_etl.normalize.forms.labelling import label_grid
from perftable_etl.normalize.forms.table_heads import find_headers
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.publishers import is_place
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.tabbed.grid import Placed, make_grid
from perftable_etl.normalize.rebuild.tabbed.placing import TOO_MANY, Columns, Kind, are_tried, misfit, ways
from perftable_etl.normalize.rebuild.tabbed.rows import TabbedRow

_LONGEST_HEAD = 24  # characters: a longer text is no head of a column
_WIDER = 1.5  # a head over several columns that nothing parts
_MOST_PARTED = 64  # ways in which a second row may part heads: those of six heads
_OTHER_PARTS = 0.5  # a head parted into columns that are none of its own
_OF_TARGETS: frozenset[Kind] = frozenset({"sign", "target", "unit"})


class TabbedHead(NamedTuple):
    """The rows of a head, what the columns below it are for, and what speaks against that."""

    rows: tuple[Placed, ...]
    kinds: tuple[Kind, ...]
    doubt: str = ""


def head_rows(rows: Sequence[TabbedRow], vocabulary: Vocabulary) -> Iterator[range]:
    """Which rows head indicator tables, one right below or above with heads too among them."""
    end = 0
    width = max(len(row.fields) for row in rows)
    printed = [Placed(row, row.starts, edges=(len(row.fields),)) for row in rows]
    for header in find_headers(label_grid(make_grid(printed, width), vocabulary)):
        first, last = header.row, header.end_row
        if last - first == 1 and last < len(rows) and _has_heads(rows[last], vocabulary):
            last += 1
        elif last - first == 1 and first > end and _has_heads(rows[first - 1], vocabulary):
            first -= 1
        if first >= end:
            yield range(first, last)
            end = last


def _has_heads(row: TabbedRow, vocabulary: Vocabulary) -> bool:
    """Whether most texts of a row head columns, and none is of an indicator."""
    if any(is_level(text) or len(text) > _LONGEST_HEAD for text in row.texts):
        return False
    heads = sum(_kind(text, vocabulary) is not None or vocabulary.is_side(text) for text in row.texts)
    return len(row.texts) > 1 and heads * 2 > len(row.texts)


def _kind(text: str, vocabulary: Vocabulary) -> Kind:
    return "target" if is_place(text) else vocabulary.head(text)


def read_head(rows: Sequence[TabbedRow], body: Sequence[TabbedRow], vocabulary: Vocabulary) -> TabbedHead:
    """What a head says of the columns below it."""
    full = max((len(row.fields) for row in body), default=0)
    columns = _spread(rows, [row for row in body if len(row.fields) == full], vocabulary)
    width = max(1, *(at + 1 for own in columns for at in own), *(len(row.fields) for row in rows))
    placed = tuple(
        Placed(row, own, number and sys.maxsize) for number, (row, own) in enumerate(zip(rows, columns, strict=True))
    )
    kinds: list[Kind] = [None] * width
    for header in find_headers(label_grid(make_grid(placed, width), vocabulary))[:1]:
        kinds[: header.columns[0].first] = ["side"] * header.columns[0].first
        for column in header.columns:
            kinds[column.first : column.end] = [column.name] * (column.end - column.first)
    used = max(at for own in (*columns, *(row.starts for row in body)) for at in own)
    kinds[used + 1 :] = ["beyond"] * (width - used - 1)
    return TabbedHead(placed, tuple(kinds), "" if are_tried(len(rows[0].fields), full + 1) else TOO_MANY)


def _spread(rows: Sequence[TabbedRow], full: Sequence[TabbedRow], vocabulary: Vocabulary) -> list[Columns]:
    """The columns of the texts of a head: where merged cells leave no field, those below which full rows fit best."""
    texts = [[one.text for one in column if one.text] for column in zip(*(row.fields for row in full), strict=True)]
    first, second = [[_kind(one.text, vocabulary) for one in row.fields] for row in (*rows, TabbedRow((), ()))][:2]
    spreads = [spread for own in (texts, [[], *texts]) for spread in _spreads(first, second, own)]
    _, columns = min(spreads, default=(0.0, [tuple(range(len(row.fields))) for row in rows]))
    return [tuple(own[index] for index in row.starts) for row, own in zip(rows, columns, strict=False)]


def _spreads(
    first: Sequence[Kind], second: Sequence[Kind], texts: Sequence[Sequence[str]]
) -> Iterator[tuple[float, list[Columns]]]:
    """The ways of placing the two rows of a head over columns with these texts in them, each with its cost."""
    for starts in ways(len(first), len(texts)) if len(first) <= len(texts) else ():
        spans = [range(*edges) for edges in pairwise((*starts, len(texts)))]
        wide = [number for number, span in enumerate(spans) if len(span) > 1]
        counts = range(len(wide), 0, -1) if second else [0]
        for parted in islice(chain.from_iterable(combinations(wide, count) for count in counts), _MOST_PARTED):
            below = tuple(at for number in parted for at in spans[number])
            if starts[0] == 0 and len(below) == len(second):
                kinds = [kind for kind, span in zip(first, spans, strict=True) for _ in span]
                wider = _WIDER * sum(len(spans[number]) - 1 for number in {*wide}.difference(parted))
                others = sum(
                    (kind in _OF_TARGETS) != (kinds[at] == "target") for at, kind in zip(below, second, strict=True)
                )
                kinds = [dict(zip(below, second, strict=True)).get(at, kind) for at, kind in enumerate(kinds)]
                fits = (misfit(text, kind) / len(own) for own, kind in zip(texts, kinds, strict=True) for text in own)
                yield wider + _OTHER_PARTS * others + sum(fits), [starts, below]
