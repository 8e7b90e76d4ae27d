"""The rows above an indicator table: a text goes on over the columns that nothing else needs.

Where merged cells leave no field, rows are read block by block. A block begins with a label at the left. What goes on
beside it has a field less, or still fewer: then the row above tells under which of its cells they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.tabbed.grid import PlacedCell, PlacedRow, Spread
from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.rebuild.tabbed.tables import LONGEST_LABEL, leads, meaning_of_field
from perftable_etl.normalize.values.money import is_blank, parse_money

_SENTENCE = regex.compile(r"[。；;]”?$")

_MIXED = 1.0  # a cell over blanks and texts
_TORN = 1.0  # a cell that begins with an amount whose label stands under the cell before
_EACH = 0.1  # a cell over several columns


def place_upper(rows: Sequence[Spread], width: int) -> Iterator[PlacedRow]:
    """The rows in their columns. A text covers the blanks to its right, but for those that other rows need."""
    above: dict[int, int] = {}
    for index, row in enumerate(rows):
        starts = list(row.fields)
        ends = [*starts[1:], width]
        if row.first:
            ends = [min(end, above.get(start, end)) for start, end in zip(starts, ends, strict=True)]
        ends = [min(end, _needed_below(rows[index + 1 :], start)) for start, end in zip(starts, ends, strict=True)]
        above = dict(zip(starts, ends, strict=True)) | (above if row.first else {})
        cells = (PlacedCell(row.fields[start], start, end) for start, end in zip(starts, ends, strict=True))
        yield PlacedRow(row.row, tuple(cells), row.first, tuple(above))


def _needed_below(rows: Sequence[Spread], column: int) -> int:
    """The column that a cell must end at, since rows below go on beside it there."""
    end = 10**6
    for row in rows:
        if row.first <= column:
            break
        end = min(end, row.first)
    return end


class _Block(NamedTuple):
    """A block so far: its first row, the columns of the table that it stands in, and the texts of its last row."""

    opener: Row
    columns: tuple[int, ...]
    above: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.columns)

    def with_row(self, row: Row, offset: int) -> _Block:
        texts = ("",) * offset + tuple(one.text for one in row.fields)
        return self._replace(above=texts + ("",) * (self.width - len(texts)))


def spread_blocks(rows: Sequence[Row], halves: Sequence[int], vocabulary: Vocabulary) -> Iterator[Spread]:
    """Rows whose merged cells leave no field, in their columns.

    Where tables stand side by side, from the columns `halves` on, a block with as many cells beside its label has one
    above each.
    """
    block: _Block | None = None
    for row, following in pairwise([*rows, None]):
        assert row is not None
        offset = _offset_in(row, block) if block and _continues(row, block, vocabulary) else 0
        if block is None or not offset:
            starts = [0, *accumulate(_widths(row, following, vocabulary))]
            is_halved = leads(row, vocabulary) and starts[-1] == len(halves) + 1 > 2
            columns = (0, *halves) if is_halved else tuple(range(starts[-1]))
            block = _Block(row, columns, ())
            own = [columns[start] for start in starts[:-1]]
        else:
            own = list(block.columns[offset : offset + len(row.fields)])
        block = block.with_row(row, offset)
        yield Spread(row, dict(zip(own, row.fields, strict=True)))


def _opens_block(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row certainly begins a block: with the label of a field or of a block of rows."""
    meaning = meaning_of_field(row.fields[0].text, vocabulary)
    return meaning.is_side or (meaning.label is not None and meaning.label not in GOALS)


def _continues(row: Row, block: _Block, vocabulary: Vocabulary) -> bool:
    """Whether a row goes on beside the label that its block begins with."""
    first = row.fields[0].text
    meaning = meaning_of_field(first, vocabulary)
    if len(row.fields) >= block.width or _opens_block(row, vocabulary) or not leads(block.opener, vocabulary):
        return False
    if not first or meaning.money or len(first) > LONGEST_LABEL or vocabulary.is_total(first):
        return True
    if meaning.label in GOALS:
        return any(meaning_of_field(one.text, vocabulary).label in GOALS for one in block.opener.fields[1:])
    return _fits(row, block) or (len(row.fields) == block.width - 1 and not _is_amount(block.opener.fields[-1].text))


def _offset_in(row: Row, block: _Block) -> int:
    """How many columns from the left a row goes on: where amounts stand below amounts, as far right as can be."""
    last = block.width - len(row.fields)
    return max(range(1, last + 1), key=lambda offset: (_agreement(row, block, offset), offset))


def _fits(row: Row, block: _Block) -> bool:
    """Whether a row may stand below the one above it: labels below labels, amounts below amounts."""
    return any(map(_is_amount, row.texts)) and len(row.texts) == _agreement(row, block, _offset_in(row, block))


def _agreement(row: Row, block: _Block, offset: int) -> int:
    """How many texts stand below one of their kind."""
    pairs = zip((one.text for one in row.fields), block.above[offset:], strict=False)
    return sum(bool(text) and bool(one) and _is_amount(one) == _is_amount(text) for one, text in pairs)


def _is_amount(text: str) -> bool:
    return bool(text) and (is_blank(text) or parse_money(text) is not None)


def _is_value(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is an amount, a sentence, longer than labels are, or one character that is no known label (是)."""
    is_long_or_short = len(text) > LONGEST_LABEL or (len(text) == 1 and not vocabulary.meaning(text).is_label)
    return is_long_or_short or _SENTENCE.search(text) is not None or parse_money(text) is not None


def _widths(row: Row, following: Row | None, vocabulary: Vocabulary) -> list[int]:
    """How many columns each cell of a block's first row covers: more than one where the next row has more cells."""
    ones = [1] * len(row.fields)
    if following is None or len(following.fields) <= len(row.fields) or not leads(row, vocabulary):
        return ones
    meaning: Meaning = vocabulary.meaning(following.fields[0].text)
    is_of_labels = any(vocabulary.meaning(text).is_label for text in row.texts)
    if _opens_block(following, vocabulary) or any(_is_value(text, vocabulary) for text in row.texts[1:]):
        return ones
    return (
        ones
        if meaning.money and not is_of_labels
        else [1, *_parted(len(ones) - 1, [one.text for one in following.fields])]
    )


def _parted(count: int, below: Sequence[str]) -> list[int]:
    """How many of the cells below stand under each of `count` cells: a label and its amount under one, blanks alone."""

    def steps_from(state: tuple[int, int]) -> Iterator[Step[tuple[int, int], int]]:
        number, start = state
        for end in range(start + 1, len(below) + 1) if number < count else ():
            yield Step(state, (number + 1, end), _group_cost(below, start, end), end - start)

    return [step.part for step in Readings((0, 0), (count, len(below)), steps_from).cheapest()] or [1] * count


def _group_cost(below: Sequence[str], start: int, end: int) -> float:
    """What it costs that these cells stand under one."""
    group = below[start:end]
    is_mixed = any(group) and not all(group)
    is_torn = start > 0 and _is_amount(group[0]) and bool(below[start - 1]) and not _is_amount(below[start - 1])
    return _MIXED * is_mixed + _TORN * is_torn + _EACH * (len(group) > 1)
