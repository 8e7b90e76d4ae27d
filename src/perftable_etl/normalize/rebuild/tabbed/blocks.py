"""The rows above an indicator table where merged cells leave no field: blocks of rows, each beside one label.

A block begins with a label at the left. What goes on beside it has a field less, or still fewer: then the row above
tells under which of its cells they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.vocabulary import Meaning, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.tabbed.rows import Row
from perftable_etl.normalize.rebuild.tabbed.tables import meaning_of_field
from perftable_etl.normalize.values.money import is_blank, parse_money

_SENTENCE = regex.compile(r"[。；;]”?$")

LONGEST_LABEL = 20
"""Characters. A longer text is a value, however little is known of it."""

_MIXED = 1.0  # a cell over blanks and texts
_TORN = 1.0  # a cell that begins with an amount whose label stands under the cell before
_EACH = 0.1  # a cell over several columns

_FEWEST = 3
"""Cells of the first row of a block whose label has more beside it than one value."""


class Block(NamedTuple):
    """A block so far: its first row, the columns of the table that it stands in, and the texts of its last row."""

    opener: Row
    columns: tuple[int, ...]
    above: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many cells its widest rows have."""
        return len(self.columns)

    def with_row(self, row: Row, offset: int) -> Block:
        """The block with one more row, which stands so many columns from the left."""
        texts = ("",) * offset + tuple(one.text for one in row.fields)
        return self._replace(above=texts + ("",) * (self.width - len(texts)))


def opens_block(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row certainly begins a block: with the label of a field or of a block of rows."""
    meaning = meaning_of_field(row.fields[0].text, vocabulary)
    return meaning.is_side or (meaning.label is not None and meaning.label not in GOALS)


def leads(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether more rows may stand beside the first cell of a row: no field has more than one value."""
    meaning = meaning_of_field(row.fields[0].text, vocabulary)
    if meaning.label in GOALS or meaning.is_side:
        return len(row.fields) > 1
    return meaning.label is None and len(row.fields) >= _FEWEST and not _holds_pairs(row, vocabulary)


def _holds_pairs(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row holds labels, each with its value: its third cell is the label of a field, and its second none."""
    second, third = (meaning_of_field(one.text, vocabulary) for one in row.fields[1:3])
    is_field = third.label is not None and third.label not in GOALS
    return is_field and not second.is_label


def continues(row: Row, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a row goes on beside the label that its block begins with."""
    first = row.fields[0].text
    meaning = meaning_of_field(first, vocabulary)
    if len(row.fields) >= block.width or opens_block(row, vocabulary) or not leads(block.opener, vocabulary):
        return False
    if not first or meaning.money or len(first) > LONGEST_LABEL or vocabulary.is_total(first):
        return True
    if meaning.label in GOALS:
        return any(_is_goal(meaning_of_field(one.text, vocabulary)) for one in block.opener.fields[1:])
    last = block.opener.fields[-1].text
    return _fits(row, block) or (len(row.fields) == block.width - 1 and not (last and _is_amount(last)))


def _is_goal(meaning: Meaning) -> bool:
    return meaning.label in GOALS


def _is_amount(text: str) -> bool:
    return is_blank(text) or parse_money(text) is not None


def is_value(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is an amount, a sentence, longer than labels are, or one character that is no known label (是)."""
    is_long_or_short = len(text) > LONGEST_LABEL or (len(text) == 1 and not vocabulary.meaning(text).is_label)
    return is_long_or_short or _SENTENCE.search(text) is not None or parse_money(text) is not None


def offset_in(row: Row, block: Block) -> int:
    """How many columns from the left a row goes on: where amounts stand below amounts, as far right as can be."""
    last = block.width - len(row.fields)
    return max(range(1, last + 1), key=lambda offset: (_agreement(row, block, offset), offset))


def _fits(row: Row, block: Block) -> bool:
    """Whether a row may stand below the one above it: labels below labels, amounts below amounts."""
    texts = [one.text for one in row.fields if one.text]
    return any(map(_is_amount, texts)) and len(texts) == _agreement(row, block, offset_in(row, block))


def _agreement(row: Row, block: Block, offset: int) -> int:
    """How many texts stand below one of their kind."""
    above = block.above[offset:]
    return sum(
        bool(text) and bool(one.text) and _is_amount(one.text) == _is_amount(text)
        for one, text in zip(row.fields, above, strict=False)
    )


def parted_widths(count: int, below: Sequence[str]) -> list[int]:
    """How many of the cells below stand under each of `count` cells: a label and its amount under one, blanks alone."""
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        ways = _with_one_more(ways, below)
    return ways[len(below)][1] if len(below) in ways else [1] * count


def _with_one_more(
    ways: dict[int, tuple[float, list[int]]], below: Sequence[str]
) -> dict[int, tuple[float, list[int]]]:
    longer: dict[int, tuple[float, list[int]]] = {}
    for start, (cost, widths) in ways.items():
        for end in range(start + 1, len(below) + 1):
            total = cost + _group_cost(below, start, end)
            if end not in longer or total < longer[end][0]:
                longer[end] = (total, [*widths, end - start])
    return longer


def _group_cost(below: Sequence[str], start: int, end: int) -> float:
    """What it costs that these cells stand under one."""
    group = below[start:end]
    is_mixed = any(group) and not all(group)
    is_torn = start > 0 and bool(group[0]) and _is_amount(group[0]) and not _is_amount(below[start - 1])
    return _MIXED * is_mixed + _TORN * is_torn + _EACH * (len(group) > 1)
